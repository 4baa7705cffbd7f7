"""Reading Markdown: which parts it has, where each of their characters stands in the source, what is never lost."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.model.document import Block, Cell, Page, Table
from extract.read.markdown import read_markdown

FIXTURE = Path(__file__).parents[1] / "fixtures" / "markdown" / "release.md"
SENTENCE = "全市新增就业3.2万人。"


def runs_of(page: Page) -> list[Block | Cell]:
    runs: list[Block | Cell] = []
    for part in page.parts:
        runs += [part] if isinstance(part, Block) else [cell for row in part.rows for cell in row]
    return runs


def read(text: str) -> Page:
    """Return the page that a text is read as, after checking that its parts stand in the text, each in its own place."""
    content = read_markdown(text)
    assert content.text == text
    assert content.page is not None
    runs = runs_of(content.page)
    for run in runs:
        assert len(run.text) == len(run.offsets)
        assert not set(run.text) & set("\r\n")
        assert all(text[place] == char for place, char in zip(run.offsets, run.text, strict=True))
        assert all(before < after for before, after in pairwise(run.offsets))
    places = [place for run in runs for place in run.offsets]
    assert len(places) == len(set(places))
    assert all(len({len(row) for row in part.rows}) == 1 for part in content.page.parts if isinstance(part, Table))
    starts = [run.offsets[0] for run in runs if run.offsets and not (isinstance(run, Block) and run.kind == "caption")]
    assert starts == sorted(starts)
    return content.page


def blocks(text: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in read(text).parts if isinstance(part, Block)]


def paragraphs(text: str) -> list[str]:
    return [line for kind, line in blocks(text) if kind == "paragraph"]


def grid(text: str) -> list[list[str]]:
    (table,) = (part for part in read(text).parts if isinstance(part, Table))
    return [[cell.text for cell in row] for row in table.rows]


def test_press_release_is_read_part_by_part() -> None:
    assert blocks(FIXTURE.read_text(encoding="utf-8"))[1:] == [
        ("title", "云岭市上半年经济运行情况"),
        ("paragraph", "上半年，全市实现地区生产总值612.4亿元，同比增长5.8%，增速比一季度提高0.3个百分点。"),
        ("heading", "一、农业生产平稳"),
        ("paragraph", "夏粮总产量38.2万吨，比上年增加1.1万吨；"),
        ("paragraph", "生猪出栏56.3万头。"),
        ("paragraph", "市统计局负责人表示，全年粮食产量预计达到90万吨。"),
        ("caption", "图为夏粮收购现场"),
        ("furniture", "```内部编号 20240722-17```"),
        ("paragraph", "新增市场主体2.1万户（初步数）。"),
    ]


def test_press_release_tells_title_date_source_and_authors() -> None:
    page = read(FIXTURE.read_text(encoding="utf-8"))
    assert (page.title, page.published, page.source) == ("云岭市上半年经济运行情况", "2024-07-22", "云岭市统计局")
    assert page.authors == ("张敏", "李国强")


def test_table_is_a_grid_with_heads() -> None:
    text = FIXTURE.read_text(encoding="utf-8")
    (table,) = (part for part in read(text).parts if isinstance(part, Table))
    assert grid(text) == [
        ["指标", "单位", "2024年上半年", "同比增长（%）"],
        ["地区生产总值", "亿元", "612.4", "5.8"],
        ["城镇新增就业", "万人", "3.2", "-1.5"],
    ]
    assert [[cell.is_head for cell in row] for row in table.rows] == [[True] * 4, [False] * 4, [False] * 4]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=ascii)
def test_line_ends_of_every_kind_are_the_same(end: str) -> None:
    text = FIXTURE.read_text(encoding="utf-8")
    assert blocks(text.replace("\n", end)) == blocks(text)
    assert grid(text.replace("\n", end)) == grid(text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("新增**3.2万人**。", "新增3.2万人。"),
        ("新增*3.2*万人", "新增3.2万人"),
        ("新增`3.2`万人", "新增3.2万人"),
        ("新增``3`2``万人", "新增3`2万人"),
        ("新增~~3.1~~3.2万人", "新增3.13.2万人"),
        ("新增3\\.2万\\*人", "新增3.2万*人"),
        ("产值&lt;3万&amp;2万", "产值3万&2万"),
        ("甲&#51;乙3丙", "甲乙3丙"),
        ("[新增](http://a.cn '标题')3万", "新增3万"),
        ("[新增][a]3万\n\n[a]: http://a.cn", "新增3万"),
        ("<http://a.cn>新增3万", "http://a.cn新增3万"),
        ("新<b title='3'>增3</b>万", "新增3万"),
        ("惠及居民3.2**万户**。", "惠及居民3.2万户。"),
        ("*老旧小区*改造~~50~~60个。", "老旧小区改造5060个。"),
        ("[市南区](http://a.b/c)完成`60`个。", "市南区完成60个。"),
        ("增长5\\%，3 \\* 2。", "增长5%，3 * 2。"),
        ("新增&amp;泊位。", "新增&泊位。"),
        ("第一行，<br>第二行。", "第一行，第二行。"),
        ("5*3与2", "5*3与2"),
        ("约5~8万人", "约5~8万人"),
        ("　　全市新增3万人", "全市新增3万人"),
        ("    全市新增3万人", "全市新增3万人"),
        ("甲\0乙**3**", "甲\0乙3"),
        ("第一行\n第二行", "第一行第二行"),
        ("第一行  \n第二行\\\n第三行", "第一行第二行第三行"),
    ],
)
def test_marks_are_no_text(source: str, text: str) -> None:
    assert paragraphs(source) == [text]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("[甲](乙)乙", 6),
        ("[甲](<乙 乙> '乙')乙", 14),
        ("[甲][乙]乙\n\n[乙]: a", 6),
        ("![甲](乙)乙", 7),
        ("甲<b title='乙'>乙", 14),
        ("1. 1", 3),
        ("## # ##", 3),
        ("> 1\n> 1. 1", 9),
        ("> # # #", 4),
        ("- -3℃", 4),
    ],
)
def test_last_character_is_not_taken_for_one_of_the_marks(source: str, place: int) -> None:
    assert [run.offsets[-1] for run in runs_of(read(source)) if run.text[-1] == source[place]][-1] == place


@pytest.mark.parametrize(
    "source",
    [f"- {SENTENCE}", f"* {SENTENCE}", f"12. {SENTENCE}", f"> {SENTENCE}", f"> - {SENTENCE}", f"- 1. > {SENTENCE}"],
)
def test_items_and_quotes_are_paragraphs(source: str) -> None:
    assert paragraphs(source) == [SENTENCE]


def test_same_words_twice_have_their_own_places() -> None:
    first, second = read("完成60个。\n\n完成60个。\n").parts
    assert isinstance(first, Block)
    assert isinstance(second, Block)
    assert (first.offsets[0], second.offsets[0]) == (0, 8)


def test_first_heading_of_the_first_level_is_the_title() -> None:
    assert blocks("## 甲\n\n# 乙\n\n# 丙\n\n丁\n===\n") == [
        ("heading", "甲"),
        ("title", "乙"),
        ("heading", "丙"),
        ("heading", "丁"),
    ]


def test_sentence_above_a_rule_is_no_heading() -> None:
    assert blocks(f"{SENTENCE}\n---\n{SENTENCE}") == [("paragraph", SENTENCE)] * 2


def test_picture_is_a_caption_and_no_part_of_its_paragraph() -> None:
    assert blocks("见下图。![图为食堂](a.png)完。") == [("paragraph", "见下图。完。"), ("caption", "图为食堂")]


@pytest.mark.parametrize(
    "source", [f"```\n{SENTENCE}\n```", f"~~~ 甲\n{SENTENCE}\n~~~", f"<div>{SENTENCE}</div>", f"<!-- {SENTENCE} -->"]
)
def test_code_and_html_blocks_are_furniture(source: str) -> None:
    ((kind, text),) = blocks(source)
    assert kind == "furniture"
    assert SENTENCE in text


def test_escaped_bar_is_a_character_of_its_cell() -> None:
    assert grid("|甲|乙|\n|-|-|\n|a\\|b|3|") == [["甲", "乙"], ["a|b", "3"]]


def test_equal_cells_have_their_own_places() -> None:
    source = "|3|3|\n|-|-|\n|3|3|"
    assert [run.offsets for run in runs_of(read(source))] == [(1,), (3,), (13,), (15,)]


def test_empty_and_missing_cells_are_empty() -> None:
    assert grid("|甲|乙|丙|\n|-|-|-|\n||3|\n") == [["甲", "乙", "丙"], ["", "3", ""]]


def test_cell_beyond_the_last_column_is_kept_as_a_paragraph() -> None:
    source = "|甲|乙|\n|-|-|\n|丙|3|4万|\n"
    assert grid(source) == [["甲", "乙"], ["丙", "3"]]
    assert paragraphs(source) == ["4万"]


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        ("title: 甲\ndate: 2024-07-02", ("甲", "2024-07-02", "", ())),
        (
            "标题: 甲\n日期: 2024年7月2日\n来源: 区住建局\n作者: 陈青、王海",
            ("甲", "2024-07-02", "区住建局", ("陈青", "王海")),
        ),
        ("date: 2024-07-02 10:30:00\nauthor: 陈青", ("", "2024-07-02", "", ("陈青",))),
        ("date: 2024-02-31", ("", "", "", ())),
        ("date: 昨天\ntitle: 2024", ("2024", "", "", ())),
        ("title: [甲, 乙]\nauthor: {a: 1}\nsource:", ("", "", "", ())),
        ("a: &a [甲]\ntitle: *a\nauthors: *a", ("", "", "", ("甲",))),
    ],
)
def test_front_matter_tells_of_the_page_and_is_furniture(
    matter: str, expected: tuple[str, str, str, tuple[str, ...]]
) -> None:
    text = f"---\n{matter}\n---\n{SENTENCE}"
    page = read(text)
    assert (page.title, page.published, page.source, page.authors) == expected
    assert [kind for kind, _ in blocks(text)] == ["furniture", "paragraph"]


@pytest.mark.parametrize("matter", ["title: [", "{{{", "date: 13", ""])
def test_broken_front_matter_tells_nothing_and_stops_nothing(matter: str) -> None:
    found = read(f"---\n{matter}\n---\n\n完成60个。\n")
    assert (found.title, found.published) == ("", "")
    assert [part.text for part in found.parts if isinstance(part, Block) and part.kind == "paragraph"] == ["完成60个。"]


@pytest.mark.parametrize(
    "source",
    [
        f"---\n{SENTENCE}\n\n---\n{SENTENCE}",
        f"---\n: : [\n\n{SENTENCE}\n\n---\n{SENTENCE}",
        f"---\ntitle: 甲\n\n{SENTENCE}\n\n{SENTENCE}",
        f"---\n- {SENTENCE}\n\n---\n{SENTENCE}",
        f"---\na: *b\n\n{SENTENCE}\n\n---\n{SENTENCE}",
    ],
    ids=["rules", "no YAML", "open", "list", "unknown alias"],
)
def test_text_between_rules_that_is_no_front_matter_is_kept(source: str) -> None:
    assert paragraphs(source).count(SENTENCE) == 2


def test_front_matter_that_grows_without_end_is_read() -> None:
    names = "abcdefghijklmnopqrstuvwxyz"
    matter = "a: &a {x: 1}\n" + "".join(
        f"{name}: &{name} {{<<: [{', '.join([f'*{before}'] * 9)}]}}\n" for before, name in pairwise(names)
    )
    assert paragraphs(f"---\n{matter}title: *z\n---\n{SENTENCE}") == [SENTENCE]


@pytest.mark.parametrize(
    "source",
    [
        f"{'>' * 5000}{SENTENCE}",
        f"{'- ' * 5000}{SENTENCE}",
        f"{'> ' * 30}{SENTENCE}",
        f"[注]: {SENTENCE}",
        f"[注]: a '{SENTENCE}'",
    ],
    ids=["quotes", "items", "30 quotes", "definition", "title of a definition"],
)
def test_line_that_markdown_does_not_show_is_kept(source: str) -> None:
    (line,) = paragraphs(source)
    assert SENTENCE in line


@pytest.mark.parametrize(
    "unit", ["[", "![", "[甲](", "**甲", "*甲 ", "`甲 ", "<甲@", "~~甲", "\\*", "&amp;", "|", "> ", "- "]
)
def test_marks_without_end_are_read(unit: str) -> None:
    assert SENTENCE[:-1] in "".join(paragraphs(f"{unit * 30_000}\n\n{SENTENCE}"))


@pytest.mark.parametrize("text", ["", "\n", "---", "---\n", "---\n---\n", "# ", "|", "```"])
def test_next_to_nothing_is_read(text: str) -> None:
    assert {kind for kind, _ in blocks(text)} <= {"furniture", "paragraph"}


def chars(alphabet: str, most: int = 12) -> st.SearchStrategy[str]:
    return st.text(alphabet, max_size=most)


@given(chars("甲乙3. \t\n\r\0*_`~[]()!<>|-#\\&;:'\"=+1", 60))
def test_any_text_keeps_its_places(text: str) -> None:
    read(text)


@given(st.text(alphabet="市南区60个，。#*_`[]()!>|-\\&;amp<br>\n 1.\t", max_size=80))
def test_any_text_of_usual_marks_keeps_its_places(text: str) -> None:
    read(text)


@given(
    st.lists(st.sampled_from(["甲", "3", "|", "\\|", "**", "`", "&lt;", "![", "](", ")", "[", " ", "\0"]), max_size=30)
)
def test_any_table_keeps_its_places(pieces: list[str]) -> None:
    read("|甲|乙|\n|-|-|\n" + "".join(pieces) + "\n")


WORD = st.text("甲乙丙丁3", min_size=1, max_size=4)
WRAPPED = st.sampled_from(
    [
        ("", ""),
        ("", ""),
        ("**", "**"),
        ("`", "`"),
        ("~~", "~~"),
        ("[", "](http://甲.cn/3)"),
        ("[", "](<甲 乙> '丙3')"),
        ("[", '](甲(乙) "3")'),
        ("<b title='甲3'>", "</b>"),
        ("\n", ""),
        ("\\*", ""),
        ("![](丁3)", ""),
    ]
)
LEAD = st.sampled_from(["", "# ", "3. ", "- ", "> ", "- > "])


@given(LEAD, st.lists(st.tuples(WRAPPED, WORD), min_size=1, max_size=8))
def test_each_character_has_its_own_place(lead: str, pieces: list[tuple[tuple[str, str], str]]) -> None:
    source, places = lead, []
    for number, ((before, after), word) in enumerate(pieces):
        opening = "" if before == "\n" and (number == 0 or lead == "# ") else before
        source += opening
        places += [len(source) - 1] if opening == "\\*" else []
        places += range(len(source), len(source) + len(word))
        source += word + after + "，"
        places.append(len(source) - 1)
    (block,) = read(source).parts
    assert isinstance(block, Block)
    assert (block.text, block.offsets) == ("".join(source[place] for place in places), tuple(places))
