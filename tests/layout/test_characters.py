"""Characters: what nobody sees is dropped, look-alikes and traditional ones are read, and the source's own are given."""

from __future__ import annotations

import pytest
import twins
from hypothesis import given
from hypothesis import strategies as st

from extract.layout.characters import Normaliser
from extract.model.document import Document
from extract.model.phrase import Phrase, Piece
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import Rulebook

TEXT = "2024年，市南區完成老舊小區改造60個，惠及居民3.2萬戶，新增學位2,400個，同比增長12.5%。"


@pytest.fixture(scope="module")
def normaliser(book: Rulebook) -> Normaliser:
    """Return a normaliser with the shipped rules."""
    return Normaliser(book.characters, book.folding)


def test_traditional_text_gives_the_same_values_units_and_areas(pipeline: Pipeline) -> None:
    found = pipeline.metrics(Document("稿", TEXT))
    assert [(str(int(metric.value * 10)), metric.unit, metric.area) for metric in found] == [
        ("600", "个", "市南区"), ("320000", "户", "市南区"), ("24000", "个", "市南区"), ("125", "%", "市南区"),
    ]  # fmt: skip


def test_words_of_a_traditional_text_stay_traditional(pipeline: Pipeline) -> None:
    first, second, *_ = pipeline.metrics(Document("稿", TEXT))
    assert (first.text, first.object, second.text, second.predicate) == ("60個", "老舊小區改造", "3.2萬戶", "惠及")
    assert first.sentence == TEXT


def test_simplified_text_with_one_traditional_name_is_not_taken_for_traditional(normaliser: Normaliser) -> None:
    text = "市南区完成老旧小区改造60个，由龍華公司施工，惠及居民3.2万户，新增学位2400个，同比增长。"
    assert not normaliser.view(text).is_traditional


@pytest.mark.parametrize("text", ["臺灣地區進出口總額", "電動車「綠色」補貼", "台北與乾隆、皇后、干部"])
def test_simplified_reading_is_as_long_as_the_text(normaliser: Normaliser, text: str) -> None:
    assert len(normaliser.simplified(text)) == len(text)


@given(st.text(alphabet="的為萬個裏著乾隆「」『』發髮𠮷😀ab12 ", max_size=30))
def test_any_text_keeps_its_length(text: str) -> None:
    from extract.rulebook.book import load_rules

    book = load_rules()
    assert len(Normaliser(book.characters, book.folding).simplified(text)) == len(text)


HIDDEN = {
    "zero-width": "\u200b",
    "soft hyphen": "\u00ad",
    "bidi": "\u202e",
    "isolate": "\u2066",
    "nul": "\0",
    "bom": "\ufeff",
}


@pytest.mark.parametrize("char", HIDDEN.values(), ids=HIDDEN)
def test_hidden_character_inside_a_figure_does_not_hide_it(pipeline: Pipeline, char: str) -> None:
    text = f"全区惠及居{char}民3.{char}2万户。"
    (metric,) = pipeline.metrics(Document("稿", text))
    assert (metric.text, metric.object, str(metric.value)) == ("3.2万户", "居民", "32000")
    assert text[metric.start : metric.end] == f"3.{char}2万户"


@pytest.mark.parametrize("char", HIDDEN.values(), ids=HIDDEN)
def test_hidden_character_is_recorded(pipeline: Pipeline, char: str) -> None:
    (repair,) = pipeline.extract(Document("稿", f"全区惠及居{char}民3.2万户。")).repairs
    assert (repair.kind, repair.start, repair.end) == ("hidden character", 5, 6)
    assert repair.detail == f"U+{ord(char):04X}"


def test_lone_surrogate_does_not_stop_the_reading(pipeline: Pipeline) -> None:
    assert [metric.text for metric in pipeline.metrics(Document("稿", "完成\ud800改造60个。"))] == ["60个"]


def test_radicals_that_look_like_characters_are_read_as_those(pipeline: Pipeline) -> None:
    text = "全区完成⽼旧⼩区改造60个，惠及居⺠3.2万⼾。"
    first, second = pipeline.metrics(Document("稿", text))
    assert (first.text, first.object, second.object, second.unit) == ("60个", "老旧小区改造", "居民", "户")
    assert first.sentence == "全区完成老旧小区改造60个，惠及居民3.2万户。"


def test_words_that_the_document_does_not_write_come_in_its_characters(normaliser: Normaliser) -> None:
    view = normaliser.view(TEXT)
    assert view.phrase(Phrase((Piece("城镇", 0, 0), Piece("居民", 26, 28)))) == "城鎮居民"


def test_traditional_release_keeps_every_offset(pipeline: Pipeline) -> None:
    text = twins.traditional("今年以来，全区完成老旧小区改造60个，惠及居民3.2万户。")
    assert [text[metric.start : metric.end] for metric in pipeline.metrics(Document("稿", text))] == ["60個", "3.2萬戶"]


@pytest.mark.parametrize(
    "text", ["新增9\ufffd\ufffd5个。", "新增9\ufffd个。", "新增\ufffd5个。", "新增1\ufffd000万元。"]
)
def test_number_beside_bytes_that_are_no_text_is_not_read(text: str, pipeline: Pipeline) -> None:
    assert pipeline.metrics(Document("稿", text)) == []


def test_bytes_that_are_no_text_in_words_do_not_hide_a_number(pipeline: Pipeline) -> None:
    assert [metric.text for metric in pipeline.metrics(Document("稿", "新\ufffd增5个\ufffd。"))] == ["5个"]
