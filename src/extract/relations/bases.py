"""Candidates for what a change or a rank is measured against, each with what speaks for and against it."""

from __future__ import annotations

from typing import Final

from extract.grammar.phrases import items_of
from extract.model.phrase import NOTHING, Phrase
from extract.model.record import Kind
from extract.model.relation import Relation
from extract.relations.figures import Figure

_AGAINST: Final = frozenset(("D", "R", "L", "V", "S", "START"))
_ENDS: Final = "QK"
_INSIDE: Final = "NGTOCBMAYXZ"
_OF: Final = "的"


class Base:
    """A base of comparison; `features` are summed up by their weights to `score`."""

    __slots__ = ("features", "phrase", "score", "way")

    def __init__(self, phrase: Phrase, way: str, features: list[str]) -> None:
        self.phrase = phrase
        self.way = way
        self.features = features
        self.score = 0.0


def bases_of(figure: Figure, kind: Kind, before: Relation | None) -> list[Base]:
    """The candidates for a figure; `before` is what the figure before it in its sentence is about. The last is none."""
    if kind not in ("change", "rank"):
        return [Base(NOTHING, "none", [])]
    nodes, letters, place = figure.clause.nodes, figure.letters, figure.position
    form = figure.quantity.form
    found: list[Base] = []
    for side, numbers in (("left", range(place - 1, -1, -1)), ("right", range(place + 1, len(nodes)))):
        nearest = True
        crossed = False
        for number in numbers:
            crossed = crossed or letters[number] == "Q"
            if letters[number] == "Y":
                names = [f"{side} {int(nearest)}", f"{side} crossed={int(crossed)}", f"{side} {form}", side]
                found.append(Base(Phrase((nodes[number],)), "named", ["named", *[f"named {name}" for name in names]]))
                nearest = False
    start = place
    while start > 0 and letters[start - 1] in _INSIDE:
        start -= 1
    verb = letters[start - 1] if start else "START"
    own = nodes[start:place]
    if len(own) > 1 and letters[place - 1] in "AZ":
        own = own[:-1]
    if own and verb in _AGAINST:
        items = items_of(own)
        chosen = items[figure.run.place] if len(items) == figure.run.size else own
        phrase = Phrase(tuple([node for node in chosen if node.label not in ("respective", "adverb")]))
        phrase = phrase.without(_OF)
        first, last = letters[start], letters[place - 1]
        names = [f"verb={verb} {form}", f"verb={verb} {kind}", f"first={first} {form}", f"last={last} {form}", form]
        if phrase:
            found.append(Base(phrase, "against", ["against", *[f"against {name}" for name in names]]))
    joint = figure.clause.joint
    shared = [f"joint={joint}", form, f"named={int('Y' in letters)}", f"near={figure.letter_before()} {form}", kind]
    if before is not None and before.base and all(before.base.text != one.phrase.text for one in found):
        same = f"last={before.kind}"
        found.append(Base(before.base, "carry", ["carry", *[f"carry {name}" for name in (*shared, same)]]))
    found.append(Base(NOTHING, "none", ["none", *[f"none {name}" for name in shared]]))
    return found
