"""How far a review has come stands in a file of the folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.errors import InputError
from extract.review.progress import PROGRESS_NAME, Entry, Progress, Taker

ENTRY = Entry("摘要", True, ((1, 2),), ((3, 4), (5, 6)), 5, False)


def test_entry_is_read_back(tmp_path: Path) -> None:
    Progress(tmp_path).put("稿", ENTRY)
    assert Progress(tmp_path).entries() == {"稿": ENTRY}


def test_decided_are_accepted_and_rejected_ones() -> None:
    assert ENTRY.decided == 3


def test_entry_can_be_taken_away(tmp_path: Path) -> None:
    progress = Progress(tmp_path)
    progress.put("稿", ENTRY)
    progress.put("稿", None)
    assert progress.entries() == {}


def test_what_others_wrote_into_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / PROGRESS_NAME).write_text('{"documents": {}, "note": "他人"}', "utf-8")
    Progress(tmp_path).put("稿", ENTRY)
    assert json.loads((tmp_path / PROGRESS_NAME).read_text("utf-8"))["note"] == "他人"


@pytest.mark.parametrize("content", ["{", "[]", '{"documents": 1}', '{"documents": {"稿": {}}}', "[" * 100_000])
def test_file_that_is_none_of_ours_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / PROGRESS_NAME).write_text(content, "utf-8")
    with pytest.raises(InputError, match="move it away"):
        Progress(tmp_path)


def test_span_is_taken_as_often_as_it_is_there() -> None:
    taker = Taker(((1, 2), (1, 2)))
    assert [taker.take((1, 2)) for _ in range(3)] == [True, True, False]
