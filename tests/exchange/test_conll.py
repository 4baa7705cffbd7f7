"""Records as CoNLL columns."""

from __future__ import annotations

from pathlib import Path

from made import metric_in

from extract.evaluation.gold import read_gold_folder
from extract.exchange import conll_lines
from extract.model.document import Document
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline

CORPUS = Path(__file__).parents[2] / "corpus"


def lines_of(pipeline: Pipeline, text: str, records: list[Metric], name: str = "稿") -> list[str]:
    document = Document(name, text)
    sentences = [s for found in pipeline.extract(document).articles for s in found.article.sentences]
    return list(conll_lines(document, records, sentences))


def test_characters_of_a_record_are_tagged_with_its_kind(pipeline: Pipeline) -> None:
    text = "完成60个。"
    assert lines_of(pipeline, text, [metric_in(text, "60个", "60", "个")]) == [
        "-DOCSTART- 稿 O", "", "完 0 O", "成 1 O", "6 2 B-level", "0 3 I-level", "个 4 I-level", "。 5 O", "",
    ]  # fmt: skip


def test_touching_records_begin_anew(pipeline: Pipeline) -> None:
    text = "完成3件4项。"
    lines = lines_of(pipeline, text, [metric_in(text, "3件", "3", "件"), metric_in(text, "4项", "4", "项")])
    assert [line.split(" ")[2] for line in lines[4:8]] == ["B-level", "I-level", "B-level", "I-level"]


def test_longest_of_overlapping_records_is_tagged(pipeline: Pipeline) -> None:
    text = "惠及3万至5万户。"
    lines = lines_of(pipeline, text, [metric_in(text, "5万户", "5", "户"), metric_in(text, "3万至5万户", "3", "户")])
    assert sum(line.endswith("B-level") for line in lines) == 1
    assert sum(line.endswith("I-level") for line in lines) == 5


def test_blanks_and_hidden_characters_break_no_column(pipeline: Pipeline) -> None:
    text = "完成 \u3000改造\u200b\x0060个，\t新增𠮷\r\n5家。"
    lines = lines_of(pipeline, text, [], "a b\tc")
    assert lines[0] == "-DOCSTART- a_b_c O"
    columns = [line.split(" ") for line in lines[1:] if line]
    assert all(len(row) == 3 and len(row[0]) == 1 and text[int(row[1])] == row[0] for row in columns)
    assert "".join(row[0] for row in columns) == "完成改造60个，新增𠮷5家。"


def test_every_character_that_is_seen_comes_once_and_every_record_of_the_corpus_is_tagged(pipeline: Pipeline) -> None:
    documents, _ = read_gold_folder(CORPUS)
    for gold in documents:
        lines = lines_of(pipeline, gold.document.text, list(gold.records))
        rows = [line.split(" ") for line in lines[1:] if line]
        assert [row[0] for row in rows] == [char for char in gold.document.text if char.split()]
        assert sum(row[2].startswith("B-") for row in rows) == len(gold.records)


def test_sentences_are_parted_by_an_empty_line(pipeline: Pipeline) -> None:
    lines = lines_of(pipeline, "完成60个。新增5家。", [])
    assert lines.count("") == 3
