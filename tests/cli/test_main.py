"""The command as the shell calls it: its exit status, and what a wrong call or an interrupt prints."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from extract.cli import main
from extract.coding.coder import CodingPipeline
from extract.pipeline.pipeline import Pipeline

TEXT = "2024年，青岛市新增养老床位60张，入住率80%。\n"


@dataclass(frozen=True)
class Result:
    """What a call of the command left: its exit status and what it printed."""

    status: int
    out: str
    err: str


Call = Callable[..., Result]


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, pipeline: Pipeline
) -> Call:
    """Return a function that calls `extract` with arguments in an empty folder."""
    monkeypatch.setattr("extract.cli.run.CodingPipeline", lambda _: CodingPipeline(None, pipeline))
    monkeypatch.chdir(tmp_path)

    def extract(*arguments: str | Path) -> Result:
        monkeypatch.setattr(sys, "argv", ["extract", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
        code = caught.value.code
        assert code is None or isinstance(code, int)
        return Result(code or 0, *capsys.readouterr())

    return extract


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("run",), "error: extract run: Missing argument 'PATH...'; see extract run --help\n"),
        (("run", "--nope"), "error: extract run: No such option: --nope; see extract run --help\n"),
        (("nope",), "error: extract: No such command 'nope'; see extract --help\n"),
        (("eval",), "error: extract eval: Missing argument 'GOLD_DIR...'; see extract eval --help\n"),
    ],
    ids=str,
)
def test_wrong_call_is_one_line_and_status_2(call: Call, arguments: tuple[str, ...], line: str) -> None:
    assert call(*arguments) == Result(2, "", line)


def test_input_error_is_one_line_and_status_1(call: Call) -> None:
    assert call("show", "missing.txt") == Result(1, "", "error: missing.txt: no such file\n")


def test_good_call_has_status_0(call: Call) -> None:
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    assert call("run", "a.txt", "-o", "out").status == 0


def test_interrupt_while_writing_ends_without_traceback_and_leaves_nothing(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("extract.batch.tables.coded_row", interrupted)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    result = call("run", "a.txt", "-o", "out")
    assert (result.status, "Traceback" in result.err) == (130, False)
    assert not Path("out").exists()


def test_file_name_that_is_not_utf8_stays_readable(call: Call) -> None:
    path = Path(os.fsdecode(b"\xc4\xfe.txt"))
    try:
        path.write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert call("run", path, "-o", "out").status == 0
    assert set(pd.read_csv("out/metrics.csv")["doc"]) == {r"\xc4\xfe"}


def test_fault_of_a_file_whose_name_is_not_utf8_is_told(call: Call) -> None:
    path = Path(os.fsdecode(b"\xc4\xfe.txt"))
    result = call("run", path, "-o", "out")
    assert result.status == 1
    assert "no such file" in result.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_run_reads_a_named_pipe(call: Call) -> None:
    os.mkfifo("pipe")
    writer = threading.Thread(target=Path("pipe").write_text, args=(TEXT, "utf-8"), daemon=True)
    writer.start()
    assert call("run", "pipe", "-o", "out").status == 0
    assert pd.read_csv("out/metrics.csv")["text"].to_list() == ["60张", "80%"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_output_that_takes_no_more_is_told_in_one_line() -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    command = [sys.executable, "-c", "from extract.cli import main; main()", "--version"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert done.stderr == "error: standard output: cannot be written: No space left on device\n"
