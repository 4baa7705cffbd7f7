"""Codes of units, and values in base units."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from extract.coding.units import UnitCoder
from extract.mining.units import factor
from extract.rulebook.coding import CodingRules


@pytest.fixture
def units(coding: CodingRules) -> UnitCoder:
    return UnitCoder(coding.unit_codes)


@pytest.mark.parametrize(
    ("unit", "code", "base"),
    [
        ("公顷", "har", "m2"),
        ("亩", "[mu_cn]", "m2"),
        ("千瓦时", "kW.h", "J"),
        ("微克/立方米", "ug/m3", "kg/m3"),
        ("吨/年", "t/a", "kg/s"),
        ("元", "CNY", "CNY"),
        ("美元", "USD", "USD"),
        ("元/平方米", "CNY/m2", "CNY/m2"),
        ("元每吨", "CNY/t", "CNY/kg"),
        ("元/人·月", "CNY/人/mo", "CNY/人/s"),
        ("升/百公里", "L/100.km", "m3/m"),
        ("%", "%", "%"),
        ("户", "户", "户"),
        ("人次", "人次", "人次"),
    ],
)
def test_unit_has_its_code_and_base(units: UnitCoder, unit: str, code: str, base: str) -> None:
    found = units.code(unit)
    assert (found.code, found.base) == (code, base)


def test_fifteen_mu_are_a_hectare(units: UnitCoder) -> None:
    assert units.value(Decimal(15), "亩") == units.value(Decimal(1), "公顷") == Decimal(10000)


def test_jin_are_half_a_kilogram(units: UnitCoder) -> None:
    assert units.value(Decimal("1600E8"), "斤") == Decimal("800E8")


def test_factor_that_is_no_whole_number_keeps_twelve_digits(units: UnitCoder) -> None:
    assert units.value(Decimal(1), "亩") == Decimal("666.666666667")


def test_classifier_counts_as_it_is(units: UnitCoder) -> None:
    assert units.value(Decimal("3.2E4"), "户") == Decimal(32000)


def test_no_value_is_lost_by_a_scale(units: UnitCoder) -> None:
    assert units.value(Decimal("0"), "亩") == 0


def test_factors_of_ucum_are_what_pint_says(coding: CodingRules) -> None:
    rows = [row for row in coding.unit_codes.values() if row.source == "ucum"]
    assert len(rows) > 50
    assert [row.unit for row in rows if Fraction(row.factor) != factor(row.code, row.base)] == []


def test_money_is_coded_by_three_letters(coding: CodingRules) -> None:
    money = [row for row in coding.unit_codes.values() if row.source == "iso4217"]
    assert all(len(row.code) == 3 and row.code == row.base and row.factor == "1" for row in money)
