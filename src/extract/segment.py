"""Cuts text into words with jieba's dictionary and algorithm and the lexicon of `rules/`."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.rulebook.schema import Term, WordRules

with warnings.catch_warnings():  # jieba has old escapes and asks for pkg_resources: nothing that a user could mend
    warnings.simplefilter("ignore")
    import jieba
    import jieba.posseg


@dataclass(frozen=True, slots=True)
class Token:
    """A word: offsets count code points in the segmented text, end exclusive; `tag` is its part of speech."""

    start: int
    end: int
    text: str
    tag: str


class Segmenter:
    """A jieba tokenizer of its own, so that a lexicon never leaks into other users of jieba.

    `terms` are never cut, `uncut` are dictionary words to be cut further, `singles` one-character words
    that are never joined to each other.
    """

    def __init__(self, terms: Sequence[Term], uncut: Sequence[str] = (), singles: Iterable[str] = ()) -> None:
        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        tokenizer.initialize()
        for word in uncut:
            tokenizer.del_word(word)
        for term in terms:
            tokenizer.add_word(term.word, tag=term.tag)
        self._known = tokenizer.FREQ
        self._singles = frozenset(singles)
        self._tagger = jieba.posseg.POSTokenizer(tokenizer)
        for term in terms:
            self._tagger.word_tag_tab[term.word] = term.tag

    def segment(self, text: str) -> list[Token]:
        """Return the words of `text` in order; joined, they are `text`."""
        tokens: list[Token] = []
        for word in self._tagger.cut(text):
            for part, tag in self._split(word.word, word.flag):
                start = tokens[-1].end if tokens else 0
                tokens.append(Token(start, start + len(part), part, tag))
        return tokens

    def _split(self, word: str, tag: str) -> Iterator[tuple[str, str]]:
        """Undo a guess of the hidden Markov model that joined a one-character word to another (投了, 占全疆)."""
        head, rest = word[:1], word[1:]
        guessed = rest and not self._known.get(word)
        if guessed and head in self._singles and (rest in self._singles or (len(rest) > 1 and self._known.get(rest))):
            yield head, self._tagger.word_tag_tab.get(head, tag)
            yield rest, self._tagger.word_tag_tab.get(rest, tag)
        else:
            yield word, tag


def class_terms(words: WordRules) -> list[Term]:
    """Return the words of `rules/words.yaml` that have two characters or more, so that they are never cut."""
    members = {**words.classes, "generic": tuple(words.generic_areas)}
    return [
        Term(word=word, tag=(words.tags.get(label) or ("n",))[0])
        for label, group in members.items()
        for word in group
        if len(word) > 1
    ]
