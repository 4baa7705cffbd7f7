"""Compiled patterns, and patterns for one of many words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import regex

from extract.matching.cache import user_cache
from extract.matching.timed import timed

HIDDEN: Final = "\ue000"
"""Stands in a text for each character that a pattern must not see."""
_BRANCHES: Final = 16
"""Of more branches than this, those of so many characters are tried together."""


def compiled(pattern: str) -> regex.Pattern[str]:
    """The compiled form of `pattern`, in `regex` syntax, made here or in an earlier run. Raises regex.error.

    One of a user's rules is a `TimedPattern`, which does the same.
    """
    found: regex.Pattern[str] = timed(
        user_cache().recall("pattern", pattern, regex.Pattern, lambda: regex.compile(pattern))
    )
    return found


def alternation(words: tuple[str, ...] | list[str]) -> str:
    """Return a pattern for any of `words`, longest first. Raises ValueError if there is none."""
    if not words:
        raise ValueError("an empty alternation would match everywhere")
    return f"(?:{prefix_tree(dict.fromkeys(words, ''))})"


def prefix_tree(tails: Mapping[str, str]) -> str:
    """Return a pattern for any of the words `tails`, longest first, each with the pattern `tails` has for it behind it.

    It goes by one character after the other, so that it is fast for many words.
    """
    branches: dict[str, dict[str, str]] = {}
    for word in sorted(filter(None, tails)):
        branches.setdefault(word[0], {})[word[1:]] = tails[word]
    parts = [regex.escape(char) + prefix_tree(rest) for char, rest in branches.items()]
    if len(parts) > _BRANCHES:
        chars = list(branches)
        parts = [
            f"(?=[{regex.escape(''.join(chars[start:end]))}])(?:{'|'.join(parts[start:end])})"
            for start, end in pairwise([*range(0, len(parts), _BRANCHES), len(parts)])
        ]
    if "" in tails:
        parts.append(tails[""])
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def fill(pattern: str, slots: Mapping[str, str]) -> str:
    """Return `pattern` with its `{name}` slots filled; other braces stay as they are."""
    for name, value in slots.items():
        pattern = pattern.replace("{" + name + "}", value)
    return pattern
