"""What is one node though more than a word, and which of two that overlap stays."""

from __future__ import annotations

import pytest

from extract.grammar.spans import Claims, SpanRule
from extract.matching.literals import Index

Found = list[tuple[int, int, str]]


def found(claims: Claims) -> Found:
    """Return the spans with their labels."""
    return [(span.start, span.end, span.label) for span in claims.spans]


CLAIMS = [
    ([(4, 6, "b"), (0, 2, "a")], [(0, 2, "a"), (4, 6, "b")]),
    ([(0, 2, "a"), (2, 4, "b")], [(0, 2, "a"), (2, 4, "b")]),
    ([(2, 4, "b"), (0, 2, "a")], [(0, 2, "a"), (2, 4, "b")]),
    ([(0, 4, "a"), (3, 6, "b")], [(0, 4, "a")]),
    ([(3, 6, "b"), (0, 4, "a")], [(3, 6, "b")]),
    ([(2, 4, "a"), (0, 6, "b")], [(2, 4, "a")]),
    ([(0, 6, "a"), (2, 4, "b")], [(0, 6, "a")]),
    ([(0, 2, "a"), (6, 8, "c"), (3, 5, "b"), (4, 7, "d")], [(0, 2, "a"), (3, 5, "b"), (6, 8, "c")]),
    ([(2, 2, "a"), (3, 2, "b")], []),
]


@pytest.mark.parametrize(("claimed", "spans"), CLAIMS)
def test_what_is_claimed_first_stays_and_all_are_in_order(claimed: Found, spans: Found) -> None:
    claims = Claims()
    for start, end, label in claimed:
        claims.add(start, end, label)
    assert found(claims) == spans


MATCHES = [
    ("每户|户均", "每户和户均", [(0, 2), (3, 5)]),
    ("乙丙|甲乙", "甲乙丙", [(0, 2)]),
    ("甲|甲乙", "甲乙", [(0, 1)]),
    ("甲乙|甲", "甲乙", [(0, 2)]),
    ("甲乙|乙丙|丁", "甲乙丙丁", [(0, 2), (3, 4)]),
    ("比(?P<what>上年)增|同比", "比上年增，同比", [(0, 3), (5, 7)]),
    ("比(?P<what>上年)?增", "比增", [(0, 2)]),
    ("(?<=甲)乙|丙", "甲乙乙丙", [(1, 2), (3, 4)]),
    ("丁?", "甲丁", [(1, 2)]),
    ("[（(]甲|乙[）)]|丙", "（甲|乙）丙", [(0, 2), (3, 5), (5, 6)]),
    ("甲", "乙", []),
]


@pytest.mark.parametrize(("pattern", "text", "spans"), MATCHES)
def test_pattern_is_found_from_left_to_right_as_if_it_were_not_parted(
    pattern: str, text: str, spans: list[tuple[int, int]]
) -> None:
    claims = Claims()
    SpanRule("noun", pattern, Index()).claim_all(text, claims)
    assert found(claims) == [(start, end, "noun") for start, end in spans]
