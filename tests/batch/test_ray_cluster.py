"""Runs on Ray: the records and faults of a local run, also when processes are killed on the way."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import cheap
import pandas as pd
import pytest
from cheap import Cheap, Run, go, pids, wait_for
from test_workers import jsonl, mixed
from typer.testing import CliRunner

from extract.batch import Inputs
from extract.batch.ray_cluster import CarriedRules, Cut
from extract.cli import app
from extract.errors import InputError
from extract.model.document import Document
from extract.read import BatchColumns, located

SCRIPT = """
import json, sys
from functools import partial
from pathlib import Path
from cheap import Cheap, Notes
from extract.batch import Inputs
from extract.batch.ray_cluster import run_on_ray
from extract.read import BatchColumns, located

url, log, seconds, *paths = sys.argv[1:]
notes = Notes()
inputs = Inputs([located(path) for path in paths], BatchColumns(), "", 1_000_000)
summary = run_on_ray(inputs, url, partial(Cheap, Path(log), float(seconds)), 2, "", notes)
print(json.dumps([notes.faults, summary.to_json()]))
"""


def start(folder: Path, url: str, paths: list[str], seconds: float = 0.0) -> subprocess.Popen[bytes]:
    """Start a run on a Ray of two workers in a process of its own, in `folder`."""
    code = [Path(cheap.__file__).parent, Path(cheap.__file__).parents[2] / "src"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, code))}
    arguments = [sys.executable, "-c", SCRIPT, url, str(folder / "ray.log"), str(seconds), *paths]
    return subprocess.Popen(arguments, cwd=folder, env=environment, stdout=subprocess.PIPE)


def told(process: subprocess.Popen[bytes]) -> Any:
    """Return the faults and the summary that a run has told at its end."""
    printed = process.communicate()[0]
    assert process.returncode == 0
    return json.loads(printed.splitlines()[-1])


def rows_of(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    """Return the rows of a table of a local run."""
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode("utf-8-sig"), newline="")))


def shards_of(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table of a run on Ray, written as in CSV."""
    frame = pd.read_parquet(folder / f"{name}.parquet")
    return [{key: plain(value) for key, value in row.items()} for row in frame.to_dict("records")]


def plain(value: object) -> str:
    """Return a value as CSV has it."""
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:g}"
    return "" if value is None else str(value)


def same(folder: Path, ray: Any, local: Run) -> None:
    """Check that a run on Ray has come to what a local run has come to."""
    assert ray == [local.faults, local.summary.to_json()]
    for name in ("metrics", "articles", "repairs"):
        assert shards_of(folder, name) == rows_of(local.files, name)


def test_run_on_ray_comes_to_the_records_faults_and_order_of_a_local_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = [str(path.relative_to(tmp_path)) for path in mixed(tmp_path / "in")]
    paths.append(str(jsonl(Path("in/死.jsonl"), ["新增60个。", "自杀", "改造7户。"])))
    local = go([Path(path) for path in paths], tmp_path / "local", partial(Cheap, tmp_path / "log"), 2)
    same(tmp_path / "out", told(start(tmp_path, f"file://{tmp_path}/out", paths)), local)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "articles.parquet", "metrics.parquet", "repairs.parquet", "text",
    ]  # fmt: skip
    assert (tmp_path / "out" / "text" / "丁.txt").read_bytes() == local.files["text/丁.txt"]


def parent(pid: int) -> int:
    """Return the parent of a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_killed_ray_worker_and_killed_extractor_lose_and_double_nothing(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "批.jsonl", [f"新增{n}个。" + "字" * 1300 for n in range(3000)])
    process = start(tmp_path, str(tmp_path / "out"), [str(path)], 0.002)
    log = tmp_path / "ray.log"
    wait_for(lambda: len(pids(log)) >= 2, 120)
    first, second = sorted(pids(log))[:2]
    actor = parent(parent(first))
    os.kill(actor, signal.SIGKILL)
    os.kill(second, signal.SIGKILL)
    result = told(process)
    assert len(pids(log)) >= 4
    same(tmp_path / "out", result, go([path], tmp_path / "local", partial(Cheap, tmp_path / "log")))


def test_files_on_an_object_store_are_cut_as_local_ones() -> None:
    url = "memory://store/批.jsonl"
    located(url).write_bytes('{"id": "a", "text": "新增60个。"}\n{\n'.encode())
    cut = Cut(Inputs([], BatchColumns(), "", 1_000), "/")
    (row,) = cut({"file": 3, "path": url, "name": "批"})
    assert (row["file"], row["slice"]) == (3, 0)
    assert Inputs([located(url)], BatchColumns(), "", 1_000).files() == ([located(url)], [])


def test_local_run_reads_from_an_object_store(tmp_path: Path) -> None:
    url = "memory://store/批.jsonl"
    located(url).write_bytes('{"id": "a", "text": "新增60个。"}\n{\n'.encode())
    done = go([located(url)], tmp_path / "out", partial(Cheap, tmp_path / "log"))
    assert list(done.summary.each) == ["a"]
    assert done.faults[0].startswith(f"{url}, line 2: not JSON")


def test_rules_of_the_user_are_carried_to_where_his_folder_is_not(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(
        "surface,unit,dimension,not_before,example,counter_example\n灯杆,灯杆,count,,新装智慧路灯1200灯杆,\n", "utf-8"
    )
    made = CarriedRules.of(tmp_path)
    (tmp_path / "units.csv").unlink()
    found = made().extract(Document("甲", "新装路灯1200灯杆。"))
    assert [metric.unit for metric in found.metrics] == ["灯杆"]


def test_wrong_rules_are_told_before_ray_is_started(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder of rules"):
        CarriedRules.of(tmp_path / "没有")


WRONG = {
    "standard input": (["-"], "standard input: cannot be read on a cluster"),
    "resume": (["稿.txt", "--resume"], "--resume: is not for Ray"),
    "not installed": (["稿.txt"], "--engine: Ray is not installed; pip install 'press-metrics-extract[ray]'"),
    "no such store": (["稿.txt", "-o", "nope://x"], "nope://x: cannot be reached"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_call_is_told_in_one_line(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "ray", None)
    Path("稿.txt").write_text("新增60个。", encoding="utf-8")
    arguments, line = WRONG[name]
    result = CliRunner().invoke(app, ["run", "--engine", "ray", *arguments])
    assert result.exit_code == 1
    assert result.stderr.startswith(f"error: {line}")
    assert len(result.stderr.strip().splitlines()) == 1
    assert not Path("output").exists() or not list(Path("output").iterdir())
