"""Every field of a figure is the best of its candidates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.document import Document
from extract.model.phrase import Phrase, Piece
from extract.model.record import Metric
from extract.model.relation import Relation
from extract.pipeline.pipeline import Pipeline
from extract.relations.antecedents import Memory
from extract.relations.relator import STAGES, Tableau

Read = Callable[..., list[Metric]]
Choose = Callable[[str], list[Tableau]]

FIELDS = {"object": "composites", "predicate": "verbs", "kind": "kinds", "base": "bases", "own": "owns"}
TEXT = "固定资产投资完成300亿元，同比增长5.5%，总量居全国第4位。"


@pytest.mark.parametrize("stage", STAGES)
def test_candidates_are_sorted_by_the_sum_of_their_weights(pipeline: Pipeline, tableaus: Choose, stage: str) -> None:
    weights = pipeline.relator.weights[stage]
    for tableau in tableaus(TEXT):
        found = getattr(tableau, FIELDS[stage])
        sums = [sum(weights.get(name, 0.0) for name in one.features) for one in found]
        assert [one.score for one in found] == pytest.approx(sums)
        assert sums == sorted(sums, reverse=True)


def test_fields_of_a_record_are_the_best_candidates(read: Read, tableaus: Choose) -> None:
    for metric, tableau in zip(read(TEXT), tableaus(TEXT), strict=True):
        assert metric.object == tableau.composites[0].phrase.text
        assert metric.predicate == tableau.verbs[0].phrase.text
        assert metric.kind == tableau.kinds[0].kind
        assert metric.base == tableau.bases[0].phrase.text


def test_other_weights_choose_another_object() -> None:
    pipeline = Pipeline()
    document = Document("test", "学校新增60个停车泊位。")
    (before,) = pipeline.metrics(document)
    pipeline.relator.use({stage: {} for stage in STAGES} | {"own": {"left up": 0.0, "none around=lr": 9.0}})
    (after,) = pipeline.metrics(document)
    assert before.object == "停车泊位"
    assert after.object != "停车泊位"


def test_what_chose_the_fields_is_among_the_rules(read: Read) -> None:
    level, change = read("渔业总产值36亿元，同比增长4.2%。")
    assert {"object.own", "kind.level"} <= set(level.rules)
    assert {"object.carry.object0", "kind.change"} <= set(change.rules)
    assert all(any(rule.startswith("predicate.") for rule in one.rules) for one in (level, change))


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("覆盖率从63.2%提高到72.7%。", [True, False]),
        ("覆盖率提高到72.7%。", [False]),
    ],
)
def test_figure_held_before_a_change_is_told(pipeline: Pipeline, text: str, before: list[bool]) -> None:
    (analysis,) = pipeline.analyses(Document("test", text))
    assert [analysis.relations[index].is_before_value for index in sorted(analysis.relations)] == before


def test_what_a_teacher_says_is_remembered_instead_of_what_was_chosen(pipeline: Pipeline) -> None:
    class Teacher:
        def taught(self, index: int, relation: Relation) -> Relation:
            told = Phrase((Piece("远洋渔获", 0, 4),))
            kind, rules = relation.kind, relation.rules
            return Relation(told, relation.predicate, relation.base, kind, rules, False, relation.is_down)

    ((parsed,),) = pipeline.parsed(Document("test", "渔业总产值36亿元，同比增长4.2%。"))
    relations, _ = pipeline.relate(parsed, Memory(), Teacher())
    assert [relations[index].object.text for index in sorted(relations)] == ["渔业总产值", "远洋渔获"]


def test_cell_of_a_table_is_related_like_a_sentence(pipeline: Pipeline) -> None:
    table = "| 指标 | 数量（个） |\n| --- | --- |\n| 口袋公园 | 12 |\n| 停车场 | 8 |\n"
    cells = [one for one in pipeline.analyses(Document("test", table)) if one.sentence.role == "cell"]
    assert [metric.object for one in cells for metric in one.metrics] == ["口袋公园", "停车场"]
    assert all(one.tableaus for one in cells)


def test_cell_of_a_table_takes_up_nothing_of_another(pipeline: Pipeline) -> None:
    table = "| 指标 | 数量（个） |\n| --- | --- |\n| 口袋公园 | 12 |\n| 停车场 | 8 |\n"
    cells = [one for one in pipeline.analyses(Document("test", table)) if one.sentence.role == "cell"]
    taken = {one.source for cell in cells for tableau in cell.tableaus.values() for one in tableau.composites}
    assert taken == {""}


@pytest.mark.parametrize("text", ["完成老旧小区改造60个，惠及居民3.2万户。", "新建学校7所、公园8处；投资增长5.5%。"])
def test_object_holds_no_quantity_and_no_stop(read: Read, text: str) -> None:
    for metric in read(text):
        assert metric.text not in metric.object
        assert not set("，。；：") & set(metric.object)
