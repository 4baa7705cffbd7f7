"""`extract eval` and `extract gate` with texts from a collection, and causes of errors."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from made import write_gold

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline

ROW = {"id": "7-1", "published": "2025-11-20 08:00", "text": "2025年，海州区完成老旧小区改造60个，惠及居民3.2万户。"}


@pytest.fixture
def kept(tmp_path: Path, pipeline: Pipeline) -> Path:
    """Return a folder with gold that the rules reach, beside it the collection with its text."""
    text = f"{ROW['published']}\n{ROW['text']}\n"
    write_gold(tmp_path / "r1", ROW["id"], text, pipeline.metrics(Document(ROW["id"], text)))
    (tmp_path / "r1" / f"{ROW['id']}.txt").unlink()
    (tmp_path / "r1" / "round.toml").write_text('seed = "r1"\nids = ["7-1"]\n', "utf-8")
    (tmp_path / "news.jsonl.gz").write_bytes(gzip.compress(json.dumps(ROW).encode()))
    return tmp_path / "r1"


def floors(folder: Path, texts: str, floor: float) -> Path:
    """Write a floors file with the round as an optional set."""
    path = folder / "floors.toml"
    more = f"optional = true\nfloors = {{ record_f1 = {floor} }}\n"
    path.write_text(f'[[set]]\nname = "r1"\nfolders = ["r1"]\ntexts = "{texts}"\n{more}', "utf-8")
    return path


def test_eval_scores_a_round_with_the_texts_of_the_collection(command: Any, kept: Path) -> None:
    result = command("eval", kept, "--texts", kept.parent / "news.jsonl.gz", "--json")
    data = json.loads(result.stdout)
    assert (data["record"]["f1"], data["quantity"]["gold"]) == (1.0, 2)
    assert data["causes"] == [{"wrong": [], "count": 2}]


def test_eval_without_the_collection_tells_that_the_text_is_missing(command: Any, kept: Path) -> None:
    result = command("eval", kept)
    assert result.exit_code == 1
    assert "has no text 7-1.txt beside it" in result.stderr


def test_eval_tells_a_missing_collection_in_one_line(command: Any, kept: Path) -> None:
    result = command("eval", kept, "--texts", kept / "fehlt.jsonl.gz")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"error: {kept / 'fehlt.jsonl.gz'}: cannot be read: No such file or directory"
    ]


def test_gate_scores_a_set_with_the_texts_of_the_collection(command: Any, kept: Path) -> None:
    result = command("gate", floors(kept.parent, "news.jsonl.gz", 0.9))
    assert (result.exit_code, result.stdout) == (0, "r1: 2 gold records, record_f1 1.000 (floor 0.900)\n")


def test_gate_leaves_an_optional_set_out_where_its_collection_is_missing(command: Any, kept: Path) -> None:
    result = command("gate", floors(kept.parent, "fehlt.jsonl.gz", 0.9))
    assert (result.exit_code, result.stdout) == (0, "r1: left out, not on this machine\n")
