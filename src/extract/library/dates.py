"""Dates of many types, and what stands for none."""

from __future__ import annotations

from extract.errors import InputError
from extract.read.dates import iso_date


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
    or datetime64 of numpy. Raises InputError, which names `source`, for anything else.
    """
    if is_missing(value):
        return ""
    found = iso_date(value)
    if not found:
        raise InputError(source, f"{value!r} is no date", hint="write it as 2025-11-20")
    return found
