"""Which nouns stand bare before a figure, and which with an owner: 核销率86% and 消费券的核销率86%."""

from __future__ import annotations

from collections import Counter
from typing import Final

from extract.mining.matching import Classifier
from extract.mining.rows import Item, Row
from extract.rulebook.lexical import Attribute, MiningRules

_LEAST: Final = 8


class AttributeCounter:
    """Counts what `attributes.csv` tells."""

    def __init__(self, rules: MiningRules, classifier: Classifier) -> None:
        self._classifier = classifier
        self._heads = frozenset(rules.heads)
        self._prefixes = frozenset(rules.prefixes)
        self._passed = frozenset((*rules.levels, *rules.classes["change"].words, *rules.classes["basis"].words))
        self.bare: Counter[str] = Counter()
        self.owned: Counter[str] = Counter()

    def add(self, row: Row) -> None:
        """Count the subjects of the figures of `row`."""
        for place, item in enumerate(row):
            if item.kind == "quantity":
                self._count(row, place - 1)

    def _count(self, row: Row, place: int) -> None:
        while place >= 0 and (row[place].text in self._passed or row[place].kind == "time"):
            place -= 1
        if place < 0 or not self._is_head(row[place]):
            return
        word = row[place].text
        place -= 1
        if place >= 0 and row[place].text in self._prefixes:
            word = row[place].text + word
            place -= 1
        while place >= 0 and (row[place].kind == "time" or row[place].tag == "d"):
            place -= 1
        if place < 0:
            self.bare[word] += 1
        elif self._is_head(row[place]) or row[place].text in ("的", "其"):
            self.owned[word] += 1

    def _is_head(self, item: Item) -> bool:
        return item.kind == "word" and item.tag in self._heads

    def merge(self, other: AttributeCounter) -> None:
        """Add the counts of `other`."""
        self.bare.update(other.bare)
        self.owned.update(other.owned)

    def rows(self) -> list[Attribute]:
        """Return the table, the nouns seen most often first."""
        rows = [
            Attribute(word=word, bare=self.bare[word], owned=self.owned[word])
            for word in self.bare.keys() | self.owned.keys()
            if self.bare[word] + self.owned[word] >= _LEAST
        ]
        return sorted(rows, key=lambda row: (-row.bare - row.owned, row.word))
