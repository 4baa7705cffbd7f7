"""Records checked against each other: what is said twice, and what does not add up."""

from __future__ import annotations

import pytest
from made import metric

from extract.coding.checks import Checker, Finding
from extract.coding.coder import CodingPipeline
from extract.model.codes import NO_CODES
from extract.model.document import Document
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.coding import CodingRules


@pytest.fixture(scope="module")
def coding_pipeline(pipeline: Pipeline) -> CodingPipeline:
    return CodingPipeline(None, pipeline)


def flags(pipeline: CodingPipeline, text: str) -> list[tuple[str, str, str]]:
    """Return for each flag the text of its record, its check and the text of the other record, if there is one."""
    found = pipeline.extract(Document("稿", text, "2025-11-20"))
    texts = {metric.id: metric.text for metric in found.metrics}
    return [
        (metric.text, *(flag.partition(":")[0], texts.get(flag.partition(":")[2], "")))
        for metric, codes in zip(found.metrics, found.codes, strict=True)
        for flag in codes.flags
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全市新建学校60所，其中小学80所。", [("80所", "part-over-whole", "60所")]),
        ("全市食品抽检合格率达到103.2%。", [("103.2%", "share-over-100", "")]),
        ("全市新建厂房60栋，其中钢结构厂房40栋、混凝土厂房30栋。", [("30栋", "part-over-whole", "60栋")]),
        ("全市电梯从30部增加到90部，增长50%。", [("50%", "growth-differs", "30部")]),
        ("2024年，海州区电梯900部，比上年增加100部，增长50%。", [("50%", "growth-differs", "100部")]),
        (
            "2024年，海州区进出口总额100亿元，其中出口60亿元，进口20亿元。",
            [("100亿元", "sum-differs", "60亿元")],
        ),
        ("全市危桥改造共60座，已完成80座。", [("80座", "part-over-whole", "60座")]),
    ],
)
def test_what_does_not_add_up_is_flagged_with_the_other_place(
    coding_pipeline: CodingPipeline, text: str, found: list[tuple[str, str, str]]
) -> None:
    assert flags(coding_pipeline, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "全市新建学校60所，其中小学20所。",
        "全市新建学校约60所，其中小学80所。",
        "平均降雨量为106.7毫米，其中林场降雨量为484.7毫米。",
        "全市新建学校60所；其中老师80名。",
        "目前拨备覆盖率达到196.98%。",
        "全市食品抽检合格率达到98.2%。",
        "全市食品抽检合格率达到100%。",
        "城镇新增就业完成全年目标的103.2%。",
        "去年新建学校60所，今年新建学校80所。",
        "全市新建厂房60栋，其中钢结构厂房40栋、混凝土厂房20栋。",
        "处分60人，其中党纪处分40人、政务处分30人。",
        "全市电梯从30部增加到90部，增长200%。",
        "全市电梯从30部增加到90部，增长约2.1倍。",
        "2024年，海州区电梯900部，比上年增加100部，增长12.5%。",
        "2024年，海州区进出口总额100亿元，其中出口60亿元，进口40.3亿元。",
        "2024年，海州区进出口总额100亿元，其中出口60亿元，12月份进口20亿元。",
        "全市危桥改造共60座，已完成40座。",
        "日均服务老人60人次，其中海州区2638人次。",
    ],
)
def test_what_may_be_right_is_not_flagged(coding_pipeline: CodingPipeline, text: str) -> None:
    assert flags(coding_pipeline, text) == []


def same(pipeline: CodingPipeline, text: str) -> list[tuple[str, str]]:
    """Return the texts of the records that tell a figure again, each with that of the first one."""
    found = pipeline.extract(Document("稿", text, "2025-11-20"))
    texts = {metric.id: metric.text for metric in found.metrics}
    return [
        (metric.text, texts[codes.same_as])
        for metric, codes in zip(found.metrics, found.codes, strict=True)
        if codes.same_as
    ]


def test_figure_of_the_headline_is_the_same_in_the_body(coding_pipeline: CodingPipeline) -> None:
    text = "海州区加装电梯125部\n\n记者获悉，今年以来，海州区加装电梯125部。"
    assert same(coding_pipeline, text) == [("125部", "125部")]


