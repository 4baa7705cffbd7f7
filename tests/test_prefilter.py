"""What a pattern needs, how it may begin, and the searches made of both."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from extract.prefilter import Index, Prefilter, Scanner, alternatives, first_chars, needed_words
from extract.rulebook.book import Rulebook

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("同比", {"同比"}),
        ("(?:同|环)比", {"同比", "环比"}),
        ("[0-9]+个?百分点", {"百分点", "个百分点"}),
        ("力争|争取", {"力争", "争取"}),
        ("[0-9]{1,2}月(?:底)?", {"月", "月底"}),
        ("(?<!年)增长", {"增长"}),
        ("增长(?=[^，]*目标)", {"目标"}),
        ("(?P<year>20[0-9]{2})年以来", {"年以来"}),
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
    ("pattern", "chars"),
    [
        ("[零一]点", {"零", "一"}),
        ("(?<=约)数?[百千]", {"数", "百", "千"}),
        ("(?:翻|增)了?", {"翻", "增"}),
        ("(?P<low>[12])至", {"1", "2"}),
    ],
)
def test_match_begins_with_one_of_the_first_characters(pattern: str, chars: set[str]) -> None:
    assert first_chars(pattern) == chars


@pytest.mark.parametrize("pattern", ["", "百?", "[^，]", ".个"])
def test_first_characters_are_untold_where_a_match_may_be_empty_or_begin_with_anything(pattern: str) -> None:
    assert first_chars(pattern) is None


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


@pytest.fixture
def scanner() -> Scanner:
    patterns = {"range": "[0-9]+至[0-9]+个", "single": "[0-9]+个", "double": "翻一番"}
    return Scanner(patterns, ("single", "double"), "[0-9个]*", "至")


def found(scanner: Scanner, text: str, is_simple: bool = True) -> list[tuple[str, str]]:
    return [(str(match.lastgroup), match[0]) for match in scanner.matches(text, is_simple)]


def test_scanner_takes_the_first_pattern_that_fits_at_each_place(scanner: Scanner) -> None:
    text = "3至5个，翻一番，60个"
    assert found(scanner, text) == [("range", "3至5个"), ("double", "翻一番"), ("single", "60个")]


def test_scanner_finds_the_same_whether_it_looks_for_simple_places_or_not(scanner: Scanner) -> None:
    text = "3至5个，12个至20个，翻一番60个"
    assert found(scanner, text) == found(scanner, text, is_simple=False)


def test_scanner_goes_on_behind_a_place_where_nothing_fits(scanner: Scanner) -> None:
    assert found(scanner, "翻12，5个") == [("single", "5个")]


def test_pattern_that_may_begin_with_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="single may begin with anything"):
        Scanner({"single": ".个"}, (), "[0-9]*", "")
