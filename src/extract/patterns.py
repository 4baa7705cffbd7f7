"""Compiled patterns: `regex` takes longer to read those of the rules than a text takes."""

from __future__ import annotations

import regex

from extract.kept import STORE


def compiled(pattern: str) -> regex.Pattern[str]:
    """Return `pattern`, `regex` syntax, compiled here or in an earlier run. Raises regex.error where it is none."""
    return STORE.recall("pattern", pattern, lambda: regex.compile(pattern))
