"""What units count, and what nouns are by their endings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.mining.tables import Counters

BERRIES = ["草莓", "蓝莓", "黑莓"]


@pytest.mark.parametrize(
    ("text", "behind", "before"),
    [
        ("收购土豆5吨。", {}, {("吨", "土豆"): 1}),
        ("收购5吨新鲜土豆。", {("吨", "土豆"): 1}, {}),
        ("收购5吨的土豆。", {("吨", "土豆"): 1}, {}),
        ("土豆产量达到5吨。", {}, {("吨", "产量"): 1}),
        ("持有公司5%的股份。", {("%", "股份"): 1}, {}),
        ("男子100米决赛。", {}, {}),
        ("收购了5吨。", {}, {}),
    ],
)
def test_a_unit_counts_the_head_of_the_phrase_beside_it(
    text: str, behind: dict[tuple[str, str], int], before: dict[tuple[str, str], int], counted: Callable[..., Counters]
) -> None:
    counts = counted(text).counted
    assert (dict(counts.behind), dict(counts.before)) == (behind, before)


def test_an_ending_of_several_words_has_a_row(counted: Callable[..., Counters]) -> None:
    counts = counted(*(f"{deed}{berry}5吨。" for berry in BERRIES for deed in ("收购", "卖出", "运来"))).counted
    rows = {row.pair: row.before for row in counts.rows(lambda _: False)}
    assert rows["吨", "-莓"] == 9


def test_an_ending_of_one_word_has_none(counted: Callable[..., Counters]) -> None:
    deeds = ("收购", "卖出", "运来", "买来", "采摘")
    rows = {row.pair for row in counted(*(f"{deed}草莓5吨。" for deed in deeds)).counted.rows(lambda _: False)}
    assert rows == {("吨", "草莓")}


def test_a_word_that_is_used_as_a_verb_is_not_counted(counted: Callable[..., Counters]) -> None:
    deeds = ("收购", "卖出", "运来", "买来", "采摘")
    counts = counted(*(f"{deed}草莓5吨。" for deed in deeds)).counted
    assert counts.rows(lambda word: word == "草莓") == []


def test_a_noun_is_what_most_of_its_units_say(counted: Callable[..., Counters]) -> None:
    texts = [f"{deed}{berry}5吨。" for berry in BERRIES for deed in ("收购", "卖出", "运来")]
    (row,) = (row for row in counted(*texts, "收购草莓3亩。").counted.endings(lambda _: False) if row.ending == "莓")
    assert (row.kind, row.count) == ("mass", 9)


def test_a_noun_that_no_class_has_most_of_has_none(counted: Callable[..., Counters]) -> None:
    texts = [
        f"{deed}{berry}5{unit}。" for berry in BERRIES for deed in ("收购", "卖出", "运来") for unit in ("吨", "亩")
    ]
    assert counted(*texts).counted.endings(lambda _: False) == []
