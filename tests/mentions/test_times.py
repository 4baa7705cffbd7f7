"""Time words and the ISO 8601 periods they stand for."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extract.mentions.times import Reference, TimeMention
from extract.pipeline.pipeline import Pipeline

NOVEMBER = Reference(published=2025, month=11, year=2025)
JANUARY = Reference(published=2026, month=1, year=2025)
UNKNOWN = Reference(published=0, month=0, year=0)


def mentions(pipeline: Pipeline, text: str, reference: Reference = NOVEMBER) -> list[TimeMention]:
    """Return the times of `text`."""
    return pipeline.times.find(text, reference)


PERIODS = [
    ("2024年", "2024"), ("2024年全年", "2024"), ("2024年度", "2024"), ("到2027年", "2027"), ("2024年底", "2024"),
    ("2024年9月", "2024-09"), ("2024年11月27日", "2024-11-27"), ("11月27日", "2025-11-27"), ("9月份", "2025-09"),
    ("截至9月底", "2025-09"), ("10月末", "2025-10"), ("1—9月", "2025-01/2025-09"), ("1-9月", "2025-01/2025-09"),
    ("1至11月", "2025-01/2025-11"), ("1月至10月", "2025-01/2025-10"), ("前10个月", "2025-01/2025-10"),
    ("前三季度", "2025-01/2025-09"), ("前三个季度", "2025-01/2025-09"), ("上半年", "2025-01/2025-06"),
    ("2024年上半年", "2024-01/2024-06"), ("下半年", "2025-07/2025-12"), ("一季度", "2025-Q1"), ("第三季度", "2025-Q3"),
    ("2024年四季度", "2024-Q4"), ("三季度末", "2025-09"), ("今年", "2025"), ("今年以来", "2025"), ("年内", "2025"),
    ("去年", "2024"), ("明年", "2026"), ("去年上半年", "2024-01/2024-06"), ("去年9月", "2024-09"), ("今年9月", "2025-09"),
    ("“十四五”期间", "2021/2025"), ("“十四五”时期", "2021/2025"), ("“十五五”期间", "2026/2030"), ("“十三五”末", "2020"),
    ("十四五期间", "2021/2025"), ("近五年", "2021/2025"), ("五年来", "2021/2025"), ("过去五年", "2021/2025"),
    ("近三年", "2023/2025"), ("2021—2024年", "2021/2024"), ("2021至2024年", "2021/2024"), ("2021年以来", "2021/2025"),
    ("10月1日至8日", "2025-10-01/2025-10-08"), ("9月28日至10月3日", "2025-09-28/2025-10-03"),
    ("国庆假期", "2025-10-01/2025-10-08"), ("今冬明春", "2025-12/2026-05"), ("去冬今春", "2024-12/2025-05"), ("2024年国庆假期", "2024-10-01/2024-10-07"),
    ("春节期间", "2025-01-28/2025-02-04"), ("2024年春节假期", "2024-02-10/2024-02-17"), ("本月", "2025-11"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "period"), PERIODS)
def test_time_stands_for_the_period(pipeline: Pipeline, text: str, period: str) -> None:
    assert [mention.period for mention in mentions(pipeline, f"{text}，完成改造60个。")] == [period]


@pytest.mark.parametrize(("text", "period"), [(text, period) for text, period in PERIODS if not text.startswith("到")])
def test_span_of_a_time_lies_in_the_words_for_it(pipeline: Pipeline, text: str, period: str) -> None:
    (mention,) = mentions(pipeline, f"据悉，{text}，完成改造60个。")
    assert 3 <= mention.start < mention.end <= 3 + len(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("11月", "2025-11"),
        ("1月", "2026-01"),
        ("去年", "2025"),
        ("今年", "2026"),
        ("12月27日", "2025-12-27"),
        ("上年", "2024"),
    ],
)
def test_time_in_a_release_of_january_counts_from_it(pipeline: Pipeline, text: str, period: str) -> None:
    assert [mention.period for mention in mentions(pipeline, text, JANUARY)] == [period]


@pytest.mark.parametrize("text", ["今年", "去年", "9月", "上半年", "前三季度", "国庆假期", "近五年", "2021年以来"])
def test_relative_time_without_a_publication_date_says_nothing_false(pipeline: Pipeline, text: str) -> None:
    assert not any(mention.period.strip("0-/") for mention in mentions(pipeline, text, UNKNOWN))


@pytest.mark.parametrize(
    ("text", "period"), [("2024年", "2024"), ("2024年9月", "2024-09"), ("“十四五”期间", "2021/2025")]
)
def test_full_time_needs_no_publication_date(pipeline: Pipeline, text: str, period: str) -> None:
    assert [mention.period for mention in mentions(pipeline, text, UNKNOWN)] == [period]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "完成改造60个",
        "缩短3个月",
        "平均35分钟",
        "投资2024万元",
        "比上年增长5%",
        "较2020年增长5%",
        "明月几时有",
    ],
)
def test_text_without_a_time_of_its_own_gives_none(pipeline: Pipeline, text: str) -> None:
    assert mentions(pipeline, text) == []


def test_times_come_in_text_order_without_overlap(pipeline: Pipeline) -> None:
    text = "2021年以来，去年9月、今年前三季度和10月1日至8日"
    found = mentions(pipeline, text)
    assert [m.period for m in found] == ["2021/2025", "2024-09", "2025-01/2025-09", "2025-10-01/2025-10-08"]
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_time_of_a_value_before_a_change_is_attributive(pipeline: Pipeline) -> None:
    found = mentions(pipeline, "从2020年的51%提升到2025年的70%")
    assert [(m.period, m.attributive) for m in found] == [("2020", True), ("2025", True)]


def test_time_that_opens_a_clause_is_not_attributive(pipeline: Pipeline) -> None:
    assert [m.attributive for m in mentions(pipeline, "2024年，完成改造60个")] == [False]


@pytest.mark.parametrize("text", ["2024年版目录", "今年任务完成", "2024年行动方案"])
def test_time_that_is_part_of_a_name_is_none(pipeline: Pipeline, text: str) -> None:
    assert mentions(pipeline, text) == []


@pytest.mark.parametrize("month", range(1, 13))
def test_each_month_of_a_named_year_has_two_digits(pipeline: Pipeline, month: int) -> None:
    assert [m.period for m in mentions(pipeline, f"2024年{month}月，增长5%")] == [f"2024-{month:02d}"]


@pytest.mark.parametrize(("word", "quarter"), [("一", 1), ("二", 2), ("三", 3), ("四", 4)])
def test_each_quarter_of_a_named_year(pipeline: Pipeline, word: str, quarter: int) -> None:
    assert [m.period for m in mentions(pipeline, f"2024年{word}季度，增长5%")] == [f"2024-Q{quarter}"]


@pytest.mark.parametrize(
    ("text", "end", "interval"),
    [
        ("连续8年居全国", "2025", "2018/2025"), ("连续第十五年排在", "2024", "2010/2024"), ("连续9个月高于", "2025-11", "2025-03/2025-11"),
        ("连续15个月高于", "2025-02", "2023-12/2025-02"), ("连续9个月高于", "2025", ""), ("继续高于", "2025", ""),
    ],
)  # fmt: skip
def test_years_in_a_row_are_an_interval_up_to_the_last(pipeline: Pipeline, text: str, end: str, interval: str) -> None:
    assert pipeline.times.steady(text, end) == interval
