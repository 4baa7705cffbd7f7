"""Numerals in Chinese text: what they look like."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import regex

from extract.matching.bounded import remember
from extract.matching.patterns import alternation, compiled
from extract.rulebook.schema import NumeralRules
from extract.words.numeral_values import ValueReader

DIGIT: Final = r"[0-9０-９]"
"""One Arabic digit, half or full width."""

_REMEMBERED: Final = 1 << 16
"""So many numerals keep their values before all are forgotten."""
_DIGITS: Final = 30
_CHARS: Final = 40
"""A run of more digits is a code; so no text without other characters takes more than linear time."""
_LONGEST: Final = 100
"""No numeral is longer."""


_LOST: Final = "\ufffd"
"""Stands for bytes that are no text: beside a number, it may have been a part of it."""


class NumeralGrammar:
    """Patterns composed from the tables of `rules/numerals.yaml`, and what numerals say.

    `units` are ways to write units; where one begins with a scale (千瓦), that scale is not the numeral's.
    """

    def __init__(self, rules: NumeralRules, units: tuple[str, ...] = ()) -> None:
        self.rules = rules
        rests = {
            scale: sorted({unit[1:3] for unit in units if unit[0] == scale and len(unit) > 1}) for scale in rules.scales
        }
        self.vague = alternation(rules.vague_after)
        """Pattern of the words that mean 'and some more' behind or inside a numeral."""
        self.arabic = self._arabic()
        """Pattern of a number in Arabic digits, with sign, thousands commas and decimal part."""
        self.scale = self._scale(rests)
        """Pattern of a scale behind Arabic digits: 万, 亿, 千万, 万亿."""
        self.chinese = self._chinese(rests)
        """Pattern of a number in Chinese digits, with sign, decimal part or a vague word."""
        said = "".join([*rules.digits, *rules.scales])
        self.long_chinese = (
            f"(?=[{said}]{{0,{_CHARS}}}[{''.join([*rules.scales, *rules.point])}])(?![百千万亿]){self.chinese}"
        )
        """Pattern of a number in Chinese digits that holds a scale or a point."""
        self.number = self._number(rests)
        """Pattern of a number in Arabic digits with its scales and vague words."""
        self.numeral = f"(?:{self.number}|{self.chinese})"
        """Pattern of any number with its scale and vague words, without a unit."""
        self._read = ValueReader(rules).value
        self._values: dict[str, tuple[Decimal, Decimal | None]] = {}
        self._vague_chars = frozenset([word[0] for word in rules.vague_before + rules.vague_after])
        self._vague = compiled(self.vague)
        self._chars = frozenset(said + "0123456789０１２３４５６７８９")
        self._joints = frozenset([".", ",", "．", *rules.point])
        self._run = compiled(f"[{said}0-9０-９.,．，{''.join(rules.point)}{''.join(rules.vague_after)}]+")
        self._token = compiled(self.numeral)
        self._group = compiled(f"{rules.group_before}$")
        self._grouped = compiled(rules.group)
        self._more = compiled(rules.more_digits)
        self._own_start = tuple(word for word in rules.vague_before if word not in rules.scales and word not in "数几")

    def _sign(self) -> str:
        rules = self.rules
        return f"(?:(?<![0-9０-９A-Za-z%％）)]){alternation(rules.signs)}|{rules.negative})?"

    def _arabic(self) -> str:
        plain = f"(?<!{DIGIT}){DIGIT}{{1,{_DIGITS}}}(?!{DIGIT})"
        bare_point = f"(?<![0-9.])(?=\\.[0-9]{{1,{_DIGITS}}}(?![0-9.]))"
        return (
            f"{self._sign()}(?:(?:{self.rules.grouped}|{plain})(?:[.．]{DIGIT}{{1,{_DIGITS}}})?|{bare_point}\\.[0-9]+)"
        )

    def _scale(self, rests: dict[str, list[str]]) -> str:
        letters = f"\\s?{alternation(tuple(self.rules.letter_scales))}(?![A-Za-z0-9])"
        return f"(?:[十百千]?万亿|[十百千]?[万亿]|{self.rules.counted_scale}|{self._small_scale(rests)}|{letters})"

    def _small_scale(self, rests: dict[str, list[str]]) -> str:
        small = sorted({rest for scale in "十百千" for rest in rests[scale]})
        return f"[十百千](?!{alternation(small)})" if small else "[十百千]"

    def _number(self, rests: dict[str, list[str]]) -> str:
        tail = f"(?:零?{DIGIT}{{1,8}}(?!{DIGIT}|[.,．]{DIGIT}|[%％年月日号时点]))"
        scale = f"(?:[十百千]?[万亿]|{self._small_scale(rests)})"
        parts = f"(?:(?<=[十百千万亿])(?:零?{DIGIT}{{1,8}}{scale})*{tail}?)"
        return f"{self.arabic}(?:{self.rules.power})?{self.vague}?(?:{self.scale}{parts}?)?{self.vague}?"

    def _chinese(self, rests: dict[str, list[str]]) -> str:
        rules = self.rules
        digit = "[" + "".join(rules.digits) + "]"
        chars = [digit]
        scales: list[str] = []
        for scale, found in rests.items():
            measures = [rest for rest in found if rest.startswith(rules.scale_of_one)]
            others = [rest for rest in found if rest not in measures]
            plain = scale + (f"(?!{alternation(found)})" if found else "")
            scales.append(plain)
            chars.append(plain)
            if measures:
                after = f"(?!{alternation(others)})" if others else ""
                chars.append(f"(?<=(?<![十百千点]{digit}){digit}){scale}{after}(?={alternation(measures)})")
        scale = f"(?:{'|'.join(scales)})"
        whole = f"(?:{'|'.join(chars)}){{1,{_CHARS}}}"
        places = f"(?:{alternation(rules.point)}{digit}{{1,{_DIGITS}}}{scale}*)?"
        before = alternation(rules.vague_before)
        more = f"(?:{rules.counted_scale})?(?:{self.vague}{scale}*)?"
        return f"(?:{rules.negative})?(?:{before}{scale}+|{whole}{places}){more}"

    def value(self, numeral: str) -> tuple[Decimal, Decimal | None]:
        """Return the number that `numeral` says, and its upper end if two digits in a row make a range (三五百).

        Vague words count as nothing: 2500余 is 2500, 十几 is 10, 数千 is 1000. Raises ValueError for
        what is no numeral.
        """
        found = self._values.get(numeral)
        if found is None:
            found = remember(self._values, numeral, self._read(numeral), _REMEMBERED)
        return found

    def is_vague(self, numeral: str) -> bool:
        """Whether `numeral` holds a word such as 余, 多, 几, 数 that makes it a lower bound."""
        if self._vague_chars.isdisjoint(numeral):
            return False
        text = numeral.strip()
        return any(text.startswith(word) for word in self.rules.vague_before) or bool(self._vague.search(text))

    def is_said(self, char: str) -> bool:
        """Whether `char` is a digit or a scale."""
        return char in self._chars

    def cuts(self, text: str, place: int) -> bool:
        """Whether a numeral of `text` goes on over `place`."""
        if not 0 < place < len(text):
            return False
        before, after = text[place - 1], text[place]
        if not (before in self._chars or before in self._joints):
            return False
        if not (after in self._chars or after in self._joints):
            return False
        start = place
        while (
            start and place - start < _LONGEST and (text[start - 1] in self._chars or text[start - 1] in self._joints)
        ):
            start -= 1
        return any(token.start() < place < token.end() for token in self._tokens(text, start))

    def _tokens(self, text: str, start: int) -> list[regex.Match[str]]:
        run = self._run.match(text, start)
        return list(self._token.finditer(text, start, run.end() if run else start))

    def is_part(self, text: str, start: int, end: int) -> bool:
        """Whether the number that `text[start:end]` says goes on before it, or behind it.

        A blank parts nothing there: 1 081亿元 does not say 81亿元.
        """
        is_damaged = text[start - 1 : start] == _LOST or (text[end : end + 1] == _LOST and text[end - 1] in self._chars)
        return is_damaged or self._goes_on_before(text, start) or self._goes_on_behind(text, end)

    def _goes_on_before(self, text: str, start: int) -> bool:
        place = start - 1
        if place > 0 and text[place].isspace():
            place -= 1
        if place < 0 or text.startswith(self._own_start, start):
            return False
        char, first = text[place], text[start]
        is_chinese = first in self._chars and not first.isdigit()
        if char.isdigit():
            return place == start - 1 or first.isdigit() or first in self.rules.scales
        if char in ",，" and place == start - 1 and self._grouped.match(text, start):
            return self._group.search(text, max(0, start - _DIGITS), start) is not None
        if char in self._joints:
            return 0 < place == start - 1 and text[place - 1].isdigit() != is_chinese and text[place - 1] in self._chars
        if char in self.rules.scales:
            return is_chinese or (place > 0 and text[place - 1] in self._chars)
        return char in self.rules.glued or (is_chinese and char in self._chars)

    def _goes_on_behind(self, text: str, end: int) -> bool:
        if end >= len(text) or text[end - 1] not in self._chars:
            return False
        if text[end] in self._chars:
            return text[end].isdigit() == text[end - 1].isdigit() or text[end - 1] in self.rules.scales
        return bool(self._more.match(text, end))
