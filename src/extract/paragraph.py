"""The paragraph: what lines of a page or the parts of a format are put together to."""

from __future__ import annotations

from dataclasses import dataclass

from extract.document import Role

_TAIL = 200


@dataclass(slots=True)
class Paragraph:
    """Text with the raw offset of each of its characters.

    `block` counts from 0 the runs of paragraphs without a blank line between. `is_prose` tells text from
    headings and other lines that are no sentences; `role` is None until it is known what the paragraph is.
    `last_width` is that of its last line, in Chinese characters. `figure` are the offsets in the text (end
    exclusive) of the figure of a cell.
    """

    text: str
    offsets: list[int]
    block: int
    is_prose: bool
    is_indented: bool = False
    role: Role | None = None
    figure: tuple[int, int] | None = None
    last_width: float = 0.0

    @property
    def tail(self) -> str:
        """The end of the text, by which one tells whether it goes on."""
        return self.text[-_TAIL:]

    def append(self, other: Paragraph) -> None:
        """Take up the text of `other` behind one's own."""
        self.text += other.text
        self.offsets += other.offsets
