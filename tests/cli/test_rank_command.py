"""`extract rank`: learns weights from what a file names."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.cli.app import app
from extract.relations.relator import STAGES

SOURCES = """
examples = ["sentences"]
set = []

[settings]
l2 = { own = 0.1, object = 0.1, predicate = 0.1, kind = 0.1, base = 0.1 }
documents = 1

[priors.own]
[priors.object]
"""
SENTENCES = Path(__file__).parents[1] / "sentences"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a file of sources with the example sentences of the tests."""
    (tmp_path / "ranking.toml").write_text(SOURCES.replace("sentences", SENTENCES.as_posix()), encoding="utf-8")
    return tmp_path / "ranking.toml"


def test_weights_are_written_as_a_table(sources: Path, tmp_path: Path) -> None:
    target = tmp_path / "weights.csv"
    result = CliRunner().invoke(app, ["rank", str(sources), "--write", str(target)])
    assert result.exit_code == 0, result.output
    head, *rows = target.read_text(encoding="utf-8").splitlines()
    assert head == "stage,feature,weight"
    assert {row.split(",")[0] for row in rows} == set(STAGES)


def test_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["rank", str(tmp_path / "none.toml")])
    assert result.exit_code == 1
    assert "none.toml" in result.output


def test_file_without_sets_is_told(sources: Path) -> None:
    sources.write_text("examples = []\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["rank", str(sources)])
    assert result.exit_code == 1
    assert "'set' is missing" in result.output
