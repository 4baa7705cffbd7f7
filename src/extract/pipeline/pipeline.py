"""Composes the stages: a document in, its metrics out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from extract.context.area_frame import AreaFrame, AreaJudge
from extract.context.areas import AreaChooser
from extract.context.period_frame import PeriodFrame, PeriodPatterns
from extract.context.periods import PeriodTracker, Reading
from extract.grammar.clauses import ClauseChunker
from extract.layout.articles import Laid, Layout
from extract.layout.characters import Normaliser, View
from extract.layout.tables import TableReader
from extract.matching.cache import user_cache
from extract.matching.literals import Index
from extract.matching.timed import watching
from extract.mentions.areas import AreaFinder, Places
from extract.mentions.cues import StatusFinder
from extract.mentions.times import TimeFinder
from extract.model.clause import Clause, Node
from extract.model.document import Article, Document, Repair, Spans
from extract.model.extraction import Extraction, FoundArticle
from extract.model.quantity import Quantity
from extract.model.record import Evidence, Metric, plain_value
from extract.model.relation import Relation
from extract.model.sentence import Sentence
from extract.quantities.exclusions import Excluder
from extract.quantities.finder import QuantityFinder
from extract.relations.antecedents import Memory
from extract.relations.kinds import signed
from extract.relations.lexicon import Lexicon
from extract.relations.relator import STAGES, Relator, Tableau, Teacher
from extract.rulebook.book import Rulebook, recalled_rules
from extract.rulebook.lexical import Weight
from extract.rulebook.own import own_patterns
from extract.words.numerals import NumeralGrammar
from extract.words.segmenter import Segmenter, class_terms

_MENTION_LENGTH: Final = 40
"""One no longer than this may end with what the next one leaves unsaid."""
_NO_HEADS: Final = frozenset[int]()

_Told = tuple[tuple[str, str, Spans], ...]
"""Fields of a record: name, value, and where the words that tell it stand."""


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
        self.segmenter = Segmenter(terms, book.words.uncut, singles)
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
        self.chunker = ClauseChunker(book.words, self.segmenter, self.areas, index)
        lexicon = Lexicon(book.usage, book.counted, book.attributes, book.endings)
        self.relator = Relator(book.words, lexicon, stage_weights(book.weights))
        self.status = StatusFinder(book.status, index)
        self._generic_areas = book.words.generic_areas
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
        analyses = [analysis for context in contexts for analysis in self._read(context)]
        metrics = [metric for analysis in analyses for metric in analysis.metrics]
        torn = [Repair("number not read", *span) for analysis in analyses for span in analysis.torn]
        user_cache().save()
        return Extraction(
            document,
            sorted(metrics, key=lambda metric: (metric.start, metric.end)),
            [FoundArticle(context.article, context.area) for context in contexts],
            sorted([*laid.repairs, *torn], key=lambda repair: repair.start) if torn else laid.repairs,
        )

    def analyses(self, document: Document) -> Iterator[Analysis]:
        """Yield each sentence of `document` in order, page furniture left out, with what every stage made of it."""
        for context in self._contexts(document, self.layout.lay_out(document)):
            yield from self._read(context)

    def _contexts(self, document: Document, laid: Laid) -> Iterator[_Context]:
        for article in laid.articles:
            texts = [sentence.text for sentence in article.sentences if sentence.role not in ("furniture", "caption")]
            margins = [sentence.text for sentence in article.sentences if sentence.role == "furniture"]
            judge, around = self.area_judge, [article.source, *margins]
            frame = judge.given(document.area) if document.area else None
            frame = frame or judge.settle(article.headline, texts, around, document.issuer)
            places = judge.places_of(frame)
            yield _Context(
                document,
                article,
                frame,
                self._area_spans(frame, article),
                places,
                self._tracker(article, document.text),
                laid.view,
            )

    def _tracker(self, article: Article, raw: str) -> PeriodTracker:
        frame = PeriodFrame(self._periods, self.times, article)
        return PeriodTracker(frame, self._periods, self.times, self.status, raw)

    def _read(self, context: _Context) -> Iterator[Analysis]:
        parsed = self._parse_all(context)
        memory = Memory()
        memory.recurring = self.relator.objects.recurring(
            [(one.clauses, one.quantities) for one in parsed if one.is_prose]
        )
        for one in parsed:
            yield self._analyse(one, context, memory)

    def parsed(self, document: Document) -> Iterator[list[Parsed]]:
        """Yield for each article of `document` its sentences with their figures and clauses."""
        for context in self._contexts(document, self.layout.lay_out(document)):
            yield self._parse_all(context)

    def _parse_all(self, context: _Context) -> list[Parsed]:
        sentences = [one for one in context.article.sentences if one.role != "furniture"]
        names = self.quantities.names([one.text for one in sentences])
        return [self._parse(one, context, names) for one in sentences]

    def _area_name(self, node: Node | None, context: _Context) -> str:
        """Return the full name of the area that a node names, the article's own for None."""
        if node is None:
            return context.area
        if node.label == "area":
            return context.places.get(node.text) or self.areas.full_name(node.text)
        level = self._generic_areas.get(node.text, "nation")
        if context.area and node.text[-1] == context.area[-1]:
            return context.area
        before = node.sentence.text[: node.start]
        return self.area_judge.above(context.frame, level) or self.area_judge.named_in(before, level) or context.area

    def _area_spans(self, frame: AreaFrame, article: Article) -> Spans:
        for sentence in article.sentences if frame.name else ():
            if place := self.area_judge.place_of(frame, sentence.text):
                return (sentence.raw_span(*place),)
        return ()

    def _parse(self, sentence: Sentence, context: _Context, names: Sequence[str]) -> Parsed:
        text = sentence.text
        times = context.tracker.mentions(sentence)
        quantities, limits, torn = self.quantities.scan(text, self.segmenter.known, names)
        if sentence.figure:
            quantities, limits = self._in_cell(text, sentence.figure, quantities, limits)
        clauses: list[Clause] = []
        if quantities:
            clauses = self.chunker.clauses(sentence, quantities, times, context.places, limits)
        elif sentence.role != "cell" and (sentence.is_heading or len(text) <= _MENTION_LENGTH):
            clauses = self.chunker.clauses(sentence, (), times)
        return Parsed(sentence, quantities, clauses, [sentence.raw_span(*span) for span in torn])

    def relate(
        self, parsed: Parsed, memory: Memory, teacher: Teacher | None = None
    ) -> tuple[dict[int, Relation], dict[int, Tableau]]:
        """What each figure of a sentence is about and what that was chosen among, by its index.

        `memory` is brought up to date; a table's cell neither reads nor leaves any.
        """
        if parsed.sentence.role == "cell":
            memory = Memory()
        elif not parsed.quantities:
            self.relator.objects.take_up(parsed.sentence, parsed.clauses, memory)
            return {}, {}
        return self.relator.relate(parsed.sentence, parsed.clauses, parsed.quantities, memory, teacher)

    def _analyse(self, parsed: Parsed, context: _Context, memory: Memory) -> Analysis:
        sentence, quantities, clauses = parsed.sentence, parsed.quantities, parsed.clauses
        reading = context.enter(sentence)
        relations, tableaus = self.relate(parsed, memory)
        written = context.view.written(sentence.text, sentence.offsets).strip() if quantities else ""
        reading.starts = [quantity.start for quantity in quantities]
        analysis = Analysis(reading, written, quantities, clauses, relations)
        analysis.torn = parsed.torn
        analysis.tableaus = tableaus
        chooser = self.abroad_chooser if context.frame.rule == "area.abroad" else self.area_chooser
        areas = chooser.areas(clauses, relations, context.area_before(sentence))
        context.leave_area(sentence, areas)
        for clause in clauses:
            for index in clause.quantities:
                analysis.metrics.append(self._metric(clause, areas[index], index, analysis, context))
        context.tracker.leave(reading)
        return analysis

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

    def _metric(self, clause: Clause, own: Node | None, index: int, analysis: Analysis, context: _Context) -> Metric:
        sentence, quantity, relation = analysis.sentence, analysis.quantities[index], analysis.relations[index]
        kind = relation.kind
        setting = context.tracker.settle(clause, quantity, relation, kind, analysis.reading)
        low, high = sentence.within_figure(quantity.start, quantity.end)
        start, end = sentence.raw_span(low, high)
        value, value_high = signed(quantity, relation)
        value, value_high = plain_value(value), None if value_high is None else plain_value(value_high)
        is_ranked_zone = quantity.form == "rank" and self.areas.is_zone(relation.object.text)
        area = relation.object.text if is_ranked_zone else self._area_name(own, context)
        told: _Told = (
            ("object", relation.object.text, relation.object.spans),
            ("predicate", relation.predicate.text, relation.predicate.spans),
            ("area", area, _area_spans(own, context)),
            ("period", setting.period, setting.spans),
            ("base", relation.base.text, relation.base.spans),
        )
        return Metric(
            doc=context.document,
            start=start,
            end=end,
            text=_raw_text(context.raw, sentence.offsets[low:high]),
            value=value,
            value_high=value_high,
            unit=quantity.unit,
            bound=quantity.bound,
            kind=kind,
            object=context.view.phrase(relation.object),
            predicate=context.view.phrase(relation.predicate),
            area=area,
            period=setting.period,
            base=context.view.phrase(relation.base),
            status=setting.status,
            article=context.article.number,
            title=context.article.title,
            published=context.article.published,
            section=sentence.section,
            sentence=analysis.written,
            rules=(*quantity.rules, *relation.rules, *setting.rules),
            evidence=_evidence(told, clause, sentence),
        )


