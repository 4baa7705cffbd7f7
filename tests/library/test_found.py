"""The list of a text's metrics: a list, JSON, a data frame, and what a notebook shows of it."""

from __future__ import annotations

import copy
import json
import pickle

import extract

TEXT = "海门区新增停车位350个，<b>新建公厕</b>8座，完成率98.6%。"


def test_metrics_are_a_list() -> None:
    found = extract.metrics(TEXT)
    assert found == list(found)
    assert isinstance(found, list)


def test_slice_keeps_the_document() -> None:
    found = extract.metrics(TEXT)[1:]
    assert isinstance(found, extract.Metrics)
    assert found.document.text == TEXT
    assert len(found) == 2


def test_metrics_survive_pickle_and_copy() -> None:
    found = extract.metrics(TEXT)
    for again in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found)):
        assert again == found
        assert again.document == found.document


def test_json_has_numbers_and_chinese_as_they_are() -> None:
    text = extract.metrics(TEXT).to_json()
    assert "停车位" in text
    assert [one["value"] for one in json.loads(text)] == [350, 8, 98.6]


def test_metric_as_plain_values_has_every_column() -> None:
    first = extract.metrics(TEXT)[0]
    plain = first.to_dict()
    assert list(plain) == list(extract.to_frame([]).columns)
    assert (plain["value"], plain["value_high"], plain["id"]) == (350, None, first.id)
    assert plain["evidence"][0]["field"] == "object"


def test_frame_has_a_row_for_each() -> None:
    assert list(extract.metrics(TEXT).to_frame()["text"]) == ["350个", "8座", "98.6%"]


def test_notebook_shows_the_text_with_its_figures_marked() -> None:
    page = extract.metrics(TEXT)._repr_html_()
    assert page.count("<mark") == 3
    assert ">350个</mark>" in page
    assert "停车位" in page


def test_notebook_runs_nothing_of_the_text() -> None:
    page = extract.metrics("<script>x</script>新增停车位350个。")._repr_html_()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_notebook_shows_a_metric_without_what_is_empty() -> None:
    page = extract.metrics(TEXT)[0]._repr_html_()
    assert "<th>value</th><td>350</td>" in page
    assert "base" not in page


def test_notebook_cuts_a_long_text_and_a_long_table() -> None:
    page = extract.metrics("新增停车位350个。" * 3000)._repr_html_()
    assert len(page) < 700_000
    assert "… 2,800 more" in page
