"""Several right answers in one cell of gold."""

from __future__ import annotations

from extract.model.record import Metric

ANSWER_BAR = "|"
"""What parts several right answers of gold."""

OPEN_FIELDS = ("object", "predicate", "area", "period", "base")
"""The fields for which gold may hold several right answers, the best one first."""


def answers(metric: Metric, column: str) -> list[str]:
    """Return the right answers that a gold record holds in a column, the best one first."""
    value = str(getattr(metric, column))
    return value.split(ANSWER_BAR) if column in OPEN_FIELDS else [value]


def one_answer(metric: Metric, column: str) -> list[str]:
    """Return the one answer of a predicted record in a column, none where it holds a bar."""
    value = str(getattr(metric, column))
    return [] if ANSWER_BAR in value else [value]
