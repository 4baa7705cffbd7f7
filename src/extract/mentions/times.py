"""Finds the time words of a sentence and resolves them to ISO 8601 periods."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import regex

from extract.matching.bounded import remember
from extract.matching.guarded import GuardedPattern
from extract.matching.literals import Index, Prefilter
from extract.matching.patterns import compiled
from extract.rulebook.schema import TimeRule, TimeRules
from extract.words.numerals import NumeralGrammar

_EARLY: Final = 3
"""What looks back in the first so many months of a year ends with the year before."""

_SPRING_ENDS: Final = 5
"""Up to this month 今冬 is the winter that began the year before."""

_YEAR_LENGTH: Final = 4
_MONTHS: Final = 12
_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_slot: Final = regex.compile("<<(?P<name>[a-z0-9]+)>>")
_of_publication: Final = regex.compile("\\{(?:P|M|D|recent|near|bare|month_day|winter|spring|holiday|-1)")

_REMEMBERED: Final = 1 << 12
"""So many time words keep their periods before all are forgotten."""

_STEPS: Final = {"today": 0, "yesterday": -1, "tomorrow": 1, "day_before": -2, "day_after": 2}
"""How many days later than that of publication each is."""
_LONGEST_MONTH: Final = 31
_PLAN_START: Final = {"二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031, "七": 2036}


@dataclass(frozen=True, slots=True)
class Reference:
    """What relative times count from.

    `published` is the year of publication, `month` and `day` are the rest of that date (0 where unknown); `year` is
    the year the text reports on, which is the year before for a work report of January.
    """

    published: int
    month: int
    year: int
    day: int = 0


class TimeMention:
    """A time in a sentence: offsets in its text (end exclusive), the period it stands for and its rule.

    `period` is an ISO 8601 date, part of a date or interval, -1 for the running period a year earlier, or empty.
    `attributive` tells that it belongs to the next quantity alone, as in 从2020年的51%; `phrase_start` is where
    its phrase begins, with the 到 or 截至 before it.
    """

    __slots__ = ("attributive", "end", "period", "phrase_start", "rule", "start")

    def __init__(
        self, span: tuple[int, int], period: str, rule: TimeRule, attributive: bool, phrase_start: int
    ) -> None:
        self.start, self.end = span
        self.period = period
        self.rule = rule
        self.attributive = attributive
        self.phrase_start = phrase_start


class TimeFinder:
    """Finds times by the rules of `rules/times.yaml`."""

    def __init__(self, rules: TimeRules, grammar: NumeralGrammar, index: Index | None = None) -> None:
        self._rules = rules
        self._grammar = grammar
        self._entry = compiled(rules.entry)
        self._steady_years = GuardedPattern(rules.steady_years)
        self._steady_months = GuardedPattern(rules.steady_months)
        self._periods: dict[tuple[str, Reference, tuple[str | Any, ...]], str] = {}
        self._base_before = compiled(rules.base_before)
        self._base_around = [(compiled(before), compiled(after)) for before, after in rules.base_around]
        self._attributive_before = compiled(rules.attributive_before)
        self._attributive_after = compiled(rules.attributive_after)
        self._from_on = compiled(rules.from_on)
        self._patterns = Prefilter(
            (
                (
                    pattern,
                    (
                        rule,
                        compiled(pattern),
                        compiled(rule.unless_after) if rule.unless_after else None,
                    ),
                )
                for rule, pattern in ((rule, _filled(rule.pattern, rules.parts)) for rule in rules.rules)
            ),
            index,
        )

    def find(self, text: str, reference: Reference) -> list[TimeMention]:
        """Return the times of `text` in order; where two overlap, the earlier rule of the file wins.

        What cannot be told when it is, for want of a date of publication, has no period.
        """
        rules = self._patterns.select(text)
        if not rules:
            return []
        mentions: list[TimeMention] = []
        for rule, pattern, unless_after in rules:
            for match in pattern.finditer(text):
                if unless_after and unless_after.search(text[match.end() :]):
                    continue
                if any(m.start < match.end() and match.start() < m.end for m in mentions):
                    continue
                period = self._period(rule, match, reference)
                mentions.append(self._mention(rule, match, period))
        kept = [m for m in mentions if not self._is_base(text[: m.start], text[m.end :])]
        return sorted(kept, key=lambda m: m.start) if len(kept) > 1 else kept

    def _is_base(self, before: str, after: str) -> bool:
        """Whether what stands between two texts is only what something is compared with: 与2019年同期相比."""
        if self._base_before.search(before):
            return True
        return any(first.search(before) and last.search(after) for first, last in self._base_around)

    def _mention(self, rule: TimeRule, match: regex.Match[str], period: str) -> TimeMention:
        attributive = self._attributive(match)
        entry = None if attributive else self._entry.search(match.string, 0, match.start())
        start = entry.start() if entry else match.start()
        return TimeMention(match.span(), period, rule, attributive, start)

    @staticmethod
    def plan(number: str) -> str:
        """Return the years of the plan of this number: 四 stands for 2021/2025."""
        start = _PLAN_START[number]
        return f"{start}/{start + 4}"

    def steady(self, text: str, end: str) -> str:
        """Return the interval up to the year or month `end` in which `text` says that something held, '' if none.

        连续8年 with 2025 gives 2018/2025, 连续9个月 with 2025-11 gives 2025-03/2025-11.
        """
        if match := self._steady_years.search(text):
            return f"{int(end[:4]) - self._count(match) + 1}/{end[:4]}"
        if (match := self._steady_months.search(text)) and len(end) == len("2025-11"):
            first = int(end[:4]) * 12 + int(end[5:]) - self._count(match)
            return f"{first // 12:04d}-{first % 12 + 1:02d}/{end}"
        return ""

    def _count(self, match: regex.Match[str]) -> int:
        return self._number(match["n"])

    def _attributive(self, match: regex.Match[str]) -> bool:
        groups = match.groupdict()
        if any(groups.get(name) for name in ("year2", "month2", "day2")):
            return False
        before, after = match.string[: match.start()], match.string[match.end() :]
        if groups.get("month") and self._from_on.search(after):
            return False
        return bool(self._attributive_before.search(before) or self._attributive_after.search(after))

    def _period(self, rule: TimeRule, match: regex.Match[str], reference: Reference) -> str:
        key = (rule.id, reference, match.groups())
        period = self._periods.get(key)
        if period is None:
            period = remember(self._periods, key, self._resolve(rule, match, reference), _REMEMBERED)
        return period

    def _resolve(self, rule: TimeRule, match: regex.Match[str], reference: Reference) -> str:
        groups = {name: value for name, value in match.groupdict().items() if value}
        dated = groups.keys() & {"year", "plan", "plan_end"} and "{Y}" not in rule.period
        is_told = not reference.published or "year" in groups or "{year" not in rule.period
        reviewed = reference.year and is_told and not _of_publication.search(rule.period)
        if not (dated or reference.published or reviewed):
            return ""
        if "holiday" in groups:
            return self._holiday(groups, reference)
        fields = self._fields(groups, reference) | self._years(groups, reference)
        start, _, end = rule.period.format_map(fields).partition("/")
        period = f"{start}/{end}" if end and end != start else start
        return period if _is_possible(period) else ""

    def _holiday(self, groups: dict[str, str], reference: Reference) -> str:
        table = self._rules.holidays[groups["holiday"]]
        if "year" in groups:
            return table.get(self._year(groups["year"]), "")
        if "last" in groups:
            return table.get(reference.published - 1, "")
        period = table.get(reference.published, "")
        ahead = period[:7] > f"{reference.published:04d}-{reference.month:02d}"
        return table.get(reference.published - 1, "") if ahead and reference.month <= 3 else period

    def _years(self, groups: dict[str, str], reference: Reference) -> dict[str, str]:
        years = {"-1": "-1"}
        if number := groups.get("n") or groups.get("n2"):
            back = self._number(number)
            early = reference.month <= _EARLY and reference.year == reference.published
            last = reference.year - early
            years["back"] = f"{last - back + 1}/{last}"
        if "ago" in groups:
            years["ago"] = str(reference.year - self._number(groups["ago"]))
        if plan := groups.get("plan") or groups.get("plan_end"):
            years["plan"] = self.plan(plan)
            years["plan_end"] = years["plan"][-4:]
        return years

    def _fields(self, groups: dict[str, str], reference: Reference) -> dict[str, str]:
        first, last = self._months(groups)
        quarter = self._quarter(groups.get("quarter", ""))
        month = last or first or 3 * quarter
        year = self._year(groups["year"]) if "year" in groups else self._year_of(groups, month, reference)
        winter = reference.published - ("last" in groups or reference.month <= _SPRING_ENDS)
        quarter_end = self._quarter(groups.get("quarter_end", ""))
        return {
            "year": str(year),
            "year2": str(self._second_year(groups, year, first, last, reference)),
            "month": f"{first:02d}",
            "month2": f"{last or first:02d}",
            "day": f"{self._number(groups.get('day', '0')):02d}",
            "day2": f"{self._number(groups.get('day2', '0')):02d}",
            "quarter": str(quarter) if quarter else "",
            "quarter_end": f"{3 * quarter_end:02d}",
            "Y": str(reference.year),
            "Y-1": str(reference.year - 1),
            "P": str(reference.published),
            "P-1": str(reference.published - 1),
            "P-2": str(reference.published - 2),
            "P+1": str(reference.published + 1),
            "M": f"{reference.month:02d}",
            "D": f"{reference.day:02d}",
            "recent": self._recent(groups, reference),
            "near_day": _near_day(groups, reference),
            "bare_day": self._bare_day(groups, reference),
            "month_day": self._month_day(groups, reference),
            "winter": str(winter),
            "spring": str(winter + 1),
        }

    def _number(self, text: str) -> int:
        return int(text) if text.isdecimal() else int(self._grammar.value(text)[0])

    def _quarter(self, text: str) -> int:
        return 1 if text == "首" else self._number(text or "0")

    @staticmethod
    def _year(text: str) -> int:
        """Return a year of four digits, of two (24年) or in Chinese ones (二〇二四年)."""
        year = int(text.translate(_DIGITS))
        return year if year > 99 else 2000 + year

    @staticmethod
    def _second_year(groups: dict[str, str], year: int, first: int, last: int, reference: Reference) -> int:
        """Return the year in which a range ends: the next where its month lies before the first."""
        if "year2" in groups:
            return int(groups["year2"])
        if "this2" in groups:
            return reference.published
        if "last2" in groups:
            return reference.published - 1
        return year + ("next2" in groups or bool(last and last < first))

    def _recent(self, groups: dict[str, str], reference: Reference) -> str:
        """Return a quarter or months counted back from the month of publication."""
        this = reference.published * 12 + reference.month - 1
        if "months_back" in groups:
            return f"{_month(this - self._number(groups['months_back']) + 1)}/{_month(this)}"
        if "last_month" in groups:
            return _month(this - 1)
        quarter = this // 3 - ("last_quarter" in groups)
        return f"{quarter // 4}-Q{quarter % 4 + 1}"

    def _bare_day(self, groups: dict[str, str], reference: Reference) -> str:
        """Return the day of a number alone: in the month of publication, or the last before that had it by then."""
        day = self._number(groups.get("bare_day", "0"))
        this = reference.published * 12 + reference.month - 1
        month = this - (day > (reference.day or day))
        while reference.month and 0 < day <= _LONGEST_MONTH and day > monthrange(month // 12, month % 12 + 1)[1]:
            month -= 1
        return f"{_month(month)}-{day:02d}"

    def _month_day(self, groups: dict[str, str], reference: Reference) -> str:
        """Return a day of the month of publication, of the one before or of the next."""
        this = reference.published * 12 + reference.month - 1
        month = this + ("next_month" in groups) - ("last_month" in groups)
        return f"{_month(month)}-{self._number(groups.get('day', '0')):02d}"

    def _months(self, groups: dict[str, str]) -> tuple[int, int]:
        if "quarters" in groups:
            return 1, 3 * self._quarter(groups["quarters"])
        if "last_n" in groups:
            return _MONTHS + 1 - self._number(groups["last_n"]), _MONTHS
        if "half" in groups:
            return (1, 6) if groups["half"] == "上" else (7, 12)
        if "n" in groups:
            return 1, self._number(groups["n"])
        return self._number(groups.get("month", "0")), self._number(groups.get("month2", "0"))

    @staticmethod
    def _year_of(groups: dict[str, str], month: int, reference: Reference) -> int:
        """The year of a time that has none, by that of publication, else by that which the text reports on."""
        year = reference.published or reference.year
        if "last" in groups or "before_last" in groups:
            return year - 1 - ("before_last" in groups)
        if "next" in groups:
            return year + 1
        return year - 1 if reference.published and month > reference.month and reference.month <= 3 else year


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    """Return a pattern with its `<<name>>` filled, those inside the parts too."""
    while match := _slot.search(pattern):
        pattern = pattern.replace(match[0], parts[match["name"]])
    return pattern


def _near_day(groups: dict[str, str], reference: Reference) -> str:
    """Return today, yesterday or the like, counted from the day of publication, '' if that is not known."""
    step = next((days for name, days in _STEPS.items() if name in groups), None)
    if step is None or not reference.day:
        return ""
    return (date(reference.published, reference.month, reference.day) + timedelta(step)).isoformat()


def _month(count: int) -> str:
    """Return the month of which so many have gone by since the year 0."""
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def _is_possible(period: str) -> bool:
    """Whether a period is no impossible date (02-29 of a common year) and none that ends before it begins."""
    if period == "-1":
        return True
    start, mark, end = period.partition("/")
    if not _is_date(start):
        return False
    return not mark or (_is_date(end) and start[: len(end)] <= end[: len(start)])


def _is_date(text: str) -> bool:
    year, month, day = ([*text.split("-"), "", ""])[:3]
    if not (len(year) == _YEAR_LENGTH and year.isdecimal() and int(year)):
        return False
    if not month or (month[0] == "Q" and not day):
        return True
    if not (month.isdecimal() and 1 <= int(month) <= _MONTHS):
        return False
    return not day or 1 <= int(day) <= monthrange(int(year), int(month))[1]
