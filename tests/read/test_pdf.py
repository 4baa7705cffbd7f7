"""Reading PDF files: lines, columns, running heads, paragraphs and headings, and what is refused."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pdf_made import LEFT, Draw, flate, lines, one_page, page, pdf, raw, ruled, stream, wrapped, zeros
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extract.errors import InputError
from extract.model.document import Block, Document, Table
from extract.pipeline.pipeline import Pipeline
from extract.read.content import Content
from extract.read.pdf import read_pdf

FIXTURES = Path(__file__).parents[1] / "fixtures" / "pdf"
HELLO = b"BT /F1 12 Tf 72 700 Td (Hello 60) Tj ET"
FIRST = "全市完成老旧小区改造60个，惠及居民3.2万户，改造建筑面积285万平方米，加装电梯142部，新增停车位4300个。"
SECOND = "新增养老床位1850张，建成社区食堂37个，日均服务老人6200人次，比去年同期增加1400人次，新增托位2600个。"


def blocks(data: bytes) -> list[tuple[str, str]]:
    """Return the kinds and texts of the blocks of a PDF."""
    return [(block.kind, block.text) for block in parts(read_pdf(data, "稿.pdf"))]


def parts(content: Content) -> list[Block]:
    """Return the blocks of what was read."""
    assert content.page is not None
    return [part for part in content.page.parts if isinstance(part, Block)]


def fault_of(data: bytes) -> InputError:
    """Return the error that reading `data` ends in."""
    with pytest.raises(InputError) as caught:
        read_pdf(data, "稿.pdf")
    return caught.value


def two_columns(canvas: Canvas) -> None:
    """Draw a headline over two columns of a paragraph each."""
    lines(canvas, ["云溪市民生实事进展"], left=200, top=80, size=20)
    lines(canvas, wrapped(FIRST, 17), left=60, top=130)
    lines(canvas, wrapped(SECOND, 17), left=300, top=130)


def three_columns(canvas: Canvas) -> None:
    """Draw three columns of a paragraph each."""
    for number, text in enumerate((FIRST, SECOND, FIRST)):
        lines(canvas, wrapped(text, 12), left=50 + 170 * number, top=130)


def running(number: int, *texts: str) -> Draw:
    """Return a function that draws a page with a running head and a page number."""

    def draw(canvas: Canvas) -> None:
        lines(canvas, ["云溪市人民政府公报"], top=50)
        lines(canvas, texts)
        lines(canvas, [f"第{number}页 共2页"], left=270, top=800)

    return draw


def across_pages() -> bytes:
    """Return a PDF of two pages, the first of which ends within a sentence."""
    first, second = wrapped(FIRST), wrapped(SECOND)
    return pdf(running(1, *second, *second, first[0]), running(2, *first[1:], *second))


def overprinted(canvas: Canvas) -> None:
    """Draw a line twice at almost the same place, as for bold letters."""
    lines(canvas, [FIRST[:30]])
    lines(canvas, [FIRST[:30]], left=LEFT + 0.3)


def watermarked(canvas: Canvas) -> None:
    """Draw a paragraph below words set at an angle."""
    lines(canvas, wrapped(FIRST))
    canvas.rotate(45)
    canvas.drawString(400, 100, "内部资料")


MADE: dict[str, Callable[[], bytes]] = {
    "one column": lambda: pdf(page(*wrapped(FIRST), *wrapped(SECOND))),
    "two columns": lambda: pdf(two_columns),
    "three columns": lambda: pdf(three_columns),
    "across pages": across_pages,
    "overprinted": lambda: pdf(overprinted),
    "watermarked": lambda: pdf(watermarked),
    "by Chromium": (FIXTURES / "chromium.pdf").read_bytes,
    "by LibreOffice": (FIXTURES / "libreoffice.pdf").read_bytes,
}


@pytest.mark.parametrize("name", MADE)
def test_each_character_of_a_block_is_at_its_offset(name: str) -> None:
    content = read_pdf(MADE[name](), "稿.pdf")
    places: list[int] = []
    for block in parts(content):
        assert "".join(content.text[place] for place in block.offsets) == block.text
        assert list(block.offsets) == sorted(set(block.offsets))
        assert "\n" not in block.text
        places += block.offsets
    assert len(places) == len(set(places))


@pytest.mark.parametrize("name", MADE)
def test_blocks_hold_all_of_the_text_but_its_line_breaks(name: str) -> None:
    content = read_pdf(MADE[name](), "稿.pdf")
    held = {place for block in parts(content) for place in block.offsets}
    assert {content.text[place] for place in set(range(len(content.text))) - held} <= {"\n"}


def test_lines_of_a_paragraph_are_joined() -> None:
    assert blocks(pdf(page(*wrapped(FIRST), *wrapped(SECOND)))) == [("paragraph", FIRST), ("paragraph", SECOND)]


def test_line_break_that_was_joined_is_a_repair() -> None:
    content = read_pdf(pdf(page(*wrapped(FIRST))), "稿.pdf")
    joins = [content.text[repair.start : repair.end] for repair in content.repairs if repair.kind == "joined line"]
    assert joins == ["\n"] * (len(wrapped(FIRST)) - 1)


def test_headline_over_two_columns_is_the_title_and_the_columns_follow_each_other() -> None:
    content = read_pdf(pdf(two_columns), "稿.pdf")
    assert content.page is not None
    assert content.page.title == "云溪市民生实事进展"
    assert [block.text for block in parts(content)][1:] == [FIRST, SECOND]


def test_three_columns_are_read_from_left_to_right() -> None:
    assert [text for _, text in blocks(pdf(three_columns))] == [FIRST, SECOND, FIRST]


def test_sentence_across_pages_is_one_paragraph_without_the_running_heads() -> None:
    content = read_pdf(across_pages(), "稿.pdf")
    texts = [block.text for block in parts(content) if block.kind == "paragraph"]
    assert texts == [SECOND, SECOND, FIRST, SECOND]


def test_running_heads_and_page_numbers_are_furniture() -> None:
    aside = [
        text.replace(" ", "").replace("\u3000", "") for kind, text in blocks(across_pages()) if kind == "furniture"
    ]
    assert sorted(aside) == sorted(["云溪市人民政府公报", "第1页共2页", "云溪市人民政府公报", "第2页共2页"])


def test_larger_short_line_within_the_text_is_a_heading() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, wrapped(FIRST))
        lines(canvas, ["二、养老服务"], top=200, size=16)
        lines(canvas, wrapped(SECOND), top=240)

    assert blocks(pdf(draw)) == [("paragraph", FIRST), ("heading", "二、养老服务"), ("paragraph", SECOND)]


def test_characters_printed_twice_to_look_bold_are_read_once() -> None:
    assert [text for _, text in blocks(pdf(overprinted))] == [FIRST[:30]]


def test_equal_characters_beside_each_other_are_both_read() -> None:
    assert blocks(pdf(page("共计1111万元"))) == [("paragraph", "共计1111万元")]


def test_words_at_an_angle_are_left_out_and_told() -> None:
    content = read_pdf(pdf(watermarked), "稿.pdf")
    assert [block.text for block in parts(content)] == [FIRST]
    assert [repair.detail for repair in content.repairs if repair.kind == "tilted text left out"] == ["4 characters"]


def test_file_that_only_its_owner_may_change_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(LEFT, 700, "Hello 60")

    locked = StandardEncryption("", ownerPassword="owner", strength=128)
    assert blocks(pdf(draw, encryption=locked)) == [("paragraph", "Hello 60")]


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        (
            "chromium",
            [
                "云溪市⽼旧⼩区改造进展",
                "完成⽼旧⼩区改造60个，惠及居⺠3.2万⼾，加装电梯142部，更新供⽔管⽹118公⾥，新增停⻋位4300个。",
            ],
        ),
        ("libreoffice", ["一、老旧小区改造", "下一步，我市计划到2026年底再改造老旧小区45个，力争覆盖居民2.4万户。"]),
    ],
)
def test_printed_page_is_read_as_it_is_stored(name: str, texts: list[str]) -> None:
    content = read_pdf((FIXTURES / f"{name}.pdf").read_bytes(), "稿.pdf")
    assert set(texts) <= {block.text for block in parts(content)}


def test_title_is_read_from_the_page_and_not_from_the_metadata() -> None:
    content = read_pdf((FIXTURES / "chromium.pdf").read_bytes(), "稿.pdf")
    assert content.page is not None
    assert content.page.title == "云溪市⽼旧⼩区改造进展"


def form(body: bytes, called: int) -> bytes:
    """Return a form that may draw the form `called` by the name X."""
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % called
    return stream(body, entries)


def test_form_that_draws_itself_does_not_hide_the_text() -> None:
    data = one_page(stream(HELLO + b" /X Do"), others={6: form(b"/X Do", 6)}, extra=b"/XObject<</X 6 0 R>>")
    assert blocks(data) == [("paragraph", "Hello 60")]


def picture_only() -> bytes:
    image = stream(b"\0" * 4, b"/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8")
    return one_page(stream(b"/X Do"), others={6: image}, extra=b"/XObject<</X 6 0 R>>")


def unmapped() -> bytes:
    """Return a page whose font does not tell which characters its codes are."""
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    system = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    inner = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo%s/FontDescriptor 7 0 R>>" % system
    described = b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1 1]>>"
    shown = stream(b"BT /F1 12 Tf 72 700 Td <000100020003> Tj ET")
    return one_page(shown, font, {6: inner, 7: described})


def page_tree(kids: bytes, count: bytes = b"") -> bytes:
    """Return a PDF with a page tree of `kids`, of which 3 0 R is a page."""
    tree = b"<</Type/Pages/MediaBox[0 0 9 9]/Kids[%s]%s>>" % (kids, count)
    pages = {3: b"<</Type/Page/Parent 2 0 R>>"} if b"3 0 R" in kids else {}
    return raw({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: tree, **pages})


def many_pages() -> bytes:
    pages = dict.fromkeys(range(3, 2004), b"<</Type/Page/Parent 2 0 R>>")
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    tree = b"<</Type/Pages/MediaBox[0 0 9 9]/Kids[%s]>>" % kids
    return raw({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: tree, **pages})


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "no PDF": (lambda: b"<html></html>", "is no PDF file"),
    "empty": (lambda: b"", "is no PDF file"),
    "a head alone": (lambda: b"%PDF-1.7\n", "is cut off: its end is missing"),
    "cut off": (lambda: pdf(page(FIRST))[:-200], "is cut off: its end is missing"),
    "pictures only": (picture_only, "has no text layer, only pictures"),
    "an empty page": (lambda: pdf(page()), "holds no text"),
    "no Unicode maps": (unmapped, "its fonts do not tell their characters"),
    "a password": (
        lambda: pdf(page(FIRST), encryption=StandardEncryption("密", strength=128)),
        "is protected by a password",
    ),
    "no pages": (lambda: page_tree(b""), "has no pages"),
    "a tree that holds itself": (lambda: page_tree(b"2 0 R"), "has no pages"),
    "fewer pages than told": (lambda: page_tree(b"3 0 R", b"/Count 5"), "lacks 4 of its 5 pages"),
    "too many pages": (many_pages, "has more than 2,000 pages"),
    "damaged text": (
        lambda: one_page(stream(zlib.compress(HELLO * 99)[:-9], b"/Filter/FlateDecode")),
        "is no whole PDF file",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bad_file_is_refused_by_its_name_and_with_advice(name: str) -> None:
    make, problem = REFUSED[name]
    fault = fault_of(make())
    assert (fault.source, fault.problem) == ("稿.pdf", problem)
    assert fault.hint


BOMBS: dict[str, Callable[[], bytes]] = {
    "a stream": lambda: one_page(stream(zeros(0.5), b"/Filter/FlateDecode")),
    "a stream in a stream": lambda: one_page(stream(zlib.compress(zeros(0.5)), b"/Filter[/FlateDecode/FlateDecode]")),
    "a stream in digits": lambda: one_page(stream(zeros(0.5).hex().encode(), b"/Filter[/ASCIIHexDecode/FlateDecode]")),
    "a stream of a small window": lambda: one_page(flate(b" " * 200_000_000, wbits=9)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_stream_that_unpacks_beyond_the_limit_is_refused(name: str) -> None:
    assert fault_of(BOMBS[name]()).problem == "unpacks to far more than it holds (a bomb)"


def test_references_in_a_circle_end_in_an_error() -> None:
    data = one_page(b"6 0 R", others={6: b"7 0 R", 7: b"6 0 R"})
    assert fault_of(data).problem == "takes too much time or memory to read"


HEAD: list[list[str | tuple[str, int, int] | None]] = [
    [("指标", 1, 2), ("2025年", 2, 1), None],
    [None, "数量（个）", "同比增长（%）"],
]
WIDTHS = (150, 100, 130)


def tables(data: bytes) -> list[list[list[str]]]:
    """Return the texts of the cells of the tables of a PDF."""
    content = read_pdf(data, "表.pdf")
    assert content.page is not None
    return [
        [[cell.text for cell in row] for row in part.rows] for part in content.page.parts if isinstance(part, Table)
    ]


def with_table(canvas: Canvas) -> None:
    """Draw a paragraph, a ruled table with a head of two rows, and another paragraph."""
    lines(canvas, wrapped(FIRST), top=80)
    ruled(canvas, [*HEAD, ["社区食堂", "37", "5.7"], ["充电车位", "420", "-2.5"]], WIDTHS, top=200)
    lines(canvas, wrapped(SECOND), top=420)


def test_ruled_table_keeps_its_cells_and_a_cell_that_spans_stands_in_each_place() -> None:
    assert tables(pdf(with_table)) == [
        [
            ["指标", "2025年", "2025年"], ["指标", "数量（个）", "同比增长（%）"], ["社区食堂", "37", "5.7"],
            ["充电车位", "420", "-2.5"],
        ]
    ]  # fmt: skip


def test_paragraphs_around_a_table_hold_nothing_of_it() -> None:
    texts = [text for _, text in blocks(pdf(with_table))]
    assert [text.strip("　") for text in texts] == [FIRST, SECOND]


def test_cells_of_a_table_stand_at_their_offsets() -> None:
    content = read_pdf(pdf(with_table), "表.pdf")
    assert content.page is not None
    cells = [cell for part in content.page.parts if isinstance(part, Table) for row in part.rows for cell in row]
    assert cells
    assert all("".join(content.text[place] for place in cell.offsets) == cell.text for cell in cells)


def test_table_over_two_pages_is_one_without_the_head_written_again() -> None:
    first = partial(ruled, rows=[*HEAD, ["社区食堂", "37", "5.7"]], widths=WIDTHS, top=700)
    second = partial(ruled, rows=[*HEAD, ["充电车位", "420", "-2.5"]], widths=WIDTHS, top=80)
    (table,) = tables(pdf(first, second))
    assert [row[0] for row in table] == ["指标", "指标", "社区食堂", "充电车位"]


def test_tables_with_other_columns_stay_apart_over_a_page() -> None:
    first = partial(ruled, rows=[["指标", "数量"], ["食堂", "37"]], widths=(150, 100), top=700)
    second = partial(ruled, rows=[["指标", "数量"], ["车位", "420"]], widths=(90, 200), top=80)
    assert len(tables(pdf(first, second))) == 2


def test_frame_around_a_text_is_no_table() -> None:
    def framed(canvas: Canvas) -> None:
        ruled(canvas, [["", ""], ["", ""]], (200, 220), top=60, high=120)
        lines(canvas, wrapped(FIRST, 16), left=80, top=80)

    assert not tables(pdf(framed))


def test_figures_of_a_table_in_a_pdf_are_told_by_its_heads(pipeline: Pipeline) -> None:
    content = read_pdf(pdf(with_table), "表.pdf")
    document = Document("表", content.text, page=content.page)
    found = {(metric.text, str(metric.value), metric.unit, metric.object) for metric in pipeline.metrics(document)}
    assert ("37", "37", "个", "社区食堂") in found
    assert any(text == "-2.5" and unit == "%" for text, _, unit, _ in found)
