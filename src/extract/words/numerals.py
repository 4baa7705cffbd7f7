"""Numerals in Chinese text: what they look like, and the exact number they say."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Final

import regex

from extract.matching.bounded import remember
from extract.matching.patterns import alternation, compiled
from extract.rulebook.schema import NumeralRules

DIGIT: Final = r"[0-9０-９]"
"""One Arabic digit, half or full width."""

_REMEMBERED: Final = 1 << 16
"""So many numerals keep their values before all are forgotten."""
_digits: Final = regex.compile(r"[0-9]+(?:\.[0-9]+)?")

_DIGITS: Final = 30
"""A run of more digits is a code; so no text without other characters takes more than linear time."""


class NumeralGrammar:
    """Patterns and values composed from the tables of `rules/numerals.yaml`.

    `units` are ways to write units; where one begins with a scale (千瓦), that scale is not the numeral's.
    """

    def __init__(self, rules: NumeralRules, units: tuple[str, ...] = ()) -> None:
        self.rules = rules
        self.arabic = self._arabic()
        """Pattern of a number in Arabic digits, with sign, thousands commas and decimal part."""
        self.scale = self._scale(units)
        """Pattern of a scale behind Arabic digits: 万, 亿, 千万, 万亿."""
        self.vague = alternation(rules.vague_after)
        """Pattern of the words that mean 'and some more' behind or inside a numeral."""
        self.chinese = self._chinese()
        """Pattern of a number in Chinese digits, with decimal part or a vague word."""
        self.number = f"{self.arabic}{self.vague}?{self.scale}?{self.vague}?"
        """Pattern of a number in Arabic digits with its scale and vague words."""
        self.numeral = f"(?:{self.number}|{self.chinese})"
        """Pattern of any number with its scale and vague words, without a unit."""
        digits = "".join(d for d, n in rules.digits.items() if n)
        hundreds = "".join(char for char, value in rules.scales.items() if value >= 100)
        self._values: dict[str, tuple[Decimal, Decimal | None]] = {}
        self._factors: dict[str, Decimal] = {}
        self._tail = "".join([*rules.scales, *rules.vague_after])
        self._vague_chars = frozenset([word[0] for word in rules.vague_before + rules.vague_after])
        self._vague = compiled(self.vague)
        self._pairs = compiled(f"(十?)([{digits}])([{digits}])([{''.join(rules.scales)}]*)")
        self._point = compiled(alternation(rules.point))
        self._places = compiled("[" + "".join(rules.digits) + "]+")
        self._elided = compiled(f"[{hundreds}](?P<digit>[{digits}])$")

    def _arabic(self) -> str:
        sign = f"(?:(?<![0-9０-９A-Za-z%％]){alternation(self.rules.signs)})?"
        grouped = r"[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9])|[０-９]{1,3}(?:，[０-９]{3}){1,6}(?![０-９])"
        plain = f"(?<!{DIGIT}){DIGIT}{{1,{_DIGITS}}}(?!{DIGIT})"
        return f"{sign}(?:{grouped}|{plain})(?:[.．]{DIGIT}{{1,{_DIGITS}}})?"

    def _scale(self, units: tuple[str, ...]) -> str:
        rests = [unit[1:] for unit in units if len(unit) > 1 and unit[0] in self.rules.scales]
        guard = f"(?!{alternation(rests)})" if rests else ""
        return f"(?:[十百千]?万亿|[十百千]?[万亿]|[十百千]{guard})"

    def _chinese(self) -> str:
        digit = "[" + "".join(self.rules.digits) + "]"
        scale = "[" + "".join(self.rules.scales) + "]"
        any_char = "[" + "".join(self.rules.digits) + "".join(self.rules.scales) + "]"
        whole = f"{any_char}{{1,{_DIGITS}}}(?:{alternation(self.rules.point)}{digit}{{1,{_DIGITS}}}{scale}*)?"
        before = alternation(self.rules.vague_before)
        return f"(?:{before}{scale}+|{whole})(?:{self.vague}{scale}*)?"

    def value(self, numeral: str) -> tuple[Decimal, Decimal | None]:
        """Return the number that `numeral` says, and its upper end if two digits in a row make a range (三五百).

        Vague words count as nothing: 2500余 is 2500, 十几 is 10, 数千 is 1000. Raises ValueError for
        what is no numeral.
        """
        found = self._values.get(numeral)
        if found is None:
            found = remember(self._values, numeral, self._read(numeral), _REMEMBERED)
        return found

    def _read(self, numeral: str) -> tuple[Decimal, Decimal | None]:
        if numeral.isascii() and numeral.isdigit():
            return Decimal(numeral), None
        head = numeral.rstrip(self._tail)
        digits = head.replace(",", "")
        whole, point, places = digits.partition(".")
        if digits.isascii() and whole.isdigit() and (places.isdigit() or not point):
            return Decimal(digits) * self._factor(numeral[len(head) :]), None
        text = unicodedata.normalize("NFKC", numeral).replace(",", "")
        negative = text[:1] in {unicodedata.normalize("NFKC", sign) for sign in self.rules.minus}
        text = text.lstrip("".join(unicodedata.normalize("NFKC", sign) for sign in self.rules.signs))
        for word in self.rules.vague_before:
            text = text.removeprefix(word)
        text = self._vague.sub("", text)
        low, high = self._pair(text)
        if negative:
            return -low, -high if high is not None else None
        return low, high

    def _factor(self, tail: str) -> Decimal:
        """Return what the scales among vague words multiply a number by."""
        factor = self._factors.get(tail)
        if factor is None:
            factor = remember(self._factors, tail, self._scale_product(self._vague.sub("", tail)), _REMEMBERED)
        return factor

    def is_vague(self, numeral: str) -> bool:
        """Tell whether `numeral` holds a word such as 余, 多, 几, 数 that makes it a lower bound."""
        if self._vague_chars.isdisjoint(numeral):
            return False
        text = numeral.strip()
        return any(text.startswith(word) for word in self.rules.vague_before) or bool(self._vague.search(text))

    def _pair(self, text: str) -> tuple[Decimal, Decimal | None]:
        pair = self._pairs.fullmatch(text)
        if pair and not (pair[1] and pair[4][:1] in ("十", "百", "千")):
            lead, low, high, scale = pair.groups()
            if self.rules.digits[low] < self.rules.digits[high]:
                return self._single(lead + low + scale), self._single(lead + high + scale)
        return self._single(text), None

    def _single(self, text: str) -> Decimal:
        arabic = _digits.match(text)
        if arabic:
            return Decimal(arabic[0]) * self._scale_product(text[arabic.end() :])
        parts = self._point.split(text, maxsplit=1)
        if len(parts) == 1:
            return self._chinese_integer(text)
        whole, fraction = parts
        places = self._places.match(fraction)
        if places is None:
            raise ValueError(f"no numeral: {text!r}")
        decimals = "".join(str(self.rules.digits[char]) for char in places[0])
        number = Decimal(f"{self._chinese_integer(whole)}.{decimals}")
        return number * self._scale_product(fraction[places.end() :])

    def _scale_product(self, scales: str) -> Decimal:
        product = Decimal(1)
        for char in scales:
            product *= self.rules.scales[char]
        return product

    def _chinese_integer(self, text: str) -> Decimal:
        if not text or any(char not in self.rules.digits and char not in self.rules.scales for char in text):
            raise ValueError(f"no numeral: {text!r}")
        if not any(char in self.rules.scales for char in text):
            return Decimal("".join(str(self.rules.digits[char]) for char in text))
        total = section = digit = 0
        if elided := self._elided.search(text):
            scale = self.rules.scales[text[-2]] // 10
            return self._chinese_integer(text[:-1]) + self.rules.digits[elided["digit"]] * scale
        for char in text:
            if char in self.rules.digits:
                digit = self.rules.digits[char]
                continue
            scale = self.rules.scales[char]
            if scale < 10_000:
                section += (digit or 1) * scale
            else:
                part = section + digit
                total = (total + part or 1) * scale if scale > 10_000 else total + (part or 1) * scale
                section = 0
            digit = 0
        return Decimal(total + section + digit)
