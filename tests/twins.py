"""Makes real files of every format from a plain text, and carries its gold over to what their readers decode."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import opencc

from extract.model.record import Metric

_QUOTES = str.maketrans("“”‘’", "「」『』")


def paragraphs(text: str) -> list[str]:
    """Return the lines of `text` without blanks around them, empty ones left out."""
    return [line.strip(" \u3000\t") for line in text.splitlines() if line.strip(" \u3000\t")]


def is_heading(line: str) -> bool:
    """Tell whether a line has no sentence in it."""
    return not any(mark in line for mark in "。，；") and len(line) < 40


def make_docx(text: str) -> bytes:
    """Return `text` as a Word document: the first line its title, short lines its headings."""
    import docx

    document = docx.Document()
    title, *rest = paragraphs(text)
    document.add_heading(title, 0)
    for line in rest:
        if is_heading(line):
            document.add_heading(line, 2)
        else:
            paragraph = document.add_paragraph()
            middle = len(line) // 2
            paragraph.add_run(line[:middle])
            paragraph.add_run(line[middle:]).bold = True
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def make_html(text: str, encoding: str = "utf-8") -> bytes:
    """Return `text` as a page in the manner of government sites: menu, main text, links, footer."""
    title, *rest = (html.escape(line) for line in paragraphs(text))
    body = "\n".join(f"<p>　　<span>{line[:7]}</span>{line[7:]}</p>" for line in rest)
    page = f"""<!DOCTYPE html><html><head><meta charset="{encoding}"><title>{title}_市人民政府</title></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li><li><a href="/hd">互动</a></li></ul></div>
<div class="main"><h1>{title}</h1><div class="TRS_Editor">{body}</div></div>
<div class="related"><ul><li><a href="/1">去年完成改造小区85个</a></li><li><a href="/2">新建学校9所</a></li></ul></div>
<div class="footer">主办：市人民政府办公室　已有123456人次访问</div></body></html>"""
    return page.encode(encoding)


def make_markdown(text: str) -> bytes:
    """Return `text` as Markdown, with emphasis in its figures."""
    title, *rest = paragraphs(text)
    lines = [f"## {line}" if is_heading(line) else line.replace("个，", "**个**，") for line in rest]
    return "\n\n".join([f"# {title}", *lines, ""]).encode()


def make_pdf(text: str) -> bytes:
    """Return `text` as typeset pages with running heads and page numbers."""
    from reportlab.lib.enums import TA_CENTER
    from reportlab.lib.pagesizes import A5
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    common = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    plain = ParagraphStyle("plain", fontSize=10, leading=16, firstLineIndent=20, spaceAfter=3, **common)
    head = ParagraphStyle("head", fontSize=13, leading=20, spaceBefore=8, spaceAfter=4, **common)
    top = ParagraphStyle("top", fontSize=17, leading=24, spaceAfter=10, alignment=TA_CENTER, **common)

    def furnish(canvas: Canvas, _: object) -> None:
        canvas.setFont("STSong-Light", 8)
        canvas.drawString(50, A5[1] - 30, "市人民政府公报 2025年第3期")
        canvas.drawCentredString(A5[0] / 2, 25, f"— {canvas.getPageNumber()} —")

    title, *rest = (html.escape(line) for line in paragraphs(text))
    story = [Paragraph(title, top), *(Paragraph(line, head if is_heading(line) else plain) for line in rest)]
    packed = io.BytesIO()
    SimpleDocTemplate(packed, pagesize=A5, topMargin=60, bottomMargin=60).build(
        story, onFirstPage=furnish, onLaterPages=furnish
    )
    return packed.getvalue()


def make_csv(text: str) -> bytes:
    """Return `text` as the second of the rows of a CSV file."""
    import csv

    packed = io.StringIO()
    writer = csv.writer(packed)
    writer.writerows([["编号", "正文"], ["a-1", "市南区新建公园3处。"], ["a-2", text]])
    return packed.getvalue().encode("gb18030")


def make_jsonl(text: str) -> bytes:
    """Return `text` as the second of the objects of a file of JSON lines."""
    rows = [{"id": "a-1", "text": "市南区新建公园3处。"}, {"id": "a-2", "text": text}]
    return "\n".join(json.dumps(row) for row in rows).encode()


def make_parquet(text: str) -> bytes:
    """Return `text` as the second of the rows of a Parquet file."""
    import pyarrow
    from pyarrow import parquet

    packed = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.table({"id": ["a-1", "a-2"], "text": ["市南区新建公园3处。", text]}), packed)
    return bytes(packed.getvalue())


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def traditional(text: str) -> str:
    """Return `text` in traditional characters with their quotes; its length stays the same."""
    converted = _converter().convert(text)
    if len(converted) != len(text):
        converted = "".join(_converter().convert(char)[:1] for char in text)
    return str(converted).translate(_QUOTES)


def narrowed(text: str, encoding: str) -> bytes:
    """Return `text` in `encoding`; characters that it lacks become □."""
    return "".join(char if _holds(char, encoding) else "□" for char in text).encode(encoding)


def _holds(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def carried(records: Sequence[Metric], text: str, decoded: str, change: Callable[[str], str] = str) -> list[Metric]:
    """Return gold of `text` as gold of `decoded`, which holds the same characters but for blanks and marks.

    `change` turns the words of the first into those of the second.
    """
    places = _places(change(text), decoded)
    return [
        replace(
            record,
            start=places[record.start],
            end=places[record.end - 1] + 1,
            object=change(record.object),
            predicate=change(record.predicate),
            base=change(record.base),
        )
        for record in records
    ]


def _places(text: str, decoded: str) -> list[int]:
    """Return for each character of `text` its offset in `decoded`, for blanks that of the one before."""
    places: list[int] = []
    position = -1
    for char in text:
        if not char.isspace():
            position = decoded.index(char, position + 1)
        places.append(max(position, 0))
    return places


def saved(folder: Path, name: str, data: bytes) -> Path:
    """Write `data` to the file `name` in `folder`, and return its path."""
    path = folder / name
    path.write_bytes(data)
    return path
