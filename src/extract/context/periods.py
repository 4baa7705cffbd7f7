"""Gives each figure its period and its status: from its clause, its sentence, its passage or its article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from extract.context.period_frame import Period, PeriodFrame, PeriodPatterns, mention_spans, whole_year
from extract.mentions.cues import Cue, StatusFinder
from extract.mentions.times import TimeFinder, TimeMention
from extract.model.clause import Clause
from extract.model.document import Spans
from extract.model.quantity import Quantity
from extract.model.record import Kind, Status
from extract.model.relation import Relation
from extract.model.sentence import Sentence

_OPENING: Final = 8
"""A look back that begins within so many characters of a sentence's start stands behind the sentences that follow."""
_OLD: Final = 2000
"""A year before this, named by the way, says nothing of the sentences that follow."""
_year: Final = regex.compile("(?<![0-9])(?P<y>[0-9]{4})")
_joint: Final = regex.compile("[、和与及]")
_respective: Final = regex.compile("分别")
_part_end: Final = regex.compile("[，,；;。]")
_semicolon: Final = regex.compile("[；;]")
_MONTH_END: Final = "time.month-end"
_COUNTED_BACK: Final = "{back}"
_since: Final = regex.compile("来|年内")
_CLAUSE_ENDS: Final = "，,、：:。；;）) "
_NEW_YEAR: Final = (1, 2)
"""Months in which a figure of the whole year of publication can only be planned."""


class Setting:
    """When and whether: the period and status of a figure, where the period is told, and the rules that told both."""

    __slots__ = ("period", "rules", "spans", "status")

    def __init__(self, period: str, status: Status, spans: Spans, rules: tuple[str, ...]) -> None:
        self.period = period
        self.status = status
        self.spans = spans
        self.rules = rules


class Reading:
    """A sentence as the stages before read it: its times, its cues, where its figures begin, and what stood before it.

    `behind` is the period that stands behind it before its own words are read, `section` the cue of a passage of
    targets that it stands in.
    """

    __slots__ = ("behind", "cues", "is_report", "section", "sentence", "starts", "times")

    def __init__(
        self, sentence: Sentence, times: Sequence[TimeMention], cues: Sequence[Cue], behind: Period, section: Cue | None
    ) -> None:
        self.sentence = sentence
        self.times = times
        self.cues = cues
        self.behind = behind
        self.section = section
        self.starts: list[int] = []
        self.is_report = any(cue.rule.reach == "reset" for cue in cues)
        """Whether it says that something is done (已, 截至, 同比)."""


