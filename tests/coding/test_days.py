"""The first and the last day of a period."""

from __future__ import annotations

import pytest

from extract.coding.days import days_of


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024-10-07", "2024-10-07", "2024-10-07"),
        ("2024-01/2024-09", "2024-01-01", "2024-09-30"),
        ("2021/2025", "2021-01-01", "2025-12-31"),
        ("2024-10-01/2024-10-07", "2024-10-01", "2024-10-07"),
        ("2024-Q4/2025-Q1", "2024-10-01", "2025-03-31"),
    ],
)
def test_period_has_its_days(period: str, first: str, last: str) -> None:
    days = days_of(period)
    assert days is not None
    assert [day.isoformat() for day in days] == [first, last]


@pytest.mark.parametrize("period", ["", "去年", "2024-13", "2024-02-30", "2024-Q5", "2024-08/2024-02"])
def test_what_is_no_period_has_none(period: str) -> None:
    assert days_of(period) is None
