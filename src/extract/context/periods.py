"""Gives each quantity the period it refers to: from its clause, its sentence, its passage or its article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from extract.matching.guarded import GuardedPattern
from extract.matching.patterns import compiled
from extract.mentions.times import Reference, TimeFinder, TimeMention
from extract.model.clause import Clause
from extract.model.document import Article, Spans
from extract.model.quantity import Quantity
from extract.model.record import Kind
from extract.model.relation import Relation
from extract.model.sentence import Sentence
from extract.rulebook.schema import TimeRules

_HEAD: Final = 14
"""Headlines, bylines and page furniture stand within so many sentences of an article's start."""

_OPENING: Final = 8
"""A look back that begins within so many characters of a sentence's start stands behind the sentences that follow."""


_year: Final = regex.compile("(?<![0-9])(?P<y>[0-9]{4})")
_semicolon: Final = regex.compile("[；;]")
_whole_year: Final = regex.compile("[0-9]{4}")
_COUNTED_BACK: Final = "{back}"
_since: Final = regex.compile("来|年内")
_NEW_YEAR: Final = (1, 2)
"""Months in which a figure of the whole year of publication can only be planned."""


class Setting:
    """A period that stands behind a figure, and whether it is a look back over several years.

    `spans` are where the words that tell it stand in the raw text.
    """

    __slots__ = ("lookback", "period", "spans")

    def __init__(self, period: str, lookback: bool, spans: Spans = ()) -> None:
        self.period = period
        self.lookback = lookback
        self.spans = spans


class PeriodPatterns:
    """The patterns of `rules/times.yaml` that settle periods, compiled once for all articles."""

    def __init__(self, rules: TimeRules) -> None:
        self.words = rules
        self.cues = compiled(rules.lookback_cues)
        self.yearly = compiled(rules.yearly_cues)
        self.arrivals = compiled(rules.arrivals)
        self.stock_nouns = compiled(rules.stock_nouns)
        self.growths = compiled(rules.growths)
        self.long_bases = compiled(rules.long_bases)
        self.own = compiled(rules.own_quantity)
        self.events = compiled(rules.event_words)
        self.intent = compiled(rules.intent_words)
        self.reports = GuardedPattern(rules.report_titles)
        self.plan_titles = compiled(rules.plan_titles)
        self.reviews = compiled(rules.review_titles)
        self.yearly_review = compiled(rules.yearly_review)


