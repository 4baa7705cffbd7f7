"""What units count: the noun that ends the phrase beside a figure."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from extract.mining.matching import Classifier
from extract.mining.rows import Item, Row
from extract.rulebook.lexical import Counted, CountedClass, Ending, MiningRules

_LEAST: Final = 4
_FEW_WORDS: Final = 3
"""An ending of fewer words is one with them, and not told of."""
_MAJORITY: Final = 0.6
_LONG: Final = 3
"""Words of so many characters have an ending of two."""


class CountedCounter:
    """Counts what `counted.csv` and `endings.csv` tell."""

    def __init__(self, rules: MiningRules, classifier: Classifier) -> None:
        self._classifier = classifier
        self._heads = frozenset(rules.heads)
        self._modifiers = frozenset((*rules.heads, *rules.modifiers))
        self._levels = frozenset(rules.levels)
        self._rules = rules
        self.behind: Counter[tuple[str, str]] = Counter()
        self.before: Counter[tuple[str, str]] = Counter()
        self.dimensions: dict[str, str] = {}

    def add(self, row: Row) -> None:
        """Count what stands beside the quantities of `row`."""
        for place, item in enumerate(row):
            if item.kind != "quantity" or not item.text:
                continue
            self.dimensions[item.text] = item.tag
            if noun := self._behind(row, place):
                self.behind[item.text, noun] += 1
            if noun := self._before(row, place):
                self.before[item.text, noun] += 1

    def _behind(self, row: Row, place: int) -> str:
        """Return the head of the phrase behind the quantity, '' if none is there."""
        end = place + 1
        while end < len(row) and self._is_part(row[end]):
            end += 1
        return row[end - 1].text if end > place + 1 and self._is_head(row[end - 1]) else ""

    def _before(self, row: Row, place: int) -> str:
        """Return the head of the phrase before the quantity, or before the 达, 为 or 约 in front of it."""
        before = place - 1
        while before >= 0 and row[before].text in self._levels:
            before -= 1
        return row[before].text if before >= 0 and self._is_head(row[before]) else ""

    def _is_part(self, item: Item) -> bool:
        return item.kind == "area" or (item.kind == "word" and item.tag in self._modifiers)

    def _is_head(self, item: Item) -> bool:
        return item.kind == "word" and item.tag in self._heads and item.text not in self._levels

    def merge(self, other: CountedCounter) -> None:
        """Add the counts of `other`."""
        self.behind.update(other.behind)
        self.before.update(other.before)
        self.dimensions.update(other.dimensions)

    def rows(self) -> list[Counted]:
        """Return the table, what is counted most often first."""
        behind, before = _with_endings(self.behind), _with_endings(self.before)
        rows = [
            Counted(unit=unit, noun=noun, behind=behind[unit, noun], before=before[unit, noun])
            for unit, noun in behind.keys() | before.keys()
            if max(behind[unit, noun], before[unit, noun]) >= _LEAST
        ]
        return sorted(rows, key=lambda row: (-row.behind - row.before, row.unit, row.noun))

    def endings(self) -> list[Ending]:
        """Return what nouns are by their endings, those seen most often first."""
        by_ending: defaultdict[str, Counter[CountedClass]] = defaultdict(Counter)
        for counts in (self.behind, self.before):
            for (unit, noun), count in counts.items():
                if kind := self._class_of(unit):
                    for ending in _endings(noun):
                        by_ending[ending][kind] += count
        rows: list[Ending] = []
        for ending, kinds in by_ending.items():
            kind, count = min(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
            if count >= 2 * _LEAST and count >= _MAJORITY * kinds.total():
                rows.append(Ending(ending=ending, kind=kind, count=count))
        return sorted(rows, key=lambda row: (-row.count, row.ending))

    def _class_of(self, unit: str) -> CountedClass | None:
        classes = self._rules.unit_classes.items()
        by_unit = (kind for kind, one in classes if unit in one.units)
        by_dimension = (kind for kind, one in classes if self.dimensions[unit] in one.dimensions)
        return next(by_unit, None) or next(by_dimension, None)


def _endings(noun: str) -> list[str]:
    return [noun[-1], noun[-2:]] if len(noun) >= 2 else [noun]


def _with_endings(counts: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Return the counts with those of `-X` for all words that end in X, where these are several."""
    sums: Counter[tuple[str, str]] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    for (unit, noun), count in counts.items():
        for ending in _endings(noun) if len(noun) >= _LONG else [noun[-1]] if len(noun) > 1 else []:
            sums[unit, f"-{ending}"] += count
            words[unit, f"-{ending}"] += 1
    return counts + Counter({key: count for key, count in sums.items() if words[key] >= _FEW_WORDS})
