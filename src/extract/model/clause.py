"""Labelled words, and the clauses that are rows of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from extract.model.sentence import Sentence

Joint = Literal["start", "comma", "list"]
"""What stands before a clause: the sentence's start, a stop such as ，, or a 、 of a list."""

ACTS: Final = frozenset(("act", "light", "fresh"))
"""Labels of words that say what is done."""
_PREDICATES: Final = frozenset((*ACTS, "adverb", "manner", "level", "intransitive"))
SUBJECTS: Final = frozenset(("noun", "nominal", "measure", "generic", "per"))
"""Labels of words that are, or go on with, what a clause speaks of."""
OPENERS: Final = ("time", "adverb", "manner", "among")
"""Labels of words before what a clause speaks of."""
_LISTED: Final = ("area", "comma", "conj")
_SHORTEST_LIST: Final = 3
"""Two areas and what stands between them."""

Nodes = tuple["Node", ...]
"""A row of words."""


class Node:
    """A labelled word or span of `sentence`; offsets in its text, end exclusive.

    `quantity` is the index into the sentence's quantities, -1 for a word; `marks` tell what may be done with it,
    `tag` is the part of speech that the segmenter gives, empty for a span.
    """

    __slots__ = ("end", "label", "marks", "quantity", "sentence", "start", "tag", "text")

    def __init__(
        self,
        start: int,
        end: int,
        text: str,
        label: str,
        quantity: int,
        marks: int,
        sentence: Sentence,
        tag: str = "",
    ) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.label = label
        self.quantity = quantity
        self.marks = marks
        self.sentence = sentence
        self.tag = tag

    @property
    def raw(self) -> tuple[int, int]:
        """Its offsets in the raw text, end exclusive."""
        return self.sentence.raw_span(self.start, self.end)

    @property
    def opens(self) -> bool:
        """Whether it is a word before what a clause speaks of: a time, an adverb, 其中 or 在."""
        return self.label in OPENERS or self.text == "在"


class Clause:
    """A row of labelled nodes between two stops.

    `stop` is the mark that ends it, '' if none does; `quantities` are the indices of the quantities in it.
    """

    __slots__ = ("joint", "nodes", "quantities", "stop")

    def __init__(self, nodes: tuple[Node, ...], joint: Joint, stop: str, quantities: Sequence[int]) -> None:
        self.nodes = nodes
        self.joint = joint
        self.stop = stop
        self.quantities = quantities

    @property
    def start(self) -> int:
        """Offset of the clause's first character in its sentence."""
        return self.nodes[0].start

    @property
    def end(self) -> int:
        """Offset behind the clause's last character in its sentence."""
        return self.nodes[-1].end

    @property
    def raw(self) -> tuple[int, int]:
        """Offsets of the clause in the raw text, end exclusive."""
        return self.nodes[0].raw[0], self.nodes[-1].raw[1]

    @property
    def area(self) -> Node | None:
        """The area that the clause opens with."""
        end = self._areas_end()
        return self.nodes[end - 1] if end else None

    @property
    def generic_area(self) -> Node | None:
        """The word such as 全省 or 全市 that the clause opens with."""
        head = self.head
        return head if head is not None and head.label == "generic" else None

    @property
    def generic_acts(self) -> bool:
        """Whether that word is the subject of the clause (全国新增), not part of a name (全国文明城市)."""
        place = self.opening + 1
        after = self.nodes[place] if place < len(self.nodes) else None
        return after is not None and after.label not in SUBJECTS and after.quantity < 0

    @property
    def area_acts(self) -> bool:
        """Whether that area is the subject of the clause (灌口镇盘活边角地) or all of it, not part of its name."""
        end = self._areas_end()
        if end == len(self.nodes):
            return True
        after = self.nodes[end:] if end else ()
        named = after and after[0].label == "verbal" and any(node.label in _PREDICATES for node in after[1:])
        if not self.quantities and len(after) == 1:
            return True
        return bool(after) and after[0].label not in SUBJECTS and not (named and not self.quantities)

    @property
    def listed_areas(self) -> list[Node]:
        """The areas of a list that the clause opens with (甲县、乙县分别为……), empty if it opens with no list."""
        start = end = self.opening
        while end < len(self.nodes) and self.nodes[end].label in _LISTED:
            end += 1
        if end - start < _SHORTEST_LIST:
            return []
        areas = [node for node in self.nodes[start:end] if node.label == "area"]
        return areas if 1 < len(areas) < end - start else []

    @property
    def opening(self) -> int:
        """The number of the node behind the times and adverbs that the clause opens with."""
        for place, node in enumerate(self.nodes):
            if not node.opens:
                return place
        return len(self.nodes)

    @property
    def head(self) -> Node | None:
        """That node, None where there is none."""
        place = self.opening
        return self.nodes[place] if place < len(self.nodes) else None

    def place_of(self, label: str) -> int:
        """Return the number of the first node with this label, -1 where there is none."""
        return next((place for place, node in enumerate(self.nodes) if node.label == label), -1)

    def _areas_end(self) -> int:
        """Return the number of the node behind the area that the clause opens with, 0 if it opens with none."""
        nodes = self.nodes
        start = end = self.opening
        while end < len(nodes) and nodes[end].label == "area":
            end += 1
        is_list = end < len(nodes) and nodes[end].label in ("comma", "conj")
        return 0 if is_list or end == start else end
