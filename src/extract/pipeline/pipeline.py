"""Composes the stages: a document in, its metrics out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from extract.context.area_frame import AreaFrame, AreaJudge
from extract.context.areas import AreaChooser
from extract.context.items import numbered_items
from extract.context.owners import Owner, OwnerFinder
from extract.context.period_frame import PeriodFrame, PeriodPatterns
from extract.context.periods import PeriodTracker
from extract.grammar.clauses import ClauseChunker
from extract.layout.articles import Laid, Layout
from extract.layout.characters import Normaliser
from extract.layout.tables import TableReader
from extract.matching.cache import user_cache
from extract.matching.literals import Index
from extract.matching.timed import watching
from extract.mentions.areas import AreaFinder
from extract.mentions.cues import StatusFinder
from extract.mentions.times import TimeFinder
from extract.model.clause import Clause, Node
from extract.model.document import Article, Document, Repair, Spans
from extract.model.extraction import Extraction, FoundArticle
from extract.model.quantity import Quantity
from extract.model.record import Metric
from extract.model.relation import Relation
from extract.model.sentence import Sentence
from extract.pipeline.analysis import Analysis, Frame, Parsed
from extract.pipeline.article_state import ArticleState, Whereabouts
from extract.pipeline.records import RecordMaker
from extract.quantities.exclusions import Excluder
from extract.quantities.finder import QuantityFinder
from extract.relations.antecedents import Memory
from extract.relations.lexicon import Lexicon
from extract.relations.relator import Relator, Tableau, Teacher, stage_weights
from extract.rulebook.book import Rulebook, recalled_rules
from extract.rulebook.own import own_patterns
from extract.words.numerals import NumeralGrammar
from extract.words.segmenter import Segmenter, class_terms

_SEVERAL: Final = 2
"""An article that tells several pieces of news is on so many areas."""
_MENTION_LENGTH: Final = 40
"""One no longer than this may end with what the next one leaves unsaid."""


class Pipeline:
    """The stages of `extract` over one set of loaded rules.

    `rules` is a folder of rules laid on the shipped ones. Raises InputError naming file, line and rule
    where they are not valid.
    """

    def __init__(self, rules: Path | str | None = None) -> None:
        folder = None if rules is None else Path(rules)
        book = recalled_rules(folder)
        with watching(own_patterns(folder)):
            self._set_up(book)
        user_cache().save()

    def _set_up(self, book: Rulebook) -> None:
        grammar = NumeralGrammar(book.numerals, tuple(book.units))
        terms = [*book.lexicon.values(), *class_terms(book.words)]
        words = chain(*book.words.classes.values(), book.words.suffixes)
        singles = (word for word in words if len(word) == 1)
        self.segmenter = Segmenter(terms, book.words.uncut, singles, book.words.parting)
        self.layout = Layout(
            book.layout, grammar, self.segmenter, Normaliser(book.characters, book.folding), TableReader(book.tables)
        )
        index = Index()
        excluder = Excluder(book.exclusions, grammar, index)
        self.quantities = QuantityFinder(grammar, book.units, book.bounds, book.ranks, excluder, index)
        self.times = TimeFinder(book.times, grammar, index)
        self.areas = AreaFinder(book.areas, book.words.ordinary, book.words.endings)
        generic, countries = book.words.generic_areas, {*book.frame.countries, *book.frame.own_country}
        self.area_chooser = AreaChooser(book.frame, generic, self.areas.regions)
        self.abroad_chooser = AreaChooser(book.frame, generic, self.areas.regions, countries)
        self.area_judge = AreaJudge(book.frame, self.areas, book.words.generic_areas)
        self.owners = OwnerFinder(book.owners, frozenset(area.short for area in book.areas.values() if area.short))
        self.chunker = ClauseChunker(book.words, self.segmenter, self.areas, index)
        lexicon = Lexicon(book.usage, book.counted, book.attributes, book.endings, book.formation)
        self.relator = Relator(book.words, lexicon, stage_weights(book.weights))
        self.status = StatusFinder(book.status, index)
        self._records = RecordMaker(self.areas, self.area_judge, book.words.generic_areas)
        self._periods = PeriodPatterns(book.times)

    def metrics(self, document: Document | str) -> list[Metric]:
        """Return the metrics of `document`, or of a text without a name, in text order."""
        return self.extract(document).metrics

    def extract(self, document: Document | str) -> Extraction:
        """Return the metrics of `document` in text order, its articles, and what was repaired in its text."""
        if isinstance(document, str):
            document = Document("", document)
        laid = self.layout.lay_out(document)
        contexts = list(self._contexts(document, laid))
        metrics: list[Metric] = []
        torn: list[Repair] = []
        for context in contexts:
            for analysis in self._read(context):
                metrics += analysis.metrics
                torn += [Repair("number not read", *span) for span in analysis.torn]
        user_cache().save()
        return Extraction(
            document,
            sorted(metrics, key=lambda metric: (metric.start, metric.end)),
            [FoundArticle(context.article, context.whole.name) for context in contexts],
            sorted([*laid.repairs, *torn], key=lambda repair: repair.start) if torn else laid.repairs,
        )

    def analyses(self, document: Document) -> Iterator[Analysis]:
        """Yield each sentence of `document` in order, page furniture left out, with what every stage made of it."""
        for context in self._contexts(document, self.layout.lay_out(document)):
            yield from self._read(context)

    def frames(self, document: Document) -> Iterator[Frame]:
        """Yield what was settled once for each article of `document`: its area, its date, the period it reports on."""
        for context in self._contexts(document, self.layout.lay_out(document)):
            yield Frame(context.article, context.frame, context.at.spans, context.tracker.frame)

    def _contexts(self, document: Document, laid: Laid) -> Iterator[ArticleState]:
        for article in laid.articles:
            texts = [sentence.text for sentence in article.sentences if sentence.role not in ("furniture", "caption")]
            margins = [sentence.text for sentence in article.sentences if sentence.role == "furniture"]
            judge, around = self.area_judge, [article.source, *margins]
            frame = judge.given(document.area) if document.area else None
            frame = frame or judge.settle(
                article.headline, texts, around, document.issuer, int(article.published[:4] or 0)
            )
            items = [] if document.area else self._items(article, frame)
            yield ArticleState(
                document,
                article,
                self._whereabouts(frame, article.sentences),
                [(item[0].raw_start, where) for item, where in items],
                self._tracker(article, document.text, [item for item, _ in items]),
                laid.view,
                self.owners.of_shares(article.sentences),
            )

    def _whereabouts(self, frame: AreaFrame, sentences: Sequence[Sentence]) -> Whereabouts:
        judge = self.area_judge
        return Whereabouts(frame, self._area_spans(frame, sentences), judge.places_of(frame), judge.names_of(frame))

    def _items(self, article: Article, whole: AreaFrame) -> list[tuple[list[Sentence], Whereabouts]]:
        """The items of an article that tells several pieces of news, of several areas, and where each plays.

        One that names no area is of the `whole` article's, where all others lie in that.
        """
        items = numbered_items(article.sentences)
        frames = [self.area_judge.settle("", [one.text for one in item]) for item in items]
        named = [frame for frame in frames if frame.name]
        if len({frame.name for frame in named}) < _SEVERAL:
            return []
        is_one = all(self.area_judge.lies_in(frame, whole.name) for frame in named)
        settled = [frame if frame.name or not is_one else whole for frame in frames]
        return [(item, self._whereabouts(frame, item)) for item, frame in zip(items, settled, strict=True)]

    def _tracker(self, article: Article, raw: str, items: Sequence[Sequence[Sentence]]) -> PeriodTracker:
        frame = PeriodFrame(self._periods, self.times, article, items)
        return PeriodTracker(frame, self._periods, self.times, self.status, raw)

    def _read(self, context: ArticleState) -> Iterator[Analysis]:
        parsed = self._parse_all(context)
        memory = Memory()
        figures = [figure for one in parsed if one.is_prose for figure in one.figures]
        memory.recurring = self.relator.objects.recurring(figures)
        parsed.reverse()
        while parsed:  # what is done with is let go, so that it does not lie beside its records
            yield self._analyse(parsed.pop(), context, memory)

    def parsed(self, document: Document) -> Iterator[list[Parsed]]:
        """Yield for each article of `document` its sentences with their figures and clauses."""
        for context in self._contexts(document, self.layout.lay_out(document)):
            sentences = self._parse_all(context)
            for one in sentences:
                if not one.quantities:
                    self._name_topic(one)
            yield sentences

    def _parse_all(self, context: ArticleState) -> list[Parsed]:
        sentences = [one for one in context.article.sentences if one.role != "furniture"]
        names = self.quantities.names([one.text for one in sentences])
        return [self._parse(one, context, names) for one in sentences]

    def _area_spans(self, frame: AreaFrame, sentences: Sequence[Sentence]) -> Spans:
        for sentence in sentences if frame.name else ():
            if place := self.area_judge.place_of(frame, sentence.text):
                return (sentence.raw_span(*place),)
        return ()

    def _parse(self, sentence: Sentence, context: ArticleState, names: Sequence[str]) -> Parsed:
        text = sentence.text
        context.turn_to(sentence)
        times = context.tracker.mentions(sentence)
        quantities, limits, torn = self.quantities.scan(text, self.segmenter.known, names)
        if sentence.figure:
            quantities, limits = self._in_cell(text, sentence.figure, quantities, limits)
        clauses: list[Clause] = []
        if quantities:
            clauses = self.chunker.clauses(sentence, quantities, times, context.at.places, limits)
        return Parsed(sentence, times, quantities, clauses, [sentence.raw_span(*span) for span in torn])

    def _name_topic(self, parsed: Parsed) -> None:
        """Give a sentence without figures its clauses where it may name a topic; only now, for a text has many."""
        sentence = parsed.sentence
        if sentence.role != "cell" and (sentence.is_heading or len(sentence.text) <= _MENTION_LENGTH):
            parsed.clauses = self.chunker.clauses(sentence, (), parsed.times)

    def relate(
        self, parsed: Parsed, memory: Memory, teacher: Teacher | None = None
    ) -> tuple[dict[int, Relation], dict[int, Tableau]]:
        """What each figure of a sentence is about and what that was chosen among, by its index.

        `memory` is brought up to date; a table's cell neither reads nor leaves any.
        """
        if parsed.sentence.role == "cell":
            memory = Memory()
        elif not parsed.quantities:
            self._name_topic(parsed)
            self.relator.objects.take_up(parsed.sentence, parsed.clauses, memory)
            return {}, {}
        return self.relator.relate(parsed.sentence, parsed.clauses, parsed.figures, memory, teacher)

    def _analyse(self, parsed: Parsed, context: ArticleState, memory: Memory) -> Analysis:
        sentence, quantities = parsed.sentence, parsed.quantities
        context.turn_to(sentence)
        reading = context.enter(sentence)
        relations, tableaus = self.relate(parsed, memory)
        clauses = parsed.clauses
        written = context.view.written(sentence.text, sentence.offsets).strip() if quantities else ""
        reading.starts = [quantity.start for quantity in quantities]
        analysis = Analysis(reading, written, quantities, clauses, relations)
        analysis.torn = parsed.torn
        analysis.tableaus = tableaus
        chooser = self.abroad_chooser if context.frame.rule == "area.abroad" else self.area_chooser
        is_wide = self.area_judge.is_wide(context.frame)
        areas = chooser.areas(clauses, relations, context.area_before(sentence), is_wide, context.at.names)
        owners, last_owner = self.owners.owners(
            clauses, context.at.names, context.owner_before(sentence), context.company
        )
        self._place_owners(owners, areas, context)
        context.leave_area(sentence, areas)
        context.leave_owner(sentence, last_owner)
        for clause in clauses:
            for index in clause.quantities:
                analysis.metrics.append(
                    self._records.record(clause, areas[index], owners.get(index), index, analysis, context)
                )
        context.tracker.leave(reading)
        return analysis

    def _place_owners(self, owners: Mapping[int, Owner], areas: dict[int, Node | None], context: ArticleState) -> None:
        """Give figures without an area of their own that in which what they belong to lies: 福州站停运14对."""
        for index, owner in owners.items():
            place = self.owners.place_of(owner, context.at.names) if areas[index] is None else ""
            if place and not self.area_judge.lies_in(context.frame, context.at.names[place]):
                end = owner.start + len(place)
                areas[index] = Node(owner.start, end, place, "area", -1, 0, owner.sentence)

    def _in_cell(
        self, text: str, figure: tuple[int, int], quantities: Sequence[Quantity], limits: Sequence[tuple[int, int]]
    ) -> tuple[list[Quantity], list[tuple[int, int]]]:
        """Return the quantities of the cell itself, and the numbers that belong to the names of its heads."""
        start, end = figure
        own = [quantity for quantity in quantities if quantity.start < end and start < quantity.end]
        others = [(quantity.outer_start, quantity.outer_end) for quantity in quantities if quantity not in own]
        if not own and (bare := self.quantities.bare(text, start, end)):
            own = [bare]
        return own, [*limits, *others]
