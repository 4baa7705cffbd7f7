"""Retells how the records of a sentence came about: what every stage found, tried and rejected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from extract.model.document import Document
from extract.model.phrase import Phrase
from extract.model.record import Metric, to_row
from extract.pipeline.analysis import Analysis, Frame
from extract.pipeline.pipeline import Pipeline
from extract.relations.relator import Tableau

__all__ = [
    "CandidateView",
    "ClauseView",
    "Explainer",
    "Explanation",
    "FeatureView",
    "FieldView",
    "FrameView",
    "RecordView",
    "Remark",
    "SettledView",
    "explained",
    "to_json",
]

Span = tuple[int, int]

UNDATED = "no date of publication: periods that need its year stay empty; give one with --published YYYY-MM-DD"
UNPLACED = "no area: records without a place of their own have none; give one with --area"
_WEIGHTIEST = 5
"""Features that are told of a candidate at most."""

_JUDGED = {
    "quantity.in-word": "数字是一个更长的词的一部分",
    "quantity.torn": "数字没有整个读出来",
    "quantity.of-amount": "两个10亿元：只记带单位的那个数",
}


@dataclass(frozen=True, slots=True)
class Remark:
    """A stretch of the sentence that a rule spoke of; `span` counts from the sentence's start, end exclusive."""

    span: Span
    text: str
    rule: str
    says: str


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause: what stands before it, and its words with their labels."""

    joint: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a record: its value and the words that tell it, explicit or carried."""

    field: str
    value: str
    source: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeatureView:
    """What speaks for a candidate (`weight` above 0) or against it."""

    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A candidate for the object of a figure, and the features that weigh most in its score, the weightiest first.

    A composed one has the `way` in which it is made and as `source` what it takes up of what stood before. A phrase of
    the clause has its side of the figure as `way` (none: the clause names no object), and as `source` the kind of verb
    between.
    """

    text: str
    way: str
    source: str
    score: float
    features: tuple[FeatureView, ...]


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record, where its fields were read, and what they were chosen among, the best first.

    `candidates` are those for the object, `own` the phrases of the figure's clause that they start from; `predicates`,
    `kinds` and `bases` are those for the other fields.
    """

    record: Mapping[str, str | int]
    fields: tuple[FieldView, ...]
    candidates: tuple[CandidateView, ...]
    own: tuple[CandidateView, ...]
    predicates: tuple[CandidateView, ...]
    kinds: tuple[CandidateView, ...]
    bases: tuple[CandidateView, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence with what every stage made of it; `span` are its raw offsets, end exclusive."""

    span: Span
    text: str
    behind: str
    """The period that stands behind the sentence before its own words are read."""
    tokens: tuple[tuple[str, str], ...]
    """Words and their parts of speech."""
    hidden: tuple[Remark, ...]
    """What looks like a quantity and was masked before any was sought."""
    rejected: tuple[Remark, ...]
    """Candidates that were no quantities."""
    times: tuple[Remark, ...]
    cues: tuple[Remark, ...]
    """Words that tell a status."""
    clauses: tuple[ClauseView, ...]
    records: tuple[RecordView, ...]


class Candidate(Protocol):
    """A candidate of any stage: its features and the sum of their weights."""

    score: float

    @property
    def features(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class SettledView:
    """One thing that was settled for a whole article: its name, value, the rule that told it, and the words."""

    name: str
    value: str
    rule: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameView:
    """What was settled once for an article; `notes` say what could not be told, and what to do."""

    article: int
    title: str
    settled: tuple[SettledView, ...]
    notes: tuple[str, ...]


class Explainer:
    """Explains the sentences of one document by the pipeline that read it."""

    def __init__(self, pipeline: Pipeline, raw: str) -> None:
        self._pipeline = pipeline
        self._raw = raw

    def explain(self, analysis: Analysis) -> Explanation:
        """Return the explanation of one sentence of the document."""
        text = analysis.sentence.text
        return Explanation(
            span=analysis.sentence.raw_span(0, len(text)),
            text=text,
            behind=analysis.reading.behind.period,
            tokens=tuple(
                (token.text, token.tag) for token in self._pipeline.segmenter.segment(text) if token.text.strip()
            ),
            hidden=tuple(
                Remark(span, text[slice(*span)], mask.id, mask.why)
                for mask, span in self._pipeline.quantities.masked(text)
            ),
            rejected=tuple(self._rejected(analysis)),
            times=tuple(
                Remark((m.start, m.end), text[m.start : m.end], m.rule.id, m.period) for m in analysis.reading.times
            ),
            cues=tuple(
                Remark((c.start, c.end), text[c.start : c.end], c.rule.id, f"{c.rule.status}, {c.rule.reach}")
                for c in analysis.reading.cues
            ),
            clauses=tuple(
                ClauseView(clause.joint, tuple((node.text, node.label) for node in clause.nodes))
                for clause in analysis.clauses
            ),
            records=tuple(self._records(analysis)),
        )

    def frame(self, frame: Frame) -> FrameView:
        """Return what was settled once for an article of the document."""
        article, area, period = frame.article, frame.area, frame.period
        reported = period.default
        settled = (
            SettledView("published", article.published, "", self._words(article.published_at)),
            SettledView("area", area.name, area.rule, self._words(frame.area_spans)),
            SettledView(
                "period", reported.period, reported.rule if reported.period else "", self._words(reported.spans)
            ),
        )
        notes = [] if article.published else [UNDATED]
        notes += [] if area.name else [UNPLACED]
        return FrameView(article.number, article.title, settled, tuple(notes))

    def _words(self, spans: Iterable[Span]) -> tuple[str, ...]:
        return tuple(self._raw[start:end] for start, end in spans)

    def _rejected(self, analysis: Analysis) -> Iterator[Remark]:
        text = analysis.sentence.text
        for quantity, reason in self._pipeline.quantities.judge(text, self._pipeline.segmenter.known):
            if reason:
                says = _JUDGED.get(reason) or self._pipeline.quantities.why(reason)
                yield Remark((quantity.start, quantity.end), quantity.text, reason, says)

    def _records(self, analysis: Analysis) -> Iterator[RecordView]:
        places = [
            (clause, position)
            for clause in analysis.clauses
            for position, node in enumerate(clause.nodes)
            if node.quantity >= 0
        ]
        for (clause, position), metric in zip(places, analysis.metrics, strict=True):
            tableau = analysis.tableaus[clause.nodes[position].quantity]
            yield RecordView(
                to_row(metric),
                tuple(self._fields(metric)),
                tuple(self._view(one.phrase.text, one.way, one.source, one, "object") for one in tableau.composites),
                tuple(self._own(tableau)),
                tuple(self._view(one.phrase.text, one.way, "", one, "predicate") for one in tableau.verbs),
                tuple(self._view(one.kind, "", "", one, "kind") for one in tableau.kinds),
                tuple(self._view(one.phrase.text, one.way, "", one, "base") for one in tableau.bases),
            )

    def _fields(self, metric: Metric) -> Iterator[FieldView]:
        for evidence in metric.evidence:
            words = tuple(self._raw[start:end] for start, end in evidence.spans)
            source = "explicit" if evidence.explicit else "carried"
            yield FieldView(evidence.field, getattr(metric, evidence.field), source, words)

    def _own(self, tableau: Tableau) -> Iterator[CandidateView]:
        nodes = tableau.figure.clause.nodes
        for one in tableau.owns:
            yield self._view(Phrase(nodes[one.first : one.last]).text, one.site, one.gap, one, "own")

    def _view(self, text: str, way: str, source: str, one: Candidate, stage: str) -> CandidateView:
        weightiest = _weightiest(one.features, self._pipeline.relator.weights[stage])
        return CandidateView(text, way, source, round(one.score, 2), weightiest)


def _weightiest(features: Sequence[str], weights: Mapping[str, float]) -> tuple[FeatureView, ...]:
    """Return the features that weigh most, for or against, those without weight left out."""
    summed = {name: times * weights[name] for name, times in Counter(features).items() if weights.get(name)}
    ranked = sorted(summed.items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(FeatureView(name, round(weight, 2)) for name, weight in ranked[:_WEIGHTIEST])


def explained(pipeline: Pipeline, document: Document, at: int) -> list[Explanation]:
    """Return how the records of the sentence at the raw offset `at` of `document` came about; empty if none is."""
    explainer = Explainer(pipeline, document.text)
    return [
        explainer.explain(analysis)
        for analysis in pipeline.analyses(document)
        if analysis.sentence.offsets[0] <= at <= analysis.sentence.offsets[-1]
    ]


def to_json(explanations: Sequence[Explanation] | Sequence[FrameView]) -> list[dict[str, Any]]:
    """Return explanations as plain lists and mappings for `json.dump`."""
    from dataclasses import asdict

    return [asdict(explanation) for explanation in explanations]
