"""Gives each quantity the period it refers to: from its clause, its sentence, its passage or its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extract.document import Article, Sentence
from extract.record import Kind
from extract.rulebook.schema import TimeRules
from extract.times import Reference, TimeFinder, TimeMention


@dataclass(frozen=True, slots=True)
class Setting:
    """The periods that stand behind a sentence, nearest first, each with whether it is a look back over years."""

    period: str
    lookback: bool
    source: str


class PeriodTracker:
    """Follows the running time of one article, sentence by sentence."""

    def __init__(self, rules: TimeRules, finder: TimeFinder, article: Article) -> None:
        self._rules = rules
        self._finder = finder
        self._cues = regex.compile(rules.lookback_cues)
        self._yearly = regex.compile(rules.yearly_cues)
        self._stock_nouns = regex.compile(rules.stock_nouns)
        self.reference = self._reference(article)
        self._default = self._article_default(article)
        self._blocks = self._block_settings(article)
        self._running: Setting | None = None
        self._paragraph = -1

    def _reference(self, article: Article) -> Reference:
        year, month = (int(part) for part in (article.published or "0-0").split("-")[:2])
        head = "\n".join([article.title, *(s.text for s in article.sentences[:4])])
        reviews = month and month <= 3 and regex.search(self._rules.review_titles, head)
        return Reference(year, month, year - 1 if reviews else year)

    def _article_default(self, article: Article) -> Setting:
        for sentence in article.sentences[:3]:
            if sentence.is_heading:
                mentions = [m for m in self._finder.find(sentence.text, self.reference) if self._is_span(m)]
                if mentions:
                    return Setting(mentions[0].period, mentions[0].lookback, "title")
        return Setting(str(self.reference.year) if self.reference.year else "", False, "published")

    @staticmethod
    def _is_span(mention: TimeMention) -> bool:
        return mention.rule not in ("time.day", "time.this-month")

    def _block_settings(self, article: Article) -> dict[int, Setting]:
        texts: dict[int, str] = {}
        for sentence in article.sentences:
            texts[sentence.block] = texts.get(sentence.block, "") + sentence.text
        year = self.reference.year
        return {
            block: Setting(f"{year - 4}/{year}", True, "passage")
            for block, text in texts.items()
            if self.reference.year < self.reference.published and len(set(self._cues.findall(text))) >= 2
        }

    def mentions(self, sentence: Sentence) -> list[TimeMention]:
        """Return the times of a sentence."""
        return self._finder.find(sentence.text, self.reference)

    def enter(self, sentence: Sentence) -> Setting:
        """Return what stands behind `sentence` before its own words are read."""
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
            if not (self._running and self._running.lookback):
                self._running = None
        return self._running or self._blocks.get(sentence.block) or self._default

    def leave(self, mentions: Sequence[TimeMention]) -> None:
        """Let the last main time of a sentence stand behind the ones that follow it in the paragraph."""
        main = [mention for mention in mentions if self._is_span(mention)]
        if main:
            self._running = Setting(main[-1].period, main[-1].lookback, "running")

    def plan(self) -> None:
        """Let the year after the reported one, or the publication year, stand behind what follows."""
        year = self.reference.published if self.reference.year < self.reference.published else self.reference.year
        self._running = Setting(str(year), False, "plan")

    def settle(self, setting: Setting, kind: Kind, object_: str, predicate: str, base: str, context: str) -> str:
        """Return the period of a figure of `setting`: in a look back, a stock stands at the end of the interval."""
        start, _, end = setting.period.partition("/")
        if not (setting.lookback and end):
            return setting.period
        if match := regex.search("连续(?P<n>[0-9]+)年", context):
            return f"{int(end[:4]) - int(match['n']) + 1}/{end}"
        if self._yearly.search(context) or any(verb in predicate for verb in self._rules.lasting_verbs):
            return setting.period
        if kind == "rank":
            return setting.period
        if kind == "change":
            return end if base else setting.period
        if any(verb in predicate for verb in self._rules.flow_verbs):
            return setting.period
        is_stock = predicate in self._rules.stock_verbs or self._stock_nouns.search(object_)
        return end if is_stock or kind == "share" else setting.period
