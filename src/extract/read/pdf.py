"""Reads PDF files with a text layer."""

from __future__ import annotations

import io
import logging
import pickle
import subprocess
import sys
import zlib
from collections.abc import Iterable, Iterator
from statistics import median
from typing import TYPE_CHECKING, Any, cast

import regex

from extract.errors import InputError
from extract.model.document import Repair
from extract.read.content import Content
from extract.read.pdf_tables import is_inside, sheets
from extract.read.typeset import Glyph, Line, Typesetting

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage
    from pdfplumber.pdf import PDF

_MAX_PAGES = 2_000
_MAX_GLYPHS = 5_000_000
_MAX_STREAM = 100_000_000
"""Bytes that one stream may unpack to."""
_MAX_MEMORY = 2 << 30
_START_SECONDS = 8
_PAGE_SECONDS = 0.5
"""Of the processor's time: what opening a file and its slowest page may take, and what each page adds."""
_LAST_RESORT = _START_SECONDS + _PAGE_SECONDS * _MAX_PAGES
_UNREADABLE = 0.3
_DOUBLE = 1.0
"""Equal characters nearer than this many points are one, printed twice to look bold."""
_ANSWER = "import sys; sys.path[:] = {path!r}; from extract.read.pdf import answer; answer({source!r})"
_TILT = 0.05
"""A line that rises by more than this share of its length is no line of the text."""
_cid = regex.compile(r"\(cid:\d+\)")


def read_pdf(data: bytes, source: str) -> Content:
    """Return the text of a PDF in reading order, with its headings and paragraphs.

    The text holds each line of the pages, columns one after the other, a blank line between pages; a paragraph
    passes over line breaks, page numbers and running heads. Ruled tables keep their cells, over two
    pages too; others are read as lines. Raises InputError with the
    name `source` where `data` is no PDF, is protected or broken, has pictures only, or is too large. The file is
    read in a process of its own, which is ended where it takes too much time or memory.
    """
    if b"%PDF-" not in data[:1024]:
        raise InputError(source, "is no PDF file", hint="give the file itself, not a link or a page about it")
    code = _ANSWER.format(path=sys.path, source=source)
    try:
        reader = subprocess.run(
            [sys.executable, "-c", code],
            input=data,
            capture_output=True,
            timeout=_LAST_RESORT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _costly(source) from error
    if reader.returncode < 0:
        raise _costly(source)
    if reader.returncode:
        reason = reader.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise InputError(source, f"cannot be read: {reason}", hint="print it to a new PDF")
    result = pickle.loads(reader.stdout)
    if isinstance(result, InputError):
        raise result
    return cast("Content", result)


def answer(source: str) -> None:
    """Read a PDF from standard input, and write its content or the InputError pickled to standard output."""
    _limit_memory()
    _limit_time(0)
    try:
        result: Content | InputError = _read(sys.stdin.buffer.read(), source)
    except InputError as error:
        result = error
    sys.stdout.buffer.write(pickle.dumps(result))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (_within(_MAX_MEMORY, hard), hard))


def _limit_time(pages: int) -> None:
    """Let this process end when it needs more of the processor's time than `pages` and the next may take."""
    try:
        import resource
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (_within(round(_START_SECONDS + _PAGE_SECONDS * pages), hard), hard))


def _within(limit: int, hard: int) -> int:
    return limit if hard < 0 else min(limit, hard)


def _read(data: bytes, source: str) -> Content:
    if b"startxref" not in data[-2048:]:
        raise InputError(source, "is cut off: its end is missing", hint="copy it again or save it anew")
    import pdfplumber
    from pdfminer import pdftypes
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    vars(pdftypes)["zlib"] = _Unpacker
    losses = _Losses()
    logging.getLogger("pdfminer").addHandler(losses)
    try:
        with pdfplumber.open(io.BytesIO(data), pages=list(range(1, _MAX_PAGES + 2))) as pdf:
            _check_pages(pdf, source)
            content = _content(pdf.pages, source)
    except InputError:
        raise
    except Exception as error:
        raise _fault(error, source, PDFPasswordIncorrect) from None
    if losses.found:
        raise _broken(source)
    return content


def _fault(error: Exception, source: str, locked: type[Exception]) -> InputError:
    """Return what the user is told of an error of the PDF library, which wraps the errors of opening."""
    cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
    if isinstance(cause, locked):
        return InputError(source, "is protected by a password", hint="save it without one")
    if isinstance(cause, MemoryError):
        return _costly(source)
    if isinstance(cause, _BombError):
        return InputError(source, "unpacks to far more than it holds (a bomb)", hint="print it to a new PDF")
    return _broken(source)


