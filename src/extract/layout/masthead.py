"""Finds what stands around the text of an article: its source, its authors."""

from __future__ import annotations

from typing import Final

import regex

from extract.matching.guarded import GuardedPattern
from extract.matching.patterns import compiled
from extract.rulebook.schema import LayoutRules

_SOURCE_HEAD: Final = 6
_SOURCE_TAIL: Final = 4


class Masthead:
    """Finds source and authors by the rules of `rules/layout.yaml`."""

    def __init__(self, rules: LayoutRules) -> None:
        self._sources = [GuardedPattern(pattern) for pattern in rules.source]
        self._credit = compiled(rules.credit)
        self._credited = compiled(rules.credited)
        self._byline = GuardedPattern(rules.byline)
        self._brackets = GuardedPattern(r"[（(](?=[^（）()]{0,8}(?:记者|通讯员|作者))(?P<credits>[^（）()]{3,60})[）)]")

    def source(self, lines: list[str]) -> str:
        """Return the source that the first or last `lines` of an article name, '' if they name none."""
        ends = [*lines[:_SOURCE_HEAD], *lines[_SOURCE_HEAD:][-_SOURCE_TAIL:]]
        for pattern in self._sources:
            if found := pattern.first_in(ends):
                return str(found[1]["source"])
        return ""

    def authors(self, lines: list[str]) -> tuple[str, ...]:
        """Return the writers that the bylines among the first or last `lines` name, editors left out."""
        ends = [*lines[:_SOURCE_HEAD], *lines[_SOURCE_HEAD:][-_SOURCE_TAIL:]]
        bylines = [match["credits"] for match in self._brackets.all_in(ends)]
        bylines += [match[0] for match in self._byline.all_in(ends)]
        names: dict[str, None] = {}
        for byline in bylines:
            for credit in self._credit.finditer(byline):
                if self._credited.search(credit["role"]):
                    names |= dict.fromkeys(regex.split(r"[\s　、]+", credit["names"].strip("\u3000 、")))
        return tuple(names)
