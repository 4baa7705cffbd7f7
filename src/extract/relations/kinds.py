"""Tells a level from a share, a change and a rank, and gives a falling change its sign."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from extract.matching.patterns import compiled
from extract.model.quantity import Quantity
from extract.model.record import Kind
from extract.model.relation import Relation
from extract.relations.beside import Beside, BesideReader
from extract.relations.composites import Composite
from extract.relations.figures import Figure
from extract.relations.verbs import Verb
from extract.rulebook.schema import WordRules

_FIXED: Final[dict[str, Kind]] = {
    "rank": "rank",
    "point": "change",
    "multiple": "change",
    "doubling": "change",
    "ratio": "share",
}
_MOVES: Final = ("up", "down", "differ", "differ_down")
_DOWN: Final = ("down", "differ_down")
_MOVING: Final = "UDY"
_SIGNS: Final = "+-＋－−"
_NAMELESS: Final = "AYTQCK"


class KindChoice:
    """A kind that a figure may be of; `features` are summed up by their weights to `score`."""

    __slots__ = ("features", "kind", "score")

    def __init__(self, kind: Kind, features: list[str]) -> None:
        self.kind = kind
        self.features = features
        self.score = 0.0


class KindFinder:
    """Finds the kinds that a figure may be of, and the sign of a change."""

    def __init__(self, words: WordRules) -> None:
        self._change_nouns = compiled(words.change_nouns)
        self._down_nouns = compiled(words.down_nouns)
        self._measures = compiled(words.measures)
        self._beside = BesideReader(words)

    def beside(self, figure: Figure) -> Beside:
        """What the words beside a figure say."""
        return self._beside.read(figure.quantity, figure.clause.nodes[figure.position].sentence.text)

    def find(
        self, figure: Figure, chosen: Composite, verb: Verb, beside: Beside, before: Relation | None
    ) -> list[KindChoice]:
        """The kinds that a figure may be of; `before` is what the figure before it is about, in its sentence."""
        form, letters = figure.quantity.form, figure.letters
        fixed = _FIXED.get(form)
        if fixed is not None:
            return [KindChoice(fixed, [])]
        if beside.says:
            return [KindChoice("share" if beside.says == "share" else "change", [])]
        if form == "percent" and figure.quantity.text[0] in _SIGNS and all(one in _NAMELESS for one in letters):
            return [KindChoice("change", [])]
        other: Kind = "share" if form == "percent" else "level"
        if other == "level" and (beside.is_compared or not any(letter in _MOVING for letter in letters)):
            return [KindChoice("level", [])]
        shared = self._features(figure, chosen, verb, before)
        shared.append(f"compared={int(beside.is_compared)} {other}")
        return [KindChoice(kind, [f"{kind} {name}" for name in shared]) for kind in (other, "change")]

    def _features(self, figure: Figure, chosen: Composite, verb: Verb, before: Relation | None) -> list[str]:
        """What speaks for and against each kind alike."""
        nodes, letters, place = figure.clause.nodes, figure.letters, figure.position
        form = "percent" if figure.quantity.form == "percent" else "count"
        text = chosen.phrase.text
        behind = letters[place + 1] if place + 1 < len(letters) else "END"
        based = int("Y" in letters[:place])
        ends = "change" if self._change_nouns.search(text) else "measure" if self._measures.search(text) else "noun"
        bare = int(all(letter in "ALQC" for letter in letters))
        last = before.kind if before is not None else "-"
        of_change = "-"
        if behind == "O" and place + 2 < len(letters):
            changes = letters[place + 2] == "U" or self._change_nouns.search(nodes[place + 2].text)
            of_change = "yes" if changes else "no"
        reaching = letters[place - 2] + letters[place - 1] if place > 1 else "-"
        return [
            form,
            f"{form} verb={verb.letter}",
            f"{form} behind={behind}",
            f"{form} based={based}",
            f"{form} based={based} near={_nearest(letters, place)}",
            f"{form} based={based} verb={verb.letter}",
            f"{form} ends={ends}",
            f"{form} bare={bare} last={last}",
            f"{form} of={of_change}",
            f"{form} reaching={reaching}",
            f"verb={verb.phrase.text}",
        ]

    def is_down(
        self, figure: Figure, chosen: Composite, kind: Kind, verb: Verb, beside: Beside, before: Relation | None
    ) -> bool:
        """Whether a change goes down, by the words beside it or the verb of motion nearest to it, else by its noun."""
        if kind != "change" or beside.is_compared or beside.is_reached:
            return False
        if beside.says == "down":
            return True
        nodes, place = figure.clause.nodes, figure.position
        for number in range(place - 1, -1, -1):
            if nodes[number].label in _MOVES and not (chosen.own and chosen.own.first <= number < chosen.own.last):
                return nodes[number].label in _DOWN
        if verb.first > place and nodes[verb.first].label in _MOVES:
            return nodes[verb.first].label in _DOWN
        if chosen.phrase and self._down_nouns.search(chosen.phrase.text):
            return True
        is_bare = before is not None and figure.clause.joint == "list"
        return bool(is_bare and before is not None and before.kind == "change" and before.is_down)


def signed(quantity: Quantity, relation: Relation) -> tuple[Decimal, Decimal | None]:
    """The value and value_high of a figure, negative for a change that goes down; the lower end stays the first."""
    low, high = quantity.value, quantity.value_high
    if not relation.is_down:
        return low, high
    return (-abs(low), None) if high is None else (-abs(high), -abs(low))


def _nearest(letters: list[str], place: int) -> str:
    """The letter of the verb nearest before a figure, up to the figure before it; `-` where there is none."""
    for number in range(place - 1, -1, -1):
        if letters[number] in "UDLSRVB":
            return letters[number]
        if letters[number] == "Q" and letters[number + 1] not in "C":
            return "-"
    return "-"
