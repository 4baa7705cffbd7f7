"""Finds quantities in a sentence: span, exact value, unit and bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final

import regex

from extract.matching.literals import Index, Prefilter
from extract.matching.patterns import compiled
from extract.model.quantity import Form, Quantity
from extract.quantities.bounds import BoundReader
from extract.quantities.exclusions import Excluder
from extract.quantities.ranks import RankFinder
from extract.quantities.reader import QuantityReader
from extract.quantities.scanner import Single
from extract.quantities.shapes import Shapes
from extract.rulebook.schema import BoundRule, Mask, Ranks, Unit
from extract.words.numerals import NumeralGrammar
from extract.words.segmenter import Token

__all__ = ["Form", "Quantity", "QuantityFinder"]

TORN: Final = "quantity.torn"
"""What rejects a part of a longer number."""
TORN_RULES: Final = (TORN,)

Words = Callable[[str], Sequence[Token]]
"""Cuts a text into words."""

_WORD_MARKS: Final = frozenset("+#&._%-")
"""What besides letters, digits and Chinese characters can stand in a word of the dictionary."""
_FEW: Final = 10
"""So many figures at most are one amount each; more are counted, and the amount is that of all: 44笔4亿元."""
_NUMERIC_TAGS: Final = ("m", "q", "x", "t")
"""Parts of speech of what a numeral is itself: numbers, classifiers, times, and what is no word."""


class QuantityFinder:
    """Finds the quantities of a sentence by the rules it was made with."""

    def __init__(
        self,
        grammar: NumeralGrammar,
        units: dict[str, Unit],
        bounds: Sequence[BoundRule],
        ranks: Ranks,
        excluder: Excluder,
        index: Index | None = None,
    ) -> None:
        self._grammar = grammar
        self._reader = QuantityReader(grammar, units)
        self._excluder = excluder
        self._bounds = BoundReader(bounds, grammar, index)
        self._ranks = RankFinder(ranks, grammar, units, index)
        over = [word for rule in bounds if rule.bound == "over" for word in rule.before]
        self._patterns = Shapes(grammar, units, over).scanner()
        cues = (grammar.rules.index_cue, grammar.rules.score_cue, grammar.rules.rate_cue)
        self._cued = Prefilter(((cue, cue) for cue in cues), index)
        self._bare = compiled(f"(?P<number>{grammar.arabic})")

    def find(self, text: str, words: Words) -> list[Quantity]:
        """Return the quantities of `text` in order; `words` cuts a text into words, to reject numerals inside them."""
        return self.scan(text, words)[0]

    def names(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return the names with a numeral that `texts`, an article, puts in quotes, for `scan` to hide."""
        return self._excluder.names(texts)

    def scan(
        self, text: str, words: Words, names: Sequence[str] = ()
    ) -> tuple[list[Quantity], list[tuple[int, int]], list[tuple[int, int]]]:
        """Return what `find` does, spans of rejected numbers with their bounds, and those of numbers not read whole.

        超200亿元 in 超200亿元县 is rejected; 1.2.3个 is no number that can be read. `names` hide what they hold.
        """
        judged = self.judge(text, words, names)
        if not judged:
            return [], [], []
        rules = self._bounds.remote(text)
        ranks: list[Quantity] = []
        found: list[Quantity] = []
        limits: list[tuple[int, int]] = []
        torn: list[tuple[int, int]] = []
        for quantity, reason in judged:
            if quantity.form == "rank" and not reason:
                ranks.append(quantity)
                continue
            if reason == TORN:
                torn.append((quantity.start, quantity.end))
                continue
            bounded = self._bounds.bounded(quantity, text, rules)
            if not reason:
                found.append(bounded)
            elif bounded.bound != "exact":
                limits.append((bounded.outer_start, bounded.end))
        found = self._bounds.shared(found, text)
        return (sorted([*found, *ranks], key=_start) if ranks else found), limits, torn

    def bare(self, text: str, start: int, end: int) -> Quantity | None:
        """Return the number without a unit that `text[start:end]` is, as it stands in a cell; None if it is none."""
        match = self._bare.fullmatch(text, start, end)
        return self._reader.unitless(match) if match else None

    def judge(self, text: str, words: Words, names: Sequence[str] = ()) -> list[tuple[Quantity, str]]:
        """Return each candidate in `text` with the id of what rejects it, '' if it is a quantity.

        That is the id of a veto, `quantity.in-word` for a numeral inside a word, `quantity.of-amount` for the
        两个 of 两个10亿元, or `quantity.torn` for a number that is not read whole. Bounds are not yet read.
        """
        ranks = self._ranks.find(text)
        keep = [(q.start, q.end) for q in ranks]
        for name in names:
            keep += [match.span() for match in regex.finditer(regex.escape(name), text)]
        masked = self._excluder.mask(text, keep)
        found: list[Quantity] = []
        torn: set[Quantity] = set()
        for match in self._patterns.matches(masked, not self._cued.select(text)):
            read = self._read(match, masked)
            found += read
            if read and (read[0].rules == TORN_RULES or self._grammar.is_part(masked, read[0].start, read[-1].end)):
                torn.update(read)
        inside = self._inside_words(found, text, words)
        of_amount = _counts_of_amounts([q for q in found if q not in inside] if inside else found)
        judged = [(q, "") for q in ranks]
        vetoes = self._excluder.vetoes(text) if found else ()
        for q in found:
            reason = "quantity.in-word" if q in inside else "quantity.of-amount" if q in of_amount else ""
            reason = reason or self._excluder.veto(vetoes, text, q)
            judged.append((q, reason or (TORN if q in torn else "")))
        judged = self._excluder.relent(text, judged)
        return sorted(judged, key=lambda item: item[0].start) if ranks else judged

    def _read(self, match: Single | regex.Match[str], text: str) -> list[Quantity]:
        """Return what a match says; of what cannot be read, the stretch without a value."""
        try:
            return list(self._reader.read(match))
        except ValueError:
            span = (match.start, match.end) if isinstance(match, Single) else match.span()
            said = text[slice(*span)]
            return [Quantity(span, span, said, (Decimal(0), None), ("", "", "count"), "exact", TORN_RULES)]

    def _inside_words(self, quantities: Iterable[Quantity], text: str, words: Words) -> set[Quantity]:
        """Return the Chinese numerals that are part of a longer word of the dictionary (三亚市), other than 近百家."""
        inside: set[Quantity] = set()
        for quantity in quantities:
            if quantity.form == "count" and "一" <= quantity.text[0] <= "龥":
                start, end = _surroundings(text, quantity)
                tokens = [word for word in words(text[start:end]) if not self._is_of_unit(word, quantity, start)]
                if _lies_inside(quantity, tokens, start, self._bounds.words):
                    inside.add(quantity)
        return inside

    def _is_of_unit(self, word: Token, quantity: Quantity, offset: int) -> bool:
        """Whether a word begins inside the quantity behind its numeral (个人, 架飞机), which it leaves whole."""
        return quantity.start < offset + word.start < quantity.end and not self._grammar.is_said(word.text[0])

    def masked(self, text: str) -> list[tuple[Mask, tuple[int, int]]]:
        """Return each mask that hides a stretch of `text` from the search, with its span."""
        return self._excluder.masked(text)

    def why(self, veto: str) -> str:
        """Return the reason of the veto of this id."""
        return self._excluder.why(veto)


