"""Reads on which side of its number a figure lies, by the words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from extract.matching.literals import Index, Prefilter
from extract.matching.patterns import alternation, compiled
from extract.model.quantity import Quantity
from extract.model.record import Bound
from extract.rulebook.schema import BoundRule
from extract.words.numerals import NumeralGrammar

_LIST: Final = "quantity.list"


class BoundReader:
    """Reads bounds by the rules of `rules/bounds.yaml`."""

    def __init__(self, rules: Sequence[BoundRule], grammar: NumeralGrammar, index: Index | None = None) -> None:
        self._grammar = grammar
        self._bounds = [_CompiledBound(rule) for rule in rules]
        self._remote = Prefilter(((bound.rule.remote, bound) for bound in self._bounds if bound.rule.remote), index)
        self._ends = frozenset[str]().union(*(bound.ends for bound in self._bounds))
        self._firsts = frozenset[str]().union(*(bound.starts for bound in self._bounds))
        self._joints = frozenset(grammar.rules.list_separators)
        self._closing = grammar.rules.bounded_from
        """What stands in a range whose second end goes on with 以下: 100元以上5000元以下."""
        self.words = frozenset(word for rule in rules for word in rule.before)
        """The words before a numeral that tell a bound."""

    def remote(self, text: str) -> Sequence[_CompiledBound]:
        """Return the rules with words further off that may stand in `text`."""
        return self._remote.select(text)

    def bounded(self, quantity: Quantity, text: str, remote: Sequence[_CompiledBound]) -> Quantity:
        """Return the quantity with the bound that its numeral or the words around it give.

        What stands nearer counts more: 余 in the numeral, then the words before it (the longest of them,
        不超过 rather than 超过), those behind it, those further off. 左右 and 约 yield to 以上 and 以内.
        `remote` are the rules with words further off that may stand in the text.
        """
        start, end = quantity.outer_start, quantity.outer_end
        found: list[BoundRule] = []
        if start and (text[start - 1] in self._ends or text[start - 1].isspace()):
            for one in self._bounds:
                place = one.before(text, quantity.outer_start)
                if 0 <= place < start:
                    start, found = place, [one.rule]
        is_closed = quantity.value_high is not None and any(word in quantity.text for word in self._closing)
        if text[end : end + 1] in self._firsts and not is_closed:
            for one in self._bounds:
                if match := one.after(text, end):
                    end = match.end()
                    found.insert(0 if found and found[0].bound == "about" else len(found), one.rule)
                    break
        for one in remote:
            if one.is_remote(text, quantity.outer_start):
                found.append(one.rule)
        bound: Bound = found[0].bound if found else "over" if _is_magnitude(quantity) else "exact"
        bound = "over" if self._grammar.is_vague(quantity.text) else bound
        if not found:
            return quantity if bound == "exact" else quantity.bounded(bound)
        return quantity.bounded(bound, (start, end), [rule.id for rule in found])

    def shared(self, quantities: Sequence[Quantity], text: str) -> list[Quantity]:
        """Give all items of a list the 超过 before its first, or the 以上 behind its shared unit.

        分别突破1.5万亿元、1.4万亿元; 210、185、26万亩以上.
        """
        shared: Bound = "exact"
        last: Quantity | None = None
        found: list[Quantity] = []
        for quantity in quantities:
            if last is None or text[last.end : quantity.outer_start] not in self._joints:
                ahead = quantity.outer_start < quantity.start and quantity.bound in ("over", "under")
                shared = quantity.bound if ahead else "exact"
            found.append(quantity.bounded(shared) if quantity.bound == "exact" else quantity)
            last = quantity
        for place in range(len(found) - 1, 0, -1):
            before, after = found[place - 1], found[place]
            if before.bound == "exact" and _LIST in before.rules and text[before.end : after.start] in self._joints:
                found[place - 1] = before.bounded(after.bound)
        return found


class _CompiledBound:
    """A bound rule with its patterns."""

    def __init__(self, rule: BoundRule) -> None:
        self.rule = rule
        unless = "".join(f"(?<!{regex.escape(word)})" for word in rule.unless)
        self._before = compiled(f"{alternation(rule.before)}{unless}了?\\s?$")
        self.ends = frozenset(word[-1] for word in rule.before) | {"了"}
        self._remote = compiled(rule.remote)
        self._after = compiled(alternation(rule.after))
        self.starts = frozenset(word[0] for word in rule.after)
        self._length = max(map(len, rule.before)) + max(map(len, rule.unless), default=0) + 2

    def before(self, text: str, end: int) -> int:
        """Return where the words that end at `end` begin, -1 if there are none."""
        if not end or (text[end - 1] not in self.ends and not text[end - 1].isspace()):
            return -1
        match = self._before.search(text, max(0, end - self._length), end)
        return match.start() if match else -1

    def after(self, text: str, start: int) -> regex.Match[str] | None:
        """Return the match of the words that begin at `start`."""
        return self._after.match(text, start) if text[start : start + 1] in self.starts else None

    def is_remote(self, text: str, end: int) -> bool:
        """Tell whether words further off end at `end`."""
        return bool(self._remote.search(text, 0, end))


def _is_magnitude(quantity: Quantity) -> bool:
    return quantity.form == "count" and quantity.text[:1] in "百千万亿"
