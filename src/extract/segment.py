"""Cuts text into words with jieba's dictionary and algorithm and the lexicon of `rules/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.hmm import MarkovModel, Word
from extract.patterns import compiled
from extract.rulebook.schema import Term, WordRules
from extract.wordlist import WordList, word_list

_TEXTS, _RUNS = 1 << 13, 1 << 16
"""So many texts keep their words, and so many runs of characters their guess, before all are forgotten."""
_chinese = compiled("([\u4e00-\u9fd5]+)")
_dictionary_chars = compiled("[\u4e00-\u9fd5a-zA-Z0-9+#&._]")
_number_or_name = compiled("([.0-9]+|[a-zA-Z0-9]+)")
_number = compiled("[.0-9]+")
_name = compiled("[a-zA-Z0-9]+")


class Token(NamedTuple):
    """A word: offsets count code points in the segmented text, end exclusive; `tag` is its part of speech."""

    start: int
    end: int
    text: str
    tag: str


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
        self._guesses: dict[str, tuple[Word, ...]] = {}

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
            if len(self._words) >= _TEXTS:
                self._words.clear()
            words = self._words[text] = tuple(self._cut(text))
        return words

    def _cut(self, text: str) -> Iterator[Word]:
        unknown = ""
        for word, tag in self._list.cut(text):
            if len(word) == 1 and not _dictionary_chars.match(word):
                if unknown:
                    yield from self._singly(unknown)
                    unknown = ""
                yield word, "x"
            elif len(word) == 1 or word.isascii():
                unknown += word
            else:
                if unknown:
                    yield from self._singly(unknown)
                    unknown = ""
                yield word, tag
        if unknown:
            yield from self._singly(unknown)

    def _singly(self, text: str) -> tuple[Word, ...]:
        """Return the words of characters that the dictionary joins to none."""
        words = self._guesses.get(text)
        if words is None:
            if len(self._guesses) >= _RUNS:
                self._guesses.clear()
            words = self._guesses[text] = tuple(self._guess(text))
        return words

    def _guess(self, text: str) -> Iterator[Word]:
        if len(text) == 1 or self._list.knows(text):
            yield from ((char, self._list.tag(char) or "x") for char in text)
            return
        for block in filter(None, _chinese.split(text)):
            if _chinese.match(block):
                for word, tag in self._model().words(block):
                    yield from self._parted(word, tag)
            else:
                for part in filter(None, _number_or_name.split(block)):
                    yield part, "m" if _number.match(part) else "eng" if _name.match(part) else "x"

    def _parted(self, word: str, tag: str) -> Iterator[Word]:
        """Undo a guess of the hidden Markov model that joined a one-character word to another (投了, 占全疆)."""
        head, rest = word[:1], word[1:]
        guessed = rest and not self._list.knows(word)
        if guessed and head in self._singles and (rest in self._singles or (len(rest) > 1 and self._list.knows(rest))):
            yield head, self._list.tag(head) or tag
            yield rest, self._list.tag(rest) or tag
        else:
            yield word, tag

    def _model(self) -> MarkovModel:
        """Return jieba's Markov model, which is read when the first text needs it."""
        if self._markov is None:
            self._markov = MarkovModel()
        return self._markov


def class_terms(words: WordRules) -> list[Term]:
    """Return the words of `rules/words.yaml` that have two characters or more, so that they are never cut."""
    members = {**words.classes, "generic": tuple(words.generic_areas)}
    return [
        Term(word=word, tag=(words.tags.get(label) or ("n",))[0])
        for label, group in members.items()
        for word in group
        if len(word) > 1
    ]
