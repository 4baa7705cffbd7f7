"""Reading Word documents: what is text, title, heading and table in them, what is refused."""

from __future__ import annotations

import io
import random
import zipfile
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml

from extract.errors import InputError
from extract.model.document import Block, Cell, Table
from extract.read import docx as reader
from extract.read.content import Content
from extract.read.docx import read_docx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
TEXT = "全市新增就业3万人。"
CENTRED = '<w:pPr><w:jc w:val="center"/></w:pPr>'
BOLD = "<w:rPr><w:b/></w:rPr>"
MERGED = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
GOES_ON = "<w:tcPr><w:vMerge/></w:tcPr>"
WIDE = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'


def stored(document: Any) -> bytes:
    """Return a document of python-docx as a file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def made(*xml: str) -> bytes:
    """Return a document whose body is made of elements in WordprocessingML."""
    document = docx.Document()
    for number, element in enumerate(parse_xml(f"<w:body {SPACES}>{''.join(xml)}</w:body>")):
        document.element.body.insert(number, element)
    return stored(document)


def para(text: str, properties: str = "", run: str = "") -> str:
    return f'<w:p>{properties}<w:r>{run}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc>{properties}{para(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def box(inner: str) -> str:
    """Return a run with a text box as Word writes it: in its new form and again in its old one."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    new = f"<w:drawing><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></w:drawing>"
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(name: str, old: bytes, new: bytes) -> bytes:
    """Return a good document with `old` in one of its parts replaced."""
    parts = unzipped(made(para(TEXT)))
    assert old in parts[name]
    return zipped({**parts, name: parts[name].replace(old, new, 1)})


def read(data: bytes) -> Content:
    """Return what is read from a document, after checking that its parts stand in its text, once and in order."""
    content = read_docx(data, "稿.docx")
    assert content.page is not None
    runs: list[Block | Cell] = []
    for part in content.page.parts:
        if isinstance(part, Block):
            runs.append(part)
            continue
        assert len({len(row) for row in part.rows}) == 1
        runs += {id(c): c for row in part.rows for c in row}.values()
    for run in runs:
        assert len(run.text) == len(run.offsets)
        assert not set(run.text) & set("\r\n")
        assert all(content.text[place] == char for place, char in zip(run.offsets, run.text, strict=True))
    places = [place for run in runs for place in run.offsets]
    assert all(before < after for before, after in pairwise(places))
    assert set(content.text) - {"\n", "\t"} <= {char for run in runs for char in run.text}
    assert sum(char not in "\n\t" for char in content.text) == sum(content.text[p] not in "\n\t" for p in places)
    return content


def blocks(data: bytes) -> list[tuple[str, str]]:
    """Return kind and text of each block of a document."""
    page = read(data).page
    return [(part.kind, part.text) for part in page.parts if isinstance(part, Block)] if page else []


def grids(data: bytes) -> list[list[list[str]]]:
    """Return the texts of each table of a document."""
    page = read(data).page
    parts = page.parts if page else ()
    return [[[c.text for c in row] for row in part.rows] for part in parts if isinstance(part, Table)]


