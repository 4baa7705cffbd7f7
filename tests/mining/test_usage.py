"""What tells how a word is used."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.mining.matching import steps
from extract.mining.rows import Row
from extract.mining.tables import Counters, mining_rules
from extract.mining.usage import UsageCounter

RULES = mining_rules()
EXAMPLES = [(one.id, example.text, example.word, True) for one in RULES.witnesses for example in one.examples]
EXAMPLES += [(one.id, example.text, example.word, False) for one in RULES.witnesses for example in one.counter_examples]


def witnesses(text: str, word: str, rows: Callable[[str], list[Row]]) -> set[str]:
    usage = UsageCounter(RULES)
    places = [(row, place) for row in rows(text) for place, item in enumerate(row) if item.text == word]
    assert places, f"{word} is no word of {text}"
    return {found for row, place in places for found in usage.witnesses(row, place)}


@pytest.mark.parametrize(("name", "text", "word", "holds"), EXAMPLES, ids=str)
def test_a_witness_speaks_in_its_examples_only(
    name: str, text: str, word: str, holds: bool, rows: Callable[[str], list[Row]]
) -> None:
    assert (name in witnesses(text, word, rows)) is holds


def test_every_witness_has_an_example_and_a_counter_example() -> None:
    assert all(one.examples and one.counter_examples for one in RULES.witnesses)


def test_a_word_is_counted_by_what_all_its_witnesses_say(counted: Callable[..., Counters]) -> None:
    seen = counted("完成了旧城的改造。", "已改造房屋3间。", "改造了城墙。").usage.seen
    assert (seen["noun"]["改造"], seen["verb"]["改造"]) == (1, 2)


def test_a_word_of_which_nothing_tells_is_not_counted(counted: Callable[..., Counters]) -> None:
    seen = counted("改造旧城。").usage.seen
    assert not any(counts["改造"] for counts in seen.values())


@pytest.mark.parametrize(
    ("text", "word", "figure", "objects", "subjects"),
    [
        ("建成3座学校。", "建成", 1, 1, 0),
        ("建成了学校3座。", "建成", 1, 1, 0),
        ("耕地面积达到5亩。", "达到", 1, 0, 1),
        ("收购土豆5吨。", "收购", 1, 1, 0),
        ("收购来的土豆5吨。", "收购", 0, 0, 0),
    ],
)
def test_a_figure_is_governed_by_the_verb_before_it_or_before_what_it_counts(
    text: str, word: str, figure: int, objects: int, subjects: int, counted: Callable[..., Counters]
) -> None:
    usage = counted(text).usage
    assert (usage.figures[word], usage.objects[word], usage.subjects[word]) == (figure, objects, subjects)


def test_a_word_that_stands_seldom_is_not_told_of(counted: Callable[..., Counters]) -> None:
    fruits = [
        "苹果",
        "香蕉",
        "土豆",
        "白菜",
        "西瓜",
        "南瓜",
        "黄瓜",
        "冬瓜",
        "萝卜",
        "葡萄",
        "樱桃",
        "草莓",
        "柠檬",
        "石榴",
        "红枣",
    ]
    assert [row.word for row in counted(*(f"收购了{fruit}5吨。" for fruit in fruits[:-1])).usage.rows()] == []
    (row,) = counted(*(f"收购了{fruit}5吨。" for fruit in fruits)).usage.rows()
    assert (row.word, row.verb, row.object) == ("收购", len(fruits), len(fruits))


def test_a_word_that_is_what_the_dictionary_says_is_not_told_of(counted: Callable[..., Counters]) -> None:
    fruits = [
        "苹果",
        "香蕉",
        "土豆",
        "白菜",
        "西瓜",
        "南瓜",
        "黄瓜",
        "冬瓜",
        "萝卜",
        "葡萄",
        "樱桃",
        "草莓",
        "柠檬",
        "石榴",
        "红枣",
    ]
    assert counted(*(f"收购了{fruit}。" for fruit in fruits)).usage.rows() == []


def test_a_pattern_with_the_name_of_no_class_is_refused() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        steps(["nowhere*"], RULES.classes)
