"""Maps the characters of a text to those the rules are written in, one for one, and drops those nobody sees."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, cast

import regex

from extract.layout.folding import Folder, Folds, packed
from extract.matching.cache import user_cache
from extract.matching.patterns import compiled
from extract.model.document import Repair
from extract.model.phrase import Phrase
from extract.rulebook.schema import CharacterRules, FoldRules

_FIRST_LONE, _LAST_LONE = chr(0xD800), chr(0xDFFF)
"""Halves of characters, which are no text."""
_FIRST_WIDE, _LAST_WIDE = "\uff01", "\uff5e"
"""The ASCII characters in full width."""
_FIRST_BEYOND: Final = 0x10000
"""The first character that is in no set of odd ones by itself: it and all behind it are looked at singly."""


class Normaliser:
    """Reads traditional characters, look-alikes and written forms of numbers as those of the rules.

    The rules are `rules/characters.yaml` and `rules/folding.yaml`.
    """

    def __init__(self, rules: CharacterRules, folding: FoldRules) -> None:
        self._folder = Folder(folding)
        self._hidden = compiled(rules.hidden)
        self._broken = compiled(rules.broken)
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
            return View(self, text, False, [], self._folder.choose(text), is_plain=True)
        telling = len(self._telling.findall(text))
        han = len(regex.findall(r"\p{Han}", text)) if telling else 0
        is_traditional = telling > han * self._share
        hidden = [
            Repair("hidden character", match.start(), match.end(), _names(match[0]))
            for match in self._hidden.finditer(text)
        ]
        return View(self, text, is_traditional, hidden, self._folder.choose(self.plain(text)))

    def fold(self, text: str, offsets: Sequence[int], folds: Folds, is_prose: bool) -> tuple[str, Sequence[int]]:
        """Return a line with the written forms of its numbers read as the plain one, and the offset of each character.

        `is_prose` tells that the line is text; else its marks tell.
        """
        return self._folder.fold(text, offsets, folds, is_prose)

    def read(self, text: str, offsets: Sequence[int], is_traditional: bool) -> tuple[str, Sequence[int]]:
        """Return the text as the rules know it but for its folds, and the raw offset of each of its characters.

        `offsets` are those of the characters of `text`. Characters that nobody sees are dropped.
        """
        if self._odd.search(text):
            kept = {place for match in self._broken.finditer(text) for place in range(*match.span())}
            seen = [
                (char, offset)
                for place, (char, offset) in enumerate(zip(text, offsets, strict=True))
                if place in kept or not self._hidden.match(char)
            ]
            text, offsets = self.plain("".join([char for char, _ in seen])), packed([offset for _, offset in seen])
        return self.simplified(text) if is_traditional else text, offsets

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
    """How one document is read: whether its characters are traditional, which of them nobody sees, what is folded.

    `is_plain` tells that all characters of its text are those of the rules.
    """

    def __init__(
        self,
        normaliser: Normaliser,
        raw: str,
        is_traditional: bool,
        repairs: list[Repair],
        folds: Folds | None,
        is_plain: bool = False,
    ) -> None:
        self._normaliser = normaliser
        self._raw = raw
        self._folds = folds
        self._is_plain = is_plain
        self.is_traditional = is_traditional
        self.repairs = repairs

    def read(self, text: str, offsets: Sequence[int]) -> tuple[str, Sequence[int]]:
        """Return a line of the document as the rules know it, and the raw offset of each of its characters."""
        if not self._is_plain:
            text, offsets = self._normaliser.read(text, offsets, self.is_traditional)
        if self._folds is None:
            return text, offsets
        return self._normaliser.fold(text, offsets, self._folds, False)

    def read_line(self, text: str, start: int) -> tuple[str, Sequence[int]]:
        """Return the same of a part of the document's text, which begins at `start`."""
        return self.read(text, range(start, start + len(text)))

    def prose(self, text: str, offsets: Sequence[int]) -> tuple[str, Sequence[int]]:
        """Return a line that `read` gave as it is read now that it turned out to be text, with its offsets."""
        return (text, offsets) if self._folds is None else self._normaliser.fold(text, offsets, self._folds, True)

    def phrase(self, phrase: Phrase) -> str:
        """Return the words of `phrase` in the characters of the document, simplified or traditional.

        A bar comes full-width: in gold a plain one parts several answers, and this is one.
        """
        if not self.is_traditional:
            return phrase.text.replace("|", "｜")
        written = "".join(self._phrase(piece.text, self._raw[slice(*piece.raw)]) for piece in phrase.pieces)
        return written.replace("|", "｜")

    def _phrase(self, text: str, written: str) -> str:
        seen = self._plain(str("".join(self._normaliser.visible(written).split())))
        if len(seen) == len(text) and self._simplified(seen) == text:
            return seen
        return _converter("s2t")(text)

    def written(self, text: str, offsets: Sequence[int]) -> str:
        """Return `text`, whose characters lie at `offsets`, as the document writes it, but for what nobody sees."""
        if self._is_plain and self._folds is None:
            return text
        plain = self._plain("".join([self._raw[offset] for offset in offsets]))
        pieces: list[str] = []
        last = offsets[0] if offsets else 0
        for own, char, offset in zip(plain, text, offsets, strict=True):
            if offset > last and _is_gap(between := self._raw[last:offset]):
                pieces.append(between)
            last = offset + 1
            raw = self._raw[offset]
            if _FIRST_WIDE <= raw <= _LAST_WIDE or (own != char and not self.is_traditional):
                pieces.append(raw)
            else:
                pieces.append(own if own == char or self._simplified(own) == char else char)
        return "".join(pieces)

    def _plain(self, text: str) -> str:
        """Return `text` with its look-alikes as the characters that they stand for."""
        return self._normaliser.plain(text)

    def _simplified(self, text: str) -> str:
        return self._normaliser.read(text, range(len(text)), self.is_traditional)[0]


def _is_gap(between: str) -> bool:
    """Tell whether what stands between two characters are blanks of one line."""
    return between.isspace() and between.splitlines() == [between]


def _names(chars: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in chars)


@cache
def _converter(name: str) -> Callable[[str], str]:
    import opencc

    return cast("Callable[[str], str]", opencc.OpenCC(name).convert)