def _start(quantity: Quantity) -> int:
    return quantity.start


def _surroundings(text: str, quantity: Quantity) -> tuple[int, int]:
    """Return the stretch around a quantity up to the next marks, which stand in no word."""
    start, end = quantity.start, quantity.end
    while start and (text[start - 1].isalnum() or text[start - 1] in _WORD_MARKS):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in _WORD_MARKS):
        end += 1
    return start, end


def _lies_inside(quantity: Quantity, tokens: Sequence[Token], offset: int, bounds: frozenset[str]) -> bool:
    """Tell whether one of the words `tokens` goes over an edge of the quantity, but for a bound before it.

    The words stand in the sentence from `offset` on.
    """
    start, end = quantity.start - offset, quantity.end - offset
    for token in tokens:
        is_over = token.start < start < token.end or token.start < end < token.end
        if is_over and token.tag[:1] not in _NUMERIC_TAGS and token.text[: start - token.start] not in bounds:
            return True
    return False


def _counts_of_amounts(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return 两个 of 两个10亿元: a quantity said of two figures at once stands at the figure with the unit."""
    return [
        q
        for place, q in enumerate(quantities[:-1])
        if q.dimension == "count"
        and q.unit == "个"
        and q.value < _FEW
        and q.end == quantities[place + 1].start
        and quantities[place + 1].dimension not in ("count", "person")
    ]
