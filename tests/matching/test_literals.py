"""What a pattern needs, how it may begin, and the searches made of both."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from extract.matching.literals import (
    Index,
    Prefilter,
    alternatives,
    closing_chars,
    first_words,
    needed_words,
    opening_chars,
)
from extract.rulebook.book import Rulebook

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("同比", {"同比"}),
        ("(?:同|环)比", {"同比", "环比"}),
        ("甲+个?百分点", {"甲百分点", "甲个百分点"}),
        ("[甲乙]{1,3}期(?![间次])", {"甲期", "乙期"}),
        ("(?:甲+|第[乙丙])年", {"甲年", "第乙年", "第丙年"}),
        ("甲*年(?=初|底)", {"年初", "年底"}),
        ("力争|争取", {"力争", "争取"}),
        ("[一二]{1,2}月(?:底)?", {"一月", "二月"}),
        ("(?<!年)增长", {"增长"}),
        ("增长(?=[^，]*目标)", {"目标"}),
        ("(?P<year>20[56]{2})年以来", {"5年以来", "6年以来"}),
        ("(?:增长)*下降", {"下降"}),
    ],
)
def test_one_of_the_needed_words_stands_in_every_match(pattern: str, words: set[str]) -> None:
    assert needed_words(pattern) == words


@pytest.mark.parametrize("pattern", ["", "[^，]+", "(?:增长)?", "(?i)增长", "增长|[^，]+", r"\w+", "(?:增长"])
def test_nothing_is_needed_where_that_cannot_be_told(pattern: str) -> None:
    assert needed_words(pattern) is None


def test_every_rule_of_the_book_that_matches_a_sentence_is_selected_for_it(book: Rulebook) -> None:
    patterns = [
        *(part for mask in book.exclusions.masks for part in alternatives(mask.pattern)),
        *(rule.pattern for rule in book.times.rules),
        *(rule.pattern for rule in book.status),
    ]
    index = Index()
    prefilter = Prefilter(((pattern, pattern) for pattern in patterns), index)
    compiled = {pattern: regex.compile(pattern) for pattern in patterns}
    lines = [line for path in sorted(CORPUS.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        chosen = prefilter.select(line)
        assert [pattern for pattern in patterns if compiled[pattern].search(line) and pattern not in chosen] == []


def test_selected_things_keep_their_order() -> None:
    prefilter = Prefilter([("增长", 1), ("[^，]", 2), ("下降", 3), ("持平", 4)])
    assert prefilter.select("先下降后增长") == (1, 2, 3)


def test_two_prefilters_of_one_index_do_not_mix() -> None:
    index = Index()
    first, second = Prefilter([("增长", "a"), ("下降", "b")], index), Prefilter([("增长", "c"), ("持平", "d")], index)
    assert (first.select("增长"), second.select("增长")) == (("a",), ("c",))
    assert (first.select("持平"), second.select("持平")) == ((), ("d",))


def test_prefilter_added_after_a_search_is_searched_for_too() -> None:
    index = Index()
    first = Prefilter([("增长", "a")], index)
    assert first.select("增长、持平") == ("a",)
    assert Prefilter([("持平", "b")], index).select("增长、持平") == ("b",)


def test_prefilter_of_nothing_selects_nothing() -> None:
    assert Prefilter([]).select("增长") == ()


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("[零一]点", {"零点", "一点"}),
        ("(?<=约)数?[百千]", {"数百", "数千", "百", "千"}),
        ("(?:翻|增)了?", {"翻", "翻了", "增", "增了"}),
        ("(?P<low>[12])至", {"1至", "2至"}),
        ("(?:数[百千]+|[零一]{1,9})个", {"数百", "数千", "零", "一"}),
        ("甲*[乙丙]+", {"甲", "乙", "丙"}),
    ],
)
def test_match_begins_with_one_of_the_first_words(pattern: str, words: set[str]) -> None:
    assert first_words(pattern) == words


@pytest.mark.parametrize("pattern", ["", "百?", "[^，]", ".个", "(?i)a", "甲*"])
def test_first_words_are_untold_where_a_match_may_be_empty_or_begin_with_anything(pattern: str) -> None:
    assert first_words(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "chars"), [("^(?:来|间)", {"来", "间"}), ("^来|^间", {"来", "间"}), ("^来|间", None), ("来", None)]
)
def test_text_begins_with_one_of_the_opening_characters(pattern: str, chars: set[str] | None) -> None:
    assert opening_chars(pattern) == chars


@pytest.mark.parametrize(
    ("pattern", "chars"),
    [
        ("(?:连续|近)$", {"续", "近", "\n"}),
        ("年$|月了?$", {"年", "月", "了", "\n"}),
        ("每[^，]{0,9}$", None),
        ("每$|年", None),
        (r"每\$", None),
    ],
)
def test_text_ends_with_one_of_the_closing_characters(pattern: str, chars: set[str] | None) -> None:
    assert closing_chars(pattern) == chars


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("甲|乙", ["甲", "乙"]),
        ("(?:甲|乙)丙", ["(?:甲|乙)丙"]),
        ("[|甲]|乙", ["[|甲]", "乙"]),
        (r"甲\||乙", [r"甲\|", "乙"]),
        ("[]|]甲|乙", ["[]|]甲", "乙"]),
        ("", [""]),
    ],
)
def test_alternatives_are_parted_at_bars_outside_groups_and_sets(pattern: str, parts: list[str]) -> None:
    assert alternatives(pattern) == parts


def test_groups_of_one_name_do_not_hide_what_is_needed() -> None:
    assert needed_words("(?P<quarter>[12])季度|Q(?P<quarter>[12])") == {"1季度", "2季度", "Q1", "Q2"}


def test_group_that_is_named_again_in_the_pattern_keeps_its_name() -> None:
    assert needed_words("(?P<digit>[0-9]{200})(?P=digit)万") == {"万"}
