"""Several workers: the same bytes as one, in order, whatever dies on the way."""

from __future__ import annotations

import gzip
import json
import os
import signal
import threading
from functools import partial
from pathlib import Path

import pytest
import twins
from cheap import TABLES, Cheap, Run, files_of, go, names, pids, wait_for

from extract import Pipeline
from extract.errors import InputError

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture
def cheap(tmp_path: Path) -> partial[Cheap]:
    """Return what makes a cheap extractor."""
    return partial(Cheap, tmp_path / "log")


def jsonl(path: Path, texts: list[str]) -> Path:
    """Write texts to a batch with the ids 1, 2, 3 …, and return it."""
    rows = [json.dumps({"id": str(n), "text": text}, ensure_ascii=False) for n, text in enumerate(texts, 1)]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def mixed(folder: Path) -> list[Path]:
    """Write inputs of many formats with faults among them, and return their paths."""
    folder.mkdir()
    text = "海州区今年改造小区60个，惠及居民3万户。"
    lines = [json.dumps({"id": str(n % 900), "text": f"第{n}号：{text}"}) for n in range(1000)]
    lines[3], lines[500] = "{", '{"text": 7}'
    return [
        twins.saved(folder, "甲.jsonl", "\n".join(lines).encode()),
        twins.saved(folder, "乙.csv.gz", gzip.compress(twins.make_csv(text))),
        folder / "没有.txt",
        twins.saved(folder, "丙.parquet", twins.make_parquet(text)),
        twins.saved(folder, "丁.docx", twins.make_docx(text)),
        twins.saved(folder, "空.txt", b""),
        twins.saved(folder, "戊.csv", "id,text\n1\n2,新建学校7所。\n2,又是一次8所。\n".replace("一次", "").encode()),
        twins.saved(folder, "己.txt", text.encode("gb18030")),
        twins.saved(folder, "断.jsonl.gz", gzip.compress(lines[0].encode() * 300)[:-9]),
    ]


def same(one: Run, other: Run) -> bool:
    """Tell whether two runs came to the same."""
    return (one.files, one.faults, one.summary) == (other.files, other.faults, other.summary)


@pytest.mark.parametrize("jobs", [2, 3])
def test_any_number_of_workers_writes_the_same_bytes_and_tells_the_same_faults(
    cheap: partial[Cheap], jobs: int, tmp_path: Path
) -> None:
    paths = mixed(tmp_path / "in")
    one = go(paths, tmp_path / "one", cheap)
    assert set(one.files) == {*TABLES, "datapackage.json", "text/丁.txt"}
    assert len(one.faults) > 100
    assert same(go(paths, tmp_path / "more", cheap, jobs), one)


def test_workers_with_the_shipped_rules_write_what_one_process_writes(pipeline: Pipeline, tmp_path: Path) -> None:
    one = go([CORPUS], tmp_path / "one", lambda: pipeline)
    assert one.summary.documents == len(list(CORPUS.glob("*.txt")))
    assert same(go([CORPUS], tmp_path / "two", Pipeline, 2), one)


def test_id_that_stands_twice_is_told_whatever_slice_it_is_in(cheap: partial[Cheap], tmp_path: Path) -> None:
    rows = [json.dumps({"id": str(n % 599), "text": f"新增{n}个。"}) for n in range(600)]
    path = twins.saved(tmp_path, "批.jsonl", "\n".join(rows).encode())
    done = go([path], tmp_path / "out", cheap, 2)
    assert done.faults == [f"{path}, row 600: its id '0' stands in an earlier row; give each its own"]
    assert done.summary.documents == 599


DEATHS = {
    "自杀": "its worker was ended by SIGKILL",
    "退出": "its worker ended with status 3",
    "出错": "stopped the program: RuntimeError: 这里出错",
}


@pytest.mark.parametrize("word", DEATHS)
def test_row_that_ends_its_worker_is_told_with_its_number_and_no_other_is_lost(
    cheap: partial[Cheap], word: str, tmp_path: Path
) -> None:
    texts = [f"新增{n}个。" for n in range(600)]
    good = go([jsonl(tmp_path / "批.jsonl", [*texts[:300], "没有", *texts[301:]])], tmp_path / "good", cheap)
    texts[300] = word
    done = go([jsonl(tmp_path / "批.jsonl", texts)], tmp_path / "out", cheap, 2)
    (line,) = done.faults
    assert line.startswith(f"{tmp_path / '批.jsonl'}, row 301: {DEATHS[word]}")
    assert done.files["metrics.csv"] == good.files["metrics.csv"]
    assert done.summary.documents == 599


