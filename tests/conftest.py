"""Fixtures that the tests of every stage share: the shipped rules, loaded once, and short ways through the stages."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from extract.model.document import Article, Document
from extract.model.quantity import Quantity
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import Rulebook, load_rules
from extract.words.numerals import NumeralGrammar

pytest_plugins = ["browser"]

settings.register_profile(
    "tests",
    deadline=None,
    derandomize="EXTRACT_EXAMPLES" not in os.environ,
    max_examples=int(os.environ.get("EXTRACT_EXAMPLES", "60")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tests")
"""The same few examples each time; as many others as the variable EXTRACT_EXAMPLES says where it is set."""
signal.signal(signal.SIGINT, signal.default_int_handler)
"""A shell lets its background jobs ignore it, and the processes that the tests start and interrupt would do so too."""


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """Return the shipped rules."""
    return load_rules()


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """Return a pipeline over the shipped rules."""
    return Pipeline()


@pytest.fixture(scope="session")
def read_by_shapes() -> Callable[..., list[Metric]]:
    """Return a function that gives the metrics of a text with the objects that the shapes of relations.yaml tell."""
    pipeline = Pipeline()
    pipeline.ranker.weights = {"hint": 1.0}

    def read_metrics(text: str, published: str = "2025-11-20") -> list[Metric]:
        return pipeline.metrics(Document("test", text, published))

    return read_metrics


@pytest.fixture(scope="session")
def grammar(book: Rulebook) -> NumeralGrammar:
    """Return the grammar of the shipped numerals."""
    return NumeralGrammar(book.numerals, tuple(book.units))


@pytest.fixture(scope="session")
def find(pipeline: Pipeline) -> Callable[[str], list[Quantity]]:
    """Return a function that gives the quantities of one sentence."""

    def find_quantities(text: str) -> list[Quantity]:
        return pipeline.quantities.find(text, pipeline.segmenter.known)

    return find_quantities


@pytest.fixture(scope="session")
def read(pipeline: Pipeline) -> Callable[..., list[Metric]]:
    """Return a function that gives the metrics of a text, published on 2025-11-20 unless told otherwise."""

    def read_metrics(text: str, published: str = "2025-11-20") -> list[Metric]:
        return pipeline.metrics(Document("test", text, published))

    return read_metrics


@pytest.fixture(scope="session")
def articles(pipeline: Pipeline) -> Callable[..., list[Article]]:
    """Return a function that gives the articles of a text, without a date given from outside."""

    def read_articles(text: str, published: str = "") -> list[Article]:
        return pipeline.layout.articles(Document("test", text, published))

    return read_articles
