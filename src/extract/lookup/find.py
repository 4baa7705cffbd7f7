"""Finds records by words: 全市 加装电梯 2024."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.coding.days import days_of
from extract.lookup.rows import Row

_YEAR = re.compile(r"(\d{4}(?:-(?:Q[1-4]|\d{2}(?:-\d{2})?))?)年?")
_OWN = {"全国": "国", "全省": "省", "全市": "市", "全区": "区", "全县": "县", "我省": "省", "我市": "市", "我区": "区"}
_WEIGHTS = (("indicator", 4.0), ("object", 4.0), ("topic", 2.0), ("section", 0.5), ("title", 0.5), ("sentence", 0.5))
_MISSING = 1.5
"""What a word takes away that a record has nowhere."""


def find(rows: Iterable[Row], query: str, most: int) -> list[tuple[float, Row]]:
    """Return the `most` records that fit the words of `query` best, with their scores, the best first.

    A year or month fits the period, the name of an area the area, any other word what is counted, done or said; a
    record that fits no word is left out. Those that fit alike keep their order.
    """
    words = query.split()
    scored = [(_score(words, row), row) for row in rows]
    return sorted((one for one in scored if one[0] > 0), key=lambda one: -one[0])[:most]


def _score(words: Sequence[str], row: Row) -> float:
    fits = [_fit(word, row) for word in words]
    return sum(fits) - _MISSING * sum(not fit for fit in fits) if any(fits) else 0.0


def _fit(word: str, row: Row) -> float:
    if year := _YEAR.fullmatch(word):
        return _fits_period(year[1], row["period"])
    if word in _OWN:
        return 1.0 if row["area"].endswith(_OWN[word]) else 0.0
    if row["area"] and (word == row["area"] or (len(word) > 1 and row["area"].startswith(word))):
        return 3.0
    if word in (row["indicator"], row["object"], row["predicate"] + row["object"]):
        return 6.0
    said = row["predicate"] + row["object"]
    if word in said:
        return 4.0
    best = max((weight for name, weight in _WEIGHTS if word in row[name]), default=0.0)
    return max(best, _overlap(word, said + row["indicator"]))


def _fits_period(wanted: str, period: str) -> float:
    days, own = days_of(wanted), days_of(period)
    if days is None or own is None:
        return 0.0
    if days == own:
        return 3.0
    if days[0] <= own[0] and own[1] <= days[1]:
        return 2.0
    return 1.0 if own[0] <= days[1] and days[0] <= own[1] else 0.0


def _overlap(word: str, text: str) -> float:
    """How many pairs of neighbouring characters of a word stand in a text, from 0 to 2; nothing for under half."""
    pairs = [word[place : place + 2] for place in range(len(word) - 1)]
    share = sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
    return 2 * share if share >= 0.5 else 0.0
