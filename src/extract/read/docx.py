"""Reads Word documents (.docx)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from lzma import LZMAError
from typing import Any

import regex

from extract.errors import InputError
from extract.model.document import BlockKind, Repair
from extract.read.builder import Draft, PageBuilder
from extract.read.content import Content

_MAX_UNPACKED = 200_000_000
"""Bytes that all parts of a document may unpack to; real ones without pictures stay under a tenth of it."""
_MAX_XML = 60_000_000
"""Bytes of them that may be XML, which is held in memory as a tree; a book of 20 million characters has as many."""
_MAX_ELEMENTS = 4_000_000
"""Elements and attributes of that tree, each of which takes a hundred bytes and more."""
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_MAX_RATIO = 200
"""A part that unpacks to more than this many times its size is a bomb; XML packs to a tenth or twentieth."""
_MAX_PART = 1_000_000
"""Smaller parts may have any ratio."""
_MAX_CELLS = 1_000_000
"""Places in the grid of one table."""
_MAX_SPAN = 200
_MAX_DEPTH = 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_FALLBACK = f"{_MC}Fallback"
_FORMULA_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = frozenset({_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}rt"})
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")) | {
    f"{_MC}AlternateContent",
    f"{_MC}Choice",
}
"""Elements that only stand around others."""
_PICTURES = (f"{_W}drawing", f"{_W}pict", f"{_W}object")
_NOTES = (f"{_W}footnoteReference", f"{_W}endnoteReference")
_HEADING = 60
_SENTENCE = regex.compile(r"[。！？!?；;]")


def read_docx(data: bytes, source: str) -> Content:
    """Return the paragraphs, text boxes and tables of a Word document in reading order.

    The text holds a paragraph a line, and a row of a table a line with tabs between its cells; automatic numbers
    of paragraphs, page headers and footers, phonetic guides, notes and deleted text are not in it; a repair counts
    the notes. Raises InputError with the name `source` where `data` is no .docx, is protected or broken, unpacks
    to too much, or holds no text.
    """
    _check(data, source)
    body, styles = _open(data, source)
    builder = PageBuilder()
    writer = _Writer(styles, builder)
    try:
        writer.write(body, 0)
    except RecursionError as error:
        raise InputError(
            source, "its tables or text boxes are nested too deep or too large", hint="split it"
        ) from error
    if not builder.position and next(body.iter(*_PICTURES), None) is not None:
        raise InputError(source, "holds pictures and no text", hint="recognise its text first (OCR)")
    if notes := sum(1 for _ in body.iter(*_NOTES)):
        builder.repairs.append(Repair("notes left out", 0, 0, f"{notes} in all"))
    return builder.content(source, title=writer.title)


def _check(data: bytes, source: str) -> None:
    """Refuse what is no Word document, and what would unpack to more than its reader could hold."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError(source, "is protected by a password", hint="save it without one")
        raise InputError(source, "is in the old Word format", hint="save it as .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if "[Content_Types].xml" not in archive.namelist():
                raise InputError(source, "is no Word document", hint="save it as .docx")
            if any(part.flag_bits & 1 for part in parts):
                raise InputError(source, "is protected by a password", hint="save it without one")
            total = 0
            tree = _Tree(source)
            for part in parts:
                total += _unpacked(archive, part, source, tree)
                if total > _MAX_UNPACKED:
                    raise InputError(source, f"unpacks to more than {_MAX_UNPACKED:,} bytes", where=part.filename)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError, LZMAError) as error:
        raise InputError(source, "is no whole .docx file", hint="copy it again or save it anew") from error


class _Tree:
    """Counts what would be held in memory of the parts that are XML. Raises InputError where it is too much."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._bytes = self._elements = 0

    def add(self, chunk: bytes) -> None:
        """Count the next bytes of a part."""
        self._bytes += len(chunk)
        self._elements += chunk.count(b"<") + chunk.count(b"=")
        if self._bytes > _MAX_XML or self._elements > _MAX_ELEMENTS:
            raise InputError(self._source, "holds more than a reader could hold", hint="split it")


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, source: str, tree: _Tree) -> int:
    """Return how many bytes a part really unpacks to, whatever its directory says. Raises InputError for a bomb."""
    size = 0
    with archive.open(part) as stream:
        is_xml = False
        while chunk := stream.read(1 << 20):
            is_xml = is_xml if size else chunk.lstrip(_BEFORE_XML).startswith(b"<")
            size += len(chunk)
            if is_xml:
                tree.add(chunk)
            if size > _MAX_UNPACKED or (size > _MAX_PART and size > _MAX_RATIO * max(part.compress_size, 1)):
                raise InputError(source, "unpacks to far more than it holds (a zip bomb)", where=part.filename)
    return size


def _open(data: bytes, source: str) -> tuple[Any, Mapping[str, str]]:
    """Return the body of a document, and the names of its styles, in lower case, by their identifiers."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        styles = {style.style_id: (style.name or "").lower() for style in document.styles if style.style_id}
    except (
        LxmlError,
        OpcError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        AssertionError,
        zipfile.BadZipFile,
        RecursionError,
    ) as error:
        raise InputError(source, "is no Word document", hint="save it anew as .docx") from error
    if body is None or body.getroottree().docinfo.doctype:
        raise InputError(source, "is no Word document", hint="save it anew as .docx")
    return body, styles


