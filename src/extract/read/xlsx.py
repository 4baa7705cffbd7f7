"""Reads a workbook of a spreadsheet: each sheet as a table, what stands alone in a row above or below it as text."""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal
from itertools import groupby
from typing import Any

from extract.errors import InputError
from extract.read.builder import Draft, PageBuilder
from extract.read.content import Content

_LARGEST = 200_000_000
"""Bytes that a workbook may have when it is unpacked."""
_MOST_CELLS = 500_000

_Row = list[Draft]


def is_workbook(data: bytes) -> bool:
    """Whether the bytes of a zip file are a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def read_xlsx(data: bytes, source: str) -> Content:
    """Return the sheets of a workbook in order. Raises InputError with the name `source` where they are unreadable."""
    builder = PageBuilder()
    book = _opened(data, source)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible" or not sheet.max_row:
            continue
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            raise InputError(source, f"its sheet {sheet.title} has too many cells", hint="split it")
        if len(book.worksheets) > 1 and not sheet.title.lower().startswith("sheet"):
            builder.add_block("heading", sheet.title)
        _add(builder, _grid(sheet))
    return builder.content(source)


def _opened(data: bytes, source: str) -> Any:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > _LARGEST:
            raise InputError(source, f"has {size:,} bytes when it is unpacked", hint="split it")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except InputError:
        raise
    except Exception as error:
        raise InputError(source, f"is no workbook that can be read: {error}", hint="save it anew as .xlsx") from error


def _grid(sheet: Any) -> list[_Row]:
    """Return the rows of a sheet; a merged cell stands in each of its places."""
    grid = [[Draft(_text(cell)) for cell in row] for row in sheet.iter_rows()]
    for span in sheet.merged_cells.ranges:
        first = grid[span.min_row - 1][span.min_col - 1]
        for row in range(span.min_row - 1, span.max_row):
            for column in range(span.min_col - 1, span.max_col):
                grid[row][column] = first
    return grid


def _add(builder: PageBuilder, grid: list[_Row]) -> None:
    """Add a sheet: rows with several cells are a table, one with a single cell is a line of text."""
    for is_table, rows in groupby(filter(_cells, grid), key=lambda row: len(_cells(row)) > 1):
        if not is_table:
            for row in rows:
                builder.add_block("paragraph", _cells(row)[0].text)
            continue
        table = list(rows)
        used = [place for place in range(len(table[0])) if any(row[place].text for row in table)]
        builder.add_table([[row[place] for place in used] for row in table])


def _cells(row: _Row) -> list[Draft]:
    """Return the different cells of a row that hold something."""
    return list({id(draft): draft for draft in row if draft.text}.values())


def _text(cell: Any) -> str:
    """Return what a cell shows: a number with all its digits, as a share where it is formatted so."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if "%" in (cell.number_format or ""):
            return f"{_plain(number * 100)}%"
        return _plain(number)
    return str(value)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"
