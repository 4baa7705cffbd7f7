"""What the pages of `docs/` show is true: their rule files load, and their sentences come out as they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "rules.md").read_text("utf-8")
FILES = re.findall(r"^```\w+ mine/(\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SENTENCES = re.findall(r"^(\S+) → (.+)$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return the pipeline with the rules of the page laid on the shipped ones."""
    folder = tmp_path_factory.mktemp("mine")
    for name, content in FILES:
        (folder / name).write_text(content, "utf-8")
    return Pipeline(folder)


def test_page_has_rules_and_sentences() -> None:
    assert len(FILES) >= 7
    assert len(SENTENCES) >= 9


@pytest.mark.parametrize(("sentence", "told"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_sentence_of_the_page_gives_the_record_that_it_names(mine: Pipeline, sentence: str, told: str) -> None:
    metrics = mine.metrics(Document("docs", sentence, "2025-11-20"))
    if told == "nothing":
        assert metrics == []
        return
    text, *fields = told.split(" ")
    (metric,) = metrics
    assert metric.text == text
    assert [f"{name}={getattr(metric, name)}" for name in (one.partition("=")[0] for one in fields)] == fields


@pytest.mark.parametrize(
    "page", sorted(DOCS.parent.glob("README*.md")) + sorted(DOCS.glob("*.md")), ids=lambda page: page.name
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
