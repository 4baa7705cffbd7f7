"""The paragraph: what lines of a page or the parts of a format are put together to."""

from __future__ import annotations

from typing import Final

from extract.model.sentence import Role

_TAIL: Final = 200
_END: Final = 16


class Paragraph:
    """Text with the raw offset of each of its characters.

    `block` counts from 0 the runs of paragraphs without a blank line between. `is_prose` tells text from
    headings and other lines that are no sentences; `role` is None until it is known what the paragraph is.
    `last_width` is that of its last line, in Chinese characters. `figure` are the offsets in the text (end
    exclusive) of the figure of a cell.
    """

    __slots__ = ("block", "figure", "is_indented", "is_prose", "last_width", "offsets", "role", "text")

    def __init__(
        self,
        text: str,
        offsets: list[int],
        block: int,
        is_prose: bool,
        role: Role | None = None,
        figure: tuple[int, int] | None = None,
    ) -> None:
        self.text = text
        self.offsets = offsets
        self.block = block
        self.is_prose = is_prose
        self.is_indented = False
        self.role = role
        self.figure = figure
        self.last_width = 0.0

    @property
    def tail(self) -> str:
        """The last part of the text, by which one tells whether its brackets are closed."""
        return self.text[-_TAIL:]

    @property
    def end(self) -> str:
        """The last characters of the text, by which one tells whether it goes on."""
        return self.text[-_END:]

    def append(self, other: Paragraph) -> None:
        """Take up the text of `other` behind one's own, and end as it does."""
        self.text += other.text
        self.offsets += other.offsets
        self.last_width = other.last_width
