"""Finds when an article came out: the day from its first lines, the year from all that the document says."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import Final

import regex

from extract.matching.guarded import GuardedPattern
from extract.matching.patterns import compiled
from extract.rulebook.schema import LayoutRules
from extract.words.numerals import NumeralGrammar

_HEAD: Final = 20
"""A date of publication stands in the first lines of an article."""
_STAMP: Final = 40
"""A stamp begins within so many characters of its line."""
_NEAR: Final = 16
"""What tells what a year is said for stands within so many characters of it."""
_SOON: Final = 45
"""A day without a year that is told in full elsewhere lies within so many days of it."""
_YOUNG: Final = 4
"""Up to this month a whole year that is reported on is the year before."""
_LATE: Final = 10
"""From this month on it is the year itself."""
_SENTENCE: Final = 60
"""What tells that a figure is planned stands within so many characters before the year that it starts from."""


@dataclass(frozen=True, slots=True)
class DatePlace:
    """Where a date stands: the number of the line from 0, offsets in its text, end exclusive."""

    line: int
    start: int
    end: int


class PublicationDates:
    """Reads the date of an article by the rules of `rules/layout.yaml`.

    What tells it, the best first: a line that is a stamp; a stamp or dateline without a year, whose year the
    document implies; a date in the text of the first lines, with its year or without.
    """

    def __init__(self, rules: LayoutRules, grammar: NumeralGrammar) -> None:
        self._grammar = grammar
        self._prose = compiled(rules.prose)
        self._full = GuardedPattern(rules.full_date)
        self._short = compiled(rules.short_date)
        self._packed = compiled(rules.packed_date)
        self._named = compiled(rules.named_date)
        self._yearless = compiled(rules.yearless_stamp)
        self._dateline = GuardedPattern(rules.dated_line)
        self._chinese = GuardedPattern(rules.chinese_date)
        self._month_day = GuardedPattern(rules.month_day)
        self._years = YearEvidence(rules)

    def find(self, lines: list[str], whole: str, stamp: str = "") -> tuple[str, DatePlace | None]:
        """Return the ISO date that `lines` of an article give and its place in them, '' and None if none.

        `whole` is the text of the document, `stamp` what was given from outside for a date, without a year.
        """
        head = lines[:_HEAD]
        given = self._yearless.match(stamp)
        if given and (date := self._dated(given, "\n".join(lines), whole)):
            return date, None
        for number, line in enumerate(head):
            if (match := self._stamp(line)) and (date := self._read(match)):
                return date, _place(number, match)
        text = "\n".join(lines)
        found = self._first(self._yearless, head) or self._dateline.first_in(head)
        if found and (date := self._dated(found[1], text, whole)):
            return date, _place(*found)
        if (told := self._full.first_in(head)) and not found:
            return self._read(told[1]), _place(*told)
        if (told := self._chinese.first_in(head)) and (date := self._read_chinese(told[1])):
            return date, _place(*told)
        if not found and (told := self._month_day.first_in(head)) and (date := self._dated(told[1], text, whole)):
            return date, _place(*told)
        return "", None

    def in_name(self, name: str) -> str:
        """Return the ISO date in the name or address of a document, else an empty string: 2023-08-08-农业.txt."""
        found = (pattern.search(name) for pattern in (self._named, self._packed))
        return next((date for match in found if match and (date := self._read(match))), "")

    def _stamp(self, line: str) -> regex.Match[str] | None:
        """Return the date with a year in a line that is no prose, or that opens a line."""
        for pattern in (self._full, self._packed):
            match = pattern.search(line)
            if match and match.start() <= _STAMP and not (self._prose.search(line) and self._is_told(line, match)):
                return match
        return self._short.match(line)

    @staticmethod
    def _is_told(line: str, match: regex.Match[str]) -> bool:
        """Whether a line of prose tells of a date, and does not begin with it as a stamp."""
        return match.start() > 0 or not line[match.end() : match.end() + 1].isspace()

    @staticmethod
    def _first(pattern: regex.Pattern[str], lines: list[str]) -> tuple[int, regex.Match[str]] | None:
        found = ((number, match) for number, line in enumerate(lines) if (match := pattern.match(line)))
        return next(found, None)

    def _dated(self, match: regex.Match[str], text: str, whole: str) -> str:
        month, day = self._number(match["month"]), self._number(match["day"])
        year = self._years.year(text, month, day) or self._years.year(whole, month, day)
        return _iso(year, month, day) if year else ""

    def _read(self, match: regex.Match[str]) -> str:
        year = int(match["year"])
        return _iso(year if year > 99 else 2000 + year, self._number(match["month"]), self._number(match["day"]))

    def _number(self, said: str) -> int:
        """The number of a month or day, in digits or in characters."""
        return int(self._grammar.value(said)[0])

    def _read_chinese(self, match: regex.Match[str]) -> str:
        year, month, day = (self._number(match[name]) for name in ("year", "month", "day"))
        return _iso(year, month, day)


class YearEvidence:
    """Tells in which year a text came out whose month and day are known, by the years that it names."""

    def __init__(self, rules: LayoutRules) -> None:
        self._named = compiled(rules.year)
        self._to_come = compiled(rules.year_to_come)
        self._coming = compiled(rules.year_coming)
        self._base = compiled(rules.base_year)
        self._same_time = compiled(rules.same_time)
        self._lasting_bases = frozenset(rules.lasting_bases)
        self._last_year = compiled(rules.last_year)
        self._range = compiled(rules.year_range)
        self._part = compiled(rules.reported_part)
        self._day = compiled(rules.reported_day)
        self._due = compiled(rules.year_due)
        self._going = compiled(rules.year_going)
        self._ended = compiled(rules.year_ended)
        self._start = compiled(rules.year_start)
        self._planned = compiled(rules.year_planned)
        self._this_year = compiled(rules.this_year)
        self._beside = compiled(rules.beside_years)

    def year(self, text: str, month: int, day: int) -> int:
        """Return the year in which `text` came out on that day, 0 if it cannot be told.

        It is the last that the text names, those to come left out, if it is still going on (see `_is_going`), the
        year after if that is over (see `_is_over`). It is the last, too, if a text that says 今年 names the next by
        its number. Where all lie ahead it is the one by whose end something is due.
        """
        named = list(self._named.finditer(text))
        told = [match for match in named if not self._is_to_come(text, match)]
        to_come = [match for match in named if match not in told]
        if not told:
            return min((int(match["year"]) for match in to_come if self._is_due(text, match)), default=0)
        last = max(int(match["year"]) for match in told)
        told = [match for match in told if int(match["year"]) == last]
        over = False
        for match in told:
            if self._is_going(text, match, month, day):
                return last
            over = over or self._is_over(text, match, month)
        later = min((year for match in to_come if (year := int(match["year"])) > last), default=0)
        is_last = later == last + 1 and self._this_year.search(text)
        return last + 1 if over else last if is_last else 0

    def _is_going(self, text: str, match: regex.Match[str], month: int, day: int) -> bool:
        """Whether a text of that day speaks of a year as its own.

        It does where a part of the year is reported that was over by then (上半年, 前7个月), a day near to it is told,
        an event or plan bears the year's name, or a whole year is told in its last months.
        """
        before, after = _around(text, match)
        if self._base.search(before):
            return False
        if part := self._part.match(after):
            return self._ends(part) <= month
        if date := self._day.match(after):
            if date["day"]:
                return abs((month - int(date["month"])) * 30 + day - int(date["day"])) <= _SOON
            return bool(self._range.search(before)) and int(date["month"]) <= month
        return bool(self._going.match(after)) or (month >= _LATE and bool(self._ended.match(after)))

    def _is_over(self, text: str, match: regex.Match[str], month: int) -> bool:
        """Whether a text of that month speaks of a year as the last.

        It does where figures are compared with it (较2022年同期; 2019 is compared with for years), where it or a part
        of it has ended in a text of the first months or one that says 去年, and where what is planned starts from it
        (未来三年由2024年的3所增至8所).
        """
        before, after = _around(text, match)
        if self._base.search(before):
            lasts = match["year"] in self._lasting_bases
            return not lasts and bool(self._same_time.match(after)) and not self._last_year.search(text)
        if self._part.match(after):
            return month <= _YOUNG
        if self._day.match(after):
            return False
        if self._ended.match(after):
            return month <= _YOUNG or bool(self._beside.search(text))
        start = match.start()
        return bool(self._start.search(before) and self._planned.search(text, max(start - _SENTENCE, 0), start))

    def _is_to_come(self, text: str, match: regex.Match[str]) -> bool:
        before, after = _around(text, match)
        if self._range.search(before) and self._day.match(after):
            return False
        return bool(self._to_come.search(before) or self._coming.match(after))

    def _is_due(self, text: str, match: regex.Match[str]) -> bool:
        """Whether something is to be done by the end of that year: 预计2024年底, but not 到2027年."""
        before, after = _around(text, match)
        return bool(self._due.match(after)) and not before.endswith(("到", "至"))

    @staticmethod
    def _ends(part: regex.Match[str]) -> int:
        """Return the month in which a part of a year ends: 前三季度, 1-7月, 上半年."""
        groups = part.groupdict()
        if groups["month"]:
            return int(groups["month"])
        if groups["quarter"]:
            return 3 * ("一二三四".find(groups["quarter"]) + 1 or int(groups["quarter"].translate(_DIGITS)))
        return 6 if groups["half"] == "上" else 12


_DIGITS: Final = str.maketrans("一二三四", "1234")


def _around(text: str, match: regex.Match[str]) -> tuple[str, str]:
    """The characters near before and behind a match."""
    return text[max(match.start() - _NEAR, 0) : match.start()], text[match.end() : match.end() + _NEAR]


def _place(number: int, match: regex.Match[str]) -> DatePlace:
    return DatePlace(number, *match.span())


def _iso(year: int, month: int, day: int) -> str:
    is_date = 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{day:02d}" if is_date else ""
