"""What a reviewer types into the cells of a record, as gold holds it."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

import regex

from extract.evaluation.answers import ANSWER_BAR, OPEN_FIELDS
from extract.evaluation.gold import RowError
from extract.model.record import format_value

_NUMBER = regex.compile(r"(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?P<scales>[十百千万亿]*)")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_MOMENT = regex.compile(r"(?P<year>[0-9]{4})(?:-Q[1-4]|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_PERIODS = "2024, 2024-11, 2024-11-27, 2024-Q3, 2024-01/2024-09"


def as_gold(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the cells `fields` as gold holds them: 3.2万 as 32000, several answers parted by plain bars.

    Raises RowError for a number or a period that is none.
    """
    return {name: _cell(name, value.strip()) for name, value in fields.items()}


def _cell(name: str, value: str) -> str:
    if name in ("value", "value_high"):
        return _number(name, value) if value else ""
    if name not in OPEN_FIELDS:
        return value
    given = dict.fromkeys(answer.strip() for answer in value.replace("｜", ANSWER_BAR).split(ANSWER_BAR))
    if name == "period":
        for answer in filter(None, given):
            _check_period(answer)
    return ANSWER_BAR.join(given)


def _number(name: str, value: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", value).replace("−", "-").split())
    found = _NUMBER.fullmatch(plain)
    if not found:
        raise RowError(name, f"{name} {value!r} is no number: write 32000, 3.2万 or -0.5")
    number = Decimal(found["number"].replace(",", ""))
    for scale in found["scales"]:
        number *= _SCALES[scale]
    return format_value(number)


def _check_period(answer: str) -> None:
    moments = answer.split("/")
    found = [_MOMENT.fullmatch(moment) for moment in moments]
    is_period = len(moments) <= 2 and all(match and _is_day(match) for match in found)
    if is_period and len(moments) == 2:
        first, last = moments
        is_period = len(first) == len(last) and ("Q" in first) == ("Q" in last) and first < last
    if not is_period:
        raise RowError("period", f"period {answer!r} is none: write it as {_PERIODS}, or leave it empty")


def _is_day(match: regex.Match[str]) -> bool:
    """Whether a moment is one of the calendar."""
    try:
        datetime.date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    return True
