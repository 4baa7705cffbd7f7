"""Chooses the object of each figure among candidates, by the sum of the weights of what speaks for and against each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from extract.grammar.phrases import phrase_of, subject_of, trim
from extract.model.clause import Clause
from extract.model.phrase import Phrase
from extract.model.sentence import Sentence
from extract.relations.antecedents import Antecedent, Memory
from extract.relations.composites import Composer, Composite
from extract.relations.figures import Figure, Own, group
from extract.relations.lexicon import Lexicon
from extract.relations.names import NO_WEIGHTS, WeightsByWay, by_way
from extract.relations.own import OwnFinder
from extract.rulebook.schema import WordRules

_BEST: Final = 3
_WORST: Final = 3.0
_THEME: Final = frozenset("NMBVOGEPZCT")
_GOES_ON: Final = frozenset("NBAGQL")


class ObjectRanker:
    """Ranks the candidates of a clause for the object of a figure, and those composed of them, by their weights."""

    def __init__(self, words: WordRules, lexicon: Lexicon) -> None:
        self._own_weights: WeightsByWay = {}
        self._weights: WeightsByWay = {}
        self._finder = OwnFinder(lexicon)
        self.composer = Composer(words, lexicon)

    def use(self, own: Mapping[str, float], weights: Mapping[str, float]) -> None:
        """Take other weights: `own` for the candidates of a clause, `weights` for those composed."""
        self._own_weights, self._weights = by_way(own), by_way(weights)

    def recurring(self, figures: Iterable[Figure]) -> set[tuple[str, str]]:
        """The phrases and units that figures of an article have with several values, as its clauses name them."""
        values: dict[tuple[str, str], str] = {}
        found: set[tuple[str, str]] = set()
        for figure in figures:
            own = self.owns(figure)[0]
            if own.site != "none" and figure.run.size == 1:
                text = self.composer.spoken(trim(figure.clause.nodes[own.first : own.last])).text
                key, value = (text, figure.quantity.unit), str(figure.quantity.value)
                if values.setdefault(key, value) != value:
                    found.add(key)
        return found

    def take_up(self, sentence: Sentence, clauses: Sequence[Clause], memory: Memory) -> None:
        """Let a sentence without figures say what the next ones are about."""
        memory.enter(sentence.paragraph)
        memory.clause += 1
        if not clauses:
            return
        first = clauses[0]
        subject = trim(subject_of(first))
        if sentence.is_heading:
            acts = first.nodes[-1].label in ("act", "intransitive", "level")
            heading = phrase_of((subject if acts else ()) or trim(first.nodes))
            memory.heading = Antecedent(heading, memory.clause, memory.sentence)
        else:
            mention = phrase_of(subject or trim(clauses[-1].nodes))
            memory.mention = Antecedent(mention, memory.clause, memory.sentence)

    @staticmethod
    def remember(figure: Figure, chosen: Composite, best: Own, object_: Phrase, memory: Memory) -> None:
        """Take up what was `chosen` for a figure, or `object_` in its place; `best` is the first of its clause."""
        quantity = figure.quantity
        own = chosen.own or best
        way = f"{chosen.way} {own.way}"
        memory.add_object(
            Antecedent(
                object_, memory.clause, memory.sentence, quantity.unit, quantity.form, figure.run.size, way,
                chosen.owner,
            )
        )  # fmt: skip
        memory.said.setdefault((object_.text, quantity.unit), str(quantity.value))

    @staticmethod
    def hear(clause: Clause, memory: Memory) -> None:
        """Take up what a clause without figures speaks of."""
        if all(node.label == "among" for node in clause.nodes):
            memory.part_next = True
            memory.whole = memory.objects[-1] if memory.objects else None
            return
        subject = trim(subject_of(clause))
        if not subject and all(group(node) in _THEME for node in clause.nodes):
            subject = trim(clause.nodes)
        if subject:
            memory.add_subject(phrase_of(subject))

    @staticmethod
    def come_to(clause: Clause, memory: Memory) -> None:
        """Come to a clause with figures: 其中 opens a part, and an item or a bare figure goes on with it."""
        opens = clause.nodes[0].label == "among" or memory.part_next
        if opens and memory.objects and not memory.in_part:
            memory.whole = memory.objects[-1]
        goes_on = clause.joint == "list" or all(group(node) in _GOES_ON for node in clause.nodes)
        memory.in_part = opens or (memory.in_part and goes_on)
        memory.part_next = False

    def owns(self, figure: Figure) -> list[Own]:
        """The candidates of a figure's clause, the best first; they stay with the figure."""
        if figure.owns:
            return figure.owns
        place, run = figure.position, figure.run
        low = high = place
        if figure.run.size > 1 and _is_row(figure):
            low, high = place - 2 * run.place, place + 2 * (run.size - 1 - run.place)
        owns = self._finder.find(figure, low, high)
        for own in owns:
            own.weigh(self._own_weights.get(own.site, NO_WEIGHTS))
        figure.owns = sorted(owns, key=_by_score)
        return figure.owns

    def rank(self, figure: Figure, memory: Memory) -> tuple[list[Own], list[Composite]]:
        """The candidates of a figure's clause for its object, and those composed of them, each the best first."""
        owns = self.owns(figure)
        best: list[tuple[Own, list[str]]] = []
        for rank, own in enumerate(owns[:_BEST]):
            lost = owns[0].score - own.score
            if lost > _WORST:
                break
            best.append((own, [f"rank={rank}", f"margin={rank} {int(lost * 2)}" if rank else "margin=0"]))
        composites = self.composer.compose(figure, best, memory)
        for one in composites:
            one.weigh(self._weights)
        return owns, sorted(composites, key=_by_score)


def _by_score(one: Own | Composite) -> float:
    return -one.score


def _is_row(figure: Figure) -> bool:
    """Whether the run of a figure stands in its clause alone, N1、N2和N3."""
    nodes, run = figure.clause.nodes, figure.run
    first = figure.position - 2 * run.place
    last = first + 2 * (run.size - 1)
    return first >= 0 and last < len(nodes) and all(nodes[place].quantity >= 0 for place in range(first, last + 1, 2))
