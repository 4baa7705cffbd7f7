"""The numbered items of an article that tells several pieces of news."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from extract.model.sentence import Sentence

_number: Final = regex.compile("\\s*(?P<n>[0-9]{1,2})[、.．]\\s*(?![0-9])")
_FIRST: Final = 3
"""The first item begins within so many sentences."""
_SEVERAL: Final = 2
_SHORTEST: Final = 40
"""An item that is a piece of news has more characters."""


def numbered_items(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Return the sentences of each item, none where an article is not made of items numbered from one on."""
    starts: list[int] = []
    for place, sentence in enumerate(sentences):
        match = _number.match(sentence.text)
        if match and int(match["n"]) == len(starts) + 1 and (starts or place < _FIRST):
            starts.append(place)
    if len(starts) < _SEVERAL:
        return []
    ends = [*starts[1:], len(sentences)]
    items = [list(sentences[start:end]) for start, end in zip(starts, ends, strict=True)]
    is_news = all(sum(len(sentence.text) for sentence in item) > _SHORTEST for item in items)
    return items if is_news else []
