"""The paragraph: what lines of a page or the parts of a format are put together to."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

from extract.model.sentence import Role

_HEAD: Final = 64
_TAIL: Final = 200
_END: Final = 16
_QUOTES: Final = (("“", "”"), ("（", "）"), ("《", "》"))


class Paragraph:
    """Text with the raw offset of each of its characters.

    `block` counts from 0 the runs of paragraphs without a blank line between. `is_prose` tells text from
    headings and other lines that are no sentences; `role` is None until it is known what the paragraph is.
    `last_width` is that of its last line, in Chinese characters. `figure` are the offsets in the text (end
    exclusive) of the figure of a cell. `head` and `tail` are the first and last part of the text, by which one tells
    how it begins and whether its brackets are closed, `length` is how long it is, and `has_stop` tells whether a full
    stop is in it: all that is asked of a paragraph while lines are put to it, however many these are.
    """

    __slots__ = (
        "_pieces", "_unclosed", "block", "figure", "has_stop", "head", "is_indented", "is_prose", "last_width",
        "length", "offsets", "role", "tail",
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        offsets: Sequence[int],
        block: int,
        is_prose: bool,
        role: Role | None = None,
        figure: tuple[int, int] | None = None,
    ) -> None:
        self.read_as(text, offsets)
        self.block = block
        self.is_prose = is_prose
        self.is_indented = False
        self.role = role
        self.figure = figure
        self.last_width = 0.0

    def read_as(self, text: str, offsets: Sequence[int]) -> None:
        """Have it hold `text` with these offsets."""
        self._pieces = [text]
        self._unclosed = [text.count(left) - text.count(right) for left, right in _QUOTES]
        self.length = len(text)
        self.head = text[:_HEAD]
        self.tail = text[-_TAIL:]
        self.has_stop = "。" in text
        self.offsets = offsets

    @property
    def text(self) -> str:
        """The whole text."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0]

    @property
    def end(self) -> str:
        """The last characters of the text, by which one tells whether it goes on."""
        return self.tail[-_END:]

    @property
    def ends(self) -> tuple[str, ...]:
        """The whole text where it is short, else its first and its last part."""
        return (self.tail,) if self.length == len(self.tail) else (self.head, self.tail)

    @property
    def is_open(self) -> bool:
        """Whether a quotation mark or bracket somewhere in it is not closed."""
        return any(count > 0 for count in self._unclosed)

    def append(self, other: Paragraph) -> None:
        """Take up the text of `other` behind one's own, and end as it does."""
        self._pieces += other._pieces
        self._unclosed = [mine + its for mine, its in zip(self._unclosed, other._unclosed, strict=True)]
        self.length += other.length
        self.head = self.head if len(self.head) == _HEAD else (self.head + other.head)[:_HEAD]
        self.tail = (self.tail + other.tail)[-_TAIL:]
        self.has_stop = self.has_stop or other.has_stop
        places = self.offsets if isinstance(self.offsets, array) else array("I", self.offsets)
        places.extend(other.offsets)
        self.offsets = places
        self.last_width = other.last_width


def is_open(text: str) -> bool:
    """Whether a quotation mark or bracket in `text` is not closed."""
    return any(text.count(left) > text.count(right) for left, right in _QUOTES)
