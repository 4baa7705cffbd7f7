"""Builds the decoded text of a file that has no plain text of its own, part by part, with the offsets of each."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.errors import InputError
from extract.model.document import Block, BlockKind, Cell, Page, Repair, Table
from extract.read.content import Content

Grid = Sequence[Sequence["Draft"]]
"""A table as a full grid of cells to be: one that spans several places stands in each of them."""


class Draft:
    """A cell to be: its text, and whether its format calls it a head."""

    def __init__(self, text: str, is_head: bool = False) -> None:
        self.text = one_line(text)
        self.is_head = is_head


class PageBuilder:
    """Collects the parts of a page in reading order; each block is a line of the text."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._length = 0
        self._parts: list[Block | Table] = []
        self.repairs: list[Repair] = []

    def add_block(self, kind: BlockKind, text: str) -> None:
        """Add a run of text, blanks at its ends and line breaks in it left out; nothing where it is blank."""
        if line := one_line(text):
            self._parts.append(self._block(kind, line))

    def add_table(self, grid: Grid, caption: str = "") -> None:
        """Add a table, a row a line with tabs between its columns; nothing where all cells are empty.

        A cell that spans several places is written in the first.
        """
        if not any(draft.text for row in grid for draft in row):
            return
        title = self._block("caption", one_line(caption)) if one_line(caption) else None
        cells: dict[int, Cell] = {}
        for row in grid:
            for place, draft in enumerate(row):
                self._put("\t" if place else "")
                if id(draft) not in cells:
                    cells[id(draft)] = Cell(draft.text, self._put(draft.text), draft.is_head)
            self._put("\n")
        rows = tuple(tuple(cells[id(draft)] for draft in row) for row in grid)
        self._parts.append(Table(rows, title))

    def content(
        self,
        source: str,
        encoding: str = "",
        title: str = "",
        published: str = "",
        origin: str = "",
        authors: tuple[str, ...] = (),
    ) -> Content:
        """Return all that was added, with what the format tells of the page.

        Raises InputError with the name `source` where nothing was added.
        """
        if not self._parts:
            raise InputError(source, "holds no text", hint="give a file whose text can be marked and copied")
        page = Page(tuple(self._parts), title, published, origin, authors)
        return Content("".join(self._text), encoding, page, tuple(self.repairs))

    @property
    def position(self) -> int:
        """The offset at which the next part begins."""
        return self._length

    def _block(self, kind: BlockKind, line: str) -> Block:
        block = Block(kind, line, self._put(line))
        self._put("\n")
        return block

    def _put(self, text: str) -> tuple[int, ...]:
        offsets = tuple(range(self._length, self._length + len(text)))
        self._text.append(text)
        self._length += len(text)
        return offsets


_BREAK = regex.compile(r"[ \t\u00a0]*[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+[ \t\u00a0]*")
_BETWEEN_WORDS = regex.compile(r"(?<=[A-Za-z0-9])[ \t]*\n[ \t]*(?=[A-Za-z0-9])")


def one_line(text: str) -> str:
    """Return `text` as one line: line breaks and the blanks beside them left out, a blank kept between Latin words."""
    spaced = _BETWEEN_WORDS.sub(" ", text)
    joined = _BREAK.sub("", spaced)
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in joined).strip(" \t\u00a0\u3000\ufeff")
