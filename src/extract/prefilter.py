"""Tells cheaply which of many patterns can match in a text at all, by a character that each of them needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import regex

T = TypeVar("T")

# The standard library's own reader of patterns; what it cannot read is tried on every text.
_parse: Any = re._parser.parse  # type: ignore[attr-defined]

_LARGEST = 64
"""A set of more characters tells too little to look for it."""
_COMMON = frozenset("0123456789０１２３４５６７８９.%的，、。一二两三四五六七八九十年在中大有和为上个")
"""What stands in most sentences with a figure; other characters are better to look for."""


def needed_chars(pattern: str) -> frozenset[str] | None:
    """Return characters one of which stands in every text that `pattern` matches in; None if that cannot be told."""
    try:
        parsed = _parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return None
    return None if parsed.state.flags & re.IGNORECASE else _of_row(parsed)


def _of_row(row: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    found = [chars for op, value in row if (chars := _of_item(str(op), value)) is not None]
    return min(found, key=_weight, default=None)


def _weight(chars: frozenset[str]) -> tuple[int, int]:
    return len(chars & _COMMON), len(chars)


def _of_item(op: str, value: Any) -> frozenset[str] | None:
    if op == "LITERAL":
        return frozenset(chr(value))
    if op == "IN":
        return _of_set(value)
    if op == "BRANCH":
        rows = [_of_row(row) for row in value[1]]
        return None if None in rows else frozenset[str]().union(*(row for row in rows if row is not None))
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_row(value[2]) if value[0] else None
    if op == "SUBPATTERN":
        return None if value[1] & re.IGNORECASE else _of_row(value[-1])
    if op == "ATOMIC_GROUP":
        return _of_row(value)
    return _of_row(value[1]) if op == "ASSERT" else None


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


def first_chars(pattern: str) -> frozenset[str] | None:
    """Return the characters with which a match of `pattern` may begin; None if that cannot be told."""
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

    def __init__(self, patterns: Mapping[str, str]) -> None:
        """Take patterns by their names. Raises ValueError for one of which it cannot be told how it begins."""
        starts: dict[str, list[str]] = {}
        for name, pattern in patterns.items():
            chars = first_chars(pattern)
            if chars is None:
                raise ValueError(f"{name} may begin with anything")
            for char in chars:
                starts.setdefault(char, []).append(f"(?P<{name}>{pattern})")
        self._sources = {char: "|".join(parts) for char, parts in starts.items()}
        self._patterns: dict[str, regex.Pattern[str]] = {}
        self._start = re.compile("[" + "".join(map(re.escape, starts)) + "]")

    def matches(self, text: str) -> Iterator[regex.Match[str]]:
        """Yield the matches in `text`; `lastgroup` names the pattern."""
        position = 0
        while start := self._start.search(text, position):
            source = self._sources[start[0]]
            pattern = self._patterns.get(source)
            if pattern is None:
                pattern = self._patterns[source] = regex.compile(source)
            match = pattern.match(text, start.start())
            if match:
                yield match
                position = match.end()
            else:
                position = start.end()


class Prefilter(Generic[T]):
    """A row of things, each with a pattern, of which a text gets those whose pattern may match in it."""

    def __init__(self, things: Iterable[tuple[str, T]]) -> None:
        """Take each thing with its pattern, `regex` syntax."""
        self._things: list[T] = []
        self._always = 0
        self._bits: dict[str, int] = {}
        for pattern, thing in things:
            bit = 1 << len(self._things)
            self._things.append(thing)
            needed = needed_chars(pattern)
            if needed is None:
                self._always |= bit
            for char in needed or ():
                self._bits[char] = self._bits.get(char, 0) | bit
        self._chars = frozenset(self._bits)
        self._chosen: dict[int, tuple[T, ...]] = {}

    def select(self, text: str) -> tuple[T, ...]:
        """Return the things whose pattern may match in `text`, in their order."""
        bits = self._always
        for char in self._chars.intersection(text):
            bits |= self._bits[char]
        chosen = self._chosen.get(bits)
        if chosen is None:
            chosen = tuple(thing for index, thing in enumerate(self._things) if bits >> index & 1)
            self._chosen[bits] = chosen
        return chosen
