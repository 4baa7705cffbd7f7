"""jieba's dictionary with the words of `rules/`: what it knows, and the likeliest way to cut a text into words."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import regex

from extract.rulebook.schema import Term
from extract.words.markov import jieba_folder

try:
    import rjieba
except ImportError:  # no build for this machine
    rjieba = None  # type: ignore[assignment]

_word = regex.compile("[\u4e00-\u9fd5a-zA-Z0-9+#&._]+|\r\n|.", regex.DOTALL)


class WordList(Protocol):
    """A dictionary that cuts text."""

    def cut(self, text: str) -> Sequence[tuple[str, str]]:
        """Return the words of the likeliest cut of `text` with their parts of speech, without any guess.

        What is in no word comes singly or, Latin letters and digits, in runs. Joined, they are `text`.
        """

    def knows(self, word: str) -> bool:
        """Tell whether `word` is in the dictionary and may be cut out."""

    def tag(self, word: str) -> str:
        """Return the part of speech of a word of the dictionary, '' for another."""


def word_list(terms: Sequence[Term], uncut: Sequence[str] = ()) -> WordList:
    """Return jieba's dictionary with `terms` added and `uncut` taken out: jieba-rs where there is one, else jieba."""
    return FastWordList(terms, uncut) if rjieba else PlainWordList(terms, uncut)


class FastWordList:
    """The dictionary of jieba-rs, which is jieba's and cuts as jieba does."""

    def __init__(self, terms: Sequence[Term], uncut: Sequence[str] = ()) -> None:
        self._jieba = rjieba.Jieba()
        self._out = frozenset(uncut) - {term.word for term in terms}
        self._tags = {term.word: term.tag for term in terms}
        for word in uncut:
            self._jieba.add_word(word, 0, None)
        for term in terms:
            self._jieba.add_word(term.word, None, term.tag)

    def cut(self, text: str) -> Sequence[tuple[str, str]]:
        """See `WordList`."""
        own = self._tags
        return [(word, own.get(word, tag)) for word, tag in self._jieba.tag(text, False)]

    def knows(self, word: str) -> bool:
        """See `WordList`."""
        return self._jieba.has_word(word) and word not in self._out

    def tag(self, word: str) -> str:
        """See `WordList`."""
        if not self._jieba.has_word(word):
            return ""
        words = self.cut(word)
        return words[0][1] if len(words) == 1 else self._read_tag(word)

    def _read_tag(self, word: str) -> str:
        """Return the tag of a word that is likelier to be cut, as it stands in jieba's file."""
        start = self._lines.find(f"\n{word} ".encode())
        return self._lines[start + 1 : self._lines.index(b"\n", start + 1)].split()[2].decode() if start >= 0 else ""

    @cached_property
    def _lines(self) -> bytes:
        return b"\n" + (jieba_folder() / "dict.txt").read_bytes()


class PlainWordList:
    """jieba's dictionary, cut as `jieba.Tokenizer` does, in Python: the reference, and where jieba-rs has no build."""

    def __init__(self, terms: Sequence[Term], uncut: Sequence[str] = ()) -> None:
        with warnings.catch_warnings():  # jieba has old escapes and asks for pkg_resources: nothing a user could mend
            warnings.simplefilter("ignore")
            import jieba
            import jieba.posseg
        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()
        for word in uncut:
            self._forget(word)
            self._jieba.del_word(word)
        for term in terms:
            freq = self._jieba.suggest_freq(term.word)
            self._forget(term.word)
            self._jieba.add_word(term.word, freq, term.tag)
        self._tags: dict[str, str] = jieba.posseg.POSTokenizer(self._jieba).word_tag_tab
        for term in terms:
            self._tags[term.word] = term.tag

    def _forget(self, word: str) -> None:
        """Take the old count of a word from the sum of all, which jieba leaves in it and jieba-rs does not."""
        self._jieba.total -= self._jieba.FREQ.get(word, 0)

    def cut(self, text: str) -> Sequence[tuple[str, str]]:
        """See `WordList`."""
        words: list[tuple[str, str]] = []
        for match in _word.finditer(text):
            block = match[0]
            if block == "\r\n":
                words.append((block, "x"))
                continue
            route: dict[int, tuple[float, int]] = {}
            self._jieba.calc(block, self._jieba.get_DAG(block), route)
            start = 0
            while start < len(block):
                end = route[start][1] + 1
                word = block[start:end]
                words.append((word, self._tags.get(word, "x")))
                start = end
        return words

    def knows(self, word: str) -> bool:
        """See `WordList`."""
        return bool(self._jieba.FREQ.get(word))

    def tag(self, word: str) -> str:
        """See `WordList`."""
        return self._tags.get(word, "")
