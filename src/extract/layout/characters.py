"""Maps the characters of a text to those the rules are written in, one for one, and drops those nobody sees."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, cast

import regex

from extract.matching.cache import user_cache
from extract.matching.patterns import compiled
from extract.model.document import Repair
from extract.model.phrase import Phrase
from extract.rulebook.schema import CharacterRules

_FIRST_LONE, _LAST_LONE = chr(0xD800), chr(0xDFFF)
"""Halves of characters, which are no text."""
_FIRST_BEYOND: Final = 0x10000
"""The first character that is in no set of odd ones by itself: it and all behind it are looked at singly."""


class Normaliser:
    """Reads traditional characters and look-alikes as the simplified ones of the rules (`rules/characters.yaml`)."""

    def __init__(self, rules: CharacterRules) -> None:
        self._hidden = compiled(rules.hidden)
        self._alike = compiled(f"{rules.alike}|[{_FIRST_LONE}-{_LAST_LONE}]")
        self._radicals = rules.radicals
        odd = user_cache().recall("odd characters", rules.hidden + rules.alike, str, self._find_odd)
        self._odd = re.compile(f"[{odd}]")
        self._telling = re.compile(f"[{rules.traditional}]")
        self._odd_or_telling = re.compile(f"[{odd}{rules.traditional}]")
        self._share = rules.traditional_share
        self._quotes = str.maketrans(rules.traditional_quotes)

    def _find_odd(self) -> str:
        """Return all characters that may be hidden or look-alikes, as they are written in a set of `re`.

        It goes over a text far faster with one set of characters than `regex` with two patterns and properties.
        """
        basic = "".join(map(chr, range(_FIRST_BEYOND)))
        odd = {*self._hidden.findall(basic), *self._alike.findall(basic)}
        return f"{re.escape(''.join(sorted(odd)))}{chr(_FIRST_BEYOND)}-{chr(sys.maxunicode)}"

    def view(self, text: str) -> View:
        """Return how the text of a document is to be read."""
        if not self._odd_or_telling.search(text):
            return View(self, text, False, [], is_plain=True)
        telling = len(self._telling.findall(text))
        han = len(regex.findall(r"\p{Han}", text)) if telling else 0
        is_traditional = telling > han * self._share
        hidden = [
            Repair("hidden character", match.start(), match.end(), _names(match[0]))
            for match in self._hidden.finditer(text)
        ]
        return View(self, text, is_traditional, hidden)

    def read(self, text: str, offsets: Sequence[int], is_traditional: bool) -> tuple[str, list[int]]:
        """Return the text as the rules know it, and the raw offset of each of its characters.

        `offsets` are those of the characters of `text`. Characters that nobody sees are dropped.
        """
        if self._odd.search(text):
            seen = [(char, offset) for char, offset in zip(text, offsets, strict=True) if not self._hidden.match(char)]
            text, offsets = self.plain("".join([char for char, _ in seen])), [offset for _, offset in seen]
        return self.simplified(text) if is_traditional else text, list(offsets)

    def plain(self, text: str) -> str:
        """Return `text` with its look-alikes as the characters that they stand for, a lone surrogate as U+FFFD."""
        return str(self._alike.sub(self._compatible, text))

    def _compatible(self, match: regex.Match[str]) -> str:
        if _FIRST_LONE <= match[0] <= _LAST_LONE:
            return "\ufffd"
        plain = self._radicals.get(match[0]) or unicodedata.normalize("NFKC", match[0])
        return plain if len(plain) == 1 else match[0]

    def visible(self, text: str) -> str:
        """Return `text` without the characters that nobody sees."""
        return str(self._hidden.sub("", text))

    def simplified(self, text: str) -> str:
        """Return `text` in simplified characters and the mainland's quotes, of the same length."""
        convert = _converter("t2s")
        whole = convert(text)
        if len(whole) != len(text):
            whole = "".join(simple if len(simple := convert(char)) == 1 else char for char in text)
        return whole.translate(self._quotes)


class View:
    """How one document is read: whether its characters are traditional, and which of them nobody sees.

    `is_plain` tells that all characters of its text are those of the rules.
    """

    def __init__(
        self, normaliser: Normaliser, raw: str, is_traditional: bool, repairs: list[Repair], is_plain: bool = False
    ) -> None:
        self._normaliser = normaliser
        self._raw = raw
        self._is_plain = is_plain
        self.is_traditional = is_traditional
        self.repairs = repairs

    def read(self, text: str, offsets: Sequence[int]) -> tuple[str, list[int]]:
        """Return the text as the rules know it, and the raw offset of each of its characters."""
        return self._normaliser.read(text, offsets, self.is_traditional)

    def read_line(self, text: str, start: int) -> tuple[str, list[int]]:
        """Return the same of a part of the document's text, which begins at `start`."""
        offsets = range(start, start + len(text))
        return (text, list(offsets)) if self._is_plain else self.read(text, offsets)

    def phrase(self, phrase: Phrase) -> str:
        """Return the words of `phrase` in the characters of the document, simplified or traditional."""
        if not self.is_traditional:
            return phrase.text
        return "".join(self._phrase(piece.text, self._raw[slice(*piece.raw)]) for piece in phrase.pieces)

    def _phrase(self, text: str, written: str) -> str:
        seen = self._plain(str("".join(self._normaliser.visible(written).split())))
        if len(seen) == len(text) and self._read(seen) == text:
            return seen
        return _converter("s2t")(text)

    def written(self, text: str, offsets: Sequence[int]) -> str:
        """Return `text`, whose characters lie at `offsets`, in the characters of the document."""
        if not self.is_traditional:
            return text
        raw = self._plain("".join(self._raw[offset] for offset in offsets))
        return "".join(
            own if own == char or self._read(own) == char else char for own, char in zip(raw, text, strict=True)
        )

    def _plain(self, text: str) -> str:
        """Return `text` with its look-alikes as the characters that they stand for."""
        return self._normaliser.plain(text)

    def _read(self, text: str) -> str:
        return self.read(text, range(len(text)))[0]


def _names(chars: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in chars)


@cache
def _converter(name: str) -> Callable[[str], str]:
    import opencc

    return cast("Callable[[str], str]", opencc.OpenCC(name).convert)
