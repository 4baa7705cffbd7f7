"""`extract rank`: learns weights from what a file names."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.cli.app import app
from extract.evaluation.gold import GOLD_COLUMNS
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
SENTENCES = """
- text: 完成老旧小区改造60个。
  records:
    - {text: 60个, object: 老旧小区改造, predicate: 完成}
- text: 打造8处口袋公园。
  records:
    - {text: 8处, object: 口袋公园, predicate: 打造}
- text: 学校新增60个停车泊位，惠及居民3.2万户。
  records:
    - {text: 60个, object: 停车泊位, predicate: 新增}
    - {text: 3.2万户, object: 居民, predicate: 惠及}
- text: 投资同比增长5.5%。
  records:
    - {text: 5.5%, object: 投资, predicate: 增长, kind: change, base: 同比}
- text: 覆盖率达到42.3%。
  records:
    - {text: 42.3%, object: 覆盖率, predicate: 达到, kind: share}
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a file of sources with two example sentences."""
    (tmp_path / "sentences").mkdir()
    (tmp_path / "sentences/one.yaml").write_text(SENTENCES, encoding="utf-8")
    (tmp_path / "ranking.toml").write_text(SOURCES, encoding="utf-8")
    return tmp_path / "ranking.toml"


def save_gold(folder: Path, name: str) -> None:
    """Save a text of one figure with its gold."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text("全市完成学校改造60所。", encoding="utf-8")
    row = {"start": "8", "end": "11", "text": "60所", "value": "60", "unit": "所", "bound": "exact", "kind": "level"}
    row |= {"object": "学校改造", "predicate": "完成", "status": "actual"}
    cells = [",".join(GOLD_COLUMNS), ",".join(row.get(column, "") for column in GOLD_COLUMNS)]
    (folder / f"{name}.gold.csv").write_text("\n".join([*cells, ""]), encoding="utf-8")


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


def test_figures_of_documents_that_are_left_out_are_told_without_learning_from_all(sources: Path) -> None:
    folder = sources.parent / "press"
    for name in ("甲", "乙"):
        save_gold(folder, name)
    sources.write_text(SOURCES.replace("set = []", 'set = [{folders = ["press", "nowhere"]}]'), encoding="utf-8")
    result = CliRunner().invoke(app, ["rank", str(sources), "--leave-out", "2"])
    assert result.exit_code == 0, result.output
    assert "Left out, 2 parts" in result.output
    assert "Learned from all" not in result.output
    assert "press" in result.output


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"= 7", "not TOML"), (b"\xff", "not TOML"), (b"set = 7", "is missing or wrong")],
    ids=["no TOML", "no text", "no sets"],
)
def test_file_that_is_none_of_sources_is_told(content: bytes, told: str, sources: Path) -> None:
    sources.write_bytes(content)
    result = CliRunner().invoke(app, ["rank", str(sources)])
    assert result.exit_code == 1
    assert told in result.output


def test_gold_with_a_fault_is_told(sources: Path) -> None:
    save_gold(sources.parent / "press", "甲")
    (sources.parent / "press" / "甲.gold.csv").write_text("start,end\n1,x\n", encoding="utf-8")
    sources.write_text(SOURCES.replace("set = []", 'set = [{folders = ["press"]}]'), encoding="utf-8")
    result = CliRunner().invoke(app, ["rank", str(sources)])
    assert result.exit_code == 1
    assert "甲.gold.csv" in result.output
