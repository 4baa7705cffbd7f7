"""Tells a level from a share, a change and a rank, and gives a falling change its sign."""

from __future__ import annotations

from decimal import Decimal

from extract.matching.patterns import compiled
from extract.model.quantity import Quantity
from extract.model.record import Kind
from extract.model.relation import Relation
from extract.rulebook.schema import WordRules


class KindJudge:
    """Reads the kind of a record from its unit, its relation and the words of `rules/words.yaml`."""

    def __init__(self, rules: WordRules) -> None:
        self._change_nouns = compiled(rules.change_nouns)
        self._down_nouns = compiled(rules.down_nouns)
        self._place_moves = frozenset(rules.place_moves)

    def kind(self, quantity: Quantity, relation: Relation) -> Kind:
        """Return the kind of a quantity: by its form, else by the verb or noun that it is said of."""
        if quantity.form == "rank":
            return "rank"
        if quantity.form in ("point", "multiple", "doubling"):
            return "change"
        if quantity.form == "ratio":
            return "share"
        if quantity.form == "percent":
            changes = relation.kind == "change" or self._change_nouns.search(relation.object.text)
            return "change" if changes else "share"
        moves = quantity.unit == "位" and relation.predicate.text in self._place_moves
        return "change" if relation.kind == "change" and (relation.base or moves) else "level"

    def signed(self, quantity: Quantity, relation: Relation, kind: Kind) -> tuple[Decimal, Decimal | None]:
        """Return value and value_high, negative for a change that goes down; the lower end stays the first."""
        low, high = quantity.value, quantity.value_high
        if kind != "change":
            return low, high
        if not relation.is_down and (relation.kind == "change" or not self._down_nouns.search(relation.object.text)):
            return low, high
        return (-abs(low), None) if high is None else (-abs(high), -abs(low))
