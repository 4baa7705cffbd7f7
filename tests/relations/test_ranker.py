"""The choice of a figure's object among candidates, through the whole pipeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.document import Document
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline

Read = Callable[..., list[Metric]]


@pytest.mark.parametrize(
    ("text", "object_"),
    [
        ("全区新建避风渔港6个。", "避风渔港"),
        ("全市避风渔港达到68个。", "避风渔港"),
        ("投放生态鱼苗3.2万尾。", "生态鱼苗"),
        ("建成12个村级农机服务站。", "村级农机服务站"),
    ],
)
def test_object_that_no_rule_names_is_found_by_where_it_stands(read: Read, text: str, object_: str) -> None:
    assert [metric.object for metric in read(text)] == [object_]


def test_change_takes_up_the_object_of_the_figure_before(read: Read) -> None:
    level, change = read("渔业总产值36亿元，同比增长4.2%。")
    assert change.object == level.object == "渔业总产值"


def test_what_chose_the_object_is_among_the_rules(read: Read) -> None:
    level, change = read("渔业总产值36亿元，同比增长4.2%。")
    assert "object.own" in level.rules
    assert "object.carry.object0" in change.rules


def test_phrase_with_several_values_in_a_text_is_told_as_recurring(pipeline: Pipeline) -> None:
    text = "职业高中招生820人，毕业生310人。特殊教育学校招生60人，毕业生48人。"
    (sentences,) = pipeline.parsed(Document("test", text))
    found = pipeline.ranker.recurring([(one.clauses, one.quantities) for one in sentences])
    assert ("毕业生", "人") in found


def test_phrase_with_one_value_is_not_recurring(pipeline: Pipeline) -> None:
    (sentences,) = pipeline.parsed(Document("test", "职业高中毕业生310人。职业高中毕业生310人。"))
    assert not pipeline.ranker.recurring([(one.clauses, one.quantities) for one in sentences])


def test_candidates_are_sorted_by_the_sum_of_their_weights(pipeline: Pipeline) -> None:
    (analysis,) = pipeline.analyses(Document("test", "完成老旧小区改造60个。"))
    (tableau,) = analysis.tableaus.values()
    weights = pipeline.ranker.weights
    sums = [sum(weights.get(name, 0.0) for name in one.features) for one in tableau.composites]
    assert [one.score for one in tableau.composites] == pytest.approx(sums)
    assert sums == sorted(sums, reverse=True)


def test_cells_of_a_table_are_told_by_their_heads_alone(pipeline: Pipeline) -> None:
    table = "| 指标 | 数量（个） |\n| --- | --- |\n| 口袋公园 | 12 |\n"
    document = Document("test", table)
    assert all(not analysis.tableaus for analysis in pipeline.analyses(document) if analysis.sentence.role == "cell")
