"""`extract rules` on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer.testing

Command = Callable[..., typer.testing.Result]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "稿.txt"
    path.write_text("全市新建学校7所，改造小区60个。", encoding="utf-8")
    return path


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "units.csv").write_text("surface,unit,dimension,example\n所,座,count,新建学校7所\n", encoding="utf-8")
    return folder


def test_check_of_rules_without_a_fault_says_so(command: Command, rules: Path) -> None:
    done = command("rules", "check", rules)
    assert (done.exit_code, done.stdout) == (0, "nothing is wrong with the rules\n")


def test_check_tells_each_fault_in_a_line_and_fails(command: Command, rules: Path) -> None:
    (rules / "unit.csv").write_text("")
    done = command("rules", "check", rules)
    assert done.exit_code == 1
    assert done.stderr == f"error: {rules / 'unit.csv'}: is read by nothing; is it units.csv?\n"


def test_diff_lists_changes_and_counts_them(command: Command, rules: Path, text: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    done = command("rules", "diff", tmp_path / "none", rules, "--on", text)
    assert done.exit_code == 0
    assert "altered 稿:6 7所 unit 所 → 座" in done.stdout
    assert "1 documents: 0 records added, 0 lost, 1 altered, 1 the same" in done.stdout


def test_coverage_writes_each_entry_and_prints_the_files(command: Command, text: Path, tmp_path: Path) -> None:
    done = command("rules", "coverage", text, "-o", tmp_path / "coverage.csv")
    assert done.exit_code == 0
    assert "units.csv" in done.stdout
    assert "units.csv,所,1,1" in (tmp_path / "coverage.csv").read_text("utf-8-sig").splitlines()


def test_missing_input_is_told(command: Command, tmp_path: Path) -> None:
    done = command("rules", "coverage", tmp_path / "没有.txt")
    assert done.exit_code == 1
    assert "no such file" in done.stderr
