"""What the stages hand on: the document as read, its articles and their sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.model.sentence import Sentence

Spans = tuple[tuple[int, int], ...]
"""Places in a raw text: offsets of code points, end exclusive."""

BlockKind = Literal["title", "heading", "paragraph", "caption", "furniture"]
"""What a block is on its page; furniture is what stands around the text: menus, page numbers, running heads."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that the format of a file sets apart, without line breaks.

    `offsets[i]` is the place in the document's text of the character `text[i]`; they rise, and pass over
    markup and line breaks.
    """

    kind: BlockKind
    text: str
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, its text and offsets as in a block, '' and () where it is empty."""

    text: str
    offsets: tuple[int, ...]
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a full grid: all rows are equally long, a cell that spans several places stands in each of them."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: Block | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What a format tells of a document beyond its text: its parts in reading order, and what is known of it.

    `published` is an ISO date; each of the four is empty where the file does not tell.
    """

    parts: tuple[Block | Table, ...]
    title: str = ""
    published: str = ""
    source: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was put right in, or set apart from, a text: its kind and raw offsets, end exclusive."""

    kind: str
    start: int
    end: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as decoded from its file; every offset in the program's output counts its code points.

    `published` is an ISO date given from outside, `stamp` what was given for it where that is none (07-20 15:29),
    `area` and `issuer` the area that it is about and the office that put it out, given from outside too. `page` is
    None for plain text, whose lines the layout stage puts together. `repairs` are those made in reading it.
    """

    name: str
    text: str
    published: str = ""
    format: str = "text"
    encoding: str = ""
    page: Page | None = None
    repairs: tuple[Repair, ...] = ()
    stamp: str = ""
    area: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
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
