"""Reads the value and unit of a quantity from the match of its shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

import regex

from extract.matching.patterns import compiled
from extract.model.quantity import Form, Quantity
from extract.quantities.scanner import Single
from extract.rulebook.schema import Unit
from extract.words.numerals import NumeralGrammar

PERCENT: Final = "%"
PERMILLE: Final = "‰"
HUNDRED: Final = Decimal(100)
TEN_THOUSAND: Final = Decimal(10_000)


_SINGLE: Final = ("quantity.single",)


class QuantityReader:
    """Reads matches of the shapes that `quantity.QuantityFinder` composes, whose groups it knows by name."""

    def __init__(self, grammar: NumeralGrammar, units: Mapping[str, Unit]) -> None:
        self._grammar = grammar
        self._units = {surface: _unit_of(unit) for surface, unit in units.items()}
        self._items = compiled(f"(?P<n>{grammar.arabic}{grammar.scale}?)(?P<c>个?)")
        self._scale = compiled(f"(?P<s>{grammar.scale})?{grammar.vague}?$")
        self._readers: dict[str, Callable[[regex.Match[str]], Iterator[Quantity]]] = {
            "s_doubling": self._read_doubling,
            "s_fraction": self._read_fraction,
            "s_tenth": self._read_tenth,
            "s_half": self._read_half,
            "s_ratio": self._read_ratio,
            "s_range": self._read_range,
            "s_list": self._read_list,
            "s_single": self._read_single,
            "s_index": self._read_index,
            "s_bare": self._read_bare,
            "s_magnitude": self._read_magnitude,
        }

    def read(self, match: Single | regex.Match[str]) -> Iterable[Quantity]:
        """Return the quantities that a match of one shape says: several for a list."""
        return (self._single(match),) if isinstance(match, Single) else self._readers[str(match.lastgroup)](match)

    def unitless(self, match: regex.Match[str]) -> Quantity:
        """Return the quantity without a unit that the group `number` of a match says."""
        value, _ = self._grammar.value(match["number"])
        return self._make(match, match.span(), value, "", "count", "count", shape="bare")

    def _make(
        self,
        match: regex.Match[str],
        span: tuple[int, int],
        value: Decimal,
        unit: str,
        dimension: str,
        form: Form,
        high: Decimal | None = None,
        shape: str = "",
    ) -> Quantity:
        rules = (f"quantity.{shape or form}",)
        text = match.string[span[0] : span[1]]
        return Quantity(span, span, text, (value, high), (unit, dimension, form), "exact", rules)

    def _read_doubling(self, match: regex.Match[str]) -> Iterator[Quantity]:
        times = self._grammar.value(match["double"][0])[0] if len(match["double"]) > 1 else Decimal(1)
        yield self._make(match, match.span("double"), (2**times - 1) * HUNDRED, PERCENT, "ratio", "doubling")

    def _read_fraction(self, match: regex.Match[str]) -> Iterator[Quantity]:
        above = self._grammar.value(match["numerator"] or match["numerator2"])[0]
        below = self._grammar.value(match["denominator"] or match["denominator2"])[0]
        if not below or (match["numerator2"] and above >= below):
            return
        share = (above / below * HUNDRED).quantize(Decimal("0.01"))
        yield self._make(match, match.span(), share, PERCENT, "ratio", "percent", shape="fraction")

    def _read_tenth(self, match: regex.Match[str]) -> Iterator[Quantity]:
        digits = match["tenths"]
        low, high = (digits[0], digits[1]) if len(digits) == 2 and digits.isalpha() else (digits, "")
        value = self._grammar.value(low)[0] * 10
        part = match["tenth_part"]
        if part:
            value += 5 if part == self._grammar.rules.half else self._grammar.value(part)[0]
        upper = self._grammar.value(high)[0] * 10 if high else None
        if upper is not None and upper <= value:
            return
        yield self._make(match, match.span(), value, PERCENT, "ratio", "percent", upper, shape="tenth")

    def _read_half(self, match: regex.Match[str]) -> Iterator[Quantity]:
        yield self._make(match, match.span(), Decimal(50), PERCENT, "ratio", "percent", shape="half")

    def _read_ratio(self, match: regex.Match[str]) -> Iterator[Quantity]:
        yield self._make(
            match,
            match.span(),
            self._grammar.value(match["ratio"] or match["ratio2"])[0],
            "",
            "ratio",
            "ratio",
        )

    def _read_range(self, match: regex.Match[str]) -> Iterator[Quantity]:
        low, high = self._grammar.value(match["low"])[0], self._grammar.value(match["high"])[0]
        if not match["low_unit"] and low < TEN_THOUSAND:
            low *= self._shared_scale(match["low"], match["high"])
        if low >= high:
            return
        unit, dimension, form = self._unit(match["high_unit"])
        yield self._make(match, match.span(), low, unit, dimension, form, high, "range")

    def _read_list(self, match: regex.Match[str]) -> Iterator[Quantity]:
        surface = match["last_unit"]
        items = list(self._items.finditer(match["items"]))
        unit, dimension, form = self._unit(surface)
        if any(item["c"] for item in items) and form != "point":
            items = [item for item in items if item["c"]]
            unit_of_items = self._unit("个")
        else:
            unit_of_items = (unit, dimension, form)
        offset = match.start("items")
        for item in items:
            value = self._grammar.value(item["n"])[0] * self._shared_scale(item["n"], match["last"])
            span = (offset + item.start(), offset + item.end())
            yield self._make(match, span, value, *unit_of_items, shape="list")
        value, high = self._grammar.value(match["last"])
        yield self._make(match, (match.start("last"), match.end()), value, unit, dimension, form, high, "list")

    def _shared_scale(self, item: str, last: str) -> Decimal:
        own, shared = self._scale.search(item), self._scale.search(last)
        if (own and own["s"]) or not (shared and shared["s"]):
            return Decimal(1)
        return self._grammar.value("1" + shared["s"])[0]

    def _read_single(self, match: regex.Match[str]) -> Iterator[Quantity]:
        yield self._single(Single(match.span(), match[0], match["number"], match["unit"]))

    def _single(self, found: Single) -> Quantity:
        span = (found.start, found.end)
        value = self._grammar.value(found.number)
        return Quantity(span, span, found.text, value, self._unit(found.unit), "exact", _SINGLE)

    def _read_index(self, match: regex.Match[str]) -> Iterator[Quantity]:
        form: Form = "count" if match["index"] else "ratio"
        value = self._grammar.value(match["index"] or match["rate"])[0]
        yield self._make(match, match.span(), value, "", "ratio", form, shape="index")

    def _read_bare(self, match: regex.Match[str]) -> Iterator[Quantity]:
        value, high = self._grammar.value(match["bare"])
        yield self._make(match, match.span(), value, "", "count", "count", high, "bare")

    def _read_magnitude(self, match: regex.Match[str]) -> Iterator[Quantity]:
        value, _ = self._grammar.value(match["magnitude"])
        yield self._make(match, match.span(), value, "", "count", "count", shape="magnitude")

    def _unit(self, surface: str) -> tuple[str, str, Form]:
        """Return the unit that a surface says, its dimension, and the form of what has it."""
        if "（" not in surface and "(" not in surface:
            return self._units[surface]
        head, bracket, rest = surface.partition("（") if "（" in surface else surface.partition("(")
        unit, dimension, form = self._units[head]
        return unit + bracket + rest, dimension, form


def _unit_of(unit: Unit) -> tuple[str, str, Form]:
    form: Form = "count"
    if unit.unit in (PERCENT, PERMILLE):
        form = "percent"
    elif unit.dimension == "percentage_point":
        form = "point"
    elif unit.dimension == "multiple":
        form = "multiple"
    return unit.unit, unit.dimension, form
