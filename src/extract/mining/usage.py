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
_ODD: Final = 0.1
_RARE: Final = 0.05
"""What is used as its part of speech in the dictionary says is not told of: nouns that are verbs seldomer than the
first, verbs that are nouns or modifiers seldomer than the second and are seldom seen with a figure."""


class UsageCounter:
    """Counts what `usage.csv` tells."""

    def __init__(self, rules: MiningRules) -> None:
        self._classifier = Classifier(rules.classes)
        self._by_tag: dict[str, list[_CompiledWitness]] = {}
        self._witnesses = [_CompiledWitness(witness, rules) for witness in rules.witnesses]
        self.uses: Counter[str] = Counter()
        self.seen: dict[str, Counter[str]] = {"noun": Counter(), "verb": Counter(), "modifier": Counter()}
        """Uses of words by what witnesses say that they are."""
        self.figures: Counter[str] = Counter()
        self.objects: Counter[str] = Counter()
        self.subjects: Counter[str] = Counter()
        self.tags: dict[str, str] = {}

    def add(self, row: Row) -> None:
        """Count the words of `row`."""
        names = [self._classifier.names(item) for item in row]
        for place, item in enumerate(row):
            if not _is_open(item):
                continue
            self.uses[item.text] += 1
            self.tags[item.text] = item.tag
            readings = {one.reading for one in self._of(item.tag) if one.holds(names, place)}
            if len(readings) == 1:
                self.seen[readings.pop()][item.text] += 1
        for place, item in enumerate(row):
            if item.kind == "quantity":
                self._count_governor(row, names, place)

    def witnesses(self, row: Row, place: int) -> list[str]:
        """Return the ids of what tells how the word at `place` of `row` is used."""
        names = [self._classifier.names(item) for item in row]
        return [one.id for one in self._of(row[place].tag) if _is_open(row[place]) and one.holds(names, place)]

    def _of(self, tag: str) -> list[_CompiledWitness]:
        """Return the witnesses of words with this part of speech."""
        if tag not in self._by_tag:
            self._by_tag[tag] = [one for one in self._witnesses if not one.tags or tag in one.tags]
        return self._by_tag[tag]

    def _count_governor(self, row: Row, names: list[frozenset[str]], place: int) -> None:
        """Count the word that governs the quantity at `place`: right before it, or a verb before what it counts.

        None does where 的 stands between, as in 参加培训的学员300人.
        """
        before = place - 1
        while before > 0 and not names[before].isdisjoint(("aspect", "towards")):
            before -= 1
        if before < 0:
            return
        if _is_open(row[before]) and "nominal" not in names[before]:
            self.figures[row[before].text] += 1
            if place + 1 < len(row) and "nominal" in names[place + 1]:
                self.objects[row[before].text] += 1
            elif self._has_subject(names, before):
                self.subjects[row[before].text] += 1
            return
        start = before
        while start >= 0 and "nominal" in names[start]:
            start -= 1
        verb = start - 1 if start > 0 and "aspect" in names[start] else start
        opens = start < 0 or not names[start].isdisjoint(("time", "sure_adverb", "summing", "modal", "will"))
        if 0 <= verb < before and "verbal" in names[verb] and start < before:
            word = row[verb].text
        elif opens and start + 1 < before and row[start + 1].tag == "vn":
            word = row[start + 1].text
        else:
            if _is_open(row[before]):
                self.figures[row[before].text] += 1
                if row[before].tag == "vn" and place + 1 < len(row) and "nominal" in names[place + 1]:
                    self.objects[row[before].text] += 1
            return
        self.figures[word] += 1
        self.objects[word] += 1

    @staticmethod
    def _has_subject(names: list[frozenset[str]], place: int) -> bool:
        """Whether a noun stands before the verb at `place`, or before the adverbs in front of it."""
        before = place - 1
        while before >= 0 and not names[before].isdisjoint(("basis", "sure_adverb", "time")):
            before -= 1
        return before >= 0 and "nominal" in names[before]

    def merge(self, other: UsageCounter) -> None:
        """Add the counts of `other`."""
        self.uses.update(other.uses)
        for reading, counts in self.seen.items():
            counts.update(other.seen[reading])
        self.figures.update(other.figures)
        self.objects.update(other.objects)
        self.subjects.update(other.subjects)
        self.tags.update(other.tags)

    def is_verb(self, word: str) -> bool:
        """Whether a word is seen as a verb rather than as a noun."""
        return self.seen["verb"][word] > self.seen["noun"][word]

    def rows(self) -> list[Usage]:
        """Return the table, the words seen most often first."""
        rows = [self._row(word) for word, uses in self.uses.items() if self._is_telling(word, uses)]
        return sorted(rows, key=lambda row: (-row.noun - row.verb - row.figure, row.word))

    def _row(self, word: str) -> Usage:
        seen = {reading: counts[word] for reading, counts in self.seen.items()}
        figures = {"figure": self.figures[word], "object": self.objects[word], "subject": self.subjects[word]}
        return Usage(word=word, **seen, **figures)

    def _is_telling(self, word: str, uses: int) -> bool:
        verbs = self.seen["verb"][word]
        seen = sum(counts[word] for counts in self.seen.values())
        if uses < (_LEAST_SINGLE if len(word) == 1 else _LEAST_USES) or max(seen, self.figures[word]) < _LEAST_SEEN:
            return False
        if self.tags[word].startswith("n"):
            return verbs > _ODD * seen
        return self.figures[word] >= _LEAST_SEEN or seen - verbs > _RARE * seen


class _CompiledWitness:
    def __init__(self, witness: Witness, rules: MiningRules) -> None:
        self.id = witness.id
        self.reading = witness.reading
        self.tags = frozenset(witness.tags)
        self._before: tuple[Step, ...] = tuple(reversed(steps(witness.before, rules.classes)))
        self._after: tuple[Step, ...] = steps(witness.after, rules.classes)

    def holds(self, names: list[frozenset[str]], place: int) -> bool:
        return fits(names, place + 1, self._after, 1) and fits(names, place - 1, self._before, -1)


def _is_open(item: Item) -> bool:
    """Whether an item is a verb, an adjective or a noun, be it a short one such as 研发, but no name."""
    return item.kind == "word" and item.tag[:1] in ("v", "a", "n", "j") and not item.tag.startswith(_NAMES)
