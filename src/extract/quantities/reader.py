"""Reads the value and unit of a quantity from the match of its shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

import regex

from extract.matching.patterns import alternation, compiled
from extract.model.quantity import Form, Quantity
from extract.quantities.scanner import Single
from extract.rulebook.schema import Unit
from extract.words.numerals import NumeralGrammar

PERCENT: Final = "%"
PERMILLE: Final = "‰"
HUNDRED: Final = Decimal(100)
TEN: Final = Decimal(10)
TEN_THOUSAND: Final = Decimal(10_000)
HALF: Final = Decimal("0.5")


_SINGLE: Final = ("quantity.single",)


class QuantityReader:
    """Reads matches of the shapes that `quantity.QuantityFinder` composes, whose groups it knows by name."""

    def __init__(self, grammar: NumeralGrammar, units: Mapping[str, Unit]) -> None:
        self._grammar = grammar
        self._units = {surface: _unit_of(unit) for surface, unit in units.items()}
        rules = grammar.rules
        self._currencies = rules.currencies
        self._letters = frozenset(rules.letter_scales)
        self._per_symbols = rules.per_symbols
        self._compounds = {(one.unit, one.part): one for one in rules.compounds}
        parts = alternation(tuple(one.part for one in rules.compounds))
        self._rest = compiled(f"零?(?P<n>{grammar.numeral})\\s?(?P<part>{parts})")
        self._ratio_parts = compiled(grammar.arabic)
        self._per = compiled(r"[/／](?P<first>[^/／·]+)(?:(?P<mark>[·/])(?P<second>.+))?$")
        self._each = rules.per_word
        self._items = compiled(f"(?P<n>{grammar.arabic}{grammar.scale}?|{grammar.long_chinese})(?P<c>个?)")
        self._scale = compiled(f"(?P<s>{grammar.scale})?{grammar.vague}?$")
        self._readers: dict[str, Callable[[regex.Match[str]], Iterator[Quantity]]] = {
            "s_doubling": self._read_doubling,
            "s_fraction": self._read_fraction,
            "s_tenth": self._read_tenth,
            "s_half": self._read_half,
            "s_ratio": self._read_ratio,
            "s_range": self._read_range,
            "s_between": self._read_between,
            "s_list": self._read_list,
            "s_currency": self._read_currency,
            "s_single": self._read_single,
            "s_index": self._read_index,
            "s_half_of": self._read_half_of,
            "s_bare": self._read_bare,
            "s_moved": self._read_moved,
            "s_casualty": self._read_casualty,
            "s_counted": self._read_counted,
            "s_places": self._read_places,
            "s_uncounted": self._read_uncounted,
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
        above, most = self._grammar.value(match["numerator"] or match["numerator2"])
        below = self._grammar.value(match["denominator"] or match["denominator2"])[0]
        if not below or (match["numerator2"] and above >= below):
            return
        high = self._share(most, below) if most is not None else None
        yield self._make(match, match.span(), self._share(above, below), PERCENT, "ratio", "percent", high, "fraction")

    @staticmethod
    def _share(above: Decimal, below: Decimal) -> Decimal:
        """Return a fraction in per cent, exactly where its denominator is a power of ten."""
        share = above / below * HUNDRED
        return share if below.normalize().as_tuple().digits == (1,) else share.quantize(Decimal("0.01"))

    def _read_tenth(self, match: regex.Match[str]) -> Iterator[Quantity]:
        if match["tenths"] is None:
            yield self._make(match, match.span(), Decimal(5), PERCENT, "ratio", "percent", shape="tenth")
            return
        low, high = self._tenths(match["tenths"], match["tenth"])
        if match["tenths_from"]:
            low, high = self._tenths(match["tenths_from"], match["tenth"])[0], low
        if part := match["tenth_part"]:
            low += 5 if part == self._grammar.rules.half else self._grammar.value(part)[0]
        if (high is not None and high <= low) or low > HUNDRED:
            raise ValueError(f"no share: {match[0]!r}")
        yield self._make(match, match.span(), low, PERCENT, "ratio", "percent", high, "tenth")

    def _tenths(self, tenths: str, kind: str) -> tuple[Decimal, Decimal | None]:
        """Return the share in per cent that so many tenths are: two digits are a range of 成, and places of 折."""
        tens = self._grammar.rules.tenth[0]
        if len(tenths) == 2 and tenths.isalpha() and not tenths.isascii():
            low, high = (self._grammar.value(digit)[0] for digit in tenths)
            return (low * 10, high * 10) if kind == tens else (low * 10 + high, None)
        value = self._grammar.value(tenths)[0]
        return value if kind != tens and value > 10 else value * 10, None

    def _read_half(self, match: regex.Match[str]) -> Iterator[Quantity]:
        yield self._make(match, match.span(), Decimal(50), PERCENT, "ratio", "percent", shape="half")

    def _read_ratio(self, match: regex.Match[str]) -> Iterator[Quantity]:
        """Yield the number of 2.9∶1 or 1∶2.3 that is not 1, but all those of 5∶3∶2."""
        parts = list(self._ratio_parts.finditer(match[0]))
        values = [self._grammar.value(part[0])[0] for part in parts]
        if len(parts) == 2:
            value = values[1] if values[0] == 1 else values[0]
            yield self._make(match, match.span(), value, "", "ratio", "ratio")
            return
        for part, value in zip(parts, values, strict=True):
            span = (match.start() + part.start(), match.start() + part.end())
            yield self._make(match, span, value, "", "ratio", "ratio")

    def _read_range(self, match: regex.Match[str]) -> Iterator[Quantity]:
        if match["low_unit"]:
            low, high = self._grammar.value(match["low"])[0], self._grammar.value(match["same_high"])[0]
            unit = self._unit(match["low_unit"])
        else:
            low, high = self._ends(match["low"], match["high"])
            unit = self._unit(match["high_unit"])
        if high < low < 0:
            low, high = high, low
        if low >= high:
            raise ValueError(f"no range: {match[0]!r}")
        yield self._make(match, match.span(), low, *unit, high=high, shape="range")

    def _read_between(self, match: regex.Match[str]) -> Iterator[Quantity]:
        low, high = self._ends(match["from"], match["to"])
        if low >= high:
            raise ValueError(f"no range: {match[0]!r}")
        yield self._make(match, match.span(), low, "", "count", "count", high, "between")

    def _ends(self, low: str, high: str) -> tuple[Decimal, Decimal]:
        """Return the two ends of a range, the lower one with the scale of the upper where it has none."""
        return self._grammar.value(low)[0] * self._range_scale(low, high), self._grammar.value(high)[0]

    def _range_scale(self, low: str, high: str) -> Decimal:
        """Return what the scale of the upper end makes of the lower one that has none: 20—60万, 七千到九千亿."""
        value, most = self._grammar.value(low)[0], self._grammar.value(high)[0]
        if value >= TEN_THOUSAND or not (shared := self._scale.search(high)) or not shared["s"]:
            return Decimal(1)
        scales = [shared["s"].strip(), shared["s"].strip().lstrip("十百千")]
        if (own := self._scale.search(low)) and own["s"]:
            del scales[0]
        for scale in filter(None, scales):
            factor = self._grammar.value("1" + scale)[0]
            is_shared = factor >= TEN_THOUSAND or value < TEN or scale in self._letters
            if is_shared and value * factor < most:
                return factor
        return Decimal(1)

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

    def _read_currency(self, match: regex.Match[str]) -> Iterator[Quantity]:
        value, high = self._grammar.value(match["amount"])
        said = match["amount_unit"]
        unit, dimension, form = self._unit(said) if said else (self._currencies[match["currency"]], "money", "count")
        if match["per"]:
            unit, dimension = f"{unit}/{self._plain_unit(match['per'])}", "price"
        yield self._make(match, match.span(), value, unit, dimension, form, high, "currency")

    def _read_single(self, match: regex.Match[str]) -> Iterator[Quantity]:
        if match["unit"] and not (match["half"] or match["rest"]):
            yield self._single(Single(match.span(), match[0], match["number"], match["unit"]))
            return
        value, high = self._grammar.value(match["number"])
        if match["more_unit"] or match["more_minutes"]:
            unit = self._unit(f"个{match['more_unit']}" if match["more_unit"] else "分钟")
        elif match["rest"]:
            value, unit = self._compound(value, match["unit"], match["rest"])
        else:
            value += HALF
            high = high + HALF if high is not None else None
            unit = self._unit(f"个{match['half_unit']}" if match["half_unit"] else match["unit"])
        yield self._make(match, match.span(), value, *unit, high=high, shape="single")

    def _single(self, found: Single) -> Quantity:
        span = (found.start, found.end)
        value = self._grammar.value(found.number)
        return Quantity(span, span, found.text, value, self._unit(found.unit), "exact", _SINGLE)

    def _compound(self, value: Decimal, surface: str, rest: str) -> tuple[Decimal, tuple[str, str, Form]]:
        """Return what a unit with smaller ones behind it says: 123元1角1分, 2小时1分钟."""
        unit, share = self._unit(surface), Decimal(1)
        for part in self._rest.finditer(rest):
            number, smaller = self._grammar.value(part["n"])[0], part["part"]
            compound = self._compounds.get((surface[-2:], smaller)) or self._compounds[surface[-1:], smaller]
            if number >= compound.makes:
                raise ValueError(f"no {smaller} of {surface}: {rest!r}")
            if compound.makes in (TEN, HUNDRED):
                share /= compound.makes
                value += number * share
            else:
                value = value * compound.makes + number
            if compound.of:
                unit = self._unit(compound.of)
            surface = smaller
        return value, unit

    def _read_index(self, match: regex.Match[str]) -> Iterator[Quantity]:
        form: Form = "ratio" if match["rate"] else "count"
        value = self._grammar.value(match["index"] or match["rate"] or match["score"])[0]
        yield self._make(match, match.span(), value, "", "ratio", form, shape="index")

    def _read_bare(self, match: regex.Match[str]) -> Iterator[Quantity]:
        value, high = self._grammar.value(match["bare"])
        yield self._make(match, match.span(), value, "", "count", "count", high, "bare")

    def _read_half_of(self, match: regex.Match[str]) -> Iterator[Quantity]:
        yield self._make(match, match.span(), HALF, *self._unit(match["half_of"]), shape="half_of")

    def _read_moved(self, match: regex.Match[str]) -> Iterator[Quantity]:
        """Yield both numbers of 60增至138个, with one unit."""
        low, high = match["moved_from"], match["moved_to"]
        unit = self._unit(match["moved_unit"])
        value, most = self._grammar.value(high)
        first = self._grammar.value(low)[0] * self._range_scale(low, high)
        yield self._make(match, match.span("moved_from"), first, *unit, shape="moved")
        span = (match.start("moved_to"), match.end())
        yield self._make(match, span, value, *unit, high=most, shape="moved")

    def _read_casualty(self, match: regex.Match[str]) -> Iterator[Quantity]:
        value, _ = self._grammar.value(match["casualties"])
        yield self._make(match, match.span(), value, "", "person", "count", shape="casualty")

    def _read_counted(self, match: regex.Match[str]) -> Iterator[Quantity]:
        value, high = self._grammar.value(match["counted"])
        yield self._make(match, match.span(), value, match["counter"], "count", "count", high, "counted")

    def _read_places(self, match: regex.Match[str]) -> Iterator[Quantity]:
        value, _ = self._grammar.value(match["places"])
        yield self._make(match, match.span(), value, match["place"], "count", "count", shape="places")

    def _read_uncounted(self, match: regex.Match[str]) -> Iterator[Quantity]:
        value, _ = self._grammar.value(match["uncounted"])
        yield self._make(match, match.span(), value, "", "count", "count", shape="uncounted")

    def _read_magnitude(self, match: regex.Match[str]) -> Iterator[Quantity]:
        value, _ = self._grammar.value(match["magnitude"])
        yield self._make(match, match.span(), value, "", "count", "count", shape="magnitude")

    def _unit(self, surface: str) -> tuple[str, str, Form]:
        """Return the unit that a surface says, its dimension, and the form of what has it."""
        known = self._units.get(surface)
        if known is None:
            known = self._units[surface] = self._composed(surface)
        return known

    def _composed(self, surface: str) -> tuple[str, str, Form]:
        """Return what a surface says that holds a bracket, or several units: 套（间）, 元/吨·公里."""
        if match := self._per.search(surface):
            unit, dimension, form = self._unit(surface[: match.start()])
            parts = [self._plain_unit(part) for part in (match["first"], match["second"]) if part]
            said = f"{unit}/{(match['mark'] or '').join(parts)}"
            return said, "price" if dimension == "money" else "rate", form
        head, each, rest = surface.partition(self._each)
        if each:
            unit, dimension, form = self._unit(head)
            return unit + each + rest, "price" if dimension == "money" else "rate", form
        head, bracket, rest = surface.partition("（") if "（" in surface else surface.partition("(")
        unit, dimension, form = self._units[head]
        return unit + bracket + rest, dimension, form

    def _plain_unit(self, surface: str) -> str:
        """Return the unit that `surface`, behind a slash, stands for: 立方米 for m³, 秒 for s."""
        return self._units[surface][0] if surface in self._units else self._per_symbols.get(surface, surface)


def _unit_of(unit: Unit) -> tuple[str, str, Form]:
    form: Form = "count"
    if unit.unit in (PERCENT, PERMILLE):
        form = "percent"
    elif unit.dimension == "percentage_point":
        form = "point"
    elif unit.dimension == "multiple":
        form = "multiple"
    return unit.unit, unit.dimension, form
