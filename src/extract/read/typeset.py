"""Puts the lines of typeset pages together: columns, running heads, headings, paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median, median_low

import regex

from extract.model.document import Block, BlockKind, Cell, Page, Repair, Table
from extract.read.content import Content
from extract.read.pdf_tables import Sheet

_GUTTER = 1.2
"""Columns stand further apart than this many characters."""
_COLUMN = 8
"""The lines of a column are longer than this many characters; those of a table's column are shorter."""
_SHARED = 0.5
_APART = 1.2
_EDGE = 2
"""So many lines at the top and the bottom of a page may be running heads."""
_INDENT = 1.2
_WORDS, _WIDE = 0.2, 0.8
_SHORT = 2.2
_PITCH = 1.5
_LEADING = 2.6
_SAME = 0.08
_LEAST = 4
_LARGER = 1.15
_TITLE = 1.3
_HEADING = 40
_page_number = regex.compile(r"^[\s\-—–·第/共页|]*\d{1,4}(?:[\s\-—–·/共第页|]*\d{0,4})[\s\-—–·页|]*$")
_terminal = regex.compile(r"[。！？!?；;：:…”」』）)]\s*$")
_sentence = regex.compile(r"[。！？；;]")
_unbroken = regex.compile(r"[A-Za-z0-9.,:/%％+\-—、，。；：）》”]")
_latin = regex.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page: its edges, middle and size in points, from the page's upper left corner."""

    text: str
    left: float
    right: float
    middle: float
    size: float
    is_bold: bool


class Line:
    """Characters at the same height, from left to right."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        seen = [glyph for glyph in glyphs if glyph.text.strip()]
        self.glyphs = seen
        self.left = seen[0].left if seen else 0.0
        self.right = seen[-1].right if seen else 0.0
        self.middle = median(glyph.middle for glyph in seen) if seen else 0.0
        self.size = median(glyph.size for glyph in seen) if seen else 0.0
        self.is_bold = bool(seen) and sum(glyph.is_bold for glyph in seen) > len(seen) / 2
        self.text = "".join(_spaced(glyphs))
        self.is_furniture = False
        self.number = 0
        """Its column, from 1; 0 where it goes over the full width."""
        self.column: Column | None = None
        self.sheet: Sheet | None = None
        """The table that stands here, with no glyphs of its own."""

    @classmethod
    def of_table(cls, sheet: Sheet) -> Line:
        """Return what stands for a table among the lines of a page."""
        line = cls(())
        line.left, line.middle, line.right, _ = sheet.box
        line.text = "\t".join(draft.text for row in sheet.grid for draft in row)
        line.sheet = sheet
        return line

    @property
    def word_width(self) -> float:
        """Width of what the line begins with and no line break may part: a word, or a number with its sign."""
        word = list(takewhile(lambda glyph: _unbroken.match(glyph.text[0]), self.glyphs))
        return word[-1].right - word[0].left if word else 0.0

    def split(self, gutters: Sequence[float]) -> list[Line]:
        """Return the parts of the line between `gutters`, empty ones left out."""
        parts: list[Line] = []
        for number, (low, high) in enumerate(pairwise([float("-inf"), *gutters, float("inf")]), 1):
            part = Line([glyph for glyph in self.glyphs if low <= glyph.left < high])
            part.number = number
            parts.append(part)
        return [part for part in parts if part.glyphs]

    def covers(self, x: float) -> bool:
        """Tell whether a character, or the room between two of one word, lies at `x`."""
        edges = pairwise(self.glyphs)
        if self.sheet:
            return True
        gap = any(a.right <= x <= b.left and b.left - a.right > _GUTTER * self.size for a, b in edges)
        return self.left < x < self.right and not gap


class Column:
    """The edges of a column on one page, and how far its lines stand apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.left = _edge([(line.left, line.size) for line in lines], 1)
        self.right = -_edge([(-line.right, line.size) for line in lines], 3)
        gaps = [after.middle - line.middle for line, after in pairwise(lines) if after.middle > line.middle]
        self.pitch = median_low(gaps) if gaps else float("inf")

    def is_indented(self, line: Line) -> bool:
        """Tell whether a line of the column begins further in than the others."""
        return line.left - self.left > _INDENT * line.size

    def is_short(self, line: Line, after: Line) -> bool:
        """Tell whether a line of the column ends before its edge, though the next one's first word would fit there."""
        room = self.right - line.right
        return room > max(_SHORT * line.size, after.word_width + line.size)


def _edge(places: Sequence[tuple[float, float]], reach: int) -> float:
    """Return the first of the places, in their order, that another shares but for a third of a character's size.

    `reach` counts such thirds. Where none is shared, it is the first.
    """
    ordered = sorted(places)
    shared = (place for (place, size), (after, _) in pairwise(ordered) if after - place < reach * size / 3)
    return next(shared, ordered[0][0])


