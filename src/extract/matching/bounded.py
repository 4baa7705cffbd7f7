"""Remembers what was worked out, up to so much of it."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def remember(known: dict[K, V], key: K, value: V, most: int) -> V:
    """Put `value` into `known` and return it; of what is known already all is forgotten once it is `most` or more."""
    if len(known) >= most:
        known.clear()
    known[key] = value
    return value
