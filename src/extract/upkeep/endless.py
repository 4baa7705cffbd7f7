"""Finds patterns that go back and forth in a text for ever, by texts made of their own characters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

_LENGTH = 800
"""Longer than a sentence gets; what takes cubic time or more shows by then."""
_PATIENCE = 0.25
"""Seconds; an honest pattern takes a thousandth."""
_MOST = 12
"""So many characters and words of a pattern are tried."""
_OTHERS = "5学，年 a"
"""Tried with every pattern: of the classes that stand for many characters."""
_ENDS = ("\u00a4", "\n")
"""The first stands in no rule, the other is no character to most: what was read before has to be given back."""
_syntax = regex.compile(r"\\.|\(\?(?:P<\w+>|[:=!>]|<[=!])|[\[\](){}|*+?^$.\\-]|[0-9]+(?=[,}])")
_slot = regex.compile(r"\{[a-z_A-Z-]+\}|(?<!\(\?P)<[a-z_]+>")


def endless(pattern: str) -> str:
    """Return a text, or how it begins, on which a search for `pattern` does not end in time, '' if none is found.

    Slots stand for nothing. Raises regex.error for what is no pattern.
    """
    compiled = regex.compile(_slot.sub("", pattern))
    words = "".join(_words(pattern))
    for piece in pieces(pattern):
        again = (piece * (_LENGTH // len(piece) + 1))[:_LENGTH]
        for end in _ENDS:
            try:
                compiled.search(f"{again}{end}{words}", timeout=_PATIENCE)
            except TimeoutError:
                return f"{again[:20]}…"
    return ""


def pieces(pattern: str) -> Iterator[str]:
    """Yield what hostile texts are made of: the characters of a pattern, its words, and any two that are neighbours."""
    words = _words(pattern)
    chars = [*dict.fromkeys("".join(words))][:_MOST]
    yield from dict.fromkeys([*chars, *_OTHERS, *words[:_MOST], *(one + other for one, other in pairwise(chars))])


def _words(pattern: str) -> list[str]:
    return [word for word in _syntax.split(_slot.sub("", pattern)) if word]
