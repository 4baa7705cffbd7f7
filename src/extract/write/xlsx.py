"""Tables as a workbook for a spreadsheet: cells with their types, periods as text, nothing that is run."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, BinaryIO

from extract.model.tables import Column, Table

MOST_ROWS = 1_000_000
"""Rows on one sheet, its head not counted; a sheet cannot hold many more."""
_LONGEST = 32_767
"""Characters in one cell."""
_EXACT = 15
"""Digits of a number that a spreadsheet keeps."""
_NARROW, _WIDE = 12, 40
_WIDE_COLUMNS = frozenset({"object", "title", "sentence", "evidence", "rules"})
_FIRST_DAY = datetime.date(1900, 3, 1)
"""Days before it are text: spreadsheets count those of 1900 wrongly."""


class Workbook:
    """A workbook that is written to `file` as rows come, with a sheet for each of `tables` and one of their columns."""

    def __init__(self, file: BinaryIO, tables: Sequence[Table], most_rows: int = MOST_ROWS) -> None:
        import xlsxwriter

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = xlsxwriter.Workbook(file, options)
        self._book.set_properties({"created": datetime.datetime(2020, 1, 1)})
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._text = self._book.add_format({"num_format": "@"})
        self._most_rows = most_rows
        self._sheets: dict[str, Any] = {}
        self._rows: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        for table in tables:
            self._open(table)
        self._tables = tables

    def add(self, table: Table, rows: Sequence[Sequence[str]]) -> None:
        """Add `rows` of `table`; behind the last row that a sheet may have, to a further sheet."""
        for cells in rows:
            if self._rows[table.name] == self._most_rows:
                self._close(table)
                self._open(table)
            self._rows[table.name] += 1
            for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
                if cell:
                    self._write(self._sheets[table.name], self._rows[table.name], place, column, cell)

    def finish(self) -> None:
        """Write the sheet of the columns, and the end of the file."""
        for table in self._tables:
            self._close(table)
        self._explain()
        self._book.close()

    def _open(self, table: Table) -> None:
        part = self._parts[table.name] = self._parts.get(table.name, 0) + 1
        sheet = self._book.add_worksheet(table.name if part == 1 else f"{table.name} {part}")
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, _WIDE if column.name in _WIDE_COLUMNS else _NARROW)
            sheet.write_string(0, place, column.name, self._head)
        sheet.freeze_panes(1, 0)
        self._sheets[table.name] = sheet
        self._rows[table.name] = 0

    def _close(self, table: Table) -> None:
        self._sheets[table.name].autofilter(0, 0, self._rows[table.name], len(table.columns) - 1)

    def _write(self, sheet: Any, row: int, place: int, column: Column, cell: str) -> None:
        if column.type in ("integer", "number") and len(cell.strip("-").replace(".", "").strip("0")) <= _EXACT:
            sheet.write_number(row, place, float(cell))
        elif column.type == "date" and (day := datetime.date.fromisoformat(cell)) >= _FIRST_DAY:
            sheet.write_datetime(row, place, datetime.datetime(day.year, day.month, day.day), self._day)
        else:
            sheet.write_string(row, place, cell[:_LONGEST], self._text if column.name == "period" else None)

    def _explain(self) -> None:
        sheet = self._book.add_worksheet("columns")
        heads = ("table", "column", "type", "meaning", "含义", "words")
        for place, head in enumerate(heads):
            sheet.set_column(place, place, _WIDE if place in (3, 4) else _NARROW)
            sheet.write_string(0, place, head, self._head)
        sheet.freeze_panes(1, 0)
        row = 0
        for table in self._tables:
            for column in table.columns:
                row += 1
                told = (table.name, column.name, column.type, column.meaning, column.meaning_zh, " ".join(column.words))
                for place, cell in enumerate(told):
                    sheet.write_string(row, place, cell)
