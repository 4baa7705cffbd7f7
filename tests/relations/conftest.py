"""Short ways to the figures of a sentence and the candidates for their fields."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.relations.figures import Figure, figures
from extract.relations.relator import Tableau


@pytest.fixture(scope="session")
def figures_in(pipeline: Pipeline) -> Callable[[str], list[Figure]]:
    """Return a function that gives the figures of a text."""

    def find(text: str) -> list[Figure]:
        (sentences,) = pipeline.parsed(Document("test", text, "2025-11-20"))
        return [figure for one in sentences for figure in figures(one.clauses, one.quantities)]

    return find


@pytest.fixture(scope="session")
def tableaus(pipeline: Pipeline) -> Callable[[str], list[Tableau]]:
    """Return a function that gives the candidates for each figure of a text."""

    def choose(text: str) -> list[Tableau]:
        analyses = pipeline.analyses(Document("test", text, "2025-11-20"))
        return [one.tableaus[index] for one in analyses for index in sorted(one.tableaus)]

    return choose
