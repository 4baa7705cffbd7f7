"""Turns Chinese press releases into a table of metrics."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from extract.document import Document
from extract.errors import InputError
from extract.frame import to_frame
from extract.pipeline import Pipeline
from extract.record import Metric

try:
    __version__ = version("press-metrics-extract")
except PackageNotFoundError:
    __version__ = "0"

__all__ = ["Document", "InputError", "Metric", "Pipeline", "__version__", "metrics", "to_frame"]


@cache
def _default_pipeline() -> Pipeline:
    return Pipeline()


def metrics(text: str, *, doc: str = "", published: str = "") -> list[Metric]:
    """Return the metrics of `text` in text order, by the shipped rules.

    `doc` names the document in the records; `published` is an ISO date against which 今年 and the like are
    resolved, instead of the date found in the text.
    """
    return _default_pipeline().metrics(Document(doc, text, published))
