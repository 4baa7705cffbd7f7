"""Dates of many types, and what stands for none."""

from __future__ import annotations

import datetime

import regex

from extract.errors import InputError
from extract.read.dates import iso_date

_iso = regex.compile(r"\s*(\d{4}-\d{2}-\d{2})\s*")


def is_missing(value: object) -> bool:
    """Whether `value` stands for nothing: None, NaN, NaT or NA of pandas, an empty or blank string."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    try:
        return bool(value != value)  # noqa: PLR0124 NaN and NaT differ from themselves
    except TypeError:  # pandas.NA does not tell
        return True


def as_date(value: object, source: str = "published") -> str:
    """Return a date as ISO, '' for None, NaN and the like.

    It may be a str (2025-10-20, 2025/10/20, 20251020, 2025年10月20日), a date, a datetime, or the Timestamp of pandas
    or datetime64 of numpy. Written as 1837-07-15 it may be of any year, otherwise of 1900 to 2099. Raises
    InputError, which names `source`, for anything else.
    """
    if is_missing(value):
        return ""
    found = _of_any_year(value) or iso_date(value)
    if not found:
        raise InputError(source, f"{value!r} is no date", hint="write it as 2025-11-20")
    return found


def _of_any_year(value: object) -> str:
    """The date of a str that is an ISO date and nothing else, '' for any other value."""
    match = _iso.fullmatch(value) if isinstance(value, str) else None
    try:
        return datetime.date.fromisoformat(match[1]).isoformat() if match else ""
    except ValueError:
        return ""
