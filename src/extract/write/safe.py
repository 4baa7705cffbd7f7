"""Keeps the text of a cell from being run by a spreadsheet, and that of a line from steering a terminal.

Excel and others run a cell of a CSV file that begins with = + - or @, full-width ones too; one that begins with a
tab or a line break may end up as two cells. With an apostrophe before it, it is text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import regex

_FIRST = frozenset("'=+-@＝＋－＠").union(filter(str.isspace, map(chr, range(0x3001))))
"""With what a cell must begin to be risky."""
_RISKY = regex.compile(r"['\s]*[=+\-@＝＋－＠]|'*[\t\r\n]")
_NUMBER = regex.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?%?")


def guarded(cell: str) -> str:
    """Return `cell` with an apostrophe before it if a spreadsheet may run it; a plain number stays as it is."""
    return f"'{cell}" if _is_risky(cell) else cell


def guarded_row(cells: Iterable[object]) -> list[object]:
    """Return the cells of a row, those that are text guarded."""
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in _FIRST and _is_risky(cell) else cell for cell in cells]


def unguarded(cell: str) -> str:
    """Return what `guarded` made `cell` of, for every text."""
    return cell[1:] if cell.startswith("'") and _is_risky(cell[1:]) else cell


def _is_risky(cell: str) -> bool:
    return cell[:1] in _FIRST and _RISKY.match(cell) is not None and _NUMBER.fullmatch(cell) is None


def printable(text: str) -> str:
    """Return `text` without control and format characters other than line breaks and tabs."""
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs"))
