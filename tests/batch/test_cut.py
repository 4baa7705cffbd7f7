"""Cutting inputs into tasks."""

from __future__ import annotations

import json
from pathlib import Path

import twins

from extract.batch import Inputs
from extract.batch.task import File, Row, Task
from extract.errors import InputError
from extract.read import BatchColumns


def tasks(path: Path, published: str = "", max_size: int = 1_000_000) -> list[Task]:
    """Return the tasks of a file."""
    return list(Inputs([path], BatchColumns(), published, max_size).tasks(path))


def batch(folder: Path, *texts: str) -> Path:
    """Write a batch and return it."""
    return twins.saved(folder, "批.jsonl", "\n".join(json.dumps({"text": text}) for text in texts).encode())


def test_document_file_is_one_task_with_its_bytes(tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "稿.txt", "新增60个".encode("gb18030"))
    assert tasks(path) == [Task((File(path, "新增60个".encode("gb18030")),))]


def test_slices_hold_all_rows_in_order_with_their_numbers(tmp_path: Path) -> None:
    found = tasks(batch(tmp_path, *(f"新增{n}个" for n in range(600))))
    assert [len(task.items) for task in found] == [256, 256, 88]
    rows = [item for task in found for item in task.items if isinstance(item, Row)]
    assert [row.number for row in rows] == list(range(1, 601))
    assert [row.document.text for row in rows] == [f"新增{n}个" for n in range(600)]


def test_slices_of_long_texts_are_short(tmp_path: Path) -> None:
    found = tasks(batch(tmp_path, *["长" * 30_000] * 7))
    assert [len(task.items) for task in found] == [3, 3, 1]


def test_fault_stands_where_its_row_would(tmp_path: Path) -> None:
    (task,) = tasks(batch(tmp_path, "新增60个", " ", "改造7户"))
    assert [type(item) for item in task.items] == [Row, InputError, Row]


def test_what_cannot_be_read_is_a_task_of_one_fault(tmp_path: Path) -> None:
    for name in ("没有.txt", "没有.csv"):
        (task,) = tasks(tmp_path / name)
        assert [str(item) for item in task.items] == [f"{tmp_path / name}: no such file"]


def test_date_from_outside_is_that_of_every_row(tmp_path: Path) -> None:
    (task,) = tasks(batch(tmp_path, "新增60个"), "2025-11-20")
    assert [item.document.published for item in task.items if isinstance(item, Row)] == ["2025-11-20"]
