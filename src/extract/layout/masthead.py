"""Finds what stands around the text of an article: when it came out, its source, its authors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

from extract.matching.guarded import GuardedPattern
from extract.matching.patterns import compiled
from extract.rulebook.schema import LayoutRules
from extract.words.numerals import NumeralGrammar

_HEAD: Final = 20
"""A date of publication stands in the first lines of an article."""
_NEAR: Final = 16
"""What tells whether a year is reported on stands within so many characters of it."""
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


@dataclass(frozen=True, slots=True)
class DatePlace:
    """Where a date stands: the number of the line from 0, offsets in its text, end exclusive."""

    line: int
    start: int
    end: int


class PublicationDates:
    """Finds when an article came out, from its own lines and, for the year, from the whole document."""

    def __init__(self, rules: LayoutRules, grammar: NumeralGrammar) -> None:
        self._grammar = grammar
        self._full = GuardedPattern(rules.full_date)
        self._chinese = GuardedPattern(rules.chinese_date)
        self._month_day = GuardedPattern(rules.month_day)
        self._year = compiled(rules.year)
        self._base_year = compiled(rules.base_year)
        self._reported_year = compiled(rules.reported_year)
        self._looks_back = compiled(rules.looks_back)

    def find(self, lines: list[str], whole: str) -> tuple[str, DatePlace | None]:
        """Return the ISO date that `lines` of an article give and its place in them, '' and None if none.

        A year that they leave out is the first that they name elsewhere, else the first of the document, whose text
        is `whole`.
        """
        head = lines[:_HEAD]
        if found := self._full.first_in(head):
            number, match = found
            return self._read_full(match), DatePlace(number, *match.span())
        if found := self._chinese.first_in(head):
            number, match = found
            return self._read_chinese(match), DatePlace(number, *match.span())
        found = self._month_day.first_in(head)
        text = "\n".join(lines)
        years = (self._years(text) or self._years_of_all(whole)) if found else []
        if not found or not years:
            return "", None
        number, match = found
        month, year = int(match["month"]), years[0]
        reviews = month <= 6 and year - 1 not in years and bool(self._looks_back.search(text))
        return _iso(year + reviews, month, int(match["day"])), DatePlace(number, *match.span())

    def _years(self, text: str) -> list[int]:
        """Return the years that a text names, in order, without those that figures are compared with or will come."""
        years: list[int] = []
        for match in self._year.finditer(text):
            before = text[max(match.start() - _NEAR, 0) : match.start()]
            if not self._base_year.search(before) or self._reported_year.search(
                text[match.end() : match.end() + _NEAR]
            ):
                years.append(int(match["year"]))
        return years

    def _years_of_all(self, text: str) -> list[int]:
        """Return the same of a whole document; where it names bases of comparison only, the year after them."""
        return self._years(text) or [int(match["year"]) + 1 for match in list(self._year.finditer(text))[-1:]]

    @staticmethod
    def _read_full(match: regex.Match[str]) -> str:
        return _iso(int(match["year"]), int(match["month"]), int(match["day"]))

    def _read_chinese(self, match: regex.Match[str]) -> str:
        year, month, day = (int(self._grammar.value(match[name])[0]) for name in ("year", "month", "day"))
        return _iso(year, month, day)


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
