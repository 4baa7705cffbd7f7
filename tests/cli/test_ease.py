"""What makes the command easy to start with: help, names, completion, progress, and what was not understood."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import typer.testing
from rich.console import Console

from extract.batch import Inputs
from extract.cli import main
from extract.cli.progress import Steps, expected
from extract.cli.words import counted
from extract.read import BatchColumns

Command = Callable[..., typer.testing.Result]

TEXT = "海门区今年新增停车位350个，新建公厕8座。\n"


def save(path: Path, text: str = TEXT) -> Path:
    """Write a text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def docs(path: Path) -> list[str]:
    """Return the documents of a table, each once."""
    return list(pd.read_csv(path)["doc"].unique())


# help, names


@pytest.mark.parametrize("arguments", [(), ("-h",), ("--help",)], ids=str)
def test_help_is_printed(command: Command, arguments: tuple[str, ...]) -> None:
    result = command(*arguments)
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    assert "run" in result.stdout


def test_short_help_works_for_each_command(command: Command) -> None:
    assert "--resume" in command("run", "-h").stdout


def test_version_tells_engine_and_rules(command: Command) -> None:
    words = command("--version").stdout.split()
    assert words[0] == "extract"
    assert "Python" in words
    assert words[-2] == "rules"
    assert len(words[-1]) == 12


def test_command_called_by_its_second_name_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["/usr/bin/press-metrics", "nope"])
    with pytest.raises(SystemExit):
        main()
    assert "see press-metrics --help" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["extract", "press-metrics"])
