"""A gold file whose every cell is kept, whoever wrote it: rows and columns we do not understand too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.errors import InputError
from extract.evaluation.gold import RowError, parse_row
from extract.model.document import Document
from extract.model.record import GOLD_COLUMNS, Metric, to_row
from extract.read.decode import decode_bytes
from extract.write.safe import guarded, unguarded

_CRLF = "\r\n"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a gold file: its cells, and the record they hold, or None and why they hold none.

    `stored` is the row as it stands in the file with its line end, '' for one that was made or changed here.
    """

    cells: tuple[str, ...]
    metric: Metric | None = None
    problem: str = ""
    stored: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a gold file is stored: its columns, encoding, the mark before it, and its line ends."""

    header: tuple[str, ...] = GOLD_COLUMNS
    encoding: str = "utf-8"
    mark: bytes = b"\xef\xbb\xbf"
    line_end: str = _CRLF
    stored: str = ""
    """The header as it stands in the file with its line end, '' for one that is made here."""

    def row(self, metric: Metric, base: Row | None = None) -> Row:
        """Return a row for `metric`: `base` with only those cells changed that differ, or a new one."""
        wanted = _gold_row(metric)
        old = _gold_row(base.metric) if base and base.metric else {}
        cells = list(base.cells) if base else []
        cells += [""] * (len(self.header) - len(cells))
        for place, name in enumerate(self.header):
            if name in wanted and old.get(name) != wanted[name]:
                cells[place] = guarded(wanted[name])
            elif name == "doc" and base is None:
                cells[place] = guarded(metric.doc)
        return Row(tuple(cells), metric)

    def values(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by column, without their guards; '' for those it lacks."""
        padded = [*cells, *[""] * (len(self.header) - len(cells))]
        return {name: unguarded(cell) for name, cell in zip(self.header, padded, strict=False)}

    def others(self, row: Row) -> dict[str, str]:
        """Return the cells of a row that are no part of a record, by column; those beyond the header by number."""
        named = {name: cell for name, cell in self.values(row.cells).items() if name not in GOLD_COLUMNS}
        beyond = {f"#{place + 1}": row.cells[place] for place in range(len(self.header), len(row.cells))}
        return {name: cell for name, cell in (named | beyond).items() if cell}

    def encode(self, rows: Iterable[Row]) -> bytes:
        """Return the file, in it every row as it was stored, unless it has changed.

        Raises InputError for a character that its encoding does not have.
        """
        lines = [self.stored or self._line(self.header), *(row.stored or self._line(row.cells) for row in rows)]
        ended = [line if line.endswith(("\n", "\r")) else line + self.line_end for line in lines[:-1]]
        try:
            return self.mark + "".join([*ended, lines[-1]]).encode(self.encoding)
        except UnicodeEncodeError as error:
            char = error.object[error.start]
            raise InputError(
                "gold", f"{char!r} cannot be written in {self.encoding}", hint="save it as UTF-8"
            ) from error

    def _line(self, cells: Sequence[str]) -> str:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator=_CRLF).writerow(cells)
        return buffer.getvalue().removesuffix(_CRLF) + self.line_end


def parse_gold(data: bytes, document: Document, source: str) -> tuple[Layout, tuple[Row, ...]]:
    """Return the layout and all rows of a gold file of `document`; `source` names it in errors.

    Rows that hold records come in text order, the others stay in their places between them. Raises InputError
    for a file that could not be written back as it is: no CSV, without the columns of gold, or with bytes that
    are not in its encoding.
    """
    text, name, _ = decode_bytes(data, source)
    encoding = name.removesuffix("-sig")
    encoded = text.encode(encoding, "replace")
    mark = data[: len(data) - len(encoded)]
    if mark + encoded != data or len(mark) > 4:
        raise InputError(source, f"holds bytes that are not {encoding}", hint="save it as UTF-8")
    try:
        found = list(_rows(text))
    except csv.Error as error:
        raise InputError(source, f"not CSV: {error}") from error
    header, stored = found[0] if found else ((), "")
    if missing := [column for column in GOLD_COLUMNS if column not in header]:
        raise InputError(source, f"column {missing[0]} is missing", where="line 1")
    if twice := [column for column in header if column and header.count(column) > 1]:
        raise InputError(source, f"column {twice[0]} stands twice", where="line 1")
    line_end = _CRLF if _CRLF in text[: text.find("\n") + 1] else "\n"
    layout = Layout(header, encoding, mark, line_end, stored)
    return layout, in_order([_row(layout, cells, stored, document) for cells, stored in found[1:]])


def _rows(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the cells of each row of a CSV text, and the row as it is stored. Raises csv.Error."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    for cells in csv.reader(lines(), strict=True):
        yield tuple(cells), "".join(taken)
        taken.clear()


def _row(layout: Layout, cells: tuple[str, ...], stored: str, document: Document) -> Row:
    values = layout.values(cells)
    doc = values.get("doc") or document.name
    if doc != document.name:
        return Row(cells, None, f"doc is {doc!r}, another document", stored)
    try:
        return Row(cells, parse_row(values, document.name, document.text), "", stored)
    except RowError as error:
        return Row(cells, None, str(error), stored)


def in_order(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return rows with those that hold records in text order, the others where they are."""
    placed = iter(sorted((row for row in rows if row.metric), key=_place))
    return tuple(next(placed) if row.metric else row for row in rows)


def _place(row: Row) -> int:
    assert row.metric is not None
    return row.metric.start


def changed(metric: Metric, fields: Mapping[str, str], text: str) -> Metric:
    """Return `metric` with `fields` set as in a row of gold; `text` is the raw text. Raises RowError."""
    return parse_row(_gold_row(metric) | dict(fields), metric.doc, text)


def _gold_row(metric: Metric) -> dict[str, str]:
    return {name: str(cell) for name, cell in to_row(metric).items() if name in GOLD_COLUMNS}
