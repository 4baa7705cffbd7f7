"""What the stages hand on: the document as read, its articles and their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Spans = tuple[tuple[int, int], ...]
"""Places in a raw text: offsets of code points, end exclusive."""

BlockKind = Literal["title", "heading", "paragraph", "caption", "furniture"]
"""What a block is on its page; furniture is what stands around the text: menus, page numbers, running heads."""


@dataclass(frozen=True)
class Block:
    """A run of text that the format of a file sets apart, without line breaks.

    `offsets[i]` is the place in the document's text of the character `text[i]`; they rise, and pass over
    markup and line breaks.
    """

    kind: BlockKind
    text: str
    offsets: tuple[int, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of a table, its text and offsets as in a block, '' and () where it is empty."""

    text: str
    offsets: tuple[int, ...]
    is_head: bool = False


@dataclass(frozen=True)
class Table:
    """A table as a full grid: all rows are equally long, a cell that spans several places stands in each of them."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Block | None = None


@dataclass(frozen=True)
class Page:
    """What a format tells of a document beyond its text: its parts in reading order, and what is known of it.

    `published` is an ISO date; each of the four is empty where the file does not tell.
    """

    parts: tuple[Block | Table, ...]
    title: str = ""
    published: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Repair:
    """One thing that was put right in, or set apart from, a text: its kind and raw offsets, end exclusive."""

    kind: str
    start: int
    end: int
    detail: str = ""


@dataclass(frozen=True)
class Document:
    """A text as decoded from its file; every offset in the program's output counts its code points.

    `published` is an ISO date given from outside. `page` is None for plain text, whose lines the layout
    stage puts together. `repairs` are those made in reading it.
    """

    name: str
    text: str
    published: str = ""
    format: str = "text"
    encoding: str = ""
    page: Page | None = None
    repairs: tuple[Repair, ...] = ()


_NEXT = 2
"""Characters of one cell stand so near to each other; a line break may part them."""

Role = Literal["heading", "text", "caption", "furniture", "cell"]
"""What a sentence is on its page; a cell is read out as one, with the heads of its row and column."""


class Sentence:
    """A sentence or heading after line repair, in the characters the rules know. It is never changed.

    `offsets[i]` is the place in the document's raw text of the character `text[i]`. `paragraph` and
    `block` count from 0 in the article; a block is a run of paragraphs without a blank line between.
    `section` is the heading it stands under, as the source writes it. `figure` are the offsets in `text`
    (end exclusive) of the figure of a cell.
    """

    __slots__ = ("block", "figure", "offsets", "paragraph", "role", "section", "text")

    def __init__(
        self,
        text: str,
        offsets: tuple[int, ...],
        paragraph: int,
        block: int,
        section: str,
        role: Role,
        figure: tuple[int, int] | None = None,
    ) -> None:
        self.text = text
        self.offsets = offsets
        self.paragraph = paragraph
        self.block = block
        self.section = section
        self.role: Role = role
        self.figure = figure

    @property
    def is_heading(self) -> bool:
        """Tell whether it is a headline or the heading of a section."""
        return self.role == "heading"

    def within_figure(self, start: int, end: int) -> tuple[int, int]:
        """Return what of the characters `start` to `end` stands in the cell itself, all of them where there is none."""
        low, high = self.figure or (start, end)
        return max(start, low), min(end, high)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets (end exclusive) of the characters `text[start:end]`.

        Of words that a cell was read out with from several places, those of the last place.
        """
        first = self._last_place(start, end) if self.role == "cell" else start
        return self.offsets[first], self.offsets[end - 1] + 1

    def _last_place(self, start: int, end: int) -> int:
        """Return where the last of the places begins that the characters `start` to `end` come from."""
        jumps = (i for i in range(end - 1, start, -1) if not 0 <= self.offsets[i] - self.offsets[i - 1] <= _NEXT)
        return next(jumps, start)


@dataclass(frozen=True)
class Article:
    """One article of a document: `number` counts from 1; `published` is an ISO date or ''.

    `title`, `source` and `authors` are written as in the source, '' and () where it does not tell;
    `headline` is the title in the characters the rules know. `published_at` are the raw offsets of the words
    that give the date, empty where they are not the article's own.
    """

    number: int
    title: str
    published: str
    sentences: tuple[Sentence, ...]
    published_at: Spans = ()
    headline: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()
