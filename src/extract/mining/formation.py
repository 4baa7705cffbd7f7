"""Which characters verbs and nouns of two characters are made of, as jieba's dictionary has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import jieba

from extract.rulebook.lexical import Formation

_LEAST: Final = 12
"""A character that begins or ends fewer verbs and nouns tells too little."""
_NAMES: Final = ("nr", "ns", "nt", "nz")


def dictionary() -> Iterator[tuple[str, str]]:
    """Yield the words of jieba's dictionary with their parts of speech."""
    with jieba.get_dict_file() as file:
        for line in file:
            word, _, tag = line.decode("utf-8").split()
            yield word, tag


def formation(words: Iterable[tuple[str, str]]) -> list[Formation]:
    """Return how many verbs and nouns each character begins and ends, those that tell enough."""
    counts: dict[str, list[int]] = {}
    for word, tag in words:
        if len(word) == 2 and tag[0] in "vn" and not tag.startswith(_NAMES):
            place = int(tag[0] == "n")
            counts.setdefault(word[0], [0] * 4)[place] += 1
            counts.setdefault(word[1], [0] * 4)[2 + place] += 1
    return [
        Formation(char=char, begins_verbs=one[0], begins_nouns=one[1], ends_verbs=one[2], ends_nouns=one[3])
        for char, one in counts.items()
        if sum(one) >= _LEAST
    ]
