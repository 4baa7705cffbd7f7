"""Written forms of numbers are read as the plain one, whatever stands between their characters."""

from __future__ import annotations

import pytest

from extract.layout.characters import Normaliser
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import Rulebook, load_rules
from extract.rulebook.schema import Fold

FOLDS = load_rules().folding.folds


def read(book: Rulebook, text: str) -> str:
    return Normaliser(book.characters, book.folding).view(text).read_line(text, 0)[0]


@pytest.mark.parametrize(
    ("fold", "text", "plain"), [(fold, one.text, one.read) for fold in FOLDS for one in fold.examples]
)
def test_example_of_a_fold_is_read_as_told(book: Rulebook, fold: Fold, text: str, plain: str) -> None:
    assert read(book, text) == plain


@pytest.mark.parametrize(("fold", "text"), [(fold, text) for fold in FOLDS for text in fold.counter_examples])
def test_counter_example_of_a_fold_stays(book: Rulebook, fold: Fold, text: str) -> None:
    assert read(book, text) == text


SAME = [
    ("惠及居民 3.2 万户，新增泊位 60 个。", [("3.2 万户", "32000"), ("60 个", "60")]),
    ("惠及居民\u00a03.2\u00a0万户，新增泊位\u00a060\u00a0个。", [("3.2\u00a0万户", "32000"), ("60\u00a0个", "60")]),
    ("惠及居民３．２万户，新增泊位６０个。", [("３．２万户", "32000"), ("６０个", "60")]),
    ("惠及居民32 000户，新增泊位60个。", [("32 000户", "32000"), ("60个", "60")]),
    ("惠及居民32，000户，新增泊位60个。", [("32，000户", "32000"), ("60个", "60")]),
    ("惠及居民叁万贰仟户，新增泊位陆拾个。", [("叁万贰仟户", "32000"), ("陆拾个", "60")]),
    ("惠及居民3\u200b.2万户，新增泊位6\u200b0个。", [("3.2万户", "32000"), ("60个", "60")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), SAME)
def test_form_gives_the_values_of_the_plain_one_and_its_own_text(
    pipeline: Pipeline, text: str, figures: list[tuple[str, str]]
) -> None:
    found = pipeline.metrics(Document("稿", text))
    assert [(metric.text, f"{metric.value.normalize():f}") for metric in found] == figures
    plain = pipeline.metrics(Document("稿", "惠及居民3.2万户，新增泊位60个。"))
    assert [metric.object for metric in found] == [metric.object for metric in plain]
    assert all(text[metric.start : metric.end].replace("\u200b", "") == metric.text for metric in found)


def test_blank_beside_a_figure_stays_in_a_headline(book: Rulebook) -> None:
    assert read(book, "多措并举 60个项目开工") == "多措并举 60个项目开工"


def test_blanks_of_a_headline_go_where_the_whole_text_is_set_with_them(book: Rulebook) -> None:
    text = "前三季度新增 60 个泊位\n新增 60 个，惠及 32 户，增长 5 %。"
    view = Normaliser(book.characters, book.folding).view(text)
    assert view.read_line("前三季度新增 60 个泊位", 0)[0] == "前三季度新增60个泊位"


def test_line_that_tells_source_and_date_keeps_its_blanks(book: Rulebook) -> None:
    text = "来源：某市统计局 2025-10-28 阅读：30 次"
    assert read(book, text) == text
