"""Clauses of a sentence and the labels of their words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.mentions.times import Reference
from extract.model.clause import Clause
from extract.model.sentence import Sentence
from extract.pipeline.pipeline import Pipeline

Cut = Callable[[str], list[Clause]]


@pytest.fixture(scope="session")
def cut(pipeline: Pipeline) -> Cut:
    """Return a function that gives the clauses of a sentence."""

    def cut_sentence(text: str) -> list[Clause]:
        quantities = pipeline.quantities.find(text, pipeline.segmenter.known)
        times = pipeline.times.find(text, Reference(2025, 11, 2025))
        return pipeline.chunker.clauses(
            Sentence(text, tuple(range(len(text))), 0, 0, "", role="text"), quantities, times
        )

    return cut_sentence


def texts(clauses: list[Clause]) -> list[str]:
    """Return the words of each clause."""
    return ["".join(node.text for node in clause.nodes) for clause in clauses]


def labels(clauses: list[Clause]) -> dict[str, str]:
    """Return the label of each word of the clauses."""
    return {node.text: node.label for clause in clauses for node in clause.nodes}


CUTS = [
    ("完成改造60个，惠及居民3.2万户。", ["完成改造60个", "惠及居民3.2万户"]),
    ("完成改造60个；惠及居民3.2万户。", ["完成改造60个", "惠及居民3.2万户"]),
    ("完成改造60个", ["完成改造60个"]),
    ("打造7条林荫廊道、8处口袋公园。", ["打造7条林荫廊道", "8处口袋公园"]),
    ("打造7条林荫廊道和8处口袋公园。", ["打造7条林荫廊道", "8处口袋公园"]),
    ("①完成改造60个；（2）惠及居民3.2万户。", ["完成改造60个", "惠及居民3.2万户"]),
    ("。，；", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "clauses"), CUTS)
def test_sentence_is_cut_at_its_stops_and_between_items(cut: Cut, text: str, clauses: list[str]) -> None:
    assert texts(cut(text)) == clauses


@pytest.mark.parametrize(
    "text",
    [
        "拆除违法建筑27处、1.34万㎡。",
        "分别增长8.7%、31.5%。",
        "分别增长8.7%和31.5%。",
        "小区、公园和广场60个。",
    ],
)
def test_list_of_quantities_of_one_thing_stays_in_one_clause(cut: Cut, text: str) -> None:
    assert len(cut(text)) == 1


def test_clause_knows_what_stands_before_it(cut: Cut) -> None:
    assert [clause.joint for clause in cut("打造7条廊道、8处公园，惠及3.2万户。")] == [
        "start",
        "list",
        "comma",
    ]


def test_clause_lists_its_quantities_in_order(cut: Cut) -> None:
    assert [clause.quantities for clause in cut("完成改造60个，拆除27处、1.34万㎡。")] == [[0], [1, 2]]


def test_every_quantity_stands_in_one_clause(cut: Cut) -> None:
    found = cut("完成60个、惠及3.2万户，投资1、2、3亿元（含续建5个），增长5.5%—6%：居全国第四；过半。")
    indices = [index for clause in found for index in clause.quantities]
    assert indices == sorted(set(indices))


@pytest.mark.parametrize("text", [text for text, _ in CUTS])
def test_nodes_stand_where_their_text_does(cut: Cut, text: str) -> None:
    assert all(text[node.start : node.end] == node.text for clause in cut(text) for node in clause.nodes)


def test_span_of_a_clause_reaches_from_its_first_word_to_its_last(cut: Cut) -> None:
    text = "完成改造60个，惠及居民3.2万户。"
    assert [text[clause.start : clause.end] for clause in cut(text)] == ["完成改造60个", "惠及居民3.2万户"]


LABELS = [
    ("生产总值增长5.5%。", "增长", "up"), ("固定资产投资下降1.2%。", "下降", "down"), ("完成改造60个。", "完成", "light"),
    ("惠及居民3.2万户。", "惠及", "act"), ("惠及居民3.2万户。", "居民", "noun"), ("惠及居民3.2万户。", "3.2万户", "quantity"),
    ("累计新增60个。", "累计", "adverb"), ("2024年新增60个。", "2024年", "time"), ("占总支出80%。", "占", "share"),
    ("稳居全国第4位。", "稳居", "rank"), ("全区新增60个。", "全区", "generic"), ("市南区新增60个。", "市南区", "area"),
    ("甲和乙分别新增60个。", "分别", "respective"), ("提高到72.7%。", "提高到", "level"), ("投资同比增长5.5%。", "同比", "basis"),
    ("游客比上年增长5.5%。", "比上年", "basis"), ("超过60个。", "超过", "level"), ("约60个。", "约", "adverb"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "label"), LABELS)
def test_word_has_the_label(cut: Cut, text: str, word: str, label: str) -> None:
    assert labels(cut(text))[word] == label


def test_quoted_name_is_one_word(cut: Cut) -> None:
    assert labels(cut("打造“15分钟医疗服务圈”60个。"))["“15分钟医疗服务圈”"] == "noun"


def test_clause_that_opens_with_an_area_is_about_it(cut: Cut) -> None:
    assert [clause.area and clause.area.text for clause in cut("市南区新增60个，惠及3.2万户，其中崂山区20个。")] == [
        "市南区",
        None,
        "崂山区",
    ]
