"""Evidence: where the text tells each field of a record, and whether in the quantity's own clause."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extract.model.document import Document
from extract.model.record import Evidence, Metric, to_row
from extract.pipeline.pipeline import Pipeline

Read = Callable[..., list[Metric]]


def words(text: str, metric: Metric, field: str) -> tuple[str, list[str]]:
    """Return the kind of a field's evidence and the words that it points to, '' and none without evidence."""
    for evidence in metric.evidence:
        if evidence.field == field:
            return "explicit" if evidence.explicit else "carried", [text[start:end] for start, end in evidence.spans]
    return "", []


FIELDS = [
    ("全区完成老旧小区改造60个。", 0, "object", ("explicit", ["老旧小区改造"])),
    ("全区完成老旧小区改造60个。", 0, "predicate", ("explicit", ["完成"])),
    ("投资完成30亿元，增长5.5%。", 1, "object", ("carried", ["投资"])),
    ("投资完成30亿元，增长5.5%。", 1, "predicate", ("explicit", ["增长"])),
    ("出口同比增长5.5%。", 0, "base", ("explicit", ["同比"])),
    ("出口同比增长5.5%，达到60亿元。", 1, "base", ("", [])),
    ("城乡居民收入分别增长4.5%和6.2%。", 0, "object", ("explicit", ["城乡居民收入"])),
    ("新能源汽车、智能手机零售额分别增长8.7%、31.5%。", 0, "object", ("explicit", ["新能源汽车", "零售额"])),
    ("2024年，改造小区60个。", 0, "period", ("carried", ["2024年"])),
    ("2024年改造小区60个。", 0, "period", ("explicit", ["2024年"])),
    ("市南区改造小区60个。", 0, "area", ("explicit", ["市南区"])),
    ("市南区民生工作\n全区改造小区60个，惠及3.2万户。", 1, "area", ("carried", ["市南区"])),
    ("改造小区60个。", 0, "area", ("", [])),
]  # fmt: skip


@pytest.mark.parametrize(("text", "index", "field", "expected"), FIELDS)
def test_evidence_of_a_field(read: Read, text: str, index: int, field: str, expected: tuple[str, list[str]]) -> None:
    assert words(text, read(text)[index], field) == expected


def test_year_without_a_word_of_its_own_is_carried_from_the_date_of_publication(pipeline: Pipeline) -> None:
    text = "市南区民生工作\n2025年11月20日\n全区改造小区60个，惠及居民3.2万户。"
    found = pipeline.metrics(Document("test", text))
    assert [words(text, metric, "period") for metric in found] == [("carried", ["2025年11月20日"])] * 2


def test_date_given_from_outside_is_carried_from_nowhere(read: Read) -> None:
    assert words("改造小区60个。", read("改造小区60个。")[0], "period") == ("carried", [])


def test_evidence_points_into_the_raw_text_across_a_repaired_line_break(read: Read) -> None:
    text = "今年以来，全区新增停车\n泊位2500余个，惠及居民3.2万户。"
    assert words(text, read(text)[0], "object") == ("explicit", ["停车\n泊位"])


def test_row_has_the_evidence_of_every_field_in_one_column(read: Read) -> None:
    row = to_row(read("投资完成30亿元，同比增长5.5%。")[1])
    assert row["evidence"] == "object:carried:0-2 predicate:explicit:11-13 period:carried base:explicit:9-11"


def test_evidence_of_two_places_names_both() -> None:
    assert str(Evidence("object", explicit=False, spans=((3, 6), (9, 11)))) == "object:carried:3-6+9-11"


CORPUS = sorted((Path(__file__).parents[2] / "corpus").glob("*.txt"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_words_of_a_predicate_and_base_are_those_that_the_evidence_points_to(pipeline: Pipeline, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for metric in pipeline.metrics(Document("test", text)):
        for field in ("predicate", "base"):
            value = getattr(metric, field)
            told = "".join(words(text, metric, field)[1])
            assert set(value) <= set(told), (metric.text, field, value, told)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_every_field_that_is_told_has_evidence(pipeline: Pipeline, path: Path) -> None:
    for metric in pipeline.metrics(Document("test", path.read_text(encoding="utf-8"))):
        told = {evidence.field for evidence in metric.evidence}
        fields = ("object", "predicate", "area", "period", "base", "owner")
        assert told == {field for field in fields if getattr(metric, field)}
