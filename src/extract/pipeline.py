"""Composes the stages: a document in, its metrics out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extract.areas import AreaFinder
from extract.clause import Clause, ClauseChunker, running_areas
from extract.discourse import Discourse
from extract.document import Article, Document, Sentence
from extract.exclude import Excluder
from extract.kind import KindJudge
from extract.layout import Layout
from extract.numerals import NumeralGrammar
from extract.period import PeriodTracker, Setting
from extract.quantity import Quantity, QuantityFinder
from extract.record import Metric, Status
from extract.relate import Relation, Relator
from extract.rulebook.book import load_rules
from extract.segment import Segmenter, class_terms
from extract.status import Cue, StatusFinder
from extract.times import TimeFinder, TimeMention

_TOPIC_LENGTH = 14
"""A sentence without quantities that is no longer than this only names what the next ones are about."""


class Pipeline:
    """The stages of `extract` over one set of loaded rules.

    `rules` is a folder of rules laid on the shipped ones. Raises InputError naming file, line and rule
    where they are not valid.
    """

    def __init__(self, rules: Path | None = None) -> None:
        book = load_rules(rules)
        grammar = NumeralGrammar(book.numerals, tuple(book.units))
        terms = [*book.lexicon.values(), *class_terms(book.words)]
        singles = (word for group in book.words.classes.values() for word in group if len(word) == 1)
        self.segmenter = Segmenter(terms, book.words.uncut, singles)
        self.layout = Layout(book.layout, grammar, self.segmenter)
        self.quantities = QuantityFinder(grammar, book.units, book.bounds, book.ranks, Excluder(book.exclusions))
        self.times = TimeFinder(book.times, grammar)
        self.areas = AreaFinder(book.areas, book.words.ordinary, book.words.ministries)
        self.chunker = ClauseChunker(book.words, self.segmenter, self.areas)
        self.relator = Relator(book.relations, book.words)
        self.kinds = KindJudge(book.words)
        self.status = StatusFinder(book.status)
        self._generic_areas = book.words.generic_areas
        self._time_rules = book.times

    def metrics(self, document: Document) -> list[Metric]:
        """Return the metrics of `document` in text order."""
        return [metric for article in self.layout.articles(document) for metric in self._article(document, article)]

    def _article(self, document: Document, article: Article) -> Iterator[Metric]:
        texts = [sentence.text for sentence in article.sentences]
        context = _Context(
            document.name,
            article,
            self.areas.main_area(article.title, texts, self._generic_areas),
            PeriodTracker(self._time_rules, self.times, article),
        )
        for sentence in article.sentences:
            yield from self._sentence(sentence, context)

    def _sentence(self, sentence: Sentence, context: _Context) -> Iterator[Metric]:
        text = sentence.text
        cues = self.status.cues(text)
        setting = context.enter(
            sentence, self.status.opens_section(cues, sentence.is_heading and sentence.paragraph > 0)
        )
        times = context.tracker.mentions(sentence)
        quantities = self.quantities.find(text, self.segmenter.segment(text))
        if quantities:
            clauses = self.chunker.clauses(text, quantities, times)
            relations = self.relator.relate(clauses, quantities, context.discourse)
            reading = _Reading(sentence, setting, times, cues, dict(running_areas(clauses)))
            for clause in clauses:
                for index in clause.quantities:
                    yield self._metric(clause, quantities[index], relations[index], reading, context)
        elif not sentence.is_heading and len(text) <= _TOPIC_LENGTH:
            for clause in self.chunker.clauses(text, (), times)[:1]:
                context.discourse.open_topic(clause)
        context.tracker.leave(sentence, times)

    def _metric(
        self, clause: Clause, quantity: Quantity, relation: Relation, reading: _Reading, context: _Context
    ) -> Metric:
        sentence = reading.sentence
        status, status_rule = self._status_of(clause, reading, context)
        kind = self.kinds.kind(quantity, relation)
        setting = context.tracker.choose(reading.times, clause, quantity, relation, sentence, reading.setting)
        words = sentence.text[clause.start : quantity.end]
        period = context.tracker.settle(setting, kind, relation, words)
        start, end = sentence.raw_span(quantity.start, quantity.end)
        value, value_high = self.kinds.signed(quantity, relation, kind)
        return Metric(
            doc=context.document,
            start=start,
            end=end,
            text=quantity.text,
            value=value,
            value_high=value_high,
            unit=quantity.unit,
            bound=quantity.bound,
            kind=kind,
            object=relation.object,
            predicate=relation.predicate,
            area=self.areas.full_name(reading.areas[clause.start]) or context.area,
            period=period,
            base=relation.base if kind in ("change", "rank") else "",
            status="planned" if context.tracker.is_future(period) else status,
            article=context.article.number,
            title=context.article.title,
            published=context.article.published,
            section=sentence.section,
            sentence=sentence.text.strip(),
            rules=tuple(rule for rule in (*quantity.rules, relation.rule, status_rule) if rule),
        )

    def _status_of(self, clause: Clause, reading: _Reading, context: _Context) -> tuple[Status, str]:
        return self.status.status_at(reading.cues, (clause.start, clause.end), reading.sentence.text, context.section)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read in one sentence."""

    sentence: Sentence
    setting: Setting
    times: Sequence[TimeMention]
    cues: Sequence[Cue]
    areas: dict[int, str]
    """The area that each clause stands under, by the clause's start."""


@dataclass(slots=True)
class _Context:
    """What the article so far leaves for its next sentence."""

    document: str
    article: Article
    area: str
    tracker: PeriodTracker
    discourse: Discourse = field(default_factory=Discourse)
    section: Cue | None = None
    paragraph: int = -1

    def enter(self, sentence: Sentence, section: Cue | None) -> Setting:
        """Come to `sentence`, which may open a section of targets: return the period behind it."""
        if sentence.paragraph != self.paragraph:
            self.paragraph = sentence.paragraph
            self.discourse.start_paragraph()
        self.discourse.start_sentence()
        if section is not None:
            self.section = section
            self.tracker.plan()
        return self.tracker.enter(sentence)
