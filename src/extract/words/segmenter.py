"""Cuts text into words with jieba's dictionary and models and the lexicon of `rules/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from extract.rulebook.schema import Term, WordRules
from extract.words.dictionary import Word, WordList, word_list

_latin_marks: Final = frozenset("+#&._%-\r\n")
_number_or_name: Final = re.compile("([.0-9]+|[a-zA-Z0-9]+)")
_DIGITS: Final = ".0123456789"
_FUNCTIONS: Final = frozenset("cdfpu")
"""First letters of parts of speech that no new word has: conjunctions, adverbs, localisers, prepositions, particles."""


class Token:
    """A word: offsets count code points in the segmented text, end exclusive; `tag` is its part of speech."""

    __slots__ = ("end", "start", "tag", "text")

    def __init__(self, start: int, end: int, text: str, tag: str) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.tag = tag


class Segmenter:
    """Cuts as jieba does, with a lexicon of its own that never leaks into other users of jieba.

    `terms` are never cut, `uncut` are dictionary words to be cut further, `singles` one-character words
    that are never joined to each other, `parting` those that no guess of a word begins or ends with.
    """

    def __init__(
        self, terms: Sequence[Term], uncut: Sequence[str] = (), singles: Iterable[str] = (), parting: Iterable[str] = ()
    ) -> None:
        self._list: WordList = word_list(terms, uncut)
        self._uncut = frozenset(uncut) - {term.word for term in terms}
        self._singles = frozenset(singles)
        self._parting = frozenset(parting)
        self._heads = self._singles | self._parting
        self._own = {term.word: term.tag for term in terms}

    def segment(self, text: str) -> list[Token]:
        """The words of `text` in order; joined, they are `text`."""
        return _tokens(self._cut(text, True))

    def known(self, text: str) -> list[Token]:
        """What `segment` returns, but no guess: what is in no word of the dictionary comes singly."""
        return _tokens(self._cut(text, False))

    def words(self, text: str) -> list[Word]:
        """The words of `text` in order, each with its part of speech; joined, they are `text`."""
        return self._cut(text, True)

    def _cut(self, text: str, guess: bool) -> list[Word]:
        words: list[Word] = []
        latin = ""
        own, uncut, parting = self._own, self._uncut, self._parting
        heads = self._heads
        for piece in self._list.cut(text, guess):
            word = piece[0]
            if word.isascii() and (len(word) > 1 or word in _latin_marks or word.isalnum()):
                latin += word
                continue
            if latin:
                words += _latin(latin)
                latin = ""
            tag = own.get(word)
            if tag is not None:
                words.append((word, tag))
            elif len(word) == 1:
                words.append(piece if "\u4e00" <= word <= "\u9fd5" else (word, "x"))
            elif word[0] in heads or word[-1] in parting or piece[1][:1] in _FUNCTIONS or word in uncut:
                words += self._parted(word, piece[1])
            else:
                words.append(piece)
        if latin:
            words += _latin(latin)
        return words

    def _parted(self, word: str, tag: str) -> list[Word]:
        """Undo a guess that joined a one-character word to another (投了, 屏上), or made a word that is to be cut."""
        if self._list.knows(word):
            return [(word, tag)]
        if word in self._uncut:
            return [(char, self._list.tag(char) or tag) for char in word]
        if word[-1] in self._parting:
            return [*self._piece(word[:-1]), *self._piece(word[-1])]
        if word[0] in self._parting:
            return [*self._piece(word[0]), *self._piece(word[1:])]
        head, rest = word[0], word[1:]
        if len(word) == 2 and tag[:1] in _FUNCTIONS:
            return [(char, self._list.tag(char) or tag) for char in word]
        if head not in self._singles:
            return [(word, tag)]
        if rest in self._singles or (len(rest) > 1 and self._list.knows(rest)):
            return [(head, self._list.tag(head) or tag), (rest, self._list.tag(rest) or tag)]
        return [(word, tag)]

    def _piece(self, word: str) -> list[Word]:
        """A part of a guess: a noun, where the dictionary does not know it."""
        return [(word, self._list.tag(word) or "n")]


def _tokens(words: Iterable[Word]) -> list[Token]:
    tokens: list[Token] = []
    start = 0
    for word, tag in words:
        end = start + len(word)
        tokens.append(Token(start, end, word, tag))
        start = end
    return tokens


def _latin(text: str) -> list[Word]:
    """Return the numbers, names and marks of a run without Chinese characters."""
    if not text.strip(_DIGITS):
        return [(text, "m")]
    words: list[Word] = []
    for part in _number_or_name.split(text):
        if part:
            words.append((part, "m" if part[0] in _DIGITS else "eng" if part.isalnum() else "x"))
    return words


def class_terms(words: WordRules) -> list[Term]:
    """Return the words of `rules/words.yaml` that have two characters or more, so that they are never cut."""
    members = {**words.classes, "generic": tuple(words.generic_areas)}
    return [
        Term(word=word, tag=(words.tags.get(label) or ("n",))[0])
        for label, group in members.items()
        for word in group
        if len(word) > 1
    ]
