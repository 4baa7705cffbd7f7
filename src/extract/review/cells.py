"""What a reviewer types into the cells of a record, as gold holds it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal

import regex

from extract.evaluation.answers import ANSWER_BAR, OPEN_FIELDS
from extract.evaluation.gold import RowError, check_periods
from extract.model.record import format_value

_NUMBER = regex.compile(r"(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?P<scales>[十百千万亿]*)")
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


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
        check_periods(given)
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
