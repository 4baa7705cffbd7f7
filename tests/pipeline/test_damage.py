"""The metrics of a release stay the same when it comes as a newspaper page does: torn, framed, among others."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from damage import COMPANIONS, KINDS, Comparison, Damaged, Edit, compare, damage, facts, lines, paragraphs, releases

from extract.evaluation.gold import GoldDocument, read_gold_folder
from extract.evaluation.score import evaluate
from extract.model.document import Document
from extract.model.extraction import Extraction
from extract.pipeline.pipeline import Pipeline

PAGES = Path(__file__).parents[1] / "fixtures" / "newspaper"
RELEASES = {
    "customs": "customs-trade-qingdao",
    "jimei": "district-livelihood-jimei",
    "putuo": "elderly-care-shanghai-putuo",
    "hangzhou": "environment-hangzhou-2024",
    "guizhou": "transport-guizhou-2024",
}
FAILING = {
    "wrap 17": "putuo hangzhou",
    "wrap 17 indented": "putuo hangzhou",
    "wrap 30 indented, blank between lines": "customs",
    "wrap 26 blank between lines": "customs jimei guizhou",
    "broken figure, blank line": "customs guizhou",
    "broken sentence, blank line": "customs putuo hangzhou",
    "broken sentence, indent": "customs putuo hangzhou guizhou",
    "column break": "hangzhou guizhou",
    "caption": "jimei",
    "caption with credit": "guizhou",
    "kicker and deck": "jimei",
    "broken headline": "jimei",
    "newspaper page": "jimei",
    "newspaper page, wrapped": "customs jimei",
}
"""What the layout stage does not repair yet: the kind of damage, and the releases that come out different."""

FAILING_ARTICLES = {
    "wrap 17": "jimei hangzhou",
    "wrap 17 indented": "jimei hangzhou",
    "kicker and deck": "customs jimei",
    "newspaper page, wrapped": "putuo guizhou",
}
"""The same for what is told of the article: its headline, date and area, and that it is one of so many."""


def cases(failing: Mapping[str, str]) -> list[object]:
    """Return each kind of damage with each release; those of the table `failing` are expected to fail."""
    return [
        pytest.param(kind, release, id=f"{kind} - {release}", marks=_marks(failing, kind, release))
        for kind in KINDS
        for release in RELEASES
    ]


def _marks(failing: Mapping[str, str], kind: str, release: str) -> list[pytest.MarkDecorator]:
    is_failing = release in failing.get(kind, "").split()
    return [pytest.mark.xfail(strict=True, reason=f"not repaired yet: {kind}")] if is_failing else []


Extract = Callable[[str, str], Extraction]


@pytest.fixture(scope="session")
def extract(pipeline: Pipeline) -> Extract:
    """Return a function that gives what is found in a document, by its name and text, once for each."""
    return cache(lambda name, text: pipeline.extract(Document(name, text)))


@pytest.mark.parametrize(("kind", "release"), cases(FAILING))
def test_metrics_survive_damage(extract: Extract, kind: str, release: str) -> None:
    name, text = RELEASES[release], releases()[RELEASES[release]]
    damaged = damage(kind, name, text)
    comparison = compare(extract(name, text).metrics, damaged, extract(name, damaged.text).metrics)
    assert comparison.total
    assert told(comparison) == []


@pytest.mark.parametrize(("kind", "release"), cases(FAILING_ARTICLES))
def test_article_survives_damage(extract: Extract, kind: str, release: str) -> None:
    name, text = RELEASES[release], releases()[RELEASES[release]]
    damaged = damage(kind, name, text)
    (own,) = extract(name, text).articles
    found = extract(name, damaged.text).articles
    assert len(found) == 1 + sum(companion.splitlines()[0] in damaged.text for companion in COMPANIONS)
    same = found[-1 if kind.startswith("article before") else 0]
    assert (same.article.published, same.area) == (own.article.published, own.area)
    if kind != "broken headline":
        assert plain(same.article.title) == plain(own.article.title)


def told(comparison: Comparison) -> list[str]:
    """Return what changed in words, for the message of a test that fails."""
    return [
        f"{'+'.join(change.fields)}: {change.was.text if change.was else '-'} -> {change.now.text if change.now else '-'}"
        for change in comparison.changes
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_damage_loses_no_character(kind: str) -> None:
    for name, text in releases().items():
        damaged = damage(kind, name, text)
        seen = [place for place, char in enumerate(text) if not char.isspace()]
        assert [plain(damaged.text[damaged.place(place)]) for place in seen] == [plain(text[place]) for place in seen]
        assert all(damaged.place(one) < damaged.place(other) for one, other in pairwise(seen))


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_done_to_most_releases(kind: str) -> None:
    changed = [damage(kind, name, text).text != text for name, text in releases().items()]
    assert sum(changed) > len(changed) * 2 / 3


def test_damage_is_the_same_for_the_same_name() -> None:
    name, text = next(iter(releases().items()))
    assert damage("caption", name, text) == damage("caption", name, text)


def test_damage_depends_on_the_name() -> None:
    text = next(iter(releases().values()))
    assert len({damage("caption", name, text).text for name in "甲乙丙丁"}) > 1


def test_figure_is_broken_inside() -> None:
    damaged = damage(
        "broken figure",
        "甲",
        "青岛市新建了一批口袋公园，全年新增绿地面积合计达到326.5万平方米，周边居民人人得到实惠，好评如潮，都说真好。",
    )
    broken = {damaged.text[at - 1] + damaged.text[at + 1] for at, char in enumerate(damaged.text) if char == "\n"}
    assert broken <= {"32", "26", ".5", "5万"}
    assert broken


def test_edits_carry_places_along() -> None:
    damaged = Damaged.clean("新增3.2万户。").edited([Edit(2, 2, "\n\n图片\n\n"), Edit(4, 4, "\n")])
    assert damaged.text == "新增\n\n图片\n\n3.\n2万户。"
    assert damaged.span(2, 7) == (8, 14)


def test_edits_of_edited_text_carry_places_along() -> None:
    damaged = Damaged.clean("新增3户。").edited([Edit(0, 0, "头")]).edited([Edit(3, 3, "尾")])
    assert damaged.text == "头新增尾3户。"
    assert damaged.span(2, 4) == (4, 6)


def test_lines_are_found_without_indent() -> None:
    text = "标题\n\n\u3000\u3000第一段。 \n"
    assert [text[start:end] for start, end in lines(text)] == ["标题", "第一段。"]


def test_headline_is_no_paragraph() -> None:
    assert paragraphs("标题\n" + "很长" * 30) == []


NAMES = sorted(path.name.removesuffix(".articles.yaml") for path in PAGES.glob("*.articles.yaml"))


@pytest.fixture(scope="session")
def gold() -> dict[str, GoldDocument]:
    """Return the newspaper pages and their clean twins with their records, by name."""
    documents, faults = read_gold_folder(PAGES)
    assert faults == []
    return {document.name: document for document in documents}


def articles_of(pipeline: Pipeline, document: Document) -> list[dict[str, object]]:
    """Return what the pipeline tells of each article, with one blank between the lines of a headline."""
    return [
        {
            "title": " ".join(found.article.title.split()),
            "published": found.article.published,
            "source": found.article.source,
            "authors": list(found.article.authors),
            "area": found.area,
        }
        for found in pipeline.extract(document).articles
    ]


@pytest.mark.parametrize("name", NAMES)
def test_clean_twin_tells_its_articles(pipeline: Pipeline, gold: dict[str, GoldDocument], name: str) -> None:
    expected = yaml.safe_load((PAGES / f"{name}.articles.yaml").read_text(encoding="utf-8"))
    assert articles_of(pipeline, gold[f"{name}.clean"].document) == expected


@pytest.mark.parametrize("name", NAMES)
def test_page_tells_the_articles_of_its_clean_twin(
    pipeline: Pipeline, gold: dict[str, GoldDocument], name: str
) -> None:
    expected = yaml.safe_load((PAGES / f"{name}.articles.yaml").read_text(encoding="utf-8"))
    told = articles_of(pipeline, gold[name].document)
    assert [article | {"title": ""} for article in told] == [article | {"title": ""} for article in expected]
    headlines = [(str(one["title"]), str(other["title"])) for one, other in zip(expected, told, strict=True)]
    assert all(whole.startswith(first_line) for whole, first_line in headlines)


@pytest.mark.parametrize("name", NAMES)
def test_page_gives_as_many_right_records_as_its_clean_twin(
    pipeline: Pipeline, gold: dict[str, GoldDocument], name: str
) -> None:
    page, twin = (
        evaluate([(name, document.records, pipeline.metrics(document.document))]).record
        for document in (gold[name], gold[f"{name}.clean"])
    )
    assert (page.right, page.predicted) == (twin.right, twin.predicted)


@pytest.mark.parametrize("name", NAMES)
def test_page_and_clean_twin_have_the_same_gold(gold: dict[str, GoldDocument], name: str) -> None:
    page, twin = ([facts(record) for record in gold[key].records] for key in (name, f"{name}.clean"))
    assert page == twin
    assert page


@pytest.mark.parametrize("name", NAMES)
def test_clean_twin_has_no_character_that_its_page_has_not(gold: dict[str, GoldDocument], name: str) -> None:
    page, twin = ("".join(gold[key].document.text.split()) for key in (name, f"{name}.clean"))
    rest = iter(page)
    assert all(char in rest for char in twin)
    assert len(twin) < len(page)


def plain(text: str) -> str:
    """Return a text in half width."""
    return unicodedata.normalize("NFKC", text)
