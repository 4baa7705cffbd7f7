"""What the summary of a report shows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extract.model.record import Metric
from extract.report.charts import (
    Bar,
    Chart,
    Fact,
    comparisons,
    in_columns,
    largest_changes,
    planned_and_achieved,
    shares,
)

Read = Callable[..., list[Metric]]


def facts(metrics: list[Metric]) -> list[Fact]:
    return [Fact.of(metric) for metric in metrics]


def test_largest_changes_come_first_with_their_sign(read: Read) -> None:
    metrics = read("全市出口增长12.5%，进口下降30%，工业投资增长8%。")
    bars = largest_changes(facts(metrics))
    assert [str(bar.value) for bar in bars] == ["-30", "12.5", "8"]
    assert [bar.length for bar in bars] == pytest.approx([100, 41.66667, 26.66667])
    assert [metrics[bar.record].text for bar in bars] == ["30%", "12.5%", "8%"]


def test_change_said_twice_has_one_bar(read: Read) -> None:
    assert len(largest_changes(facts(read("全市出口增长12.5%。\n全市出口增长12.5%。")))) == 1


def test_points_and_amounts_are_no_changes_in_percent(read: Read) -> None:
    assert largest_changes(facts(read("全市出口增加30亿元，占比提高2个百分点。"))) == []


def test_shares_are_as_long_as_they_are(read: Read) -> None:
    bars = shares(facts(read("全市民营企业出口占比65%，机电产品占比20%。")))
    assert [bar.length for bar in bars] == [65.0, 20.0]


def test_whole_comes_behind_what_leaves_a_rest(read: Read) -> None:
    bars = shares(facts(read("全区垃圾处理率100%。\n全区绿化覆盖率42%。")))
    assert [bar.length for bar in bars] == [42.0, 100.0]


def test_planned_and_achieved_of_one_thing_area_and_period_are_a_pair(read: Read) -> None:
    metrics = read("2024年，海门区计划改造老旧小区80个。\n2024年，海门区改造老旧小区60个。")
    (pair,) = planned_and_achieved(facts(metrics))
    assert (metrics[pair.planned.record].text, metrics[pair.actual.record].text) == ("80个", "60个")
    assert (pair.planned.length, pair.actual.length, pair.period) == (100.0, 75.0, "2024")


@pytest.mark.parametrize(
    "other",
    [
        "2023年，海门区改造老旧小区60个。",
        "2024年，如皋市改造老旧小区60个。",
        "2024年，海门区改造老旧小区8万平方米。",
        "2024年，海门区拆除老旧小区60个。",
        "2024年，海门区新建公厕60个。",
        "2024年，海门区改造老旧小区60个。2024年，海门区改造老旧小区75个。",
    ],
    ids=["period", "area", "unit", "verb", "object", "several"],
)
def test_what_differs_in_anything_is_no_pair(read: Read, other: str) -> None:
    assert planned_and_achieved(facts(read(f"2024年，海门区计划改造老旧小区80个。\n{other}"))) == []


def test_one_thing_in_several_areas_is_compared(read: Read) -> None:
    metrics = read("2024年，海门区加装电梯60部。\n2024年，如皋市加装电梯30部。")
    (comparison,) = comparisons(facts(metrics))
    assert (comparison.label, comparison.unit) == ("加装电梯", "部")
    assert {(bar.label, bar.length) for bar in comparison.bars} == {("海门区 2024", 100.0), ("如皋市 2024", 50.0)}


def test_one_thing_over_several_years_is_compared(read: Read) -> None:
    metrics = read("2023年，海门区加装电梯30部。\n2024年，海门区加装电梯60部。")
    (comparison,) = comparisons(facts(metrics))
    assert [bar.label for bar in comparison.bars] == ["海门区 2023", "海门区 2024"]


@pytest.mark.parametrize(
    "other",
    [
        "2025年上半年，如皋市加装电梯30部。",
        "2024年，如皋市计划加装电梯30部。",
        "2024年，海门区加装电梯30部。",
        "2023年，如皋市加装电梯30部。",
    ],
    ids=["half a year", "planned", "conflict", "area and period"],
)
def test_what_cannot_stand_side_by_side_is_not_compared(read: Read, other: str) -> None:
    assert comparisons(facts(read(f"2024年，海门区加装电梯60部。\n{other}"))) == []


def test_area_and_period_that_stand_beside_nothing_are_left_out(read: Read) -> None:
    other = "2023年，通州区加装电梯10部。"
    metrics = read(f"2024年，海门区加装电梯60部。\n2024年，如皋市加装电梯30部。\n{other}")
    (comparison,) = comparisons(facts(metrics))
    assert [bar.label for bar in comparison.bars] == ["如皋市 2024", "海门区 2024"]


@pytest.mark.parametrize(("text", "number"), [
    ("60部", "60"), ("4200部", "4,200"), ("3.25万部", "3.25万"), ("10000部", "1万"), ("1.05亿部", "1.05亿"),
    ("12345亿部", "12,345亿"), ("0.5部", "0.5"),
])  # fmt: skip
def test_number_beside_a_bar_is_in_wan_and_yi(text: str, number: str, read: Read) -> None:
    metrics = read(f"2024年，海门区加装电梯{text}。\n2024年，如皋市加装电梯{text}。")
    assert [bar.number for bar in comparisons(facts(metrics))[0].bars] == [number, number]


def test_what_an_owner_has_does_not_stand_beside_what_the_area_has() -> None:
    def fact(owner: str, area: str) -> Fact:
        return Fact("60人次", Decimal(60), "人次", "level", owner, "游客", "接待", area, "2024", "", "actual")

    assert comparisons([fact("漓江景区", "桂林市"), fact("", "南宁市")]) == []
    (comparison,) = comparisons([fact("", "桂林市"), fact("", "南宁市"), fact("漓江景区", "桂林市")])
    assert comparison.label == "接待游客"


def test_change_of_an_owner_is_named_with_it() -> None:
    change = Fact("8%", Decimal(8), "%", "change", "漓江景区", "游客", "增长", "桂林市", "2024", "同比", "actual")
    assert largest_changes([change])[0].label == "漓江景区游客（桂林市 2024 同比）"


def test_what_is_planned_is_neither_a_change_nor_a_share_that_came_about(read: Read) -> None:
    planned = facts(read("2026年，海门区出口计划增长12.5%，绿化覆盖率计划达到42%。"))
    assert {fact.status for fact in planned} == {"planned"}
    assert (largest_changes(planned), shares(planned)) == ([], [])


def test_change_is_named_with_its_area_period_and_base(read: Read) -> None:
    (bar,) = largest_changes(facts(read("2024年，海门区出口同比增长12.5%。")))
    assert bar.label == "出口（海门区 2024 同比）"


def test_verb_with_which_the_object_begins_is_not_said_twice() -> None:
    def fact(area: str) -> Fact:
        return Fact("60部", Decimal(60), "部", "level", "", "加装电梯", "加装", area, "2024", "", "actual")

    (comparison,) = comparisons([fact("海门区"), fact("如皋市")])
    assert comparison.label == "加装电梯"


def test_charts_fill_two_columns_alike() -> None:
    def chart(name: str, bars: int) -> Chart:
        return Chart(name, [Bar("海门区 2024", Decimal(1), 100, 0, "1部")] * bars)

    left, right = in_columns([chart("a", 2), chart("b", 3), chart("c", 10), chart("none", 0), chart("d", 10)])
    assert [one.name for one in left] == ["a", "c"]
    assert [one.name for one in right] == ["b", "d"]