def _costly(source: str) -> InputError:
    return InputError(source, "takes too much time or memory to read", hint="print it to a new PDF, or split it")


def _broken(source: str) -> InputError:
    return InputError(source, "is no whole PDF file", hint="copy it again or save it anew")


class _BombError(Exception):
    """A stream unpacks to more than a reader could hold."""


class _TornError(Exception):
    """A stream breaks off, and not only its checksum is missing."""


class _Unpacker:
    """Stands for the module zlib in the PDF library, and stops at a limit."""

    error = zlib.error
    decompressobj = zlib.decompressobj

    @staticmethod
    def decompress(packed: bytes) -> bytes:
        unpacker = zlib.decompressobj()
        unpacked = unpacker.decompress(packed, _MAX_STREAM)
        if unpacker.unconsumed_tail:
            raise _BombError
        if not unpacker.eof:
            bare = zlib.decompressobj(-zlib.MAX_WBITS)
            bare.decompress(packed[2:], _MAX_STREAM)
            if not bare.eof:
                raise _TornError
        return unpacked


class _Losses(logging.Handler):
    """Notes whether the PDF library left out part of a damaged stream."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found = False

    def emit(self, record: logging.LogRecord) -> None:
        self.found |= record.getMessage().startswith("Data-loss")


def _check_pages(pdf: PDF, source: str) -> None:
    """Refuse a file without pages, with too many, or with fewer than it says."""
    from pdfminer.pdftypes import resolve1

    found = len(pdf.pages)
    if found > _MAX_PAGES:
        raise InputError(source, f"has more than {_MAX_PAGES:,} pages", hint="split it")
    tree = resolve1(pdf.doc.catalog.get("Pages"))
    told = resolve1(tree.get("Count")) if isinstance(tree, dict) else 0
    if isinstance(told, int) and told > found:
        raise InputError(source, f"lacks {told - found} of its {told} pages", hint="copy it again or save it anew")
    if not found:
        raise InputError(source, "has no pages", hint="copy it again or save it anew")


def _content(pages: list[PdfPage], source: str) -> Content:
    setting = Typesetting()
    glyphs = pictures = unreadable = tilted = 0
    for number, page in enumerate(pages):
        _limit_time(number)
        chars = list(_once(page.chars))
        glyphs += len(chars)
        pictures += len(page.images)
        unreadable += sum(bool(_cid.fullmatch(char["text"])) for char in chars)
        if glyphs > _MAX_GLYPHS:
            raise InputError(source, f"has more than {_MAX_GLYPHS:,} characters", hint="split it")
        upright = [char for char in chars if _is_level(char)]
        tilted += len(chars) - len(upright)
        tables = sheets(page, upright, _joined)
        free = [char for char in upright if not any(is_inside(char, sheet.box) for sheet in tables)]
        setting.add_page(list(_lines(free)), float(page.height), tables)
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


def _is_level(char: dict[str, Any]) -> bool:
    """Tell whether a character stands on a line from left to right; the library calls one at 45 degrees upright."""
    along, rise = char["matrix"][:2]
    return bool(along > 0 and abs(rise) < _TILT * along)


def _once(chars: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the characters of a page, those left out that are printed again at almost the same place."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    for char in chars:
        text, left, top = char["text"], char["x0"], char["top"]
        column, row = int(left // _DOUBLE), int(top // _DOUBLE)
        near = (seen.get((text, column + x, row + y), ()) for x in (-1, 0, 1) for y in (-1, 0, 1))
        if text.isspace() or not any(
            abs(left - x) < _DOUBLE and abs(top - y) < _DOUBLE for places in near for x, y in places
        ):
            seen.setdefault((text, column, row), []).append((left, top))
            yield char


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


def _joined(chars: list[dict[str, Any]]) -> str:
    """Return the text of the characters of a cell, its lines joined."""
    return "\n".join(line.text for line in _lines(chars))


def _glyph(char: dict[str, Any]) -> Glyph:
    text = "\ufffd" if _cid.fullmatch(char["text"]) else char["text"]
    middle = (char["top"] + char["bottom"]) / 2
    bold = bool(regex.search(r"(?i)bold|black|heavy|hei(?!ti-light)|黑", str(char["fontname"])))
    return Glyph(text, char["x0"], char["x1"], middle, char["size"], bold)
