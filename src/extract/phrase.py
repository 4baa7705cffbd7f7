"""Rows of labelled words as phrases: their text and where it stands, their items, their head."""

from __future__ import annotations

from typing import Final

from extract.document import Spans
from extract.nodes import Clause, Node, Nodes

_UNSPOKEN: Final = ("adverb", "time", "respective", "basis")
_EDGES: Final = frozenset(
    (*_UNSPOKEN, "manner", "among", "level", "of", "place", "conj", "comma", "prep", "for", "topic", "stop")
)
_LEADS: Final = frozenset((*_EDGES, "area"))
_OPENERS: Final = frozenset(("time", "adverb", "manner", "conj", "area"))
_NOMINALS: Final = frozenset(("noun", "nominal", "measure", "generic", "area"))
_MEASURES: Final = ("measure", "proportion")
_MEASURED: Final = ("measure", "proportion", "per")


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


def phrase_of(nodes: Nodes) -> Phrase:
    """Return the words of `nodes` without adverbs, times and bases; a single word stays as it is."""
    if not nodes:
        return NOTHING
    if len(nodes) == 1:
        return Phrase((nodes[0],))
    return Phrase(tuple([node for node in nodes if node.label not in _UNSPOKEN]))


def trim(nodes: Nodes) -> Nodes:
    """Return a phrase without the function words at its ends and the area in front."""
    start, end = 0, len(nodes)
    while start < end - 1 and nodes[start].label in _LEADS:
        start += 1
    while end > start and nodes[end - 1].label in _EDGES:
        end -= 1
    return nodes[start:end] if end - start < len(nodes) else nodes


def items_of(nodes: Nodes, by_conj: bool = True) -> list[Nodes]:
    """Return the items of a list A、B和C, which is parted by 和 too, or only by 、 without `by_conj`."""
    items: list[Nodes] = []
    start = 0
    for place, node in enumerate(nodes):
        if node.label == "comma" or (by_conj and node.label == "conj"):
            if start < place:
                items.append(nodes[start:place])
            start = place + 1
    if start < len(nodes):
        items.append(nodes[start:])
    return items


def subject_of(clause: Clause) -> Nodes:
    """Return the noun phrase that a clause begins with, empty if no verb follows it."""
    nodes, size = clause.nodes, len(clause.nodes)
    start = 0
    while start < size and nodes[start].label in _OPENERS:
        start += 1
    end = start
    while end < size and nodes[end].label in _NOMINALS:
        end += 1
    return nodes[start:end] if end < size and nodes[end].label != "of" else ()


def complement_of(clause: Clause) -> Nodes:
    """Return the noun phrase that a clause ends with, empty if no verb stands between it and the last quantity."""
    nodes = clause.nodes
    if nodes[-1].quantity >= 0:
        return ()
    tail = len(nodes)
    while tail and nodes[tail - 1].label in ("noun", "nominal", "verbal"):
        tail -= 1
    after = tail
    is_behind_verb = False
    while after and nodes[after - 1].quantity < 0:
        after -= 1
        is_behind_verb = is_behind_verb or nodes[after].label in ("act", "verbal", "light")
    return nodes[tail:] if is_behind_verb and after else ()


def has_measure(nodes: Nodes) -> bool:
    """Tell whether a phrase says what is measured (产量, 占比) and not only of what."""
    return any(node.label in _MEASURES for node in nodes)


def measure_tail(nodes: Nodes) -> Nodes:
    """Return the measure that a phrase ends with: 人均可支配收入 of 居民人均可支配收入; nothing of 总量 alone."""
    start = len(nodes)
    while start > 0 and nodes[start - 1].label in _MEASURED:
        start -= 1
    return nodes[start:] if start else ()
