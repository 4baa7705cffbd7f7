"""`extract probe`: what of made sentences is wrong, by frame and by word; and the gate over them."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.cli.app import app
from extract.evaluation.probe import digest

FRAMES = """
- id: 完成
  pattern: "全市完成{noun}{n}{unit}。"
  figures:
    - {figure: "{n}{unit}", unit: "{unit}", object: "{noun}", predicate: "完成"}
- id: 谬误
  pattern: "全市{noun}达到{n}{unit}。"
  figures:
    - {figure: "{n}{unit}", unit: "{unit}", object: "别的东西", predicate: "达到"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two frames, one of which says of its figures what they are not."""
    (tmp_path / "frames.yaml").write_text(FRAMES, encoding="utf-8")
    (tmp_path / "nouns.csv").write_text("noun,unit,field,kind_of\n公园,个,place,地方\n", encoding="utf-8")
    (tmp_path / "verbs.csv").write_text("verb,fields\n建成,place\n打造,place\n", encoding="utf-8")
    return tmp_path


def test_frames_and_words_are_told_with_what_is_exactly_right(folder: Path) -> None:
    result = CliRunner().invoke(app, ["probe", str(folder), "-n", "3"], env={"COLUMNS": "140"})
    assert result.exit_code == 0, result.output
    rows = [line.replace("│", " ").split() for line in result.output.splitlines()]
    assert ["完成", "3", *["1.000"] * 5] in rows
    assert ["谬误", "3", "1.000", "1.000", "0.000", "1.000", "0.000"] in rows
    assert ["公园", "6", "3"] in rows


def test_errors_are_listed_with_their_sentence_where_asked_for(folder: Path) -> None:
    plain = CliRunner().invoke(app, ["probe", str(folder), "-n", "1"], env={"COLUMNS": "140"})
    listed = CliRunner().invoke(app, ["probe", str(folder), "-n", "1", "--errors"], env={"COLUMNS": "140"})
    assert "别的东西" not in plain.output
    assert "别的东西" in listed.output


def test_missing_folder_is_told_in_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["probe", str(tmp_path / "none")])
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(("floor", "status"), [(0.5, 0), (0.6, 1)])
def test_gate_holds_a_made_set_to_its_floor(folder: Path, floor: float, status: int) -> None:
    floors = f'name = "试"\nfolders = ["."]\ndigest = "{digest(folder)}"\nmade = {{ seed = 1, sentences = 2 }}'
    (folder / "floors.toml").write_text(f"[[set]]\n{floors}\nfloors = {{ exact = {floor} }}\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["gate", str(folder / "floors.toml")]).exit_code == status
