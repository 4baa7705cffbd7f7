"""Gold of a document whose review has not been finished."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made import metric_in, write_gold

from extract.errors import InputError
from extract.evaluation.gold import read_gold_folder
from extract.evaluation.unfinished import PROGRESS_NAME, Unfinished, read_unfinished, text_digest

TEXT = "新增床位60张，惠及3万户。"


def reviewed(folder: Path, text: str = TEXT, **changes: Any) -> Path:
    """Write a document with gold and a review of it, half done unless told otherwise, and return the folder."""
    write_gold(folder, "稿", TEXT, [metric_in(TEXT, "60张", "60", "张")])
    entry = {
        "text": text_digest(text),
        "proposes": True,
        "accepted": [[4, 7]],
        "rejected": [],
        "total": 2,
        "done": False,
    }
    (folder / PROGRESS_NAME).write_text(json.dumps({"documents": {"稿": entry | changes}}), "utf-8")
    return folder


def test_half_reviewed_document_is_told_and_left_out(tmp_path: Path) -> None:
    write_gold(tmp_path, "全", TEXT, [])
    documents, (fault,) = read_gold_folder(reviewed(tmp_path))
    assert [document.name for document in documents] == ["全"]
    assert fault.problem == "its review is not finished: 1 of 2 records decided"


def test_finished_document_is_read(tmp_path: Path) -> None:
    documents, faults = read_gold_folder(reviewed(tmp_path, done=True))
    assert ([document.name for document in documents], faults) == (["稿"], [])


def test_review_of_another_text_does_not_count(tmp_path: Path) -> None:
    documents, faults = read_gold_folder(reviewed(tmp_path, text=f"{TEXT}新"))
    assert (len(documents), faults) == (1, [])


def test_unfinished_documents_come_with_what_is_decided(tmp_path: Path) -> None:
    assert read_unfinished(reviewed(tmp_path, rejected=[[10, 13]])) == {"稿": Unfinished(text_digest(TEXT), 2, 2)}


def test_folder_without_review_has_nothing_unfinished(tmp_path: Path) -> None:
    assert read_unfinished(tmp_path) == {}


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"documents": []}', '{"documents": {"稿": {}}}', '{"documents": {"稿": 1}}']
)
def test_file_that_no_review_leaves_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / PROGRESS_NAME).write_text(content, "utf-8")
    with pytest.raises(InputError, match="is not what a review leaves"):
        read_unfinished(tmp_path)
