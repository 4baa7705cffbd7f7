"""Tells one state of this program from another."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extract.compiled import fingerprint


@cache
def program_digest() -> str:
    """Return 32 hexadecimal digits that change with any byte of the program's modules."""
    package = Path(__file__).parent
    return fingerprint(package, package.rglob("*.py"))