class _Writer:
    """Walks the body of a document and hands its parts to a builder."""

    def __init__(self, styles: Mapping[str, str], builder: PageBuilder) -> None:
        self._builder = builder
        self._styles = styles
        self.title = ""
        self._has_text = False

    def write(self, parent: Any, depth: int) -> None:
        """Add what stands in `parent`, a body, cell or content control, in order."""
        if depth >= _MAX_DEPTH:
            raise RecursionError
        for child in _within(parent, f"{_W}p", f"{_W}tbl"):
            if child.tag == f"{_W}tbl":
                self._table(child, depth)
                continue
            self._paragraph(child)
            for box in _boxes(child):
                self.write(box, depth + 1)

    def _paragraph(self, paragraph: Any) -> None:
        for line in _lines(paragraph):
            if line.strip():
                self._builder.add_block(self._kind(paragraph, line), line)

    def _kind(self, paragraph: Any, text: str) -> BlockKind:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = self._styles.get(style.get(f"{_W}val"), "") if style is not None else ""
        is_title = name in ("title", "标题")
        is_heading = is_title or bool(regex.match(r"(?:heading|标题)\s*[1-9]$", name))
        if not is_heading and len(text) <= _HEADING and not _SENTENCE.search(text):
            is_heading = _is_marked(paragraph, can_be_title=not self.title and not self._has_text)
        if not is_heading:
            self._has_text = self._has_text or bool(_SENTENCE.search(text))
            return "caption" if name == "caption" else "paragraph"
        if not self.title and not self._has_text:
            self.title = text.strip(" \u3000")
            return "title"
        return "heading"

    def _table(self, table: Any, depth: int) -> None:
        rows = [row for row in _within(table, f"{_W}tr") if row.find(f"{_W}trPr/{_W}del") is None]
        cells = [list(_within(row, f"{_W}tc")) for row in rows]
        is_frame = all(len(row) == 1 for row in cells)
        if is_frame or any(cell.find(f".//{_W}tbl") is not None for row in cells for cell in row):
            for row in cells:
                for cell in row:
                    self.write(cell, depth + 1)
            return
        width = max(sum(map(_span, row)) + _before(at) for at, row in zip(rows, cells, strict=True))
        if width * len(rows) > _MAX_CELLS:
            raise RecursionError
        self._builder.add_table(_grid(rows, cells, width))


def _within(parent: Any, *tags: str) -> Iterator[Any]:
    """Yield the elements of `tags` that stand in `parent`, or in others that only stand around them, in order."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, *tags)


def _boxes(element: Any) -> Iterator[Any]:
    """Yield the text boxes that hang on a paragraph, once each, without those inside them."""
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _boxes(child)


def _grid(rows: Sequence[Any], cells: Sequence[Sequence[Any]], width: int) -> list[list[Draft]]:
    """Return a table as a full grid: a cell that spans columns or goes on below stands in each place."""
    grid: list[list[Draft]] = []
    for row, found in zip(rows, cells, strict=True):
        is_head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
        line = [Draft("") for _ in range(_before(row))]
        for cell in found:
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            draft = grid[-1][len(line)] if grid and goes_on else Draft("\n".join(_texts(cell)), is_head)
            line += [draft] * _span(cell)
        grid.append(line + [Draft("") for _ in range(width - len(line))])
    return grid


def _span(cell: Any) -> int:
    return max(_number(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1)


def _before(row: Any) -> int:
    """Return how many columns a row leaves out at its left."""
    return _number(row.find(f"{_W}trPr/{_W}gridBefore"))


def _number(element: Any) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return min(int(value), _MAX_SPAN) if value.isdecimal() and len(value) < 10 else 0


def _texts(parent: Any) -> Iterator[str]:
    """Yield the lines of a cell, those of its text boxes behind the paragraphs that they hang on."""
    for paragraph in _within(parent, f"{_W}p"):
        yield from _lines(paragraph)
        for box in _boxes(paragraph):
            yield from _texts(box)


def _lines(paragraph: Any) -> list[str]:
    """Return the text of a paragraph, a line for each break that was put into it; text boxes left out."""
    return "".join(_pieces(paragraph)).split("\n")


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED or child.tag in _PICTURES:
            continue
        if child.tag in (f"{_W}t", _FORMULA_TEXT):
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t" if element.tag == f"{_W}r" else ""
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif isinstance(child.tag, str) and child.tag != f"{_W}pPr":
            yield from _pieces(child)


def _is_marked(paragraph: Any, can_be_title: bool) -> bool:
    """Tell whether a paragraph without a style of headings looks like one: all bold, or centred where titles are."""
    centre = paragraph.find(f"{_W}pPr/{_W}jc")
    runs = [run for run in paragraph.iter(f"{_W}r") if run.find(f"{_W}t") is not None]
    is_bold = bool(runs) and all(_is_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)
    return is_bold or (can_be_title and centre is not None and centre.get(f"{_W}val") == "center")


def _is_on(mark: Any) -> bool:
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")
