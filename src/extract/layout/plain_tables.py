"""Finds tables in plain text: rows whose cells are parted by tabs, by upright lines or by blanks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from extract.layout.table_heads import HeadReader
from extract.matching.patterns import compiled
from extract.model.document import Cell, Table
from extract.rulebook.schema import TableRules

_CELL: Final = 40
"""A cell of a row of plain text is no longer."""
_LEAST: Final = 2
"""So many rows make a table."""
_LABEL: Final = 2
"""The first cell of a row with figures has so many characters at least."""
_SMALL: Final = 4
"""Rows with figures and columns, together, of what is too small to be told from torn lines."""

_BARS: Final = "|│┃┆｜"
_word: Final = regex.compile(r"\S+")

_Span = tuple[int, int]
_Row = list[_Span]


class PlainTable:
    """A table in a text: where it stands, and its grid; None if its rows cannot be told into columns."""

    __slots__ = ("end", "start", "table")

    def __init__(self, start: int, end: int, table: Table | None) -> None:
        self.start = start
        self.end = end
        self.table = table


class PlainTables:
    """Finds tables by the rules of `rules/tables.yaml`."""

    def __init__(self, rules: TableRules, heads: HeadReader) -> None:
        self._heads = heads
        self._parts = [compiled(pattern) for pattern in rules.parted]
        self._border = compiled(rules.border)
        self._prose = compiled(rules.no_cell)
        self._hint = compiled(rules.row)

    def find(self, text: str) -> list[PlainTable]:
        """Return the tables of `text` in order."""
        found: list[PlainTable] = []
        if "\n" not in text or not self._hint.search(text):
            return found
        lines = list(_lines(text))
        for part in self._parts:
            run: list[_Row] = []
            before: _Span | None = None
            for place, span in enumerate([*lines, (len(text), len(text))]):
                is_border = self._border.fullmatch(text, *span) is not None
                row = [] if is_border else self._row(text, span, part)
                if row or (run and is_border):
                    before = before if run else lines[place - 1] if place else None
                    run.append(row)
                    continue
                if table := self._table(text, [row for row in run if row], before):
                    found.append(table)
                run = []
            taken = [(table.start, table.end) for table in found]
            lines = [line for line in lines if not any(start <= line[0] < end for start, end in taken)]
        return sorted(found, key=lambda table: table.start)

    def without(self, text: str, tables: list[PlainTable]) -> str:
        """Return `text` with blanks in the place of its tables, as long as it was."""
        for table in tables:
            stretch = text[table.start : table.end]
            blank = "".join([char if char in "\r\n" else " " for char in stretch])
            text = text[: table.start] + blank + text[table.end :]
        return text

    def _row(self, text: str, span: _Span, part: regex.Pattern[str]) -> _Row:
        """Return where the cells of a line stand, empty ones too; none if it is no row."""
        start, end = span
        line = text[start:end]
        if not line or self._prose.search(line) or not part.search(line):
            return []
        cells: _Row = []
        position = start
        for match in [*part.finditer(line), None]:
            stop = end if match is None else start + match.start()
            cells.append(_trimmed(text, position, stop))
            position = end if match is None else start + match.end()
        if line[0] in _BARS:
            del cells[0]
        if line[-1] in _BARS:
            del cells[-1]
        filled = [span for span in cells if span[0] < span[1]]
        return [] if len(filled) < _LEAST or any(stop - begin > _CELL for begin, stop in cells) else cells

    def _table(self, text: str, rows: list[_Row], before: _Span | None) -> PlainTable | None:
        """Return the table of rows one below the other, None if they are none; `before` is the line above them."""
        told = sum(self._figures(text, row) > 0 for row in rows)
        if not told or any(row[0][1] - row[0][0] < _LABEL for row in rows if self._figures(text, row)):
            return None
        if before and self._figures(text, rows[0]) and (head := self._head(text, before, max(map(len, rows)))):
            rows.insert(0, head)
        while not self._figures(text, rows[-1]) and len(rows) > _LEAST:
            rows.pop()
        if len(rows) < _LEAST:
            return None
        table = self._grid(text, rows)
        if told + max(map(len, rows)) <= _SMALL and not (table and told >= _LEAST):
            return None
        return PlainTable(rows[0][0][0], rows[-1][-1][1], table)

    def _head(self, text: str, line: _Span, width: int) -> _Row:
        """Return the cells of a line above rows that says what their columns are; none if it does not."""
        if self._prose.search(text[slice(*line)]):
            return []
        words = [match.span() for match in _word.finditer(text, *line)]
        return words if len(words) == width and not self._figures(text, words) else []

    def _figures(self, text: str, row: _Row) -> int:
        return sum(self._is_figure(text[start:end]) for start, end in row[1:])

    def _is_figure(self, cell: str) -> bool:
        return self._heads.is_figure(cell)

    def _grid(self, text: str, rows: list[_Row]) -> Table | None:
        """Return the table of rows that are equally long and tell by a head or by units what they say."""
        width = max(map(len, rows))
        told = [row for row in rows if self._figures(text, row)]
        has_head = not self._figures(text, rows[0])
        has_units = all(
            text[end - 1] not in "0123456789０１２３４５６７８９"
            for row in told
            for start, end in row[1:]
            if self._is_figure(text[start:end])
        )
        has_labels = all(row[0][0] < row[0][1] and not self._is_figure(text[slice(*row[0])]) for row in told)
        if any(len(row) != width for row in rows) or not has_labels or not (has_head or has_units):
            return None
        return Table(tuple(tuple(_cell(text, span) for span in row) for row in rows))


def _cell(text: str, span: _Span) -> Cell:
    start, end = span
    return Cell(text[start:end], tuple(range(start, end)))


def _trimmed(text: str, start: int, end: int) -> _Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _lines(text: str) -> Iterator[_Span]:
    """Yield where the lines of `text` stand that are not empty, without blanks around them."""
    position = 0
    for line in text.splitlines(keepends=True):
        content = line.rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        start, end = position, position + len(content)
        while start < end and text[start] in " \u3000\xa0":
            start += 1
        while end > start and text[end - 1] in " \u3000\xa0":
            end -= 1
        if start < end:
            yield start, end
        position += len(line)