def _spaced(glyphs: Sequence[Glyph]) -> Iterator[str]:
    before: Glyph | None = None
    blank = ""
    for glyph in glyphs:
        if not glyph.text.strip():
            blank = blank or glyph.text
            continue
        if before:
            latin = _latin.match(before.text[-1]) and _latin.match(glyph.text[0])
            gap = glyph.left - before.right > (_WORDS if latin else _WIDE) * glyph.size
            yield blank or (" " if latin else "\u3000") if gap or (blank and not latin) else ""
        yield glyph.text
        before, blank = glyph, ""


class Typesetting:
    """Collects pages, and puts their lines together."""

    def __init__(self) -> None:
        self._pages: list[list[Line]] = []

    def add_page(self, lines: Sequence[Line], height: float, sheets: Sequence[Sheet] = ()) -> None:
        """Add the lines of the next page, which is `height` points high, from top to bottom, and its tables."""
        seen = [line for line in lines if line.glyphs and 0 <= line.middle <= height]
        tables = [Line.of_table(sheet) for sheet in sheets]
        self._pages.append(sorted([*seen, *tables], key=lambda line: line.middle) if tables else seen)

    def content(self) -> Content:
        """Return the text of the pages, with its parts, and what was joined and set apart."""
        self._mark_furniture()
        ordered = [_in_columns(page) for page in self._pages]
        body = [line for page in ordered for line in page if not line.is_furniture]
        sizes = Counter(round(line.size, 1) for line in body for _ in line.glyphs)
        writer = _Writer(max(sizes, key=lambda size: sizes[size]) if sizes else 0.0)
        for page in ordered:
            for line in page:
                writer.write(line)
            writer.end_page()
        return writer.content()

    def _mark_furniture(self) -> None:
        """Mark page numbers, and lines that come again at the edges of other pages but for their digits."""
        edges = [[*page[:_EDGE], *page[_EDGE:][-_EDGE:]] for page in self._pages]
        seen = Counter(pattern for lines in edges for pattern in {_pattern(line.text) for line in lines})
        for page in self._pages:
            gaps = [after.middle - line.middle for line, after in pairwise(page)]
            pitch = median_low(gaps) if gaps else 0.0
            for inward in (page, page[::-1]):
                for line, inner in pairwise(inward[: _EDGE + 1]):
                    again = seen[_pattern(line.text)] >= max(2, _SHARED * len(edges))
                    is_apart = abs(inner.middle - line.middle) > _APART * pitch
                    line.is_furniture = (again and is_apart) or bool(_page_number.match(line.text))
                    if not line.is_furniture:
                        break


def _pattern(text: str) -> str:
    return str(regex.sub(r"\d+", "#", text.replace(" ", "")))


