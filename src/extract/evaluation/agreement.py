"""How far two people agree who labelled the same texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.evaluation.answers import answers
from extract.evaluation.gold import GoldDocument
from extract.evaluation.score import Evaluation, evaluate

KAPPA_FIELDS = ("kind", "bound", "status")
"""The fields with few values, for which chance agreement has a meaning."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The records of A paired with those of B as gold is with predictions: A stands for gold."""

    evaluation: Evaluation

    def kappa(self, name: str) -> float | None:
        """Return Cohen's kappa of the field `name` over the matched records: 1 full, 0 no more than by chance.

        None where it is not defined: no record matches, or both people always gave the same single value.
        """
        pairs = [(getattr(pair.gold, name), getattr(pair.predicted, name)) for pair in self.evaluation.matched]
        if not pairs:
            return None
        observed = sum(one == other for one, other in pairs) / len(pairs)
        ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
        chance = sum(count * others[value] for value, count in ones.items()) / len(pairs) ** 2
        return None if chance == 1 else (observed - chance) / (1 - chance)


def agreement(documents: Sequence[tuple[GoldDocument, GoldDocument]]) -> Agreement:
    """Return the agreement over documents given as labelled by A and by B.

    Both may hold several answers in a field; they agree where any of A's does with any of B's.
    """
    return Agreement(evaluate(((one.name, one.records, other.records) for one, other in documents), answers))
