"""The text that is measured."""

import gzip
import json
import random
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.text import Sample, at_least, length, originals, supply, vary

RELEASE = (
    "2025年1—9月，第3场发布会：改造老旧小区6071个，投资1,702.5亿元，增长5.4%，快0.2个百分点；12月15日前再建100个。"
)


def varied(text: str, seed: int = 1) -> str:
    return vary(text, random.Random(seed))


def test_figures_change_and_keep_their_length() -> None:
    assert varied("改造6071个，投资1702.5亿元") != "改造6071个，投资1702.5亿元"
    assert all(len(varied(RELEASE, seed)) == len(RELEASE) for seed in range(20))


def test_all_but_the_digits_stays() -> None:
    assert "".join(c for c in varied(RELEASE) if not c.isdigit()) == "".join(c for c in RELEASE if not c.isdigit())


@pytest.mark.parametrize(
    "text", ["2025年1—9月", "12月15日前", "第3场", "国发〔2024〕5号", "2024年至2025年", "2021-2025", "0个", "9时"]
)
def test_dates_years_ordinals_and_zeros_stay(text: str) -> None:
    assert all(varied(text, seed) == text for seed in range(20))


def test_no_figure_comes_to_begin_with_zero() -> None:
    assert all(varied("改造60个", seed)[2] != "0" for seed in range(200))


def test_each_document_comes_once_as_it_is_and_then_with_other_figures() -> None:
    documents = [Sample("a", RELEASE), Sample("b", f"又{RELEASE}")]
    made = list(islice(supply(documents), 8))
    assert made[:2] == documents
    assert len({sample.text for sample in made}) == 8
    assert [sample.name for sample in made[2:6]] == ["a-1", "b-1", "a-2", "b-2"]


def test_supply_is_the_same_each_time() -> None:
    documents = [Sample("a", RELEASE)]
    assert list(islice(supply(documents), 5)) == list(islice(supply(documents), 5))


def test_documents_stay_whole() -> None:
    documents = [Sample(str(number), "字" * 10) for number in range(5)]
    assert length(at_least(documents, 21)) == 30
    assert length(at_least(documents, 20)) == 20
    assert length(at_least(documents, 999)) == 50


def folder(path: Path, **texts: str) -> None:
    path.mkdir(parents=True)
    for name, text in texts.items():
        (path / f"{name}.txt").write_text(text, "utf-8")


def news(path: Path, *texts: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = "".join(json.dumps({"id": "x", "text": text}, ensure_ascii=False) + "\n" for text in texts)
    path.write_bytes(gzip.compress(rows.encode()) if path.suffix == ".gz" else rows.encode())
    return path


def test_texts_that_are_named_go_before_the_news_beside_the_project_and_these_before_its_corpus(tmp_path: Path) -> None:
    root = tmp_path / "project"
    folder(root / "corpus", public="公开")
    assert originals(root) == ("corpus", [Sample("public", "公开")])
    beside = news(tmp_path / "shared" / "news" / "news-2023.jsonl.gz", "新闻")
    assert originals(root) == (beside.name, [Sample("1", "新闻")])
    own = news(tmp_path / "own.jsonl", "自己")
    assert originals(root, own) == ("own.jsonl", [Sample("1", "自己")])


def test_order_of_the_texts_is_mixed_and_the_same_each_time(tmp_path: Path) -> None:
    path = news(tmp_path / "own.jsonl", *map(str, range(50)))
    one, other = originals(tmp_path, path)[1], originals(tmp_path, path)[1]
    assert one == other
    assert [sample.text for sample in one] != sorted((sample.text for sample in one), key=int)


def test_no_text_at_all_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="corpus"):
        originals(tmp_path)
