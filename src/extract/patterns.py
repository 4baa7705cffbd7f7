"""Patterns that take long to compile."""

from __future__ import annotations

import regex

from extract.kept import recall


def compiled(pattern: str) -> regex.Pattern[str]:
    """Return `pattern` compiled, and keep it for later processes. Raises regex.error for what is no pattern."""
    return recall(("pattern", pattern), lambda: regex.compile(pattern))
