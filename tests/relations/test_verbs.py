"""The verb that governs a figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.phrase import Phrase, Piece
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.relations.relator import Tableau

Read = Callable[..., list[Metric]]
Choose = Callable[[str], list[Tableau]]


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("累计投放生态鱼苗3.2万尾。", "投放"),
        ("建成12个村级农机服务站。", "建成"),
        ("跨境班列开行4510列。", "开行"),
        ("运营车辆将达到100辆。", "达到"),
        ("财政收入同比增长4.2%。", "增长"),
        ("输送电量已超1300亿千瓦时。", "超"),
    ],
)
def test_verb_beside_the_object_governs_the_figure(read: Read, text: str, predicate: str) -> None:
    assert [metric.predicate for metric in read(text)] == [predicate]


@pytest.mark.parametrize("word", ["累计", "共", "已", "将", "预计", "已累计"])
def test_adverb_is_no_part_of_the_verb(read: Read, word: str) -> None:
    assert [metric.predicate for metric in read(f"全区{word}完成老旧小区改造60个。")] == ["完成"]


@pytest.mark.parametrize(
    ("verb", "bare"), [("约占", "占"), ("共享", "共享"), ("新增了", "新增"), ("不低于", ""), ("完成", "完成")]
)
def test_bare_verb_is_without_what_only_bounds_the_number(pipeline: Pipeline, verb: str, bare: str) -> None:
    assert pipeline.relator.verbs.bare(Phrase((Piece(verb, 0, len(verb)),))).text == bare


def test_verbs_on_both_sides_of_the_figure_are_candidates_and_none_too(tableaus: Choose) -> None:
    (tableau,) = tableaus("新建60个停车场惠及居民。")
    texts = [verb.phrase.text for verb in tableau.verbs]
    assert {"新建", "惠及", ""} <= set(texts)


def test_verb_behind_the_next_figure_is_no_candidate(tableaus: Choose) -> None:
    first, _ = tableaus("停车场60个和公园8处建成。")
    assert "建成" not in [verb.phrase.text for verb in first.verbs]


def test_two_verbs_that_and_joins_are_a_candidate_together(tableaus: Choose) -> None:
    (tableau,) = tableaus("改造和修复农村供水工程355处。")
    assert "改造和修复" in [verb.phrase.text for verb in tableau.verbs]


def test_verb_of_the_figure_before_may_be_carried(tableaus: Choose) -> None:
    _, tableau = tableaus("新建停车场60个、公园8处。")
    assert [verb.phrase.text for verb in tableau.verbs if verb.way == "carry"] == ["新建"]
