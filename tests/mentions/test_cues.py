"""What has been achieved and what is planned."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline

Read = Callable[..., list[Metric]]

ACTUAL = [
    "全区完成改造60个。", "新增床位1600张。", "截至目前，已建成20个。", "累计发放补贴3.2万元。", "增长5.5%。",
    "居全国第四。", "将财政支出的七成以上投入民生领域。", "争取上级资金3.2亿元。", "启动三年行动计划，完成改造60个。",
    "完成年度计划的85%。", "主要道路改造60条。", "将60个村纳入试点。", "需要改造的小区有60个。", "计划生育家庭有300户。",
]  # fmt: skip
PLANNED = [
    "该项目将新增床位1600张。", "力争新增规上企业180家。", "计划改造老旧小区35个。", "拟新建学校7所。", "预计增长5.5%。",
    "确保新增就业3.2万人。", "到2030年要达到70%。", "有望突破3.2亿元。", "即将开工项目60个。", "目标是新增60个。",
    "争取建成60个。", "锚定全年增长5.5%左右的目标。", "下一步，新增泊位2500个。", "明年将改造60个。", "预计到2027年，建成60个。",
]  # fmt: skip


@pytest.mark.parametrize("text", ACTUAL)
def test_figure_is_actual_in(read: Read, text: str) -> None:
    assert [metric.status for metric in read(text)] == ["actual"]


@pytest.mark.parametrize("text", PLANNED)
def test_figure_is_planned_in(read: Read, text: str) -> None:
    assert [metric.status for metric in read(text)] == ["planned"]


REACH = [
    ("计划改造老旧小区35个，新增泊位3000个。", ["planned", "planned"]),
    ("已完成改造60个，计划再改造35个。", ["actual", "planned"]),
    ("预计年底全部完工60个，目前已建成20个。", ["planned", "actual"]),
    ("完成改造60个。计划再改造35个。新增泊位2500个。", ["actual", "planned", "actual"]),
    ("计划改造老旧小区35个；已新增泊位3000个。", ["planned", "actual"]),
    ("完成改造60个，到2027年将达到90个。", ["actual", "planned"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "statuses"), REACH)
def test_cue_reaches_as_far_as_its_clauses(read: Read, text: str, statuses: list[str]) -> None:
    assert [metric.status for metric in read(text)] == statuses


def test_target_passage_makes_all_that_follows_planned(read: Read) -> None:
    text = "全区完成改造60个。\n今年发展主要预期目标是：生产总值增长5%左右。固定资产投资增长3%。"
    assert [metric.status for metric in read(text)] == ["actual", "planned", "planned"]


def test_target_passage_ends_with_its_article(read: Read) -> None:
    text = (
        "市南区发布会\n今年发展主要预期目标是：生产总值增长5%左右。记者 王明\n\n"
        "崂山区发布会\n今年以来，全区完成改造60个，成效明显。记者 李红\n"
    )
    assert [metric.status for metric in read(text)] == ["planned", "actual"]


def test_figure_of_a_time_to_come_is_planned(read: Read) -> None:
    assert [metric.status for metric in read("2027年，建成项目60个。")] == ["planned"]


def test_figure_of_a_time_gone_by_is_actual(read: Read) -> None:
    assert [metric.status for metric in read("2023年，建成项目60个。")] == ["actual"]


@pytest.mark.parametrize("text", ["全区完成“将军路”改造60个。", "实施“新增计划”项目60个。", "打造“力争上游”品牌60个。"])
def test_cue_inside_a_quoted_name_says_nothing(read: Read, text: str) -> None:
    assert [metric.status for metric in read(text)] == ["actual"]


def test_rule_of_the_cue_is_named_in_the_record(read: Read) -> None:
    (metric,) = read("该项目将新增床位1600张。")
    assert "status.will" in metric.rules


def test_cues_come_in_text_order(pipeline: Pipeline) -> None:
    cues = pipeline.status.cues("已完成改造60个，计划再改造35个，力争达到90个。")
    assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)
    assert {cue.rule.status for cue in cues} == {"actual", "planned"}


def test_text_without_a_cue_has_none(pipeline: Pipeline) -> None:
    assert pipeline.status.cues("全区改造老旧小区60个。") == []


REACH = [
    ("今年计划改造60个；新建20处。", ["planned", "planned"]),
    ("已改造60个，力争再建20处；新增30个。", ["actual", "planned", "actual"]),
    ("计划改造60个；已完成20处。", ["planned", "actual"]),
]


@pytest.mark.parametrize(("text", "statuses"), REACH)
def test_plan_reaches_over_a_semicolon_if_it_opens_its_part(read: Read, text: str, statuses: list[str]) -> None:
    assert [metric.status for metric in read(text)] == statuses
