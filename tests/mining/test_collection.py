"""Tables from a file of texts."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import InputError
from extract.mining.__main__ import main
from extract.mining.collection import count
from extract.mining.tables import Counters
from extract.rulebook.files import read_table
from extract.rulebook.lexical import Counted

TEXTS = [
    f"{deed}{berry}5吨。" for berry in ("草莓", "蓝莓", "黑莓", "葡萄") for deed in ("收购", "卖出", "运来", "买来")
]


def collection(path: Path, texts: list[str]) -> Path:
    lines = [json.dumps({"id": str(number), "text": text}) + "\n" for number, text in enumerate(texts)]
    path.write_bytes(gzip.compress("".join(lines).encode()))
    return path


def test_a_collection_makes_the_tables_that_the_rules_read(tmp_path: Path) -> None:
    count(collection(tmp_path / "texts.jsonl.gz", TEXTS), 1).write(tmp_path)
    rows = read_table(tmp_path / "counted.csv", Counted, "pair")
    assert rows["吨", "草莓"] == Counted(unit="吨", noun="草莓", behind=0, before=4)
    names = [path.name for path in sorted(tmp_path.glob("*.csv"))]
    assert names == ["attributes.csv", "counted.csv", "endings.csv", "formation.csv", "usage.csv"]


def test_what_is_repeated_word_for_word_counts_once(counted: Callable[..., Counters]) -> None:
    counters = counted("收购草莓5吨。", "收购草莓7吨。")
    assert counters.counted.before["吨", "草莓"] == 1


def test_merged_counts_are_sums(counted: Callable[..., Counters]) -> None:
    counters = counted("收购草莓5吨。")
    counters.merge(counted("收购草莓7吨。"))
    assert counters.counted.before["吨", "草莓"] == 2
    assert counters.usage.figures["收购"] == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [('{"id": "1", "text": "一"}\n{"id": "2"}\n', ["line 2", "text"]), ("{\n", ["line 1"])],
)
def test_a_line_that_is_no_text_is_named(content: str, told: list[str], tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        count(path, 1)
    assert all(word in str(caught.value) for word in told)


def test_a_missing_file_ends_with_a_status_and_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl"), str(tmp_path)]) == 1
    assert "none.jsonl" in capsys.readouterr().err


def test_one_process_counts_what_two_do(tmp_path: Path) -> None:
    path = collection(tmp_path / "texts.jsonl.gz", TEXTS)
    one, two = (count(path, processes).counted.before for processes in (1, 2))
    assert one == two
    assert one["吨", "草莓"] == 4
