"""The command with several workers, resumed, and interrupted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import typer.testing

CORPUS = Path(__file__).parents[2] / "corpus"
COMMAND = [sys.executable, "-c", "from extract.cli import main; main()", "run"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}

Command = Callable[..., typer.testing.Result]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the tables in a folder."""
    return {path.name: path.read_bytes() for path in folder.glob("*.csv")}


def test_jobs_change_nothing_in_the_output(command: Command, tmp_path: Path) -> None:
    bad = tmp_path / "坏.txt"
    bad.write_bytes(b"\0")
    one = command("run", CORPUS, bad, "-o", tmp_path / "one")
    two = subprocess.run(
        [*COMMAND, CORPUS, bad, "-o", tmp_path / "two", "--jobs", "2"],
        capture_output=True,
        env=ENVIRONMENT,
        check=False,
    )
    assert (two.returncode, two.stderr.decode()) == (one.exit_code, one.stderr)
    assert bytes_of(tmp_path / "two") == bytes_of(tmp_path / "one")


def test_workers_import_no_module_of_the_current_folder(tmp_path: Path) -> None:
    folder, script = tmp_path / "downloads", tmp_path / "extract"
    folder.mkdir()
    script.write_text("from extract.cli import main\nif __name__ == '__main__':\n    main()\n", encoding="utf-8")
    for name in ("socket", "multiprocessing", "selectors", "lxml", "platformdirs"):
        (folder / f"{name}.py").write_text("open('hostile', 'w').close()\n", encoding="utf-8")
    text = CORPUS / "education-hefei.txt"
    done = subprocess.run(
        [sys.executable, script, "run", text, "-o", tmp_path / "out", "--jobs", "2"],
        cwd=folder, env=ENVIRONMENT, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.stderr.decode(), (folder / "hostile").exists()) == ("", False)


def test_resumed_run_comes_to_the_same(command: Command, tmp_path: Path) -> None:
    first = command("run", CORPUS, "-o", tmp_path / "out", "--resume")
    before = bytes_of(tmp_path / "out")
    again = command("run", CORPUS, "-o", tmp_path / "out", "--resume")
    assert (again.stdout, bytes_of(tmp_path / "out")) == (first.stdout, before)
    assert len(list((tmp_path / "out" / ".parts").iterdir())) == len(list(CORPUS.glob("*.txt")))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupt_ends_a_run_without_a_table_or_a_word_of_python(jobs: str, tmp_path: Path) -> None:
    path = tmp_path / "批.jsonl"
    text = (CORPUS / "education-hefei.txt").read_text("utf-8")
    path.write_text("\n".join(json.dumps({"text": text}) for _ in range(3000)), encoding="utf-8")
    process = subprocess.Popen(
        [*COMMAND, path, "-o", tmp_path / "out", "--jobs", jobs], stderr=subprocess.PIPE, env=ENVIRONMENT
    )
    while not list((tmp_path / "out").glob(".parts/*.part")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    printed = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert b"Traceback" not in printed
    assert bytes_of(tmp_path / "out") == {}


INTERRUPTED = """
import os, signal, time
from multiprocessing import util

spawn = util.spawnv_passfds

def spawn_and_interrupt(path, arguments, files):
    started = spawn(path, arguments, files)
    if any("forkserver" in str(argument) for argument in arguments):
        time.sleep(0.1)
        os.killpg(0, signal.SIGINT)
    return started

util.spawnv_passfds = spawn_and_interrupt
from extract.cli import main
main()
"""


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Ctrl-C cannot be put off")
def test_interrupt_while_workers_start_ends_a_run_without_a_word_of_python(tmp_path: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED, "run", CORPUS, "-o", tmp_path / "out", "--jobs", "2"]
    process = subprocess.Popen(
        list(map(str, command)), stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT, start_new_session=True
    )
    printed = process.communicate(timeout=60)
    assert process.returncode == 130
    assert printed == (b"", b"stopped; nothing was written\n")
    assert not (tmp_path / "out").exists()