def test_other_figure_of_the_same_value_is_not_the_same(coding_pipeline: CodingPipeline) -> None:
    assert same(coding_pipeline, "海州区加装电梯125部。\n海州区新建公园125个。\n2023年加装电梯125部。") == []


def test_round_number_is_the_same_only_in_the_headline(coding_pipeline: CodingPipeline) -> None:
    assert same(coding_pipeline, "个人贷款额度最高30万元。\n此前个人贷款额度最高30万元。") == []
    text = "海州区加装电梯120部\n\n记者获悉，今年以来，海州区加装电梯120部。"
    assert same(coding_pipeline, text) == [("120部", "120部")]


def test_growth_of_a_part_is_not_that_of_the_whole(coding_pipeline: CodingPipeline) -> None:
    assert same(coding_pipeline, "海州区进出口增长22.6%。\n海州区民营企业进出口增长22.6%。") == []


def test_small_number_is_not_the_same_by_chance(coding_pipeline: CodingPipeline) -> None:
    assert same(coding_pipeline, "海州区有企业3家参加。\n上个月又有企业3家参加。") == []


@pytest.fixture
def checker(coding: CodingRules) -> Checker:
    return Checker(coding.checks, {"张": "count", "元": "money"})


def findings(checker: Checker, *metrics: Metric) -> list[Finding]:
    """Return what is found among records that stand far apart."""
    return checker.findings(metrics, [NO_CODES] * len(metrics), "。" * 100)


@pytest.mark.parametrize(("body", "differs"), [("1320", True), ("1234", False), ("1200", False), ("9000", False)])
def test_headline_that_no_rounding_explains_differs(checker: Checker, body: str, differs: bool) -> None:
    head = metric(0, 4, "1200", text="1200张", sentence="新增床位1200张", title="新增床位1200张", bound="about")
    told = metric(20, 24, body, sentence="全年新增床位。", title="新增床位1200张")
    found = findings(checker, head, told)
    assert found == ([Finding("headline-differs", 0, 1)] if differs else [])


@pytest.mark.parametrize(("growth", "differs"), [("20", False), ("20.5", True), ("2", True)])
def test_growth_is_compared_with_the_amounts_beside_it(checker: Checker, growth: str, differs: bool) -> None:
    sentence = "去年100.0张，今年120.0张，同比增长。"
    records = (
        metric(0, 4, "100.0", sentence=sentence, period="2023"),
        metric(5, 9, "120.0", sentence=sentence, period="2024"),
        metric(10, 14, growth, "%", sentence=sentence, period="2024", kind="change", base="同比"),
    )
    assert findings(checker, *records) == ([Finding("growth-differs", 2, 0)] if differs else [])


def test_growth_at_comparable_prices_is_not_that_of_the_amounts(checker: Checker) -> None:
    sentence = "去年100.0张，今年120.0张，按可比价同比增长。"
    records = (
        metric(0, 4, "100.0", sentence=sentence, period="2023"),
        metric(5, 9, "120.0", sentence=sentence, period="2024"),
        metric(10, 14, "2", "%", sentence=sentence, period="2024", kind="change", base="同比"),
    )
    assert findings(checker, *records) == []


@pytest.mark.parametrize(("growth", "differs"), [("20.6", False), ("20.4", False), ("20.7", True), ("20.3", True)])
def test_growth_may_come_of_what_the_rounding_of_the_amounts_hides(
    checker: Checker, growth: str, differs: bool
) -> None:
    sentence = "去年100.0张，今年120.5张，同比增长。"
    records = (
        metric(0, 4, "100.0", sentence=sentence, period="2023"),
        metric(5, 9, "120.5", sentence=sentence, period="2024"),
        metric(10, 14, growth, "%", sentence=sentence, period="2024", kind="change", base="同比"),
    )
    assert bool(findings(checker, *records)) == differs


def test_figures_of_one_sentence_are_never_the_same(checker: Checker) -> None:
    first, second = (metric(place, place + 4, "1203", sentence="新增床位1203张。") for place in (0, 9))
    apart = metric(30, 34, "1203", sentence="全年新增床位1203张。")
    assert checker.repeats([first, second, apart]) == {2: 0}


def test_ranks_are_never_the_same(checker: Checker) -> None:
    first, second = (metric(place, place + 4, "1203", sentence=f"句{place}", kind="rank") for place in (0, 9))
    assert checker.repeats([first, second]) == {}
