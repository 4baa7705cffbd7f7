"""Dates as people and programs write them."""

from __future__ import annotations

import datetime

import regex

_date = regex.compile(r"\s*(?P<y>(?:19|20)\d{2})\s*[-年./]?\s*(?P<m>\d{1,2})\s*[-月./]?\s*(?P<d>\d{1,2})(?!\d)")


def iso_date(value: object) -> str:
    """Return a date, or the date at the beginning of a text, as ISO; '' for what is none."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10] if value == value else ""  # noqa: PLR0124 NaT differs from itself
    match = _date.match(str(value)) if value is not None else None
    if not match:
        return ""
    try:
        return datetime.date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return ""
