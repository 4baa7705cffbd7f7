"""Sentences as passages, cut at records."""

from __future__ import annotations

from pathlib import Path

import pytest
from torture.steps import steps

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.read import read_document
from extract.report.passages import Passage, Places, _cuts, passages

ROOT = Path(__file__).parents[2]


def passages_of(pipeline: Pipeline, document: Document) -> tuple[list[Passage], Places, list[str]]:
    extraction = pipeline.extract(document)
    places, shown = Places(), []
    records = dict(enumerate(extraction.metrics))
    for found in extraction.articles:
        own = {number: m for number, m in records.items() if m.article == found.article.number}
        shown += passages(found.article, document, own, len(shown), places)
    return shown, places, [metric.text for metric in extraction.metrics]


@pytest.mark.parametrize("path", sorted(ROOT.glob("corpus/*.txt")), ids=lambda path: path.stem)
def test_every_record_of_the_corpus_is_marked_once_with_its_own_words(pipeline: Pipeline, path: Path) -> None:
    shown, _, texts = passages_of(pipeline, read_document(path, ""))
    cuts = [cut for passage in shown for cut in passage.cuts if cut.record >= 0]
    marked = {number: "".join(cut.text for cut in cuts if cut.record == number) for number in range(len(texts))}
    assert marked == dict(enumerate(texts))
    assert sum(cut.begins for cut in cuts) == len(texts)


def test_no_text_of_a_sentence_is_lost(pipeline: Pipeline) -> None:
    text = "全区完成老旧小区改造60个，惠及居民3.2万户。\n其中新增床位1.2万张。"
    shown, _, _ = passages_of(pipeline, Document("稿", text))
    assert "".join(cut.text for passage in shown for cut in passage.cuts) == text.replace("\n", "")


def test_traditional_text_is_shown_as_it_is_written(pipeline: Pipeline) -> None:
    text = "全區完成老舊小區改造60個，惠及居民3.2萬戶，發放補貼1.5億元，學校12所。"
    shown, _, _ = passages_of(pipeline, Document("稿", text))
    assert "".join(cut.text for passage in shown for cut in passage.cuts) == text


def test_web_page_is_shown_without_its_markup(pipeline: Pipeline) -> None:
    path = next(iter(sorted((ROOT / "tests/fixtures/html").glob("*.html"))))
    shown, _, texts = passages_of(pipeline, read_document(path, ""))
    whole = "".join(cut.text for passage in shown for cut in passage.cuts)
    assert "<" not in whole
    assert texts
    assert sum(cut.begins for passage in shown for cut in passage.cuts) == len(texts)


def test_figure_of_a_cell_is_marked_in_what_the_cell_says(pipeline: Pipeline, tmp_path: Path) -> None:
    path = tmp_path / "表.md"
    path.write_text(
        "# 公报\n\n2024年情况如下。\n\n| 指标 | 总量（亿元） |\n| --- | --- |\n| 工业投资 | 87.2 |\n", "utf-8"
    )
    shown, _, texts = passages_of(pipeline, read_document(path, ""))
    assert texts == ["87.2"]
    assert [cut.text for passage in shown for cut in passage.cuts if cut.begins] == ["87.2"]


def test_places_count_as_scripts_do(pipeline: Pipeline) -> None:
    text = "𠮷林片区完成改造60个。"
    _, places, _ = passages_of(pipeline, Document("稿", text))
    start = text.index("60")
    assert places.spans(start, start + 3) == [(0, start + 1, start + 4)]


def test_what_is_not_shown_has_no_place(pipeline: Pipeline) -> None:
    _, places, _ = passages_of(pipeline, Document("稿", "完成改造60个。"))
    assert places.spans(100, 105) == []


def test_work_of_marking_grows_with_the_records(pipeline: Pipeline) -> None:
    def work(count: int) -> int:
        document = Document("稿", "".join(f"第{number}街道新增学校{number}所。" for number in range(10, 10 + count)))
        extraction = pipeline.extract(document)
        records = dict(enumerate(extraction.metrics))
        (found,) = extraction.articles
        return steps(lambda: list(passages(found.article, document, records, 0, Places())))

    assert work(200) < 2.5 * work(100)


def test_one_sentence_of_many_records_is_cut_in_time_that_grows_with_them() -> None:
    def work(count: int) -> int:
        return steps(lambda: list(_cuts("5" * count, [(place, place + 1, place) for place in range(count)])))

    assert work(400) < 2.5 * work(200)
