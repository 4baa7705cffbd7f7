"""Reading tables out: a figure takes object, unit, period, area and status from the heads of its row and column."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import tables
import twins

from extract.model.document import Document
from extract.model.record import Metric, format_value
from extract.pipeline.pipeline import Pipeline
from extract.read import read_document

Records = Callable[..., list[Metric]]


@pytest.fixture
def records(pipeline: Pipeline) -> Records:
    """Return a function that gives the records of a table in the notation of `tables`."""

    def read(notation: str, **extra: str) -> list[Metric]:
        document = tables.document(notation, **extra)
        found = pipeline.metrics(document)
        assert all(document.text[metric.start : metric.end] == metric.text for metric in found)
        return found

    return read


def short(metric: Metric) -> tuple[str, ...]:
    """Return what a table tells most: value, unit, object, period."""
    return format_value(metric.value), metric.unit, metric.object, metric.period


INDICATORS = """
|指标|单位|2024年|同比增长（%）|
|地区生产总值|亿元|1,234.5|5.6|
|其中：第一产业增加值|亿元|123.4|-3.2|
|城镇新增就业|万人|5.1|—|
"""


def test_figure_takes_object_unit_and_period_from_its_heads(records: Records) -> None:
    assert [short(metric) for metric in records(INDICATORS)] == [
        ("123450000000", "元", "地区生产总值", "2024"),
        ("5.6", "%", "地区生产总值", "2024"),
        ("12340000000", "元", "第一产业增加值", "2024"),
        ("-3.2", "%", "第一产业增加值", "2024"),
        ("51000", "人", "城镇新增就业", "2024"),
    ]


def test_column_of_changes_gives_changes_with_their_base(records: Records) -> None:
    changes = [metric for metric in records(INDICATORS) if metric.unit == "%"]
    assert [(metric.kind, metric.predicate, metric.base) for metric in changes] == [("change", "增长", "同比")] * 2


def test_span_is_the_figure_in_its_cell(records: Records) -> None:
    assert [metric.text for metric in records(INDICATORS)] == ["1,234.5", "5.6", "123.4", "-3.2", "5.1"]


def test_sentence_retells_the_figure_with_its_heads(records: Records) -> None:
    assert records(INDICATORS)[1].sentence == "2024年地区生产总值同比增长5.6%"


def test_evidence_points_to_the_heads(records: Records) -> None:
    text = tables.document(INDICATORS).text
    told = {piece.field: piece for piece in records(INDICATORS)[1].evidence}
    words = {name: [text[a:b] for a, b in told[name].spans] for name in ("object", "period", "base")}
    assert words == {"object": ["地区生产总值"], "period": ["2024年"], "base": ["同比"]}
    assert all(piece.explicit for piece in told.values())


def test_heads_in_two_rows_go_together(records: Records) -> None:
    found = records(
        """
        |指标|2024年|<|2023年|<|
        |^|绝对量（亿元）|增速(%)|绝对量（亿元）|增速(%)|
        |规模以上工业增加值|320.5|7.1|300|-6.5|
        """
    )
    assert [short(metric) for metric in found] == [
        ("32050000000", "元", "规模以上工业增加值", "2024"),
        ("7.1", "%", "规模以上工业增加值", "2024"),
        ("30000000000", "元", "规模以上工业增加值", "2023"),
        ("-6.5", "%", "规模以上工业增加值", "2023"),
    ]


def test_rows_of_places_give_areas(records: Records) -> None:
    found = records(
        """
        |区县|地区生产总值（亿元）|增长（%）|常住人口（万人）|
        |黄岛区|5,003.2|6.1|195.3|
        |市南区|1500|5|58|
        """,
        before="表1 2024年青岛市各区主要指标",
    )
    assert [(*short(metric)[1:], metric.area) for metric in found] == [
        ("元", "地区生产总值", "2024", "黄岛区"),
        ("%", "地区生产总值", "2024", "黄岛区"),
        ("人", "常住人口", "2024", "黄岛区"),
        ("元", "地区生产总值", "2024", "市南区"),
        ("%", "地区生产总值", "2024", "市南区"),
        ("人", "常住人口", "2024", "市南区"),
    ]


def test_rows_of_years_give_periods(records: Records) -> None:
    found = records(
        """
        |年份|粮食产量（万吨）|单产（公斤/亩）|
        |2023|125.1|391|
        |2024|130.2|402|
        """
    )
    assert [short(metric) for metric in found] == [
        ("1251000", "吨", "粮食产量", "2023"),
        ("391", "公斤/亩", "单产", "2023"),
        ("1302000", "吨", "粮食产量", "2024"),
        ("402", "公斤/亩", "单产", "2024"),
    ]


PLAN = """
|序号|项目|2025年目标|2024年完成|备注|
|1|老旧小区改造|60个|58个|提前完成|
|2|加装电梯|130部|129部|其中旧楼加装100部|
"""


def test_column_of_targets_is_planned(records: Records) -> None:
    found = [metric for metric in records(PLAN) if metric.end - metric.start < 6]
    assert [(metric.text, metric.period, metric.status) for metric in found] == [
        ("60个", "2025", "planned"),
        ("58个", "2024", "actual"),
        ("130部", "2025", "planned"),
        ("129部", "2024", "actual"),
        ("100部", "2024", "actual"),
    ]


def test_serial_numbers_are_no_figures(records: Records) -> None:
    assert not {"1", "2"} & {metric.text for metric in records(PLAN)}


@pytest.mark.parametrize("head", ["序号", "备注", "联系电话", "邮编", "代码", "责任单位"])
def test_columns_without_metrics_are_left_out(records: Records, head: str) -> None:
    found = records(f"|项目|{head}|数量（个）|\n|养老机构|82963512|35|\n|托育机构|82963513|20|")
    assert [metric.text for metric in found] == ["35", "20"]


@pytest.mark.parametrize("mark", ["—", "-", "…", "/", "无", ""])
def test_cell_without_a_figure_gives_none(records: Records, mark: str) -> None:
    assert [metric.text for metric in records(f"|指标|2023年|2024年|\n|养老床位（张）|{mark}|1200|")] == ["1200"]


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        ("单位：万人", ""),
        ("", "各街道新增就业（单位：万人）"),
        ("", "各街道新增就业（万人）"),
        ("（单位：万人、%）", ""),
    ],
)
def test_unit_is_told_for_the_whole_table(records: Records, before: str, caption: str) -> None:
    found = records("|街道|新增就业人数|\n|八大峡街道|1.2|\n|云南路街道|0.9|", before=before, caption=caption)
    assert [(short(metric)[:2], metric.area) for metric in found] == [
        (("12000", "人"), "八大峡街道"),
        (("9000", "人"), "云南路街道"),
    ]


def test_note_on_the_unit_is_no_metric(records: Records) -> None:
    assert [metric.text for metric in records("|指标|2024年|\n|总产值|12.5|", before="单位：亿元")] == ["12.5"]


def test_figure_without_any_unit_has_none(records: Records) -> None:
    (metric,) = records("|类别|2024年|\n|民办养老机构|35|")
    assert (short(metric), metric.kind) == (("35", "", "民办养老机构", "2024"), "level")


def test_percent_sign_in_the_cell_goes_before_the_unit_of_the_row(records: Records) -> None:
    found = records("|指标|单位|数值|占比|\n|民营经济增加值|亿元|320.5|61.5%|")
    assert [(metric.unit, metric.kind) for metric in found] == [("元", "level"), ("%", "share")]


@pytest.mark.parametrize(("cell", "text"), [("3", "3"), ("第3位", "第3位"), ("第3", "第3")])
def test_column_of_ranks_gives_ranks(records: Records, cell: str, text: str) -> None:
    *_, rank = records(f"|指标|2024年（亿元）|全省排名|\n|进出口总额|88.5|{cell}|")
    assert (rank.text, rank.kind, *short(rank)[:3], rank.base) == (text, "rank", "3", "位", "进出口总额", "全省")


@pytest.mark.parametrize("head", ["同比±%", "±%", "比上年增减（%）", "增幅（%）", "同比增速%", "较上年同期增长（％）"])
def test_heads_of_changes_are_known(records: Records, head: str) -> None:
    *_, change = records(f"|指标|1-11月|{head}|\n|进出口总额（亿元）|88.5|-1.2|", caption="2024年1—11月主要指标")
    assert (change.kind, *short(change)) == ("change", "-1.2", "%", "进出口总额", "2024-01/2024-11")


def test_year_of_the_caption_goes_with_the_months_of_a_head(records: Records) -> None:
    (metric,) = records("|指标|1-5月|\n|进出口总额（亿元）|88.5|", caption="2023年主要指标")
    assert metric.period == "2023-01/2023-05"


def test_caption_tells_what_its_heads_do_not(records: Records) -> None:
    found = records("|区|数量（个）|\n|黄岛区|35|", caption="表2 2024年各区新建充电站数量表")
    assert [(metric.object, metric.area, metric.period) for metric in found] == [("新建充电站数量", "黄岛区", "2024")]


def test_text_in_a_cell_is_read_behind_the_label_of_its_row(records: Records) -> None:
    found = records(
        "|项目|进展情况|\n|老旧小区改造|完成60个，惠及居民3.2万户|\n|公园建设|已开工|\n|停车场建设|新增泊位2500余个|"
    )
    assert [(metric.text, metric.object, metric.predicate) for metric in found] == [
        ("60个", "老旧小区改造", "完成"),
        ("3.2万户", "居民", "惠及"),
        ("2500余个", "停车场建设新增泊位", "新增"),
    ]


def test_row_label_of_a_limit_is_no_metric(records: Records) -> None:
    found = records("|指标|2024年（亿元）|\n|规模2000万元以上工业企业利润|12.5|")
    assert [metric.text for metric in found] == ["12.5"]


def test_second_heads_in_the_middle_take_over(records: Records) -> None:
    found = records("|指标|2023年（亿元）|\n|总产值|12.5|\n|指标|2024年（万人）|\n|新增就业|3.5|")
    assert [short(metric) for metric in found] == [
        ("1250000000", "元", "总产值", "2023"),
        ("35000", "人", "新增就业", "2024"),
    ]


def test_table_leaves_no_trace_in_the_text_behind_it(pipeline: Pipeline) -> None:
    page = "<h1>某市2024年公报</h1><p>某市2024年发展平稳。</p><table><tr><td>年份</td><td>产量（吨）</td></tr><tr><td>2019</td><td>35</td></tr></table><p>新建学校7所。</p>"
    from extract.read.html import read_html

    content = read_html(f"<html><body>{page}</body></html>".encode(), "页")
    *_, last = pipeline.metrics(Document("页", content.text, page=content.page))
    assert (last.text, last.object, last.period) == ("7所", "学校", "2024")


def test_wide_and_long_tables_are_read_in_linear_time(records: Records) -> None:
    head = "|指标|" + "|".join(["2024年"] * 300) + "|"
    row = "|床位（张）|" + "|".join(["7"] * 300) + "|"
    assert len(records("\n".join([head, *[row] * 4]))) == 1200


GRID = """
|指标|单位|2024年|比上年增长（%）|
|城镇新增就业|万人|10.9|3.2|
|城镇居民人均可支配收入|元|52341|4.8|
|养老机构|家|214|—|
"""
SPANNING = """
|指标|2024年|<|2023年|<|
|^|绝对量（万人）|增速(%)|绝对量（万人）|增速(%)|
|城镇新增就业|10.9|3.2|10.5|-1.1|
|帮扶困难人员就业|1.2|6.5|1.1|2.4|
"""
TITLE, TEXT = "某市发布2024年就业情况", ["2024年，某市城镇新增就业10.9万人，超额完成年度任务。", "主要指标如下表。"]


@pytest.mark.parametrize(
    ("kind", "grid"),
    [("html", GRID), ("html", SPANNING), ("docx", GRID), ("docx", SPANNING), ("md", GRID)],
    ids=["html", "html spanning", "docx", "docx spanning", "md"],
)
def test_tables_of_all_formats_give_the_same_records(pipeline: Pipeline, kind: str, grid: str, tmp_path: Path) -> None:
    make = {"html": tables.make_html, "docx": tables.make_docx, "md": tables.make_markdown}[kind]
    document = read_document(twins.saved(tmp_path, f"表.{kind}", make(TITLE, TEXT, grid)))
    found = pipeline.metrics(document)
    assert all(document.text[metric.start : metric.end] == metric.text for metric in found)
    plain = pipeline.metrics(tables.document(grid, before=TEXT[0]))
    assert [short(metric) for metric in found] == [short(metric) for metric in plain]
