"""What a reviewer types, as gold holds it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.evaluation.gold import RowError
from extract.review.cells import as_gold


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("32000", "32000"), ("3.2万", "32000"), (" 3.2 万 ", "32000"), ("1.05亿", "105000000"), ("2千万", "20000000"),
        ("-0.5", "-0.5"), ("−0.5", "-0.5"), ("＋７", "7"), ("12,345", "12345"), ("5.50", "5.5"), ("0.0", "0"),
    ],
)  # fmt: skip
def test_number_is_understood(typed: str, value: str) -> None:
    assert as_gold({"value": typed}) == {"value": value}


@pytest.mark.parametrize("typed", ["许多", "3.2万户", "5%", "1,23", "万", "1|2", "NaN", "1e3", "٣"])
def test_what_is_no_number_is_refused_with_a_hint(typed: str) -> None:
    for column in ("value", "value_high"):
        with pytest.raises(RowError, match=r"write 32000, 3\.2万 or -0\.5") as error:
            as_gold({column: typed})
        assert error.value.column == column


def test_empty_upper_end_stays_empty() -> None:
    assert as_gold({"value_high": " "}) == {"value_high": ""}


@pytest.mark.parametrize(
    "period",
    ["", "2024", "2024-11", "2024-02-29", "2024-Q3", "2024-01/2024-09", "2021/2025", "2024-Q1/2024-Q3",
     "2024-10-01/2024-10-07", "2015/2022-06", "2023|2024", "2024|", "|2024-01/2024-03"],
)  # fmt: skip
def test_period_in_iso_form_is_kept(period: str) -> None:
    assert as_gold({"period": period}) == {"period": period}


@pytest.mark.parametrize(
    "period",
    ["去年", "2024年", "2024-13", "2024-2", "2023-02-29", "2024-Q5", "2024/2023", "2024-01/2024-01",
     "2024-01/", "/2024", "2024-Q1/2024-03", "2024/2025/2026", "2024|去年", "0000", "2024-10-01/07"],
)  # fmt: skip
def test_period_that_is_none_is_refused_with_a_hint(period: str) -> None:
    with pytest.raises(RowError, match=r"write it as 2024, 2024-11, .* or leave it empty") as error:
        as_gold({"period": period})
    assert error.value.column == "period"


@pytest.mark.parametrize("column", ["object", "predicate", "area", "base"])
def test_several_answers_are_parted_by_plain_bars(column: str) -> None:
    assert as_gold({column: " 接待游客 ｜ 游客|接待游客 "}) == {column: "接待游客|游客"}


@pytest.mark.parametrize("typed", ["接待|", "|接待"])
def test_empty_answer_is_kept_beside_another(typed: str) -> None:
    assert as_gold({"predicate": typed}) == {"predicate": typed}


def test_bar_in_another_column_stays_for_the_check_of_its_row() -> None:
    assert as_gold({"unit": "张|个", "kind": "level"}) == {"unit": "张|个", "kind": "level"}


@given(st.decimals(-(10**12), 10**12, allow_nan=False, places=3))
def test_number_as_gold_holds_it_is_understood_as_itself(value: object) -> None:
    once = as_gold({"value": format(value, "f")})
    assert as_gold(once) == once


@given(st.sampled_from(["object", "base", "area"]), st.text("甲乙 |｜", max_size=8))
def test_cell_as_gold_holds_it_stays(column: str, typed: str) -> None:
    once = as_gold({column: typed})
    assert as_gold(once) == once
