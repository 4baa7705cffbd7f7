"""Cuts text into words with jieba's dictionary and algorithm and the lexicon of `rules/`."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import jieba
import jieba.posseg

from extract.rulebook.schema import Term, WordRules


@dataclass(frozen=True, slots=True)
class Token:
    """A word: offsets count code points in the segmented text, end exclusive; `tag` is its part of speech."""

    start: int
    end: int
    text: str
    tag: str


class Segmenter:
    """A jieba tokenizer of its own, so that a lexicon never leaks into other users of jieba."""

    def __init__(self, terms: Sequence[Term], uncut: Sequence[str] = ()) -> None:
        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        tokenizer.initialize()
        for word in uncut:
            tokenizer.del_word(word)
        for term in terms:
            tokenizer.add_word(term.word, tag=term.tag)
        self._tagger = jieba.posseg.POSTokenizer(tokenizer)
        for term in terms:
            self._tagger.word_tag_tab[term.word] = term.tag

    def segment(self, text: str) -> list[Token]:
        """Return the words of `text` in order; joined, they are `text`."""
        tokens: list[Token] = []
        position = 0
        for word in self._tagger.cut(text):
            end = position + len(word.word)
            tokens.append(Token(position, end, word.word, word.flag))
            position = end
        return tokens


def class_terms(words: WordRules) -> list[Term]:
    """Return the words of `rules/words.yaml` that have two characters or more, so that they are never cut."""
    members = {**words.classes, "generic": tuple(words.generic_areas)}
    return [
        Term(word=word, tag=(words.tags.get(label) or ("n",))[0])
        for label, group in members.items()
        for word in group
        if len(word) > 1
    ]
