"""What a record may be that a user adds by selecting text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extract.model.document import Document
from extract.model.record import GOLD_COLUMNS, Metric, to_row
from extract.pipeline.pipeline import Pipeline

Source = Literal["rules", "words", "nothing"]
"""The record that the rules found there in the text, what they make of the selected words alone, or no help."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record to start from: the cells of its row of gold, and where it comes from."""

    source: Source
    row: dict[str, str]


def suggestions(
    pipeline: Pipeline, document: Document, metrics: Sequence[Metric], start: int, end: int
) -> list[Suggestion]:
    """Return what the record at the selection may be, the best first, at last one with the selected span alone.

    `metrics` are those of the pipeline for the document. Offsets count code points, end exclusive; blanks at the
    ends of the selection do not count. Without text in it there is no suggestion.
    """
    start, end = _trimmed(document.text, start, end)
    if start >= end:
        return []
    found = [Suggestion("rules", _row(metric)) for metric in _overlapping(metrics, start, end)]
    known = {(one.row["start"], one.row["end"]) for one in found}
    for metric in _of_words(pipeline, document, start, end):
        row = _row(metric)
        if (row["start"], row["end"]) not in known:
            found.append(Suggestion("words", row))
    blank = dict.fromkeys(GOLD_COLUMNS, "") | {"bound": "exact", "kind": "level", "status": "actual"}
    blank |= {"start": str(start), "end": str(end), "text": document.text[start:end]}
    return [*found, Suggestion("nothing", blank)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = max(start, 0), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _overlapping(metrics: Sequence[Metric], start: int, end: int) -> list[Metric]:
    """Return the metrics that share characters with a span, those that fit it best first."""
    touching = [metric for metric in metrics if metric.start < end and start < metric.end]
    return sorted(touching, key=lambda metric: abs(metric.start - start) + abs(metric.end - end))


def _of_words(pipeline: Pipeline, document: Document, start: int, end: int) -> Iterator[Metric]:
    """Yield what the rules find in the selected words alone, in their place in the document."""
    words = Document(document.name, document.text[start:end], document.published)
    for metric in pipeline.metrics(words):
        yield replace(metric, start=metric.start + start, end=metric.end + start)


def _row(metric: Metric) -> dict[str, str]:
    return {name: str(cell) for name, cell in to_row(metric).items() if name in GOLD_COLUMNS}
