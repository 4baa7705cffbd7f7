"""Articles, headings, sentences and dates of a document, and the offsets that lead back to its raw text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model.document import Article
from extract.model.sentence import Sentence

Articles = Callable[..., list[Article]]

RELEASE = """市南区完成老旧小区改造60个

记者 王明
2024年11月27日，市南区举行新闻发布会。今年以来，全区完成老旧小区改造60个，惠及居民3.2万户。

一、持续改善居住条件

全年拆除违法建筑27处、1.34万㎡；新增停车泊位2500余个。“十四五”期间，还将改造90个。
"""


def sentences(found: list[Article]) -> list[Sentence]:
    """Return the sentences of all articles in order."""
    return [sentence for article in found for sentence in article.sentences]


def texts(found: list[Article]) -> list[str]:
    """Return the texts of all sentences in order."""
    return [sentence.text.strip() for sentence in sentences(found)]


def test_release_is_cut_into_headings_and_sentences(articles: Articles) -> None:
    assert texts(articles(RELEASE)) == [
        "市南区完成老旧小区改造60个",
        "记者 王明",
        "2024年11月27日，市南区举行新闻发布会。",
        "今年以来，全区完成老旧小区改造60个，惠及居民3.2万户。",
        "一、持续改善居住条件",
        "全年拆除违法建筑27处、1.34万㎡；新增停车泊位2500余个。",
        "“十四五”期间，还将改造90个。",
    ]


def test_title_is_the_first_heading(articles: Articles) -> None:
    assert [article.title for article in articles(RELEASE)] == ["市南区完成老旧小区改造60个"]


def test_heading_is_told_from_prose(articles: Articles) -> None:
    headings = [sentence.text for sentence in sentences(articles(RELEASE)) if sentence.is_heading]
    assert headings[0] == "市南区完成老旧小区改造60个"
    assert headings[-1] == "一、持续改善居住条件"


def test_sentence_stands_under_the_heading_before_it(articles: Articles) -> None:
    assert sentences(articles(RELEASE))[-1].section == "持续改善居住条件"


def test_text_without_prose_before_a_heading_has_no_section(articles: Articles) -> None:
    (sentence,) = sentences(articles("全区完成改造60个，惠及3.2万户。"))
    assert sentence.section == ""


def test_blank_line_begins_a_block(articles: Articles) -> None:
    blocks = [s.block for s in sentences(articles("甲完成改造60个。\n乙完成改造70个。\n\n丙完成改造80个。"))]
    assert blocks == [0, 0, 1]


def test_each_line_of_prose_is_a_paragraph(articles: Articles) -> None:
    paragraphs = [s.paragraph for s in sentences(articles("甲完成60个。乙完成70个。\n丙完成80个。"))]
    assert paragraphs == [0, 0, 1]


@pytest.mark.parametrize("text", ["", "\n", "  \n\u3000\n\t\n", "\ufeff"])
def test_text_of_blanks_has_no_articles(articles: Articles, text: str) -> None:
    assert articles(text) == []


ENDS = [
    ("甲完成。乙完成。", ["甲完成。", "乙完成。"]),
    ("甲完成！乙完成？丙完成。", ["甲完成！", "乙完成？", "丙完成。"]),
    ("他说：“甲完成。”乙完成。", ["他说：“甲完成。”", "乙完成。"]),
    ("甲完成（见附表。）乙完成。", ["甲完成（见附表。）", "乙完成。"]),
    ("甲完成；乙完成。", ["甲完成；乙完成。"]),
    ("增长3.5%，投资1.5亿元。", ["增长3.5%，投资1.5亿元。"]),
    ("甲完成。", ["甲完成。"]),
    ("甲完成", ["甲完成"]),
]


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_sentence_ends_behind_its_mark_and_closing_quote(articles: Articles, text: str, expected: list[str]) -> None:
    assert texts(articles(text)) == expected


BROKEN = [
    ("今年以来，全区完成老旧小区改\n造60个，惠及居民3.2万户。", "今年以来，全区完成老旧小区改造60个，惠及居民3.2万户。"),
    ("今年以来，全区惠及居民3.2\n万户，拆除违建27处。", "今年以来，全区惠及居民3.2万户，拆除违建27处。"),
    ("今年以来，全区惠及居民25\n00户，拆除违建27处。", "今年以来，全区惠及居民2500户，拆除违建27处。"),
    ("今年以来，全区完成改造60个，\n惠及居民3.2万户。", "今年以来，全区完成改造60个，惠及居民3.2万户。"),
    ("今年以来，全区完成改造60个，\r\n惠及居民3.2万户。", "今年以来，全区完成改造60个，惠及居民3.2万户。"),
    ("今年以来，全区完成改造60个，\n\n惠及居民3.2万户。", "今年以来，全区完成改造60个，惠及居民3.2万户。"),
    ("今年以来，全区打造“15分钟\n医疗服务圈”，完成改造60个。", "今年以来，全区打造“15分钟医疗服务圈”，完成改造60个。"),
    ("\u3000\u3000今年以来，全区完成改造60\n个，惠及3.2万户。", "今年以来，全区完成改造60个，惠及3.2万户。"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_line_broken_inside_a_sentence_is_rejoined(articles: Articles, text: str, expected: str) -> None:
    assert texts(articles(f"甲区各项工作推进顺利，成效明显。\n{text}"))[1:] == [expected]


@pytest.mark.parametrize(("text", "expected"), BROKEN)
def test_line_broken_inside_the_first_sentence_is_rejoined(articles: Articles, text: str, expected: str) -> None:
    assert texts(articles(text)) == [expected]


def test_line_break_behind_a_full_stop_parts_paragraphs(articles: Articles) -> None:
    assert texts(articles("甲完成改造60个。\n乙完成改造70个。")) == ["甲完成改造60个。", "乙完成改造70个。"]


def test_heading_is_not_joined_to_the_prose_behind_it(articles: Articles) -> None:
    found = texts(articles("甲完成改造，惠及3.2万户。\n\n一、持续改善居住条件\n\n乙完成改造，惠及3.2万户。"))
    assert found == ["甲完成改造，惠及3.2万户。", "一、持续改善居住条件", "乙完成改造，惠及3.2万户。"]


def test_title_is_not_joined_to_the_first_line(articles: Articles) -> None:
    found = texts(articles("市南区完成老旧小区改造60个\n今年以来，全区惠及3.2万户。"))
    assert found == ["市南区完成老旧小区改造60个", "今年以来，全区惠及3.2万户。"]


def test_caption_between_two_halves_of_a_sentence_is_set_aside(articles: Articles) -> None:
    text = "今年以来，全区各项工作稳步推进。\n全区完成改造60个，\n图为改造后的小区。\n惠及居民3.2万户，拆除违建27处。"
    found = texts(articles(text))
    assert "全区完成改造60个，惠及居民3.2万户，拆除违建27处。" in found
    assert "图为改造后的小区。" in found


def test_byline_and_new_heading_begin_an_article(articles: Articles) -> None:
    text = (
        "市南区改造小区\n今年以来，全区完成改造60个。记者 王明\n\n"
        "崂山区新建学校\n今年以来，全区新建学校7所，投入使用。记者 李红\n"
    )
    assert [(a.number, a.title) for a in articles(text)] == [(1, "市南区改造小区"), (2, "崂山区新建学校")]


DATES = [
    ("市南区发布会\n2024年11月27日，发布会举行。", "2024-11-27"),
    ("市南区发布会\n发布时间：2024-11-27\n完成改造60个，惠及3.2万户。", "2024-11-27"),
    ("市南区发布会\n2024/3/5 来源：本站\n完成改造60个，惠及3.2万户。", "2024-03-05"),
    ("市南区发布会\n2024.03.05\n完成改造60个，惠及3.2万户。", "2024-03-05"),
    ("政府工作报告\n二〇二六年一月二十七日\n完成改造60个，惠及3.2万户。", "2026-01-27"),
    ("市南区发布会\n11月27日，发布会举行。2024年前10个月，完成改造60个。", "2024-11-27"),
    ("市南区发布会\n1月15日，发布会举行。去年，完成改造60个。2024年，增长5%。", "2025-01-15"),
    ("市南区发布会\n完成改造60个，惠及3.2万户。", ""),
    ("市南区发布会\n11月27日，发布会举行。", ""),
    ("市南区发布会\n2024年13月45日，完成改造60个。", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published"), DATES)
def test_publication_date_is_read_from_the_text(articles: Articles, text: str, published: str) -> None:
    assert [article.published for article in articles(text)] == [published]


def test_date_given_from_outside_goes_before_the_text(articles: Articles) -> None:
    (article,) = articles("市南区发布会\n2024年11月27日，发布会举行。", "2025-01-02")
    assert article.published == "2025-01-02"


def test_raw_span_counts_in_the_raw_text(articles: Articles) -> None:
    raw = "甲区各项工作推进顺利，成效明显。\n今年以来，全区惠及居民3.2\n  万户，拆除违建27处。"
    sentence = sentences(articles(raw))[1]
    start = sentence.text.index("3.2万户")
    begin, end = sentence.raw_span(start, start + 5)
    assert raw[begin:end] == "3.2\n  万户"


BREAKS = st.sampled_from(["", "", "", "", "\n", "\r\n", "\n\n", "\n\u3000\u3000", " ", "\t", "\r", "\x0b", "\u2028"])


@st.composite
def broken_texts(draw: st.DrawFn) -> str:
    """Return the release with line breaks and blanks at random places."""
    return "".join(char + draw(BREAKS) for char in RELEASE)


def assert_offsets_hold(raw: str, found: list[Article]) -> None:
    """Fail unless each sentence's characters stand in the raw text, in order and each once."""
    offsets = [offset for sentence in sentences(found) for offset in sentence.offsets]
    for sentence in sentences(found):
        assert len(sentence.offsets) == len(sentence.text)
        assert [raw[offset] for offset in sentence.offsets] == list(sentence.text)
        assert list(sentence.offsets) == sorted(set(sentence.offsets))
    assert len(offsets) == len(set(offsets))


@given(raw=broken_texts())
def test_offsets_are_true_whatever_the_line_breaks(articles: Articles, raw: str) -> None:
    assert_offsets_hold(raw, articles(raw))


@given(raw=broken_texts())
def test_no_visible_character_is_lost_whatever_the_line_breaks(articles: Articles, raw: str) -> None:
    kept = {offset for sentence in sentences(articles(raw)) for offset in sentence.offsets}
    assert "".join(raw[i] for i in range(len(raw)) if i not in kept).strip("\ufeff").strip() == ""


@given(raw=st.text(alphabet="完成60个，。；：“”（）《》一、改造记者王 \n\r\t\u3000\ufeff\x0b\x85\u2028😀", max_size=80))
def test_offsets_are_true_in_any_text(articles: Articles, raw: str) -> None:
    assert_offsets_hold(raw, articles(raw))


@pytest.mark.parametrize("raw", ["\ufeff完成改造60个。", "😀完成改造60个。\n𠮷完成70个。", "e\u0301完成60个。"])
def test_offsets_count_code_points(articles: Articles, raw: str) -> None:
    assert_offsets_hold(raw, articles(raw))
    assert texts(articles(raw))
