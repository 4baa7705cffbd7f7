"""How words are used: as nouns, as verbs, before figures."""

from __future__ import annotations

from collections import Counter
from typing import Final

from extract.mining.matching import Classifier, Step, fits, steps
from extract.mining.rows import Item, Row
from extract.rulebook.lexical import MiningRules, Usage, Witness

_LEAST_USES: Final = 15
_LEAST_SINGLE: Final = 50
"""A word of one character that stands less often is not counted."""
_LEAST_SEEN: Final = 8
_NAMES: Final = ("nr", "ns", "nt")
_ODD: Final = 5
"""A word that the dictionary calls a noun is told of where one use in so many, or more, is that of a verb."""


class UsageCounter:
    """Counts what `usage.csv` tells."""

    def __init__(self, rules: MiningRules) -> None:
        self._classifier = Classifier(rules.classes)
        self._witnesses = [_CompiledWitness(witness, rules) for witness in rules.witnesses]
        self.uses: Counter[str] = Counter()
        self.nouns: Counter[str] = Counter()
        self.verbs: Counter[str] = Counter()
        self.figures: Counter[str] = Counter()
        self.tags: dict[str, str] = {}

    def add(self, row: Row) -> None:
        """Count the words of `row`."""
        names = [self._classifier.names(item) for item in row]
        for place, item in enumerate(row):
            if not _is_open(item):
                continue
            self.uses[item.text] += 1
            self.tags[item.text] = item.tag
            readings = {one.reading for one in self._witnesses if one.holds(names, place, item)}
            if len(readings) == 1:
                (self.nouns if "noun" in readings else self.verbs)[item.text] += 1
        for place, item in enumerate(row):
            if item.kind == "quantity" and (governor := self._governor(row, names, place)):
                self.figures[governor] += 1

    def witnesses(self, row: Row, place: int) -> list[str]:
        """Return the ids of what tells how the word at `place` of `row` is used."""
        names = [self._classifier.names(item) for item in row]
        return [one.id for one in self._witnesses if _is_open(row[place]) and one.holds(names, place, row[place])]

    def _governor(self, row: Row, names: list[frozenset[str]], place: int) -> str:
        """Return the word that governs the quantity at `place`: right before it, or a verb before what it counts.

        It is '' where 的 stands between, as in 参加培训的学员300人.
        """
        before = place - 1
        while before > 0 and not names[before].isdisjoint(("aspect", "towards")):
            before -= 1
        if before >= 0 and _is_open(row[before]) and "nominal" not in names[before]:
            return row[before].text
        start = before
        while start >= 0 and "nominal" in names[start]:
            start -= 1
        if start >= 0 and "aspect" in names[start]:
            start -= 1
        if 0 <= start < before and "verbal" in names[start]:
            return row[start].text
        opens = start < 0 or not names[start].isdisjoint(("time", "sure_adverb", "summing", "modal", "will"))
        if opens and 0 <= start + 1 <= before and row[start + 1].tag == "vn":
            return row[start + 1].text
        return row[before].text if before >= 0 and before == start + 1 and _is_open(row[before]) else ""

    def merge(self, other: UsageCounter) -> None:
        """Add the counts of `other`."""
        self.uses.update(other.uses)
        self.nouns.update(other.nouns)
        self.verbs.update(other.verbs)
        self.figures.update(other.figures)
        self.tags.update(other.tags)

    def is_verb(self, word: str) -> bool:
        """Whether a word is seen as a verb rather than as a noun."""
        return self.verbs[word] > self.nouns[word]

    def rows(self) -> list[Usage]:
        """Return the table, the words seen most often first."""
        rows = [self._row(word) for word, uses in self.uses.items() if self._is_telling(word, uses)]
        return sorted(rows, key=lambda row: (-row.noun - row.verb - row.figure, row.word))

    def _row(self, word: str) -> Usage:
        return Usage(word=word, noun=self.nouns[word], verb=self.verbs[word], figure=self.figures[word])

    def _is_telling(self, word: str, uses: int) -> bool:
        nouns, verbs, figures = self.nouns[word], self.verbs[word], self.figures[word]
        if uses < (_LEAST_SINGLE if len(word) == 1 else _LEAST_USES) or max(nouns + verbs, figures) < _LEAST_SEEN:
            return False
        is_noun = self.tags[word].startswith("n")
        return not is_noun or verbs * _ODD >= nouns + verbs > 0


class _CompiledWitness:
    def __init__(self, witness: Witness, rules: MiningRules) -> None:
        self.id = witness.id
        self.reading = witness.reading
        self._tags = frozenset(witness.tags)
        self._before: tuple[Step, ...] = tuple(reversed(steps(witness.before, rules.classes)))
        self._after: tuple[Step, ...] = steps(witness.after, rules.classes)

    def holds(self, names: list[frozenset[str]], place: int, item: Item) -> bool:
        return (
            (not self._tags or item.tag in self._tags)
            and fits(names, place + 1, self._after, 1)
            and fits(names, place - 1, self._before, -1)
        )


def _is_open(item: Item) -> bool:
    """Whether an item is a verb, an adjective or a noun, but no name."""
    return item.kind == "word" and item.tag[:1] in ("v", "a", "n") and not item.tag.startswith(_NAMES)
