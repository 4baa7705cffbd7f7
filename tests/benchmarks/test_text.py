"""The text that is measured."""

import random
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.text import Sample, at_least, length, originals, repetitions, vary

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


def test_each_repetition_and_series_has_figures_of_its_own() -> None:
    documents = [Sample("a", RELEASE), Sample("b", RELEASE)]
    made = [sample for series in (1, 2) for sample in islice(repetitions(documents, series), 6)]
    assert len({sample.text for sample in made}) == 12
    assert [sample.name for sample in made[:4]] == ["a-1", "b-1", "a-2", "b-2"]


def test_the_same_series_is_the_same_text() -> None:
    documents = [Sample("a", RELEASE)]
    assert list(islice(repetitions(documents, 7), 5)) == list(islice(repetitions(documents, 7), 5))


def test_documents_stay_whole() -> None:
    documents = [Sample(str(number), "字" * 10) for number in range(5)]
    assert length(at_least(documents, 21)) == 30
    assert length(at_least(documents, 20)) == 20
    assert length(at_least(documents, 999)) == 50


def folder(path: Path, **texts: str) -> None:
    path.mkdir(parents=True)
    for name, text in texts.items():
        (path / f"{name}.txt").write_text(text, "utf-8")


def test_gold_beside_the_project_goes_before_its_corpus(tmp_path: Path) -> None:
    root = tmp_path / "project"
    folder(root / "corpus", public="公开")
    assert originals(root) == ("corpus", [Sample("public", "公开")])
    folder(tmp_path / "shared" / "gold" / "reports", report="报告")
    folder(tmp_path / "shared" / "gold" / "press", release="通稿")
    assert originals(root)[1] == [Sample("release", "通稿"), Sample("report", "报告")]


def test_no_text_at_all_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="corpus"):
        originals(tmp_path)
