"""What a record may be that a user adds by selecting text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from extract.model.document import Document
from extract.model.record import GOLD_COLUMNS, Metric, to_row
from extract.pipeline.pipeline import Pipeline
from extract.review.cells import as_gold

Source = Literal["rules", "words", "number", "nothing"]
"""The record that the rules found there, what they make of the selected words alone, their number, or no help."""


_FIGURE = regex.compile(
    r"(?P<number>[0-9０-９][0-9０-９,，.．]*[十百千万亿]*)[余多几]?(?P<unit>[^0-9０-９,.。，；、]{0,8})"
)


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
    if not found and (number := _number(document, metrics, start, end)):
        found.append(Suggestion("number", number))
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


def _number(document: Document, metrics: Sequence[Metric], start: int, end: int) -> dict[str, str] | None:
    """Return a row for a number with a unit that the rules hide, area, period and status as of the record before it."""
    text = document.text[start:end]
    match = _FIGURE.fullmatch(text)
    if not match:
        return None
    near = max((one for one in metrics if one.end <= start), key=lambda one: one.end, default=None)
    row = dict.fromkeys(GOLD_COLUMNS, "") | {"bound": "exact", "kind": "level", "status": "actual"}
    row |= {"start": str(start), "end": str(end), "text": text, "unit": match["unit"]}
    row |= as_gold({"value": match["number"]})
    return row | ({"area": near.area, "period": near.period, "status": near.status} if near else {})


def _row(metric: Metric) -> dict[str, str]:
    return {name: str(cell) for name, cell in to_row(metric).items() if name in GOLD_COLUMNS}
