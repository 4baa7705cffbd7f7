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

    `is_down` marks a change that goes down, `is_before_value` the figure held before a change (从63.2%). `rules` name
    what chose the object, the predicate and the kind.
    """

    __slots__ = ("base", "is_before_value", "is_down", "kind", "object", "predicate", "rules")

    def __init__(
        self,
        object_: Phrase,
        predicate: Phrase,
        base: Phrase,
        kind: Kind,
        rules: tuple[str, ...],
        is_before_value: bool,
        is_down: bool,
    ) -> None:
        self.object = object_
        self.predicate = predicate
        self.base = base
        self.kind: Kind = kind
        self.rules = rules
        self.is_before_value = is_before_value
        self.is_down = is_down
