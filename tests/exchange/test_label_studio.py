"""Gold to Label Studio and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from made import metric_in

from extract.errors import InputError
from extract.evaluation.gold import read_gold_folder
from extract.exchange import labelling_config, read_tasks, task_of
from extract.exchange.label_studio import CHOICES, TEXT_FIELDS
from extract.model.document import Document
from extract.model.record import GOLD_COLUMNS, Metric, to_row

CORPUS = Path(__file__).parents[2] / "corpus"
TEXT = "𠮷林片区改造60个，\r\n惠及3万至5万户，<b>=1+1</b>。"


def gold_row(metric: Metric) -> dict[str, str | int]:
    return {name: to_row(metric)[name] for name in GOLD_COLUMNS}


def reading(tasks: Any, tmp_path: Path) -> tuple[list[list[dict[str, str | int]]], list[str], list[str]]:
    """Return the rows of each document that an export holds, their texts, and the faults."""
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    documents, faults = read_tasks(path)
    rows = [[gold_row(record) for record in document.records] for document in documents]
    return (
        rows,
        [document.document.text for document in documents],
        [str(fault).replace(str(path), "") for fault in faults],
    )


def test_corpus_comes_back_row_by_row(tmp_path: Path) -> None:
    documents, _ = read_gold_folder(CORPUS)
    tasks = [task_of(gold.document, gold.records, "annotations") for gold in documents]
    rows, texts, faults = reading(tasks, tmp_path)
    assert faults == []
    assert texts == [gold.document.text for gold in documents]
    assert rows == [[gold_row(record) for record in gold.records] for gold in documents]


def made_task() -> tuple[dict[str, Any], list[dict[str, str | int]]]:
    ranged = metric_in(TEXT, "3万至5万户", "30000", "户", high="50000")
    overlapping = metric_in(TEXT, "5万户", "50000", "户", predicate="=1+1", area="", period="")
    records = [metric_in(TEXT, "60个", "60", "个", object="𠮷林片区"), ranged, overlapping]
    return task_of(Document("稿", TEXT), records, "annotations"), [gold_row(record) for record in records]


def test_ranges_overlaps_astral_characters_and_line_ends_come_back(tmp_path: Path) -> None:
    task, expected = made_task()
    rows, texts, faults = reading([task], tmp_path)
    assert (rows, texts, faults) == ([expected], [TEXT], [])


def test_several_answers_come_back(tmp_path: Path) -> None:
    answers = {"object": "游客|", "predicate": "|接待", "area": "甲区|乙区", "period": "2024|2025", "base": "同比|上年"}
    records = [metric_in(TEXT, "60个", "60", "个", **answers)]
    rows, _, faults = reading([task_of(Document("稿", TEXT), records, "annotations")], tmp_path)
    assert (rows, faults) == ([[gold_row(record) for record in records]], [])


def test_bar_in_a_unit_is_named_and_the_record_left_out(tmp_path: Path) -> None:
    task = task_of(Document("稿", TEXT), [metric_in(TEXT, "60个", "60", "个|处")], "annotations")
    rows, _, (fault,) = reading([task], tmp_path)
    assert rows == [[]]
    assert "region r1: unit '个|处' holds |" in fault


def test_offsets_in_utf_16_units_are_understood(tmp_path: Path) -> None:
    task, expected = made_task()
    for item in task["annotations"][0]["result"]:
        item["value"]["start"] += 1
        item["value"]["end"] += 1
    rows, _, faults = reading([task], tmp_path)
    assert (rows, faults) == ([expected], [])


def changed(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    task, _ = made_task()
    change(task)
    return task


def field_of(region: str, name: str, kind: str, **value: Any) -> dict[str, Any]:
    """Return an item of a result that says something of a region."""
    return {"id": region, "from_name": name, "type": kind, "value": value}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda t: t["annotations"][0]["result"][0]["value"].update(start=900, end=905), "task 1: region r1"),
        (lambda t: t["annotations"][0]["result"][0]["value"].update(labels=["kind"]), "task 1: region r1"),
        (
            lambda t: t["annotations"][0]["result"][0].update(from_name="other"),
            "task 1: region r1: other of type labels",
        ),
        (lambda t: t["annotations"][0]["result"].append({"id": "r1", "type": "rating", "value": {}}), "region r1"),
        (lambda t: t["annotations"][0]["result"].append(7), "task 1: an item: is no item with a value"),
        (
            lambda t: t["annotations"][0]["result"].append(field_of("r9", "value", "number", number=7)),
            "r9: has no label",
        ),
        (
            lambda t: t["annotations"][0]["result"].append(field_of("r1", "value", "number", number=True)),
            "True is no number",
        ),
        (
            lambda t: t["annotations"][0]["result"].append(field_of("r1", "object", "textarea", text=["甲", "乙"])),
            "not one text",
        ),
        (lambda t: t["annotations"][0]["result"][0]["value"].update(start=True), "start True is no offset"),
        (lambda t: t["annotations"][0]["result"][0]["value"].update(start="一"), "start '一' is no offset"),
        (
            lambda t: t["annotations"][0]["result"][0]["value"].update(text="别的字"),
            "its text is '别的字', but the task has",
        ),
    ],
)
def test_what_is_not_understood_is_named_and_the_rest_is_kept(change: Any, fault: str, tmp_path: Path) -> None:
    rows, _, faults = reading([changed(change)], tmp_path)
    assert any(fault in told for told in faults)
    assert len(rows[0]) >= 2


@pytest.mark.parametrize(
    ("task", "fault"),
    [
        ({"data": {}}, "has no data.text"),
        ([], "has no data.text"),
        ({"data": {"text": TEXT, "doc": "../稿"}, "annotations": [{"result": []}]}, "cannot be the name of a file"),
        ({"data": {"text": TEXT, "doc": "稿"}, "predictions": [{"result": []}]}, "its predictions are no gold"),
        ({"data": {"text": TEXT, "doc": "稿"}, "annotations": [{"result": 7}]}, "its annotation has no result"),
        ({"data": {"text": " \n"}, "annotations": [{"result": []}]}, "data.text is no text"),
    ],
)
def test_task_that_is_no_gold_is_named_and_the_others_are_kept(task: Any, fault: str, tmp_path: Path) -> None:
    good, expected = made_task()
    rows, _, faults = reading([task, good], tmp_path)
    assert rows == [expected]
    assert len(faults) == 1
    assert "task 1" in faults[0]
    assert fault in faults[0]


def test_last_annotation_that_was_not_cancelled_is_taken(tmp_path: Path) -> None:
    task, expected = made_task()
    task["annotations"] = [{"result": []}, *task["annotations"], {"result": [], "was_cancelled": True}]
    rows, _, faults = reading([task], tmp_path)
    assert rows == [expected]
    assert "has 2 annotations; the last is taken" in faults[0]


@pytest.mark.parametrize("content", ["{", '{"data": 1}', "[" * 100_000])
def test_file_that_is_no_export_is_an_error(content: str, tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"export\.json"):
        read_tasks(path)


def test_second_task_of_a_document_is_told_and_the_first_is_taken(tmp_path: Path) -> None:
    task, expected = made_task()
    rows, _, faults = reading([task, task], tmp_path)
    assert rows == [expected]
    assert "a second task of the document" in faults[0]


def test_export_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_tasks(tmp_path / "export.json")


def test_predictions_name_their_maker() -> None:
    task = task_of(Document("稿", TEXT), [metric_in(TEXT, "60个", "60", "个")], "predictions", "program")
    assert task["predictions"][0]["model_version"] == "program"
    assert "annotations" not in task


def test_configuration_names_every_field_of_a_task() -> None:
    config = ET.fromstring(labelling_config())
    names = {element.get("name") for element in config.iter()} - {None}
    task, _ = made_task()
    assert {item["from_name"] for item in task["annotations"][0]["result"]} <= names
    assert {"kind", "text", *TEXT_FIELDS, *CHOICES} == names
