"""The metrics of one text as a list that shows itself in a notebook."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from extract.model.document import Document
from extract.model.record import KINDS, Kind, Metric, format_value
from extract.write.dataframe import to_frame

if TYPE_CHECKING:
    import pandas

_COLOURS: dict[Kind, str] = {"level": "59,130,246", "share": "168,85,247", "change": "245,158,11", "rank": "34,197,94"}
_SHOWN = ("text", "value", "unit", "bound", "kind", "owner", "object", "predicate", "area", "period", "base", "status")
_MOST_ROWS = 200
_MOST_CHARACTERS = 20_000


class Metrics(list[Metric]):
    """The metrics of one text, in text order, with the `document` that they stand in.

    A list in all that it does. A slice has the same document; in a notebook both show the text with the figures
    highlighted and the table of the metrics.
    """

    def __init__(self, metrics: Iterable[Metric] = (), document: Document | None = None) -> None:
        super().__init__(metrics)
        self.document = document or Document("", "")

    @overload
    def __getitem__(self, index: SupportsIndex) -> Metric: ...

    @overload
    def __getitem__(self, index: slice) -> Metrics: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Metric | Metrics:
        """Return the metric at `index`, or those of a slice."""
        found = super().__getitem__(index)
        return Metrics(found, self.document) if isinstance(found, list) else found

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return each metric as plain values: see `Metric.to_dict`."""
        return [metric.to_dict() for metric in self]

    def to_json(self, indent: int | None = None) -> str:
        """Return the metrics as a JSON array of objects, Chinese as it is."""
        return json.dumps(self.to_dicts(), ensure_ascii=False, indent=indent)

    def to_frame(self) -> pandas.DataFrame:
        """Return the metrics as a pandas DataFrame: see `extract.to_frame`."""
        return to_frame(self)

    def _repr_html_(self) -> str:
        """Return the text with its figures highlighted, and the table, as HTML that runs nothing."""
        return f"{_legend()}{_highlighted(self.document.text, self)}{_table(self)}"


def _style(kind: Kind) -> str:
    return f"background:rgba({_COLOURS[kind]},.25);border-bottom:2px solid rgb({_COLOURS[kind]});color:inherit"


def _legend() -> str:
    keys = " ".join(f'<span style="{_style(kind)};padding:0 .3em">{kind}</span>' for kind in KINDS)
    return f'<div style="font-size:85%">{keys}</div>'


def _highlighted(text: str, metrics: Iterable[Metric]) -> str:
    pieces: list[str] = []
    place = 0
    for metric in metrics:
        if metric.start < place or metric.end > min(len(text), _MOST_CHARACTERS):
            continue
        pieces.append(escape(text[place : metric.start]))
        title = escape(_title(metric), quote=True)
        marked = escape(text[metric.start : metric.end])
        pieces.append(f'<mark style="{_style(metric.kind)}" title="{title}">{marked}</mark>')
        place = metric.end
    pieces.append(escape(text[place:_MOST_CHARACTERS]))
    if len(text) > _MOST_CHARACTERS:
        pieces.append(" …")
    return f'<div style="white-space:pre-wrap;line-height:1.8;text-align:left">{"".join(pieces)}</div>'


def _title(metric: Metric) -> str:
    cells = (metric.area, metric.period, metric.predicate, metric.object, _value(metric), metric.base, metric.status)
    return " · ".join(filter(None, cells))


def _value(metric: Metric) -> str:
    high = f"–{format_value(metric.value_high)}" if metric.value_high is not None else ""
    return f"{format_value(metric.value)}{high} {metric.unit}".strip()


def _table(metrics: Metrics) -> str:
    head = "".join(f"<th>{name}</th>" for name in _SHOWN)
    rows = "".join(f"<tr>{_cells(metric)}</tr>" for metric in islice(metrics, _MOST_ROWS))
    more = len(metrics) - _MOST_ROWS
    rest = f"<p>… {more:,} more</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{rest}"


def _cells(metric: Metric) -> str:
    high = f"–{format_value(metric.value_high)}" if metric.value_high is not None else ""
    shown = {name: str(getattr(metric, name)) for name in _SHOWN} | {"value": f"{format_value(metric.value)}{high}"}
    return "".join(f"<td>{escape(cell)}</td>" for cell in shown.values())
