"""Records as SDMX-CSV 2.1, for statistical offices.

An observation is a record with an indicator, a period and a value; the others have no place there. The number is told
as the text writes it, with UNIT_MULT for 万 and 亿, all digits kept.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from extract.coding.days import days_of
from extract.model.record import format_value

STRUCTURE = "PRESS_METRICS:METRICS(1.0)"
SDMX_COLUMNS = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "RECORD", "INDICATOR", "REF_AREA", "KIND", "TIME_PERIOD", "OBS_VALUE",
    "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS", "OBJECT", "SOURCE",
)  # fmt: skip
UNTOLD = "_X"
"""What stands for a code that the text does not tell."""

_HALVES = {(1, 1, 6, 30): "S1", (7, 1, 12, 31): "S2"}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_SCALED = re.compile(r"[0-9０-９](?:余|多)?([十百千万亿]+)")
_STATUS = {"planned": "F", "about": "E", "over": "E", "under": "E"}
"""Codes of CL_OBS_STATUS: forecast, estimated; A for the others."""


def observations(rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the observation of each of `rows` of coded records that has one, under `SDMX_COLUMNS`."""
    for row in rows:
        period = time_period(row["period"])
        if not row["indicator"] or not period:
            continue
        power = _power(row["text"])
        yield {
            "STRUCTURE": "dataflow",
            "STRUCTURE_ID": STRUCTURE,
            "ACTION": "M",
            "RECORD": row["id"],
            "INDICATOR": row["indicator"],
            "REF_AREA": row["area_code"] or UNTOLD,
            "KIND": row["kind"],
            "TIME_PERIOD": period,
            "OBS_VALUE": format_value(Decimal(row["value"]).scaleb(-power)),
            "UNIT_MEASURE": row["unit_code"] or row["unit"] or UNTOLD,
            "UNIT_MULT": str(power),
            "OBS_STATUS": _STATUS.get(row["status"]) or _STATUS.get(row["bound"], "A"),
            "OBJECT": row["object"],
            "SOURCE": row["doc"],
        }


def time_period(period: str) -> str:
    """Return an ISO 8601 period as SDMX writes it: an interval by its first day and its length, '' for no period."""
    days = days_of(period)
    if days is None:
        return ""
    if "/" not in period:
        return period
    start, end = days
    if (half := _HALVES.get((start.month, start.day, end.month, end.day))) and start.year == end.year:
        return f"{start.year}-{half}"
    after = end + datetime.timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    if after.day != start.day:
        length = f"P{(after - start).days}D"
    else:
        length = f"P{months}M" if months % 12 else f"P{months // 12}Y"
    return f"{start.isoformat()}/{length}"


def _power(text: str) -> int:
    scaled = _SCALED.search(text)
    return sum(_POWERS[char] for char in scaled[1]) if scaled else 0
