"""A figure of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from extract.model.record import Bound

Form = Literal["count", "percent", "point", "multiple", "doubling", "ratio", "rank"]
"""What a quantity looks like; `relate` and `record` read the kind of the record from it."""


class Quantity:
    """A quantity in a sentence. It is never changed.

    Offsets count code points in the sentence's text, end exclusive: `start`/`end` the quantity itself,
    `outer_start`/`outer_end` with the bound words beside it (约, 以上).
    """

    __slots__ = (
        "bound", "dimension", "end", "form", "outer_end", "outer_start", "rules", "start", "text", "unit", "value",
        "value_high",
    )  # fmt: skip

    def __init__(
        self,
        span: tuple[int, int],
        outer: tuple[int, int],
        text: str,
        value: tuple[Decimal, Decimal | None],
        unit: tuple[str, str, Form],
        bound: Bound,
        rules: tuple[str, ...],
    ) -> None:
        """Take `value` with its upper end, and `unit` with its dimension and the form that it gives."""
        self.start, self.end = span
        self.outer_start, self.outer_end = outer
        self.text = text
        self.value, self.value_high = value
        self.unit, self.dimension, self.form = unit
        self.bound: Bound = bound
        self.rules = rules

    def bounded(self, bound: Bound, outer: tuple[int, int] | None = None, rules: Sequence[str] = ()) -> Quantity:
        """Return it with this bound, the offsets `outer` with the words that say so, and their `rules`."""
        return Quantity(
            (self.start, self.end),
            outer or (self.outer_start, self.outer_end),
            self.text,
            (self.value, self.value_high),
            (self.unit, self.dimension, self.form),
            bound,
            (*self.rules, *rules) if rules else self.rules,
        )
