"""Workbooks: what is read of their sheets, and the records that come of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from extract.errors import InputError
from extract.pipeline.pipeline import Pipeline
from extract.read import parse_document, xlsx
from extract.read.xlsx import is_workbook, read_xlsx

ROWS = [["2024年海州区主要指标"], ["指标", "单位", "数量"], ["地区生产总值", "亿元", 359.27], ["常住人口", "万人", 42]]


def workbook(*sheets: tuple[str, list[list[Any]]], merge: str = "", percent: str = "") -> bytes:
    """Return the bytes of a workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if merge:
            sheet.merge_cells(merge)
        if percent:
            sheet[percent].number_format = "0.0%"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_sheet_is_a_table_and_a_lone_cell_a_line() -> None:
    text = read_xlsx(workbook(("Sheet1", ROWS)), "表.xlsx").text
    assert text == "2024年海州区主要指标\n指标\t单位\t数量\n地区生产总值\t亿元\t359.27\n常住人口\t万人\t42\n"


def test_figures_take_their_objects_from_the_heads(pipeline: Pipeline) -> None:
    document = parse_document(Path("表.xlsx"), workbook(("Sheet1", ROWS)), "2025-03-01")
    found = [(metric.object, metric.text) for metric in pipeline.metrics(document)]
    assert ("地区生产总值", "359.27") in found
    assert document.format == "xlsx"


def test_offsets_point_into_the_text(pipeline: Pipeline) -> None:
    document = parse_document(Path("表.xlsx"), workbook(("Sheet1", ROWS)), "2025-03-01")
    metrics = pipeline.metrics(document)
    assert metrics
    assert all(document.text[metric.start : metric.end] == metric.text for metric in metrics)


def test_share_is_read_as_it_is_shown() -> None:
    assert "12.5%" in read_xlsx(workbook(("Sheet1", [["占比", 0.125], ["甲", 1]]), percent="B1"), "表").text


def test_merged_cell_is_written_once() -> None:
    rows = [["指标", None, "数量"], ["就业", "城镇", 5]]
    assert read_xlsx(workbook(("Sheet1", rows), merge="A1:B1"), "表").text.count("指标") == 1


def test_names_of_several_sheets_are_headings() -> None:
    text = read_xlsx(workbook(("就业", ROWS), ("养老", ROWS)), "表").text
    assert text.startswith("就业\n")
    assert "\n养老\n" in text


def test_workbook_is_told_by_its_bytes() -> None:
    assert is_workbook(workbook(("Sheet1", ROWS)))
    assert not is_workbook(b"PK\x03\x04broken")


@pytest.mark.parametrize("data", [workbook(("Sheet1", ROWS))[:200], b"PK\x03\x04"], ids=["cut", "empty"])
def test_broken_workbook_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^表\.xlsx: is no workbook"):
        read_xlsx(data, "表.xlsx")


def test_empty_workbook_holds_no_text() -> None:
    with pytest.raises(InputError, match="holds no text"):
        read_xlsx(workbook(("Sheet1", [])), "表.xlsx")


def test_hidden_sheet_is_not_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(("甲", [["见报稿"]]), ("乙", [["底稿5个"]]))))
    book["乙"].sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    assert "底稿" not in read_xlsx(written.getvalue(), "表.xlsx").text


def test_sheet_that_claims_to_be_vast_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active.cell(1_048_576, 16_384, "5个")
    written = io.BytesIO()
    book.save(written)
    with pytest.raises(InputError, match="too many cells"):
        read_xlsx(written.getvalue(), "表.xlsx")


def test_workbook_that_unpacks_to_far_more_than_it_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_LARGEST", 10_000)
    with pytest.raises(InputError, match="when it is unpacked"):
        xlsx.read_xlsx(workbook(("Sheet1", [["新建学校7所。" * 3000]])), "表.xlsx")


def test_day_is_written_as_one_and_what_is_true_is_no_text() -> None:
    import datetime

    text = read_xlsx(workbook(("Sheet1", [["日期", "核实"], [datetime.date(2025, 1, 2), True]])), "表.xlsx").text
    assert "2025-01-02" in text
    assert "True" not in text
