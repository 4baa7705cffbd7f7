"""What may stand as a period in gold."""

from __future__ import annotations

import regex

from extract.coding.days import days_of

_MOMENT = regex.compile(r"[0-9]{4}(?:-Q[1-4]|-[0-9]{2}(?:-[0-9]{2})?)?")

PERIODS = "2024, 2024-11, 2024-11-27, 2024-Q3, 2024-01/2024-09"
"""How a period is written, for who wrote it otherwise."""


def is_period(text: str) -> bool:
    """Whether `text` is a year, quarter, month or day of ISO 8601, or an interval from one to a later one."""
    first, bar, last = text.partition("/")
    if not _MOMENT.fullmatch(first) or (bar and not _MOMENT.fullmatch(last)):
        return False
    if not bar:
        return days_of(first) is not None
    days, ends = days_of(first), days_of(last)
    return days is not None and ends is not None and days[1] < ends[1] and days[0] < ends[0]
