"""Which nouns stand bare before a figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.mining.tables import Counters


@pytest.mark.parametrize(
    ("text", "word", "bare", "owned"),
    [
        ("核销率86%。", "核销率", 1, 0),
        ("消费券核销率86%。", "核销率", 0, 1),
        ("消费券的核销率达到86%。", "核销率", 0, 1),
        ("2023年总投资3亿元。", "总投资", 1, 0),
        ("项目总投资为3亿元。", "总投资", 0, 1),
        ("贷款余额3亿元。", "贷款余额", 1, 0),
        ("学校贷款余额3亿元。", "贷款余额", 0, 1),
        ("出动警力3人。", "警力", 0, 0),
    ],
)
def test_a_noun_is_bare_where_it_is_the_whole_subject(
    text: str, word: str, bare: int, owned: int, counted: Callable[..., Counters]
) -> None:
    counts = counted(text).attributes
    assert (counts.bare[word], counts.owned[word]) == (bare, owned)