class PeriodTracker:
    """Follows the running time of one article, sentence by sentence.

    A sentence is entered, its figures are settled, and it is left, in this order.
    """

    def __init__(
        self, frame: PeriodFrame, patterns: PeriodPatterns, finder: TimeFinder, status: StatusFinder, raw: str
    ) -> None:
        self._frame = frame
        self._rules = patterns.words
        self._patterns = patterns
        self._finder = finder
        self._status = status
        self._raw = raw
        self._default = frame.default
        self._running: Period | None = None
        self._planned: Period | None = None
        self._heading: Period | None = None
        self._section: Cue | None = None
        self._paragraph = self._block = -1
        self._day: Period | None = None
        """The day that the sentence before names."""
        self._event: Period | None = None
        """The day on which what was told last took place."""
        self._says_this_year = False
        self._named_years: Period | None = None
        """The past years from one to another that were named last: what 三年间 counts, where they are three."""

    @property
    def frame(self) -> PeriodFrame:
        """What of time was settled once for the article."""
        return self._frame

    def mentions(self, sentence: Sentence) -> Sequence[TimeMention]:
        """The times that a sentence names."""
        return self._frame.mentions(sentence)

    def enter(self, sentence: Sentence) -> Reading:
        """Come to `sentence`, which may open a section of targets: return what the stages so far know of it."""
        times = self._frame.mentions(sentence)
        if self._frame.items and (told := self._frame.items.get(sentence.raw_span(0, 1)[0])):
            self._default, self._running = told, None
        cues = [cue for cue in self._status.cues(sentence.text) if self._holds(cue, times)]
        is_heading = sentence.is_heading and sentence.paragraph > 0
        is_heading = is_heading or bool(self._patterns.run_in_heading.match(sentence.text))
        if cue := self._status.opens_section(cues, is_heading):
            self._section = cue
            self._plan(sentence, cue, times)
        return Reading(sentence, times, cues, self._behind(sentence, times), self._section)

    def _holds(self, cue: Cue, times: Sequence[TimeMention]) -> bool:
        """Whether a cue says something: one of what comes into force (`dated`) with a day that lies ahead alone."""
        return not cue.rule.dated or any(self._frame.lies_ahead(m.period) for m in times if m.start < cue.end)

    def _behind(self, sentence: Sentence, times: Sequence[TimeMention]) -> Period:
        """The period that stands behind `sentence` before its own words are read."""
        if sentence.paragraph != self._paragraph:
            goes_on = self._running and self._running.lookback and sentence.block == self._block
            self._running = self._running if goes_on else None
            self._paragraph, self._block = sentence.paragraph, sentence.block
        if self._running and self._ends_before(sentence.text, self._running.period):
            self._running = None
        for mention in times:
            named = mention.rule.lookback and mention.rule.period != _COUNTED_BACK and _length(mention.period)
            if named and int(mention.period[-4:]) <= self._frame.reference.published:
                self._named_years = self._told(mention, mention.period, True, sentence)
        block = self._frame.blocks.get(sentence.block)
        is_of_days = self._frame.is_of_days and self._default is self._frame.untold
        day = self._frame.month_of(self._event) if is_of_days else None
        return self._running or self._heading or self._planned or block or day or self._default

    def _ends_before(self, text: str, period: str) -> bool:
        """Whether a year gone by or to come no longer stands behind a sentence that starts afresh (据悉, 目前)."""
        is_now = period[:4] == str(self._frame.reference.published) and not self._frame.is_future(period)
        year = str(self._frame.reference.year)
        return not is_now and period[:4] != year and bool(self._patterns.fresh_starts.match(text))

    def leave(self, reading: Reading) -> None:
        """Let the last main time of a sentence stand behind its paragraph, that of a heading behind its section."""
        sentence, mentions = reading.sentence, reading.times
        main = [m for m in mentions if m.rule.runs and not m.attributive and (m.period or m.rule.narrows)]
        if sentence.role == "cell":
            return
        if sentence.is_heading and sentence.paragraph > 0:
            self._heading = self._period(main[-1], self._default, sentence) if main else None
            return
        if main := [m for m in main if self._sets(m, sentence) and not self._is_compared_aside(m, sentence)]:
            first, last = main[0], main[-1]
            is_aside = "/" in first.period and "/" not in last.period and first.start < _OPENING
            is_aside = is_aside and bool(_semicolon.search(sentence.text, first.end, last.start))
            self._running = self._period(first if is_aside else last, self._default, sentence)
            if self._default is self._frame.untold and self._reports_on(first):
                self._default = self._period(first, self._default, sentence)
        self._says_this_year |= any(m.rule.narrows for m in mentions)
        self._day = self._frame.day(sentence)
        self._event = self._frame.day_of_event(sentence) or self._event

    def _is_compared_aside(self, mention: TimeMention, sentence: Sentence) -> bool:
        """Whether a month of the period that is reported on is told by the way, beside the month before: 6月环比."""
        start, _, end = self._default.period.partition("/")
        inside = _is_month(mention.period) and end and start[:7] <= mention.period <= end[:7] and "Q" not in start
        return bool(inside) and self._patterns.month_on_month.search(sentence.text) is not None

    def _reports_on(self, mention: TimeMention) -> bool:
        """Whether the article goes on about the year that opens a sentence, where its head named no time."""
        opens = mention.start == 0 and bool(whole_year.fullmatch(mention.period)) and not self._says_this_year
        return opens and self._frame.is_reported(mention.period)

    def _sets(self, mention: TimeMention, sentence: Sentence) -> bool:
        """Whether a time stands behind the next sentences too.

        The last year of a passage that looks back never does, a look back only if it opens its sentence.
        """
        if not self._crosses(mention):
            return False
        block = self._frame.blocks.get(sentence.block)
        if block and mention.period == block.period[-4:]:
            return False
        behind = self._running or self._default
        is_last_year = behind.lookback and mention.period == behind.period[-4:]
        if mention.period[:4].isdecimal() and int(mention.period[:4]) < _OLD and mention.start >= _OPENING:
            return False
        is_past = self._frame.is_over(mention.period) and not self._frame.is_over(behind.period)
        if is_past and mention.phrase_start and sentence.text[mention.phrase_start - 1] not in _CLAUSE_ENDS:
            return False
        return mention.start < _OPENING or not (mention.rule.lookback or is_last_year)

    def _reaches(self, mention: TimeMention, mentions: Sequence[TimeMention], between: str) -> bool:
        """Whether a time reaches over the semicolons that stand between it and a figure.

        One that opens the sentence does; 今年以来 only if none does.
        """
        if mention.phrase_start == 0 or not _semicolon.search(between):
            return True
        if mention.rule.narrows and mentions[0].phrase_start == 0 and mentions[0].period:
            return False
        return self._crosses(mention)

    def _crosses(self, mention: TimeMention) -> bool:
        """Whether a time reaches over a semicolon: not one to come, or a moment, that is only said by the way."""
        is_aside = mention.rule.is_point or self._frame.is_future(mention.period)
        return mention.rule.runs and not (is_aside and mention.start >= _OPENING)

    @staticmethod
    def _told(mention: TimeMention, period: str, lookback: bool, sentence: Sentence, more: Spans = ()) -> Period:
        return Period(period, lookback, (*mention_spans(mention, sentence), *more), mention.rule.id)

    def _period(self, mention: TimeMention, behind: Period, sentence: Sentence) -> Period:
        """The period of a mention in `sentence`; `behind` is what it is relative to."""
        if mention.rule.is_now and mention.period:
            return self._told(mention, self._frame.now, False, sentence)
        if not mention.period:
            return self._default if mention.rule.narrows else self._told(mention, "", False, sentence)
        if mention.rule.is_that_day:
            told = self._event or self._day
            near = told if told and self._frame.month_of(told) else None
            return self._told(mention, near.period if near else mention.period, False, sentence)
        if mention.rule.is_that_year and whole_year.fullmatch(self._default.period):
            return self._told(mention, self._default.period, False, sentence, self._default.spans)
        if mention.rule.is_that_month and _is_month(behind.period):
            return self._told(mention, behind.period, False, sentence, behind.spans)
        if mention.period == "-1":
            period = _year.sub(lambda m: str(int(m["y"]) - 1), behind.period)
            return self._told(mention, period, False, sentence, behind.spans)
        if mention.rule.narrows and self._default.period.startswith((f"{mention.period}-01/", f"{mention.period}-Q1")):
            return self._default
        named = self._named_years if mention.rule.runs and mention.rule.period == _COUNTED_BACK else None
        if named and _length(named.period) == _length(mention.period):
            return self._told(mention, named.period, True, sentence, named.spans)
        return self._told(mention, mention.period, mention.rule.lookback, sentence)

    def _plan(self, sentence: Sentence, cue: Cue, times: Sequence[TimeMention]) -> None:
        """Let the coming year, or the one that `sentence` names, stand behind the rest of the article."""
        published = self._frame.reference.published
        early = self._frame.reference.month <= 3
        years = (m.period for m in times if whole_year.fullmatch(m.period))
        named = next((year for year in years if int(year) >= published), "")
        if cue.rule.dated:
            named = next((m.period[:4] for m in times if self._frame.lies_ahead(m.period)), "")
        year = str(published + (not early)) if published else ""
        self._planned = Period(named or year, False, (sentence.raw_span(cue.start, cue.end),), cue.rule.id)
        self._running = None

    def settle(self, clause: Clause, quantity: Quantity, relation: Relation, kind: Kind, reading: Reading) -> Setting:
        """Return when and whether a figure is: its own words first, then its clause, sentence, passage and article.

        A plan whose time only its own sentence can tell (建成后) has none of those before; one that would lie in a
        period gone by is of the year of publication. A figure of a time to come is planned, whatever is said of it.
        """
        text, span = reading.sentence.text, (clause.start, clause.end)
        status, rule = self._status.status_at(reading.cues, span, text, reading.section, reading.starts)
        told = self._choose(clause, quantity, relation, reading)
        is_carried = told is reading.behind or told is self._default
        if status == "planned" and is_carried:
            if self._status.is_undated(reading.cues, span, text, reading.starts):
                told = Period("", False, (), rule)
            elif self._frame.has_ended(told.period) and not reading.section:
                told = Period(str(self._frame.reference.published), False, told.spans, "period.of-plan")
        period = self._stock_or_flow(told, kind, relation, text[clause.start : quantity.start])
        if self._frame.is_future(period) or (not reading.is_report and self._is_begun(told)):
            status = "planned"
        elif relation.is_before_value or (reading.section and self._frame.is_over(period)):
            status, rule = "actual", ""
        return Setting(period, status, told.spans, tuple(name for name in (told.rule, rule) if name))

    def _is_begun(self, told: Period) -> bool:
        """Whether a period is the year of publication, named by the text when it had only begun.

        今年改造60个 of a release of January is a plan, 今年以来改造60个 is none.
        """
        reference = self._frame.reference
        is_young = reference.month in _NEW_YEAR and told.period == str(reference.published)
        named = is_young and told is not self._default and told is not self._planned
        return named and not any(_since.search(self._raw[start:end]) for start, end in told.spans)

    def _choose(self, clause: Clause, quantity: Quantity, relation: Relation, reading: Reading) -> Period:
        """The period of a figure: its own time, one of its clause, of its sentence, or what stands behind.

        A value before a change takes its own time only, or none.
        """
        sentence, mentions, behind = reading.sentence, reading.times, reading.behind
        text = sentence.text
        day = self._frame.day(sentence) or self._day
        events, openings = self._patterns.events, self._patterns.event_openings
        if day and (events.search(text, clause.start, clause.end) or openings.match(text)):
            return day
        for mention in mentions:
            own = mention.attributive and mention.end <= quantity.outer_start
            near = own and self._patterns.own.fullmatch(text, mention.end, quantity.outer_start)
            if near and text[mention.start : mention.end] not in relation.base.text:
                before = _before(mention, mentions)
                context = self._period(before[-1], behind, sentence) if before else behind
                return self._period(mention, context, sentence)
        if relation.is_before_value:
            return Period("", False)
        main = [
            m
            for m in mentions
            if not m.attributive
            and m.start < quantity.start
            and (not m.rule.own_clause or m.start >= clause.start or m.start < _OPENING)
            and self._reaches(m, mentions, text[m.end : quantity.start])
            and not self._is_of_telling(m, text[m.end : quantity.start])
        ]
        if listed := self._listed(mentions, quantity, reading):
            return self._period(listed, behind, sentence)
        inside = [m for m in main if m.start >= clause.start]
        nearest = inside or [m for m in mentions if self._is_behind(m, quantity, clause, text)] or main
        if not nearest:
            return behind
        last = nearest[-1]
        if last.rule.is_that_year:
            years = [m for m in _before(last, mentions) if whole_year.fullmatch(m.period)]
            last = years[-1] if years else last
        before = _before(last, mentions) if last.rule.is_that_month else []
        return self._period(last, self._period(before[-1], behind, sentence) if before else behind, sentence)

    def _listed(self, mentions: Sequence[TimeMention], quantity: Quantity, reading: Reading) -> TimeMention | None:
        """The time of a figure in a list of as many times: 2020年、2021年分别增长6%和7%."""
        text = reading.sentence.text
        before = [m for m in mentions if m.period and m.end <= quantity.start]
        run = before[-1:]
        while len(before) > len(run) and _joint.fullmatch(text, before[-len(run) - 1].end, run[0].start):
            run = before[-len(run) - 1 :]
        if len(run) == 1 or not run or not _respective.search(text, run[-1].end, quantity.start):
            return None
        stop = _part_end.search(text, quantity.start)
        end = stop.start() if stop else len(text)
        figures = [start for start in reading.starts if run[-1].end <= start < end]
        return run[figures.index(quantity.start)] if len(figures) == len(run) else None

    def _is_behind(self, mention: TimeMention, quantity: Quantity, clause: Clause, text: str) -> bool:
        """Whether a time behind a figure in its clause is the figure's: 其余14所将于2024年建成."""
        if not quantity.end <= mention.start < clause.end:
            return False
        intent = self._patterns.intent
        return bool(
            intent.search(text, quantity.end, mention.start) or intent.search(text, mention.end, mention.end + 3)
        )

    def _is_of_telling(self, mention: TimeMention, between: str) -> bool:
        """Whether a day is the one on which a figure behind it was told: 8月1日，记者获悉，……."""
        return mention.rule.is_telling and bool(self._patterns.telling.match(between))

    def _is_summed(self, setting: Period, kind: Kind, relation: Relation, context: str) -> bool:
        """Whether a figure up to the end of the months reported on is counted over all of them: 截至6月底，新增……."""
        start, _, end = self._default.period.partition("/")
        if setting.rule != _MONTH_END or not _is_month(start) or end != setting.period or kind not in ("level", None):
            return False
        name = relation.object.text + relation.predicate.text
        return bool(self._patterns.added.search(context) or self._patterns.added.search(name))

    def _is_standing(self, kind: Kind, relation: Relation, context: str) -> bool:
        """Whether a figure tells how many there were at the end of some months: 上半年……保有量达."""
        name = relation.object.text
        is_added = self._patterns.added.search(context) or self._patterns.added.search(name)
        return kind in ("level", "share") and not is_added and bool(self._patterns.standing.search(name))

    def _stock_or_flow(self, setting: Period, kind: Kind, relation: Relation, context: str) -> str:
        """The ISO period of a figure: in a look back, a stock stands at the end of the interval.

        `context` is the text of the clause up to the figure.
        """
        start, _, end = setting.period.partition("/")
        if _is_plain(end or start) and (steady := self._finder.steady(context, end or start)):
            return steady
        if self._is_summed(setting, kind, relation, context):
            return self._default.period
        if end and not setting.lookback and _is_month(start) and self._is_standing(kind, relation, context):
            return end
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
            is_of_last = relation.base and not self._patterns.long_bases.search(relation.base.text)
            return end if is_of_last and whole_year.fullmatch(end) else setting.period
        if kind == "share":
            return end
        flows = verb in self._rules.flow_verbs or any(word in context for word in self._rules.flow_verbs)
        begins = any(verb.startswith(word) for word in self._rules.stock_verbs if len(word) > 1)
        reached = begins or verb in self._rules.stock_verbs or self._patterns.arrivals.search(context)
        is_stock = reached or self._patterns.stock_nouns.search(relation.object.text)
        return end if is_stock and not flows else setting.period


def _before(mention: TimeMention, mentions: Sequence[TimeMention]) -> list[TimeMention]:
    """The times that stand before one and are of more than one quantity."""
    return [one for one in mentions if one.end <= mention.start and not one.attributive]


def _is_plain(period: str) -> bool:
    """Whether a period is a year or a month."""
    year, mark, month = period[:4], period[4:5], period[5:]
    has_month = mark == "-" and len(month) == 2 and month.isdigit()
    return len(year) == 4 and year.isdigit() and (not mark or has_month) and period.isascii()


def _is_month(period: str) -> bool:
    return len(period) == len("2025-01") and _is_plain(period)


def _length(period: str) -> int:
    """Return how many years an interval of whole years has, 0 if it is none."""
    start, _, end = period.partition("/")
    return int(end) - int(start) + 1 if len(start) == len(end) == 4 else 0
