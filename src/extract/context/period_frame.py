"""What time an article speaks of, settled once: when it came out, the year and the period that it reports on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import regex

from extract.matching.guarded import GuardedPattern
from extract.matching.patterns import compiled
from extract.mentions.times import Reference, TimeFinder, TimeMention
from extract.model.document import Article, Spans
from extract.model.sentence import Sentence
from extract.rulebook.schema import TimeRules

_LEAD: Final = 4
"""The headline and so many sentences less one say what a text is about."""
_HEAD: Final = 14
"""Headlines, bylines and page furniture stand within so many sentences of an article's start."""
_LATE: Final = 2
"""An article reports on no year that ended longer before it."""
_QUARTER: Final = 3
"""So many months are a part of a year that figures are summed up for."""
_NEAR: Final = 2
"""What an article of events tells of happened no more than so many months before."""
_TELLING: Final = 24
"""What tells that a day is the one on which something was told stands within so many characters behind it."""
_FEW_DAYS: Final = 20
_figure: Final = regex.compile("[0-9][0-9.,]*(?:万|亿|余|多)?(?![0-9.,:：时点日月年级号届])[一-龥%％]")
whole_year: Final = regex.compile("[0-9]{4}")


class Period:
    """A period that stands behind a figure, whether it is a look back over several years, and the rule that told it.

    `spans` are where the words that tell it stand in the raw text.
    """

    __slots__ = ("lookback", "period", "rule", "spans")

    def __init__(self, period: str, lookback: bool, spans: Spans = (), rule: str = "") -> None:
        self.period = period
        self.lookback = lookback
        self.spans = spans
        self.rule = rule


class PeriodPatterns:
    """The patterns of `rules/times.yaml` that settle periods, compiled once for all articles."""

    def __init__(self, rules: TimeRules) -> None:
        self.words = rules
        self.cues = compiled(rules.lookback_cues)
        self.yearly = compiled(rules.yearly_cues)
        self.arrivals = compiled(rules.arrivals)
        self.stock_nouns = compiled(rules.stock_nouns)
        self.added = compiled(rules.added)
        self.standing = compiled(rules.standing_nouns)
        self.growths = compiled(rules.growths)
        self.long_bases = compiled(rules.long_bases)
        self.own = compiled(rules.own_quantity)
        self.events = compiled(rules.event_words)
        self.event_openings = compiled(rules.event_openings)
        self.intent = compiled(rules.intent_words)
        self.run_in_heading = compiled(rules.run_in_heading)
        self.telling = compiled(rules.telling)
        self.heard = compiled(rules.heard)
        self.fresh_starts = compiled(rules.fresh_starts)
        self.month_on_month = compiled(rules.month_on_month)
        self.reports = GuardedPattern(rules.report_titles)
        self.plan_titles = compiled(rules.plan_titles)
        self.reviews = compiled(rules.review_titles)
        self.year_plans = compiled(rules.year_plans)
        self.yearly_review = compiled(rules.yearly_review)


