from __future__ import annotations

import pytest

from extract.matching.guarded import GuardedPattern

PATTERN = "(?:来源|稿源)[：:](?P<source>[^，]{2,4})"
LINES = ["本报讯", "来源不明", "来源：新华社", "稿源:人民网，来源：央视网"]


@pytest.mark.parametrize(
    ("text", "source"), [("来源：新华社", "新华社"), ("来源不明", None), ("没有", None), ("", None)]
)
def test_search_finds_what_the_pattern_matches(text: str, source: str | None) -> None:
    match = GuardedPattern(PATTERN).search(text)
    assert (match["source"] if match else None) == source


@pytest.mark.parametrize("pattern", ["[^，]", "(?i)abc", "x*"])
def test_pattern_without_needed_words_is_tried_everywhere(pattern: str) -> None:
    assert GuardedPattern(pattern).search("ABC")


def test_first_in_tells_the_line() -> None:
    found = GuardedPattern(PATTERN).first_in(LINES)
    assert found is not None
    assert (found[0], found[1]["source"]) == (2, "新华社")
    assert GuardedPattern(PATTERN).first_in(LINES[:2]) is None
    assert GuardedPattern(PATTERN).first_in([]) is None


def test_all_in_finds_all_matches_of_all_lines() -> None:
    assert [match["source"] for match in GuardedPattern(PATTERN).all_in(LINES)] == ["新华社", "人民网", "央视网"]
    assert GuardedPattern(PATTERN).all_in(LINES[:1]) == []


def test_sub_puts_something_in_the_place_of_each_match() -> None:
    guarded = GuardedPattern(PATTERN)
    assert guarded.sub(lambda match: "-" * len(match[0]), LINES[3]) == "------，------"
    assert guarded.sub(lambda _: "", LINES[1]) == LINES[1]


def test_a_word_inside_another_is_looked_for_alone() -> None:
    assert GuardedPattern("责任编辑|编辑").search("编辑")


@pytest.mark.parametrize(
    ("text", "is_found"), [("连续5年", True), ("连续第8年", True), ("连续增长5年", False), ("5年", False)]
)
def test_many_words_are_looked_for_by_what_they_share(text: str, is_found: bool) -> None:
    assert bool(GuardedPattern("连续第?[0-9]+年").search(text)) == is_found
