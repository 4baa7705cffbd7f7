"""Codes of the records of a document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from extract.coding.areas import AreaCoder
from extract.coding.checks import Checker
from extract.coding.days import days_of
from extract.coding.indicators import IndicatorFinder
from extract.coding.units import UnitCoder
from extract.model.codes import Codes
from extract.model.document import Document
from extract.model.extraction import Extraction
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import recalled_rules
from extract.rulebook.coding import recalled_coding_rules
from extract.words.segmenter import Segmenter

_RANKED_THEMSELVES = ("organisation", "person")
"""Dimensions of what may have a rank of its own: 8所高校入围前1000名 tells nothing of their number."""


class Coder:
    """Gives records their codes. `segmenter` cuts their objects; `rules` is a folder laid on the shipped rules."""

    def __init__(self, segmenter: Segmenter, rules: Path | None = None) -> None:
        book, coding = recalled_rules(rules), recalled_coding_rules(rules)
        self._dimensions = {unit.unit: unit.dimension for unit in book.units.values()}
        self._units = UnitCoder(coding.unit_codes)
        self._areas = AreaCoder(book.areas)
        places = {name for area in book.areas.values() for name in (area.name, area.short) if name}
        self._checker = Checker(coding.checks, self._dimensions)
        self.indicators = IndicatorFinder(coding.indicators, coding.indicator_words, segmenter.words, places)

    def codes(self, metrics: list[Metric], text: str) -> list[Codes]:
        """Return the codes of the records of one document, whose decoded text is `text`."""
        codes = self._aligned(metrics, [self._code(metric, text) for metric in metrics])
        return self._checked(metrics, codes, text)

    def _aligned(self, metrics: list[Metric], codes: list[Codes]) -> list[Codes]:
        """Return `codes` with the indicator of an amount for the growth, share and rank that its sentence tells of it.

        Money without an indicator takes that of its growth away too: 核电439亿元，增长5% is no 发电量.
        """
        aligned = list(codes)
        amounts: dict[tuple[int, str, str], int] = {}
        for index, metric in enumerate(metrics):
            told = (metric.article, metric.sentence, metric.object)
            if metric.kind == "level":
                amounts[told] = index
            elif metric.object and (amount := amounts.get(told)) is not None:
                dimension = self._dimension(metrics[amount].unit)
                if metric.kind == "rank" and dimension in _RANKED_THEMSELVES:
                    continue
                if codes[amount].indicator or dimension == "money":
                    source = codes[amount]
                    aligned[index] = replace(codes[index], indicator=source.indicator, topic=source.topic)
        return aligned

    def _checked(self, metrics: list[Metric], codes: list[Codes], text: str) -> list[Codes]:
        """Return `codes` with what the checks have found."""
        checked = list(codes)
        for index, first in self._checker.repeats(metrics).items():
            checked[index] = replace(checked[index], same_as=metrics[first].id)
        for check, index, other in self._checker.findings(metrics, codes, text):
            flag = check if other is None else f"{check}:{metrics[other].id}"
            checked[index] = replace(checked[index], flags=(*checked[index].flags, flag))
        return checked

    def _code(self, metric: Metric, text: str) -> Codes:
        unit = self._units.code(metric.unit) if metric.unit else None
        indicator = self.indicator(metric.object, metric.predicate, metric.unit, metric.kind)
        days = days_of(metric.period)
        return Codes(
            indicator=indicator[0],
            topic=indicator[1],
            unit_code=unit.code if unit else "",
            value_base=self._units.value(metric.value, metric.unit) if unit else None,
            unit_base=unit.base if unit else "",
            area_code=self._areas.code(metric.area, text) if metric.area else "",
            period_start=days[0].isoformat() if days else "",
            period_end=days[1].isoformat() if days else "",
        )

    def indicator(self, object: str, predicate: str, unit: str, kind: str) -> tuple[str, str]:
        """Return the indicator of a record and its topic, two empty strings where none is sure."""
        found = self.indicators.find(object, predicate, unit, self._dimension(unit), kind)
        return (found.indicator, found.topic) if found else ("", "")

    def _dimension(self, unit: str) -> str:
        """Return the dimension of `unit`; of one for each of another, which is in no list, a price or a rate."""
        slashed = unit.replace("每", "/")
        if known := self._dimensions.get(unit) or self._dimensions.get(slashed):
            return known
        above, is_per, _ = slashed.partition("/")
        if not is_per or not above:
            return ""
        return "price" if self._dimensions.get(above) == "money" else "rate"


class CodingPipeline:
    """A pipeline whose records are coded, over `pipeline` if it is given, which has the same `rules` then."""

    def __init__(self, rules: Path | None = None, pipeline: Pipeline | None = None) -> None:
        self._pipeline = pipeline or Pipeline(rules)
        self._coder = Coder(self._pipeline.segmenter, rules)

    def extract(self, document: Document) -> Extraction:
        """Return what is found in `document`, with the codes of each record."""
        found = self._pipeline.extract(document)
        return replace(found, codes=self._coder.codes(found.metrics, document.text))
