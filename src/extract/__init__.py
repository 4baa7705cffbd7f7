"""Turns Chinese press releases into a table of metrics.

    import extract
    extract.metrics("今年，海州区完成老旧小区改造60个。", published="2025-10-20")

`metrics` reads one text, file or document, `pipe` many, `frame` the texts of a data frame; `read` gives a file as a
document, `to_frame` makes a data frame of metrics. `Pipeline` keeps rules of your own. What a caller gives wrongly
raises `InputError`. The logger is called `extract`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.native import use_native

NATIVE = use_native(__name__, Path(__file__).parent)
"""Whether compiled modules stand in for their sources."""

from extract.errors import InputError
from extract.library.files import read

if TYPE_CHECKING:
    from extract.library.calls import metrics, pipe
    from extract.library.found import Metrics
    from extract.library.frames import frame
    from extract.model.document import Document
    from extract.model.record import Metric
    from extract.pipeline.pipeline import Pipeline
    from extract.write.dataframe import to_frame

    __version__: str

__all__ = [
    "Document",
    "InputError",
    "Metric",
    "Metrics",
    "Pipeline",
    "__version__",
    "frame",
    "metrics",
    "pipe",
    "read",
    "to_frame",
]


_PLACES = {
    "Document": "model.document",
    "Metric": "model.record",
    "Metrics": "library.found",
    "Pipeline": "pipeline.pipeline",
    "frame": "library.frames",
    "metrics": "library.calls",
    "pipe": "library.calls",
    "to_frame": "write.dataframe",
}
"""The modules of the public names, which are imported when they are first asked for: the command starts quicker."""


def __getattr__(name: str) -> Any:
    """Return a public name from its module, or the version; what tells it takes long to import."""
    if name == "__version__":
        return _version()
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(f"extract.{_PLACES[name]}"), name)
    return found


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("press-metrics-extract")
    except PackageNotFoundError:
        return "0"


def __dir__() -> list[str]:
    """Return the public names."""
    return [*__all__, "__doc__", "__file__", "__name__", "__path__"]