class PeriodTracker:
    """Follows the running time of one article, sentence by sentence."""

    def __init__(self, rules: PeriodPatterns, finder: TimeFinder, article: Article) -> None:
        self._rules = rules.words
        self._patterns = rules
        self._finder = finder
        self._mentions: dict[str, list[TimeMention]] = {}
        """The times of the sentences that were read, by their text."""
        self.reference = self._reference(article)
        self._published = f"{self.reference.published:04d}-{self.reference.month:02d}"
        self._untold = Setting(str(self.reference.year) if self.reference.year else "", False, article.published_at)
        self._default = self._article_default(article)
        self._blocks = self._block_settings(article)
        self._running: Setting | None = None
        self._planned: Setting | None = None
        self._section: Setting | None = None
        self._paragraph = self._block = -1
        self._day: Setting | None = None
        self._says_this_year = False
        self._named_years: Setting | None = None
        """The past years from one to another that were named last: what 三年间 counts, where they are three."""

    def _reference(self, article: Article) -> Reference:
        year, month = (int(part) for part in (article.published or "0-0").split("-")[:2])
        head = "\n".join([article.headline, *(s.text for s in article.sentences[:_HEAD])])
        head = head.replace(str(year - 1), "{Y-1}")
        reviews = (month in range(1, 4) and self._patterns.reviews.search(head)) or (
            month in range(1, 7) and self._patterns.yearly_review.search(head)
        )
        return Reference(year, month, year - 1 if reviews else year)

    def _article_default(self, article: Article) -> Setting:
        headings = [s for s in article.sentences[:3] if s.is_heading and not self._patterns.reports.search(s.text)]
        lead = [s for s in article.sentences if s.role == "text"][:2]
        for sentence in headings:
            title = self._patterns.plan_titles.search(sentence.text) if sentence.text in article.headline else None
            if title and self._has_run(plan := self._finder.plan(title["plan"])):
                return Setting(plan, True, (sentence.raw_span(*title.span()),))
        for place, sentence in enumerate([*headings, *lead]):
            is_heading = place < len(headings)
            reach = ("lead", "first") if place <= len(headings) else ("lead",)
            if is_heading and any(m.rule.narrows for m in self.mentions(sentence)):
                break
            mentions = [m for m in self.mentions(sentence) if m.period and m.rule.leads in reach and not m.attributive]
            if mentions and not mentions[0].rule.lookback and self._is_reported(mentions[0].period):
                return Setting(mentions[0].period, False, _spans(mentions[0], sentence))
        return self._untold

    def _has_run(self, plan: str) -> bool:
        """Tell whether the years of a plan are over, or the last of them has come, when the article was published."""
        start, _, end = plan.partition("/")
        return int(start) < int(end) <= self.reference.published <= int(end) + 1

    def _is_reported(self, period: str) -> bool:
        """Tell whether an article published when this one was can report on `period`."""
        reported = not self.reference.year or int(period[:4]) <= self.reference.year
        return reported and not self.is_future(period)

    def _block_settings(self, article: Article) -> dict[int, Setting]:
        if not any(self._patterns.reports.search(sentence.text) for sentence in article.sentences[:_HEAD]):
            return {}
        year = self.reference.year
        settings: dict[int, Setting] = {}
        for sentence in article.sentences:
            if sentence.block not in settings and (cue := self._patterns.cues.search(sentence.text)):
                settings[sentence.block] = Setting(f"{year - 4}/{year}", True, (sentence.raw_span(*cue.span()),))
        return settings

    def mentions(self, sentence: Sentence) -> list[TimeMention]:
        """Return the times of a sentence."""
        mentions = self._mentions.get(sentence.text)
        if mentions is None:
            mentions = self._mentions[sentence.text] = self._finder.find(sentence.text, self.reference)
        return mentions

    def enter(self, sentence: Sentence) -> Setting:
        """Return what stands behind `sentence` before its own words are read."""
        if sentence.paragraph != self._paragraph:
            goes_on = self._running and self._running.lookback and sentence.block == self._block
            self._running = self._running if goes_on else None
            self._paragraph, self._block = sentence.paragraph, sentence.block
        for mention in self.mentions(sentence):
            named = mention.rule.lookback and mention.rule.period != _COUNTED_BACK and _length(mention.period)
            if named and int(mention.period[-4:]) <= self.reference.published:
                self._named_years = Setting(mention.period, True, _spans(mention, sentence))
        return self._running or self._section or self._planned or self._blocks.get(sentence.block) or self._default

    def leave(self, sentence: Sentence, mentions: Sequence[TimeMention]) -> None:
        """Let the last main time of a sentence stand behind its paragraph, that of a heading behind its section."""
        main = [m for m in mentions if m.rule.runs and not m.attributive]
        if sentence.role == "cell":
            return
        if sentence.is_heading and sentence.paragraph > 0:
            self._section = self._setting(main[-1], self._default, sentence) if main else None
            return
        if main := [m for m in main if self._sets(m, sentence)]:
            first, last = main[0], main[-1]
            is_aside = "/" in first.period and "/" not in last.period and first.start < _OPENING
            is_aside = is_aside and bool(_semicolon.search(sentence.text, first.end, last.start))
            self._running = self._setting(first if is_aside else last, self._default, sentence)
            if self._default is self._untold and self._reports_on(first):
                self._default = self._setting(first, self._default, sentence)
        self._says_this_year |= any(m.rule.narrows for m in mentions)
        self._day = self._event_day(mentions, sentence)

    def _reports_on(self, mention: TimeMention) -> bool:
        """Tell whether the article goes on about the year that opens a sentence, where its head named no time."""
        opens = mention.start == 0 and bool(_whole_year.fullmatch(mention.period)) and not self._says_this_year
        return opens and self._is_reported(mention.period)

    def _sets(self, mention: TimeMention, sentence: Sentence) -> bool:
        """Tell whether a time stands behind the next sentences too.

        The last year of a passage that looks back never does, a look back only if it opens its sentence.
        """
        if not self._crosses(mention):
            return False
        block = self._blocks.get(sentence.block)
        if block and mention.period == block.period[-4:]:
            return False
        behind = self._running or self._default
        is_last_year = behind.lookback and mention.period == behind.period[-4:]
        return mention.start < _OPENING or not (mention.rule.lookback or is_last_year)

    def _crosses(self, mention: TimeMention) -> bool:
        """Tell whether a time reaches over a semicolon: not one to come that is only said by the way."""
        by_the_way = self.is_future(mention.period) and mention.start >= _OPENING
        return mention.rule.runs and not by_the_way

    @staticmethod
    def _event_day(mentions: Sequence[TimeMention], sentence: Sentence) -> Setting | None:
        days = (Setting(m.period, False, _spans(m, sentence)) for m in mentions if m.rule.is_event and m.period)
        return next(days, None)

    def _setting(self, mention: TimeMention, behind: Setting, sentence: Sentence) -> Setting:
        """Return the setting of a mention in `sentence`; `behind` is what it is relative to."""
        spans = _spans(mention, sentence)
        if not mention.period:
            return self._default if mention.rule.narrows else Setting("", False)
        if mention.period == "-1":
            period = _year.sub(lambda m: str(int(m["y"]) - 1), behind.period)
            return Setting(period, False, (*spans, *behind.spans))
        if mention.rule.narrows and self._default.period.startswith(f"{mention.period}-"):
            return self._default
        named = self._named_years if mention.rule.runs and mention.rule.period == _COUNTED_BACK else None
        if named and _length(named.period) == _length(mention.period):
            return Setting(named.period, True, (*spans, *named.spans))
        return Setting(mention.period, mention.rule.lookback, spans)

    def is_future(self, period: str) -> bool:
        """Tell whether `period` begins after the month of publication."""
        start = period[:7].partition("/")[0]
        return bool(self.reference.published and start and "Q" not in start) and start > self._published[: len(start)]

    def is_over(self, period: str) -> bool:
        """Tell whether `period` ends before the year of publication."""
        end = period.rpartition("/")[2][:4]
        return bool(self.reference.published and end) and int(end) < self.reference.published

    def lies_ahead(self, setting: Setting, raw: str) -> bool:
        """Tell whether a setting is the year of publication, named by the text `raw` when it had only begun.

        今年改造60个 of a release of January is a plan, 今年以来改造60个 is none.
        """
        is_young = self.reference.month in _NEW_YEAR and setting.period == str(self.reference.published)
        named = is_young and setting is not self._default and setting is not self._planned
        return named and not any(_since.search(raw[start:end]) for start, end in setting.spans)

    def plan(self, sentence: Sentence, cue: tuple[int, int]) -> None:
        """Let the coming year, or the one that `sentence` names, stand behind the rest of the article.

        Targets follow what stands at `cue`, of these offsets in the sentence.
        """
        early = self.reference.month <= 3
        years = (m.period for m in self.mentions(sentence) if _whole_year.fullmatch(m.period))
        named = next((year for year in years if int(year) >= self.reference.published), "")
        year = str(self.reference.published + (not early)) if self.reference.published else ""
        self._planned = Setting(named or year, False, (sentence.raw_span(*cue),))
        self._running = None

    def choose(
        self,
        mentions: Sequence[TimeMention],
        clause: Clause,
        quantity: Quantity,
        relation: Relation,
        sentence: Sentence,
        behind: Setting,
    ) -> Setting:
        """Return the setting of a quantity: its own time, one of its clause, of its sentence, or what stands behind.

        A value before a change takes its own time only, or none. `mentions` are the times of the sentence,
        `behind` is the setting that the sentence was entered with.
        """
        text = sentence.text
        day = self._event_day(mentions, sentence) or self._day
        if day and self._patterns.events.search(text[clause.start : clause.end]):
            return day
        for mention in mentions:
            own = mention.attributive and mention.end <= quantity.outer_start
            near = own and self._patterns.own.fullmatch(text, mention.end, quantity.outer_start)
            if near and text[mention.start : mention.end] not in relation.base.text:
                before = [m for m in mentions if not m.attributive and m.end <= mention.start]
                context = self._setting(before[-1], behind, sentence) if before else behind
                return self._setting(mention, context, sentence)
        if relation.is_before_value:
            return Setting("", False)
        main = [
            m
            for m in mentions
            if not m.attributive
            and m.start < quantity.start
            and (not m.rule.own_clause or m.start >= clause.start or m.start < _OPENING)
            and (self._crosses(m) or not _semicolon.search(text, m.end, quantity.start))
        ]
        inside = [m for m in main if m.start >= clause.start]
        ahead = [
            m
            for m in mentions
            if quantity.end <= m.start < clause.end and self._patterns.intent.search(text[quantity.end : m.start])
        ]
        nearest = inside or ahead or main
        return self._setting(nearest[-1], behind, sentence) if nearest else behind

    def settle(self, setting: Setting, kind: Kind, relation: Relation, context: str) -> str:
        """Return the ISO period of a figure: in a look back, a stock stands at the end of the interval.

        `context` is the text of the clause up to the figure.
        """
        start, _, end = setting.period.partition("/")
        if _is_plain(end or start) and (steady := self._finder.steady(context, end or start)):
            return steady
        if not (setting.lookback and end):
            return setting.period
        lasts = any(verb in context for verb in self._rules.lasting_verbs)
        verb = relation.predicate.text
        if kind == "rank":
            is_held = verb in self._rules.standings and not self._patterns.growths.search(relation.object.text)
            return end if is_held or verb in self._rules.rises else setting.period
        if lasts or self._patterns.yearly.search(context):
            return setting.period
        if kind == "change":
            return end if relation.base and not self._patterns.long_bases.search(relation.base.text) else setting.period
        if kind == "share":
            return end
        flows = verb in self._rules.flow_verbs or any(word in context for word in self._rules.flow_verbs)
        begins = any(verb.startswith(word) for word in self._rules.stock_verbs if len(word) > 1)
        reached = begins or verb in self._rules.stock_verbs or self._patterns.arrivals.search(context)
        is_stock = reached or self._patterns.stock_nouns.search(relation.object.text)
        return end if is_stock and not flows else setting.period


def _is_plain(period: str) -> bool:
    """Tell whether a period is a year or a month."""
    year, mark, month = period[:4], period[4:5], period[5:]
    has_month = mark == "-" and len(month) == 2 and month.isdigit()
    return len(year) == 4 and year.isdigit() and (not mark or has_month) and period.isascii()


def _length(period: str) -> int:
    """Return how many years an interval of whole years has, 0 if it is none."""
    start, _, end = period.partition("/")
    return int(end) - int(start) + 1 if len(start) == len(end) == 4 else 0


def _spans(mention: TimeMention, sentence: Sentence) -> Spans:
    return (sentence.raw_span(mention.start, mention.end),)