def fault_of(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read_docx(data, "稿.docx")
    assert caught.value.source == "稿.docx"
    return caught.value


def test_paragraphs_and_tables_stand_in_the_order_of_the_body() -> None:
    content = read(made(para("前文。"), table(cell("甲") + cell("3")), para("后文。")))
    assert content.text == "前文。\n甲\t3\n后文。\n"
    assert content.page is not None
    assert [type(part) for part in content.page.parts] == [Block, Table, Block]


def test_document_of_python_docx_has_title_headings_and_text() -> None:
    document = docx.Document()
    document.add_heading("就业稳中有升", 0)
    document.add_paragraph(TEXT)
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("第二段。")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    data = stored(document)
    assert blocks(data) == [
        ("title", "就业稳中有升"),
        ("paragraph", TEXT),
        ("heading", "一、总体情况"),
        ("paragraph", "第二段。"),
    ]
    page = read(data).page
    assert page is not None
    assert (page.title, page.published, page.authors) == ("就业稳中有升", "", ())


def test_first_heading_is_the_title_where_no_style_says_so() -> None:
    document = docx.Document()
    document.add_heading("甲市就业情况", 1)
    document.add_paragraph(TEXT)
    assert blocks(stored(document))[0] == ("title", "甲市就业情况")


def test_heading_behind_text_is_no_title() -> None:
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.add_heading("一、总体情况", 1)
    assert blocks(stored(document))[1] == ("heading", "一、总体情况")


@pytest.mark.parametrize("name", ["标题 1", "标题1", "标题"])
def test_chinese_names_of_styles_mark_headings(name: str) -> None:
    document = docx.Document()
    document.styles.add_style(name, 1)
    document.add_paragraph("甲市就业情况", style=name)
    document.add_paragraph(TEXT)
    assert blocks(stored(document))[0] == ("title", "甲市就业情况")


def test_short_centred_line_before_the_text_is_the_title() -> None:
    assert blocks(made(para("甲市就业情况", CENTRED), para(TEXT)))[0] == ("title", "甲市就业情况")


def test_centred_line_is_a_paragraph_once_there_is_a_title() -> None:
    found = blocks(made(para("甲市就业情况", CENTRED), para("2025年3月1日", CENTRED), para(TEXT)))
    assert found[1] == ("paragraph", "2025年3月1日")


def test_short_bold_line_is_a_heading() -> None:
    assert blocks(made(para(TEXT), para("一、综合", run=BOLD), para(TEXT)))[1] == ("heading", "一、综合")


@pytest.mark.parametrize("text", [TEXT, "长" * 100])
def test_bold_or_centred_sentence_is_text(text: str) -> None:
    assert blocks(made(para(text, CENTRED, BOLD))) == [("paragraph", text)]


def test_bold_that_is_switched_off_marks_no_heading() -> None:
    off = '<w:rPr><w:b w:val="0"/></w:rPr>'
    assert blocks(made(para("一、综合", run=off), para(TEXT)))[0] == ("paragraph", "一、综合")


def test_pieces_of_a_paragraph_are_joined() -> None:
    runs = "<w:r><w:t>新增</w:t></w:r><w:hyperlink><w:r><w:t>就业</w:t></w:r></w:hyperlink>"
    field = "<w:r><w:fldChar/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r>"
    control = "<w:sdt><w:sdtContent><w:r><w:t>万人。</w:t></w:r></w:sdtContent></w:sdt>"
    assert read(made(f"<w:p>{runs}{field}{control}</w:p>")).text == "新增就业3万人。\n"


def test_break_in_a_paragraph_parts_lines_and_a_tab_stays() -> None:
    xml = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>"
    assert blocks(made(xml)) == [("paragraph", "甲"), ("paragraph", "乙\t丙")]


def test_text_of_formulas_is_kept() -> None:
    formula = "<m:oMath><m:r><m:t>5.2%</m:t></m:r></m:oMath>"
    assert read(made(f"<w:p><w:r><w:t>增长</w:t></w:r>{formula}</w:p>")).text == "增长5.2%\n"


def test_phonetic_guides_are_left_out() -> None:
    ruby = "<w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby>"
    assert read(made(f"<w:p><w:r>{ruby}</w:r></w:p>")).text == "汉\n"


def test_inserted_text_is_kept_and_deleted_text_left_out() -> None:
    inserted = '<w:ins w:id="1"><w:r><w:t>3万人</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>2万人</w:delText></w:r></w:del>'
    moved = '<w:moveFrom w:id="3"><w:r><w:t>旧文</w:t></w:r></w:moveFrom>'
    assert read(made(f"<w:p><w:r><w:t>新增</w:t></w:r>{deleted}{inserted}{moved}</w:p>")).text == "新增3万人\n"


def test_deleted_row_is_left_out() -> None:
    gone = f'<w:trPr><w:del w:id="1"/></w:trPr>{cell("乙")}{cell("4")}'
    assert grids(made(table(cell("甲") + cell("3"), gone))) == [[["甲", "3"]]]


@pytest.mark.parametrize("tag", ["w:sdtContent", "w:ins", "w:customXml"])
def test_content_controls_around_paragraphs_and_tables_are_seen_through(tag: str) -> None:
    inner = f"<{tag}>{para(TEXT)}{table(cell('甲') + cell('3'))}</{tag}>"
    assert read(made(f"<w:sdt>{inner}</w:sdt>")).text == f"{TEXT}\n甲\t3\n"


def test_content_controls_around_rows_and_cells_are_seen_through() -> None:
    controlled = f"<w:sdt><w:sdtContent>{cell('3')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell('乙')}{cell('4')}</w:tr></w:sdtContent></w:sdt>"
    assert grids(made(f"<w:tbl><w:tr>{cell('甲')}{controlled}</w:tr>{row}</w:tbl>")) == [[["甲", "3"], ["乙", "4"]]]


def test_text_box_stands_once_behind_its_paragraph() -> None:
    assert read(made(f"<w:p><w:r><w:t>前文。</w:t></w:r>{box(para('框内。'))}</w:p>")).text == "前文。\n框内。\n"


def test_table_in_a_text_box_is_a_table() -> None:
    assert grids(made(f"<w:p>{box(table(cell('甲') + cell('3')))}</w:p>")) == [[["甲", "3"]]]


def test_text_box_in_a_cell_stands_once_in_the_cell() -> None:
    boxed = f"<w:tc><w:p><w:r><w:t>乙</w:t></w:r>{box(para('框'))}</w:p></w:tc>"
    assert grids(made(table(cell("甲") + boxed))) == [[["甲", "乙框"]]]


def test_text_box_in_a_text_box_is_kept() -> None:
    inner = f"<w:p><w:r><w:t>外。</w:t></w:r>{box(para('内。'))}</w:p>"
    assert read(made(f"<w:p>{box(inner)}</w:p>")).text == "外。\n内。\n"


def test_spanning_cell_stands_in_each_place_and_is_written_once() -> None:
    rows = (
        cell("地区", MERGED) + cell("就业", WIDE),
        cell("", GOES_ON) + cell("人数") + cell("增速"),
        cell("甲") + cell("3") + cell("5%"),
    )
    data = made(table(*rows))
    assert grids(data) == [[["地区", "就业", "就业"], ["地区", "人数", "增速"], ["甲", "3", "5%"]]]
    assert read(data).text.count("地区") == 1
    page = read(data).page
    assert page is not None
    (part,) = page.parts
    assert isinstance(part, Table)
    assert part.rows[0][0] is part.rows[1][0]
    assert part.rows[0][1] is part.rows[0][2]


def test_row_that_begins_further_right_keeps_its_columns() -> None:
    short = f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("3")}'
    assert grids(made(table(cell("甲") + cell("乙"), short))) == [[["甲", "乙"], ["", "3"]]]


