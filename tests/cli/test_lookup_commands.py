"""The commands check, find and compare."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import typer.testing

Command = Callable[..., typer.testing.Result]

TEXT = "2025年，海州区加装电梯125部，新建学校60所，其中小学80所。\n2024年，海州区加装电梯90部。\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "稿.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_check_tells_both_places(command: Command, text: Path) -> None:
    printed = command("check", text, "--published", "2025-11-20").stdout
    assert "a part that is more than the whole" in printed
    assert "80所" in printed
    assert "60所" in printed
    assert "1 findings in" in printed


def test_check_prints_json(command: Command, text: Path) -> None:
    (found,) = json.loads(command("check", text, "--published", "2025-11-20", "--json").stdout)
    assert (found["check"], found["record"]["text"], found["other"]["text"]) == ("part-over-whole", "80所", "60所")


def test_find_prints_the_best_record_with_its_sentence(command: Command, text: Path) -> None:
    lines = command("find", "加装电梯 2024", text, "-n", "1").stdout.splitlines()
    assert "90部" in lines[0]
    assert lines[1].strip() == "2024年，海州区加装电梯90部。"


def test_find_reads_the_records_of_a_run(command: Command, text: Path, tmp_path: Path) -> None:
    command("run", text, "-o", tmp_path / "out")
    assert "125部" in command("find", "加装电梯 2025", tmp_path / "out", "-n", "1").stdout


def test_compare_writes_a_table(command: Command, text: Path, tmp_path: Path) -> None:
    command("compare", text, "--indicator", "加装电梯", "-o", tmp_path / "比.csv")
    with (tmp_path / "比.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["indicator"], row["2024"], row["2025"]) == ("加装电梯", "90", "125")


def test_compare_writes_a_workbook(command: Command, text: Path, tmp_path: Path) -> None:
    command("compare", text, "--indicator", "加装电梯", "-o", tmp_path / "比.xlsx")
    _, row = openpyxl.load_workbook(tmp_path / "比.xlsx")["compare"].values
    assert row[-2:] == (90, 125)


def test_compare_refuses_another_format(command: Command, text: Path, tmp_path: Path) -> None:
    result = command("compare", text, "-o", tmp_path / "比.doc")
    assert (result.exit_code, "neither .csv nor .xlsx" in result.stderr) == (1, True)


@pytest.mark.parametrize(
    "call",
    [
        ["check"],
        ["find", "电梯"],
        ["compare", "--indicator", "加装电梯"],
        ["export", "-o", "x.json", "--format", "label-studio"],
    ],
)
def test_rules_that_are_not_there_are_told_in_one_line(
    call: list[str], command: Command, text: Path, tmp_path: Path
) -> None:
    result = command(*call, text, "--rules", tmp_path / "nowhere")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert "nowhere" in result.stderr


def test_compare_prints_the_places_that_contradict_each_other(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "稿.txt"
    path.write_text("2025年，海州区加装电梯125部。\n2025年，海州区加装电梯90部。\n", "utf-8")
    printed = command("compare", path, "--indicator", "加装电梯").stdout
    assert "conflict: 加装电梯" in printed
    assert "125部" in printed
    assert "90部" in printed


def test_find_tells_an_input_that_cannot_be_read_and_searches_the_others(
    command: Command, text: Path, tmp_path: Path
) -> None:
    (tmp_path / "空.txt").write_text("", "utf-8")
    result = command("find", "电梯", tmp_path)
    assert "电梯" in result.stdout
    assert "空.txt" in result.stderr
    assert result.exit_code == 1
