"""Composes the patterns of the shapes that quantities have, out of numerals and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import regex

from extract.matching.patterns import alternation, prefix_tree
from extract.quantities.scanner import Run, Scanner, Singles
from extract.rulebook.schema import Unit
from extract.words.numerals import DIGIT, NumeralGrammar

_ITEMS: Final = 12
_DIGITS: Final = 30
_BETWEEN: Final = 14
_SIMPLE: Final = (
    "s_doubling", "s_half", "s_half_of", "s_currency", "s_single", "s_bare", "s_moved", "s_casualty", "s_counted",
    "s_places", "s_uncounted", "s_magnitude",
)  # fmt: skip
"""Shapes of one number; the others join several, or need a cue before them."""


class Shapes:
    """The patterns of quantities, with groups that `reader.QuantityReader` knows by name."""

    def __init__(self, grammar: NumeralGrammar, units: Mapping[str, Unit], over: Sequence[str]) -> None:
        """Take the units by their surfaces, and the words `over` that make a bare scale a number (上万)."""
        self._grammar = grammar
        self._units = units
        self._over = list(over)
        rules = grammar.rules
        self._per = f"{alternation(rules.per_units)}(?![a-zA-Z])"
        self._each = f"{rules.per_word}{alternation(rules.per_word_units)}"

    def scanner(self) -> Scanner:
        """Return what finds the shapes in a sentence."""
        g, rules = self._grammar, self._grammar.rules
        said = (*self._units, *rules.vague_before, *rules.vague_after, *rules.digits, *rules.scales, *rules.point)
        plain = "".join((*said, *rules.signs, "0123456789０１２３４５６７８９.,．（）()个次含不 \u3000\xa0"))
        parting = {
            "s_fraction": (rules.fraction_mark, *rules.fraction_slash),
            "s_tenth": (*rules.tenth, *rules.range_separators),
            "s_ratio": (rules.ratio_mark, *rules.ratio_colons),
            "s_range": (*rules.range_separators, *rules.between_joints, *rules.bounded_from),
            "s_between": (*rules.range_separators, *rules.between_joints),
            "s_list": rules.list_separators,
        }
        any_unit = f"[{regex.escape(''.join(sorted({*''.join(self._units), *'（）()、次'})))}]+"
        shapes = self._shapes(any_unit)
        joined: dict[str, str] = {}
        for joint in sorted({word[0] for words in parting.values() for word in words}):
            names = [name for name, words in parting.items() if joint in plain or joint in {word[0] for word in words}]
            joined[joint] = "|".join([shapes[name] for name in names])
        guards = {surface: unit.not_before for surface, unit in self._units.items()}
        inner = (rules.half, *rules.vague_after)
        return Scanner(
            self.patterns(),
            _SIMPLE,
            Run("".join(sorted(set(plain) - joined.keys())), joined),
            ("s_single", Singles(g.number, guards, frozenset(one.unit for one in rules.compounds), inner)),
        )

    def patterns(self) -> dict[str, str]:
        """Return the patterns of the shapes by their names, in their order."""
        return self._shapes(self._unit_pattern())

    def _shapes(self, unit: str) -> dict[str, str]:
        """Return the patterns of the shapes of quantities by their names, in their order; `unit` is that of a unit."""
        g, rules = self._grammar, self._grammar.rules
        separator = self._separator()
        joint = alternation(rules.list_separators)
        chars = "".join([*rules.digits, *rules.scales])
        item = f"(?:{g.arabic}{g.scale}?|{g.long_chinese})"
        inclusive = "(?:[（(]不?含[）)])?"
        bare_decimal = f"(?<![0-9.]){DIGIT}+[.．]{DIGIT}+(?![0-9.∶:：/／%％‰十百千万亿年月日]|{unit})"
        digit = "[" + "".join(rules.digits) + "]"
        money = [surface for surface, unit in self._units.items() if unit.dimension == "money"]
        shapes = {
            "doubling": f"{rules.doubling_verb}[了至]?(?P<double>{digit}?{rules.doubling})",
            "fraction": f"(?P<denominator>{g.chinese}|(?<![0-9.]){DIGIT}{{1,4}})"
            f"{rules.fraction_mark}(?P<numerator>{g.numeral})"
            f"|(?<![0-9/／.])(?P<numerator2>{DIGIT}{{1,2}}){alternation(rules.fraction_slash)}(?P<denominator2>{DIGIT}{{1,3}})(?![0-9/／.]|\\s?[十百千万亿元])",
            "tenth": self._tenth(digit, separator),
            "half": f"{alternation(rules.half_words)}"
            f"|(?<={alternation(rules.half_after)}){rules.half}(?![{rules.half_not_before}])",
            "half_of": f"(?<={alternation(rules.half_of_after)}(?:了|约|近)?)"
            f"{rules.half}(?P<half_of>{alternation(rules.half_of)})",
            "ratio": f"(?P<ratio>{g.arabic}(?:{rules.ratio_mark}{g.arabic})+)"
            f"|(?<={rules.ratio_cue})(?P<ratio2>{g.arabic}(?:[{rules.ratio_colons}]{g.arabic})+)",
            "range": f"(?P<low>{g.numeral})\\s?(?:(?P<low_unit>{unit}){inclusive}\\s?"
            f"(?:{separator}|{self._bounded()})\\s?"
            f"(?P<same_high>{g.numeral})\\s?(?P=low_unit)|{inclusive}{separator}\\s?"
            f"(?P<high>{g.numeral})\\s?(?P<high_unit>{unit}))",
            "between": f"(?P<from>{g.numeral})\\s?{separator}\\s?(?P<to>{g.numeral})(?={rules.between})",
            "list": f"(?P<items>(?:{item}\\s?个?{joint}){{1,{_ITEMS}}})"
            f"(?P<last>{item}{g.vague}?)\\s?(?P<last_unit>{unit})",
            "currency": f"(?<![A-Za-z])(?P<currency>{alternation(tuple(rules.currencies))})\\s?(?P<amount>{g.number})"
            f"(?:\\s?(?P<amount_unit>{alternation(money)}))?(?:[/／](?P<per>{self._per}))?",
            "single": f"(?P<number>{g.numeral})\\s?(?:个半(?P<half_unit>{alternation(rules.half_units)})"
            f"|个{g.vague}(?P<more_unit>{alternation(rules.half_units)})|分{g.vague}(?P<more_minutes>钟)"
            f"|(?!{rules.counted_scale})(?P<unit>{unit})(?:(?P<half>{self._half_behind()})|(?P<rest>{self._rest()}))?)",
            "index": f"(?<={rules.index_cue})(?P<index>{bare_decimal})|(?<={rules.rate_cue})(?P<rate>{bare_decimal})"
            f"|(?<={rules.score_cue})(?P<score>{DIGIT}{{1,3}})(?=[，。；、）)]|以[上下]|左右)",
            "bare": f"(?P<bare>{g.arabic}{g.vague}?(?:[十百千]?万亿|[十百千]?[万亿]|{rules.counted_scale}){g.vague}?"
            f"|{digit}[{chars}]{{1,{_DIGITS}}}(?<=[万亿])(?![{rules.bare_not_before}]))",
            "moved": f"(?P<moved_from>{g.arabic}{g.scale}?)(?:{rules.moved})"
            f"(?P<moved_to>{g.number})\\s?(?P<moved_unit>{unit})",
            "casualty": f"(?P<casualties>{g.number}|{digit})(?={rules.casualty})",
            "counted": f"(?<=[一-龥])(?P<counted>{g.number})(?P<counter>{rules.unknown_unit})"
            f"(?=(?:[0-9]{{1,4}}{rules.unknown_unit})*[，、；。）)])",
            "places": f"(?<![0-9.第A-Za-z])(?:(?P<places>[0-9]{{1,3}})(?P<place>{rules.places})"
            f"|(?P<places>[三四五六七八九十]|十[一二三四五六七八九])(?P<place>{rules.places_in_words})"
            f"|(?P<places>[两三四五六七八九十]|[二三]?十[一二三四五六七八九]?)(?P<place>{rules.places_listed}))",
            "uncounted": f"(?<![0-9.第])(?!{rules.year})(?P<uncounted>[0-9]{{1,4}}{g.vague}?){rules.uncounted}",
            "magnitude": f"(?<={alternation(self._over)})(?P<magnitude>[十百千]?(?:万亿|万|亿))",
        }
        return {f"s_{name}": shape for name, shape in shapes.items()}

    def _tenth(self, digit: str, separator: str) -> str:
        rules = self._grammar.rules
        point = alternation(rules.point)
        arabic = "(?<![0-9.])(?:100?|[0-9]{1,2}(?=折)|[0-9])(?:\\.[0-9]{1,2})?"
        tenths = f"(?:十|{digit}{point}{digit}|{digit}{{1,2}}|{arabic})"
        kinds = "|".join(f"{word}(?![{rules.tenth_not_before[word]}])" for word in rules.tenth)
        return (
            f"{rules.half_tenth}|(?:(?P<tenths_from>{tenths}){separator})?(?P<tenths>{tenths})(?P<tenth>{kinds})"
            f"(?P<tenth_part>{digit}|{rules.half})?(?:{self._grammar.vague}|(?![{''.join(rules.tenth_not_before.values())}]))"
        )

    def _separator(self) -> str:
        rules = self._grammar.rules
        joints = alternation(rules.between_joints)
        return f"(?:{alternation(rules.range_separators)}|{joints}(?=[^，。；、]{{1,{_BETWEEN}}}?{rules.between}))"

    def _bounded(self) -> str:
        rules = self._grammar.rules
        return f"{alternation(rules.bounded_from)}(?=[^，。；、]{{1,{_BETWEEN}}}?{alternation(rules.bounded_to)})"

    def _half_behind(self) -> str:
        rules = self._grammar.rules
        return f"(?<={alternation(rules.half_behind)}){rules.half}(?![{rules.half_behind_not_before}])"

    def _rest(self) -> str:
        """Return the pattern of smaller units behind another: 分钟 behind 小时."""
        digits = "".join([*self._grammar.rules.digits, *self._grammar.rules.scales])
        parts: dict[str, list[str]] = {}
        for one in self._grammar.rules.compounds:
            parts.setdefault(one.unit, []).append(f"{one.part}{self._guard(one.part)}")
        pairs = [
            f"(?<={unit})零?(?:[0-9.]{{1,5}}|[{digits}]{{1,4}})\\s?(?:{'|'.join(of)})" for unit, of in parts.items()
        ]
        return f"(?:{'|'.join(pairs)}){{1,3}}"

    def _guard(self, surface: str) -> str:
        unit = self._units.get(surface)
        return f"(?![{regex.escape(unit.not_before)}])" if unit and unit.not_before else ""

    def _unit_pattern(self) -> str:
        guards = {surface: self._guard(surface) for surface in self._units}
        inner = {
            surface: guards[surface] if set("、）)") & set(unit.not_before) else ""
            for surface, unit in self._units.items()
        }
        unit = prefix_tree(guards)
        bracket = f"(?:[（(](?:(?:{prefix_tree(inner)})(?:、(?![）)])|(?=[）)])))+[）)]次?)?"
        known = f"(?:{self._per}|{self._grammar.rules.per_unknown})"
        per = f"(?:{self._each}|[/／]{known})?(?:(?:(?<=/[^/，。]{{1,4}})·|(?<=/[^/，。]{{1,4}})/){self._per})?"
        return f"(?:{unit}){bracket}{per}"
