"""What a change of rules changes: records that come, go, or have other fields, and the rules that had a part in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from extract.model.document import Document
from extract.model.record import COLUMNS, Metric, to_row
from extract.pipeline.pipeline import Pipeline

Way = Literal["added", "lost", "altered"]

_LEFT_OUT = frozenset(("id", "sentence", "rules", "evidence", "title", "section"))
"""Columns in which a difference is none of its own."""


@dataclass(frozen=True, slots=True)
class Change:
    """A record that is another with the new rules; `fields` are those of an altered one with old and new value.

    `rules` are those that only one of the two has, with + before the new ones and - before the old.
    """

    way: Way
    doc: str
    start: int
    text: str
    fields: tuple[tuple[str, str, str], ...]
    rules: tuple[str, ...]


@dataclass(slots=True)
class Difference:
    """All changes over some documents, and how many there are of each way, rule and field."""

    changes: list[Change] = field(default_factory=list)
    documents: int = 0
    same: int = 0

    def add(self, document: Document, old: Pipeline, new: Pipeline) -> None:
        """Compare what two sets of rules find in a document."""
        self.documents += 1
        before, after = (_by_place(pipeline.metrics(document)) for pipeline in (old, new))
        for place in sorted(before | after):
            change = _change(before.get(place), after.get(place))
            if change is None:
                self.same += 1
            else:
                self.changes.append(change)

    def ways(self) -> Counter[str]:
        """Return how many records came, went, or were altered."""
        return Counter(change.way for change in self.changes)

    def by_rule(self) -> Counter[tuple[str, str]]:
        """Return how many records each rule had a part in that came, went, or were altered."""
        return Counter((rule, change.way) for change in self.changes for rule in change.rules or ("",))

    def by_field(self) -> Counter[str]:
        """Return how many altered records are other in each field."""
        return Counter(name for change in self.changes for name, _, _ in change.fields)


def _by_place(metrics: list[Metric]) -> dict[tuple[int, int, int], Metric]:
    """Return the records by their places; a number tells those apart that share one."""
    seen: Counter[tuple[int, int]] = Counter()
    found: dict[tuple[int, int, int], Metric] = {}
    for metric in metrics:
        place = metric.start, metric.end
        found[(*place, seen[place])] = metric
        seen[place] += 1
    return found


def _change(old: Metric | None, new: Metric | None) -> Change | None:
    told = new or old
    assert told is not None
    rules = tuple(_rules(old, new))
    if old is None or new is None:
        return Change("lost" if new is None else "added", told.doc, told.start, told.text, (), rules)
    before, after = to_row(old), to_row(new)
    fields = tuple(
        (name, str(before[name]), str(after[name]))
        for name in COLUMNS
        if name not in _LEFT_OUT and before[name] != after[name]
    )
    return Change("altered", told.doc, told.start, told.text, fields, rules) if fields else None


def _rules(old: Metric | None, new: Metric | None) -> Iterator[str]:
    before, after = (set(one.rules) if one else set() for one in (old, new))
    yield from sorted(f"+{name}" for name in after - before)
    yield from sorted(f"-{name}" for name in before - after)
