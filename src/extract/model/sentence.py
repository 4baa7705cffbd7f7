"""A sentence of an article, as the layout stage hands it on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

_NEXT: Final = 2
"""Characters of one cell stand so near to each other; a line break may part them."""

Role = Literal["heading", "text", "caption", "furniture", "cell"]
"""What a sentence is on its page; a cell is read out as one, with the heads of its row and column."""


class Sentence:
    """A sentence or heading after line repair, in the characters the rules know. It is never changed.

    `offsets[i]` is the place in the document's raw text of the character `text[i]`; they are a range where that says
    it, for a long text has as many as characters. `paragraph` and
    `block` count from 0 in the article; a block is a run of paragraphs without a blank line between.
    `section` is the heading it stands under, as the source writes it. `figure` are the offsets in `text`
    (end exclusive) of the figure of a cell.
    """

    __slots__ = ("block", "figure", "offsets", "paragraph", "role", "section", "text")

    def __init__(
        self,
        text: str,
        offsets: Sequence[int],
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
    def raw_start(self) -> int:
        """The raw offset of its first character."""
        return self.raw_span(0, 1)[0]

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
