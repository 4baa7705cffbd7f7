"""What a run has found, in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.batch.gaps import Gaps
from extract.model.extraction import Extraction
from extract.model.record import KINDS

LISTED = 40
"""So many documents are listed one by one; of more, only the sum."""


@dataclass(slots=True)
class Tally:
    """How many metrics were found, by area and kind, and how many of them are planned."""

    areas: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    planned: int = 0

    def add(self, extraction: Extraction) -> None:
        """Count the metrics of one document."""
        for metric in extraction.metrics:
            if metric.area:
                self.areas[metric.area] += 1
            self.kinds[metric.kind] += 1
            self.planned += metric.status == "planned"

    def merge(self, other: Tally) -> None:
        """Add what `other` has counted."""
        self.areas.update(other.areas)
        self.kinds.update(other.kinds)
        self.planned += other.planned

    def row(self) -> Iterator[str]:
        """Yield the cells of the summary."""
        yield f"{len(self.areas)} areas" if len(self.areas) > 1 else next(iter(self.areas), "")
        yield str(self.kinds.total())
        yield from (str(self.kinds[kind]) for kind in KINDS)
        yield str(self.planned)


@dataclass(slots=True)
class Summary:
    """How many documents and characters were read and what was found in them; in `each` by document, unless too many.

    Those of several tasks are merged in their order.
    """

    documents: int = 0
    characters: int = 0
    total: Tally = field(default_factory=Tally)
    each: dict[str, Tally] = field(default_factory=dict)
    gaps: Gaps = field(default_factory=Gaps)

    @property
    def metrics(self) -> int:
        """How many metrics were found."""
        return self.total.kinds.total()

    def add(self, extraction: Extraction) -> None:
        """Count one document."""
        tally = Tally()
        tally.add(extraction)
        document = extraction.document
        self.merge(Summary(1, len(document.text), tally, {document.name: tally}, Gaps.of(extraction)))

    def merge(self, other: Summary) -> None:
        """Add what `other` has counted."""
        self.documents += other.documents
        self.characters += other.characters
        self.total.merge(other.total)
        self.gaps.merge(other.gaps)
        if self.documents > LISTED:
            self.each = {}
            return
        for name, tally in other.each.items():
            self.each.setdefault(name, Tally()).merge(tally)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values that `from_json` reads."""
        each = {name: _plain(tally) for name, tally in self.each.items()}
        return {
            "documents": self.documents,
            "characters": self.characters,
            "total": _plain(self.total),
            "each": each,
            "gaps": self.gaps.to_json(),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Summary:
        """Return what `to_json` gave. Raises KeyError and TypeError for anything else."""
        each = {name: _tally(tally) for name, tally in plain["each"].items()}
        return cls(plain["documents"], plain["characters"], _tally(plain["total"]), each, Gaps(*plain["gaps"]))


def _plain(tally: Tally) -> list[Any]:
    return [tally.areas, tally.kinds, tally.planned]


def _tally(plain: list[Any]) -> Tally:
    areas, kinds, planned = plain
    return Tally(Counter(areas), Counter(kinds), planned)
