"""Rows of labelled words as phrases: their text and where it stands, their items, their head."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from extract.document import Spans
from extract.nodes import Clause, Node

_UNSPOKEN = ("adverb", "time", "respective", "basis")
_EDGES = (*_UNSPOKEN, "manner", "among", "level", "of", "place", "conj", "comma", "prep", "for", "topic", "stop")
_LEADS = frozenset((*_EDGES, "area"))
_OPENERS = ("time", "adverb", "manner", "conj", "area")
_NOMINALS = ("noun", "nominal", "measure", "generic", "area")
_MEASURES = ("measure", "proportion")
_MEASURED = (*_MEASURES, "per")


class Piece(NamedTuple):
    """A stretch of a phrase, read from the characters `start` to `end` (exclusive) of the raw text.

    `text` may differ from them: by a line break repaired, or where 城乡 gives 城镇.
    """

    text: str
    start: int
    end: int

    @property
    def raw(self) -> tuple[int, int]:
        """Its offsets in the raw text."""
        return self.start, self.end


class Phrase:
    """Words that may come from several places of a text, in the order in which they are said.

    `text` are the words, joined; `pieces` have a `text` and a place `raw` each. It is never changed.
    """

    __slots__ = ("pieces", "text")

    def __init__(self, pieces: tuple[Piece | Node, ...] = ()) -> None:
        self.pieces = pieces
        self.text = pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and self.text == other.text and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Phrase({self.pieces!r})"

    @property
    def spans(self) -> Spans:
        """Where the words stand in the raw text, in that order, what touches joined to one."""
        if len(self.pieces) == 1:
            return (self.pieces[0].raw,)
        spans: list[tuple[int, int]] = []
        for piece in self.pieces:
            span = piece.raw
            if spans and spans[-1][1] == span[0]:
                spans[-1] = (spans[-1][0], span[1])
            elif span not in spans:
                spans.append(span)
        return tuple(spans)

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
        return Phrase(tuple(self._cut(start, end)))

    def _cut(self, start: int, end: int) -> Iterator[Piece]:
        position = 0
        for piece in self.pieces:
            low, high = max(start - position, 0), min(end - position, len(piece.text))
            if low < high:
                yield _part(piece, low, high)
            position += len(piece.text)

    def without(self, suffix: str) -> Phrase:
        """Return the phrase without `suffix` at its end."""
        text = self.text
        return self.cut(0, len(text.removesuffix(suffix)))


NOTHING = Phrase()


def _part(piece: Piece | Node, start: int, end: int) -> Piece:
    """Return the characters `start` to `end` of a piece, their place that of the whole where text and place differ."""
    first, last = piece.raw
    if last - first != len(piece.text):
        return Piece(piece.text[start:end], first, last)
    return Piece(piece.text[start:end], first + start, first + end)


def phrase_of(nodes: Sequence[Node]) -> Phrase:
    """Return the words of `nodes` without adverbs, times and bases; a single word stays as it is."""
    if not nodes:
        return NOTHING
    if len(nodes) == 1:
        return Phrase((nodes[0],))
    return Phrase(tuple([node for node in nodes if node.label not in _UNSPOKEN]))


def trim(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return a phrase without the function words at its ends and the area in front."""
    start, end = 0, len(nodes)
    while start < end - 1 and nodes[start].label in _LEADS:
        start += 1
    while end > start and nodes[end - 1].label in _EDGES:
        end -= 1
    return nodes[start:end] if end - start < len(nodes) else nodes


def items_of(nodes: Sequence[Node], marks: Container[str] = ("comma", "conj")) -> list[list[Node]]:
    """Return the items of a list A、B和C; `marks` are the labels of what parts them."""
    items: list[list[Node]] = [[]]
    for node in nodes:
        if node.label in marks:
            items.append([])
        else:
            items[-1].append(node)
    return [item for item in items if item]


def subject_of(clause: Clause) -> Sequence[Node]:
    """Return the noun phrase that a clause begins with, empty if no verb follows it."""
    nodes, size = clause.nodes, len(clause.nodes)
    start = 0
    while start < size and nodes[start].label in _OPENERS:
        start += 1
    end = start
    while end < size and nodes[end].label in _NOMINALS:
        end += 1
    return nodes[start:end] if end < size and nodes[end].label != "of" else ()


def complement_of(clause: Clause) -> Sequence[Node]:
    """Return the noun phrase that a clause ends with, empty if no verb stands between it and the last quantity."""
    nodes = clause.nodes
    if nodes[-1].quantity >= 0:
        return ()
    after = list(takewhile(lambda node: node.quantity < 0, reversed(nodes)))
    tail = list(takewhile(lambda node: node.label in ("noun", "nominal", "verbal"), after))
    verbs = [node for node in after[len(tail) :] if node.label in ("act", "verbal", "light")]
    return tail[::-1] if verbs and len(after) < len(nodes) else ()


def has_measure(nodes: Sequence[Node]) -> bool:
    """Tell whether a phrase says what is measured (产量, 占比) and not only of what."""
    return any(node.label in _MEASURES for node in nodes)


def measure_tail(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return the measure that a phrase ends with: 人均可支配收入 of 居民人均可支配收入; nothing of 总量 alone."""
    start = len(nodes)
    while start > 0 and nodes[start - 1].label in _MEASURED:
        start -= 1
    return nodes[start:] if start else ()
