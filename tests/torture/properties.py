"""What holds for the records of every text, and what is told where it does not."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extract.evaluation.gold import is_same_text
from extract.evaluation.periods import is_period
from extract.model.document import Document
from extract.model.extraction import Extraction
from extract.model.record import BOUNDS, KINDS, STATUSES, Metric
from extract.pipeline.pipeline import Pipeline

_ID = regex.compile(r"[0-9a-f]{12}")


def faults(extraction: Extraction) -> Iterator[str]:
    """Yield what is not as it must be in the records of a document."""
    text = extraction.document.text
    end = 0
    for metric in extraction.metrics:
        where = f"{metric.start}-{metric.end} {metric.text!r}"
        if not 0 <= metric.start < metric.end <= len(text):
            yield f"{where} lies outside the text of {len(text)} characters"
            continue
        if metric.start < end:
            yield f"{where} overlaps the record before it"
        end = metric.end
        if not is_same_text(metric.text, text[metric.start : metric.end]) and not _is_torn(metric, text):
            yield f"{where} reads {text[metric.start : metric.end]!r}"
        yield from (f"{where}: {problem}" for problem in _fields(metric, len(text)))
    for repair in extraction.repairs:
        if not 0 <= repair.start <= repair.end <= len(text):
            yield f"repair {repair.kind} at {repair.start}-{repair.end} lies outside the text"


def _is_torn(metric: Metric, text: str) -> bool:
    """Whether a line of the page stands in the middle of a figure: then its span holds more than its text."""
    return "\n" in text[metric.start : metric.end].replace("\r", "\n")


def _fields(metric: Metric, length: int) -> Iterator[str]:
    if not metric.value.is_finite():
        yield f"value {metric.value}"
    if metric.kind not in KINDS or metric.bound not in BOUNDS or metric.status not in STATUSES:
        yield f"{metric.kind} {metric.bound} {metric.status}"
    if metric.period and not is_period(metric.period):
        yield f"period {metric.period}"
    for evidence in metric.evidence:
        if not all(0 <= start < end <= length for start, end in evidence.spans):
            yield f"evidence of {evidence.field} at {evidence.spans}"
    if not _ID.fullmatch(metric.id):
        yield f"id {metric.id}"


def figures(pipeline: Pipeline, text: str, published: str = "2025-11-20") -> list[tuple[int, str, str, str]]:
    """Return place, text, value and unit of each record of a text."""
    metrics = pipeline.metrics(Document("稿", text, published))
    return [(metric.start, metric.text, str(metric.value), metric.unit) for metric in metrics]


def other_line_ends(text: str, end: str) -> tuple[str, dict[int, int]]:
    """Return `text` with other line ends, and where each offset of it stands then."""
    places: dict[int, int] = {}
    pieces: list[str] = []
    place = 0
    for offset, char in enumerate(text):
        places[offset] = place
        pieces.append(end if char == "\n" else char)
        place += len(pieces[-1])
    return "".join(pieces), places
