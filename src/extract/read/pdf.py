"""Reads PDF files with a text layer."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING, Any

import regex

from extract.document import Repair
from extract.errors import InputError
from extract.read.content import Content
from extract.read.typeset import Glyph, Line, Typesetting

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage

_MAX_PAGES = 2_000
_MAX_GLYPHS = 5_000_000
_MAX_STREAM = 100_000_000
"""Bytes that one stream may unpack to, and three times as many for all of them."""
_UNREADABLE = 0.3
_LAYERS = 3
_TIGHT = 0.25
"""Latin words stand further apart than this share of the letters' size."""
_cid = regex.compile(r"\(cid:\d+\)")
_stream = regex.compile(rb"stream\r?\n")


def read_pdf(data: bytes, source: str) -> Content:
    """Return the text of a PDF in reading order, with its headings and paragraphs.

    The text holds each line of the pages, columns one after the other, a blank line between pages; a paragraph
    passes over line breaks, page numbers and running heads. Tables are read as lines. Raises InputError with the
    name `source` where `data` is no PDF, is protected or broken, has pictures only, or is too large.
    """
    _check_streams(data, source)
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > _MAX_PAGES:
                raise InputError(source, f"has more than {_MAX_PAGES:,} pages", hint="split it")
            return _content(pdf.pages, source)
    except InputError:
        raise
    except (PdfminerException, RecursionError, Exception) as error:
        if isinstance(error, PdfminerException) and isinstance(error.args[0], PDFPasswordIncorrect):
            raise InputError(source, "is protected by a password", hint="save it without one") from error
        raise InputError(source, "is no whole PDF file", hint="copy it again or save it anew") from error


def _check_streams(data: bytes, source: str) -> None:
    """Refuse a file whose streams unpack to more than its reader could hold."""
    if b"%PDF-" not in data[:1024]:
        raise InputError(source, "is no PDF file", hint="give the file itself, not a link or a page about it")
    total = 0
    for match in _stream.finditer(data):
        packed = data[match.end() : match.end() + 2]
        if packed[:1] != b"\x78":
            continue
        total += _unpacked(data[match.end() : data.find(b"endstream", match.end())])
        if total > 3 * _MAX_STREAM:
            raise InputError(source, "unpacks to far more than it holds (a bomb)", where=f"byte {match.start()}")


def _unpacked(packed: bytes) -> int:
    for _ in range(_LAYERS):
        try:
            unpacked = zlib.decompressobj().decompress(packed, _MAX_STREAM + 1)
        except zlib.error:
            return len(packed)
        if len(unpacked) > _MAX_STREAM:
            return 4 * _MAX_STREAM
        if unpacked[:1] != b"\x78":
            return len(unpacked)
        packed = unpacked
    return len(packed)


def _content(pages: list[PdfPage], source: str) -> Content:
    setting = Typesetting()
    glyphs = pictures = unreadable = tilted = 0
    for page in pages:
        chars = list(page.dedupe_chars().chars)
        glyphs += len(chars)
        pictures += len(page.images)
        unreadable += sum(bool(_cid.fullmatch(char["text"])) for char in chars)
        if glyphs > _MAX_GLYPHS:
            raise InputError(source, f"has more than {_MAX_GLYPHS:,} characters", hint="split it")
        upright = [char for char in chars if char["upright"]]
        tilted += len(chars) - len(upright)
        setting.add_page(list(_lines(upright)), float(page.height))
        page.close()
    if not glyphs - tilted:
        if pictures:
            raise InputError(source, "has no text layer, only pictures", hint="recognise its text first (OCR)")
        raise InputError(source, "holds no text", hint="give a file whose text can be marked and copied")
    if unreadable > _UNREADABLE * glyphs:
        raise InputError(source, "its fonts do not tell their characters", hint="recognise its text first (OCR)")
    content = setting.content()
    marks = (Repair("tilted text left out", 0, 0, f"{tilted} characters"),) if tilted else ()
    return Content(content.text, page=content.page, repairs=(*marks, *content.repairs))


def _lines(chars: list[dict[str, Any]]) -> Iterator[Line]:
    """Yield the lines of a page from top to bottom: characters at the same height, from left to right."""
    glyphs = sorted((_glyph(char) for char in chars), key=lambda glyph: (glyph.middle, glyph.left))
    row: list[Glyph] = []
    for glyph in glyphs:
        if row and glyph.middle - median(other.middle for other in row[-5:]) > max(row[-1].size, glyph.size) / 2:
            yield Line(sorted(row, key=lambda other: other.left))
            row = []
        row.append(glyph)
    if row:
        yield Line(sorted(row, key=lambda other: other.left))


def _glyph(char: dict[str, Any]) -> Glyph:
    text = "\ufffd" if _cid.fullmatch(char["text"]) else char["text"]
    middle = (char["top"] + char["bottom"]) / 2
    bold = bool(regex.search(r"(?i)bold|black|heavy|hei(?!ti-light)|黑", str(char["fontname"])))
    return Glyph(text, char["x0"], char["x1"], middle, char["size"], bold)