def _area_spans(node: Node | None, context: _Context) -> Spans:
    """Return where an area is read from: its name, or a word such as 全市 with the place that names the article's."""
    own = (node.raw,) if node else ()
    return own if node and node.label == "area" else (*own, *context.area_spans)


def _evidence(told: _Told, clause: Clause, sentence: Sentence) -> tuple[Evidence, ...]:
    """Return the evidence of each field that is not empty: its name, its value, where its words stand.

    What a figure of a table takes from the heads of its row and column is its own.
    """
    start, end = clause.raw
    heads = frozenset(sentence.offsets) if sentence.role == "cell" else _NO_HEADS
    evidence: list[Evidence] = []
    for field_name, value, spans in told:
        if value:
            is_own = bool(spans)
            for low, high in spans:
                if not (start <= low and high <= end) and low not in heads:
                    is_own = False
            evidence.append(Evidence(field_name, is_own, spans))
    return tuple(evidence)


def _raw_text(raw: str, offsets: Sequence[int]) -> str:
    """Return the characters of `raw` at `offsets`, which rise, with the blanks between them but no line breaks."""
    start, end = offsets[0], offsets[-1] + 1
    if end - start == len(offsets):
        return raw[start:end]
    pieces: list[str] = []
    place = start
    for offset in offsets:
        between = raw[place:offset]
        if between.isspace() and between.splitlines() == [between]:
            pieces.append(between)
        pieces.append(raw[offset])
        place = offset + 1
    return "".join(pieces)


