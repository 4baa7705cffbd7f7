"""Turns Chinese press releases into a table of metrics."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.compiled import native_folder

NATIVE = native_folder(Path(__file__).parent)
"""Where the compiled modules are that stand in for their sources, None in plain Python."""
if NATIVE:
    __path__.insert(0, str(NATIVE))

from extract.document import Document
from extract.errors import InputError
from extract.frame import to_frame
from extract.pipeline import Pipeline
from extract.record import Metric

if TYPE_CHECKING:
    __version__: str

__all__ = ["Document", "InputError", "Metric", "Pipeline", "__version__", "metrics", "to_frame"]


def __getattr__(name: str) -> Any:
    """Return the version; what tells it takes long to import."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("press-metrics-extract")
    except PackageNotFoundError:
        return "0"


@cache
def _default_pipeline() -> Pipeline:
    return Pipeline()


def metrics(text: str, *, doc: str = "", published: str = "") -> list[Metric]:
    """Return the metrics of `text` in text order, by the shipped rules.

    `doc` names the document in the records; `published` is an ISO date against which 今年 and the like are
    resolved, instead of the date found in the text.
    """
    return _default_pipeline().metrics(Document(doc, text, published))