def test_two_rows_of_a_slice_that_end_their_workers_are_both_told(cheap: partial[Cheap], tmp_path: Path) -> None:
    texts = [f"新增{n}个。" for n in range(200)]
    texts[0] = texts[199] = "退出"
    done = go([jsonl(tmp_path / "批.jsonl", texts)], tmp_path / "out", cheap, 2)
    assert [fault.split(":")[0].rpartition(" ")[2] for fault in done.faults] == ["1", "200"]
    assert done.summary.documents == 198


def test_file_that_ends_its_worker_is_told_by_its_name(cheap: partial[Cheap], tmp_path: Path) -> None:
    paths = [twins.saved(tmp_path, f"{word}.txt", f"{word}60个".encode()) for word in ("甲", "自杀", "乙")]
    done = go(paths, tmp_path / "out", cheap, 2)
    assert [fault.split(":")[0] for fault in done.faults] == [str(tmp_path / "自杀.txt")]
    assert list(done.summary.each) == ["甲", "乙"]


def test_worker_that_is_killed_once_loses_nothing(cheap: partial[Cheap], tmp_path: Path) -> None:
    texts = [f"新增{n}个{'一次' if n % 100 == 50 else ''}。" for n in range(600)]
    path = jsonl(tmp_path / "批.jsonl", texts)
    done = go([path], tmp_path / "two", cheap, 2)
    assert done.faults == []
    assert same(go([path], tmp_path / "one", cheap), done)


def kill_at_new_document(log: Path, count: int, killed: set[int]) -> bool:
    """Kill the worker that began the last of at least `count` documents, unless it is not the first to begin that.

    It stands still while that is looked at. A document that is tried again is left alone: its second death is told
    as its own fault.
    """
    if len(names(log)) < count:
        return False
    pid = int(log.read_text("utf-8").splitlines()[-1].rpartition(" ")[2])
    if pid in killed:
        return False
    os.kill(pid, signal.SIGSTOP)
    begun = [line.rpartition(" ") for line in log.read_text("utf-8").splitlines()]
    name = next(name for name, _, one in reversed(begun) if int(one) == pid)
    if names(log).count(name) > 1:
        os.kill(pid, signal.SIGCONT)
        return False
    os.kill(pid, signal.SIGKILL)
    killed.add(pid)
    return True


def test_workers_killed_from_outside_at_any_moment_lose_and_double_nothing(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "批.jsonl", [f"新增{n}个。" * 30 for n in range(2000)])
    one = go([path], tmp_path / "one", partial(Cheap, tmp_path / "one.log"))
    log = tmp_path / "two.log"
    killed: set[int] = set()

    def kill() -> None:
        for count in range(60, 420, 60):
            wait_for(lambda: kill_at_new_document(log, count, killed))  # noqa: B023

    killer = threading.Thread(target=kill)
    killer.start()
    done = go([path], tmp_path / "two", partial(Cheap, log, 0.002), 2)
    killer.join()
    assert len(killed) > 1
    assert same(done, one)


def test_wrong_rules_are_told_by_the_workers_as_by_one_process(tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "甲.txt", "新增60个".encode())
    for jobs in (1, 2):
        with pytest.raises(InputError, match="no such folder of rules"):
            go([path], tmp_path / "out", partial(Pipeline, tmp_path / "没有"), jobs)
    assert not (tmp_path / "out").exists()


def die() -> Cheap:
    """End the process that wants an extractor."""
    os._exit(7)


def test_workers_that_cannot_start_end_the_run_with_one_line(tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "甲.txt", "新增60个".encode())
    with pytest.raises(InputError, match="a worker ended with status 7 at its start"):
        go([path], tmp_path / "out", die, 2)
    assert not (tmp_path / "out").exists()


def test_no_worker_is_left_when_a_run_is_over(cheap: partial[Cheap], tmp_path: Path) -> None:
    go([jsonl(tmp_path / "批.jsonl", [f"新增{n}个。" for n in range(600)])], tmp_path / "out", cheap, 2)
    assert [pid for pid in pids(tmp_path / "log") if Path(f"/proc/{pid}").exists()] == []


def test_every_document_is_extracted_once(cheap: partial[Cheap], tmp_path: Path) -> None:
    go([jsonl(tmp_path / "批.jsonl", [f"新增{n}个。" for n in range(600)])], tmp_path / "out", cheap, 2)
    assert sorted(names(tmp_path / "log"), key=int) == [str(n) for n in range(1, 601)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_table_for_which_there_is_no_room_is_told_by_its_name(cheap: partial[Cheap], jobs: int, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = jsonl(tmp_path / "批.jsonl", [f"新增{n}个。" * 200 for n in range(300)])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(InputError, match=r"metrics\.csv: cannot be written"):
            go([path], tmp_path / "out", cheap, jobs)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert files_of(tmp_path / "out") == {}
