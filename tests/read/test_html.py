"""Reading web pages: which of it is the text, what its tables hold, what it tells of itself, what is refused."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from extract.errors import InputError
from extract.model.document import Block, Cell, Table
from extract.read.content import Content
from extract.read.html import read_html

FIXTURES = Path(__file__).parents[1] / "fixtures" / "html"
PAGES = sorted(FIXTURES.glob("*.html"))
TITLE = "我区完成改造60个"
PARAGRAPH = "<p>　　今年以来，全区完成改造60个，惠及居民3.2万户。</p>"
ARTICLE = "".join(
    f"<p>　　第{count}项，全区完成改造项目{number}个，惠及居民{number}.5万户。</p>"
    for number, count in enumerate("一二三四五六七八九十", 1)
)
MENU = "<ul class='nav'>" + "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(30)) + "</ul>"
FOOTER = "<div class='footer'>版权所有 青石区人民政府 2005-2019</div>"


def page(body: str, head: str = "", title: str = TITLE) -> bytes:
    return f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def read(data: bytes) -> Content:
    """Return what is read from a page, after checking that its parts stand in its text, once and in order."""
    content = read_html(data, "页.html")
    assert content.page is not None
    runs: list[Block | Cell] = []
    for part in content.page.parts:
        if isinstance(part, Block):
            runs.append(part)
            continue
        assert len({len(row) for row in part.rows}) == 1
        runs += [part.caption] if part.caption else []
        runs += {id(c): c for row in part.rows for c in row}.values()
    for run in runs:
        assert len(run.text) == len(run.offsets)
        assert not set(run.text) & set("\r\n")
        assert all(content.text[place] == char for place, char in zip(run.offsets, run.text, strict=True))
    places = [place for run in runs for place in run.offsets]
    assert all(before < after for before, after in pairwise(places))
    assert sum(char not in "\n\t" for char in content.text) == sum(content.text[p] not in "\n\t" for p in places)
    return content


def parts(content: Content) -> tuple[Block | Table, ...]:
    assert content.page is not None
    return content.page.parts


def lines(content: Content, kind: str = "paragraph") -> list[str]:
    return [part.text for part in parts(content) if isinstance(part, Block) and part.kind == kind]


def grid(content: Content) -> list[list[str]]:
    (table,) = (part for part in parts(content) if isinstance(part, Table))
    return [[cell.text for cell in row] for row in table.rows]


def told(content: Content) -> tuple[str, str, str, tuple[str, ...]]:
    """Return what a page tells of itself: title, date, source, authors."""
    assert content.page is not None
    return content.page.title, content.page.published, content.page.source, content.page.authors


def fault_of(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read_html(data, "页.html")
    return caught.value


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "ucap.html",
            ("岚山市前三季度新增城镇就业3.2万人", "2024-10-18", "市人力资源社会保障局", ("王海", "李岚")),
        ),
        ("trs_gb2312.html", ("上半年全县经济运行情况", "2024-07-22", "清溪县统计局", ())),
        ("zoom.html", ("我区完成老旧小区改造60个", "2024-11-05", "区住建局", ("陈青",))),
        ("layout_table_gbk.html", ("平湖镇上半年工作情况", "2023-07-10", "平湖镇人民政府", ())),
        ("short.html", ("全省新增养老床位1.6万张", "", "", ())),
        ("release_big5.html", ("新北市上半年新增托育名額1,250個", "2024-07-15", "", ())),
    ],
)
def test_page_tells_title_date_source_and_authors(name: str, expected: tuple[str, str, str, tuple[str, ...]]) -> None:
    assert told(read((FIXTURES / name).read_bytes())) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "ucap.html",
            [
                "前三季度，全市新增城镇就业3.2万人，完成年度目标的96.5%。",
                "全市举办招聘会126场，达成就业意向1.8万人次。",
                "发放创业担保贷款5.6亿元，同比增长12.4%。",
            ],
        ),
        (
            "trs_gb2312.html",
            [
                "上半年，全县实现地区生产总值86.4亿元，按不变价格计算，同比增长5.7%。",
                "一、农业生产平稳",
                "夏粮总产量12.3万吨，比上年增加0.4万吨。",
                "注：增速按可比价格计算。",
            ],
        ),
        (
            "zoom.html",
            [
                "今年以来，我区完成老旧小区改造60个，惠及居民3.2万户。",
                "加装电梯118部，新增停车位2400个。",
                "下一步，我区将再改造小区25个，计划投资4.8亿元。",
                "（图为改造后的青石里小区）",
            ],
        ),
        (
            "short.html",
            [
                "截至6月底，全省新增养老床位1.6万张，建成社区食堂320个。",
                "城市新增0.9万张；",
                "农村新增0.7万张。",
                "“明年再增8000张。”省民政厅负责人说。",
            ],
        ),
        (
            "release_big5.html",
            [
                "市政府社會局表示，上半年新增托育名額1,250個，公共托育中心達128處。",
                "補助金額較去年同期增加12.5%，受惠兒童3.6萬人。",
            ],
        ),
    ],
)
def test_paragraphs_of_the_article_are_read_whole_and_alone(name: str, expected: list[str]) -> None:
    found = lines(read((FIXTURES / name).read_bytes()))
    assert [line for line in found if "日期：" not in line and "来源：" not in line] == [
        line for line in expected if "来源：" not in line
    ]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_menus_links_and_footers_stay_out_of_the_text(path: Path) -> None:
    text = read(path.read_bytes()).text
    unwanted = ["首页", "回首頁", "相关链接", "去年新增就业", "分享到", "版权", "版權", "备案", "热门推荐", "1200亿"]
    unwanted += ["88888", "1234567", "上一篇", "0573", "设为首页", "政务公开", "text-indent", "line-height"]
    assert [word for word in unwanted if word in text] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_title_stands_once_in_front(path: Path) -> None:
    content = read(path.read_bytes())
    first = parts(content)[0]
    assert isinstance(first, Block)
    assert (first.kind, first.text) == ("title", told(content)[0])
    assert content.text.splitlines().count(first.text) == 1


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("ucap.html", "utf-8"),
        ("trs_gb2312.html", "gb18030"),
        ("layout_table_gbk.html", "gb18030"),
        ("release_big5.html", "big5"),
    ],
)
def test_encoding_is_told(name: str, encoding: str) -> None:
    assert read((FIXTURES / name).read_bytes()).encoding == encoding


def test_rare_character_of_gb18030_is_read_on_a_page_that_says_gb2312() -> None:
    data = page("<p>全区完成㙍镇改造60个，惠及居民3.2万户。</p>").replace(b"utf-8", b"gb2312").decode()
    assert "㙍镇" in read(data.encode("gb18030")).text


def test_byte_order_mark_is_no_text() -> None:
    assert read(b"\xef\xbb\xbf" + page(PARAGRAPH)).text.startswith(TITLE)


def test_undecodable_bytes_are_told() -> None:
    content = read(page(PARAGRAPH * 9).replace("全区".encode(), b"\xff" + "全区".encode(), 1))
    assert [repair.kind for repair in content.repairs] == ["undecodable bytes"]


def test_headings_and_captions_are_told_from_paragraphs() -> None:
    content = read((FIXTURES / "short.html").read_bytes())
    assert lines(content, "heading") == ["建设情况"]
    assert lines(content, "caption") == ["图为社区食堂。"]


def test_inline_markup_breaks_no_words() -> None:
    assert lines(read(page("<p>全<b>区</b>完<a href='/'>成</a>改造<span>6<i>0</i></span>个。</p>"))) == [
        "全区完成改造60个。"
    ]


def test_line_breaks_of_the_source_are_no_text() -> None:
    assert lines(read(page("<p>\n    全区完成\n    改造60个\r\n，共3万户。\n</p>"))) == ["全区完成改造60个，共3万户。"]


@pytest.mark.parametrize("indent", ["　　", "&nbsp;&nbsp;", "\n   ", "&emsp;&emsp;".replace("emsp", "#12288")])
def test_indent_is_no_text(indent: str) -> None:
    assert lines(read(page(f"<p>{indent}全区完成改造60个。</p>"))) == ["全区完成改造60个。"]


@pytest.mark.parametrize("mark", ["<br>", "<br/>", "<br><br>", "<br>　　"])
def test_line_break_parts_sentences(mark: str) -> None:
    assert lines(read(page(f"<div>全区完成改造60个。{mark}惠及居民3.2万户。</div>"))) == [
        "全区完成改造60个。",
        "惠及居民3.2万户。",
    ]


def test_line_break_in_mid_sentence_parts_nothing() -> None:
    text = "今年以来，全区共计完成老旧小区综合整治改造<br>60个，惠及居民3.2万户。"
    assert lines(read(page(f"<div>{text}</div>"))) == [text.replace("<br>", "")]


def test_paragraph_that_comes_twice_stays_twice() -> None:
    assert len(lines(read(page(PARAGRAPH * 2)))) == 2


@pytest.mark.parametrize(
    "body",
    [
        f"{MENU}<h1>{TITLE}</h1><div id='UCAP-CONTENT'>{ARTICLE}</div>{FOOTER}",
        f"{MENU}<h1>{TITLE}</h1><div class='TRS_Editor'>{ARTICLE}</div>{FOOTER}",
        f"<div class='page'>{MENU}<h1>{TITLE}</h1><div>{ARTICLE}</div>{FOOTER}</div>",
        f"{MENU}<h1>{TITLE}</h1><div id='print_area'>{ARTICLE}</div>{FOOTER}",
        f"{MENU}<table><tr><td width='200'>{MENU}</td><td>{ARTICLE}</td></tr></table>{FOOTER}",
        f"<table><tr><td><table><tr><td>{ARTICLE}</td></tr></table></td></tr></table>{FOOTER}",
        f"{MENU}<font size='3'>{ARTICLE}</font>{FOOTER}",
        f"{MENU}<form action='/'>{ARTICLE}</form>{FOOTER}",
        ARTICLE,
    ],
    ids=["ucap", "trs", "page", "print", "sidebar cell", "nested tables", "font", "form", "bare"],
)
def test_article_is_found_wherever_it_stands(body: str) -> None:
    content = read(page(body))
    assert lines(content) == [line.strip("<p>　/") for line in ARTICLE.split("</p>") if line]
    assert [part for part in parts(content) if isinstance(part, Table)] == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<div class='summary'>摘要：全区民生支出8.8亿元。</div>", ""),
        ("", "<div class='fj'>附：下一年计划改造99个。</div>"),
        ("<div><p>编者按：全区民生支出8.8亿元。</p></div>", ""),
    ],
)
def test_short_text_beside_the_article_with_a_figure_is_kept(before: str, after: str) -> None:
    found = lines(read(page(f"{MENU}<h1>{TITLE}</h1>{before}<div class='content'>{ARTICLE}</div>{after}{FOOTER}")))
    assert len(found) == 11
    assert not any("版权" in line for line in found)


@pytest.mark.parametrize(
    "body",
    [
        "<center><font>　　全区完成<font color='red'>60</font>个改造。</font></center><font>惠及3.2万户。</font>",
        "<div>全区完成60个改造。</div>惠及3.2万户。",
        "<div>全区完成<b>60</b>个改造。<p>惠及<b>3.2</b>万户。</p></div>",
        "<dl><dt>全区完成60个改造。</dt><dd>惠及3.2万户。</dd></dl>",
    ],
    ids=["font", "bare", "div", "list"],
)
def test_text_outside_of_paragraphs_is_kept(body: str) -> None:
    assert lines(read(page(body))) == ["全区完成60个改造。", "惠及3.2万户。"]


def test_paragraph_with_links_is_kept() -> None:
    linked = "<p>　　<a href='/1'>青石里小区</a>、<a href='/2'>东山里小区</a>加装电梯18部，共投入资金320万元。</p>"
    assert lines(read(page(ARTICLE + linked)))[-1] == "青石里小区、东山里小区加装电梯18部，共投入资金320万元。"


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>var a='隐藏99个。'</script>",
        "<style>.a{content:'隐藏99个。'}</style>",
        "<!-- 隐藏99个。 -->",
        "<div style='display: none'>隐藏99个。</div>",
        "<template>隐藏99个。</template>",
    ],
)
def test_what_a_browser_does_not_show_is_no_text(unseen: str) -> None:
    assert "99" not in read(page(unseen + ARTICLE)).text


@pytest.mark.parametrize(
    ("window", "body"),
    [
        (f"{TITLE}_青石区人民政府", "<h1>青石区人民政府</h1>"),
        (f"{TITLE}_市县动态_岚山市人民政府网", ""),
        (f"{TITLE} - 岚山市人民政府", ""),
        (f"{TITLE}--清溪县统计局", ""),
        (f"{TITLE}|要闻|青石新闻网", ""),
        ("青石区人民政府", f"<h1>{TITLE}</h1>"),
    ],
)
def test_title_is_without_the_name_of_the_site(window: str, body: str) -> None:
    assert told(read(page(body + ARTICLE, title=window)))[0] == TITLE


def test_title_keeps_its_subtitle() -> None:
    title = "改造为了谁——区财政局负责人答记者问"
    assert told(read(page(ARTICLE, title=title)))[0] == title


def test_title_that_the_page_names_comes_first() -> None:
    head = "<meta name='ArticleTitle' content='全区完成改造60个'>"
    assert told(read(page(f"<h1>别的</h1>{ARTICLE}", head)))[0] == "全区完成改造60个"


@pytest.mark.parametrize(
    "head",
    [
        "<meta name='PubDate' content='2024-10-18 09:12'>",
        "<meta name='pubdate' content='2024/10/18'>",
        "<meta property='article:published_time' content='2024-10-18T09:12:00+08:00'>",
    ],
)
def test_date_that_the_page_names_is_the_date_of_publication(head: str) -> None:
    assert told(read(page(f"<p>发布日期：2023-01-01</p>{ARTICLE}", head)))[1] == "2024-10-18"


@pytest.mark.parametrize(
    "byline",
    ["发布时间：2024年7月2日 来源：本站", "2024-07-02 10:30", "日期：2024.7.2", "發布日期：2024-07-02"],
)
def test_date_of_the_byline_is_the_date_of_publication(byline: str) -> None:
    assert told(read(page(f"<h1>{TITLE}</h1><div class='info'>{byline}</div><div>{ARTICLE}</div>")))[1] == "2024-07-02"


@pytest.mark.parametrize(
    "body",
    [
        f"<p>　　截至2024年6月30日，全区完成改造60个。</p>{ARTICLE}",
        f"<p>　　开工时间为2024年3月1日，共60个。</p>{ARTICLE}",
        f"{ARTICLE}<div class='footer'>更新日期 2019-01-01 版权所有</div>",
        f"{ARTICLE}<div class='footer'>© 2005-2019 青石区人民政府</div>",
        f"<div>{ARTICLE}</div><div class='list'><ul><li><a href='/1'>新增9万人</a> 2023-01-02</li>"
        "<li><a href='/2'>新建7所</a> 2023-01-03</li></ul></div>",
        f"<p>发布时间：2024-02-31</p>{ARTICLE}",
        f"<p>发布时间：9999-99-99</p>{ARTICLE}",
    ],
    ids=["in the text", "start of works", "update of site", "copyright", "other articles", "no such day", "no date"],
)
def test_date_of_something_else_is_no_date_of_publication(body: str) -> None:
    assert told(read(page(f"{MENU}<h1>{TITLE}</h1>{body}")))[1] == ""


@pytest.mark.parametrize(
    ("byline", "source", "authors"),
    [
        ("来源：区住建局 作者：陈青", "区住建局", ("陈青",)),
        ("<span>来源：区住建局</span><span>作者：陈青</span><span>浏览次数：512</span>", "区住建局", ("陈青",)),
        ("来源：<a href='/'>区住建局</a>|字体：大 中 小", "区住建局", ()),
        ("作者： 来源：区住建局", "区住建局", ()),
        ("来源： 发布时间：2024-07-02", "", ()),
        ("数据来源：国家统计局", "", ()),
    ],
)
def test_byline_tells_source_and_author(byline: str, source: str, authors: tuple[str, ...]) -> None:
    assert told(read(page(f"<h1>{TITLE}</h1><div>{byline}</div><div>{ARTICLE}</div>")))[2:] == (source, authors)


def test_table_is_a_full_grid_with_its_heads() -> None:
    content = read((FIXTURES / "layout_table_gbk.html").read_bytes())
    (table,) = (part for part in parts(content) if isinstance(part, Table))
    assert grid(content) == [
        ["指标", "单位", "2023年上半年", "同比增长（%）"],
        ["固定资产投资", "亿元", "2.3", "8.6"],
        ["农村居民人均可支配收入", "元", "12850", "7.1"],
    ]
    assert [[cell.is_head for cell in row] for row in table.rows] == [[True] * 4, [False] * 4, [False] * 4]
    assert table.caption is not None
    assert table.caption.text == "平湖镇主要指标"


def test_cell_that_spans_stands_in_each_place_and_once_in_the_text() -> None:
    content = read((FIXTURES / "trs_gb2312.html").read_bytes())
    (table,) = (part for part in parts(content) if isinstance(part, Table))
    assert grid(content)[:3] == [
        ["指标", "单位", "2024年上半年", "2024年上半年"],
        ["指标", "单位", "数值", "同比增长（%）"],
        ["地区生产总值", "亿元", "86.4", "5.7"],
    ]
    assert table.rows[0][0] is table.rows[1][0]
    assert table.rows[0][2] is table.rows[0][3]
    assert content.text.count("2024年上半年") == 1


def test_table_keeps_its_place_between_the_paragraphs() -> None:
    found = parts(read((FIXTURES / "trs_gb2312.html").read_bytes()))
    place = next(number for number, part in enumerate(found) if isinstance(part, Table))
    before, after = found[place - 1], found[place + 1]
    assert isinstance(before, Block)
    assert isinstance(after, Block)
    assert (before.text[:2], after.text[:2]) == ("夏粮", "注：")


def test_rows_of_unequal_length_are_filled_up() -> None:
    assert grid(read(page(ARTICLE + "<table><tr><td>甲<td>3<td>4<tr><td>乙</table>"))) == [
        ["甲", "3", "4"],
        ["乙", "", ""],
    ]


@pytest.mark.parametrize("span", ["0", "-1", "x", "２", "99999999999999999999", "1.5", ""])
@pytest.mark.parametrize("name", ["colspan", "rowspan"])
def test_odd_span_loses_no_cell(name: str, span: str) -> None:
    found = grid(read(page(ARTICLE + f"<table><tr><td {name}='{span}'>甲<td>3<tr><td>乙<td>4</table>")))
    assert {cell for row in found for cell in row} >= {"甲", "3", "乙", "4"}


@pytest.mark.parametrize(
    "data",
    [
        page(""),
        b"<html></html>",
        b"<",
        b"<<<<>>>>&&&&",
        "<!-- 全市新增 -->".encode(),
        page("<script>var a='全市新增3万人。'</script>"),
        page(MENU + FOOTER, title=""),
        b"<html><frameset><frame src='a'></frameset></html>",
    ],
    ids=["empty body", "empty page", "sign", "signs", "comment", "script", "menu", "frames"],
)
def test_page_without_text_is_refused(data: bytes) -> None:
    fault = fault_of(data)
    assert (fault.source, fault.problem) == ("页.html", "no main text found")
    assert fault.hint


@pytest.mark.parametrize("tag", ["div", "span", "b", "table><tr><td", "ul><li"])
@pytest.mark.parametrize("times", [300, 5000, 100_000])
def test_deeply_nested_page_is_refused_rather_than_cut(tag: str, times: int) -> None:
    assert "nested" in fault_of(page(f"<{tag}>" * times + PARAGRAPH)).problem


def test_nesting_that_people_make_is_read() -> None:
    assert len(lines(read(page("<div>" * 200 + PARAGRAPH + "</div>" * 200)))) == 1


def test_tag_with_countless_attributes_is_refused() -> None:
    names = " ".join(f"a{number}" for number in range(100_000))
    assert "attributes" in fault_of(page(f"<div {names}>{PARAGRAPH}</div>")).problem


def test_text_of_more_than_ten_million_bytes_in_one_element_is_read() -> None:
    sentence = "全市新增就业3.2万人。"
    assert len(read_html(page(f"<p>{sentence * 400_000}</p>"), "页.html").text) > len(sentence) * 400_000


def test_large_page_is_read_to_its_end() -> None:
    content = read_html(page(PARAGRAPH * 30_000), "页.html")
    assert len(lines(content)) == 30_000
    assert [repair.kind for repair in content.repairs] == ["main text"]


def test_nul_characters_are_left_out() -> None:
    assert lines(read(page("<p>全区完成\0改造60个，惠及\0居民3.2万户。</p>"))) == [
        "全区完成改造60个，惠及居民3.2万户。"
    ]


@pytest.mark.parametrize("reference", ["&#xD800;", "&#55357;", "&#x110000;", "&#0;"])
def test_reference_to_no_character_is_read_as_such(reference: str) -> None:
    content = read(page(f"<p>全区完成改造60个{reference}。</p>"))
    assert content.text.encode()
    assert "60个" in content.text


@pytest.mark.parametrize(
    "prolog",
    [
        "<?xml version='1.0' encoding='utf-8'?>",
        "<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd'>",
        "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
        "<!DOCTYPE h [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>",
    ],
)
def test_prolog_is_no_text_and_its_entities_are_not_followed(prolog: str) -> None:
    assert lines(read(prolog.encode() + page("<p>全区完成改造60个&b;。</p>"))) == ["全区完成改造60个&b;。"]


def test_unclosed_tags_lose_nothing() -> None:
    content = read(page("<div><p>全区完成改造60个<b>惠及<i>3万户。<table><tr><td>甲<td>3<tr><td>乙<td>4"))
    assert lines(content) == ["全区完成改造60个惠及3万户。"]
    assert grid(content) == [["甲", "3"], ["乙", "4"]]


def test_main_text_that_trafilatura_does_not_find_is_read_and_told() -> None:
    content = read(page("<span>完成60个</span>"))
    assert lines(content) == ["完成60个"]
    assert [repair.kind for repair in content.repairs] == ["main text"]


def test_cells_that_span_more_than_people_make_stand_in_their_first_places_alone() -> None:
    rows = "<tr><td rowspan=200 colspan=200>学校</td><td>5</td></tr>" * 400
    (found,) = [part for part in read(page(f"{ARTICLE}<table>{rows}</table>")).page.parts if isinstance(part, Table)]
    assert {len(row) for row in found.rows} == {2}
    assert len(found.rows) == 400


def test_spans_of_many_tables_count_together() -> None:
    table = "<table><tr><td rowspan=100 colspan=100>学校</td><td>5</td></tr>" + "<tr><td>6</td></tr>" * 99 + "</table>"
    found = [part for part in read(page(ARTICLE + table * 20)).page.parts if isinstance(part, Table)]
    widths = [len(part.rows[0]) for part in found]
    assert widths[0] == 101
    assert widths[-1] == 2
