"""The first and the last day of a period of ISO 8601."""

from __future__ import annotations

import calendar
import datetime
from functools import lru_cache


@lru_cache(4096)
def days_of(period: str) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day of a year, quarter, month, day or interval of them; None for none of these."""
    first, _, last = period.partition("/")
    try:
        days = _first_day(first), _last_day(last or first)
    except (ValueError, IndexError):
        return None
    return days if days[0] <= days[1] else None


def _first_day(point: str) -> datetime.date:
    year, *rest = point.split("-")
    if rest and rest[0].startswith("Q"):
        return datetime.date(int(year), 3 * int(rest[0][1:]) - 2, 1)
    month, day = [*map(int, rest), 1, 1][:2]
    return datetime.date(int(year), month, day)


def _last_day(point: str) -> datetime.date:
    year, *rest = point.split("-")
    if len(rest) == 2:
        return datetime.date(int(year), int(rest[0]), int(rest[1]))
    month = 12 if not rest else 3 * int(rest[0][1:]) if rest[0].startswith("Q") else int(rest[0])
    return datetime.date(int(year), month, calendar.monthrange(int(year), month)[1])
