"""Tells cheaply which of many patterns can match in a text at all, by the words that each of them needs."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import product
from typing import Any, Generic, TypeVar

import regex
from ahocorasick_rs import AhoCorasick

from extract.kept import STORE
from extract.patterns import compiled

T = TypeVar("T")

# The standard library's own reader of patterns; what it cannot read is tried on every text.
_parse: Any = re._parser.parse  # type: ignore[attr-defined]

_REMEMBERED = 1 << 12
"""So many choices are known before all are forgotten."""
_LARGEST = 64
"""A set of more characters, or of more words, tells too little to look for it."""
_COMMON = frozenset("0123456789０１２３４５６７８９.%的，、。一二两三四五六七八九十年在中大有和为上个")
"""What stands in most sentences with a figure; other characters are better to look for."""
_ZERO_WIDTH = ("AT", "ASSERT", "ASSERT_NOT")

_Strings = frozenset[str]
_EMPTY: _Strings = frozenset(("",))


def needed_words(pattern: str) -> frozenset[str] | None:
    """Return strings one of which stands in every text that `pattern` matches in; None if that cannot be told."""
    return STORE.recall("needed words", pattern, lambda: _needed_words(pattern))


def _needed_words(pattern: str) -> frozenset[str] | None:
    try:
        parsed = _parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return None
    return None if parsed.state.flags & re.IGNORECASE else _needed_of_row(parsed)


def _needed_of_row(row: Iterable[tuple[Any, Any]]) -> _Strings | None:
    found: list[_Strings] = []
    run = _EMPTY
    for op, value in row:
        said = _said_by_item(str(op), value)
        if said is not None and len(run) * len(said) <= _LARGEST:
            run = _joined(run, said)
        else:
            found.append(run)
            run = said or _EMPTY
        if (needed := _needed_of_item(str(op), value)) is not None:
            found.append(needed)
    found.append(run)
    return min((words for words in found if "" not in words), key=_frequency, default=None)


def _joined(heads: _Strings, tails: _Strings) -> _Strings:
    return frozenset(head + tail for head, tail in product(heads, tails))


def _frequency(words: _Strings) -> float:
    return sum(math.prod(0.5 if char in _COMMON else 0.05 for char in word) for word in words)


def _needed_of_item(op: str, value: Any) -> _Strings | None:
    """Return strings one of which stands in whatever an item that is no fixed string matches."""
    if op == "BRANCH":
        rows = [_needed_of_row(row) for row in value[1]]
        return None if None in rows else _Strings().union(*(row for row in rows if row is not None))
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _needed_of_row(value[2]) if value[0] else None
    if op == "SUBPATTERN":
        return None if value[1] & re.IGNORECASE else _needed_of_row(value[-1])
    if op == "ATOMIC_GROUP":
        return _needed_of_row(value)
    return _needed_of_row(value[1]) if op == "ASSERT" else None


def _said_by_row(row: Iterable[tuple[Any, Any]]) -> _Strings | None:
    """Return all strings that a row matches, None if they are many."""
    run = _EMPTY
    for op, value in row:
        said = _said_by_item(str(op), value)
        if said is None or len(run) * len(said) > _LARGEST:
            return None
        run = _joined(run, said)
    return run


def _said_by_item(op: str, value: Any) -> _Strings | None:
    if op == "LITERAL":
        return frozenset(chr(value))
    if op == "IN":
        return _of_set(value)
    if op in _ZERO_WIDTH:
        return _EMPTY
    if op == "SUBPATTERN":
        return None if value[1] & re.IGNORECASE else _said_by_row(value[-1])
    if op == "BRANCH":
        rows = [_said_by_row(row) for row in value[1]]
        said = None if None in rows else _Strings().union(*(row for row in rows if row is not None))
        return said if said is None or len(said) <= _LARGEST else None
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[1] == 1:
        said = _said_by_row(value[2])
        return said if said is None or value[0] else said | _EMPTY
    return None


def _of_set(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    chars: set[str] = set()
    for op, value in items:
        if str(op) == "LITERAL":
            chars.add(chr(value))
        elif str(op) == "RANGE" and value[1] - value[0] < _LARGEST:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(chars) if len(chars) <= _LARGEST else None


def alternatives(pattern: str) -> list[str]:
    """Return the parts of `pattern` between the bars that stand in no group or set."""
    parts, start, depth = [], 0, 0
    for match in _mark.finditer(pattern):
        mark = match[0]
        if mark == "|" and not depth:
            parts.append(pattern[start : match.start()])
            start = match.end()
        depth += (mark == "(") - (mark == ")")
    return [*parts, pattern[start:]]


_mark = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|[()|]", re.DOTALL)


def first_chars(pattern: str) -> frozenset[str] | None:
    """Return the characters with which a match of `pattern` may begin; None if that cannot be told."""
    return STORE.recall("first characters", pattern, lambda: _first_chars(pattern))


def _first_chars(pattern: str) -> frozenset[str] | None:
    try:
        parsed = _parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return None
    chars, is_empty = _starts_of_row(parsed)
    return None if is_empty or parsed.state.flags & re.IGNORECASE else chars


_Starts = tuple[frozenset[str] | None, bool]
"""The characters something may begin with, None for any, and whether it may be empty."""
_NONE: frozenset[str] = frozenset()


def _starts_of_row(row: Iterable[tuple[Any, Any]]) -> _Starts:
    chars: frozenset[str] = _NONE
    for op, value in row:
        found, is_empty = _starts_of_item(str(op), value)
        if found is None:
            return None, is_empty
        chars |= found
        if not is_empty:
            return chars, False
    return chars, True


def _starts_of_item(op: str, value: Any) -> _Starts:
    if op == "LITERAL":
        return frozenset(chr(value)), False
    if op == "IN":
        return _of_set(value), False
    if op in ("AT", "ASSERT", "ASSERT_NOT"):
        return _NONE, True
    if op == "BRANCH":
        rows = [_starts_of_row(row) for row in value[1]]
        is_empty = any(empty for _, empty in rows)
        known = [chars for chars, _ in rows if chars is not None]
        return (_NONE.union(*known) if len(known) == len(rows) else None), is_empty
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        chars, is_empty = _starts_of_row(value[2])
        return chars, is_empty or not value[0]
    if op in ("SUBPATTERN", "ATOMIC_GROUP"):
        return _starts_of_row(value[-1] if op == "SUBPATTERN" else value)
    return None, True


class Scanner:
    """Finds the matches of the first of several patterns that fits at each place, from left to right.

    A match is that of one pattern of all that may begin with its first character, joined in their order, each in
    a group of its name.
    """

    def __init__(self, patterns: Mapping[str, str], simple: Container[str], plain: str, joints: str) -> None:
        """Take patterns by their names.

        Where none of the characters `joints` stands right behind what the pattern `plain` matches, only the patterns
        of the names `simple` can match at its start. Raises ValueError for a pattern of which it cannot be told how
        it begins.
        """
        named = {name: f"(?P<{name}>{pattern})" for name, pattern in patterns.items()}
        rows: dict[str, list[str]] = {}
        for name, pattern in patterns.items():
            chars = first_chars(pattern)
            if chars is None:
                raise ValueError(f"{name} may begin with anything")
            for char in chars:
                rows.setdefault(char, []).append(name)
        simple_rows = {char: [name for name in row if name in simple] for char, row in rows.items()}
        self._all = {char: "|".join(named[name] for name in row) for char, row in _widened(rows).items()}
        self._simple = {char: "|".join(named[name] for name in row) for char, row in _widened(simple_rows).items()}
        self._compiled: dict[str, regex.Pattern[str] | None] = {"": None}
        self._start = re.compile(f"[{re.escape(''.join(rows))}]")
        self._plain = re.compile(plain)
        self._joints = frozenset(joints)

    def matches(self, text: str, is_simple: bool) -> Iterator[regex.Match[str]]:
        """Yield the matches in `text`; `lastgroup` names the pattern.

        Without `is_simple`, every pattern is tried everywhere.
        """
        position = 0
        find, made, plain = self._start.search, self._compiled, self._plain.match
        while start := find(text, position):
            place = start.start()
            source = self._all[start[0]]
            if is_simple and (stretch := plain(text, place + 1)):
                end = stretch.end()
                if text[end : end + 1] not in self._joints:
                    source = self._simple[start[0]]
            if source not in made:
                made[source] = compiled(source)
            pattern = made[source]
            match = pattern.match(text, place) if pattern else None
            if match:
                yield match
                position = match.end()
            else:
                position = place + 1


def _widened(rows: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return for each character the longest row that has all of its own: fewer patterns to compile."""
    longest = sorted({tuple(row) for row in rows.values()}, key=len, reverse=True)
    return {char: list(next(wide for wide in longest if set(row) <= set(wide))) for char, row in rows.items()}


