"""Records and gold files made by hand, for the tests of scoring, gold, writing and the command line."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

from extract.model.record import GOLD_COLUMNS, Metric, to_row


def metric(start: int, end: int, value: str = "60", unit: str = "张", high: str = "", **fields: Any) -> Metric:
    """Return a record of the document `doc`, plain in all that is not given."""
    plain: dict[str, Any] = {
        "doc": "doc", "text": f"{value}{unit}", "bound": "exact", "kind": "level", "object": "养老床位",
        "predicate": "新增", "area": "青岛市", "period": "2024", "base": "", "status": "actual",
    }  # fmt: skip
    return Metric(
        start=start,
        end=end,
        value=Decimal(value),
        value_high=Decimal(high) if high else None,
        unit=unit,
        **(plain | fields),
    )


def metric_in(text: str, span: str, value: str, unit: str, **fields: Any) -> Metric:
    """Return a record whose span is the first `span` of `text`."""
    start = text.index(span)
    return metric(start, start + len(span), value, unit, text=span, **fields)


def write_gold(folder: Path, name: str, text: str, records: list[Metric]) -> Path:
    """Write a text and its gold to `folder`, and return the path of the gold file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    path = folder / f"{name}.gold.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, GOLD_COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(to_row(record) for record in records)
    return path
