"""Composes the stages: a document in, its metrics out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import regex

from extract.areas import AreaFinder, AreaMention
from extract.clause import Clause, ClauseChunker
from extract.document import Article, Document, Sentence
from extract.exclude import Excluder
from extract.layout import Layout
from extract.numerals import NumeralGrammar
from extract.period import PeriodTracker, Setting
from extract.quantity import Quantity, QuantityFinder
from extract.record import Kind, Metric
from extract.relate import Discourse, Relation, Relator
from extract.rulebook.book import load_rules
from extract.segment import Segmenter
from extract.status import Cue, StatusFinder
from extract.times import TimeFinder, TimeMention


class Pipeline:
    """The stages of `extract` over one set of loaded rules.

    `rules` is a folder of rules laid on the shipped ones. Raises InputError naming file, line and rule
    where they are not valid.
    """

    def __init__(self, rules: Path | None = None) -> None:
        book = load_rules(rules)
        self._book = book
        grammar = NumeralGrammar(book.numerals)
        self._segmenter = Segmenter(book.lexicon.values())
        self._layout = Layout(book.layout, grammar, self._segmenter)
        self._quantities = QuantityFinder(grammar, book.units, book.bounds, book.ranks, Excluder(book.exclusions))
        self._times = TimeFinder(book.times, grammar)
        self._areas = AreaFinder(book.areas)
        self._chunker = ClauseChunker(book.words, self._segmenter, self._areas)
        self._relator = Relator(book.relations, book.words)
        self._status = StatusFinder(book.status)

    @cached_property
    def _change_nouns(self) -> regex.Pattern[str]:
        return regex.compile(self._book.words.change_nouns)

    @cached_property
    def _down_nouns(self) -> regex.Pattern[str]:
        return regex.compile(self._book.words.down_nouns)

    def metrics(self, document: Document) -> list[Metric]:
        """Return the metrics of `document` in text order."""
        return [metric for article in self._layout.articles(document) for metric in self._article(document, article)]

    def _article(self, document: Document, article: Article) -> Iterator[Metric]:
        area = self._areas.main_area(
            article.title, (s.text for s in article.sentences), self._book.words.generic_areas
        )
        tracker = PeriodTracker(self._book.times, self._times, article)
        discourse = Discourse()
        paragraph, block, section_cue = -1, -1, None
        for sentence in article.sentences:
            if sentence.paragraph != paragraph:
                discourse.start_paragraph()
                paragraph = sentence.paragraph
            if sentence.block != block:
                block, section_cue = sentence.block, None
            discourse.start_sentence()
            cues = self._status.cues(sentence.text)
            section_cue = self._status.opens_section(cues) or section_cue
            yield from self._sentence(document, article, sentence, area, tracker, discourse, cues, section_cue)

    def _sentence(
        self,
        document: Document,
        article: Article,
        sentence: Sentence,
        area: str,
        tracker: PeriodTracker,
        discourse: Discourse,
        cues: Sequence[Cue],
        section_cue: Cue | None,
    ) -> Iterator[Metric]:
        setting = tracker.enter(sentence)
        mentions = tracker.mentions(sentence)
        quantities = self._quantities.find(sentence.text, self._segmenter.segment(sentence.text))
        clauses = self._chunker.clauses(sentence.text, quantities, mentions) if quantities else []
        relations = self._relator.relate(clauses, quantities, discourse)
        for clause in clauses:
            span = (clause.nodes[0].start, clause.nodes[-1].end)
            for node in clause.nodes:
                if node.quantity < 0:
                    continue
                quantity, relation = quantities[node.quantity], relations[node.quantity]
                status, status_rule = self._status.status_at(cues, span, section_cue)
                kind = self._kind(quantity, relation)
                period = self._period(quantity, relation, kind, clause, mentions, setting, tracker, sentence)
                start, end = sentence.raw_span(quantity.start, quantity.end)
                negative = kind == "change" and (relation.is_down or self._down_nouns.search(relation.object))
                yield Metric(
                    doc=document.name,
                    start=start,
                    end=end,
                    text=quantity.text,
                    value=-abs(quantity.value) if negative else quantity.value,
                    value_high=quantity.value_high,
                    unit=quantity.unit,
                    bound=quantity.bound,
                    kind=kind,
                    object=relation.object,
                    predicate=relation.predicate,
                    area=self._area(clause, node.start, area),
                    period=period,
                    base=relation.base if kind in ("change", "rank") else "",
                    status=status,
                    article=article.number,
                    title=article.title,
                    published=article.published,
                    section=sentence.section,
                    sentence=sentence.text.strip(),
                    rules=tuple(rule for rule in (*quantity.rules, relation.rule, status_rule) if rule),
                )
        tracker.leave(mentions)

    def _kind(self, quantity: Quantity, relation: Relation) -> Kind:
        if quantity.form == "rank":
            return "rank"
        if quantity.form in ("point", "multiple", "doubling"):
            return "change"
        if quantity.form == "ratio":
            return "share"
        if quantity.form == "percent":
            if relation.kind == "change" or self._change_nouns.search(relation.object):
                return "change"
            return "share"
        return "change" if relation.kind == "change" and relation.base else "level"

    def _period(
        self,
        quantity: Quantity,
        relation: Relation,
        kind: Kind,
        clause: Clause,
        mentions: Sequence[TimeMention],
        setting: Setting,
        tracker: PeriodTracker,
        sentence: Sentence,
    ) -> str:
        start = clause.nodes[0].start
        own = [m for m in mentions if start <= m.start < quantity.start and self._is_node(clause, m)]
        if relation.is_before_value:
            return own[-1].period if own and own[-1].end + 2 >= quantity.start else ""
        if own:
            setting = Setting(own[-1].period, own[-1].lookback, "clause")
        else:
            earlier = [m for m in mentions if m.start < start]
            if earlier:
                setting = Setting(earlier[-1].period, earlier[-1].lookback, "sentence")
        context = sentence.text[start : quantity.end]
        return tracker.settle(setting, kind, relation.object, relation.predicate, relation.base, context)

    @staticmethod
    def _is_node(clause: Clause, mention: TimeMention) -> bool:
        return any(node.label == "time" and node.start == mention.start for node in clause.nodes)

    def _area(self, clause: Clause, position: int, main: str) -> str:
        return main


__all__ = ["AreaMention", "Pipeline"]
