"""Tells a level from a share, a change and a rank, and gives a falling change its sign."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import regex

from extract.matching.literals import closing_chars
from extract.matching.patterns import compiled
from extract.model.quantity import Quantity
from extract.model.record import Kind
from extract.model.relation import Relation
from extract.rulebook.schema import WordRules

Judged = tuple[Kind, Decimal, Decimal | None]
"""Kind, value and value_high of a record."""

_NEAR: Final = 32
"""So many characters before a quantity tell its kind."""


class KindJudge:
    """Reads the kind of a record from its unit, its relation, the words beside it and those of `rules/words.yaml`."""

    def __init__(self, rules: WordRules) -> None:
        self._change_nouns = compiled(rules.change_nouns)
        self._down_nouns = compiled(rules.down_nouns)
        self._change_before = _Behind(rules.change_before)
        self._change_after = compiled(rules.change_after)
        self._share_after = compiled(rules.share_after)
        self._compared_with = _Behind(rules.compared_with)
        self._above_mark = _Behind(rules.above_mark)
        self._share_before = _Behind(rules.share_before)
        self._advanced = _Behind(rules.advanced)
        self._place_moves = frozenset(rules.place_moves)

    def judge(self, quantity: Quantity, relation: Relation, text: str) -> Judged:
        """Return kind, value and value_high of a quantity of the sentence `text`.

        A change that goes down is negative; the lower end stays the first.
        """
        down = self._told(quantity, text)
        kind = self._kind(quantity, relation, text, down is not None)
        low, high = quantity.value, quantity.value_high
        if kind != "change" or not (down or self._falls(quantity, relation, text)):
            return kind, low, high
        return (kind, -abs(low), None) if high is None else (kind, -abs(high), -abs(low))

    def _kind(self, quantity: Quantity, relation: Relation, text: str, is_told: bool) -> Kind:
        if quantity.form == "rank":
            return "rank"
        if quantity.form in ("point", "multiple", "doubling"):
            return "change"
        if quantity.form == "ratio":
            return "share"
        if quantity.form == "percent":
            return "change" if self._is_change(quantity, relation, text, is_told) else "share"
        moves = quantity.unit == "位" and relation.predicate.text in self._place_moves
        differs = relation.kind == "change" and (relation.base or moves)
        return "change" if is_told or (differs and not self._compared_with.match(text, quantity)) else "level"

    def _is_change(self, quantity: Quantity, relation: Relation, text: str, is_told: bool) -> bool:
        """Whether a percentage is a change: by the words beside it, else by the verb or noun that it is said of."""
        if is_told or self._change_after.match(text, quantity.outer_end):
            return True
        if self._share_before.match(text, quantity) or self._share_after.match(text, quantity.outer_end):
            return False
        return relation.kind == "change" or self._change_nouns.search(relation.object.text) is not None

    def _told(self, quantity: Quantity, text: str) -> bool | None:
        """Whether the words right before the quantity say that it goes down; None if they tell of no change."""
        if quantity.form == "percent":
            match = self._change_before.match(text, quantity)
        else:
            match = self._above_mark.match(text, quantity) if quantity.dimension == "length" else None
            match = match or self._advanced.match(text, quantity)
        return bool(match["down"]) if match else None

    def _falls(self, quantity: Quantity, relation: Relation, text: str) -> bool:
        """Whether what the quantity is said of goes down by it."""
        if relation.is_down:
            return self._compared_with.match(text, quantity) is None
        if relation.kind == "change" or quantity.form == "multiple":
            return False
        return self._down_nouns.search(relation.object.text) is not None


class _Behind:
    """A pattern that ends where a quantity begins."""

    def __init__(self, pattern: str) -> None:
        self._pattern = compiled(pattern)
        self._closing = closing_chars(pattern)

    def match(self, text: str, quantity: Quantity) -> regex.Match[str] | None:
        """Return the match right before a quantity of the sentence `text`."""
        start = quantity.start
        if not start or (self._closing is not None and text[start - 1] not in self._closing):
            return None
        return self._pattern.search(text, max(0, start - _NEAR), start)
