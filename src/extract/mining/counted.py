"""What units count: the noun that ends the phrase beside a figure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from typing import Final

from extract.mining.rows import Item, Row
from extract.rulebook.lexical import Counted, CountedClass, Ending, MiningRules

_LEAST: Final = 4
_FEW_WORDS: Final = 3
"""An ending of fewer words is one with them, and not told of."""
_MAJORITY: Final = 0.6
_SAY: Final = 30
"""One word has no more say than so many uses in what its ending is: 企业 does not make all of 业."""
_LONG: Final = 3
"""Words of so many characters have an ending of two."""


class CountedCounter:
    """Counts what `counted.csv` and `endings.csv` tell."""

    def __init__(self, rules: MiningRules, units: Collection[str]) -> None:
        self._heads = frozenset(rules.heads)
        self._modifiers = frozenset((*rules.heads, *rules.modifiers))
        self._levels = frozenset(rules.levels)
        self._naming = frozenset(rules.naming)
        self._units = units
        self._unit_classes = rules.unit_classes
        self.behind: Counter[tuple[str, str]] = Counter()
        self.before: Counter[tuple[str, str]] = Counter()
        self.dimensions: dict[str, str] = {}

    def add(self, row: Row) -> None:
        """Count what stands beside the quantities of `row`.

        What stands before one is told nothing by it where another noun stands behind: 持有公司5%的股份.
        """
        for place, item in enumerate(row):
            if item.kind != "quantity" or not item.text:
                continue
            self.dimensions[item.text] = item.tag
            behind, before = self._behind(row, place), self._before(row, place)
            if behind and item.text not in self._naming:
                self.behind[item.text, behind] += 1
            elif before and not behind:
                self.before[item.text, before] += 1

    def _behind(self, row: Row, place: int) -> str:
        """Return the head of the phrase behind the quantity, be it behind 的, and '' if none is there."""
        start = place + 1
        if start < len(row) and row[start].text == "的":
            start += 1
        end = start
        while end < len(row) and self._is_part(row[end]):
            end += 1
        return row[end - 1].text if end > start and self._is_head(row[end - 1]) else ""

    def _before(self, row: Row, place: int) -> str:
        """Return the head of the phrase before the quantity, or before the 达, 为 or 约 in front of it."""
        before = place - 1
        while before >= 0 and row[before].text in self._levels:
            before -= 1
        return row[before].text if before >= 0 and self._is_head(row[before]) else ""

    def _is_part(self, item: Item) -> bool:
        return item.kind == "area" or (item.kind == "word" and item.tag in self._modifiers)

    def _is_head(self, item: Item) -> bool:
        """Whether an item may be what is counted: a noun, but no unit itself (小时, 人民币)."""
        words = self._levels, self._units
        return item.kind == "word" and item.tag in self._heads and all(item.text not in some for some in words)

    def merge(self, other: CountedCounter) -> None:
        """Add the counts of `other`."""
        self.behind.update(other.behind)
        self.before.update(other.before)
        self.dimensions.update(other.dimensions)

    def rows(self, is_verb: Callable[[str], bool]) -> list[Counted]:
        """Return the table, what is counted most often first; words that are used as verbs are no nouns."""
        behind, before = (_with_endings(_nouns(counts, is_verb)) for counts in (self.behind, self.before))
        rows = [
            Counted(unit=unit, noun=noun, behind=behind[unit, noun], before=before[unit, noun])
            for unit, noun in behind.keys() | before.keys()
            if max(behind[unit, noun], before[unit, noun]) >= _LEAST
        ]
        return sorted(rows, key=lambda row: (-row.behind - row.before, row.unit, row.noun))

    def endings(self, is_verb: Callable[[str], bool]) -> list[Ending]:
        """Return what nouns are by their endings, those seen most often first.

        An ending is a word itself, or what several words end in; each of these has a limited say.
        """
        by_word: defaultdict[str, Counter[CountedClass]] = defaultdict(Counter)
        for (unit, noun), count in _nouns(self.behind + self.before, is_verb).items():
            if kind := self._class_of(unit):
                by_word[noun][kind] += count
        votes: defaultdict[str, Counter[CountedClass]] = defaultdict(Counter)
        words: Counter[str] = Counter()
        for word, kinds in by_word.items():
            share = min(1.0, _SAY / kinds.total())
            for ending in _endings(word):
                words[ending] += 1
                for kind, count in kinds.items():
                    votes[ending][kind] += round(count * share)
        rows: list[Ending] = []
        for ending, kinds in votes.items():
            kind, count = min(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
            is_shared = ending in by_word or words[ending] >= _FEW_WORDS
            if is_shared and count >= 2 * _LEAST and count >= _MAJORITY * kinds.total():
                rows.append(Ending(ending=ending, kind=kind, count=count))
        return sorted(rows, key=lambda row: (-row.count, row.ending))

    def _class_of(self, unit: str) -> CountedClass | None:
        classes = self._unit_classes.items()
        by_unit = (kind for kind, one in classes if unit in one.units)
        by_dimension = (kind for kind, one in classes if self.dimensions[unit] in one.dimensions)
        return next(by_unit, None) or next(by_dimension, None)


def _endings(noun: str) -> list[str]:
    return [noun[-1], noun[-2:]] if len(noun) >= 2 else [noun]


def _nouns(counts: Counter[tuple[str, str]], is_verb: Callable[[str], bool]) -> Counter[tuple[str, str]]:
    return Counter({key: count for key, count in counts.items() if not is_verb(key[1])})


def _with_endings(counts: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Return the counts with those of `-X` for all words that end in X, where these are several."""
    sums: Counter[tuple[str, str]] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    for (unit, noun), count in counts.items():
        for ending in _endings(noun) if len(noun) >= _LONG else [noun[-1]] if len(noun) > 1 else []:
            sums[unit, f"-{ending}"] += count
            words[unit, f"-{ending}"] += 1
    return counts + Counter({key: count for key, count in sums.items() if words[key] >= _FEW_WORDS})
