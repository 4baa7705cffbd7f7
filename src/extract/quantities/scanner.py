"""Finds where the shapes of quantities match in a sentence, the plainest and most frequent without their patterns."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import Final

import regex

from extract.matching.literals import first_words
from extract.matching.patterns import compiled

_OPEN: Final = frozenset("（(/／·亿每")
"""Behind a unit, what may make a longer one of it, or of 2个 the 2个亿."""
_DIGITS: Final = "0123456789"


class Single:
    """A number with its unit: the words of both, and their offsets in the sentence, end exclusive."""

    __slots__ = ("end", "number", "start", "text", "unit")

    def __init__(self, span: tuple[int, int], text: str, number: str, unit: str) -> None:
        self.start, self.end = span
        self.text = text
        self.number = number
        self.unit = unit


class Singles:
    """Finds numbers in Arabic digits with their units as the pattern of both does, where that is beyond doubt."""

    def __init__(self, number: str, units: Mapping[str, str], compounds: Container[str], inner: Sequence[str]) -> None:
        """Take the pattern of a number, and the units, each with the characters that never stand behind it.

        Behind the units `compounds` a number of a smaller one may follow, behind any a word of `inner`.
        """
        self._compounds = compounds
        self._more = _OPEN | {word[0] for word in inner}
        self._number = re.compile(number)
        self._guards = {unit: frozenset(guard) for unit, guard in units.items()}
        lengths: dict[str, set[int]] = {}
        for unit in units:
            lengths.setdefault(unit[0], set()).add(len(unit))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def at(self, text: str, start: int) -> Single | None:
        """Return the number with its unit that begins at `start`; None leaves it to the pattern.

        The longest number with the longest unit is what the pattern tries first. What it goes on with if that does
        not fit, or if a bracket follows, only the pattern tells.
        """
        match = self._number.match(text, start)
        if match is None:
            return None
        number = match.end()
        place = number + 1 if text[number : number + 1] == " " else number
        for length in self._lengths.get(text[place : place + 1], ()):
            unit = text[place : place + length]
            guard = self._guards.get(unit)
            if guard is not None:
                end = place + len(unit)
                after = text[end : end + 1]
                if after not in guard:
                    if after in self._more or unit in self._compounds:
                        return None
                    return Single((start, end), text[start:end], text[start:number], unit)
        return None


class Run:
    """Tells by the run of plain characters behind a place whether a number may be joined to another there."""

    def __init__(self, plain: str, joined: Mapping[str, str]) -> None:
        """Take what stands in a run, a comma between digits of full width too.

        `joined` are the characters that must stand behind it, each with a pattern that matches wherever something
        matches that is joined there.
        """
        self.joints = frozenset(joined)
        self._plain = re.compile(f"(?:[{re.escape(plain)}]|(?<=[0-9０-９])，(?=[０-９]))*")
        self._known = frozenset(plain) | self.joints
        self._joined = {joint: compiled(pattern) for joint, pattern in joined.items()}

    def is_joined(self, text: str, start: int, place: int) -> bool:
        """Tell whether what begins at `start`, with a run that goes on at `place`, may be joined to another."""
        if text[place : place + 1] not in self._known and not text[place - 1].isdigit():
            return False
        run = self._plain.match(text, place)
        end = run.end() if run else place
        joined = self._joined.get(text[end : end + 1])
        return joined is not None and joined.match(text, start) is not None


class _Shapes:
    """Patterns joined in their order, compiled when they are first tried."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._pattern: regex.Pattern[str] | None = None

    def match(self, text: str, place: int) -> regex.Match[str] | None:
        """Return the match of the first that fits at `place`."""
        if self._pattern is None:
            if not self._source:
                return None
            self._pattern = compiled(self._source)
        return self._pattern.match(text, place)


class Scanner:
    """Finds the matches of the first of several patterns that fits at each place, from left to right.

    A match is that of one pattern of all that may begin with its first character, joined in their order, each in
    a group of its name.
    """

    def __init__(
        self,
        patterns: Mapping[str, str],
        simple: Container[str],
        run: Run,
        single: tuple[str, Singles],
    ) -> None:
        """Take patterns by their names, those of the names `simple` for all places but where a `run` ends with a joint.

        `single` is the name of the pattern of a number with its unit, and what finds its plainest matches. Raises
        ValueError for a pattern of which it cannot be told how it begins.
        """
        named = {name: f"(?P<{name}>{pattern})" for name, pattern in patterns.items()}
        rows: dict[str, list[str]] = {}
        rests: dict[str, set[str]] = {}
        for name, pattern in patterns.items():
            words = first_words(pattern)
            if words is None:
                raise ValueError(f"{name} may begin with anything")
            for char in {word[0] for word in words}:
                rows.setdefault(char, []).append(name)
            for word in words:
                rests.setdefault(word[0], set()).add(word[1:])
        simple_rows = {char: [name for name in row if name in simple] for char, row in rows.items()}
        self._all = _shapes(rows, named)
        self._simple = _shapes(simple_rows, named)
        self._start = re.compile(f"[{re.escape(''.join(rows))}]")
        self._rests = {char: tuple(sorted(found)) for char, found in rests.items() if "" not in found}
        """What must follow the characters that no match begins with alone."""
        self._run = run
        name, self._singles = single
        self._digits = frozenset(digit for digit in _DIGITS if simple_rows.get(digit, [])[:1] == [name])

    def matches(self, text: str, is_simple: bool) -> list[Single | regex.Match[str]]:
        """Return the matches in `text`; `lastgroup` names the pattern.

        Without `is_simple`, every pattern is tried everywhere.
        """
        found: list[Single | regex.Match[str]] = []
        position = 0
        while start := self._start.search(text, position):
            place = start.start()
            char = text[place]
            if char in self._rests and not text.startswith(self._rests[char], place + 1):
                position = place + 1
                continue
            single = self._single_at(text, place) if is_simple and char in self._digits else None
            if single is not None:
                found.append(single)
                position = single.end
                continue
            shapes = self._all if not is_simple or self._run.is_joined(text, place, place + 1) else self._simple
            match = shapes[char].match(text, place)
            if match is not None:
                found.append(match)
            position = match.end() if match else place + 1
        return found

    def _single_at(self, text: str, place: int) -> Single | None:
        single = self._singles.at(text, place)
        if single is None or not self._run.joints.isdisjoint(text[place + 1 : single.end]):
            return None
        return None if self._run.is_joined(text, place, single.end) else single


def _shapes(rows: Mapping[str, list[str]], named: Mapping[str, str]) -> dict[str, _Shapes]:
    """Return for each character the longest row that has all of its own: fewer patterns to compile."""
    longest = sorted({tuple(row) for row in rows.values()}, key=len, reverse=True)
    shapes = {row: _Shapes("|".join(named[name] for name in row)) for row in longest}
    return {char: shapes[next(wide for wide in longest if set(row) <= set(wide))] for char, row in rows.items()}
