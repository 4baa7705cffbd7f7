"""A pattern that is tried only where it may match at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import regex

from extract.matching.literals import needed_words
from extract.matching.patterns import compiled

_FEW: Final = 4
"""So many words are looked for one by one, which is faster then."""


class GuardedPattern:
    """A pattern that few texts match: one without any of the words that it needs is told at a glance."""

    def __init__(self, pattern: str) -> None:
        """Take a pattern, `regex` syntax."""
        self._pattern = compiled(pattern)
        words = needed_words(pattern) or ()
        self._words = sorted(word for word in words if not any(other in word for other in words if other != word))
        if len(self._words) > _FEW and (shared := _shared_start(self._words)):
            self._words = [shared]
        # `re` tells that a text has none of many words several times as fast as `regex` that it has no match.
        self._any_word = re.compile("|".join(map(re.escape, self._words)))

    def search(self, text: str) -> regex.Match[str] | None:
        """Return the first match in `text`."""
        return self._pattern.search(text) if self._may_match(text) else None

    def first_in(self, lines: list[str]) -> tuple[int, regex.Match[str]] | None:
        """Return the number of the first of `lines` with a match, and that."""
        for number, line in enumerate(lines):
            if match := self.search(line):
                return number, match
        return None

    def all_in(self, lines: list[str]) -> list[regex.Match[str]]:
        """Return all matches in `lines`."""
        return [match for line in lines if self.search(line) for match in self._pattern.finditer(line)]

    def sub(self, instead: Callable[[regex.Match[str]], str], text: str) -> str:
        """`text` with `instead` of each match in the place of it."""
        return self._pattern.sub(instead, text) if self._may_match(text) else text

    def _may_match(self, text: str) -> bool:
        """Tell whether `text` has one of the needed words, if there are any."""
        if len(self._words) > _FEW:
            return self._any_word.search(text) is not None
        for word in self._words:
            if word in text:
                return True
        return not self._words


def _shared_start(words: list[str]) -> str:
    """Return what all of `words`, which are sorted, begin with: what the first and the last of them do."""
    shared = words[0]
    while not words[-1].startswith(shared):
        shared = shared[:-1]
    return shared
