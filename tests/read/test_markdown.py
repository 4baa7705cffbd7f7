"""Reading Markdown: its parts without their marks, and the place of each character in the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.document import Block, Cell, Page, Table
from extract.read.markdown import read_markdown


def page(text: str) -> Page:
    """Return the page of `text`, every character of it checked to stand in the source where it says."""
    content = read_markdown(text)
    assert content.text == text
    assert content.page is not None
    for piece in pieces(content.page):
        assert len(piece.text) == len(piece.offsets)
        assert list(piece.offsets) == sorted(set(piece.offsets))
        assert all(text[offset] == char for char, offset in zip(piece.text, piece.offsets, strict=True))
        assert "\n" not in piece.text
    return content.page


def pieces(found: Page) -> list[Block | Cell]:
    """Return the blocks and cells of a page in order."""
    cells = [
        [part] if isinstance(part, Block) else list(dict.fromkeys(cell for row in part.rows for cell in row))
        for part in found.parts
    ]
    return [piece for part in cells for piece in part]


def blocks(text: str) -> list[tuple[str, str]]:
    """Return kind and text of each block of `text`."""
    return [(part.kind, part.text) for part in page(text).parts if isinstance(part, Block)]


def test_first_heading_of_the_first_level_is_the_title() -> None:
    found = page("## 栏目\n\n# 市南区完成改造60个\n\n# 其二\n")
    assert found.title == "市南区完成改造60个"
    assert [part.kind for part in found.parts if isinstance(part, Block)] == ["heading", "title", "heading"]


MARKS = [
    ("惠及居民3.2**万户**。", "惠及居民3.2万户。"),
    ("*老旧小区*改造~~50~~60个。", "老旧小区改造5060个。"),
    ("[市南区](http://a.b/c)完成`60`个。", "市南区完成60个。"),
    ("增长5\\%，3 \\* 2。", "增长5%，3 * 2。"),
    ("新增&amp;泊位。", "新增&泊位。"),
    ("第一行，<br>第二行。", "第一行，第二行。"),
    ("惠及居\n民3.2万户。", "惠及居民3.2万户。"),
]


@pytest.mark.parametrize(("source", "text"), MARKS)
def test_marks_are_left_out(source: str, text: str) -> None:
    assert blocks(source) == [("paragraph", text)]


def test_items_and_quotes_are_paragraphs() -> None:
    assert blocks("- 学校7所。\n- 学位2400个。\n\n> 投资36亿元。\n") == [
        ("paragraph", "学校7所。"), ("paragraph", "学位2400个。"), ("paragraph", "投资36亿元。"),
    ]  # fmt: skip


def test_same_words_twice_have_their_own_places() -> None:
    first, second = page("完成60个。\n\n完成60个。\n").parts
    assert isinstance(first, Block)
    assert isinstance(second, Block)
    assert (first.offsets[0], second.offsets[0]) == (0, 8)


def test_indented_text_is_no_code() -> None:
    assert blocks("    今年完成改造60个，惠及居民3.2万户。\n") == [("paragraph", "今年完成改造60个，惠及居民3.2万户。")]


def test_code_and_markup_are_furniture() -> None:
    assert [kind for kind, _ in blocks("```\nn = 60\n```\n\n<div>\n60个\n</div>\n")] == ["furniture", "furniture"]


def test_words_of_a_picture_are_its_caption() -> None:
    assert ("caption", "开园的公园") in blocks("![开园的公园](a.png)\n")


def test_front_matter_tells_of_the_page() -> None:
    found = page("---\ntitle: 成绩单\ndate: 2024-11-27\nauthor: [张三, 李四]\nsource: 区政府\n---\n\n完成60个。\n")
    assert (found.title, found.published, found.authors, found.source) == (
        "成绩单",
        "2024-11-27",
        ("张三", "李四"),
        "区政府",
    )


@pytest.mark.parametrize("matter", ["title: [", "- 一", "{{{", "date: 13", ""])
def test_broken_front_matter_tells_nothing_and_stops_nothing(matter: str) -> None:
    found = page(f"---\n{matter}\n---\n\n完成60个。\n")
    assert (found.title, found.published) == ("", "")
    assert [part.text for part in found.parts if isinstance(part, Block) and part.kind == "paragraph"] == ["完成60个。"]


def test_table_is_a_grid_with_heads() -> None:
    (table,) = page("| 指标 | 2024年 |\n|---|---|\n| 床**位** | 1200 |\n| 学位 |  |\n").parts
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["指标", "2024年"], ["床位", "1200"], ["学位", ""]]
    assert [row[0].is_head for row in table.rows] == [True, False, False]


@given(st.text(alphabet="市南区60个，。#*_`[]()!>|-\\&;amp<br>\n 1.\t", max_size=80))
def test_any_text_gives_true_places(text: str) -> None:
    page(text)
