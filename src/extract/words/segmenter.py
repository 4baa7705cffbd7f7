"""Cuts text into words with jieba's dictionary and algorithm and the lexicon of `rules/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from extract.matching.bounded import remember
from extract.rulebook.schema import Term, WordRules
from extract.words.dictionary import WordList, word_list
from extract.words.markov import MarkovModel, Word

_TEXTS, _RUNS = 1 << 13, 1 << 16
"""So many texts keep their words, and so many runs of characters their guess, before all are forgotten."""
_chinese: Final = re.compile("([\u4e00-\u9fd5]+)")
_dictionary_marks: Final = frozenset("+#&._")
_number_or_name: Final = re.compile("([.0-9]+|[a-zA-Z0-9]+)")
_DIGITS: Final = ".0123456789"


class Token:
    """A word: offsets count code points in the segmented text, end exclusive; `tag` is its part of speech."""

    __slots__ = ("end", "start", "tag", "text")

    def __init__(self, start: int, end: int, text: str, tag: str) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.tag = tag


class Segmenter:
    """Cuts as `jieba.posseg` does, with a lexicon of its own that never leaks into other users of jieba.

    `terms` are never cut, `uncut` are dictionary words to be cut further, `singles` one-character words
    that are never joined to each other.
    """

    def __init__(self, terms: Sequence[Term], uncut: Sequence[str] = (), singles: Iterable[str] = ()) -> None:
        self._list: WordList = word_list(terms, uncut)
        self._singles = frozenset(singles)
        self._words: dict[str, tuple[Word, ...]] = {}
        self._markov: MarkovModel | None = None
        self._guesses: dict[str, list[Word]] = {}

    def segment(self, text: str) -> list[Token]:
        """Return the words of `text` in order; joined, they are `text`."""
        tokens: list[Token] = []
        start = 0
        for word, tag in self.words(text):
            end = start + len(word)
            tokens.append(Token(start, end, word, tag))
            start = end
        return tokens

    def words(self, text: str) -> tuple[Word, ...]:
        """Return the words of `text` in order, each with its part of speech; joined, they are `text`."""
        words = self._words.get(text)
        if words is None:
            words = remember(self._words, text, tuple(self._cut(text)), _TEXTS)
        return words

    def _cut(self, text: str) -> list[Word]:
        words: list[Word] = []
        unknown = ""
        for word, tag in self._list.cut(text):
            is_single = len(word) == 1
            if _may_join(word) if is_single else word.isascii():
                unknown += word
                continue
            if unknown:
                words += self._singly(unknown)
                unknown = ""
            words.append((word, "x" if is_single else tag))
        if unknown:
            words += self._singly(unknown)
        return words

    def _singly(self, text: str) -> list[Word]:
        """Return the words of characters that the dictionary joins to none."""
        if len(text) == 1 or self._list.knows(text):
            return [(char, self._list.tag(char) or "x") for char in text]
        words: list[Word] = []
        for block in [text] if text.isascii() else _chinese.split(text):
            if not block.isascii():
                words += self._guess(block)
            elif block:
                words += _latin(block)
        return words

    def _guess(self, text: str) -> list[Word]:
        """Return the likeliest words of Chinese characters."""
        words = self._guesses.get(text)
        if words is None:
            words = []
            for word, tag in self._model().words(text):
                words += self._parted(word, tag)
            remember(self._guesses, text, words, _RUNS)
        return words

    def _parted(self, word: str, tag: str) -> list[Word]:
        """Undo a guess of the hidden Markov model that joined a one-character word to another (投了, 占全疆)."""
        head, rest = word[:1], word[1:]
        guessed = rest and not self._list.knows(word)
        if guessed and head in self._singles and (rest in self._singles or (len(rest) > 1 and self._list.knows(rest))):
            return [(head, self._list.tag(head) or tag), (rest, self._list.tag(rest) or tag)]
        return [(word, tag)]

    def _model(self) -> MarkovModel:
        """Return jieba's Markov model, which is read when the first text needs it."""
        if self._markov is None:
            self._markov = MarkovModel()
        return self._markov


def _may_join(char: str) -> bool:
    """Tell whether a character may be a part of a word of more."""
    if char.isascii():
        return char.isalnum() or char in _dictionary_marks
    return "\u4e00" <= char <= "\u9fd5"


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
