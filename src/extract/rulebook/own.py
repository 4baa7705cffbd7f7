"""What the patterns of a user's own rules are made of, so that one that does not end can be told by its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import regex

_mark = regex.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|\(|\)[*+{]?")
_slot = regex.compile(r"\{[a-z_A-Z0-9-]+\}")
_repeat = regex.compile(r"[*+}]")


def own_patterns(folder: Path | None) -> dict[str, tuple[str, str]]:
    """Return the pieces of patterns in the rules of `folder`, each with its file and rule.

    These are groups that are repeated, and whole patterns with repeats in them, parted at slots: what stands in the
    patterns that are compiled of them, which may be alternatives of a rule or several rules together.
    """
    pieces: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.glob("*.yaml")) if folder else ():
        for rule, text in strings_of(path):
            for piece in (*_slot.split(text), *_repeated(text)):
                if _repeat.search(piece):
                    pieces.setdefault(piece, (str(path), rule))
    return pieces


def strings_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each text that a YAML file holds, and before it the id of the rule around it, else its keys with points."""
    import yaml

    yield from _strings(yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), "")


def _strings(data: Any, name: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield name, data
    elif isinstance(data, Mapping):
        own = data.get("id")
        for key, value in data.items():
            yield from _strings(value, own if isinstance(own, str) else f"{name}.{key}".lstrip("."))
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value, name)


def _repeated(pattern: str) -> Iterator[str]:
    """Yield the groups of a pattern that are repeated, with the first character of how often."""
    opened: list[int] = []
    for match in _mark.finditer(pattern):
        if match[0] == "(":
            opened.append(match.start())
        elif match[0].startswith(")") and opened:
            start = opened.pop()
            if len(match[0]) > 1:
                yield pattern[start : match.end()]
