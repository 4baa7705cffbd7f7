"""What ties a figure to what it is about."""

from __future__ import annotations

from extract.model.phrase import Phrase
from extract.model.record import Kind


class Run:
    """The place of a quantity, from 0, in a run N1、N2和N3, and how many the run has."""

    __slots__ = ("place", "size")

    def __init__(self, place: int, size: int) -> None:
        self.place = place
        self.size = size


class Relation:
    """What a quantity is about: its object, governing predicate and base of comparison, empty where untold.

    `kind` is None where the shape leaves it to the unit. `carried` marks an object that the clause
    itself does not name, `is_before_value` that the figure held before a change (从63.2%). `rules` name what made it.
    `listing` is the list that the object is one item of, undivided.
    """

    __slots__ = ("base", "carried", "is_before_value", "is_down", "kind", "listing", "object", "predicate", "rules")

    def __init__(
        self,
        object_: Phrase,
        predicate: Phrase,
        base: Phrase,
        kind: Kind | None,
        rules: tuple[str, ...],
        is_before_value: bool,
        is_down: bool,
        carried: bool,
        listing: Phrase,
    ) -> None:
        self.object = object_
        self.predicate = predicate
        self.base = base
        self.kind: Kind | None = kind
        self.rules = rules
        self.is_before_value = is_before_value
        self.is_down = is_down
        self.carried = carried
        self.listing = listing

    def with_object(self, object_: Phrase, rule: str, carried: bool, predicate: Phrase) -> Relation:
        """It with another object and predicate, by the rule that chose it."""
        return Relation(
            object_,
            predicate,
            self.base,
            self.kind,
            (*self.rules, rule),
            self.is_before_value,
            self.is_down,
            carried=carried,
            listing=self.listing,
        )

    def restated(self) -> Relation:
        """Return what the same figure in another unit is about."""
        return Relation(
            self.object,
            self.predicate,
            self.base,
            self.kind,
            self.rules,
            self.is_before_value,
            self.is_down,
            carried=True,
            listing=self.listing,
        )
