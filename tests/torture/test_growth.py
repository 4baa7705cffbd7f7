"""The work for a text grows with the text: steps are counted, not seconds."""

from __future__ import annotations

import pytest
from torture.grown import PAGE, WORST, measured

SHAPES = (
    "lines that go on", "lines and page numbers", "nested brackets", "captions", "photographers", "table of bars",
    "tab columns", "area and figure", "list of figures", "names of documents", "left quotes", "bylines",
)  # fmt: skip
PAGES = ("spans", "rows that span", "small tables", "breaks", "lists of links", "open paragraphs")
NAMES = (*SHAPES, *(f"{PAGE}{name}" for name in PAGES))


@pytest.fixture(scope="module")
def exponents() -> dict[str, float]:
    return dict(measured(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_steps_grow_with_the_text(name: str, exponents: dict[str, float]) -> None:
    assert exponents[name] <= WORST