class PeriodFrame:
    """When an article came out and what period it reports on, the same for all its sentences."""

    def __init__(
        self, patterns: PeriodPatterns, finder: TimeFinder, article: Article, items: Sequence[Sequence[Sentence]] = ()
    ) -> None:
        self._patterns = patterns
        self._finder = finder
        self._mentions: dict[str, list[TimeMention]] = {}
        """The times of the sentences that were read, by their text."""
        self.reference = self._reference(article)
        self._published = article.published[: len("2025-01")]
        self._published_on = article.published
        year = str(self.reference.year) if self.reference.year else ""
        self.untold = Period(year, False, article.published_at, "period.published")
        self.now = year
        """What 目前 stands for."""
        self.is_of_days = self._is_of_days(article)
        """Whether it tells of what happened on some days, and names no part of its year longer than a month."""
        if self.is_of_days:
            self.now = self._published
            self.untold = self.month_of(self._first_day(article)) or self.untold
        self.default = self._article_default(article)
        if not self.reference.published and _is_of_one_year(self.default.period):
            self.reference = Reference(0, 0, int(self.default.period[:4]))
            self._mentions.clear()
        self.blocks = self._block_settings(article)
        self.items = {item[0].raw_start: self._reported([], item[:2]) or self.untold for item in items}
        """What each item of several pieces of news reports on, by where it begins in the raw text."""

    def _reference(self, article: Article) -> Reference:
        year, month, day = (int(part) for part in (article.published or "0-0-0").split("-"))
        lines = [article.headline, *(s.text for s in article.sentences[:_HEAD])]
        lines = [line.replace(str(year - 1), "{Y-1}").replace(str(year), "{Y}") for line in lines]
        head = "\n".join(lines)
        reviews = (month in range(1, 4) and self._patterns.reviews.search(head)) or (
            month in range(1, 7) and self._patterns.yearly_review.search(head)
        )
        is_review = bool(reviews) and not self._patterns.year_plans.search("\n".join(lines[:_LEAD]))
        return Reference(year, month, year - 1 if is_review else year, day)

    def _article_default(self, article: Article) -> Period:
        headings = [s for s in article.sentences[:3] if s.is_heading and not self._patterns.reports.search(s.text)]
        lead = [s for s in article.sentences if s.role == "text"][:2]
        for sentence in headings:
            title = self._patterns.plan_titles.search(sentence.text) if sentence.text in article.headline else None
            if title and self._has_run(plan := self._finder.plan(title["plan"])):
                return Period(plan, True, (sentence.raw_span(*title.span()),), "period.plan-title")
        return self._reported(headings, lead) or self.untold

    def _reported(self, headings: Sequence[Sentence], lead: Sequence[Sentence]) -> Period | None:
        """The period that headings and lead name first as what is reported on."""
        for place, sentence in enumerate([*headings, *lead]):
            is_heading = place < len(headings)
            reach = ("lead", "first") if place <= len(headings) else ("lead",)
            if is_heading and any(m.rule.narrows for m in self.mentions(sentence)):
                break
            told = (m for m in self.mentions(sentence) if m.period and m.rule.leads in reach and not m.attributive)
            mentions = [m for m in told if not _is_of_days(m.period) or _figure.search(sentence.text, m.end)]
            if mentions and not mentions[0].rule.lookback and self.is_reported(mentions[0].period):
                return Period(mentions[0].period, False, mention_spans(mentions[0], sentence), "period.reported")
        return None

    def _spans_year(self, sentence: Sentence) -> bool:
        """Whether a sentence names the year of publication, or a part of it or a range with it that is longer."""
        named = (m for m in self.mentions(sentence) if m.period[:4].isdecimal())
        spans = (m.period for m in named if not m.rule.is_now and not m.rule.lookback)
        return any(_months(period) >= _QUARTER and _touches(period, self.reference.published) for period in spans)

    def _is_of_days(self, article: Article) -> bool:
        is_review = self.reference.year != self.reference.published
        if not self._published or is_review or self.month_of(self._first_day(article)) is None:
            return False
        return not any(self._spans_year(sentence) for sentence in article.sentences)

    def _first_day(self, article: Article) -> Period | None:
        return next((day for day in map(self.day_of_event, article.sentences) if day), None)

    def day(self, sentence: Sentence) -> Period | None:
        """The first day that a sentence names on which something took place, if only a conference."""
        days = (m for m in self.mentions(sentence) if m.rule.is_event and m.period)
        day = next((m for m in days if not self._patterns.heard.match(sentence.text[m.end :])), None)
        return Period(day.period, False, mention_spans(day, sentence), day.rule.id) if day else None

    def day_of_event(self, sentence: Sentence) -> Period | None:
        """The first day that a sentence names on which something took place, and was not only told."""
        days = (m for m in self.mentions(sentence) if m.rule.is_event and m.period)
        text = sentence.text
        day = next((m for m in days if not self._patterns.telling.match(text[m.end : m.end + _TELLING])), None)
        return Period(day.period, False, mention_spans(day, sentence), day.rule.id) if day else None

    def month_of(self, day: Period | None) -> Period | None:
        """The month of a day that lies near to that of publication, None else: in it what was told of it happened."""
        if day is None or not self._published or not 0 <= self._back(day.period) <= _NEAR:
            return None
        return Period(day.period[: len("2025-01")], False, day.spans, "period.month-of-event")

    def _back(self, period: str) -> int:
        """How many months before that of publication a period begins."""
        reference = self.reference
        return (reference.published - int(period[:4])) * 12 + reference.month - int(period[5:7])

    def _has_run(self, plan: str) -> bool:
        """Whether the years of a plan are over, or the last of them has come, when the article was published."""
        start, _, end = plan.partition("/")
        return int(start) < int(end) <= self.reference.published <= int(end) + 1

    def is_reported(self, period: str) -> bool:
        """Whether an article published when this one was can report on `period`."""
        year = self.reference.year
        reported = not year or year - _LATE <= int(period[:4]) <= year
        end = period.rpartition("/")[2]
        is_part = len(end) > len("2025") and "Q" not in end
        ended = not (is_part and self.reference.published) or end[: len(self._published)] <= self._published
        return reported and ended and not self.is_future(period)

    def _block_settings(self, article: Article) -> dict[int, Period]:
        year = self.reference.year
        reports = (self._patterns.reports.search(sentence.text) for sentence in article.sentences[:_HEAD])
        if not year or not any(reports):
            return {}
        settings: dict[int, Period] = {}
        for sentence in article.sentences:
            if sentence.block not in settings and (cue := self._patterns.cues.search(sentence.text)):
                settings[sentence.block] = Period(
                    f"{year - 4}/{year}", True, (sentence.raw_span(*cue.span()),), "period.look-back"
                )
        return settings

    def mentions(self, sentence: Sentence) -> list[TimeMention]:
        """Return the times of a sentence."""
        mentions = self._mentions.get(sentence.text)
        if mentions is None:
            mentions = self._mentions[sentence.text] = self._finder.find(sentence.text, self.reference)
        return mentions

    def is_future(self, period: str) -> bool:
        """Whether `period` begins after the month of publication."""
        start = period[:7].partition("/")[0]
        return bool(self.reference.published and start and "Q" not in start) and start > self._published[: len(start)]

    def is_over(self, period: str) -> bool:
        """Whether `period` ends before the year of publication."""
        end = period.rpartition("/")[2][:4]
        return bool(self.reference.published and end) and int(end) < self.reference.published

    def lies_ahead(self, period: str) -> bool:
        """Whether a day or month comes after the day of publication."""
        is_exact = len(period) >= len("2025-01") and "/" not in period
        return is_exact and bool(self._published_on) and period > self._published_on[: len(period)]

    def has_ended(self, period: str) -> bool:
        """Whether a period ended before the month of publication."""
        end = period.rpartition("/")[2]
        return bool(end and self.reference.published) and "Q" not in end and end[:7] < self._published[: len(end)]


