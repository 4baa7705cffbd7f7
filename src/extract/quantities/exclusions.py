"""Hides and rejects what looks like a quantity and is none: dates, ordinals, names, limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import regex

from extract.matching.guarded import GuardedPattern
from extract.matching.literals import Index, Prefilter, alternatives, closing_chars, opening_chars
from extract.matching.patterns import HIDDEN, compiled
from extract.rulebook.schema import Exclusions, Mask, Veto
from extract.words.numerals import NumeralGrammar

if TYPE_CHECKING:
    from extract.model.quantity import Quantity

_COUNTS: Final = frozenset(
    ("count", "person", "organisation", "vehicle", "building", "event", "household", "animal", "mass")
)
"""Dimensions of what is counted one by one."""


class Excluder:
    """Applies the masks and vetoes of `rules/exclusions.yaml`."""

    def __init__(self, rules: Exclusions, grammar: NumeralGrammar, index: Index | None = None) -> None:
        self._grammar = grammar
        self._beside = {veto.id: compiled(veto.unless_beside) for veto in rules.vetoes if veto.unless_beside}
        self._named = GuardedPattern(rules.named)
        self._masks = Prefilter(
            ((part, _CompiledMask(mask, part)) for mask in rules.masks for part in alternatives(mask.pattern)), index
        )
        self._vetoes = Prefilter(
            ((veto.text or veto.before or veto.after, CompiledVeto(veto)) for veto in rules.vetoes), index
        )
        self._reasons = {veto.id: veto.why for veto in rules.vetoes}

    def mask(self, text: str, keep: Sequence[tuple[int, int]] = ()) -> str:
        """Return `text` with what the masks match, and the spans `keep`, hidden; its length stays the same."""
        for start, end in [*keep, *(span for _, span in self.masked(text))]:
            text = text[:start] + HIDDEN * (end - start) + text[end:]
        return text

    def names(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return the names with a numeral that `texts`, an article, puts in quotes: “五个女博士”."""
        return tuple(dict.fromkeys(match["name"] for match in self._named.all_in(list(texts))))

    def masked(self, text: str) -> list[tuple[Mask, tuple[int, int]]]:
        """Return each mask that matches in `text` with the span that it hides; one that would cut a numeral does not.

        The 一点 of 十一点五 is no idiom.
        """
        found: list[tuple[Mask, tuple[int, int]]] = []
        for mask in self._masks.select(text):
            if mask.opening is None or text[:1] in mask.opening:
                for match in mask.pattern.finditer(text):
                    span = match.span(mask.group)
                    if not (self._grammar.cuts(text, span[0]) or self._grammar.cuts(text, span[1])):
                        found.append((mask.rule, span))
        return found

    def vetoes(self, text: str) -> Sequence[CompiledVeto]:
        """Return the vetoes that may reject quantities of the sentence `text`."""
        return self._vetoes.select(text)

    @staticmethod
    def veto(vetoes: Sequence[CompiledVeto], text: str, quantity: Quantity) -> str:
        """Return the id of the one of `vetoes` that rejects `quantity` of the sentence `text`, '' if none does."""
        for veto in vetoes:
            if veto.rejects(text, quantity):
                return veto.rule.id
        return ""

    def relent(self, text: str, judged: Sequence[tuple[Quantity, str]]) -> list[tuple[Quantity, str]]:
        """Return quantities with what rejects each, but nothing for what is counted beside others."""
        found = list(judged)
        for place, (quantity, reason) in enumerate(found):
            between = self._beside.get(reason)
            if between is not None and _is_counted(between, text, place, found):
                found[place] = (quantity, "")
        return found

    def why(self, veto: str) -> str:
        """Return the reason of the veto of this id."""
        return self._reasons[veto]


def _is_counted(between: regex.Pattern[str], text: str, place: int, judged: Sequence[tuple[Quantity, str]]) -> bool:
    """Whether the quantity at `place` stands beside another count, with only what `between` matches between them."""
    for first, second, other in ((place - 1, place, place - 1), (place, place + 1, place + 1)):
        if not 0 <= other < len(judged):
            continue
        quantity, reason = judged[other]
        said = text[judged[first][0].end : judged[second][0].start]
        if not reason and quantity.form == "count" and quantity.dimension in _COUNTS and between.match(said):
            return True
    return False


class _CompiledMask:
    """One of the alternatives of a mask."""

    def __init__(self, rule: Mask, pattern: str) -> None:
        self.rule = rule
        self.pattern = compiled(pattern)
        self.group = "mask" if "mask" in self.pattern.groupindex else 0
        self.opening = opening_chars(pattern)
        """The characters with which a text begins that it matches in; None for any."""


class CompiledVeto:
    """A veto with its patterns."""

    def __init__(self, rule: Veto) -> None:
        self.rule = rule
        self._dimensions = frozenset(rule.dimensions)
        self._text = _Condition(rule.text)
        self._before = _Condition(rule.before)
        self._after = _Condition(rule.after)
        self._unless_before = _Condition(rule.unless_before)
        self._unless_after = _Condition(rule.unless_after)

    def rejects(self, text: str, quantity: Quantity) -> bool:
        """Tell whether the veto rejects `quantity` of the sentence `text`."""
        if self._dimensions and quantity.dimension not in self._dimensions:
            return False
        start, end = quantity.start, quantity.end
        if not (self._text.allows(text, start, end) and self._after.allows(text, end, len(text))):
            return False
        if not self._before.allows(text, 0, start) or self._unless_before.is_met(text, 0, start):
            return False
        return not self._unless_after.is_met(text, end, len(text))


class _Condition:
    """A pattern that may have to match in a stretch of a sentence, which is not searched where its ends rule it out."""

    def __init__(self, pattern: str) -> None:
        self._pattern = compiled(pattern) if pattern else None
        self._opening = opening_chars(pattern) if pattern else None
        self._closing = closing_chars(pattern) if pattern else None

    def allows(self, text: str, start: int, end: int) -> bool:
        """Tell whether there is no pattern, or it matches in `text[start:end]`."""
        return self._pattern is None or self.is_met(text, start, end)

    def is_met(self, text: str, start: int, end: int) -> bool:
        """Tell whether there is a pattern that matches in `text[start:end]`."""
        if self._pattern is None:
            return False
        if self._opening is not None and (start == end or text[start] not in self._opening):
            return False
        if self._closing is not None and (start == end or text[end - 1] not in self._closing):
            return False
        return self._pattern.search(text[start:end]) is not None
