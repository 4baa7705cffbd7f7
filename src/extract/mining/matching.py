"""Whether the items beside a word are of the classes that a rule asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from extract.mining.rows import Item, Row
from extract.rulebook.lexical import ItemClass

_KINDS: Final = ("quantity", "rank", "time", "area", "list")
_EDGES: Final = ("start", "end")


class Step(NamedTuple):
    """One place of a pattern: names of classes, one of which the item must have; how few and how many items."""

    names: frozenset[str]
    least: int
    is_many: bool


def steps(pattern: Sequence[str], classes: Mapping[str, ItemClass]) -> tuple[Step, ...]:
    """Return a pattern's places. Raises ValueError for the name of no class."""
    read: list[Step] = []
    for place in pattern:
        names = frozenset(place.rstrip("*?").split("|"))
        if unknown := sorted(names - classes.keys() - {*_KINDS, *_EDGES}):
            raise ValueError(f"no class is called {unknown[0]!r}")
        read.append(Step(names, 0 if place[-1] in "*?" else 1, place[-1] == "*"))
    return tuple(read)


class Classifier:
    """Tells of which classes an item is."""

    def __init__(self, classes: Mapping[str, ItemClass]) -> None:
        self._classes = classes
        self._names: dict[Item, frozenset[str]] = {}

    def names(self, item: Item) -> frozenset[str]:
        """Return the names of all classes of `item`, its kind among them."""
        names = self._names.get(item)
        if names is None:
            found = [name for name, one in self._classes.items() if is_of(item, one)]
            names = self._names[item] = frozenset([item.kind, *found])
        return names


def is_of(item: Item, one: ItemClass) -> bool:
    """Whether `item` is of this class."""
    if item.kind == "word":
        return item.text in one.words or item.tag in one.tags
    return item.kind == "quantity" and (item.text in one.units or item.tag in one.dimensions)


def fits(row: Sequence[frozenset[str]], place: int, pattern: Sequence[Step], direction: int) -> bool:
    """Whether the items from `place` on, forwards or, by a direction of -1, backwards, are as `pattern` asks.

    A place that takes many items takes all it can.
    """
    edge = "start" if direction < 0 else "end"
    for step in pattern:
        taken = 0
        while 0 <= place < len(row) and not row[place].isdisjoint(step.names) and (step.is_many or not taken):
            place += direction
            taken += 1
        if taken < step.least and not (edge in step.names and not 0 <= place < len(row)):
            return False
    return True


def names_of(row: Row, classifier: Classifier) -> list[frozenset[str]]:
    """Return the classes of each item of `row`."""
    return [classifier.names(item) for item in row]
