"""The choice of a figure's object among candidates."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.document import Document
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.relations.relator import Tableau

Read = Callable[..., list[Metric]]
Choose = Callable[[str], list[Tableau]]


@pytest.mark.parametrize(
    ("text", "object_"),
    [
        ("全区新建避风渔港6个。", "新建避风渔港"),
        ("全市避风渔港达到68个。", "避风渔港"),
        ("投放生态鱼苗3.2万尾。", "生态鱼苗"),
        ("建成12个村级农机服务站。", "村级农机服务站"),
    ],
)
def test_object_is_found_by_where_it_stands(read: Read, text: str, object_: str) -> None:
    assert [metric.object for metric in read(text)] == [object_]


def test_change_takes_up_the_object_of_the_figure_before(read: Read) -> None:
    level, change = read("渔业总产值36亿元，同比增长4.2%。")
    assert change.object == level.object == "渔业总产值"


def test_object_left_out_is_not_taken_from_another_paragraph(read: Read) -> None:
    found = read("全区固定资产投资完成300亿元，稳中有进。\n增长5.5%，成效明显。")
    assert found[1].object != "固定资产投资"


def test_object_is_not_taken_from_another_article(read: Read) -> None:
    text = "甲区发布会\n全区改造小区60个，惠及3.2万户。记者 王明\n\n乙区发布会\n完成70个，成效明显。记者 李红\n"
    assert read(text)[-1].object not in ("小区", "居民")


def test_people_counted_at_the_head_of_a_clause_are_not_what_was_named_before(read: Read) -> None:
    assert "失业率" not in read("城镇调查失业率控制在5.5%以内。超70万人次接受技能培训。")[1].object


def test_phrase_with_several_values_in_a_text_is_told_as_recurring(pipeline: Pipeline) -> None:
    text = "职业高中招生820人，毕业生310人。特殊教育学校招生60人，毕业生48人。"
    (sentences,) = pipeline.parsed(Document("test", text))
    found = pipeline.relator.objects.recurring([figure for one in sentences for figure in one.figures])
    assert ("毕业生", "人") in found


def test_phrase_with_one_value_is_not_recurring(pipeline: Pipeline) -> None:
    (sentences,) = pipeline.parsed(Document("test", "职业高中毕业生310人。职业高中毕业生310人。"))
    assert not pipeline.relator.objects.recurring([figure for one in sentences for figure in one.figures])


def test_part_behind_among_may_take_up_the_whole(tableaus: Choose) -> None:
    _, part = tableaus("接待游客60万人次，其中境外3.2万人次。")
    assert "whole" in {one.source for one in part.composites}


def test_figure_without_any_words_has_one_candidate(tableaus: Choose) -> None:
    (tableau,) = tableaus("60个。")
    assert [(one.way, one.phrase.text) for one in tableau.composites] == [("empty", "")]
