"""Chooses the object of each figure among candidates, by the sum of the weights of what speaks for and against each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from extract.grammar.phrases import phrase_of, subject_of, trim
from extract.model.clause import Clause
from extract.model.phrase import NOTHING, Phrase
from extract.model.quantity import Quantity
from extract.model.relation import Relation, Run
from extract.model.sentence import Sentence
from extract.relations.antecedents import Antecedent, Memory
from extract.relations.candidates import run_of, runs_of_changes
from extract.relations.composites import Composer, Composite, Figure, shape_features
from extract.relations.lexicon import Lexicon
from extract.relations.own import Own, OwnFinder, group
from extract.rulebook.schema import WordRules

_BEST: Final = 3
_WORST: Final = 3.0
_THEME: Final = frozenset("NMBVOGEPZCT")
_GOES_ON: Final = frozenset("NBAGQL")


class Tableau:
    """The candidates for one figure, the best first: those of its clause, and those composed with what stood before."""

    __slots__ = ("composites", "figure", "owns")

    def __init__(self, figure: Figure, owns: list[Own], composites: list[Composite]) -> None:
        self.figure = figure
        self.owns = owns
        self.composites = composites

    @property
    def chosen(self) -> tuple[Phrase, str, bool]:
        """The object, the rule that made it, and whether it is taken up from what stood before."""
        best = self.composites[0]
        rule = f"object.{best.way}" + (f".{best.source}" if best.source else "")
        return best.phrase, rule, bool(best.source)


class Ranker:
    """Ranks candidates by the weights of their features: `own` those of a clause, `weights` those composed."""

    def __init__(
        self, words: WordRules, lexicon: Lexicon, own: Mapping[str, float], weights: Mapping[str, float]
    ) -> None:
        self.own_weights = own
        self.weights = weights
        self._finder = OwnFinder(lexicon)
        self.composer = Composer(words, lexicon)

    def recurring(self, sentences: Sequence[tuple[list[Clause], list[Quantity]]]) -> set[tuple[str, str]]:
        """The phrases and units that figures of an article have with several values, as its clauses name them."""
        values: dict[tuple[str, str], str] = {}
        found: set[tuple[str, str]] = set()
        for clauses, quantities in sentences:
            for figure in figures(clauses, quantities):
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

    def rank(
        self,
        sentence: Sentence,
        clauses: list[Clause],
        quantities: list[Quantity],
        told: dict[int, Relation],
        memory: Memory,
        remembered: Callable[[int, Tableau], Phrase] | None = None,
    ) -> dict[int, Tableau]:
        """The tableau of each figure of a sentence by its index; `told` are the relations that the shapes give.

        What is chosen is remembered for the figures behind it, or what `remembered` gives for the index of a figure.
        """
        tableaus: dict[int, Tableau] = {}
        memory.enter(sentence.paragraph)
        runs = runs_of_changes(clauses)
        for clause in clauses:
            memory.clause += 1
            if not clause.quantities:
                _hear(clause, memory)
                continue
            _come_to(clause, memory)
            for figure in _figures_of(clause, quantities, runs):
                index = clause.nodes[figure.position].quantity
                tableau = self.tableau(figure, told.get(index), memory)
                tableaus[index] = tableau
                object_ = remembered(index, tableau) if remembered else tableau.composites[0].phrase
                self.remember(tableau, object_, memory)
        return tableaus

    @staticmethod
    def remember(tableau: Tableau, object_: Phrase, memory: Memory) -> None:
        """Take up what was chosen for a figure."""
        figure, chosen = tableau.figure, tableau.composites[0]
        quantity = figure.quantity
        own = chosen.own or tableau.owns[0]
        way = f"{chosen.way} {own.way}"
        memory.add_object(
            Antecedent(
                object_, memory.clause, memory.sentence, quantity.unit, quantity.form, figure.run.size, way,
                chosen.owner,
            )
        )  # fmt: skip
        memory.said.setdefault((object_.text, quantity.unit), str(quantity.value))

    def owns(self, figure: Figure) -> list[Own]:
        """The candidates of a figure's clause, the best first."""
        place, run = figure.position, figure.run
        low = high = place
        if figure.run.size > 1 and _is_row(figure):
            low, high = place - 2 * run.place, place + 2 * (run.size - 1 - run.place)
        owns = self._finder.find(figure.clause, low, high, figure.quantity)
        weights = self.own_weights
        for own in owns:
            own.score = sum([weights.get(name, 0.0) for name in own.features])
        return sorted(owns, key=_by_score)

    def tableau(self, figure: Figure, told: Relation | None, memory: Memory) -> Tableau:
        """The candidates for the object of a figure, the best first."""
        owns = self.owns(figure)
        found: dict[str, Composite] = {}
        for rank, own in enumerate(owns[:_BEST]):
            lost = owns[0].score - own.score
            if lost > _WORST:
                break
            margin = "margin=0" if not rank else f"margin={rank} {int(lost * 2)}"
            self.composer.compose(figure, own, [f"rank={rank}", margin], memory, found)
        if told is not None and told.object:
            shaped = found.get(told.object.text)
            if shaped is None:
                shaped = found[told.object.text] = Composite(told.object, "shape", "", None, ["shape"])
            shaped.features += shape_features(shaped, told)
        composites = list(found.values()) or [Composite(NOTHING, "empty", "", None, ["empty"])]
        weights = self.weights
        for one in composites:
            one.score = sum([weights.get(name, 0.0) for name in one.features])
        return Tableau(figure, owns, sorted(composites, key=_by_score))


def figures(clauses: list[Clause], quantities: list[Quantity]) -> list[Figure]:
    """The figures of a sentence in order."""
    runs = runs_of_changes(clauses)
    return [figure for clause in clauses for figure in _figures_of(clause, quantities, runs)]


def _figures_of(clause: Clause, quantities: list[Quantity], runs: dict[int, Run]) -> list[Figure]:
    return [
        Figure(
            clause, place, quantities[node.quantity], runs.get(node.quantity) or run_of(clause.nodes, place, quantities)
        )
        for place, node in enumerate(clause.nodes)
        if node.quantity >= 0
    ]


def _by_score(one: Own | Composite) -> float:
    return -one.score


def _is_row(figure: Figure) -> bool:
    """Whether the run of a figure stands in its clause alone, N1、N2和N3."""
    nodes, run = figure.clause.nodes, figure.run
    first = figure.position - 2 * run.place
    last = first + 2 * (run.size - 1)
    return first >= 0 and last < len(nodes) and all(nodes[place].quantity >= 0 for place in range(first, last + 1, 2))


def _hear(clause: Clause, memory: Memory) -> None:
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


def _come_to(clause: Clause, memory: Memory) -> None:
    """Come to a clause with figures: 其中 opens a part, and an item or a bare figure goes on with it."""
    opens = clause.nodes[0].label == "among" or memory.part_next
    if opens and memory.objects and not memory.in_part:
        memory.whole = memory.objects[-1]
    goes_on = clause.joint == "list" or all(group(node) in _GOES_ON for node in clause.nodes)
    memory.in_part = opens or (memory.in_part and goes_on)
    memory.part_next = False
