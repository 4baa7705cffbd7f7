"""Words of a text as a phrase: their characters and where they stand."""

from __future__ import annotations

from typing import Final

from extract.model.clause import Node
from extract.model.document import Spans


class Piece:
    """A stretch of a phrase, read from the characters `raw` (end exclusive) of the raw text. It is never changed.

    `text` may differ from them: by a line break repaired, or where 城乡 gives 城镇.
    """

    __slots__ = ("raw", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.raw = (start, end)

    def __repr__(self) -> str:
        return f"Piece({self.text!r}, {self.raw[0]}, {self.raw[1]})"


class Phrase:
    """Words that may come from several places of a text, in the order in which they are said.

    `text` are the words, joined; `pieces` have a `text` and a place `raw` each. It is never changed.
    """

    __slots__ = ("_spans", "pieces", "text")

    def __init__(self, pieces: tuple[Piece | Node, ...] = ()) -> None:
        self.pieces = pieces
        self.text = pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces])
        self._spans: Spans | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and self.text == other.text and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Phrase({self.pieces!r})"

    @property
    def spans(self) -> Spans:
        """Where the words stand in the raw text, in that order, what touches joined to one."""
        if self._spans is None:
            self._spans = _spans_of(self.pieces)
        return self._spans

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __add__(self, other: Phrase) -> Phrase:
        if not other.pieces:
            return self
        return Phrase(self.pieces + other.pieces) if self.pieces else other

    def cut(self, start: int, end: int) -> Phrase:
        """Return the characters of `text` from `start` to `end`."""
        if start <= 0 and end >= len(self.text):
            return self
        pieces: list[Piece | Node] = []
        position = 0
        for piece in self.pieces:
            low, high = max(start - position, 0), min(end - position, len(piece.text))
            if low < high:
                pieces.append(_part(piece, low, high))
            position += len(piece.text)
        return Phrase(tuple(pieces))

    def without(self, suffix: str) -> Phrase:
        """Return the phrase without `suffix` at its end."""
        text = self.text
        return self.cut(0, len(text.removesuffix(suffix)))


NOTHING: Final = Phrase()


def _spans_of(pieces: tuple[Piece | Node, ...]) -> Spans:
    if len(pieces) == 1:
        return (pieces[0].raw,)
    spans: list[tuple[int, int]] = []
    for piece in pieces:
        span = piece.raw
        if spans and spans[-1][1] == span[0]:
            spans[-1] = (spans[-1][0], span[1])
        elif span not in spans:
            spans.append(span)
    return tuple(spans)


def _part(piece: Piece | Node, start: int, end: int) -> Piece:
    """Return the characters `start` to `end` of a piece, their place that of the whole where text and place differ."""
    first, last = piece.raw
    if last - first != len(piece.text):
        return Piece(piece.text[start:end], first, last)
    return Piece(piece.text[start:end], first + start, first + end)
