"""Gold whose texts come from a collection, by their ids."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from made import metric_in, write_gold

from extract.errors import InputError
from extract.evaluation.collection import Round, read_collected_gold, read_round, read_texts
from extract.model.record import Metric

DATED = {"id": "7-1", "published": "08-16 18:22", "text": "海州区新增床位60张。"}
UNDATED = {"id": "7-2", "published": "", "text": "惠及居民3.2万户。\n"}
OTHER = {"id": "7-3", "published": "2023-08-16", "text": "没有要找的。"}


def collection(folder: Path, *rows: Any) -> Path:
    """Write a packed collection of these rows."""
    path = folder / "news.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    return path


def gold_of(folder: Path, row: dict[str, str], text: str, *records: Metric) -> Path:
    """Write the gold of a row, without its text, and return the folder."""
    write_gold(folder, row["id"], text, list(records))
    (folder / f"{row['id']}.txt").unlink()
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return a folder with the gold of two texts, each with one record."""
    dated = f"{DATED['published']}\n{DATED['text']}\n"
    gold_of(tmp_path / "r1", DATED, dated, metric_in(dated, "60张", "60", "张"))
    undated = f"{UNDATED['text']}\n"
    return gold_of(tmp_path / "r1", UNDATED, undated, metric_in(undated, "3.2万户", "32000", "户"))


def test_texts_are_taken_from_the_collection_by_id(kept: Path, tmp_path: Path) -> None:
    documents, faults = read_collected_gold(kept, collection(tmp_path, OTHER, UNDATED, DATED))
    assert not faults
    assert {gold.name: gold.document.text for gold in documents} == {
        "7-1": "08-16 18:22\n海州区新增床位60张。\n",
        "7-2": "惠及居民3.2万户。\n\n",
    }


def test_records_stand_at_their_offsets_behind_the_date(kept: Path, tmp_path: Path) -> None:
    documents, _ = read_collected_gold(kept, collection(tmp_path, DATED, UNDATED))
    for gold in documents:
        (record,) = gold.records
        assert gold.document.text[record.start : record.end] == record.text


def test_collection_may_be_plain(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text(f"{json.dumps(DATED)}\n{json.dumps(UNDATED)}\n", "utf-8")
    assert len(read_collected_gold(kept, path)[0]) == 2


def test_text_that_is_not_in_the_collection_is_told_and_the_others_are_read(kept: Path, tmp_path: Path) -> None:
    documents, (fault,) = read_collected_gold(kept, collection(tmp_path, DATED))
    assert [gold.name for gold in documents] == ["7-1"]
    assert "its text 7-2 is not in" in fault.problem


def test_record_that_does_not_fit_the_text_is_told_with_its_line(kept: Path, tmp_path: Path) -> None:
    documents, (fault,) = read_collected_gold(kept, collection(tmp_path, {**DATED, "published": ""}, UNDATED))
    assert [gold.name for gold in documents] == ["7-2"]
    assert (fault.source, fault.where) == (str(kept / "7-1.gold.csv"), "line 2")


@pytest.mark.parametrize(
    ("ids", "told"),
    [(["7-1", "7-2", "7-3"], ["7-3 has no gold"]), (["7-1"], ["does not name 7-2"]), (["7-2", "7-1"], [])],
)
def test_round_and_gold_name_the_same_texts(ids: list[str], told: list[str], kept: Path, tmp_path: Path) -> None:
    (kept / "round.toml").write_text(f'seed = "r1"\nids = {json.dumps(ids)}\n', "utf-8")
    documents, faults = read_collected_gold(kept, collection(tmp_path, DATED, UNDATED))
    assert len(documents) == 2
    assert [words in fault.problem for words, fault in zip(told, faults, strict=True)] == [True] * len(told)


@pytest.mark.parametrize("seed", ["7", '"r1"'])
def test_round_is_read_with_its_seed(seed: str, tmp_path: Path) -> None:
    (tmp_path / "round.toml").write_text(f'seed = {seed}\nids = ["7-1"]\n', "utf-8")
    assert read_round(tmp_path / "round.toml") == Round(seed=json.loads(seed), ids=("7-1",))


@pytest.mark.parametrize(
    ("content", "told"),
    [("seed = 1", "ids"), ("seed = 1\nids = [7]", "ids.0"), ("ids = []", "seed"), ("seed =", "not TOML")],
)
def test_wrong_round_is_refused_with_its_fault(content: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "round.toml").write_text(content, "utf-8")
    with pytest.raises(InputError, match=rf"round\.toml: .*{told}"):
        read_round(tmp_path / "round.toml")


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b'{"id": "7-1"\n', "line 1"),
        (b'{"id": "7-9"}\n{"id": "7-1", "published": ""}\n', "line 2"),
        (b'{"id": "7-1", "published": "", "text": null}\n', "line 1"),
        (b"7\n", "line 1"),
        (b'{"id": "\xff"}\n', "line 1"),
    ],
    ids=["no JSON", "no text", "null", "number", "bytes"],
)
def test_file_that_is_no_collection_is_refused_with_its_line(content: bytes, where: str, tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_bytes(content)
    with pytest.raises(InputError, match="is no collection of texts") as caught:
        read_texts(tmp_path / "news.jsonl", {"7-1"})
    assert caught.value.where == where


def test_damaged_or_missing_collection_is_refused(tmp_path: Path) -> None:
    path = collection(tmp_path, *[DATED] * 50)
    whole = path.read_bytes()
    for data in (whole[:-20], whole[:20] + b"\xff\xff\xff\xff" + whole[24:], b"no gzip"):
        path.write_bytes(data)
        with pytest.raises(InputError, match=r"news\.jsonl\.gz: cannot be read"):
            read_texts(path, {"7-1"})
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_texts(tmp_path / "fehlt.jsonl", {"7-1"})


def test_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no gold"):
        read_collected_gold(tmp_path, collection(tmp_path, DATED))
