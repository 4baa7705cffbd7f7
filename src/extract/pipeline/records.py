"""Puts together the record of a figure from what every stage made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from extract.context.area_frame import AreaJudge
from extract.context.owners import Owner
from extract.mentions.areas import AreaFinder
from extract.model.clause import Clause, Node
from extract.model.document import Spans
from extract.model.record import Evidence, Metric, plain_value
from extract.model.sentence import Sentence
from extract.pipeline.analysis import Analysis
from extract.pipeline.article_state import ArticleState
from extract.relations.kinds import signed

_NO_HEADS: Final = frozenset[int]()

_Told = tuple[tuple[str, str, Spans], ...]
"""Fields of a record: name, value, and where the words that tell it stand."""


class RecordMaker:
    """Makes records; `generic_areas` gives for words such as 全市 the level that they speak of."""

    def __init__(self, areas: AreaFinder, judge: AreaJudge, generic_areas: Mapping[str, str]) -> None:
        self._areas = areas
        self._judge = judge
        self._generic_areas = generic_areas

    def record(
        self,
        clause: Clause,
        own: Node | None,
        owner: Owner | None,
        index: int,
        analysis: Analysis,
        context: ArticleState,
    ) -> Metric:
        """The record of the quantity `index` of a sentence, in `clause`.

        `own` names its area, None the article's; `owner` is whose it is, None where it is the area's own.
        """
        sentence, quantity, relation = analysis.sentence, analysis.quantities[index], analysis.relations[index]
        kind = relation.kind
        setting = context.tracker.settle(clause, quantity, relation, kind, analysis.reading)
        low, high = sentence.within_figure(quantity.start, quantity.end)
        start, end = sentence.raw_span(low, high)
        value, value_high = signed(quantity, relation)
        value, value_high = plain_value(value), None if value_high is None else plain_value(value_high)
        is_ranked_zone = quantity.form == "rank" and self._areas.is_zone(relation.object.text)
        area = relation.object.text if is_ranked_zone else self._area_name(own, context)
        area_rule = "area.own" if own and own.label == "area" else "area.word" if own else context.frame.rule
        told: _Told = (
            ("object", relation.object.text, relation.object.spans),
            ("predicate", relation.predicate.text, relation.predicate.spans),
            ("area", area, _area_spans(own, context)),
            ("period", setting.period, setting.spans),
            ("base", relation.base.text, relation.base.spans),
            ("owner", owner.text if owner else "", (owner.raw,) if owner else ()),
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
            rules=(*quantity.rules, *relation.rules, *setting.rules, *((area_rule,) if area and area_rule else ())),
            evidence=_evidence(told, clause, sentence),
            owner=_raw_text(context.raw, owner.sentence.offsets[owner.start : owner.end]) if owner else "",
        )

    def _area_name(self, node: Node | None, context: ArticleState) -> str:
        """Return the full name of the area that a node names, the article's own for None."""
        if node is None:
            return context.area
        if node.label == "area":
            return context.at.names.get(node.text) or self._areas.full_name(node.text)
        level = self._generic_areas.get(node.text, "nation")
        if context.area and node.text[-1] == context.area[-1]:
            return context.area
        before = node.sentence.text[: node.start]
        return self._judge.above(context.frame, level) or self._judge.named_in(before, level) or context.area


def _area_spans(node: Node | None, context: ArticleState) -> Spans:
    """Return where an area is read from: its name, or a word such as 全市 with the place that names the article's."""
    own = (node.raw,) if node else ()
    return own if node and node.label == "area" else (*own, *context.at.spans)


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
