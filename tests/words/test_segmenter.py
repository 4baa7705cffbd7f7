"""Words of a text, with jieba's dictionary and the lexicon of the rules."""

from __future__ import annotations

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import Rulebook
from extract.rulebook.schema import Term
from extract.words.segmenter import Segmenter, class_terms

TEXTS = [
    "",
    "完成老旧小区改造60个。",
    "2,500余个，3.2%",
    "  空 格 \n换行",
    "“十四五”期间😀",
    "abc ABC 123",
    "㎡μg/m³",
]


@pytest.mark.parametrize("text", TEXTS)
def test_joined_tokens_are_the_text(pipeline: Pipeline, text: str) -> None:
    assert "".join(token.text for token in pipeline.segmenter.segment(text)) == text


@given(text=st.text(alphabet="老旧小区改造完成新增60．,%％个万户亿元“”（）、，。 \n\t\u3000aZ😀𠮷é\x00", max_size=60))
def test_joined_tokens_are_the_text_whatever_it_is(pipeline: Pipeline, text: str) -> None:
    assert "".join(token.text for token in pipeline.segmenter.segment(text)) == text


@pytest.mark.parametrize("text", TEXTS)
def test_offsets_of_a_token_are_its_place_in_the_text(pipeline: Pipeline, text: str) -> None:
    assert all(text[token.start : token.end] == token.text for token in pipeline.segmenter.segment(text))


def test_word_of_the_lexicon_is_not_cut() -> None:
    segmenter = Segmenter([Term(word="惠民暖心大礼包", tag="n")])
    assert "惠民暖心大礼包" in [token.text for token in segmenter.segment("全市发放惠民暖心大礼包60份")]


def test_word_of_the_lexicon_has_its_tag() -> None:
    segmenter = Segmenter([Term(word="惠民暖心大礼包", tag="nz")])
    tags = {token.text: token.tag for token in segmenter.segment("全市发放惠民暖心大礼包60份")}
    assert tags["惠民暖心大礼包"] == "nz"


def test_every_word_of_the_shipped_lexicon_is_kept_whole(book: Rulebook, pipeline: Pipeline) -> None:
    for word in book.lexicon:
        assert word in [token.text for token in pipeline.segmenter.segment(f"，{word}，")]


def test_every_long_word_of_the_classes_is_kept_whole(book: Rulebook, pipeline: Pipeline) -> None:
    terms = {term.word for term in class_terms(book.words)}
    cut = [word for word in terms if [t.text for t in pipeline.segmenter.segment(f"，{word}，")] != ["，", word, "，"]]
    assert sorted(cut) == []


def test_uncut_word_is_cut_further() -> None:
    segmenter = Segmenter([], uncut=["全面完成"])
    assert "全面完成" not in [token.text for token in segmenter.segment("全面完成改造任务")]


def test_guess_does_not_make_an_uncut_word_again() -> None:
    assert "邀新" in [word for word, _ in Segmenter([]).words("拟邀新昉")]
    assert "邀新" not in [word for word, _ in Segmenter([], uncut=["邀新"]).words("拟邀新昉")]


def test_guess_does_not_join_a_particle_or_a_localiser_to_another_character() -> None:
    assert [word for word, _ in Segmenter([]).words("在屏上看")] == ["在", "屏", "上", "看"]


def test_guess_does_not_join_a_one_character_word_to_another() -> None:
    assert "拟聘" in [word for word, _ in Segmenter([]).words("拟聘他")]
    assert [word for word, _ in Segmenter([], singles="拟聘").words("拟聘他")] == ["拟", "聘", "他"]


def test_known_words_hold_no_guess() -> None:
    segmenter = Segmenter([])
    assert "龚炜炜" in [token.text for token in segmenter.segment("局长龚炜炜同志")]
    assert "龚炜炜" not in [token.text for token in segmenter.known("局长龚炜炜同志")]
    assert "".join(token.text for token in segmenter.known("局长龚炜炜同志")) == "局长龚炜炜同志"


def test_number_and_sign_of_percentage_are_two_words() -> None:
    assert Segmenter([]).words("涨3.5%，A-b") == [
        ("涨", "v"), ("3.5", "m"), ("%", "x"), ("，", "x"), ("A", "eng"), ("-", "x"), ("b", "eng"),
    ]  # fmt: skip


def test_two_segmenters_do_not_share_words() -> None:
    with_word = Segmenter([Term(word="惠民暖心大礼包", tag="n")])
    without = Segmenter([])
    assert "惠民暖心大礼包" not in [token.text for token in without.segment("全市发放惠民暖心大礼包60份")]
    assert "惠民暖心大礼包" in [token.text for token in with_word.segment("全市发放惠民暖心大礼包60份")]


def test_lexicon_does_not_leak_into_jieba_itself() -> None:
    Segmenter([Term(word="惠民暖心大礼包", tag="n")])
    assert "惠民暖心大礼包" not in jieba.lcut("全市发放惠民暖心大礼包60份")


def test_same_text_gives_the_same_tokens(pipeline: Pipeline) -> None:
    text = "全区完成老旧小区改造60个，惠及居民3.2万户。"
    first, second = pipeline.segmenter.segment(text), pipeline.segmenter.segment(text)
    assert [(t.start, t.end, t.text, t.tag) for t in first] == [(t.start, t.end, t.text, t.tag) for t in second]


@pytest.mark.parametrize(
    ("text", "words"),
    [("唐卡有3幅", ["唐卡", "有"]), ("路锥由148个", ["路锥", "由"]), ("被展陈9件", ["被", "展"])],
)
def test_guess_neither_begins_nor_ends_with_a_word_that_parts_others(
    pipeline: Pipeline, text: str, words: list[str]
) -> None:
    assert [word for word, _ in pipeline.segmenter.words(text)][:2] == words