def mention_spans(mention: TimeMention, sentence: Sentence) -> Spans:
    """Where a time stands in the raw text."""
    return (sentence.raw_span(mention.start, mention.end),)


def _months(period: str) -> int:
    """How many months a period has that is longer than one, 1 for one or less."""
    start, _, end = period.partition("/")
    if "Q" in period:
        return _QUARTER
    if len(start) == len("2025"):
        return 12 * (int((end or start)[:4]) - int(start) + 1)
    if not end or len(start) > len("2025-01") or len(end) < len("2025-01"):
        return 1
    return 12 * (int(end[:4]) - int(start[:4])) + int(end[5:7]) - int(start[5:7]) + 1


def _is_of_days(period: str) -> bool:
    """Whether a period is a run of a few days. It is reported on only where a figure is told of it."""
    start, _, end = period.partition("/")
    if len(start) != len("2025-01-01") or len(end) != len(start):
        return False
    return date.fromisoformat(end) - date.fromisoformat(start) < timedelta(_FEW_DAYS)


def _is_of_one_year(period: str) -> bool:
    start, mark, end = period.partition("/")
    return bool(start) and (not mark or end[:4] == start[:4])


def _touches(period: str, year: int) -> bool:
    """Whether a period has a part in a year."""
    start, _, end = period.partition("/")
    return int(start[:4]) <= year <= int((end or start)[:4])
