"""Scores predicted records against gold ones, by the annotation guideline."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from operator import eq

from extract.evaluation.answers import answers, one_answer
from extract.model.record import Metric

RELAXED_THRESHOLD = 0.7
"""Two phrases agree if 2·LCS/(len+len) reaches this, LCS being their longest common subsequence."""

_FOUR_DIGITS = Context(prec=4)


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of `right` predictions among `predicted` ones, where `gold` are to be found."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 1 where nothing is predicted."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found; 1 where there is nothing to find."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 1 where there is nothing on either side."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)


def is_alike(one: str, other: str) -> bool:
    """Tell whether two phrases agree by the relaxed measure: 2·LCS/(len+len) ≥ 0.7 over characters.

    Punctuation and blanks are ignored. Two empty phrases agree, an empty and another one do not.
    """
    return likeness(one, other) >= RELAXED_THRESHOLD


def likeness(one: str, other: str) -> float:
    """How alike two phrases are, from 0 to 1: 2·LCS/(len+len) over characters but punctuation and blanks."""
    one, other = _letters(one), _letters(other)
    if not one or not other:
        return float(one == other)
    return 2 * _common(one, other) / (len(one) + len(other))


def _letters(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char)[0] not in "PZC")


def _common(one: str, other: str) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for char in one:
        diagonal = 0
        for index, candidate in enumerate(other, 1):
            above = row[index]
            row[index] = diagonal + 1 if char == candidate else max(above, row[index - 1])
            diagonal = above
    return row[-1]


FIELDS: dict[str, tuple[str, Callable[[str, str], bool]]] = {
    "bound": ("bound", eq),
    "kind": ("kind", eq),
    "object": ("object", is_alike),
    "object_exact": ("object", eq),
    "predicate": ("predicate", is_alike),
    "predicate_exact": ("predicate", eq),
    "area": ("area", eq),
    "period": ("period", eq),
    "base": ("base", eq),
    "status": ("status", eq),
}
"""What is compared in a matched pair: the column, and when two answers agree."""

RECORD_FIELDS = ("bound", "kind", "object", "area", "period", "status")
"""What must be right, besides the quantity, for a record to be right."""


EXACT_FIELDS = ("kind", "object_exact", "predicate_exact")
"""What must be right, besides the quantity, for a record to be right to the letter."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold record with the predicted one that matches it, either None if there is none.

    `wrong` names the fields of a matched pair for which no answers agree.
    """

    doc: str
    gold: Metric | None
    predicted: Metric | None
    wrong: tuple[str, ...] = ()

    @property
    def is_match(self) -> bool:
        """Whether the quantity is right."""
        return self.gold is not None and self.predicted is not None

    @property
    def is_right(self) -> bool:
        """Whether the record is right."""
        return self.is_match and not set(self.wrong) & set(RECORD_FIELDS)


@dataclass(frozen=True)
class Evaluation:
    """The pairs of a set of documents, from which every figure is counted."""

    pairs: tuple[Pair, ...]
    documents: tuple[str, ...]
    """Names of all documents, those without any record too."""
    owned: frozenset[str] = frozenset()
    """Names of those whose gold tells owners."""

    @property
    def quantity(self) -> Score:
        """Score of the quantities: span, value and unit."""
        return _count(self.pairs, lambda pair: pair.is_match)

    @property
    def record(self) -> Score:
        """Score of whole records."""
        return _count(self.pairs, lambda pair: pair.is_right)

    @property
    def owner(self) -> Score:
        """Score of the owners of matched records, in the documents whose gold tells them.

        One that gold leaves open (`甲港|`) is right with it and without, and is not to be found.
        """
        pairs = [pair for pair in self.matched if pair.doc in self.owned]
        told = [(pair.gold.owner.split("|"), pair.predicted.owner) for pair in pairs if pair.gold and pair.predicted]
        return Score(
            sum(bool(owner) and any(is_alike(one, owner) for one in gold) for gold, owner in told),
            sum(bool(owner) for _, owner in told),
            sum("" not in gold for gold, _ in told),
        )

    @property
    def exact(self) -> Score:
        """Score of records whose quantity, kind, object and predicate are right to the letter."""
        return _count(self.pairs, lambda pair: pair.is_match and not set(pair.wrong) & set(EXACT_FIELDS))

    @property
    def matched(self) -> list[Pair]:
        """The pairs whose quantity is right."""
        return [pair for pair in self.pairs if pair.is_match]

    def accuracy(self, name: str) -> float:
        """Return the share of matched pairs that agree in the field `name`, 1 where none is matched."""
        matched = self.matched
        return sum(name not in pair.wrong for pair in matched) / len(matched) if matched else 1.0

    def causes(self) -> Counter[tuple[str, ...]]:
        """Return how many matched pairs fail in exactly these fields of a record, () for those that are right."""
        return Counter(tuple(name for name in RECORD_FIELDS if name in pair.wrong) for pair in self.matched)

    def record_if_right(self, name: str) -> Score:
        """Return the score that whole records would have if the field `name` were right in all matched pairs."""
        right = sum(count for failed, count in self.causes().items() if set(failed) <= {name})
        return Score(right, self.quantity.predicted, self.quantity.gold)

    def by_document(self) -> dict[str, Evaluation]:
        """Return one evaluation a document."""
        return {
            name: Evaluation(tuple(pair for pair in self.pairs if pair.doc == name), (name,)) for name in self.documents
        }

    def by_unit(self) -> dict[str, Evaluation]:
        """Return one evaluation a unit, the most frequent in gold first."""
        groups: dict[str, list[Pair]] = {}
        for pair in self.pairs:
            record = pair.gold or pair.predicted
            if record is not None:
                groups.setdefault(record.unit, []).append(pair)
        order = sorted(groups, key=lambda unit: (-sum(pair.gold is not None for pair in groups[unit]), unit))
        return {unit: Evaluation(tuple(groups[unit]), ()) for unit in order}

    def errors(self) -> Counter[str]:
        """Return how many errors of each kind there are: missed, spurious, and `wrong <field>` of matched pairs."""
        kinds = Counter({"missed": 0, "spurious": 0})
        for pair in self.pairs:
            if pair.predicted is None:
                kinds["missed"] += 1
            elif pair.gold is None:
                kinds["spurious"] += 1
            kinds.update(f"wrong {name}" for name in pair.wrong)
        return kinds


def _count(pairs: Iterable[Pair], right: Callable[[Pair], bool]) -> Score:
    pairs = list(pairs)
    return Score(
        sum(right(pair) for pair in pairs),
        sum(pair.predicted is not None for pair in pairs),
        sum(pair.gold is not None for pair in pairs),
    )


Given = Callable[[Metric, str], list[str]]
"""The answers that a record gives in a column."""


def evaluate(
    documents: Iterable[tuple[str, Sequence[Metric], Sequence[Metric]]],
    given: Given = one_answer,
    owned: Iterable[str] = (),
) -> Evaluation:
    """Return the evaluation of documents given as name, gold records and predicted records.

    A field is right where one of gold's answers agrees with one of those that `given` finds in the prediction.
    `owned` are the documents whose gold tells owners. Counts add up over documents; one with
    no record on either side changes nothing.
    """
    pairs: list[Pair] = []
    names: list[str] = []
    for name, gold, predicted in documents:
        names.append(name)
        pairs += match(name, gold, predicted, given)
    return Evaluation(tuple(pairs), tuple(names), frozenset(owned))


def match(doc: str, gold: Sequence[Metric], predicted: Sequence[Metric], given: Given = one_answer) -> list[Pair]:
    """Return pairs of gold and predicted records whose spans overlap and whose value, value_high and unit agree.

    Numbers are compared to four significant digits. Each record is matched at most once: the best overlap
    first, among equal ones in text order. Records without a partner come as pairs with None.
    """
    predicted = sorted(predicted, key=lambda metric: (metric.start, metric.end, metric.object))
    candidates = sorted(
        (-overlap, g, p)
        for g, one in enumerate(gold)
        for p, other in enumerate(predicted)
        if (overlap := min(one.end, other.end) - max(one.start, other.start)) > 0 and _same_quantity(one, other)
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, p in candidates:
        if g not in partner and p not in taken:
            partner[g] = p
            taken.add(p)
    found: list[Pair] = []
    for g, one in enumerate(gold):
        other = predicted[partner[g]] if g in partner else None
        found.append(Pair(doc, one, other, _differing(one, other, given) if other else ()))
    return found + [Pair(doc, None, other) for p, other in enumerate(predicted) if p not in taken]


def _differing(gold: Metric, predicted: Metric, given: Given) -> tuple[str, ...]:
    return tuple(
        name
        for name, (column, agree) in FIELDS.items()
        if not any(agree(one, other) for one in answers(gold, column) for other in given(predicted, column))
    )


def _same_quantity(one: Metric, other: Metric) -> bool:
    if one.unit != other.unit or (one.value_high is None) != (other.value_high is None):
        return False
    if one.value_high is not None and other.value_high is not None and not _near(one.value_high, other.value_high):
        return False
    return _near(one.value, other.value)


def _near(one: Decimal, other: Decimal) -> bool:
    return _FOUR_DIGITS.plus(one) == _FOUR_DIGITS.plus(other)
