"""Properties of the records of every text, and of readers whatever they are given."""

from __future__ import annotations

import gzip
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from torture.properties import faults, figures, other_line_ends
from torture.shapes import PIECES

from extract.errors import InputError
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.read import BatchColumns, parse_document, read_batch

SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)

pieces = some.sampled_from([*PIECES.values()])
noise = some.text(max_size=6)
texts = some.lists(some.one_of(pieces, pieces, pieces, noise), min_size=1, max_size=40).map("".join)
dates = some.sampled_from(["", "2025-11-20", "2024-02-29", "1999-01-01"])
paragraphs = some.sampled_from(
    [
        "2024年，全市新建学校7所，改造小区60个。",
        "今年前三季度，全区实现生产总值1081.5亿元，同比增长5.8%。",
        "截至9月底，累计发放补贴3.2万户。",
        "其中，新增床位1.2万张，占比12.5%。",
        "计划到2030年建成公园20座以上。",
    ]
)


@SETTINGS
@given(text=texts, published=dates)
def test_records_of_any_text_are_sound(text: str, published: str, pipeline: Pipeline) -> None:
    assert list(faults(pipeline.extract(Document("稿", text, published)))) == []


@SETTINGS
@given(text=texts)
def test_records_do_not_depend_on_texts_before(text: str, pipeline: Pipeline) -> None:
    first = figures(pipeline, text)
    figures(pipeline, "2019年，上海市新建学校7所。")
    assert figures(pipeline, text) == first


@SETTINGS
@given(lines=some.lists(paragraphs, min_size=1, max_size=5), end=some.sampled_from(["\r", "\r\n"]))
def test_line_ends_change_nothing_but_places(lines: list[str], end: str, pipeline: Pipeline) -> None:
    text = "\n".join(lines)
    other, places = other_line_ends(text, end)
    moved = [(places[start], *told) for start, *told in figures(pipeline, text)]
    assert figures(pipeline, other) == moved


@SETTINGS
@given(before=some.lists(paragraphs, min_size=1, max_size=3), behind=some.lists(paragraphs, max_size=3))
def test_paragraph_without_figures_changes_no_figure_beside_it(
    before: list[str], behind: list[str], pipeline: Pipeline
) -> None:
    head, tail = "\n".join(before), "".join(f"\n{line}" for line in behind)
    inserted = "\n大家一起唱歌。"
    plain = figures(pipeline, head + tail)
    moved = [(start + (len(inserted) if start >= len(head) else 0), *told) for start, *told in plain]
    assert figures(pipeline, head + inserted + tail) == moved


@SETTINGS
@given(data=some.binary(max_size=400))
@pytest.mark.parametrize("name", ["稿.txt", "稿.md", "稿.html", "稿.docx"])
def test_reader_of_any_bytes_raises_nothing_but_input_errors(name: str, data: bytes) -> None:
    heads = {"稿.html": b"<html>", "稿.docx": b"PK\x03\x04"}
    try:
        parse_document(Path(name), heads.get(name, b"") + data)
    except InputError as fault:
        assert str(fault).isprintable() or "\u3000" in str(fault)


@SETTINGS
@given(
    data=some.one_of(some.binary(max_size=400), some.text('id,text"\n\r5个{}[]:\\\x00', max_size=200).map(str.encode))
)
@pytest.mark.parametrize("name", ["批.csv", "批.jsonl", "批.tsv", "批.parquet", "批.csv.gz", "批.jsonl.gz"])
def test_batch_of_any_bytes_raises_nothing_but_input_errors(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    whole = gzip.compress(data)
    for content in (data, whole, whole[: len(whole) // 2], whole[:-9] + bytes(9)) if name.endswith(".gz") else (data,):
        path.write_bytes(content)
        try:
            rows = list(read_batch(path, BatchColumns(), 100))
        except InputError:
            continue
        assert all(isinstance(row, Document | InputError) for _, row in rows)


@SETTINGS
@given(rows=some.lists(some.text(min_size=1, max_size=30), min_size=1, max_size=6))
def test_rows_of_csv_that_python_writes_are_read_as_they_are(rows: list[str], tmp_path: Path) -> None:
    import csv
    import io

    text = io.StringIO(newline="")
    wanted = [row.replace("\0", "") for row in rows if row.replace("\0", "").strip() and row.isprintable()]
    csv.writer(text).writerows([["text"], *([row] for row in wanted)])
    path = tmp_path / "批.csv"
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    if wanted:
        found = [row.text for _, row in read_batch(path, BatchColumns(), 100) if isinstance(row, Document)]
        assert found == wanted