def _in_columns(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a page in reading order: between lines over the full width, column by column."""
    gutters = _gutters([line for line in lines if not line.is_furniture])
    ordered: list[Line] = []
    band: list[Line] = []
    for line in lines:
        if gutters and not line.is_furniture and not any(line.covers(x) for x in gutters):
            band += line.split(gutters)
        else:
            ordered += [*sorted(band, key=lambda part: part.number), line]
            band = []
    ordered += sorted(band, key=lambda part: part.number)
    columns: dict[int, list[Line]] = {}
    for line in ordered:
        if not line.is_furniture and not line.sheet:
            columns.setdefault(line.number, []).append(line)
    for column in columns.values():
        edges = Column(column)
        for line in column:
            line.column = edges
    return ordered


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Return where the white between columns stands, empty for one column.

    Many lines have it at the same place, with text that is longer than a table's on both its sides.
    """
    if len(lines) < _LEAST:
        return []
    gaps: Counter[int] = Counter()
    for line in lines:
        for a, b in pairwise(line.glyphs):
            if b.left - a.right > _GUTTER * line.size:
                gaps.update(range(int(a.right) + 1, int(b.left) + 1))
    common = sorted(x for x, count in gaps.items() if count >= max(3, 0.3 * len(lines)))
    runs: list[list[int]] = []
    for x in common:
        if runs and x - runs[-1][-1] == 1:
            runs[-1].append(x)
        else:
            runs.append([x])
    found = [float(median(run)) for run in runs]
    parts = [part for line in lines if not any(line.covers(x) for x in found) for part in line.split(found)]
    for number in range(1, len(found) + 2):
        lengths = [len(part.glyphs) for part in parts if part.number == number]
        if not lengths or median(lengths) < _COLUMN:
            return []
    return found


def _shared(rows: Sequence[Sequence[Cell]], more: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows at the start of a table are those that another starts with: its head, written again."""
    texts = [
        ([cell.text for cell in one], [cell.text for cell in other]) for one, other in zip(rows, more, strict=False)
    ]
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], texts))


class _Writer:
    """Writes lines in reading order, and tells which make one paragraph."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._text: list[str] = []
        self._length = 0
        self._blocks: list[Block | Table] = []
        self._sheet: Sheet | None = None
        """The table that was written last, while no text has followed."""
        self._repairs: list[Repair] = []
        self._open: list[tuple[Line, int]] = []
        """The lines of the paragraph so far, each with the offset of its text."""
        self._aside: list[Block] = []

    def write(self, line: Line) -> None:
        """Write the next line, or the table that stands there."""
        if line.sheet:
            self._write_table(line.sheet)
            return
        start = self._length
        self._put(line.text + "\n")
        if line.is_furniture:
            self._aside.append(Block("furniture", line.text, tuple(range(start, start + len(line.text)))))
            return
        if self._open and not self._goes_on(self._open[-1][0], line):
            self._close()
        self._open.append((line, start))
        self._sheet = None

    def _write_table(self, sheet: Sheet) -> None:
        """Write a table, or the rest of one that goes on on another page without its head."""
        before = self._sheet
        if not before:
            self._close()
        rows = self._rows(sheet)
        last = max((place for place, block in enumerate(self._blocks) if isinstance(block, Table)), default=-1)
        if before and before.goes_on(sheet) and last >= 0:
            table = self._blocks[last]
            assert isinstance(table, Table)
            self._blocks[last] = Table((*table.rows, *rows[_shared(table.rows, rows) :]), table.caption)
            self._flush()
        else:
            self._close()
            self._blocks.append(Table(tuple(rows)))
        self._sheet = sheet

    def _rows(self, sheet: Sheet) -> list[tuple[Cell, ...]]:
        """Write the rows of a table, each a line, and return their cells; one that spans several is written once."""
        cells: dict[int, Cell] = {}
        rows: list[tuple[Cell, ...]] = []
        for row in sheet.grid:
            for place, draft in enumerate(row):
                self._put("\t" if place else "")
                if id(draft) not in cells:
                    start = self._length
                    self._put(draft.text)
                    cells[id(draft)] = Cell(draft.text, tuple(range(start, self._length)))
            self._put("\n")
            rows.append(tuple(cells[id(draft)] for draft in row))
        return rows

    def end_page(self) -> None:
        """End a page; its last paragraph may go on on the next."""
        self._put("\n")

    def content(self) -> Content:
        """Return all that was written."""
        self._close()
        blocks = self._titled()
        title = next((block.text for block in blocks if isinstance(block, Block) and block.kind == "title"), "")
        return Content("".join(self._text), page=Page(tuple(blocks), title), repairs=tuple(self._repairs))

    def _put(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

    def _goes_on(self, line: Line, after: Line) -> bool:
        """Tell whether the paragraph of `line` goes on with the line `after`."""
        if line.column is None or after.column is None or line.is_bold != after.is_bold:
            return False
        if abs(after.size - line.size) > _SAME * line.size:
            return False
        gap = after.middle - line.middle
        if line.size >= _TITLE * self._size:
            return 0 < gap < _LEADING * line.size
        if line.column is after.column:
            near = 0 < gap <= _PITCH * line.column.pitch
            return near and not line.column.is_short(line, after) and not after.column.is_indented(after)
        is_open = not _terminal.search(line.text) and not line.column.is_short(line, after)
        return is_open and not after.column.is_indented(after)

    def _close(self) -> None:
        if not self._open:
            self._flush()
            return
        for (line, start), (_, following) in pairwise(self._open):
            self._repairs.append(Repair("joined line", start + len(line.text), following))
        text = "".join(line.text for line, _ in self._open)
        offsets = [place for line, start in self._open for place in range(start, start + len(line.text))]
        self._blocks.append(Block(self._kind(text, self._open[0][0]), text, tuple(offsets)))
        self._open = []
        self._flush()

    def _flush(self) -> None:
        self._blocks += self._aside
        self._aside = []

    def _kind(self, text: str, line: Line) -> BlockKind:
        is_marked = line.size >= _LARGER * self._size or (line.is_bold and len(text) <= _HEADING)
        return "heading" if is_marked and not _sentence.search(text) else "paragraph"

    def _titled(self) -> list[Block | Table]:
        """Return the blocks, with the first heading before any text as the title."""
        for place, block in enumerate(self._blocks):
            if isinstance(block, Table):
                continue
            if block.kind == "paragraph" and _sentence.search(block.text):
                break
            if block.kind == "heading":
                self._blocks[place] = Block("title", block.text, block.offsets)
                break
        return self._blocks
