"""A maker of rows over the shipped rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.mining.rows import Row, RowMaker
from extract.mining.tables import Counters, mining_rules
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import Rulebook


@pytest.fixture(scope="session")
def maker(pipeline: Pipeline, book: Rulebook) -> RowMaker:
    return RowMaker(pipeline, book)


@pytest.fixture(scope="session")
def rows(maker: RowMaker) -> Callable[[str], list[Row]]:
    return lambda text: list(maker.sentence_rows(text))


@pytest.fixture
def counted(maker: RowMaker, book: Rulebook) -> Callable[..., Counters]:
    """Return a function that counts over sentences."""

    def count(*texts: str) -> Counters:
        counters = Counters(mining_rules(), frozenset(book.units))
        for text in texts:
            for row in maker.sentence_rows(text):
                counters.add(row)
        return counters

    return count
