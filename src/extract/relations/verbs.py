"""Candidates for the verb that governs a figure, each with what speaks for and against it."""

from __future__ import annotations

from typing import Final

from extract.model.phrase import NOTHING, Phrase
from extract.relations.composites import Composite
from extract.relations.figures import Figure
from extract.relations.lexicon import Lexicon
from extract.rulebook.schema import WordRules

_VERBS: Final = "UDLSRVBI"
_VERBAL: Final = ("0", "1")
"""Steps of the use of a noun that is a verb more often."""
_BOTH: Final = ("0", "1", "2")
"""Steps of a measure that is a verb behind an adverb: 拟投资6.5亿元."""
_MOST: Final = 2
_FAR: Final = 14


class Verb:
    """A verb, `first` its node (-1 for none or one taken up); `features` are summed up by their weights to `score`."""

    __slots__ = ("features", "first", "letter", "phrase", "score", "way")

    def __init__(self, phrase: Phrase, first: int, letter: str, way: str, features: list[str]) -> None:
        self.phrase = phrase
        self.first = first
        self.letter = letter
        self.way = way
        self.features = features
        self.score = 0.0


class VerbFinder:
    """Finds the verbs of a clause that may govern a figure."""

    def __init__(self, words: WordRules, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._leading, self._trailing = words.leading, words.trailing
        self._bounding = frozenset(words.bounding)
        self._deeds = frozenset((*words.classes["act"], *words.classes["light"]))

    def find(self, figure: Figure, chosen: Composite, before: Phrase) -> list[Verb]:
        """The candidates for a figure whose object is `chosen`; `before` is the verb of the figure before it.

        The last names none.
        """
        nodes, letters, place = figure.clause.nodes, figure.letters, figure.position
        found: list[Verb] = []
        left = [n for n in range(max(place - _FAR, 0), place) if self._is_verb(figure, n)][::-1]
        right: list[int] = []
        for n in range(place + 1, min(place + _FAR, len(nodes))):
            if letters[n] == "Q":
                break
            if self._is_verb(figure, n):
                right.append(n)
        for side, verbs in (("left", left), ("right", right)):
            for number, n in enumerate(verbs):
                rank = f"{side} {min(number, _MOST)}"
                self._add(found, figure, chosen, n, n + 1, rank)
                if n + 1 < len(nodes) and n + 1 != place and letters[n + 1] in _VERBS:
                    self._add(found, figure, chosen, n, n + 2, rank)
                elif n + 2 < place and letters[n + 1] == "C" and letters[n + 2] == letters[n]:
                    self._add(found, figure, chosen, n, n + 3, rank)
        near = letters[left[0]] if left else "-"
        shared = [
            f"near={near}",
            f"joint={figure.clause.joint}",
            f"near={near} form={figure.form}",
            f"right={letters[right[0]] if right else '-'} near={near}",
        ]
        if before and all(before.text != verb.phrase.text for verb in found):
            found.append(Verb(before, -1, "-", "carry", [f"carry {name}" for name in shared]))
        found.append(Verb(NOTHING, -1, "-", "none", [f"none {name}" for name in shared]))
        return found

    def _is_verb(self, figure: Figure, place: int) -> bool:
        letter = figure.letters[place]
        if letter == "N":
            return self._lexicon.is_verb(figure.clause.nodes[place].text, _VERBAL)
        if letter == "M":
            is_led = 0 < place < figure.position and figure.letters[place - 1] == "A"
            return is_led and self._lexicon.use(figure.clause.nodes[place].text) in _BOTH
        return letter in _VERBS

    def _add(self, found: list[Verb], figure: Figure, chosen: Composite, first: int, last: int, rank: str) -> None:
        nodes, letters, place = figure.clause.nodes, figure.letters, figure.position
        phrase = self.bare(Phrase(nodes[first:last]))
        if not phrase:
            return
        own, lexicon = chosen.own, self._lexicon
        site = own.site if own else "-"
        zone = _zone(figure, site, own.first if own else 0, own.last if own else 0, first)
        letter = letters[first] if last == first + 1 else "+".join(letters[first:last])
        behind = letters[last] if last < len(nodes) else "END"
        ahead = letters[first - 1] if first else "START"
        touches = _touches(letters, first, last, place, own.first if own else -1)
        word = nodes[first].text
        use, frame = lexicon.use(word), lexicon.frame(word)
        features = [
            f"{zone} {rank}",
            f"{zone} {touches} {letter}",
            f"{zone} form={figure.form}",
            f"{zone} use={use}",
            f"{zone} {letter} made={lexicon.made(word)}",
            f"{zone} frame={frame}",
            f"{zone} behind={behind}",
            f"{letter} behind={behind}",
            f"{letter} ahead={ahead}",
            f"size={min(len(word), 3)} {letter}",
            f"word={word}",
        ]
        found.append(Verb(phrase, first, letters[first], zone.replace(" ", "-"), features))

    def bare(self, predicate: Phrase) -> Phrase:
        """占 for 约占, but 共享 for itself: a predicate without the adverb that is one word with it.

        What only bounds the number (不低于) is none.
        """
        text = predicate.text
        if not text:
            return predicate
        if text in self._bounding:
            return NOTHING
        start, end = 0, len(text)
        if text.startswith(self._leading) and text not in self._deeds:
            start = len(next((word for word in self._leading if text.startswith(word) and text != word), ""))
        if text.endswith(self._trailing):
            end -= len(next((word for word in self._trailing if text.endswith(word) and text != word), ""))
        return predicate.cut(start, end)


def _zone(figure: Figure, site: str, start: int, end: int, place: int) -> str:
    """Where a verb stands: before, in or behind the words of the object, or between these and the figure."""
    if site not in ("left", "right"):
        return f"{site} {'before' if place < figure.position else 'behind'}"
    if start <= place < end:
        where = "first" if place == start else "last" if place == end - 1 else "in"
    elif site == "left":
        where = "before" if place < start else "between" if place < figure.position else "behind"
    else:
        where = "before" if place < figure.position else "between" if place < start else "behind"
    return f"{site} {where}"


def _touches(letters: list[str], first: int, last: int, position: int, start: int) -> str:
    """What a verb stands right before, adverbs and times passed: the figure, the object, or nothing of them."""
    place = last
    while place < len(letters) and letters[place] in "AT" and place not in (position, start):
        place += 1
    if place == position:
        return "figure"
    if place == start:
        return "object"
    return "figure-behind" if first == position + 1 else "apart"
