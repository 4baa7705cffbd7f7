"""Gives each quantity the period it refers to: from its clause, its sentence, its passage or its article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extract.document import Article, Sentence
from extract.quantity import Quantity
from extract.record import Kind
from extract.relate import Relation
from extract.rulebook.schema import TimeRules
from extract.times import Reference, TimeFinder, TimeMention


@dataclass(frozen=True, slots=True)
class Setting:
    """A period that stands behind a figure, and whether it is a look back over several years."""

    period: str
    lookback: bool


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
        self._planned: Setting | None = None
        self._paragraph = -1

    def _reference(self, article: Article) -> Reference:
        year, month = (int(part) for part in (article.published or "0-0").split("-")[:2])
        head = "\n".join([article.title, *(s.text for s in article.sentences[:4])])
        reviews = month and month <= 3 and regex.search(self._rules.review_titles, head)
        return Reference(year, month, year - 1 if reviews else year)

    def _article_default(self, article: Article) -> Setting:
        for sentence in article.sentences[:3]:
            if sentence.is_heading and not regex.search(self._rules.review_titles, sentence.text):
                mentions = [m for m in self._finder.find(sentence.text, self.reference) if self._is_span(m)]
                if mentions:
                    return Setting(mentions[0].period, mentions[0].lookback)
        return Setting(str(self.reference.year) if self.reference.year else "", False)

    @staticmethod
    def _is_span(mention: TimeMention) -> bool:
        return mention.rule not in ("time.day", "time.this-month")

    def _block_settings(self, article: Article) -> dict[int, Setting]:
        texts: dict[int, str] = {}
        for sentence in article.sentences:
            texts[sentence.block] = texts.get(sentence.block, "") + sentence.text
        year = self.reference.year
        return {
            block: Setting(f"{year - 4}/{year}", True)
            for block, text in texts.items()
            if self.reference.year < self.reference.published and self._cues.search(text)
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
        return self._running or self._planned or self._blocks.get(sentence.block) or self._default

    def leave(self, mentions: Sequence[TimeMention]) -> None:
        """Let the last main time of a sentence stand behind the ones that follow it in the paragraph."""
        if main := [mention for mention in mentions if self._is_span(mention) and not mention.attributive]:
            self._running = Setting(main[-1].period, main[-1].lookback)

    def plan(self) -> None:
        """Let the coming year stand behind the rest of the article: targets follow."""
        reviews = self.reference.year < self.reference.published
        self._planned = Setting(str(self.reference.published if reviews else self.reference.year + 1), False)
        self._running = None

    @staticmethod
    def choose(
        mentions: Sequence[TimeMention], clause_start: int, quantity: Quantity, relation: Relation, text: str
    ) -> Setting | None:
        """Return the setting that the sentence `text` itself gives a quantity, None if it gives none.

        That is the quantity's own time, else the last one before it in its clause, else in the sentence. A
        value before a change takes its own time only. `mentions` are the times of the sentence,
        `clause_start` is the offset of the quantity's clause.
        """
        for mention in mentions:
            between = text[mention.end : quantity.outer_start]
            if mention.attributive and mention.end <= quantity.outer_start and regex.fullmatch("的?[一-龥]{0,4}", between):
                return Setting(mention.period, mention.lookback)
        if relation.is_before_value:
            return Setting("", False)
        main = [m for m in mentions if not m.attributive and m.start < quantity.start]
        nearest = [m for m in main if m.start >= clause_start] or main
        return Setting(nearest[-1].period, nearest[-1].lookback) if nearest else None

    def settle(self, setting: Setting, kind: Kind, relation: Relation, context: str) -> str:
        """Return the ISO period of a figure: in a look back, a stock stands at the end of the interval.

        `context` is the text of the clause up to the figure's end.
        """
        start, _, end = setting.period.partition("/")
        if not (setting.lookback and end):
            return setting.period
        if match := regex.search("连续(?P<n>[0-9]+)年", context):
            return f"{int(end[:4]) - int(match['n']) + 1}/{end}"
        lasts = any(verb in relation.predicate for verb in self._rules.lasting_verbs)
        if kind == "rank" or lasts or self._yearly.search(context):
            return setting.period
        if kind == "change":
            return end if relation.base else setting.period
        if kind == "share":
            return end
        flows = any(verb in relation.predicate for verb in self._rules.flow_verbs)
        is_stock = relation.predicate in self._rules.stock_verbs or self._stock_nouns.search(relation.object)
        return end if is_stock and not flows else setting.period
