"""Every format scores as plain text does: the same release as Word, PDF, web page, in other encodings, in a batch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import twins

from extract.evaluation.gold import GoldDocument, read_gold_folder
from extract.evaluation.score import RECORD_FIELDS, Evaluation, evaluate
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.read import BatchColumns, read_batch, read_document

CORPUS = Path(__file__).parents[2] / "corpus"
NAMES = ("district-livelihood-jimei", "elderly-care-shanghai-putuo", "transport-guizhou-2024", "employment-zhengzhou")

FILES: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "docx": ("稿.docx", twins.make_docx),
    "html": ("稿.html", twins.make_html),
    "html-gb2312": ("稿.htm", lambda text: twins.make_html(text, "gb18030")),
    "markdown": ("稿.md", twins.make_markdown),
    "pdf": ("稿.pdf", twins.make_pdf),
    "utf-8-sig": ("稿.txt", lambda text: text.encode("utf-8-sig")),
    "utf-16": ("稿.txt", lambda text: text.encode("utf-16")),
    "utf-16-be": ("稿.txt", lambda text: text.encode("utf-16-be")),
    "gb18030": ("稿.txt", lambda text: text.encode("gb18030")),
    "crlf": ("稿.txt", lambda text: text.replace("\n", "\r\n").encode()),
}
ENCODINGS = {"html": "utf-8", "html-gb2312": "gb18030", "markdown": "utf-8", "crlf": "utf-8", "utf-16": "utf-16-le"}
BATCHES = {"csv": twins.make_csv, "jsonl": twins.make_jsonl, "parquet": twins.make_parquet}


@pytest.fixture(scope="module")
def gold() -> dict[str, GoldDocument]:
    """Return the releases of the corpus with their gold, by name."""
    return {document.name: document for document in read_gold_folder(CORPUS)[0]}


def scores(evaluation: Evaluation) -> dict[str, object]:
    """Return what was right of how many, for quantities, records and each field of a record."""
    fields = {name: evaluation.accuracy(name) for name in (*RECORD_FIELDS, "base", "predicate")}
    return {"quantity": evaluation.quantity, "record": evaluation.record, **fields}


def score(pipeline: Pipeline, document: Document, gold: GoldDocument, change: Callable[[str], str] = str) -> object:
    """Return the scores of `document`, which has the text of `gold` in another form."""
    records = twins.carried(gold.records, gold.document.text, document.text, change)
    return scores(evaluate([(gold.name, records, pipeline.metrics(document))]))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", FILES)
def test_file_of_another_format_scores_as_plain_text(
    kind: str, name: str, gold: dict[str, GoldDocument], pipeline: Pipeline, tmp_path: Path
) -> None:
    plain = gold[name]
    file, make = FILES[kind]
    document = read_document(twins.saved(tmp_path, file, make(plain.document.text)))
    assert score(pipeline, document, plain) == score(pipeline, plain.document, plain)


@pytest.mark.parametrize("kind", FILES)
def test_format_and_encoding_are_told(kind: str, gold: dict[str, GoldDocument], tmp_path: Path) -> None:
    file, make = FILES[kind]
    document = read_document(twins.saved(tmp_path, file, make(gold[NAMES[0]].document.text)))
    plain = kind if kind in ("docx", "markdown", "pdf") else "html" if "html" in kind else "text"
    encoding = ENCODINGS.get(kind, "" if kind in ("docx", "pdf") else kind)
    assert (document.format, document.encoding) == (plain, encoding)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", BATCHES)
def test_row_of_a_batch_scores_as_plain_text(
    kind: str, name: str, gold: dict[str, GoldDocument], pipeline: Pipeline, tmp_path: Path
) -> None:
    plain = gold[name]
    path = twins.saved(tmp_path, f"稿.{kind}", BATCHES[kind](plain.document.text))
    _, (_, document) = read_batch(path, BatchColumns(), 1_000_000)
    assert isinstance(document, Document)
    assert document.name == "a-2"
    assert score(pipeline, document, plain) == score(pipeline, plain.document, plain)


@pytest.mark.parametrize("encoding", ["utf-8", "big5"])
@pytest.mark.parametrize("name", NAMES)
def test_traditional_text_scores_as_simplified_text(
    encoding: str, name: str, gold: dict[str, GoldDocument], pipeline: Pipeline, tmp_path: Path
) -> None:
    plain = gold[name]
    text = twins.traditional(plain.document.text)
    document = read_document(twins.saved(tmp_path, "稿.txt", twins.narrowed(text, encoding)))
    assert document.encoding == encoding

    def change(words: str) -> str:
        return twins.narrowed(twins.traditional(words), encoding).decode(encoding)

    assert score(pipeline, document, plain, change) == score(pipeline, plain.document, plain)


@pytest.mark.parametrize("name", NAMES)
def test_words_of_a_traditional_text_are_given_as_it_writes_them(
    name: str, gold: dict[str, GoldDocument], pipeline: Pipeline
) -> None:
    text = twins.traditional(gold[name].document.text)
    for metric in pipeline.metrics(Document("稿", text)):
        assert metric.text == text[metric.start : metric.end]
        assert metric.object == twins.traditional(metric.object)
        assert metric.sentence in text.replace("\n", "")
