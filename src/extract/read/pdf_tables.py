"""Finds the ruled tables of a PDF page, and what stands in their cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from extract.read.builder import Draft

if TYPE_CHECKING:
    from pdfplumber.page import Page as PdfPage

_MAX_RULES = 2_000
"""A page with more rules than this holds a drawing."""
_MAX_CELLS = 20_000
_LONGEST = 120
_SENTENCE = 30
"""A cell with more characters, or with so many that end a sentence, holds a text: the rules only frame it."""
_SAME = 3.0
"""Edges nearer than this many points are one."""

Read = Callable[[list[dict[str, Any]]], str]
"""Joins characters to a text."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom edge, in points from the page's upper left corner."""


class Sheet:
    """A ruled table: its box on the page, its cells as a full grid, and the edges of its columns."""

    def __init__(self, box: Box, grid: list[list[Draft]], edges: tuple[float, ...]) -> None:
        self.box = box
        self.grid = grid
        self.edges = edges

    def goes_on(self, after: Sheet) -> bool:
        """Whether a table on the next page has the same columns."""
        if len(self.edges) != len(after.edges):
            return False
        widths = zip(_widths(self.edges), _widths(after.edges), strict=True)
        return all(abs(one - other) < _SAME for one, other in widths)


def sheets(page: PdfPage, chars: Sequence[dict[str, Any]], read: Read) -> list[Sheet]:
    """Return the ruled tables of `page` that hold figures, from top to bottom.

    `chars` are its characters, `read` joins those of a cell to its text. A frame around running text is none.
    """
    if not 0 < len(page.rects) + len(page.lines) + len(page.curves) <= _MAX_RULES:
        return []
    found: list[Sheet] = []
    for table in page.find_tables():
        sheet = _sheet([_box(cell) for cell in table.cells], chars, read)
        if sheet is not None:
            found.append(sheet)
    return sorted(found, key=lambda sheet: sheet.box[1])


def is_inside(char: dict[str, Any], box: Box) -> bool:
    """Whether the middle of a character lies in `box`."""
    left, top, right, bottom = box
    x, y = (float(char["x0"]) + float(char["x1"])) / 2, (float(char["top"]) + float(char["bottom"])) / 2
    return left <= x <= right and top <= y <= bottom


def _box(cell: Iterable[float]) -> Box:
    left, top, right, bottom = cell
    return left, top, right, bottom


def _sheet(boxes: list[Box], chars: Sequence[dict[str, Any]], read: Read) -> Sheet | None:
    columns, rows = (
        _edges([x for box in boxes for x in (box[0], box[2])]),
        _edges([y for box in boxes for y in (box[1], box[3])]),
    )
    if len(columns) < 3 or len(rows) < 3 or (len(columns) - 1) * (len(rows) - 1) > _MAX_CELLS:
        return None
    grid = [[Draft("") for _ in columns[1:]] for _ in rows[1:]]
    for box in boxes:
        text = read([char for char in chars if is_inside(char, box)])
        if len(text) > _LONGEST or (len(text) > _SENTENCE and "。" in text):
            return None
        draft = Draft(text)
        for row in range(_place(rows, box[1]), _place(rows, box[3])):
            for column in range(_place(columns, box[0]), _place(columns, box[2])):
                grid[row][column] = draft
    if not any(char.isdigit() for row in grid for draft in row for char in draft.text):
        return None
    return Sheet((columns[0], rows[0], columns[-1], rows[-1]), grid, tuple(columns))


def _edges(places: Iterable[float]) -> list[float]:
    """Return the places in order, of those that are nearly the same the first."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _SAME:
            found.append(place)
    return found


def _place(edges: Sequence[float], place: float) -> int:
    """Return the number of the edge at `place`."""
    return bisect_left(edges, place - _SAME)


def _widths(edges: Sequence[float]) -> list[float]:
    return [right - left for left, right in pairwise(edges)]
