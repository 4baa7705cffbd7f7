"""Objects composed of what the figure's clause says and what stood before: owners, parts, items of lists, carried objects."""

from __future__ import annotations

from typing import Final

from extract.model.phrase import NOTHING, Phrase
from extract.relations.antecedents import Antecedent
from extract.relations.own import Own

_SHORT: Final = 2


class Composite:
    """An object in the making: `way` says of what it is made, `source` whom it takes up."""

    __slots__ = ("antecedent", "features", "own", "owner", "phrase", "score", "source", "way")

    def __init__(
        self, phrase: Phrase, way: str, source: str, antecedent: Antecedent | None, own: Own | None, features: list[str],
        owner: Phrase = NOTHING,
    ) -> None:
        self.phrase = phrase
        self.way = way
        self.source = source
        self.antecedent = antecedent
        self.own = own
        self.owner = owner
        self.features = features
        self.score = 0.0


def swapped(own: Phrase, whole: Phrase) -> Phrase:
    """省级文化园区 of 省级 and 国家级文化园区: what the last character of `own` ends is put in its place."""
    mark = own.text[-1:]
    place = whole.text.find(mark)
    if not mark or place < 0 or place + 1 >= len(whole.text) or own.text in whole.text:
        return NOTHING
    return own + whole.cut(place + 1, len(whole.text))
