"""What counts over news say of words: whether they are used as nouns or verbs, what a unit counts, what stands bare."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import log
from typing import Any, Final

from extract.matching.bounded import remember

_KEPT: Final = 1 << 15
_LEAST: Final = 8
_PAIR: Final = 2
_NOMINAL: Final = ("0", "?")
"""Steps of a word that is not made as verbs are."""
_ODDS: Final[tuple[float, ...]] = (-1.6, 0.0, 1.5, 3.0)
"""Where the steps of the odds begin that a word is a verb."""


def _step(share: float) -> str:
    """A share as one of five steps."""
    return str(min(int(share * 5), 4))


class Lexicon:
    """The tables of counts as a few steps that features are made of."""

    def __init__(
        self,
        usage: Mapping[str, Any],
        counted: Mapping[tuple[str, str], Any],
        attributes: Mapping[str, Any],
        endings: Mapping[str, Any],
        formation: Mapping[str, Any],
    ) -> None:
        self._usage = usage
        self._attributes = attributes
        self._endings = endings
        self._formation = formation
        rows = formation.values()
        verbs, nouns = sum([row.begins_verbs for row in rows]), sum([row.begins_nouns for row in rows])
        self._verbs = verbs / max(verbs + nouns, 1)
        self._made: dict[str, str] = {}
        self._counted = counted
        self._of_noun: dict[str, int] = {}
        for (_, noun), row in counted.items():
            self._of_noun[noun] = self._of_noun.get(noun, 0) + row.behind + row.before
        self._fits: dict[tuple[str, str], str] = {}

    def use(self, word: str) -> str:
        """How often a word is a noun rather than a verb, from 0 to 4, `?` where that is unknown."""
        row = self._usage.get(word)
        if row is None or row.noun + row.verb < _LEAST:
            return "?"
        return _step(row.noun / (row.noun + row.verb))

    def is_verb(self, word: str, steps: Collection[str]) -> bool:
        """Whether a word is used as a verb, by one of these steps, or where that is unknown made as verbs are."""
        use = self.use(word)
        return use in steps or (use == "?" and self.made(word) not in _NOMINAL)

    def made(self, word: str) -> str:
        """How much a word of two characters is made as verbs are, from 0 to 4; `?` for a word of fewer or more."""
        found = self._made.get(word)
        if found is None:
            found = remember(self._made, word, self._make(word), _KEPT)
        return found

    def _make(self, word: str) -> str:
        if len(word) != _PAIR:
            return "?"
        first, last = self._formation.get(word[0]), self._formation.get(word[1])
        odds = self._odds(first.begins_verbs, first.begins_nouns) if first else 0.0
        odds += self._odds(last.ends_verbs, last.ends_nouns) if last else 0.0
        return str(sum([odds >= bound for bound in _ODDS]))

    def _odds(self, verbs: int, nouns: int) -> float:
        """The logarithm of how many verbs there are for a noun, drawn a little towards what the dictionary has."""
        return log((verbs + self._verbs) / (nouns + 1.0 - self._verbs))

    def governs(self, word: str) -> str:
        """How often a word governs a figure, from 0 to 4, `?` where that is unknown."""
        row = self._usage.get(word)
        if row is None:
            return "?"
        total = row.noun + row.verb + row.figure
        return _step(row.figure / total) if total >= _LEAST else "?"

    def frame(self, word: str) -> str:
        """Whether a figure with a verb is of its object (4) or of its subject (0), `?` where that is unknown."""
        row = self._usage.get(word)
        if row is None or row.object + row.subject < _LEAST:
            return "?"
        return _step(row.object / (row.object + row.subject))

    def modifies(self, word: str) -> str:
        """How often a word stands before the noun that it modifies rather than governs, from 0 to 4."""
        row = self._usage.get(word)
        if row is None or row.modifier + row.verb < _LEAST:
            return "?"
        return _step(row.modifier / (row.modifier + row.verb))

    def fit(self, unit: str, noun: str) -> str:
        """How often a noun that is counted is counted in the unit, from 0 to 4; `?` for a noun never counted."""
        key = unit, noun
        found = self._fits.get(key)
        if found is None:
            found = remember(self._fits, key, self._fit(unit, noun), _KEPT)
        return found

    def _fit(self, unit: str, noun: str) -> str:
        for form in (noun, f"-{noun[-2:]}", f"-{noun[-1:]}"):
            total = self._of_noun.get(form, 0)
            if total >= _LEAST:
                row = self._counted.get((unit, form))
                share = (row.behind + row.before) / total if row else 0.0
                return ("" if form == noun else "~") + ("n" if not row else _step(share))
        return "?"

    def owned(self, word: str) -> str:
        """How often a noun has an owner before it where a figure follows, from 0 to 4, `?` where that is unknown."""
        row = self._attributes.get(word)
        if row is None or row.bare + row.owned < _LEAST:
            return "?"
        return _step(row.owned / (row.bare + row.owned))

    def kind(self, word: str) -> str:
        """What class of things a noun ends as, `?` where that is unknown."""
        for size in (2, 1):
            row = self._endings.get(word[-size:])
            if row is not None:
                return str(row.kind)
        return "?"
