"""Codes of units, and values in base units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from extract.rulebook.coding import UnitCode

_DIGITS = 12
"""Significant digits of a value in base units, where its factor is not a whole number."""
_PER = re.compile("[/每·]")
_SCALED = re.compile("(10|十|百|千|万)(万)?(.+)")
_SCALES = {"10": 10, "十": 10, "百": 100, "千": 1000, "万": 10000, None: 1}


class BaseUnit(NamedTuple):
    """The code of a unit, and how many of the unit `base` one is."""

    code: str
    base: str
    factor: Fraction


class UnitCoder:
    """Knows the codes of `rules/unit-codes.csv`, and those of what is made of these units: 元/平方米, 吨每年.

    A classifier that has no code stays as it is, and counts 1.
    """

    def __init__(self, codes: Mapping[str, UnitCode]) -> None:
        self._atoms = {unit: BaseUnit(row.code, row.base, Fraction(row.factor)) for unit, row in codes.items()}
        self._known: dict[str, BaseUnit] = {}

    def code(self, unit: str) -> BaseUnit:
        """Return the code of `unit`."""
        found = self._known.get(unit)
        if found is None:
            found = self._known[unit] = self._atoms.get(unit) or self._made(unit)
        return found

    def value(self, value: Decimal, unit: str) -> Decimal:
        """Return how many base units `value` units are."""
        factor = self.code(unit).factor
        if factor == 1:
            return value
        if factor.denominator == 1:
            return value * factor.numerator
        exact = value * factor.numerator / factor.denominator
        return exact.quantize(Decimal(1).scaleb(exact.adjusted() + 1 - _DIGITS)).normalize() if exact else exact

    def _made(self, unit: str) -> BaseUnit:
        parts = _PER.split(unit)
        if len(parts) == 1 or not all(parts):
            return BaseUnit(unit, unit, Fraction(1))
        code, base, factor = self._part(parts[0])
        for part in parts[1:]:
            below = self._part(part)
            code, base, factor = f"{code}/{below.code}", f"{base}/{below.base}", factor / below.factor
        return BaseUnit(code, base, factor)

    def _part(self, unit: str) -> BaseUnit:
        """Return the code of a part of a unit, which may have a scale: 百公里, 万元, 10万."""
        if unit in self._atoms:
            return self._atoms[unit]
        scaled = _SCALED.fullmatch(unit)
        if scaled is None:
            return BaseUnit(unit, unit, Fraction(1))
        below = self._part(scaled[3])
        scale = _SCALES[scaled[1]] * _SCALES[scaled[2]]
        return BaseUnit(f"{scale}.{below.code}", below.base, below.factor * scale)
