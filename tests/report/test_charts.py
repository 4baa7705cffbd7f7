"""What the summary of a report shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.record import Metric
from extract.report.charts import counts, largest_changes, planned_and_achieved, shares

Read = Callable[..., list[Metric]]


def numbered(metrics: list[Metric]) -> dict[int, Metric]:
    return dict(enumerate(metrics))


def test_values_that_occur_most_come_first_and_empty_ones_do_not_count() -> None:
    assert counts(["甲", "", "乙", "乙", ""]) == [("乙", 2), ("甲", 1)]


def test_largest_changes_come_first_with_their_sign(read: Read) -> None:
    metrics = read("全市出口增长12.5%，进口下降30%，工业投资增长8%。")
    bars = largest_changes(numbered(metrics))
    assert [str(bar.value) for bar in bars] == ["-30", "12.5", "8"]
    assert [bar.length for bar in bars] == pytest.approx([100, 41.66667, 26.66667])
    assert [metrics[bar.record].text for bar in bars] == ["30%", "12.5%", "8%"]


def test_change_said_twice_has_one_bar(read: Read) -> None:
    assert len(largest_changes(numbered(read("全市出口增长12.5%。\n全市出口增长12.5%。")))) == 1


def test_points_and_amounts_are_no_changes_in_percent(read: Read) -> None:
    assert largest_changes(numbered(read("全市出口增加30亿元，占比提高2个百分点。"))) == []


def test_shares_are_as_long_as_they_are(read: Read) -> None:
    bars = shares(numbered(read("全市民营企业出口占比65%，机电产品占比20%。")))
    assert [bar.length for bar in bars] == [65.0, 20.0]


def test_whole_comes_behind_what_leaves_a_rest(read: Read) -> None:
    bars = shares(numbered(read("全区垃圾处理率100%。\n全区绿化覆盖率42%。")))
    assert [bar.length for bar in bars] == [42.0, 100.0]


def test_planned_and_achieved_of_one_thing_are_a_pair(read: Read) -> None:
    metrics = read("2025年，全区改造老旧小区60个。\n2026年，全区计划改造老旧小区80个。")
    (pair,) = planned_and_achieved(numbered(metrics))
    assert (metrics[pair.planned.record].text, metrics[pair.actual.record].text) == ("80个", "60个")
    assert (pair.planned.length, pair.actual.length) == (100.0, 75.0)


def test_other_units_are_no_pair(read: Read) -> None:
    assert planned_and_achieved(numbered(read("全区改造老旧小区60个。\n2026年，全区计划改造老旧小区8万平方米。"))) == []


def test_figures_of_periods_that_cannot_be_compared_are_no_pair(read: Read) -> None:
    text = "2025年国庆假期10月1日至8日，全市接待游客893万人次。\n2025年，全市计划接待游客1.6亿人次。"
    assert planned_and_achieved(numbered(read(text))) == []


def test_same_period_comes_before_the_next(read: Read) -> None:
    metrics = read("2024年，全区改造老旧小区70个。\n2025年，全区改造老旧小区60个。\n2025年，全区计划改造老旧小区80个。")
    (pair,) = planned_and_achieved(numbered(metrics))
    assert (metrics[pair.planned.record].text, metrics[pair.actual.record].text) == ("80个", "60个")
