"""Reads the many written forms of a number as the plain one, character for character, each with its place."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Final

from extract.matching.guarded import GuardedPattern
from extract.matching.patterns import compiled
from extract.rulebook.schema import Fold, FoldRules

_LEAST: Final = 3
"""So many places between characters and figures must have blanks before a text counts as set with them."""


class Folder:
    """Folds lines by the rules of `rules/folding.yaml`."""

    def __init__(self, rules: FoldRules) -> None:
        self._folds = [_CompiledFold(fold) for fold in rules.folds]
        self._prose = compiled(rules.prose)
        self._apart = GuardedPattern(rules.apart)
        self._close = compiled(rules.close)
        self._spaced = compiled(rules.spaced)

    def choose(self, text: str) -> Folds | None:
        """Return the folds that may change a line of `text`, which is a whole document; None if there are none."""
        folds = [fold for fold in self._folds if fold.pattern.search(text)]
        if not folds:
            return None
        spaced = len(self._spaced.findall(text))
        return Folds(folds, spaced >= _LEAST and spaced > len(self._close.findall(text)))

    def fold(
        self, text: str, offsets: Sequence[int], chosen: Folds, is_prose: bool = False
    ) -> tuple[str, Sequence[int]]:
        """Return a line as the rules know it, and the offset of each of its characters.

        `is_prose` tells that it is text; else its marks tell. Blanks beside figures part the words of a
        headline and the columns of a table; in text, and where a whole document has them, they part nothing.
        """
        if not is_prose:
            is_prose = chosen.is_spaced or self._prose.search(text) is not None
            is_prose = is_prose and self._apart.search(text) is None
        for fold in chosen.folds:
            if is_prose or not fold.is_for_prose:
                text, offsets = fold.apply(text, offsets)
        return text, offsets


class Folds:
    """The folds that one document needs, and whether it is set with blanks around its figures."""

    __slots__ = ("folds", "is_spaced")

    def __init__(self, folds: list[_CompiledFold], is_spaced: bool) -> None:
        self.folds = folds
        self.is_spaced = is_spaced


class _CompiledFold:
    """A fold with its pattern."""

    def __init__(self, rule: Fold) -> None:
        self.is_for_prose = rule.prose
        self.pattern = GuardedPattern(rule.pattern)
        self._becomes = rule.becomes

    def apply(self, text: str, offsets: Sequence[int]) -> tuple[str, Sequence[int]]:
        """Return `text` with the characters of each match as what they become, and the offsets of what is left."""
        matches = self.pattern.all_in([text])
        if not matches:
            return text, offsets
        chars: list[str] = []
        places: list[int] = []
        position = 0
        for match in matches:
            start, end = match.span()
            chars.append(text[position:start])
            places += offsets[position:start]
            for place in range(start, end):
                if becomes := self._becomes.get(text[place], text[place]):
                    chars.append(becomes)
                    places += [offsets[place]] * len(becomes)
            position = end
        chars.append(text[position:])
        places += offsets[position:]
        return "".join(chars), packed(places)


def packed(offsets: list[int]) -> Sequence[int]:
    """The same offsets in a tenth of the room: a range where they are one."""
    whole = range(offsets[0], offsets[-1] + 1) if offsets else range(0)
    return whole if len(whole) == len(offsets) and all(map(int.__eq__, whole, offsets)) else array("I", offsets)