def stage_weights(weights: Mapping[tuple[str, str], Weight]) -> dict[str, dict[str, float]]:
    """The weights of the features of each stage."""
    by_stage: dict[str, dict[str, float]] = {stage: {} for stage in STAGES}
    for row in weights.values():
        by_stage[row.stage][row.feature] = row.weight
    return by_stage


class Parsed:
    """A sentence with its figures and clauses.

    `torn` are the raw offsets of numbers that are not read whole.
    """

    __slots__ = ("clauses", "quantities", "sentence", "torn")

    def __init__(
        self,
        sentence: Sentence,
        quantities: list[Quantity],
        clauses: list[Clause],
        torn: list[tuple[int, int]],
    ) -> None:
        self.sentence = sentence
        self.quantities = quantities
        self.clauses = clauses
        self.torn = torn

    @property
    def is_prose(self) -> bool:
        """Whether it has figures and is no cell of a table."""
        return bool(self.quantities) and self.sentence.role != "cell"


class Analysis:
    """What the stages made of one sentence, in their order.

    `reading` is what it says of time and status, `written` its text in the characters of the document, where it holds
    quantities. It has `clauses` where it holds quantities or may name a topic; `relations` tell what each quantity is
    about, by its index, `tableaus` among which candidates its object was chosen.
    """

    __slots__ = ("clauses", "metrics", "quantities", "reading", "relations", "sentence", "tableaus", "torn", "written")

    def __init__(
        self,
        reading: Reading,
        written: str,
        quantities: list[Quantity],
        clauses: list[Clause],
        relations: dict[int, Relation],
    ) -> None:
        self.reading = reading
        self.sentence = reading.sentence
        self.written = written
        self.quantities = quantities
        self.clauses = clauses
        self.relations = relations
        self.tableaus: dict[int, Tableau] = {}
        self.torn: list[tuple[int, int]] = []
        """Where numbers stand that are not read whole, as raw offsets."""
        self.metrics: list[Metric] = []


class _Context:
    """What the article so far leaves for its next sentence.

    `places` are the full names of the places inside the area, by their short names; `area_spans` are where the
    article names its area.
    """

    __slots__ = (
        "_last_area", "_last_paragraph", "area", "area_spans", "article", "document", "frame", "places", "raw",
        "tracker", "view",
    )  # fmt: skip

    def __init__(
        self,
        document: Document,
        article: Article,
        frame: AreaFrame,
        area_spans: Spans,
        places: Places,
        tracker: PeriodTracker,
        view: View,
    ) -> None:
        self.document = document.name
        self.raw = document.text
        self.article = article
        self.frame = frame
        self.area = frame.name
        self.area_spans = area_spans
        self.places = places
        self.tracker = tracker
        self.view = view
        self._last_area: Node | None = None
        self._last_paragraph = -1

    def area_before(self, sentence: Sentence) -> Node | None:
        """The area that the last figure before `sentence` in its paragraph has of its own."""
        return self._last_area if sentence.paragraph == self._last_paragraph else None

    def leave_area(self, sentence: Sentence, areas: Mapping[int, Node | None]) -> None:
        """Keep the area of the last figure of `sentence`."""
        if areas:
            self._last_area, self._last_paragraph = areas[max(areas)], sentence.paragraph

    def enter(self, sentence: Sentence) -> Reading:
        """Come to `sentence`: return what it says of time and status."""
        return self.tracker.enter(sentence)