class Index:
    """The words that the patterns of all stages need, looked for in one go."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}
        self._size = 0
        self._automaton: AhoCorasick | None = None
        self._of_word: list[int] = []
        self._text = ""
        self._found = 0

    def add(self, words: Iterable[str]) -> int:
        """Return the number of the next pattern, which needs one of `words`."""
        bit = 1 << self._size
        for word in words:
            self._bits[word] = self._bits.get(word, 0) | bit
        self._size += 1
        self._automaton = None
        self._text, self._found = "", 0
        return self._size - 1

    def find(self, text: str) -> int:
        """Return the patterns whose words stand in `text`, as the bits of their numbers."""
        if text != self._text:
            if self._automaton is None:
                self._automaton = AhoCorasick(list(self._bits))
                self._of_word = list(self._bits.values())
            found = 0
            for number, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
                found |= self._of_word[number]
            self._text, self._found = text, found
        return self._found


class Prefilter(Generic[T]):
    """A row of things, each with a pattern, of which a text gets those whose pattern may match in it."""

    def __init__(self, things: Iterable[tuple[str, T]], index: Index | None = None) -> None:
        """Take each thing with its pattern, `regex` syntax; `index` is shared with other stages."""
        self._index = index or Index()
        self._things: list[T] = []
        self._always = 0
        self._first = -1
        for pattern, thing in things:
            words = needed_words(pattern)
            number = self._index.add(words or ())
            self._first = number if self._first < 0 else self._first
            if words is None:
                self._always |= 1 << len(self._things)
            self._things.append(thing)
        self._mask = (1 << len(self._things)) - 1
        self._chosen: dict[int, tuple[T, ...]] = {}

    def select(self, text: str) -> tuple[T, ...]:
        """Return the things whose pattern may match in `text`, in their order."""
        bits = (self._index.find(text) >> max(self._first, 0)) & self._mask | self._always
        chosen = self._chosen.get(bits)
        if chosen is None:
            if len(self._chosen) >= _REMEMBERED:
                self._chosen.clear()
            chosen = tuple(thing for place, thing in enumerate(self._things) if bits >> place & 1)
            self._chosen[bits] = chosen
        return chosen
