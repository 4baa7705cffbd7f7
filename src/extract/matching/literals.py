"""Tells cheaply which of many patterns can match in a text at all, by the words that each of them needs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, Final, Generic, TypeVar

from ahocorasick_rs import AhoCorasick

from extract.matching.bounded import remember
from extract.matching.cache import user_cache

T = TypeVar("T")

# The standard library's own reader of patterns; what it cannot read is tried on every text.
_read: Any = re._parser.parse  # type: ignore[attr-defined]
_named_group: Final = re.compile(r"(?<!\\)\(\?P<\w+>")

_REMEMBERED: Final = 1 << 12
"""So many choices are known before all are forgotten."""
_LARGEST: Final = 128
"""A set of more characters, or of more words, tells too little to look for it."""
_COMMON: Final = frozenset("0123456789０１２３４５６７８９.%的，、。一二两三四五六七八九十年在中大有和为上个")
"""What stands in most sentences with a figure; other characters are better to look for."""
_NEXT: Final = 0.1
"""A common character behind another in so many of the texts that hold both."""
_SPACES: Final = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_REPEATS: Final = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_ZERO_WIDTH: Final = ("AT", "ASSERT", "ASSERT_NOT")

_WORDS: Final = (frozenset, type(None))
_Strings = frozenset[str]
_EMPTY: _Strings = frozenset(("",))


def _parse(pattern: str) -> Any:
    """The parts of a pattern, its groups without names, of which `regex` allows several that are alike.

    Raises re.error.
    """
    has_references = "(?P=" in pattern or "(?(" in pattern or re.search(r"\\[1-9]", pattern)
    return _read(pattern if has_references else _named_group.sub("(?:", pattern))


def needed_words(pattern: str) -> frozenset[str] | None:
    """Return strings one of which stands in every text that `pattern` matches in; None if that cannot be told."""
    return user_cache().recall("needed words", pattern, _WORDS, lambda: _needed_words(pattern))


def _needed_words(pattern: str) -> frozenset[str] | None:
    try:
        parsed = _parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return None
    return None if parsed.state.flags & re.IGNORECASE else _needed_of_row(parsed)


def _needed_of_row(row: Iterable[tuple[Any, Any]]) -> _Strings | None:
    return min((words for words in _runs_of_row(row) if "" not in words), key=_frequency, default=None)


def _runs_of_row(row: Iterable[tuple[Any, Any]]) -> list[_Strings]:
    """Return sets of strings of each of which one stands in what a row matches; with one of the last set it ends."""
    found: list[_Strings] = []
    run = _EMPTY
    for op, value in row:
        said = _said_by_item(str(op), value)
        if str(op) == "ASSERT" and value[0] > 0 and (ahead := _said_by_row(value[1])):
            found.append(_joined(run, ahead))
        if said is None:
            found += [run, _joined(run, _first_chars_of_item(str(op), value))]
            run = _ends_of_item(str(op), value)
        elif said != _EMPTY:
            found.append(run)
            run = _joined(run, said)
        if (needed := _needed_of_item(str(op), value)) is not None:
            found.append(needed)
    return [*found, run]


def _first_chars_of_item(op: str, value: Any) -> _Strings:
    is_optional = op in _REPEATS and value[0] == 0
    chars = _EMPTY if is_optional else frozenset(start[:1] for start in _starts_of_item(op, value))
    return _EMPTY if "" in chars or len(chars) > _LARGEST else chars


def _ends_of_item(op: str, value: Any) -> _Strings:
    """Return strings with one of which an item ends that is no fixed string."""
    if op == "BRANCH":
        ends = _Strings().union(*(_runs_of_row(row)[-1] for row in value[1]))
        return ends if len(ends) <= _LARGEST else _EMPTY
    if op in _REPEATS:
        return _runs_of_row(value[2])[-1] if value[0] else _EMPTY
    if op == "SUBPATTERN":
        return _EMPTY if value[1] & re.IGNORECASE else _runs_of_row(value[-1])[-1]
    return _runs_of_row(value)[-1] if op == "ATOMIC_GROUP" else _EMPTY


def _joined(heads: _Strings, tails: _Strings) -> _Strings:
    """Return what `heads` and `tails` say together, of the heads no more than the ends where that is too much."""
    if len(heads) * len(tails) > _LARGEST:
        heads = frozenset(head[-1:] for head in heads)
    if len(heads) * len(tails) > _LARGEST:
        heads = _EMPTY
    return frozenset(head + tail for head, tail in product(heads, tails))


def _frequency(words: _Strings) -> float:
    return sum(
        math.prod(0.5 if char in _COMMON else 0.05 for char in word) * _NEXT ** (len(word) - 1) for word in words
    )


def _needed_of_item(op: str, value: Any) -> _Strings | None:
    """Return strings one of which stands in whatever an item that is no fixed string matches."""
    if op == "BRANCH":
        rows = [_needed_of_row(row) for row in value[1]]
        return None if None in rows else _Strings().union(*(row for row in rows if row is not None))
    if op in _REPEATS:
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
    if op in _REPEATS and value[1] == 1:
        said = _said_by_row(value[2])
        return said if said is None or value[0] else said | _EMPTY
    return None


def _of_set(items: Iterable[tuple[Any, Any]], with_spaces: bool = False) -> frozenset[str] | None:
    chars: set[str] = set()
    for op, value in items:
        if str(op) == "LITERAL":
            chars.add(chr(value))
        elif str(op) == "RANGE" and value[1] - value[0] < _LARGEST:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        elif with_spaces and str(value) == "CATEGORY_SPACE":
            chars.update(_SPACES)
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


_mark: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|[()|]", re.DOTALL)


def first_words(pattern: str) -> frozenset[str] | None:
    """Return strings with one of which every match of `pattern` begins; None if that cannot be told."""
    return user_cache().recall("first words", pattern, _WORDS, lambda: _first_words(pattern))


def _first_words(pattern: str) -> frozenset[str] | None:
    try:
        parsed = _parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return None
    words = _starts_of_row(parsed)
    return None if "" in words or parsed.state.flags & (re.IGNORECASE | re.MULTILINE) else words


def _starts_of_row(row: Iterable[tuple[Any, Any]]) -> _Strings:
    """Return strings with one of which all begins that a row matches."""
    found = _Strings()
    run = _EMPTY
    for op, value in row:
        said = _said_by_item(str(op), value)
        if said is not None and len(run) * len(said) <= _LARGEST:
            run = _joined(run, said)
            continue
        starts = said or _starts_of_item(str(op), value)
        found |= frozenset(head + start for head, start in product(run, starts))
        if not (str(op) in _REPEATS and value[0] == 0):
            return found
    return found | run


def _starts_of_item(op: str, value: Any) -> _Strings:
    if op == "IN":
        return _of_set(value, with_spaces=True) or _EMPTY
    if op == "BRANCH":
        return _Strings().union(*(_starts_of_row(row) for row in value[1]))
    if op in _REPEATS:
        return _starts_of_row(value[2])
    if op == "SUBPATTERN":
        return _EMPTY if value[1] & re.IGNORECASE else _starts_of_row(value[-1])
    return _starts_of_row(value) if op == "ATOMIC_GROUP" else _EMPTY


def opening_chars(pattern: str) -> frozenset[str] | None:
    """Return the characters one of which begins every text that `pattern` matches in; None if that cannot be told."""
    words = first_words(pattern) if all(part.startswith("^") for part in alternatives(pattern)) else None
    return None if words is None else frozenset(word[0] for word in words)


def closing_chars(pattern: str) -> frozenset[str] | None:
    """Return the characters one of which ends every text that `pattern` matches in; None if that cannot be told."""
    return user_cache().recall("last characters", pattern, _WORDS, lambda: _closing_chars(pattern))


def _closing_chars(pattern: str) -> frozenset[str] | None:
    if not all(part.endswith("$") and not part.endswith(r"\$") for part in alternatives(pattern)):
        return None
    try:
        parsed = _parse(pattern)
    except (re.error, OverflowError, RecursionError):
        return None
    ends = _runs_of_row(parsed)[-1]
    is_told = "" not in ends and not parsed.state.flags & (re.IGNORECASE | re.MULTILINE)
    return frozenset(end[-1] for end in ends) | {"\n"} if is_told else None


class Index:
    """The words that the patterns of all stages need, looked for in one go."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[int, int]] = {}
        self._size = 0
        self._automaton: AhoCorasick | None = None
        self._of_word: list[list[tuple[int, int]]] = []
        self._text = ""
        self._found: list[int] = []

    def add(self, needs: Sequence[Iterable[str]]) -> int:
        """Return the number of a new row of patterns; `needs` are words for each, one of which it needs."""
        row = self._size
        for place, words in enumerate(needs):
            for word in words:
                bits = self._rows.setdefault(word, {})
                bits[row] = bits.get(row, 0) | 1 << place
        self._size += 1
        self._automaton = None
        self._text, self._found = "", [0] * self._size
        return row

    def find(self, text: str, row: int) -> int:
        """Return the patterns of a row whose words stand in `text`, as the bits of their places."""
        if text != self._text:
            self._look_for(text)
        return self._found[row]

    def _look_for(self, text: str) -> None:
        if self._automaton is None:
            self._automaton = AhoCorasick(list(self._rows))
            self._of_word = [list(bits.items()) for bits in self._rows.values()]
        found = [0] * self._size
        for number, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for row, bits in self._of_word[number]:
                found[row] |= bits
        self._text, self._found = text, found


class Prefilter(Generic[T]):
    """A row of things, each with a pattern, of which a text gets those whose pattern may match in it."""

    def __init__(self, things: Iterable[tuple[str, T]], index: Index | None = None) -> None:
        """Take each thing with its pattern, `regex` syntax; `index` is shared with other stages."""
        self._index = index or Index()
        self._things: list[T] = []
        self._always = 0
        needs: list[frozenset[str]] = []
        for pattern, thing in things:
            words = needed_words(pattern)
            if words is None:
                self._always |= 1 << len(self._things)
            needs.append(words or frozenset())
            self._things.append(thing)
        self._row = self._index.add(needs)
        self._chosen: dict[int, tuple[T, ...]] = {}

    def select(self, text: str) -> tuple[T, ...]:
        """Return the things whose pattern may match in `text`, in their order."""
        bits = self._index.find(text, self._row) | self._always
        chosen = self._chosen.get(bits)
        if chosen is None:
            things = tuple(thing for place, thing in enumerate(self._things) if bits >> place & 1)
            chosen = remember(self._chosen, bits, things, _REMEMBERED)
        return chosen
