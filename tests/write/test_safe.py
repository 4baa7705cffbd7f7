"""Cells that a spreadsheet would run: guarded in what is written, as they were when read back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made import metric_in

from extract.evaluation.gold import read_predictions
from extract.write import write_csv
from extract.write.safe import guarded, unguarded

FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1+1",
    "＠SUM(A1)",
    "－3℃",
]


@pytest.mark.parametrize("cell", FORMULAS, ids=ascii)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize(
    "cell", ["", "-3.5", "+7", "-0.4%", "60个", "老旧小区改造", "'80后", "2024-01/2024-09", "3-5名"]
)
def test_plain_number_or_text_stays(cell: str) -> None:
    assert guarded(cell) == cell
    assert unguarded(cell) == cell


@given(st.text(alphabet="'=+-@＝ \t\n\r13.%个", max_size=8))
@example("'=1")
@example("''=1")
@example("'-3.5")
@example("' =1")
def test_every_text_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@given(st.text(alphabet="'=+-@＝ \t\n\r13.%个", max_size=8))
def test_nothing_written_begins_as_a_formula(cell: str) -> None:
    written = guarded(cell)
    begins = written.lstrip()[:1] in tuple("=+-@＝")
    assert not begins or written.rstrip("%").lstrip("+-").replace(".", "", 1).isdecimal()


def test_written_csv_holds_no_formula_and_reads_back_the_same(tmp_path: Path) -> None:
    text = "=HYPERLINK(1)楼新增床位60张"
    bed = metric_in(text, "60张", "60", "张", doc="稿", object="=HYPERLINK(1)楼", predicate="@新增", area="'=区")
    write_csv([bed], tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["object"], row["predicate"], row["area"]) == ("'=HYPERLINK(1)楼", "'@新增", "''=区")
    assert read_predictions(tmp_path / "out.csv", {"稿": text}) == {"稿": [bed]}


def test_negative_value_is_written_as_a_number(tmp_path: Path) -> None:
    text = "失业率下降0.5个百分点"
    write_csv([metric_in(text, "0.5个百分点", "-0.5", "百分点", doc="稿", kind="change")], tmp_path / "out.csv")
    assert ",-0.5," in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