def test_short_rows_are_filled_up() -> None:
    assert grids(made(table(cell("甲") + cell("乙"), cell("3")))) == [[["甲", "乙"], ["3", ""]]]


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "²", "9" * 5000])
def test_span_that_is_no_number_does_not_hurt(span: str) -> None:
    properties = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>'
    assert {text for row in grids(made(table(cell("甲", properties) + cell("3"))))[0] for text in row} >= {"甲", "3"}


def test_figures_in_two_paragraphs_of_a_cell_do_not_run_together() -> None:
    two = f"<w:tc>{para('12')}{para('34')}</w:tc>"
    assert grids(made(table(cell("甲") + two))) == [[["甲", "12 34"]]]


def test_words_in_two_paragraphs_of_a_cell_are_one_text() -> None:
    two = f"<w:tc>{para('城镇')}{para('就业')}</w:tc>"
    assert grids(made(table(two + cell("3")))) == [[["城镇就业", "3"]]]


def test_rows_that_repeat_on_each_page_are_heads() -> None:
    head = f"<w:trPr><w:tblHeader/></w:trPr>{cell('地区')}{cell('人数')}"
    page = read(made(table(head, cell("甲") + cell("3")))).page
    assert page is not None
    (part,) = page.parts
    assert isinstance(part, Table)
    assert [[c.is_head for c in row] for row in part.rows] == [[True, True], [False, False]]


