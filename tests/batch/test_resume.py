"""Runs that are stopped, and go on: nothing lost, nothing doubled, nothing done again without need."""

from __future__ import annotations

import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import cheap
import pytest
import twins
from cheap import Cheap, files_of, go, names, parts_of, pids, wait_for
from test_workers import jsonl, same

from extract.batch.output import Output
from extract.errors import InputError

ROWS = 2600
"""Ten slices and a piece."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a batch."""
    return jsonl(tmp_path / "批.jsonl", [f"新增{n}个，改造{n}户。" for n in range(ROWS)])


@pytest.fixture
def factory(tmp_path: Path) -> partial[Cheap]:
    """Return what makes the extractor of the runs that go to their end."""
    return partial(Cheap, tmp_path / "log")


def start(path: Path, tmp_path: Path, jobs: int, before: str = "") -> subprocess.Popen[bytes]:
    """Start a slow run in a process of its own, to the folder `out`, after the statement `before`."""
    here = Path(cheap.__file__).parent
    code = f"import sys; sys.path.insert(0, {str(here)!r}); import cheap; {before or 'pass'}; cheap.main()"
    arguments = [path, tmp_path / "out", tmp_path / "killed.log", "0.0005", jobs]
    return subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], stderr=subprocess.PIPE)


def alive(log: Path) -> list[int]:
    """Return the processes that were at work and still are there."""
    return [pid for pid in pids(log) if Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize(("jobs", "parts"), [(1, 1), (1, 7), (2, 1), (2, 3), (2, 8)])
def test_run_killed_at_any_moment_goes_on_to_the_same_bytes(
    path: Path, factory: partial[Cheap], jobs: int, parts: int, tmp_path: Path
) -> None:
    process = start(path, tmp_path, jobs)
    wait_for(lambda: len(parts_of(tmp_path / "out")) >= parts)
    process.kill()
    process.communicate()
    assert files_of(tmp_path / "out") == {}
    wait_for(lambda: not alive(tmp_path / "killed.log"))
    found = len(parts_of(tmp_path / "out"))
    resumed = go([path], tmp_path / "out", factory, resume=True)
    assert parts <= found <= 11
    assert len(names(tmp_path / "log")) <= ROWS - 256 * (parts - 1) - 40
    assert same(resumed, go([path], tmp_path / "whole", factory))


KILL = "os.kill(os.getpid(), signal.SIGKILL)"
DURING_ASSEMBLY = {
    "before": f"cheap.run.__globals__['Output'].finish = lambda self: {KILL}",
    "between": "import pathlib; replace = pathlib.Path.replace; pathlib.Path.replace = lambda self, target: "
    f"{KILL} if target.name == 'metrics.csv' else replace(self, target)",
    "after": f"cheap.run.__globals__['Store'].keep = lambda self, keys: {KILL}",
}


@pytest.mark.parametrize("moment", DURING_ASSEMBLY)
def test_run_killed_while_the_tables_take_their_places_goes_on_without_extracting_anything_again(
    path: Path, factory: partial[Cheap], moment: str, tmp_path: Path
) -> None:
    process = start(path, tmp_path, 1, f"import os, signal; {DURING_ASSEMBLY[moment]}")
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    resumed = go([path], tmp_path / "out", factory, resume=True)
    assert names(tmp_path / "log") == []
    assert same(resumed, go([path], tmp_path / "whole", factory))
    assert [found.name for found in (tmp_path / "out" / ".parts").iterdir() if found.suffix != ".part"] == []


def test_interrupted_run_leaves_no_process_and_no_table_but_what_it_has_done(
    path: Path, factory: partial[Cheap], tmp_path: Path
) -> None:
    process = start(path, tmp_path, 2)
    wait_for(lambda: len(parts_of(tmp_path / "out")) >= 2)
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode != 0
    assert alive(tmp_path / "killed.log") == []
    assert files_of(tmp_path / "out") == {}
    assert len(parts_of(tmp_path / "out")) >= 2


def test_second_run_reads_all_from_the_parts_of_the_first(path: Path, factory: partial[Cheap], tmp_path: Path) -> None:
    first = go([path], tmp_path / "out", factory, 2, resume=True)
    (tmp_path / "log").unlink()
    second = go([path], tmp_path / "out", factory, 2, resume=True)
    assert names(tmp_path / "log") == []
    assert same(first, second)


def test_only_what_has_changed_is_extracted_again(factory: partial[Cheap], tmp_path: Path) -> None:
    texts = {name: twins.saved(tmp_path, f"{name}.txt", f"{name}新增60个".encode()) for name in "甲乙丙"}
    go(list(texts.values()), tmp_path / "out", factory, resume=True)
    (tmp_path / "log").unlink()
    texts["乙"].write_text("改造7户", encoding="utf-8")
    changed = go(list(texts.values()), tmp_path / "out", factory, resume=True)
    assert names(tmp_path / "log") == ["乙"]
    assert same(changed, go(list(texts.values()), tmp_path / "new", factory))
    assert len(parts_of(tmp_path / "out")) == 3


def test_other_rules_make_everything_new(path: Path, factory: partial[Cheap], tmp_path: Path) -> None:
    go([path], tmp_path / "out", factory, resume=True, rules="old")
    (tmp_path / "log").unlink()
    go([path], tmp_path / "out", factory, resume=True, rules="new")
    assert len(names(tmp_path / "log")) == ROWS
    assert len(parts_of(tmp_path / "out")) == 11


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: b"", lambda data: data[:60] + b"x" + data[61:]])
def test_part_that_is_not_whole_is_made_again(
    path: Path, factory: partial[Cheap], spoil: object, tmp_path: Path
) -> None:
    assert callable(spoil)
    first = go([path], tmp_path / "out", factory, resume=True)
    (tmp_path / "log").unlink()
    spoilt = parts_of(tmp_path / "out")[4]
    spoilt.write_bytes(spoil(spoilt.read_bytes()))
    assert same(go([path], tmp_path / "out", factory, resume=True), first)
    assert 0 < len(names(tmp_path / "log")) <= 256


