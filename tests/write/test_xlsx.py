"""Tables as a workbook, read back by openpyxl."""

from __future__ import annotations

import datetime
import io
from typing import Any

import openpyxl

from extract.model.tables import REPAIRS, TABLES, Column, Table
from extract.write.xlsx import Workbook

TABLE = Table(
    "metrics",
    "a row",
    "一行",
    (
        Column("doc", "text", "document", "文件"),
        Column("start", "integer", "offset", "位置"),
        Column("value", "number", "number", "数值"),
        Column("period", "text", "time", "时期"),
        Column("period_start", "date", "day", "首日"),
    ),
)


def book_of(*rows: list[str], most_rows: int = 100) -> Any:
    """Return what openpyxl reads of a workbook with `rows` of `TABLE`."""
    file = io.BytesIO()
    book = Workbook(file, [TABLE], most_rows)
    book.add(TABLE, rows)
    book.finish()
    return openpyxl.load_workbook(io.BytesIO(file.getvalue()))


def test_cells_have_their_types_and_a_period_is_text() -> None:
    (_, row) = book_of(["稿", "9", "3.5", "2024-11", "2024-11-01"])["metrics"].values
    assert row == ("稿", 9, 3.5, "2024-11", datetime.datetime(2024, 11, 1))


def test_empty_cell_is_empty() -> None:
    (_, row) = book_of(["稿", "", "", "", ""])["metrics"].values
    assert row[1:] == (None, None, None, None)


def test_text_that_looks_like_a_formula_or_a_link_is_text() -> None:
    sheet = book_of(["=1+1", "1", "1", "", ""], ["http://example.org", "1", "1", "", ""])["metrics"]
    assert [sheet["A2"].value, sheet["A2"].data_type, sheet["A3"].hyperlink] == ["=1+1", "s", None]


def test_number_of_more_digits_than_a_spreadsheet_keeps_is_text() -> None:
    (_, row) = book_of(["稿", "1", "1234567890123456.5", "", ""])["metrics"].values
    assert row[2] == "1234567890123456.5"


def test_large_round_number_is_a_number() -> None:
    (_, row) = book_of(["稿", "1", "16000000000000000000", "", ""])["metrics"].values
    assert row[2] == 16e18


def test_day_before_the_calendar_of_spreadsheets_is_text() -> None:
    (_, row) = book_of(["稿", "1", "1", "1898", "1898-01-01"])["metrics"].values
    assert row[4] == "1898-01-01"


def test_head_is_frozen_and_columns_can_be_filtered() -> None:
    sheet = book_of(["稿", "1", "1", "", ""])["metrics"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:E2")


def test_rows_behind_the_last_one_go_to_a_further_sheet() -> None:
    book = book_of(*(["稿", str(n), "1", "", ""] for n in range(5)), most_rows=2)
    assert book.sheetnames == ["metrics", "metrics 2", "metrics 3", "columns"]
    numbers = [row[1] for name in book.sheetnames[:3] for row in list(book[name].values)[1:]]
    assert numbers == [0, 1, 2, 3, 4]
    assert all(next(iter(book[name].values))[0] == "doc" for name in book.sheetnames[:3])


def test_sheet_of_columns_tells_what_each_means() -> None:
    rows = list(book_of()["columns"].values)
    assert rows[3][:5] == ("metrics", "value", "number", "number", "数值")


def test_text_longer_than_a_cell_is_cut() -> None:
    (_, row) = book_of(["长" * 40_000, "1", "1", "", ""])["metrics"].values
    assert len(row[0]) == 32_767


def test_same_rows_give_the_same_bytes() -> None:
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        book = Workbook(file, TABLES)
        book.add(REPAIRS, [["稿", "joined line", "1", "2", "", ""]])
        book.finish()
    assert files[0].getvalue() == files[1].getvalue()
