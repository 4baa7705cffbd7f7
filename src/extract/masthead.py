"""Finds what stands around the text of an article: when it came out, its source, its authors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extract.numerals import NumeralGrammar
from extract.patterns import compiled
from extract.rulebook.schema import LayoutRules

_HEAD = 20
"""A date of publication stands in the first lines of an article."""
_SOURCE_HEAD = 6
_SOURCE_TAIL = 4


class Masthead:
    """Finds source and authors by the rules of `rules/layout.yaml`."""

    def __init__(self, rules: LayoutRules) -> None:
        self._sources = [compiled(pattern) for pattern in rules.source]
        self._credit = compiled(rules.credit)
        self._credited = compiled(rules.credited)
        self._byline = compiled(rules.byline)
        self._brackets = compiled(r"[（(](?=[^（）()]{0,8}(?:记者|通讯员|作者))(?P<credits>[^（）()]{3,60})[）)]")

    def source(self, lines: Sequence[str]) -> str:
        """Return the source that the first or last `lines` of an article name, '' if they name none."""
        ends = [*lines[:_SOURCE_HEAD], *lines[_SOURCE_HEAD:][-_SOURCE_TAIL:]]
        for pattern in self._sources:
            for line in ends:
                if match := pattern.search(line):
                    return str(match["source"])
        return ""

    def authors(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Return the writers that the bylines among the first or last `lines` name, editors left out."""
        ends = [*lines[:_SOURCE_HEAD], *lines[_SOURCE_HEAD:][-_SOURCE_TAIL:]]
        bylines = [match["credits"] for line in ends for match in self._brackets.finditer(line)]
        bylines += [match[0] for line in ends if (match := self._byline.search(line))]
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

    def __init__(self, rules: LayoutRules, grammar: NumeralGrammar, text: str) -> None:
        self._grammar = grammar
        self._full = compiled(rules.full_date)
        self._chinese = compiled(rules.chinese_date)
        self._month_day = compiled(rules.month_day)
        self._rules = rules
        self._looks_back = compiled(rules.looks_back)
        self._years = _years_of_all(rules, text)

    def find(self, lines: Sequence[str]) -> tuple[str, DatePlace | None]:
        """Return the ISO date that `lines` of an article give and its place in them, '' and None if none.

        A year that they leave out is the first that they name elsewhere, else the first of the document.
        """
        head = list(enumerate(lines[:_HEAD]))
        for pattern, read in ((self._full, self._read_full), (self._chinese, self._read_chinese)):
            for number, line in head:
                if match := pattern.search(line):
                    return read(match), DatePlace(number, *match.span())
        text = "\n".join(lines)
        years = _years(self._rules, text) or self._years
        looks_back = bool(self._looks_back.search(text))
        for number, line in head:
            if (match := self._month_day.search(line)) and years:
                month, year = int(match["month"]), years[0]
                reviews = looks_back and month <= 6 and year - 1 not in years
                return _iso(year + reviews, month, int(match["day"])), DatePlace(number, *match.span())
        return "", None

    @staticmethod
    def _read_full(match: regex.Match[str]) -> str:
        return _iso(int(match["year"]), int(match["month"]), int(match["day"]))

    def _read_chinese(self, match: regex.Match[str]) -> str:
        year, month, day = (int(self._grammar.value(match[name])[0]) for name in ("year", "month", "day"))
        return _iso(year, month, day)


def _years(rules: LayoutRules, text: str) -> list[int]:
    """Return the years that a text names, in order, those left out that figures are compared with or that will come."""
    return [
        int(match["year"])
        for match in regex.finditer(rules.year, text)
        if not regex.search(rules.base_year, text[: match.start()])
        or regex.search(rules.reported_year, text[match.end() :])
    ]


def _years_of_all(rules: LayoutRules, text: str) -> list[int]:
    """Return the same of a whole document; where it names bases of comparison only, the year after them."""
    return _years(rules, text) or [int(match["year"]) + 1 for match in list(regex.finditer(rules.year, text))[-1:]]


def _iso(year: int, month: int, day: int) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