def test_document_that_killed_its_worker_is_tried_again(factory: partial[Cheap], tmp_path: Path) -> None:
    path = jsonl(tmp_path / "批.jsonl", ["新增60个。", "自杀", "改造7户。"])
    for _ in range(2):
        done = go([path], tmp_path / "out", factory, 2, resume=True)
        assert len(done.faults) == 1
        assert done.summary.documents == 2
    assert names(tmp_path / "log").count("2") == 4


def test_texts_that_offsets_point_into_come_back_from_the_parts(factory: partial[Cheap], tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "甲.html", twins.make_html("海州区\n\n新增60个。"))
    first = go([path], tmp_path / "out", factory, resume=True)
    (tmp_path / "out" / "text" / "甲.txt").unlink()
    assert same(go([path], tmp_path / "out", factory, resume=True), first)
    assert "text/甲.txt" in first.files


def test_run_without_resume_leaves_no_parts_and_takes_none(path: Path, factory: partial[Cheap], tmp_path: Path) -> None:
    go([path], tmp_path / "out", factory, resume=True)
    go([path], tmp_path / "out", factory)
    assert len(names(tmp_path / "log")) == 2 * ROWS
    assert not (tmp_path / "out" / ".parts").exists()


def test_folder_that_another_run_is_writing_to_is_refused(path: Path, factory: partial[Cheap], tmp_path: Path) -> None:
    with Output(tmp_path / "out"), pytest.raises(InputError, match="another run is writing"):
        go([path], tmp_path / "out", factory)
    assert not (tmp_path / "out").exists()


def test_killed_run_leaves_earlier_texts_and_its_own_unfinished_ones_are_removed_by_the_next(
    factory: partial[Cheap], tmp_path: Path
) -> None:
    page = twins.saved(tmp_path, "甲.html", twins.make_html("海州区\n\n新增60个。"))
    before = go([page], tmp_path / "out", factory).files
    twins.saved(tmp_path, "甲.html", twins.make_html("海州区\n\n改造7户。"))
    start(page, tmp_path, 1, f"import os, signal; {DURING_ASSEMBLY['before']}").communicate()
    assert files_of(tmp_path / "out") == before
    assert list((tmp_path / "out" / ".parts").glob(".*.txt"))
    after = go([page], tmp_path / "out", factory).files
    assert "改造7户" in after["text/甲.txt"].decode()
    assert not (tmp_path / "out" / ".parts").exists()
