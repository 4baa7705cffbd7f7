"""Export, import and agreement on the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import typer.testing

from extract.evaluation.gold import read_gold_folder

CORPUS = Path(__file__).parents[2] / "corpus"
Command = Callable[..., typer.testing.Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the gold of two releases."""
    made = tmp_path / "甲"
    made.mkdir()
    for path in (*CORPUS.glob("education*"), *CORPUS.glob("energy*")):
        shutil.copy(path, made)
    return made


def test_gold_goes_to_label_studio_and_comes_back(command: Command, folder: Path, tmp_path: Path) -> None:
    exported = command("export", folder, "--gold", "--format", "label-studio", "-o", tmp_path / "tasks.json")
    assert exported.exit_code == 0, exported.stderr
    assert (tmp_path / "tasks.xml").exists()
    imported = command("import", tmp_path / "tasks.json", "-o", tmp_path / "back")
    assert imported.exit_code == 0, imported.stderr
    agreed = command("agreement", folder, tmp_path / "back", "--json")
    assert agreed.exit_code == 0, agreed.stderr
    before, after = read_gold_folder(folder)[0], read_gold_folder(tmp_path / "back")[0]
    assert [gold.records for gold in after] == [gold.records for gold in before]


def test_import_overwrites_no_gold(command: Command, folder: Path, tmp_path: Path) -> None:
    command("export", folder, "--gold", "--format", "label-studio", "-o", tmp_path / "tasks.json")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = command("import", tmp_path / "tasks.json", "-o", folder)
    assert again.exit_code == 1
    assert "is already there" in again.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_what_the_rules_find_is_exported_as_predictions(command: Command, tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_text("2025年完成改造60个。", encoding="utf-8")
    done = command("export", tmp_path / "稿.txt", "--format", "label-studio", "-o", tmp_path / "tasks.json")
    assert done.exit_code == 0, done.stderr
    (task,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert task["predictions"][0]["result"][0]["value"]["text"] == "60个"


def test_conll_holds_all_documents(command: Command, folder: Path, tmp_path: Path) -> None:
    done = command("export", folder, "--gold", "--format", "conll", "-o", tmp_path / "train.conll")
    assert done.exit_code == 0, done.stderr
    lines = (tmp_path / "train.conll").read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("-DOCSTART-") for line in lines) == 2
    assert sum(line.split(" ")[-1].startswith("B-") for line in lines if line) == sum(
        len(gold.records) for gold in read_gold_folder(folder)[0]
    )


def test_unreadable_input_is_named_and_the_rest_exported(command: Command, tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_text("2025年完成改造60个。", encoding="utf-8")
    (tmp_path / "坏.txt").write_bytes(b"\0")
    done = command("export", tmp_path / "稿.txt", tmp_path / "坏.txt", "--format", "conll", "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "坏.txt" in done.stderr
    assert (tmp_path / "out").exists()


def test_agreement_lists_what_only_one_has_and_fails_for_missing_documents(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "乙"
    shutil.copytree(folder, other)
    gold = next(other.glob("education*.gold.csv"))
    lines = gold.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    gold.write_text("".join(lines[:-1]), encoding="utf-8")
    shown = command("agreement", folder, other, "--errors")
    assert shown.exit_code == 0, shown.stderr
    assert "education" in shown.stdout
    next(other.glob("energy*.txt")).unlink()
    missing = command("agreement", folder, other)
    assert missing.exit_code == 1
    assert "energy" in missing.stderr
