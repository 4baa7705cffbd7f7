"""jieba's dictionary with the words of `rules/`: what it knows, and how it cuts a text into words."""

from __future__ import annotations

import importlib.util
import logging
import warnings
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import regex

from extract.rulebook.schema import Term

try:
    import rjieba
except ImportError:  # no build for this machine
    rjieba = None  # type: ignore[assignment]

Word = tuple[str, str]
"""A word and its part of speech."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ebef\U0002f800-\U0002fa1f"
_block = regex.compile(f"[{_HAN}a-zA-Z0-9+#&._%-]+|\r\n|.", regex.DOTALL)


class WordList(Protocol):
    """A dictionary that cuts text."""

    def cut(self, text: str, guess: bool = True) -> Sequence[Word]:
        """The words of `text` with their parts of speech; joined, they are `text`.

        They are those of the likeliest cut by the dictionary. Where it has single Chinese characters only, they
        come singly or, with `guess`, as the words that jieba's Markov model makes of them. Latin letters and
        digits come in runs or pieces of these. A term that jieba knows too may have the part of speech it has there.
        """

    def knows(self, word: str) -> bool:
        """Whether `word` is in the dictionary and may be cut out."""

    def tag(self, word: str) -> str:
        """The part of speech of a word of the dictionary, '' for another."""


def word_list(terms: Sequence[Term], uncut: Sequence[str] = ()) -> WordList:
    """The dictionary of jieba with `terms` added and `uncut` taken out, by jieba-rs where there is one."""
    return FastWordList(terms, uncut) if rjieba else PlainWordList(terms, uncut)


class FastWordList:
    """The dictionary of jieba-rs, which is jieba's and cuts as jieba does, many times as fast."""

    def __init__(self, terms: Sequence[Term], uncut: Sequence[str] = ()) -> None:
        self._jieba = rjieba.Jieba()
        self._out = frozenset(uncut) - {term.word for term in terms}
        self._tags = {term.word: term.tag for term in terms}
        for word in uncut:
            self._jieba.add_word(word, 0, None)
        for term in terms:
            self._jieba.add_word(term.word, None, term.tag)

    def cut(self, text: str, guess: bool = True) -> Sequence[Word]:
        """See `WordList`."""
        words: Sequence[Word] = self._jieba.tag(text, guess)
        return words

    def knows(self, word: str) -> bool:
        """See `WordList`."""
        return self._jieba.has_word(word) and word not in self._out

    def tag(self, word: str) -> str:
        """See `WordList`."""
        if word in self._tags or not self._jieba.has_word(word):
            return self._tags.get(word, "")
        words = self.cut(word, False)
        return words[0][1] if len(words) == 1 else self._read_tag(word)

    def _read_tag(self, word: str) -> str:
        """The tag of a word that is likelier to be cut, as it stands in jieba's file."""
        start = self._lines.find(f"\n{word} ".encode())
        return self._lines[start + 1 : self._lines.index(b"\n", start + 1)].split()[2].decode() if start >= 0 else ""

    @cached_property
    def _lines(self) -> bytes:
        jieba = importlib.util.find_spec("jieba")  # found without importing it, which takes long
        if jieba is None or jieba.origin is None:
            raise ModuleNotFoundError("jieba is not installed")
        return b"\n" + (Path(jieba.origin).parent / "dict.txt").read_bytes()


class PlainWordList:
    """jieba's dictionary and Markov models in Python, where jieba-rs has no build.

    It cuts as jieba-rs does. The parts of speech of guessed words are jieba's own, which differ now and then.
    """

    def __init__(self, terms: Sequence[Term], uncut: Sequence[str] = ()) -> None:
        with warnings.catch_warnings():  # jieba has old escapes and asks for pkg_resources: nothing a user could mend
            warnings.simplefilter("ignore")
            import jieba
            import jieba.finalseg
            import jieba.posseg
        jieba.setLogLevel(logging.WARNING)
        self._jieba = jieba.Tokenizer()
        self._jieba.initialize()
        self._guessed: Any = jieba.finalseg.cut
        self._posseg: Any = jieba.posseg
        for word in uncut:
            self._forget(word)
            for end in range(1, len(word)):
                self._jieba.FREQ.setdefault(word[:end], 0)
            self._jieba.FREQ[word] = 0
        for term in terms:
            freq = self._jieba.suggest_freq(term.word)
            self._forget(term.word)
            self._jieba.add_word(term.word, freq, term.tag)
        self._known = {*uncut, *(term.word for term in terms)}
        self._tags: dict[str, str] = jieba.posseg.POSTokenizer(self._jieba).word_tag_tab
        for term in terms:
            self._tags[term.word] = term.tag

    def _forget(self, word: str) -> None:
        """Take the old count of a word from the sum of all, which jieba leaves in it and jieba-rs does not."""
        self._jieba.total -= self._jieba.FREQ.get(word, 0)

    def cut(self, text: str, guess: bool = True) -> Sequence[Word]:
        """See `WordList`."""
        words: list[Word] = []
        for match in _block.finditer(text):
            if match[0] == "\r\n":
                words.append(("\r\n", "x"))
            else:
                self._cut_block(match[0], guess, words)
        return words

    def _cut_block(self, block: str, guess: bool, words: list[Word]) -> None:
        route: dict[int, tuple[float, int]] = {}
        self._jieba.calc(block, self._jieba.get_DAG(block), route)
        start = unknown = 0
        while start < len(block):
            end = route[start][1] + 1
            if end - start > 1:
                self._add_unknown(block[unknown:start], guess, words)
                words.append((block[start:end], self._tags.get(block[start:end], "x")))
                unknown = end
            start = end
        self._add_unknown(block[unknown:], guess, words)

    def _add_unknown(self, text: str, guess: bool, words: list[Word]) -> None:
        """Add characters that the dictionary joins to none, or the words that are guessed of them."""
        is_single = not guess or len(text) < 2 or text in self._known or self._jieba.FREQ.get(text)
        for word in text if is_single else self._guessed(text):
            words.append((word, self._tags.get(word) or self._guessed_tag(word)))

    def _guessed_tag(self, word: str) -> str:
        """The part of speech of the longest part of a word that the Markov model makes of it, of equals the last."""
        if word.isascii():
            return "eng"
        model = self._posseg
        _, states = model.viterbi(word, model.char_state_tab_P, model.start_P, model.trans_P, model.emit_P)
        begins = [place for place, (position, _) in enumerate(states) if position in "BS"] or [0]
        _, begin = max((end - begin, begin) for begin, end in pairwise([*begins, len(word)]))
        return str(states[begin][1])

    def knows(self, word: str) -> bool:
        """See `WordList`."""
        return bool(self._jieba.FREQ.get(word))

    def tag(self, word: str) -> str:
        """See `WordList`."""
        return self._tags.get(word, "")
