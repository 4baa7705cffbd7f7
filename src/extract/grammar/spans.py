"""Finds in a sentence what is one node though more than a word, and settles which of two that overlap stays."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.matching.literals import Index, Prefilter, alternatives
from extract.matching.patterns import compiled


class Span:
    """A stretch of a text, its offsets with the end exclusive, and the label and quantity that it has as a node."""

    __slots__ = ("end", "label", "quantity", "start")

    def __init__(self, start: int, end: int, label: str, quantity: int) -> None:
        self.start = start
        self.end = end
        self.label = label
        self.quantity = quantity


class Claims:
    """Spans of a text in their order, none of which overlap: what is claimed first stays."""

    __slots__ = ("spans",)

    def __init__(self) -> None:
        self.spans: list[Span] = []

    def add(self, start: int, end: int, label: str, quantity: int = -1) -> None:
        """Claim the characters `start` to `end`, if there are any and none of them is claimed."""
        place = len(self.spans)
        while place and self.spans[place - 1].start >= end:
            place -= 1
        if start < end and (not place or self.spans[place - 1].end <= start):
            self.spans.insert(place, Span(start, end, label, quantity))


class SpanRule:
    """A pattern of what makes one node of a label; where it has a group `what`, that ends the node."""

    def __init__(self, label: str, pattern: str, index: Index) -> None:
        self._label = label
        parts = [(part, compiled(part)) for part in alternatives(pattern)]
        self._parts = Prefilter(parts, index)
        """Its alternatives: together they are several times slower than the one or two that may match in a text."""

    def claim_all(self, text: str, claims: Claims) -> None:
        """Claim where it matches in `text`, from left to right; at one place the first alternative does."""
        parts = self._parts.select(text)
        position = 0
        while parts and position <= len(text) and (match := _leftmost(parts, text, position)):
            start, end = match.span()
            position = max(end, start + 1)
            has_end = "what" in match.re.groupindex and match["what"]
            claims.add(start, match.end("what") if has_end else end, self._label)


def _leftmost(patterns: Sequence[regex.Pattern[str]], text: str, position: int) -> regex.Match[str] | None:
    """Return the first match behind `position`, of several that begin together that of the first pattern."""
    first: regex.Match[str] | None = None
    for pattern in patterns:
        match = pattern.search(text, position)
        if match and (first is None or match.start() < first.start()):
            first = match
    return first
