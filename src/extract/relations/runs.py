"""The runs that figures stand in: N1、N2和N3, and 分别增长2.6%、下降1.9%."""

from __future__ import annotations

from typing import Final

from extract.model.clause import Clause, Nodes
from extract.model.quantity import Quantity
from extract.model.relation import Run

_JOINTS: Final = ("comma", "conj")
_CHANGING: Final = frozenset(("up", "down", "adverb", "level", "quantity"))
_ALONE: Final = Run(0, 1)


def run_of(nodes: Nodes, position: int, quantities: list[Quantity]) -> Run:
    """Return the run of quantities that the one at `position` of a clause belongs to."""
    last = len(nodes) - 1
    if (not position or nodes[position - 1].label not in _JOINTS) and (
        position == last or nodes[position + 1].label not in _JOINTS
    ):
        return _ALONE
    first = last = position
    while first - 2 >= 0 and _joined(nodes, first - 2, quantities):
        first -= 2
    while last + 2 < len(nodes) and _joined(nodes, last, quantities):
        last += 2
    return Run((position - first) // 2, (last - first) // 2 + 1)


def _joined(nodes: Nodes, left: int, quantities: list[Quantity]) -> bool:
    right = left + 2
    if nodes[left].quantity < 0 or nodes[right].quantity < 0 or nodes[left + 1].label not in _JOINTS:
        return False
    one, other = quantities[nodes[left].quantity], quantities[nodes[right].quantity]
    return (one.form == "count") == (other.form == "count")


def runs_of_changes(clauses: list[Clause]) -> dict[int, Run]:
    """Return the runs that 分别 makes of changes in a row of clauses (分别增长2.6%、下降1.9%), by their quantities."""
    runs: dict[int, Run] = {}
    for number, clause in enumerate(clauses):
        if not any(node.label == "respective" for node in clause.nodes) or len(clause.quantities) != 1:
            continue
        end = number + 1
        while end < len(clauses) and _is_change(clauses[end]):
            end += 1
        items = clauses[number:end]
        if len(items) > 1:
            runs |= {item.quantities[0]: Run(place, len(items)) for place, item in enumerate(items)}
    return runs


def _is_change(clause: Clause) -> bool:
    """Tell whether a clause is but 下降1.9%, an item of a list."""
    is_bare = all(node.label in _CHANGING for node in clause.nodes)
    return clause.joint == "list" and is_bare and len(clause.quantities) == 1
