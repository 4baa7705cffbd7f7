"""Finds what stands in a line of text and is the page's own: captions, credits, buttons, notes on rights."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extract.matching.guarded import GuardedPattern
from extract.model.sentence import Role
from extract.rulebook.schema import Aside


class AsideFinder:
    """Finds asides by the rules of `rules/layout.yaml`."""

    def __init__(self, rules: Sequence[Aside]) -> None:
        self._patterns = [(GuardedPattern(rule.pattern), rule.role) for rule in rules]

    def find(self, text: str) -> list[tuple[int, int, Role]]:
        """Return where asides stand in `text`, in order and apart from each other, each with its role."""
        found: list[tuple[int, int, Role]] = []
        for pattern, role in self._patterns:
            for match in pattern.all_in([text]):
                start, end = match.span()
                place = bisect_left(found, (start,))
                is_apart = (not place or found[place - 1][1] <= start) and (
                    place == len(found) or end <= found[place][0]
                )
                if start < end and is_apart:
                    found.insert(place, (start, end, role))
        return found
