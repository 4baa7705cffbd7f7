"""The words right beside a figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.relations.beside import Beside, BesideReader
from extract.relations.figures import Figure
from extract.rulebook.book import Rulebook

Find = Callable[[str], list[Figure]]


@pytest.fixture
def beside(book: Rulebook, figures_in: Find) -> Callable[[str], Beside]:
    """Return a function that reads what stands beside the last figure of a sentence."""
    reader = BesideReader(book.words)

    def read(text: str) -> Beside:
        return reader.read(figures_in(text)[-1].quantity, text)

    return read


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("服务业增速超过5%。", "up"),
        ("能耗下降幅度超过16%。", "down"),
        ("全县5%的增长高于预测。", "change"),
        ("全县5%的增长空间仍在。", ""),
        ("该国占全球增长的三分之一。", "share"),
        ("普惠率高于全国86.1%的平均水平。", "share"),
        ("水库水位超汛限0.6米。", "up"),
        ("工程比原计划提前了8天。", "up"),
        ("水库水位102.4米。", ""),
        ("新建学校7所。", ""),
    ],
)
def test_words_beside_a_figure_say_what_it_is(beside: Callable[[str], Beside], text: str, says: str) -> None:
    assert beside(text).says == says


@pytest.mark.parametrize(("text", "compared"), [("出口高于去年的57万吨。", True), ("出口达到57万吨。", False)])
def test_figure_that_something_is_compared_with_is_told(
    beside: Callable[[str], Beside], text: str, compared: bool
) -> None:
    assert beside(text).is_compared is compared