def test_table_with_one_cell_is_text() -> None:
    assert blocks(made(table(cell(TEXT)))) == [("paragraph", TEXT)]


def test_table_around_a_table_is_no_table() -> None:
    inner = f"<w:tc>{table(cell('甲') + cell('3'))}{para('')}</w:tc>"
    data = made(table(cell("左栏") + inner))
    assert blocks(data) == [("paragraph", "左栏")]
    assert grids(data) == [[["甲", "3"]]]


def test_notes_are_left_out_and_counted() -> None:
    xml = '<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    content = read(made(xml, xml))
    assert content.text == "正文\n正文\n"
    assert [(repair.kind, repair.detail) for repair in content.repairs] == [("notes left out", "2 in all")]


def test_document_without_notes_has_no_repair() -> None:
    assert read(made(para(TEXT))).repairs == ()


@pytest.mark.parametrize("data", [b"", b"hello", made(para(TEXT))[:2000], made(para(TEXT))[:-10]], ids=range(4))
def test_what_is_no_whole_archive_is_refused(data: bytes) -> None:
    assert fault_of(data).problem == "is no whole .docx file"


def test_old_word_format_is_refused_by_name() -> None:
    fault = fault_of(OLE + bytes(600))
    assert (fault.problem, fault.hint) == ("is in the old Word format", "save it as .docx")


def test_document_with_a_password_is_refused_by_name() -> None:
    assert fault_of(OLE + "EncryptedPackage".encode("utf-16-le")).problem == "is protected by a password"


def test_archive_with_a_password_is_refused_by_name() -> None:
    data = bytearray(made(para(TEXT)))
    place = -1
    while (place := data.find(b"PK\x01\x02", place + 1)) >= 0:
        data[place + 8] |= 1
    assert fault_of(bytes(data)).problem == "is protected by a password"


