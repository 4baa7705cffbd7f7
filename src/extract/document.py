"""What the stages hand on: the document as read, its articles and their sentences."""

from __future__ import annotations

from dataclasses import dataclass

Spans = tuple[tuple[int, int], ...]
"""Places in a raw text: offsets of code points, end exclusive."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text as decoded from its file; every offset in the program's output counts its code points."""

    name: str
    text: str
    published: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or heading after line repair.

    `offsets[i]` is the place in the document's raw text of the character `text[i]`. `paragraph` and
    `block` count from 0 in the article; a block is a run of paragraphs without a blank line between.
    """

    text: str
    offsets: tuple[int, ...]
    paragraph: int
    block: int
    section: str
    is_heading: bool

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw offsets (end exclusive) of the characters `text[start:end]`."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document: `number` counts from 1; `published` is an ISO date or ''.

    `published_at` are the raw offsets of the words that give it, empty where they are not the article's own.
    """

    number: int
    title: str
    published: str
    sentences: tuple[Sentence, ...]
    published_at: Spans = ()
