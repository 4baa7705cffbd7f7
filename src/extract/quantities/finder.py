"""Finds quantities in a sentence: span, exact value, unit and bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Final

import regex

from extract.matching.literals import Index, Prefilter
from extract.matching.patterns import alternation, compiled, fill, prefix_tree
from extract.model.quantity import Form, Quantity
from extract.model.record import Bound
from extract.quantities.exclusions import Excluder
from extract.quantities.reader import QuantityReader
from extract.quantities.scanner import Run, Scanner, Singles
from extract.rulebook.schema import BoundRule, Mask, RankRule, Ranks, Unit
from extract.words.numerals import DIGIT, NumeralGrammar
from extract.words.segmenter import Token

__all__ = ["Form", "Quantity", "QuantityFinder"]

Words = Callable[[str], Sequence[Token]]
"""Cuts a text into words."""

_LIST: Final = "quantity.list"
_ITEMS: Final = 12
_WORD_MARKS: Final = frozenset("+#&._%-")
"""What besides letters, digits and Chinese characters can stand in a word of the dictionary."""
_NUMERIC_TAGS: Final = ("m", "q", "x", "t")
"""Parts of speech of what a numeral is itself: numbers, classifiers, times, and what is no word."""
_SIMPLE: Final = ("s_doubling", "s_half", "s_single", "s_bare", "s_magnitude")
"""Shapes of one number; the others join several, or need a cue before them."""


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
        self._units = units
        self._reader = QuantityReader(grammar, units)
        self._excluder = excluder
        self._bounds = [_CompiledBound(rule) for rule in bounds]
        self._remote = Prefilter(((bound.rule.remote, bound) for bound in self._bounds if bound.rule.remote), index)
        self._bound_starts = frozenset(word for rule in bounds for word in rule.before)
        self._bound_ends = frozenset[str]().union(*(bound.ends for bound in self._bounds))
        self._bound_firsts = frozenset[str]().union(*(bound.starts for bound in self._bounds))
        self._joints = frozenset(grammar.rules.list_separators)
        cues = (grammar.rules.index_cue, grammar.rules.rate_cue)
        self._cued = Prefilter(((cue, cue) for cue in cues), index)
        self._patterns = self._compile()
        self._bare = compiled(f"(?P<number>{grammar.arabic})")
        slots = {"n": grammar.numeral, "verb": alternation(ranks.verbs), "scope": alternation(ranks.scopes)}
        self._joint_rank = compiled(fill(ranks.joint, slots))
        patterns = [(fill(rule.pattern, slots), rule) for rule in ranks.rules]
        self._ranks = Prefilter(((pattern, (rule, compiled(pattern))) for pattern, rule in patterns), index)

    def _compile(self) -> Scanner:
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
            self._shapes(self._unit_pattern()),
            _SIMPLE,
            Run("".join(sorted(set(plain) - joined.keys())), joined),
            ("s_single", Singles(g.number, {surface: unit.not_before for surface, unit in self._units.items()})),
        )

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
            "magnitude": f"(?<={alternation(self._bound_words('over'))})(?P<magnitude>[十百千]?(?:万亿|万|亿))",
        }
        return {f"s_{name}": shape for name, shape in shapes.items()}

    def _bound_words(self, bound: Bound) -> list[str]:
        return [word for one in self._bounds if one.rule.bound == bound for word in one.rule.before]

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

    def find(self, text: str, words: Words) -> list[Quantity]:
        """Return the quantities of `text` in order; `words` cuts a text into words, to reject numerals inside them."""
        return self.scan(text, words)[0]

    def scan(self, text: str, words: Words) -> tuple[list[Quantity], list[tuple[int, int]]]:
        """Return what `find` does, and the spans of rejected numbers with their bounds: 超200亿元 in 超200亿元县."""
        judged = self.judge(text, words)
        if not judged:
            return [], []
        rules = self._remote.select(text)
        ranks: list[Quantity] = []
        found: list[Quantity] = []
        limits: list[tuple[int, int]] = []
        for quantity, reason in judged:
            if quantity.form == "rank" and not reason:
                ranks.append(quantity)
                continue
            bounded = self._with_bound(quantity, text, rules)
            if not reason:
                found.append(bounded)
            elif bounded.bound != "exact":
                limits.append((bounded.outer_start, bounded.end))
        found = self._share_bounds(found, text)
        return sorted([*found, *ranks], key=_start) if ranks else found, limits

    def bare(self, text: str, start: int, end: int) -> Quantity | None:
        """Return the number without a unit that `text[start:end]` is, as it stands in a cell; None if it is none."""
        match = self._bare.fullmatch(text, start, end)
        return self._reader.unitless(match) if match else None

    def judge(self, text: str, words: Words) -> list[tuple[Quantity, str]]:
        """Return each candidate in `text` with the id of what rejects it, '' if it is a quantity.

        That is the id of a veto, `quantity.in-word` for a numeral inside a word, or `quantity.of-amount`
        for the 两个 of 两个10亿元. Bounds are not yet read.
        """
        ranks = self._find_ranks(text)
        masked = self._excluder.mask(text, [(q.start, q.end) for q in ranks])
        found: list[Quantity] = []
        for match in self._patterns.matches(masked, not self._cued.select(text)):
            found.extend(self._reader.read(match))
        inside = self._inside_words(found, text, words)
        of_amount = _counts_of_amounts([q for q in found if q not in inside] if inside else found)
        judged = [(q, "") for q in ranks]
        vetoes = self._excluder.vetoes(text) if found else ()
        for q in found:
            reason = "quantity.in-word" if q in inside else "quantity.of-amount" if q in of_amount else ""
            judged.append((q, reason or self._excluder.veto(vetoes, text, q)))
        return sorted(judged, key=lambda item: item[0].start) if ranks else judged

    def _inside_words(self, quantities: Iterable[Quantity], text: str, words: Words) -> set[Quantity]:
        """Return the Chinese numerals that are part of a longer word of the dictionary (三亚市), other than 近百家."""
        inside: set[Quantity] = set()
        for quantity in quantities:
            if quantity.form == "count" and "一" <= quantity.text[0] <= "龥":
                start, end = _surroundings(text, quantity)
                if _lies_inside(quantity, words(text[start:end]), start, self._bound_starts):
                    inside.add(quantity)
        return inside

    def masked(self, text: str) -> list[tuple[Mask, tuple[int, int]]]:
        """Return each mask that hides a stretch of `text` from the search, with its span."""
        return self._excluder.masked(text)

    def why(self, veto: str) -> str:
        """Return the reason of the veto of this id."""
        return self._excluder.why(veto)

    def _find_ranks(self, text: str) -> list[Quantity]:
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
        unit = groups.get("unit") or ""
        unit = self._units[unit].unit if unit in self._units and self._units[unit].dimension == "ratio" else "位"
        span = match.span("span")
        return Quantity(span, span, match["span"], (value, None), (unit, "rank", "rank"), rule.bound, (rule.id,))

    def _with_bound(self, quantity: Quantity, text: str, remote: Sequence[_CompiledBound]) -> Quantity:
        """Return the quantity with the bound that its numeral or the words around it give.

        What stands nearer counts more: 余 in the numeral, then the words before it (the longest of them,
        不超过 rather than 超过), those behind it, those further off. 左右 and 约 yield to 以上 and 以内.
        `remote` are the rules with words further off that may stand in the text.
        """
        start, end = quantity.outer_start, quantity.outer_end
        found: list[BoundRule] = []
        if start and (text[start - 1] in self._bound_ends or text[start - 1].isspace()):
            for one in self._bounds:
                place = one.before(text, quantity.outer_start)
                if 0 <= place < start:
                    start, found = place, [one.rule]
        if text[end : end + 1] in self._bound_firsts:
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

    def _share_bounds(self, quantities: Sequence[Quantity], text: str) -> list[Quantity]:
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


def _start(quantity: Quantity) -> int:
    return quantity.start


def _is_magnitude(quantity: Quantity) -> bool:
    return quantity.form == "count" and quantity.text[:1] in "百千万亿"


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
        and q.end == quantities[place + 1].start
        and quantities[place + 1].dimension not in ("count", "person")
    ]
