"""Metrics as a DataFrame: its columns, their types, what is missing."""

from __future__ import annotations

import pandas as pd
import pytest
from made import metric

from extract.model.record import BOUNDS, COLUMNS, KINDS, STATUSES
from extract.write.dataframe import to_frame

TEXT_COLUMNS = [
    "doc", "text", "object", "predicate", "area", "period", "base", "title", "published", "section",
    "sentence", "rules", "id",
]  # fmt: skip


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """Return two records: an exact level, and a planned range of a share."""
    return to_frame(
        [
            metric(0, 4, "1200"),
            metric(
                9,
                14,
                "3.5",
                "%",
                high="5",
                bound="over",
                kind="share",
                status="planned",
                rules=("a.b", "c.d"),
            ),
        ]
    )


def test_columns_are_those_of_the_contract_in_order(frame: pd.DataFrame) -> None:
    assert list(frame.columns) == list(COLUMNS)


def test_each_record_is_a_row_in_order(frame: pd.DataFrame) -> None:
    assert list(frame["start"]) == [0, 9]


@pytest.mark.parametrize("column", ["start", "end", "article"])
def test_offsets_and_articles_are_integers(column: str, frame: pd.DataFrame) -> None:
    assert frame[column].dtype == "Int64"


@pytest.mark.parametrize("column", ["value", "value_high"])
def test_values_are_numbers(column: str, frame: pd.DataFrame) -> None:
    assert frame[column].dtype == "Float64"


def test_value_is_that_of_the_record(frame: pd.DataFrame) -> None:
    assert list(frame["value"]) == [1200, 3.5]


def test_upper_end_of_a_record_that_is_no_range_is_missing(frame: pd.DataFrame) -> None:
    assert list(frame["value_high"].isna()) == [True, False]
    assert frame["value_high"][1] == 5


@pytest.mark.parametrize(("column", "words"), [("bound", BOUNDS), ("kind", KINDS), ("status", STATUSES)])
def test_words_are_categories_of_all_that_may_occur(column: str, words: tuple[str, ...], frame: pd.DataFrame) -> None:
    assert list(frame[column].cat.categories) == list(words)


def test_units_are_categories_of_those_that_occur(frame: pd.DataFrame) -> None:
    assert set(frame["unit"].cat.categories) == {"张", "%"}


@pytest.mark.parametrize("column", TEXT_COLUMNS)
def test_all_else_is_text(column: str, frame: pd.DataFrame) -> None:
    assert pd.api.types.is_string_dtype(frame[column].dtype)
    assert frame[column].dtype != object


def test_empty_text_is_an_empty_string_and_not_missing(frame: pd.DataFrame) -> None:
    assert list(frame["base"]) == ["", ""]


def test_rules_are_one_text(frame: pd.DataFrame) -> None:
    assert list(frame["rules"]) == ["", "a.b c.d"]


def test_no_records_give_an_empty_frame_with_all_columns() -> None:
    assert to_frame([]).shape == (0, len(COLUMNS))


def test_no_records_give_the_same_types_as_some(frame: pd.DataFrame) -> None:
    empty = to_frame([])
    differing = [name for name in COLUMNS if name != "unit" and empty[name].dtype != frame[name].dtype]
    assert differing == []


def test_records_without_any_range_have_a_numeric_upper_end() -> None:
    assert to_frame([metric(0, 4)])["value_high"].dtype == "Float64"


def test_an_iterator_of_records_is_taken() -> None:
    assert len(to_frame(iter([metric(0, 4), metric(5, 9)]))) == 2
