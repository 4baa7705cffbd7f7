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
_SIMPLE: Final = ("s_doubling", "s_half", "s_single", "s_bare", "s_magnitude")
"""Shapes of one number; the others join several, or need a cue before them."""


class Shapes:
    """The patterns of quantities, with groups that `reader.QuantityReader` knows by name."""

    def __init__(self, grammar: NumeralGrammar, units: Mapping[str, Unit], over: Sequence[str]) -> None:
        """Take the units by their surfaces, and the words `over` that make a bare scale a number (上万)."""
        self._grammar = grammar
        self._units = units
        self._over = list(over)

    def scanner(self) -> Scanner:
        """Return what finds the shapes in a sentence."""
        g, rules = self._grammar, self._grammar.rules
        said = (*self._units, *rules.vague_before, *rules.vague_after, *rules.digits, *rules.scales, *rules.point)
        plain = "".join((*said, *rules.signs, "0123456789０１２３４５６７８９.,．（）()个次 \u3000\xa0"))
        parting = {
            "s_fraction": (rules.fraction_mark, *rules.fraction_slash),
            "s_tenth": (rules.tenth,),
            "s_ratio": (rules.ratio_mark, *rules.ratio_colons),
            "s_range": rules.range_separators,
            "s_list": rules.list_separators,
        }
        any_unit = f"[{regex.escape(''.join(sorted({*''.join(self._units), *'（）()、次'})))}]+"
        shapes = self._shapes(any_unit)
        joined: dict[str, str] = {}
        for joint in sorted({word[0] for words in parting.values() for word in words}):
            names = [name for name, words in parting.items() if joint in plain or joint in {word[0] for word in words}]
            joined[joint] = "|".join([shapes[name] for name in names])
        return Scanner(
            self.patterns(),
            _SIMPLE,
            Run("".join(sorted(set(plain) - joined.keys())), joined),
            ("s_single", Singles(g.number, {surface: unit.not_before for surface, unit in self._units.items()})),
        )

    def patterns(self) -> dict[str, str]:
        """Return the patterns of the shapes by their names, in their order."""
        return self._shapes(self._unit_pattern())

    def _shapes(self, unit: str) -> dict[str, str]:
        """Return the patterns of the shapes of quantities by their names, in their order; `unit` is that of a unit."""
        g, rules = self._grammar, self._grammar.rules
        separator = alternation(rules.range_separators)
        joint = alternation(rules.list_separators)
        bare_decimal = f"(?<![0-9.]){DIGIT}+[.．]{DIGIT}+(?![0-9.∶:：/／%％‰十百千万亿年月日]|{unit})"
        digit = "[" + "".join(rules.digits) + "]"
        shapes = {
            "doubling": f"{rules.doubling_verb}[了至]?(?P<double>{digit}?{rules.doubling})",
            "fraction": f"(?P<denominator>{g.chinese}){rules.fraction_mark}(?P<numerator>{g.numeral})"
            f"|(?P<numerator2>{DIGIT}{{1,2}}){alternation(rules.fraction_slash)}(?P<denominator2>{DIGIT}{{1,3}})(?![0-9/])",
            "tenth": f"(?P<tenths>{digit}{{1,2}}|[0-9](?:\\.[0-9])?){rules.tenth}(?P<tenth_part>{digit}|{rules.half})?"
            f"{g.vague}?(?![{rules.tenth_not_before}])",
            "half": f"{alternation(rules.half_words)}"
            f"|(?<={alternation(rules.half_after)}){rules.half}(?![{rules.half_not_before}])",
            "ratio": f"(?P<ratio>{g.arabic})(?:{rules.ratio_mark}{g.arabic})+"
            f"|(?<={rules.ratio_cue})(?P<ratio2>{g.arabic})(?:[{rules.ratio_colons}]{g.arabic})+",
            "range": f"(?P<low>{g.numeral})\\s?(?P<low_unit>{unit})?\\s?{separator}\\s?"
            f"(?P<high>{g.numeral})\\s?(?P<high_unit>{unit})",
            "list": f"(?P<items>(?:{g.arabic}{g.scale}?\\s?个?{joint}){{1,{_ITEMS}}})"
            f"(?P<last>{g.arabic}{g.scale}?{g.vague}?)\\s?(?P<last_unit>{unit})",
            "single": f"(?P<number>{g.numeral})\\s?(?P<unit>{unit})",
            "index": f"(?<={rules.index_cue})(?P<index>{bare_decimal})|(?<={rules.rate_cue})(?P<rate>{bare_decimal})",
            "bare": f"(?P<bare>{g.arabic}{g.vague}?(?:[十百千]?万亿|[十百千]?[万亿]){g.vague}?)",
            "magnitude": f"(?<={alternation(self._over)})(?P<magnitude>[十百千]?(?:万亿|万|亿))",
        }
        return {f"s_{name}": shape for name, shape in shapes.items()}

    def _unit_pattern(self) -> str:
        guards = {
            surface: f"(?![{regex.escape(unit.not_before)}])" if unit.not_before else ""
            for surface, unit in self._units.items()
        }
        inner = {
            surface: guards[surface] if set("、）)") & set(unit.not_before) else ""
            for surface, unit in self._units.items()
        }
        return f"(?:{prefix_tree(guards)})(?:[（(](?:(?:{prefix_tree(inner)})(?:、(?![）)])|(?=[）)])))+[）)]次?)?"
