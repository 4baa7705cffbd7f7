"""Which nouns stand bare before a figure, and which with an owner: 核销率86% and 消费券的核销率86%."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from typing import Final

from extract.mining.rows import Item, Row
from extract.rulebook.lexical import Attribute, MiningRules

_LEAST: Final = 8


class AttributeCounter:
    """Counts what `attributes.csv` tells."""

    def __init__(self, rules: MiningRules, units: Collection[str]) -> None:
        self._units = units
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
        """Count the noun that ends at `place` or before what may stand between it and its figure."""
        while place >= 0 and (row[place].text in self._passed or row[place].kind == "time"):
            place -= 1
        if place < 0 or not self._is_head(row[place]):
            return
        word = row[place].text
        place -= 1
        if place >= 0 and row[place].text in self._prefixes:
            word = row[place].text + word
            place -= 1
        self._note(word, row, place)
        if place >= 0 and self._is_head(row[place]):
            self._note(row[place].text + word, row, place - 1)

    def _note(self, word: str, row: Row, place: int) -> None:
        """Count `word` as bare or owned by what stands before it, from `place` back."""
        while place >= 0 and (row[place].kind == "time" or row[place].tag == "d"):
            place -= 1
        if place < 0:
            self.bare[word] += 1
        elif self._is_head(row[place]) or row[place].text in ("的", "其"):
            self.owned[word] += 1

    def _is_head(self, item: Item) -> bool:
        return item.kind == "word" and item.tag in self._heads and item.text not in self._units

    def merge(self, other: AttributeCounter) -> None:
        """Add the counts of `other`."""
        self.bare.update(other.bare)
        self.owned.update(other.owned)

    def rows(self, is_verb: Callable[[str], bool]) -> list[Attribute]:
        """Return the table, the nouns seen most often first, without words that are used as verbs."""
        rows = [
            Attribute(word=word, bare=self.bare[word], owned=self.owned[word])
            for word in self.bare.keys() | self.owned.keys()
            if self.bare[word] + self.owned[word] >= _LEAST and not is_verb(word)
        ]
        return sorted(rows, key=lambda row: (-row.bare - row.owned, row.word))
