"""Finds places in an order: 居全国第四, 列首位."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import regex

from extract.matching.literals import Index, Prefilter
from extract.matching.patterns import alternation, compiled, fill
from extract.model.quantity import Quantity
from extract.rulebook.schema import RankRule, Ranks, Unit
from extract.words.numerals import NumeralGrammar


class RankFinder:
    """Finds ranks by the rules of `rules/ranks.yaml`."""

    def __init__(
        self, ranks: Ranks, grammar: NumeralGrammar, units: Mapping[str, Unit], index: Index | None = None
    ) -> None:
        self._grammar = grammar
        self._units = units
        slots = {"n": grammar.numeral, "verb": alternation(ranks.verbs), "scope": alternation(ranks.scopes)}
        self._joint_rank = compiled(fill(ranks.joint, slots))
        patterns = [(fill(rule.pattern, slots), rule) for rule in ranks.rules]
        self._ranks = Prefilter(((pattern, (rule, compiled(pattern))) for pattern, rule in patterns), index)

    def find(self, text: str) -> list[Quantity]:
        """Return the ranks of `text` in order."""
        rules = self._ranks.select(text)
        if not rules:
            return []
        ranks: list[Quantity] = []
        end = 0
        for start, rule, match in sorted(
            [(m.start("span"), rule, m) for rule, pattern in rules for m in pattern.finditer(text)],
            key=lambda item: item[0],
        ):
            if start < end:
                continue
            ranks.append(self._rank(match, rule))
            end = match.end("span")
            while another := self._joint_rank.match(text, end):
                ranks.append(self._rank(another, rule))
                end = another.end("span")
        return ranks

    def _rank(self, match: regex.Match[str], rule: RankRule) -> Quantity:
        groups = match.groupdict()
        is_fixed = rule.value is not None and not groups.get("numeral")
        value = Decimal(rule.value or 0) if is_fixed else self._grammar.value(groups["numeral"])[0]
        high = self._grammar.value(groups["high"])[0] if groups.get("high") else None
        unit = groups.get("unit") or ""
        unit = self._units[unit].unit if unit in self._units else "位"
        span = match.span("span")
        return Quantity(
            span,
            span,
            match["span"],
            (value, high if high is None or high > value else None),
            (unit, "rank", "rank"),
            rule.bound,
            (rule.id,),
        )
