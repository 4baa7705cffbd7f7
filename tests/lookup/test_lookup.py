"""Records found by words, and compared over areas and periods."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import metric

from extract.errors import InputError
from extract.lookup.compare import compare, periods_of
from extract.lookup.find import find
from extract.lookup.rows import Row, read_run, run_file
from extract.model.codes import CODED_COLUMNS, Codes, coded_row
from extract.write import csv_head, csv_rows

WHOLE = frozenset({"地区生产总值"})


def row(value: str = "60", unit: str = "部", indicator: str = "加装电梯", **fields: object) -> Row:
    """Return a coded record as a row."""
    given = {"object": "电梯", "predicate": "加装", "area": "海州区", "period": "2024", "sentence": "句子", **fields}
    made = coded_row(metric(0, 3, value, unit, **given), Codes(indicator, "住房"))
    return {name: str(cell) for name, cell in made.items()}


def objects(query: str, *rows: Row) -> list[tuple[str, str]]:
    """Return object and period of what is found."""
    return [(one["object"], one["period"]) for _, one in find(rows, query, 10)]


def test_record_that_fits_all_words_comes_first() -> None:
    rows = (row(period="2023"), row(), row(object="公园", predicate="新建", indicator="公园"))
    assert objects("加装电梯 2024", *rows) == [("电梯", "2024"), ("电梯", "2023"), ("公园", "2024")]


def test_month_fits_its_year_less_than_the_year_itself() -> None:
    assert objects("电梯 2024", row(period="2024-03"), row()) == [("电梯", "2024"), ("电梯", "2024-03")]


def test_area_is_found_by_its_name_and_by_its_kind() -> None:
    rows = (row(area="青岛市"), row(area="海州区"))
    assert [one["area"] for _, one in find(rows, "电梯 海州区", 1)] == ["海州区"]
    assert [one["area"] for _, one in find(rows, "电梯 全市", 1)] == ["青岛市"]


def test_record_that_fits_no_word_is_left_out() -> None:
    assert objects("粮食产量", row()) == []


def test_no_more_than_asked_for_are_found() -> None:
    assert len(find([row(), row(), row()], "电梯", 2)) == 2


def test_periods_of_an_indicator_stand_side_by_side() -> None:
    (series,) = compare([row("60"), row("50", period="2023")], WHOLE)
    assert (periods_of([series]), series.cell("2023"), series.cell("2024")) == (["2023", "2024"], "50", "60")


def test_numbers_that_contradict_each_other_are_shown() -> None:
    (series,) = compare([row("60"), row("65")], WHOLE)
    assert (series.cell("2024"), series.conflicts) == ("60 ≠ 65", ["2024"])


@pytest.mark.parametrize("rounded", ["12000", "12300", "12345"])
def test_rounding_is_no_contradiction(rounded: str) -> None:
    (series,) = compare([row(rounded), row("12345")], WHOLE)
    assert (series.cell("2024"), series.conflicts) == ("12345", [])


def test_kinds_of_an_indicator_are_compared_by_their_objects() -> None:
    rows = [row("1", indicator="企业", object="中小企业"), row("2", indicator="企业", object="外资企业")]
    assert len(compare(rows, WHOLE)) == 2


def test_objects_of_a_whole_indicator_are_one() -> None:
    rows = [
        row("1", "元", "地区生产总值", object="GDP"),
        row("2", "元", "地区生产总值", object="生产总值", period="2023"),
    ]
    assert [len(one.periods) for one in compare(rows, WHOLE)] == [2]


def test_growth_of_another_base_is_another_series() -> None:
    rows = [row("5", "%", kind="change", base="同比"), row("2", "%", kind="change", base="环比")]
    assert len(compare(rows, WHOLE)) == 2


def test_plans_and_records_without_an_indicator_are_left_out() -> None:
    assert compare([row(status="planned"), row(indicator=""), row(period="")], WHOLE) == []


def test_only_indicators_with_a_name_are_wanted() -> None:
    assert [one.indicator for one in compare([row(), row(indicator="公园")], WHOLE, "电梯")] == ["加装电梯"]


def test_records_of_a_run_are_read_back(tmp_path: Path) -> None:
    file = tmp_path / "metrics.csv"
    file.write_bytes(csv_head(CODED_COLUMNS) + csv_rows([row(object="=1")], CODED_COLUMNS))
    assert run_file(tmp_path) == run_file(file) == file
    assert read_run(file) == [row(object="=1")]


def test_table_without_codes_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "metrics.csv"
    file.write_text("doc,start\n甲,1\n", "utf-8")
    with pytest.raises(InputError, match="no column indicator; write it anew"):
        read_run(file)


def test_folder_without_records_is_no_run(tmp_path: Path) -> None:
    assert run_file(tmp_path) is None
