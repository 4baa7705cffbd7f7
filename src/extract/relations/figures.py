"""A figure with its clause and the phrases of it, as every choice about the figure reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from extract.model.clause import Clause, Node
from extract.model.quantity import Quantity
from extract.model.relation import Run
from extract.relations.names import Names
from extract.relations.runs import run_of, runs_of_changes

_LABELS_OF: Final = {
    "U": ("up", "down"),
    "D": ("differ", "differ_down"),
    "L": ("level",),
    "S": ("share",),
    "R": ("rank",),
    "W": ("among",),
    "A": ("adverb", "manner", "respective"),
    "P": ("prep",),
    "I": ("for",),
    "F": ("from",),
    "C": ("conj", "comma"),
    "O": ("of",),
    "X": ("pronoun",),
    "Z": ("place", "topic"),
    "V": ("light", "cause", "intransitive", "fresh", "act"),
    "B": ("verbal", "nominal"),
    "N": ("noun", "agent"),
    "M": ("measure", "proportion"),
    "E": ("per",),
    "G": ("generic", "area"),
    "T": ("time",),
    "Y": ("basis",),
    "Q": ("quantity",),
    "K": ("stop",),
}
_LETTER_OF: Final = {label: letter for letter, labels in _LABELS_OF.items() for label in labels}


def group(node: Node) -> str:
    """The letter for the label of a word: V a verb, B a verb or a noun, N a noun, M a measure, A an adverb, Q a figure.

    U is 增长 and its like, D 高于, L 达到, S 占, R 居, W 其中, I 为, P and F prepositions, C 、 and 和, O 的, X a
    pronoun, Z 中 or 上, E 每人, G 全市 or an area, T a time, Y a base of comparison, K a mark.
    """
    return _LETTER_OF[node.label]


def form_of(quantity: Quantity) -> str:
    """What a figure looks like, with people and money told apart from other counts."""
    if quantity.form != "count":
        return quantity.form
    if quantity.dimension in ("person", "household"):
        return "people"
    return "money" if quantity.dimension == "money" else "count"


class Own:
    """A phrase of the figure's own clause: its nodes `first` to `last` (exclusive).

    `site` is `left` or `right` of the figure, or `none` where the clause does not name the object; `gap` is the
    kind of verb between the phrase and the figure. The weights of its `features` are summed up to `score`: those that
    it has in common with other phrases of its site, and its own `names`.
    """

    __slots__ = ("common", "first", "gap", "last", "names", "score", "site")

    def __init__(self, site: str, first: int, last: int, gap: str, common: Names, names: list[str]) -> None:
        self.site = site
        self.first = first
        self.last = last
        self.gap = gap
        self.common = common
        self.names = names
        self.score = 0.0

    @property
    def features(self) -> list[str]:
        """What speaks for and against the phrase."""
        return [f"{self.site} {name}" for name in (*self.common.names, *self.names)]

    def weigh(self, weights: Mapping[str, float]) -> None:
        """Sum up the `weights` of its site."""
        self.score = self.common.weight(self.site, weights) + sum([weights.get(name, 0.0) for name in self.names])

    @property
    def way(self) -> str:
        """How the phrase lies to the figure: the kind of the gap for one on the left, else the site."""
        return self.gap if self.site == "left" else self.site


class Figure:
    """A figure: node `position` of its clause, at its place in a run of figures.

    `letters` are those of the clause's nodes, `form` is what the figure looks like. `owns` are the candidates of its
    clause for its object, the best first, once they are ranked.
    """

    __slots__ = ("clause", "form", "letters", "owns", "position", "quantity", "run")

    def __init__(self, clause: Clause, letters: list[str], position: int, quantity: Quantity, run: Run) -> None:
        self.clause = clause
        self.letters = letters
        self.position = position
        self.quantity = quantity
        self.run = run
        self.form = form_of(quantity)
        self.owns: list[Own] = []

    @property
    def index(self) -> int:
        """The index of the figure among the quantities of its sentence."""
        return self.clause.nodes[self.position].quantity

    def letter_before(self) -> str:
        """The letter of the word before the figure, adverbs and times passed; START where there is none."""
        place = self.position - 1
        while place >= 0 and self.letters[place] in "AT":
            place -= 1
        return self.letters[place] if place >= 0 else "START"


def _figures_of(clause: Clause, quantities: list[Quantity], runs: dict[int, Run]) -> list[Figure]:
    """The figures of a clause in order; `runs` are those that go over clauses."""
    letters = [group(node) for node in clause.nodes]
    return [
        Figure(
            clause,
            letters,
            place,
            quantities[node.quantity],
            runs.get(node.quantity) or run_of(clause.nodes, place, quantities),
        )
        for place, node in enumerate(clause.nodes)
        if node.quantity >= 0
    ]


def figures(clauses: list[Clause], quantities: list[Quantity]) -> list[Figure]:
    """The figures of a sentence in order."""
    runs = runs_of_changes(clauses)
    return [figure for clause in clauses for figure in _figures_of(clause, quantities, runs)]
