"""Tables of plain text: rows of tabs, of blanks and of upright lines are read as tables or set apart, never as text."""

from __future__ import annotations

import pytest

from extract.model.document import Document
from extract.model.extraction import Extraction
from extract.pipeline.pipeline import Pipeline

ROWS = [
    ["指标", "单位", "1—9月", "同比±%"],
    ["社会消费品零售总额", "亿元", "1386.2", "6.3"],
    ["地区生产总值", "亿元", "3,218.45", "-5.6"],
]
FORMS = {
    "tabs": "\n".join("\t".join(row) for row in ROWS),
    "blanks": "\n".join("    ".join(row) for row in ROWS),
    "upright lines": "\n".join("│".join(row) for row in ROWS),
    "ruled": "\n".join(["┌──┬──┐", *("│ " + " │ ".join(row) + " │" for row in ROWS), "└──┴──┘"]),
    "bars": "\n".join("| " + " | ".join(row) + " |" for row in [ROWS[0], ["---"] * 4, *ROWS[1:]]),
}
BEFORE = "2025年10月28日，绵阳市统计局发布。\n\n"


def read(pipeline: Pipeline, text: str) -> Extraction:
    return pipeline.extract(Document("稿", text, published="2025-10-28"))


@pytest.mark.parametrize("form", FORMS)
def test_figures_of_a_table_have_the_heads_of_their_row_and_column(pipeline: Pipeline, form: str) -> None:
    text = f"{BEFORE}{FORMS[form]}\n\n全市新增就业3.2万人。"
    found = read(pipeline, text).metrics
    assert [(m.text, m.unit, m.object, m.kind) for m in found] == [
        ("1386.2", "元", "社会消费品零售总额", "level"),
        ("6.3", "%", "社会消费品零售总额", "change"),
        ("3,218.45", "元", "地区生产总值", "level"),
        ("-5.6", "%", "地区生产总值", "change"),
        ("3.2万人", "人", "新增就业", "level"),
    ]
    assert [f"{m.value.normalize():f}" for m in found] == ["138620000000", "6.3", "321845000000", "-5.6", "32000"]
    assert all(text[m.start : m.end] == m.text for m in found)


def test_unit_above_a_table_of_single_blanks_is_that_of_its_figures(pipeline: Pipeline) -> None:
    text = f"{BEFORE}单位：万元\n项目 2024年 2025年\n财政收入 1386.2 1500\n财政支出 3218.45 3300\n"
    found = read(pipeline, text).metrics
    assert [(m.text, m.unit, m.object, m.period) for m in found] == [
        ("1386.2", "元", "财政收入", "2024"),
        ("1500", "元", "财政收入", "2025"),
        ("3218.45", "元", "财政支出", "2024"),
        ("3300", "元", "财政支出", "2025"),
    ]


def test_table_whose_rows_do_not_fit_is_set_apart(pipeline: Pipeline) -> None:
    rows = "社会消费品零售总额\t亿元\t1386.2\t6.3\n地区生产总值\t3218.45"
    extraction = read(pipeline, f"{BEFORE}{rows}\n\n全市新增就业3.2万人。")
    assert [m.text for m in extraction.metrics] == ["3.2万人"]
    (repair,) = [repair for repair in extraction.repairs if repair.kind == "table set apart"]
    assert f"{BEFORE}{rows}"[repair.start : repair.end] == rows


@pytest.mark.parametrize("text", ["社会消费品零售总额 亿元", "财政收入\t万元", "接待游客 人次", "参保户数 户"])
def test_unit_that_stands_alone_is_no_number(pipeline: Pipeline, text: str) -> None:
    assert read(pipeline, text + "\n").metrics == []


@pytest.mark.parametrize(
    "text",
    [
        "今年以来，全区完成改造60个，  新增泊位200个。",
        "来源：市统计局\t2025-10-28\n责任编辑：王明\t浏览：1,286",
        "三年行动\t见成效\n改造60个\t惠民生",
    ],
)
def test_lines_that_only_hold_wide_blanks_are_no_table(pipeline: Pipeline, text: str) -> None:
    assert "table set apart" not in [repair.kind for repair in read(pipeline, text).repairs]
