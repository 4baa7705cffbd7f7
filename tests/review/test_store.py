"""A folder under review on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import InputError
from extract.model.record import GOLD_COLUMNS
from extract.pipeline.pipeline import Pipeline
from extract.review import store
from extract.review.progress import PROGRESS_NAME
from extract.review.state import ReviewError
from extract.review.store import ReviewFolder, Session

HEADER = ",".join(GOLD_COLUMNS)


@pytest.fixture
def review(folder: Path, pipeline: Pipeline) -> ReviewFolder:
    return ReviewFolder(folder, pipeline)


def accept_all(session: Session) -> None:
    session.decide(session.version, lambda desk, state: desk.accept_rest(state))


def reject_first(session: Session) -> None:
    key = next(item.key for item in session.state.items if item.metric)
    session.decide(session.version, lambda desk, state: desk.reject(state, key))


def test_opening_writes_nothing(review: ReviewFolder, folder: Path) -> None:
    review.open("甲")
    assert sorted(path.name for path in folder.iterdir()) == ["=乙.txt", "甲.txt"]


def test_decision_is_on_the_disk_at_once(review: ReviewFolder, folder: Path) -> None:
    accept_all(review.open("甲"))
    content = (folder / "甲.gold.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf" + HEADER.encode())
    assert "60个" in content.decode()


def test_failed_save_leaves_file_and_state_as_they_were(
    review: ReviewFolder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = review.open("甲")
    accept_all(session)
    before, state = (folder / "甲.gold.csv").read_bytes(), session.state

    def fail(data: bytes, path: Path) -> None:
        raise InputError(str(path), "cannot be written")

    monkeypatch.setattr(store, "write_bytes", fail)
    with pytest.raises(InputError):
        reject_first(session)
    assert (folder / "甲.gold.csv").read_bytes() == before
    assert session.state == state
    assert sorted(path.suffix for path in folder.iterdir() if "甲" in path.name) == [".csv", ".txt"]


def test_undo_takes_the_file_back_too(review: ReviewFolder, folder: Path) -> None:
    session = review.open("甲")
    accept_all(session)
    before = (folder / "甲.gold.csv").read_bytes()
    reject_first(session)
    session.undo(session.version)
    assert (folder / "甲.gold.csv").read_bytes() == before


def test_undo_of_the_first_decision_removes_the_file(review: ReviewFolder, folder: Path) -> None:
    session = review.open("甲")
    accept_all(session)
    session.undo(session.version)
    assert not (folder / "甲.gold.csv").exists()


def test_redo_makes_the_decision_again(review: ReviewFolder, folder: Path) -> None:
    session = review.open("甲")
    accept_all(session)
    before = (folder / "甲.gold.csv").read_bytes()
    session.undo(session.version)
    session.redo(session.version)
    assert (folder / "甲.gold.csv").read_bytes() == before
    assert not session.can_redo


def test_new_decision_ends_redo(review: ReviewFolder) -> None:
    session = review.open("甲")
    accept_all(session)
    session.undo(session.version)
    reject_first(session)
    assert not session.can_redo


def test_there_is_nothing_to_undo_at_first(review: ReviewFolder) -> None:
    session = review.open("甲")
    with pytest.raises(ReviewError) as error:
        session.undo(session.version)
    assert error.value.code == "nothing"


def test_decision_on_an_older_state_is_refused(review: ReviewFolder) -> None:
    session = review.open("甲")
    old = session.version
    accept_all(session)
    with pytest.raises(ReviewError) as error:
        session.undo(old)
    assert error.value.code == "stale"


@pytest.mark.parametrize("name", ["甲.gold.csv", "甲.txt"])
def test_change_by_another_program_is_not_overwritten(review: ReviewFolder, folder: Path, name: str) -> None:
    session = review.open("甲")
    accept_all(session)
    theirs = (folder / name).read_bytes() + b"\n"
    (folder / name).write_bytes(theirs)
    with pytest.raises(ReviewError) as error:
        reject_first(session)
    assert error.value.code == "disk"
    assert (folder / name).read_bytes() == theirs


def test_changed_gold_is_read_again_when_opened(review: ReviewFolder, folder: Path) -> None:
    accept_all(review.open("甲"))
    (folder / "甲.gold.csv").write_text(f"{HEADER}\n", "utf-8")
    assert [item for item in review.open("甲").state.items if item.origin == "gold"] == []


def test_rows_of_others_survive_decisions_byte_by_byte(folder: Path, pipeline: Pipeline) -> None:
    start = (folder / "甲.txt").read_text("utf-8").index("60个")
    record = f"{start},{start + 3},60个,60,,个,exact,level,改造,完成,,,,actual"
    foreign = [b'"?","not ours",\n', b"doc;other\r\n"]
    (folder / "甲.gold.csv").write_bytes(
        f"{HEADER},note\n".encode() + foreign[0] + f'{record},"="\n'.encode() + foreign[1]
    )
    session = ReviewFolder(folder, pipeline).open("甲")
    reject_first(session)
    left = (folder / "甲.gold.csv").read_bytes()
    assert left == f"{HEADER},note\n".encode() + b"".join(foreign)
    session.undo(session.version)
    assert f'{record},"="\n'.encode() in (folder / "甲.gold.csv").read_bytes()


def test_review_goes_on_where_it_stopped(review: ReviewFolder, folder: Path, pipeline: Pipeline) -> None:
    session = review.open("甲")
    reject_first(session)
    again = ReviewFolder(folder, pipeline).open("甲")
    statuses = [item.status for item in again.state.items]
    assert statuses.count("open") == sum(item.status == "open" for item in session.state.items)
    assert len([item for item in again.state.items if item.status == "open"]) == len(session.state.items) - 1


def test_gold_of_others_is_opened_without_proposals(folder: Path, pipeline: Pipeline) -> None:
    (folder / "甲.gold.csv").write_text(f"{HEADER}\n", "utf-8")
    assert ReviewFolder(folder, pipeline).open("甲").state.items == ()


def test_overview_counts_what_is_decided(review: ReviewFolder) -> None:
    session = review.open("甲")
    reject_first(session)
    entry = next(one for one in review.overview() if one["name"] == "甲")
    assert (entry["decided"], entry["total"], entry["done"]) == (1, len(session.state.items), False)


def test_overview_survives_a_restart(review: ReviewFolder, folder: Path, pipeline: Pipeline) -> None:
    session = review.open("甲")
    accept_all(session)
    session.decide(session.version, lambda desk, state: desk.finish(state))
    assert (folder / PROGRESS_NAME).exists()
    assert [one["done"] for one in ReviewFolder(folder, pipeline).overview()] == [False, True]


def test_offsets_count_code_points_in_a_text_with_cr_lf(review: ReviewFolder, folder: Path) -> None:
    accept_all(review.open("=乙"))
    text = (folder / "=乙.txt").read_bytes().decode()
    for item in review.open("=乙").state.items:
        assert item.metric
        assert text[item.metric.start : item.metric.end] == item.metric.text


@pytest.mark.parametrize("name", ["丙", "../甲", "/etc/passwd", ""])
def test_only_documents_of_the_folder_are_opened(review: ReviewFolder, name: str) -> None:
    with pytest.raises(ReviewError) as error:
        review.open(name)
    assert error.value.code == "document"


def test_folder_without_documents_is_refused(tmp_path: Path, pipeline: Pipeline) -> None:
    (tmp_path / "leer").mkdir()
    with pytest.raises(InputError, match="holds no"):
        ReviewFolder(tmp_path / "leer", pipeline)
