"""Turns Chinese press releases into a table of metrics."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.native import use_native

NATIVE = use_native(__name__, Path(__file__).parent)
"""Whether compiled modules stand in for their sources."""

from extract.errors import InputError
from extract.model.document import Document
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.write.dataframe import to_frame

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


def metrics(text: str, *, doc: str = "", published: str = "", area: str = "", issuer: str = "") -> list[Metric]:
    """Return the metrics of `text` in text order, by the shipped rules.

    `doc` names the document in the records; `published` is an ISO date against which 今年 and the like are
    resolved, instead of the date found in the text; `area` the full name of the area that the text is about and
    `issuer` the office that put it out, instead of what is found in the text.
    """
    return _default_pipeline().metrics(Document(doc, text, published, area=area, issuer=issuer))
