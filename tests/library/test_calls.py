"""extract.metrics, extract.read and extract.pipe: what a caller may give, and what it is told when that is wrong."""

from __future__ import annotations

import datetime
import logging
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import extract

TEXT = "海门区今年新增停车位350个，新建公厕8座。"


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Return a file with a text of two figures."""
    path = tmp_path / "通稿.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_path_is_read_and_names_the_document(release: Path) -> None:
    assert [(one.text, one.doc) for one in extract.metrics(release)] == [("350个", "通稿"), ("8座", "通稿")]


def test_document_is_taken_as_it_is() -> None:
    assert [one.doc for one in extract.metrics(extract.Document("甲", TEXT))] == ["甲", "甲"]


def test_what_is_given_beside_a_document_goes_before_what_it_has() -> None:
    document = extract.Document("甲", "全区今年新增停车位350个。", "2023-01-01", area="海门区")
    (found,) = extract.metrics(document, published="2024-05-01", doc="乙")
    assert (found.doc, found.period, found.area) == ("乙", "2024", "海门区")


@pytest.mark.parametrize(
    "date",
    [
        "2024-05-06",
        "2024/5/6",
        "20240506",
        "2024年5月6日",
        datetime.date(2024, 5, 6),
        datetime.datetime(2024, 5, 6, 8, 30),
        pd.Timestamp("2024-05-06"),
        np.datetime64("2024-05-06"),
    ],
    ids=str,
)
def test_date_may_be_of_many_types(date: object) -> None:
    assert {one.published for one in extract.metrics(TEXT, published=date)} == {"2024-05-06"}


@pytest.mark.parametrize("date", ["1837-07-15", "1899-12-31", " 2101-01-01 ", datetime.date(1837, 7, 15)], ids=str)
def test_date_in_iso_may_be_of_any_year(date: object) -> None:
    assert {one.published for one in extract.metrics(TEXT, published=date)} == {str(date).strip()}


@pytest.mark.parametrize("date", [None, "", " ", math.nan, pd.NaT, pd.NA], ids=repr)
def test_missing_date_is_unknown(date: object) -> None:
    assert {one.period for one in extract.metrics(TEXT, published=date)} == {""}


@pytest.mark.parametrize("date", ["yesterday", "2024-13-01", "1837-02-30", "1837/07/15", 5, "05-06"])
def test_wrong_date_is_an_input_error(date: object) -> None:
    with pytest.raises(extract.InputError, match=r"^published: .* is no date; write it as 2025-11-20$"):
        extract.metrics(TEXT, published=date)


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA])
def test_missing_text_has_no_metrics(missing: object) -> None:
    assert extract.metrics(missing) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("wrong", "told"), [
    (3, "is of type int"), (b"x", "is of type bytes"), ([TEXT], "extract.pipe takes many texts"),
    (pd.Series([TEXT]), "extract.pipe takes many texts"),
], ids=["int", "bytes", "list", "series"])  # fmt: skip
def test_what_is_no_text_is_an_input_error(wrong: object, told: str) -> None:
    with pytest.raises(extract.InputError, match=told):
        extract.metrics(wrong)  # type: ignore[arg-type]


def test_name_of_a_file_as_a_text_is_an_input_error(release: Path) -> None:
    with pytest.raises(extract.InputError, match=r"is the name of a file; give pathlib\.Path"):
        extract.metrics(str(release))


def test_name_of_no_file_as_a_text_is_an_input_error() -> None:
    with pytest.raises(extract.InputError, match="is no text, and no such file"):
        extract.metrics("in/a.txt")


def test_sentence_that_ends_like_a_file_name_is_a_text() -> None:
    assert [one.text for one in extract.metrics("今年新增停车位350个，详见附件.docx")] == ["350个"]


def test_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(extract.InputError, match="no such file"):
        extract.metrics(tmp_path / "a.txt")


def test_batch_is_an_input_error_that_says_where_it_goes(tmp_path: Path) -> None:
    with pytest.raises(extract.InputError, match=r"holds many texts; give its rows to extract\.frame"):
        extract.metrics(tmp_path / "a.csv")


def test_read_gives_a_file_as_a_document(release: Path) -> None:
    document = extract.read(str(release), published=datetime.date(2024, 5, 6))
    assert (document.name, document.text, document.published) == ("通稿", TEXT, "2024-05-06")


def test_read_is_still_a_function_when_the_package_of_that_name_is_imported() -> None:
    from extract.read.inputs import read_document

    assert callable(extract.read)
    assert extract.read is not read_document


def test_pipeline_takes_a_text_and_a_folder_by_name(tmp_path: Path) -> None:
    assert len(extract.Pipeline(str(tmp_path)).metrics(TEXT)) == 2


def test_rules_of_a_pipeline_of_ones_own_count(pipeline: extract.Pipeline) -> None:
    assert extract.metrics(TEXT, pipeline=pipeline) == extract.metrics(TEXT)


def test_values_have_no_padding_zeros() -> None:
    found = extract.metrics("惠及居民3.2万户，投资1.50亿元，完成率98.60%。")
    assert [str(one.value) for one in found] == ["32000", "150000000", "98.6"]


def test_each_text_of_a_pipe_has_its_own_metrics_in_order() -> None:
    found = list(extract.pipe([TEXT, None, "没有数字。", extract.Document("丙", "新建公厕8座。")]))  # type: ignore[list-item]
    assert [len(metrics) for metrics in found] == [2, 0, 0, 1]
    assert found[3].document.name == "丙"


def test_pipe_reads_no_further_than_it_is_asked() -> None:
    asked: list[int] = []

    def texts() -> Iterator[str]:
        for number in range(100):
            asked.append(number)
            yield TEXT

    next(extract.pipe(texts()))
    assert asked == [0]


def test_processes_give_the_same_in_the_same_order() -> None:
    texts = [f"海门区今年新增停车位{number}个。" for number in range(2, 80)]
    assert list(extract.pipe(texts, n_process=2, published="2024-05-06")) == list(
        extract.pipe(texts, published="2024-05-06")
    )


def test_wrong_text_of_a_pipe_is_told_with_its_number() -> None:
    with pytest.raises(extract.InputError, match="^text 2: text: is of type int"):
        list(extract.pipe([TEXT, 5]))  # type: ignore[list-item]


def test_one_text_is_no_pipe() -> None:
    with pytest.raises(extract.InputError, match="is one text"):
        list(extract.pipe(TEXT))


def test_pipeline_of_ones_own_cannot_go_to_other_processes(pipeline: extract.Pipeline) -> None:
    with pytest.raises(extract.InputError, match="n_process"):
        extract.pipe([TEXT], n_process=2, pipeline=pipeline)


def test_what_is_done_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "extract"):
        extract.metrics(TEXT, doc="通稿")
    assert "通稿: 22 characters, 2 metrics" in caplog.text
