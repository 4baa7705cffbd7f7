"""Reads the exact number that a numeral says; what cannot be read whole is refused."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Final

import regex

from extract.matching.patterns import alternation, compiled
from extract.rulebook.schema import NumeralRules

_ONE: Final = Decimal(1)
_BIG: Final = 10_000
"""The first scale that closes a section."""
_LARGEST: Final = 100_000_000
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_plain: Final = regex.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")


class ValueReader:
    """Reads numerals by the tables of `rules/numerals.yaml`."""

    def __init__(self, rules: NumeralRules) -> None:
        self._rules = rules
        self._power = compiled(rules.power)
        digits = "".join(digit for digit, value in rules.digits.items() if value)
        self._zeros = "".join(digit for digit, value in rules.digits.items() if not value)
        scales = "".join(rules.scales)
        self._vague = compiled(alternation(rules.vague_after))
        self._before = sorted(rules.vague_before, key=len, reverse=True)
        self._negative = compiled(f"^(?:{alternation(rules.minus)}|{alternation(rules.negative_words)})\\s?")
        self._signs = "".join(unicodedata.normalize("NFKC", sign) for sign in rules.signs)
        self._pair = compiled(
            f"(?P<lead>(?:.*[{scales}])?)(?P<low>[{digits}])(?P<high>[{digits}])(?P<scale>[{scales}]*)"
        )
        self._point = compiled(alternation(rules.point))
        letters = alternation(tuple(rules.letter_scales))
        self._token = compiled(
            f"(?P<arabic>[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)|(?P<chinese>[{''.join(rules.digits)}]+)"
            f"|(?P<scale>[{scales}])|\\s?(?P<letter>{letters})"
        )

    def value(self, numeral: str) -> tuple[Decimal, Decimal | None]:
        """Return the number and, of two digits that make a range, the upper end. Raises ValueError for no numeral."""
        if numeral.isascii() and numeral.isdigit():
            return Decimal(numeral), None
        factor = _ONE
        if power := self._power.search(numeral):
            exponent = power[0].partition("10")[2].lstrip("^").translate(_SUPERSCRIPTS)
            factor = Decimal(10) ** int(exponent.replace("−", "-"))
            numeral = numeral[: power.start()] + numeral[power.end() :]
        text = unicodedata.normalize("NFKC", numeral).replace(",", "")
        negative = self._negative.match(text)
        text = text[negative.end() :] if negative else text.lstrip(self._signs)
        low, high = self._unsigned(text)
        if negative:
            factor = -factor
        return low * factor, high * factor if high is not None else None

    def _unsigned(self, text: str) -> tuple[Decimal, Decimal | None]:
        word = next((word for word in self._before if text.startswith(word)), "")
        text = self._vague.sub("", text[len(word) :]).replace("个", "")
        pair = None if word else self._pair.fullmatch(text)
        if pair:
            low, high = self._rules.digits[pair["low"]], self._rules.digits[pair["high"]]
            lead, scale = pair["lead"], pair["scale"]
            is_range = low < high and not (lead and self._scale_of(scale[:1]) >= self._scale_of(lead[-1:]))
            if is_range and (lead in ("", "十") or high - low == 1):
                return self._single(lead + pair["low"] + scale), self._single(lead + pair["high"] + scale)
        return self._single(text), None

    def _scale_of(self, char: str) -> int:
        scale = self._rules.scales.get(char, 1)
        return 1 if scale >= _BIG else scale

    def _single(self, text: str) -> Decimal:
        parts = self._point.split(text, maxsplit=1)
        if len(parts) == 1:
            return self._sum(text)
        whole, fraction = parts
        rest = fraction.lstrip("".join(self._rules.digits))
        places = fraction[: len(fraction) - len(rest)]
        if not places:
            raise _no_numeral(text)
        decimals = "".join(str(self._rules.digits[char]) for char in places)
        number = Decimal(f"{self._sum(whole)}.{decimals}")
        for char in rest:
            if char not in self._rules.scales:
                raise _no_numeral(text)
            number *= self._rules.scales[char]
        return number

    def _sum(self, text: str) -> Decimal:
        """Return the number of digits and scales, each smaller than the one before, up to one that closes them."""
        if _plain.fullmatch(text):
            return Decimal(text)
        total = _Sum(text)
        position = 0
        for token in self._token.finditer(text):
            if token.start() != position:
                raise _no_numeral(text)
            position = token.end()
            if token["scale"]:
                total.scale(self._rules.scales[token["scale"]])
            elif token["letter"]:
                total.letter(self._rules.letter_scales[token["letter"]])
            elif token["arabic"]:
                total.digits(Decimal(token["arabic"]), len(token["arabic"]) == 1, False)
            else:
                self._add_digits(total, token["chinese"])
        if position != len(text) or not text:
            raise _no_numeral(text)
        return total.end()

    def _add_digits(self, total: _Sum, text: str) -> None:
        rest = text.lstrip(self._zeros) if total.has_begun else text
        if len(rest) < len(text):
            total.zero()
        if rest:
            number = Decimal("".join(str(self._rules.digits[char]) for char in rest))
            total.digits(number, len(rest) == 1, True)


class _Sum:
    """A number as it is put together from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._total = Decimal(0)
        self._section = Decimal(0)
        self._digits: Decimal | None = None
        self._is_one = False
        """Whether the digits that wait for their scale are a single one."""
        self._last = 0
        """The scale before, 0 where a section begins."""
        self._closed = 0
        """The scale that closed the section before."""
        self._has_zero = False
        self.has_begun = False

    def zero(self) -> None:
        """Take a 零 between two scales."""
        self._has_zero = True

    def digits(self, number: Decimal, is_one: bool, is_chinese: bool) -> None:
        """Take digits; those in Chinese stand one by one among scales."""
        if self._digits is not None or (is_chinese and not is_one and self._section):
            raise _no_numeral(self._text)
        self._digits, self._is_one, self.has_begun = number, is_one, True

    def letter(self, factor: int) -> None:
        """Take a letter that is a scale, which ends the number."""
        if self._digits is None or self._section or self._total:
            raise _no_numeral(self._text)
        self._digits *= factor

    def scale(self, scale: int) -> None:
        """Take a scale."""
        if scale < _BIG:
            if (self._last and scale >= self._last) or (self._digits is None and self._has_digits() and scale != 10):
                raise _no_numeral(self._text)
            self._section += (_ONE if self._digits is None else self._digits) * scale
            self._last = scale
        else:
            self._close(scale)
        self._digits, self._has_zero, self.has_begun = None, False, True

    def _has_digits(self) -> bool:
        return self._last != 0

    def _close(self, scale: int) -> None:
        if self._digits is not None and self._is_one and self._last >= 100 and not self._has_zero:
            raise _no_numeral(self._text)
        part = self._section + self._tail(self._last)
        if scale == _LARGEST:
            if self._closed == _LARGEST:
                raise _no_numeral(self._text)
            self._total = (self._total + part or _ONE) * scale
        else:
            if self._closed == scale or (self._closed and part >= scale) or (self._closed and not part):
                raise _no_numeral(self._text)
            self._total += (part or (_ONE if self._digits is None else part)) * scale
        self._section = Decimal(0)
        self._last, self._closed = 0, scale

    def _tail(self, last: int) -> Decimal:
        """Return what the digits behind the last scale say: 两千五 leaves out a scale, 两千零五 does not."""
        if self._digits is None:
            return Decimal(0)
        if last and self._digits >= last and not self._is_one:
            raise _no_numeral(self._text)
        return self._digits

    def end(self) -> Decimal:
        """Return the number."""
        last = self._last or self._closed
        rest = self._tail(last)
        if rest and self._is_one and last >= 100 and not self._has_zero:
            rest *= last // 10
        return self._total + self._section + rest


def _no_numeral(text: str) -> ValueError:
    return ValueError(f"no numeral: {text!r}")
