"""Reads Word documents (.docx)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import regex

from extract.document import BlockKind
from extract.errors import InputError
from extract.read.builder import Draft, PageBuilder
from extract.read.content import Content

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_MAX_UNPACKED = 200_000_000
"""Bytes that all parts of a document may unpack to; real ones without pictures stay under a tenth of it."""
_MAX_RATIO = 200
"""A part that unpacks to more than this many times its size is a bomb; XML packs to a tenth or twentieth."""
_MAX_PART = 1_000_000
"""Smaller parts may have any ratio."""
_MAX_CELLS = 1_000_000
_MAX_DEPTH = 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset({_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText"})
_HEADING = 60
_SENTENCE = regex.compile(r"[。！？!?；;]")


def read_docx(data: bytes, source: str) -> Content:
    """Return the paragraphs, text boxes and tables of a Word document in reading order.

    The text holds a paragraph a line, and a row of a table a line with tabs between its cells; automatic numbers
    of paragraphs, page headers and footers, notes and deleted text are not in it. Raises InputError with the name
    `source` where `data` is no .docx, is protected or broken, unpacks to too much, or holds no text.
    """
    _check(data, source)
    document = _open(data, source)
    builder = PageBuilder()
    writer = _Writer(document, builder)
    try:
        writer.write(document.element.body, 0)
    except RecursionError as error:
        raise InputError(source, "its tables are nested too deep or too large", hint="split it") from error
    if not builder.position and document.inline_shapes:
        raise InputError(source, "holds pictures and no text", hint="recognise its text first (OCR)")
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
            for part in parts:
                total += _unpacked(archive, part, source)
                if total > _MAX_UNPACKED:
                    raise InputError(source, f"unpacks to more than {_MAX_UNPACKED:,} bytes", where=part.filename)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise InputError(source, "is no whole .docx file", hint="copy it again or save it anew") from error


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, source: str) -> int:
    """Return how many bytes a part really unpacks to, whatever its directory says. Raises InputError for a bomb."""
    size = 0
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            size += len(chunk)
            if size > _MAX_UNPACKED or (size > _MAX_PART and size > _MAX_RATIO * max(part.compress_size, 1)):
                raise InputError(source, "unpacks to far more than it holds (a zip bomb)", where=part.filename)
    return size


def _open(data: bytes, source: str) -> WordDocument:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        return docx.Document(io.BytesIO(data))
    except (
        XMLSyntaxError,
        OpcError,
        KeyError,
        ValueError,
        AttributeError,
        zipfile.BadZipFile,
        RecursionError,
    ) as error:
        raise InputError(source, "is no Word document", hint="save it anew as .docx") from error


class _Writer:
    """Walks the body of a document and hands its parts to a builder."""

    def __init__(self, document: WordDocument, builder: PageBuilder) -> None:
        self._builder = builder
        self._styles = {
            style.style_id: (style.name or "").lower() for style in document.styles if style.style_id is not None
        }
        self.title = ""
        self._has_text = False

    def write(self, parent: Any, depth: int) -> None:
        """Add what stands in `parent`, a body, cell or content control, in order."""
        children = [child for child in parent if isinstance(child.tag, str) and child.tag not in _SKIPPED]
        for child in children:
            if child.tag == f"{_W}p":
                self._paragraph(child)
                self._boxes(child, depth)
            elif child.tag == f"{_W}tbl":
                self._table(child, depth)
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}moveTo"):
                self.write(child, depth)

    def _paragraph(self, paragraph: Any) -> None:
        for line in _lines(paragraph):
            if line.strip():
                self._builder.add_block(self._kind(paragraph, line), line)

    def _boxes(self, paragraph: Any, depth: int) -> None:
        for box in paragraph.iter(f"{_W}txbxContent"):
            if not any(ancestor.tag in (_FALLBACK, f"{_W}txbxContent") for ancestor in box.iterancestors()):
                self.write(box, depth + 1)

    def _kind(self, paragraph: Any, text: str) -> BlockKind:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = self._styles.get(style.get(f"{_W}val"), "") if style is not None else ""
        is_title = name in ("title", "标题")
        is_heading = is_title or bool(regex.match(r"(?:heading|标题)\s*[1-9]$", name))
        if not is_heading and len(text) <= _HEADING and not _SENTENCE.search(text):
            is_heading = _is_marked(paragraph)
        if not is_heading:
            self._has_text = self._has_text or bool(_SENTENCE.search(text))
            return "caption" if name == "caption" else "paragraph"
        if not self.title and not self._has_text:
            self.title = text.strip(" \u3000")
            return "title"
        return "heading"

    def _table(self, table: Any, depth: int) -> None:
        rows = list(table.iterchildren(f"{_W}tr"))
        cells = [list(_cells(row)) for row in rows]
        if depth >= _MAX_DEPTH or sum(map(len, cells)) > _MAX_CELLS:
            raise RecursionError
        is_frame = all(len(row) == 1 for row in cells)
        if is_frame or any(cell.find(f".//{_W}tbl") is not None for row in cells for cell in row):
            for row in cells:
                for cell in row:
                    self.write(cell, depth + 1)
            return
        self._builder.add_table(_grid(rows, cells))


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _cells(child)


def _grid(rows: Sequence[Any], cells: Sequence[Sequence[Any]]) -> list[list[Draft]]:
    """Return a table as a full grid: a cell that spans columns or goes on below stands in each place."""
    grid: list[list[Draft]] = []
    for row, found in zip(rows, cells, strict=True):
        is_head = row.find(f"{_W}trPr/{_W}tblHeader") is not None
        line: list[Draft] = []
        for cell in found:
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            above = grid[-1][len(line)] if grid and goes_on and len(line) < len(grid[-1]) else None
            draft = above or Draft("".join(_text(paragraph) for paragraph in cell.iter(f"{_W}p")), is_head)
            line += [draft] * _span(cell)
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    return [line + [Draft("") for _ in range(width - len(line))] for line in grid]


def _span(cell: Any) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = span.get(f"{_W}val", "1") if span is not None else "1"
    return min(max(int(value), 1), 200) if value.isdecimal() else 1


def _text(paragraph: Any) -> str:
    return "".join(_lines(paragraph))


def _lines(paragraph: Any) -> list[str]:
    """Return the text of a paragraph, a line for each break that was put into it; text boxes left out."""
    text = "".join(_pieces(paragraph))
    return text.split("\n")


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED or child.tag in (f"{_W}drawing", f"{_W}pict", f"{_W}txbxContent"):
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t" if element.tag == f"{_W}r" else ""
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif isinstance(child.tag, str) and child.tag != f"{_W}pPr":
            yield from _pieces(child)


def _is_marked(paragraph: Any) -> bool:
    """Tell whether a paragraph without a style of headings looks like one: centred, or all bold and large."""
    centre = paragraph.find(f"{_W}pPr/{_W}jc")
    runs = [run for run in paragraph.iter(f"{_W}r") if run.find(f"{_W}t") is not None]
    is_bold = bool(runs) and all(_is_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)
    is_centred = centre is not None and centre.get(f"{_W}val") == "center"
    return is_bold or is_centred


def _is_on(mark: Any) -> bool:
    return mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off")
