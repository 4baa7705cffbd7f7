"""What makes a record join other data: codes of its indicator, unit, area and time, and what a check has found."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.model.record import COLUMNS, Metric, format_value, to_row

CODE_COLUMNS: tuple[str, ...] = (
    "indicator", "topic", "unit_code", "value_base", "unit_base", "area_code", "period_start", "period_end",
    "flags", "same_as",
)  # fmt: skip
"""What stands behind `record.COLUMNS` in a table of coded records, in this order."""

CODED_COLUMNS: tuple[str, ...] = (*COLUMNS, *CODE_COLUMNS)
"""The columns of the table of records that a run writes."""


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of one record; an empty one means that there is none, or that it cannot be told.

    `unit_code` is of UCUM for a physical unit, of ISO 4217 for money, else the classifier; `value_base` is the value
    in `unit_base`, so that 亩 and 公顷 compare. `area_code` is of GB/T 2260, beginning with X for zones and regions.
    `period_start` and `period_end` are the first and the last day. `flags` name what does not add up, `same_as` is
    the id of an earlier record of the same figure.
    """

    indicator: str = ""
    topic: str = ""
    unit_code: str = ""
    value_base: Decimal | None = None
    unit_base: str = ""
    area_code: str = ""
    period_start: str = ""
    period_end: str = ""
    flags: tuple[str, ...] = ()
    same_as: str = ""


NO_CODES = Codes()


def coded_row(metric: Metric, codes: Codes) -> dict[str, str | int]:
    """Return a record with its codes as one flat row, its keys in the order of `CODED_COLUMNS`."""
    return to_row(metric) | {
        "indicator": codes.indicator,
        "topic": codes.topic,
        "unit_code": codes.unit_code,
        "value_base": format_value(codes.value_base),
        "unit_base": codes.unit_base,
        "area_code": codes.area_code,
        "period_start": codes.period_start,
        "period_end": codes.period_end,
        "flags": " ".join(codes.flags),
        "same_as": codes.same_as,
    }
