"""Compiles the shapes of `rules/relations.yaml`: regular expressions over the labels of a clause's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from extract.rulebook.shapes import CODES, TARGET_OF, TARGETS

if TYPE_CHECKING:
    from extract.model.clause import Nodes
    from extract.model.quantity import Quantity


def encode(nodes: Nodes, target: int, quantities: list[Quantity]) -> str:
    """Return one character for each node's label, with the node at `target` marked as the quantity in question."""
    code_of = CODES
    codes = [code_of[node.label] for node in nodes]
    codes[target] = TARGET_OF.get(quantities[nodes[target].quantity].form, TARGET_OF["plain"])
    return "".join(codes)


@dataclass(frozen=True, slots=True)
class Repair:
    """A single change to a clause that would make a shape fit.

    One of `labels` in place of the word number `position`, or before it where `inserted`.
    """

    position: int
    inserted: bool
    labels: tuple[str, ...]


def repair(pattern: regex.Pattern[str], codes: str, target: int) -> Repair | None:
    """Return the change nearest to the node at `target` that makes the shape fit `codes`, None if none alone does."""
    if forms := _fitting(pattern, codes[:target], codes[target + 1 :], TARGETS):
        return Repair(target, False, forms)
    for position in sorted(range(len(codes) + 1), key=lambda place: abs(place - target)):
        before, after = codes[:position], codes[position:]
        if position < len(codes) and position != target and (labels := _fitting(pattern, before, after[1:], CODES)):
            return Repair(position, False, labels)
        if labels := _fitting(pattern, before, after, CODES):
            return Repair(position, True, labels)
    return None


def _fitting(pattern: regex.Pattern[str], before: str, after: str, codes: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(label for label, code in codes.items() if pattern.search(before + code + after))