@pytest.mark.parametrize("name", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
@pytest.mark.parametrize("data", [b"", b"<x", b"<a/>"], ids=["empty", "broken", "other"])
def test_part_that_is_broken_is_refused(name: str, data: bytes) -> None:
    assert fault_of(zipped({**unzipped(made(para(TEXT))), name: data})).problem == "is no Word document"


@pytest.mark.parametrize("name", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
def test_part_that_is_missing_is_refused(name: str) -> None:
    parts = unzipped(made(para(TEXT)))
    del parts[name]
    assert fault_of(zipped(parts)).problem == "is no Word document"


def test_workbook_is_refused() -> None:
    data = changed("[Content_Types].xml", b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")
    assert fault_of(data).problem == "is no Word document"


def test_document_without_a_body_is_refused() -> None:
    parts = unzipped(made(para(TEXT)))
    parts["word/document.xml"] = f"<w:document {SPACES}/>".encode()
    assert fault_of(zipped(parts)).problem == "is no Word document"


@pytest.mark.parametrize("reference", [b"&#xD800;", b"\xed\xa0\x80", b"&#0;"], ids=ascii)
def test_characters_that_xml_forbids_are_refused(reference: bytes) -> None:
    assert fault_of(changed("word/document.xml", "全市".encode(), reference)).problem == "is no Word document"


@pytest.mark.parametrize(
    "entity",
    [b'"lol"', b'SYSTEM "file:///etc/passwd"', b'"' + b"&b;" * 9 + b'"><!ENTITY b "' + b"lol" * 999 + b'"'],
    ids=["word", "file", "bomb"],
)
def test_entities_are_refused(entity: bytes) -> None:
    parts = unzipped(changed("word/document.xml", "全市".encode(), b"&a;"))
    start = b"<w:document"
    declared = b"<!DOCTYPE w:document [<!ENTITY a " + entity + b">]>" + start
    parts["word/document.xml"] = parts["word/document.xml"].replace(start, declared, 1)
    assert fault_of(zipped(parts)).problem == "is no Word document"


@pytest.mark.parametrize("name", ["word/document.xml", "word/media/image1.xml"])
def test_zip_bomb_is_refused(name: str) -> None:
    fault = fault_of(zipped({**unzipped(made(para(TEXT))), name: bytes(20_000_000)}))
    assert (fault.problem, fault.where) == ("unpacks to far more than it holds (a zip bomb)", name)


def raw(body: str) -> bytes:
    """Return a document with an element that python-docx would not parse on its own."""
    return changed("word/document.xml", b"<w:body>", b"<w:body>" + body.encode())


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    ],
    ids=["tables", "text boxes"],
)
def test_deep_nesting_is_refused(start: str, end: str) -> None:
    assert "nested too deep" in fault_of(raw(start * 40 + para("深") + end * 40)).problem
    fault_of(raw(start * 5000 + para("深") + end * 5000))


def test_table_whose_grid_is_far_larger_than_its_cells_is_refused() -> None:
    wide = "".join(cell(str(number)) for number in range(2000))
    narrow = [cell(str(number)) for number in range(2000)]
    assert "too large" in fault_of(raw(table(wide, *narrow))).problem


def test_document_without_text_is_refused() -> None:
    assert fault_of(stored(docx.Document())).problem == "holds no text"


@pytest.mark.parametrize(
    "picture", ["<w:drawing/>", "<w:pict><v:shape><v:imagedata/></v:shape></w:pict>", "<w:object/>"]
)
def test_document_of_pictures_is_refused_by_name(picture: str) -> None:
    fault = fault_of(made(f"<w:p><w:r>{picture}</w:r></w:p>"))
    assert (fault.problem, fault.hint) == ("holds pictures and no text", "recognise its text first (OCR)")


def test_damaged_bytes_end_in_the_same_text_or_an_input_error() -> None:
    chance = random.Random(1)
    good = made(para("甲市就业情况", CENTRED), para(TEXT), table(cell("甲") + cell("3")))
    refused = 0
    for _ in range(200):
        data = bytearray(good)
        data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            assert read(bytes(data)) == read(good)
        except InputError as fault:
            assert "\n" not in str(fault)
            refused += 1
    assert refused > 100


def test_damaged_markup_ends_in_a_text_or_an_input_error() -> None:
    chance = random.Random(2)
    parts = unzipped(made(para(TEXT), table(cell("甲", MERGED) + cell("3", WIDE))))
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    read_count = 0
    for _ in range(200):
        name = chance.choice(names)
        data = bytearray(parts[name])
        for _ in range(2):
            data[chance.randrange(len(data))] = chance.choice(b'<>/"a1 =:')
        try:
            read(zipped({**parts, name: bytes(data)}))
        except InputError as fault:
            assert "\n" not in str(fault)
        else:
            read_count += 1
    assert 0 < read_count < 200


def test_centred_title_of_python_docx_is_the_title() -> None:
    document = docx.Document()
    title = document.add_paragraph("甲市2024年统计公报")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(TEXT)
    page = read(stored(document)).page
    assert page is not None
    assert page.title == "甲市2024年统计公报"


@pytest.mark.parametrize("name", ["word/document.xml", "word/other.bin"])
def test_part_with_more_elements_than_a_reader_could_hold_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_MAX_ELEMENTS", 60_000)
    body = "".join(f'<w:p w:x{number}="{number}"/>' for number in range(32_000))
    parts = unzipped(made(para(TEXT)))
    assert read(zipped(parts)).text == f"{TEXT}\n"
    parts[name] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + body.encode(), 1)
    assert fault_of(zipped(parts)).problem == "holds more than a reader could hold"


def test_picture_counts_for_no_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MAX_ELEMENTS", 60_000)
    picture = random.Random(0).randbytes(100) + b"<=" * 90_000
    assert read(zipped({**unzipped(made(para(TEXT))), "word/media/image1.png": picture})).text == f"{TEXT}\n"