def test_shell_completes_commands(name: str) -> None:
    code = f"import sys; sys.argv[0] = {name!r}; from extract.cli import main; main()"
    variable = f"_{name.replace('-', '_').upper()}_COMPLETE"
    environment = os.environ | {variable: "complete_bash", "COMP_WORDS": f"{name} rev", "COMP_CWORD": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.stdout.split() == ["review"]


def test_help_loads_neither_pipeline_nor_pandas() -> None:
    heavy = ["extract.pipeline.pipeline", "pandas", "jieba", "rjieba", "starlette"]
    code = f"import sys; from extract.cli.app import app; print([m for m in sys.modules if m in {heavy!r}])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


# where it writes


def test_output_named_csv_is_one_file(command: Command, tmp_path: Path) -> None:
    result = command("run", save(tmp_path / "a.txt"), "-o", tmp_path / "out" / "表.csv")
    assert docs(tmp_path / "out" / "表.csv") == ["a"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["表.csv"]
    assert f"2 metrics of 1 document in {tmp_path / 'out' / '表.csv'}" in result.stdout


def test_output_dash_is_standard_output_and_the_summary_goes_elsewhere(command: Command, tmp_path: Path) -> None:
    result = command("run", save(tmp_path / "a.txt"), "-o", "-")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["text"] for row in rows] == ["350个", "8座"]
    assert "2 metrics of 1 document in standard output" in result.stderr


def test_folder_with_an_ending_stays_a_folder(command: Command, tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()
    command("run", save(tmp_path / "a.txt"), "-o", tmp_path / "out.csv")
    assert docs(tmp_path / "out.csv" / "metrics.csv") == ["a"]


def test_failed_run_leaves_the_earlier_file(command: Command, tmp_path: Path) -> None:
    table = save(tmp_path / "out.csv", "before")
    assert command("run", tmp_path / "missing.txt", "-o", table).exit_code == 1
    assert table.read_text("utf-8") == "before"


@pytest.mark.parametrize("output", ["-", "out.csv"])
def test_one_table_cannot_be_gone_on_with(command: Command, output: str, tmp_path: Path) -> None:
    result = command("run", save(tmp_path / "a.txt"), "--resume", "-o", output)
    assert result.exit_code == 1
    assert "give -o a folder" in result.stderr


# names of documents


def test_files_of_the_same_name_are_all_extracted(command: Command, tmp_path: Path) -> None:
    for name in ("2024/a.txt", "2025/a.txt", "b.txt"):
        save(tmp_path / "in" / name)
    assert command("run", tmp_path / "in", "-o", tmp_path / "out").exit_code == 0
    assert docs(tmp_path / "out" / "metrics.csv") == ["2024/a", "2025/a", "b"]


def test_formats_of_the_same_name_are_all_extracted(command: Command, tmp_path: Path) -> None:
    for name in ("a.txt", "a.html"):
        save(tmp_path / "in" / name, f"<html><body><p>{TEXT}</p></body></html>" if name.endswith("html") else TEXT)
    command("run", tmp_path / "in", "-o", tmp_path / "out")
    assert docs(tmp_path / "out" / "metrics.csv") == ["a.html", "a.txt"]
    assert [path.name for path in (tmp_path / "out" / "text").iterdir()] == ["a.html.txt"]


def test_decoded_texts_of_the_same_name_lie_in_folders(command: Command, tmp_path: Path) -> None:
    for name in ("2024/a.html", "2025/a.html"):
        save(tmp_path / "in" / name, f"<html><body><p>{TEXT}</p></body></html>")
    command("run", tmp_path / "in", "-o", tmp_path / "out")
    texts = tmp_path / "out" / "text"
    assert sorted(path.relative_to(texts).as_posix() for path in texts.rglob("*.txt")) == ["2024/a.txt", "2025/a.txt"]


def test_rows_of_batches_of_the_same_name_have_their_folder(command: Command, tmp_path: Path) -> None:
    for year in ("2024", "2025"):
        save(tmp_path / year / "稿.jsonl", json.dumps({"text": TEXT}))
    command("run", tmp_path / "2024" / "稿.jsonl", tmp_path / "2025" / "稿.jsonl", "-o", tmp_path / "out")
    assert docs(tmp_path / "out" / "metrics.csv") == ["2024/稿#1", "2025/稿#1"]


# what was not understood


def test_undated_text_is_told_with_what_to_do(command: Command, tmp_path: Path) -> None:
    told = command("run", save(tmp_path / "a.txt"), "-o", tmp_path / "out").stdout
    assert "without period: 2 of 2 metrics; no date is known of 1 document: --published DATE gives it" in told


def test_dated_text_is_not_told(command: Command, tmp_path: Path) -> None:
    told = command("run", save(tmp_path / "a.txt"), "--published", "2024/5/6", "-o", tmp_path / "out").stdout
    assert "without" not in told


def test_text_without_an_area_is_told(command: Command, tmp_path: Path) -> None:
    path = save(tmp_path / "a.txt", "全区2024年新增停车位350个。")
    told = command("run", path, "-o", tmp_path / "out").stdout
    assert "without area: 1 of 1 metric; no area is known of 1 document: --area NAME gives it" in told


def test_text_without_metrics_or_chinese_is_told(command: Command, tmp_path: Path) -> None:
    save(tmp_path / "in" / "a.txt", "350 parking lots were built.")
    save(tmp_path / "in" / "b.txt", "没有数字。")
    told = command("run", tmp_path / "in", "-o", tmp_path / "out").stdout
    assert "no metrics in 2 documents, 1 of them without any Chinese" in told


@pytest.mark.parametrize(("number", "words"), [(0, "0 metrics"), (1, "1 metric"), (1200, "1,200 metrics")])
def test_one_is_singular(number: int, words: str) -> None:
    assert counted(number, "metric") == words


# progress and interrupts


def inputs(*paths: Path) -> Inputs:
    """Return what a run of `paths` reads."""
    return Inputs(paths, BatchColumns(), "", 1_000_000)


def test_documents_are_counted_beforehand(tmp_path: Path) -> None:
    save(tmp_path / "in" / "a.txt")
    save(tmp_path / "in" / "b.md")
    rows = "".join(f"{json.dumps({'text': TEXT})}\n" for _ in range(5))
    packed = tmp_path / "p.jsonl.gz"
    packed.write_bytes(gzip.compress(rows.encode()))
    table = save(tmp_path / "t.csv", 'id,text\n1,"二\n行"\n2,一行\n')
    pd.DataFrame({"text": [TEXT] * 4}).to_parquet(tmp_path / "q.parquet")
    assert expected(inputs(tmp_path / "in", packed, table, tmp_path / "q.parquet")) == 2 + 5 + 2 + 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_can_be_read_once_is_not_counted(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert expected(inputs(tmp_path / "pipe.jsonl")) is None


def test_terminal_shows_how_many_of_how_many_per_cent_and_time_left(tmp_path: Path) -> None:
    for name in "abcd":
        save(tmp_path / f"{name}.txt")
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=120, color_system=None)
    with Steps(console, "reading", inputs(tmp_path)) as steps:
        for _ in steps.over(range(3)):
            pass
        steps.come_to(3)
    shown = screen.getvalue()
    assert "reading 3 of 4 documents" in shown
    assert " 75%" in shown
    assert "left" in shown


def test_file_shows_no_progress(tmp_path: Path) -> None:
    screen = io.StringIO()
    with Steps(Console(file=screen), "reading", inputs(save(tmp_path / "a.txt"))) as steps:
        steps.come_to(1)
    assert screen.getvalue() == ""


def test_interrupt_says_what_is_kept_and_how_to_go_on(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    save(tmp_path / "out" / ".parts" / "a.part")
    monkeypatch.setattr("extract.cli.run.run", interrupted)
    result = command("run", save(tmp_path / "a.txt"), "-o", tmp_path / "out")
    assert result.exit_code == 130
    assert f"stopped; what is done is kept in {tmp_path / 'out' / '.parts'}" in result.stderr
    assert "--resume" in result.stderr


def test_interrupt_of_a_run_to_one_file_says_that_nothing_was_written(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("extract.cli.run.run", interrupted)
    result = command("run", save(tmp_path / "a.txt"), "-o", tmp_path / "out.csv")
    assert (result.exit_code, result.stderr) == (130, "stopped; nothing was written\n")


@pytest.mark.parametrize(("name", "where"), [("report", "extract.cli.report"), ("export", "extract.cli.exchange")])
def test_interrupt_of_what_is_written_at_its_end_says_that_nothing_was(
    name: str, where: str, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"{where}.documents", interrupted)
    target = tmp_path / "out"
    more = ["--format", "conll"] if name == "export" else []
    result = command(name, save(tmp_path / "a.txt"), "-o", target, *more)
    assert (result.exit_code, result.stderr) == (130, "stopped; nothing was written\n")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
