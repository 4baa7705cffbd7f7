"""`extract show`: a text in the terminal with its quantities, and their table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.model.record import KINDS, Bound, Kind, Metric, format_value
from extract.pipeline.pipeline import Pipeline
from extract.read import read_document
from extract.write.safe import printable

_STYLES: dict[Kind, str] = {
    "level": "bold cyan",
    "share": "bold magenta",
    "change": "bold yellow",
    "rank": "bold green",
}


_SIGNS: dict[Bound, str] = {"exact": "", "about": "≈", "over": "≥", "under": "≤"}
_COLUMNS = ("text", "value", "unit", "kind, base", "object", "area", "period", "status")


def show_document(path: Path, rules: Path | None, published: str, out: Console) -> None:
    """Print the text of `path` with its quantities highlighted by kind, and its metrics as a table.

    Raises InputError where the text or the rules cannot be read.
    """
    document = read_document(path, published)
    metrics = Pipeline(rules).metrics(document)
    out.print(highlight(document.text, metrics))
    legend = Text("  ").join(Text(kind, style=_STYLES[kind]) for kind in KINDS)
    out.print(legend)
    out.print(metrics_table(metrics))


def highlight(text: str, metrics: Sequence[Metric]) -> Text:
    """Return `text` with the span of each metric, in text order, in the style of its kind.

    Control characters other than line breaks and tabs are left out, so that a text cannot steer the terminal.
    """
    shown = Text()
    position = 0
    for metric in metrics:
        shown.append(printable(text[position : metric.start]))
        shown.append(printable(text[metric.start : metric.end]), _STYLES[metric.kind])
        position = metric.end
    return shown.append(printable(text[position:]))


def metrics_table(metrics: Sequence[Metric]) -> Table:
    """Return the metrics as a table for the terminal, bounds as signs before the value."""
    table = Table(*_COLUMNS)
    for column in table.columns:
        column.overflow = "fold"
    table.columns[1].justify = "right"
    for metric in metrics:
        high = f"–{format_value(metric.value_high)}" if metric.value_high is not None else ""
        value = f"{_SIGNS[metric.bound]}{format_value(metric.value)}{high}"
        kind = f"{metric.kind} {metric.base}".strip()
        row = (metric.text, value, metric.unit, kind, metric.object, metric.area, metric.period, metric.status)
        table.add_row(*map(Text, row))
    return table
