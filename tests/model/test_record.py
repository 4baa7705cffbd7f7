"""The one row type: its columns, its id and how its values are written."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from copy import copy, deepcopy
from dataclasses import fields, replace
from decimal import Decimal
from inspect import signature
from typing import Final, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract.model.record import BOUNDS, COLUMNS, GOLD_COLUMNS, KINDS, STATUSES, Evidence, Metric, format_value, to_row

METRIC = Metric(
    doc="qingdao", start=10, end=15, text="3.2万户", value=Decimal(32000), value_high=None, unit="户", bound="exact",
    kind="level", object="居民", predicate="惠及", area="市南区", period="2024", base="", status="actual",
    rules=("quantity.single", "object.own"),
)  # fmt: skip


def test_gold_columns_are_those_of_the_guideline() -> None:
    assert GOLD_COLUMNS == (
        "start", "end", "text", "value", "value_high", "unit", "bound", "kind",
        "object", "predicate", "area", "period", "base", "status",
    )  # fmt: skip


def test_columns_begin_with_the_document_and_the_gold_columns() -> None:
    assert COLUMNS[: 1 + len(GOLD_COLUMNS)] == ("doc", *GOLD_COLUMNS)


def test_columns_end_with_what_the_program_adds() -> None:
    assert set(COLUMNS[1 + len(GOLD_COLUMNS) :]) == {
        "article", "title", "published", "section", "sentence", "rules", "evidence", "id",
        "owner",
    }  # fmt: skip


def test_no_column_stands_twice() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_labels_are_those_of_the_guideline() -> None:
    assert BOUNDS == ("exact", "about", "over", "under")
    assert KINDS == ("level", "share", "change", "rank")
    assert STATUSES == ("actual", "planned")


def test_row_has_the_columns_in_order() -> None:
    assert tuple(to_row(METRIC)) == COLUMNS


def test_row_writes_the_value_as_text() -> None:
    assert to_row(METRIC)["value"] == "32000"


def test_row_leaves_a_missing_upper_end_empty() -> None:
    assert to_row(METRIC)["value_high"] == ""


def test_row_writes_the_upper_end_of_a_range() -> None:
    assert to_row(replace(METRIC, value_high=Decimal(40000)))["value_high"] == "40000"


def test_row_parts_the_rules_by_blanks() -> None:
    assert to_row(METRIC)["rules"] == "quantity.single object.own"


def test_row_keeps_offsets_as_numbers() -> None:
    row = to_row(METRIC)
    assert (row["start"], row["end"]) == (10, 15)


def test_id_has_twelve_hexadecimal_digits() -> None:
    assert len(METRIC.id) == 12
    assert set(METRIC.id) <= set("0123456789abcdef")


def test_id_stays_the_same_from_run_to_run() -> None:
    assert METRIC.id == "eb817160a488"


@pytest.mark.parametrize("change", [{"doc": "yinzhou"}, {"start": 9}, {"end": 16}])
def test_id_depends_on_document_and_span(change: dict[str, str | int]) -> None:
    assert replace(METRIC, **change).id != METRIC.id  # type: ignore[arg-type]


@pytest.mark.parametrize("change", [{"object": "户数"}, {"value": Decimal(1)}, {"rules": ()}, {"status": "planned"}])
def test_id_does_not_depend_on_what_was_read(change: dict[str, object]) -> None:
    assert replace(METRIC, **change).id == METRIC.id  # type: ignore[arg-type]


def test_id_tells_a_span_from_one_with_the_same_digits() -> None:
    assert replace(METRIC, start=1, end=23).id != replace(METRIC, start=12, end=3).id


@pytest.mark.skipif(bool(extract.NATIVE), reason="a compiled class has forgotten what is final")
@pytest.mark.parametrize("record", [Metric, Evidence])
def test_type_checker_lets_no_field_be_set_twice(record: type[Metric | Evidence]) -> None:
    assert {get_origin(hint) for hint in get_type_hints(record).values()} == {Final}


@pytest.mark.skipif(not extract.NATIVE, reason="plain Python leaves it to the type checker")
def test_compiled_record_lets_no_field_be_set_twice() -> None:
    with pytest.raises(AttributeError):
        METRIC.unit = "户"  # type: ignore[misc]


def test_fields_are_in_the_order_of_the_arguments() -> None:
    assert [field.name for field in fields(Metric)] == list(signature(Metric).parameters)


@pytest.mark.parametrize("copied", [copy, deepcopy, lambda record: pickle.loads(pickle.dumps(record))])
def test_copy_is_the_same_record(copied: Callable[[Metric], Metric]) -> None:
    metric = replace(METRIC, evidence=(Evidence("object", explicit=True, spans=((3, 6),)),))
    assert copied(metric) == metric
    assert hash(copied(metric)) == hash(metric)


VALUES = [
    ("60", "60"), ("0", "0"), ("0.0", "0"), ("-0", "0"), ("3.20", "3.2"), ("100", "100"), ("1E+3", "1000"),
    ("1000000000000", "1000000000000"), ("2E+12", "2000000000000"), ("0.0001", "0.0001"), ("1E-7", "0.0000001"),
    ("-1.20", "-1.2"), ("33.33", "33.33"), ("12345678901234567890.5", "12345678901234567890.5"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_value_is_written_as_plain_digits(value: str, text: str) -> None:
    assert format_value(Decimal(value)) == text


def test_missing_value_is_written_empty() -> None:
    assert format_value(None) == ""


@given(value=st.decimals(-(10**16), 10**16, places=4, allow_nan=False, allow_infinity=False))
def test_written_value_reads_back_exactly(value: Decimal) -> None:
    assert Decimal(format_value(value)) == value


@given(value=st.decimals(-(10**28), 10**28, places=6, allow_nan=False, allow_infinity=False))
def test_written_value_has_no_exponent_and_no_padding(value: Decimal) -> None:
    text = format_value(value)
    assert "E" not in text
    assert "." not in text or not text.endswith(("0", "."))
