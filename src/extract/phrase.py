"""Rows of labelled words as phrases: their text, their items, their head."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, takewhile

from extract.clause import Clause, Node

_UNSPOKEN = ("adverb", "time", "respective", "basis")
_EDGES = (*_UNSPOKEN, "among", "level", "of", "place", "conj", "comma", "prep", "for", "topic", "stop")
_OPENERS = ("time", "adverb", "conj", "area")
_NOMINALS = ("noun", "nominal", "measure", "generic", "area")
_MEASURES = ("measure", "proportion")


def words_of(nodes: Sequence[Node]) -> str:
    """Return the text of a phrase without its adverbs, times and bases; a single word stays as it is."""
    return "".join(node.text for node in nodes if len(nodes) == 1 or node.label not in _UNSPOKEN)


def trim(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return a phrase without the function words at its ends and the area in front."""
    start, end = 0, len(nodes)
    while start < end - 1 and nodes[start].label in (*_EDGES, "area"):
        start += 1
    while end > start and nodes[end - 1].label in _EDGES:
        end -= 1
    return nodes[start:end]


def items_of(nodes: Sequence[Node]) -> list[list[Node]]:
    """Return the items of a list A、B和C."""
    items: list[list[Node]] = [[]]
    for node in nodes:
        if node.label in ("comma", "conj"):
            items.append([])
        else:
            items[-1].append(node)
    return [item for item in items if item]


def subject_of(clause: Clause) -> Sequence[Node]:
    """Return the noun phrase that a clause begins with, empty if no verb follows it."""
    nodes = list(dropwhile(lambda node: node.label in _OPENERS, clause.nodes))
    subject = list(takewhile(lambda node: node.label in _NOMINALS, nodes))
    return subject if len(subject) < len(nodes) else ()


def has_measure(nodes: Sequence[Node]) -> bool:
    """Tell whether a phrase says what is measured (产量, 占比) and not only of what."""
    return any(node.label in _MEASURES for node in nodes)


def measure_tail(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return the measure that a phrase ends with: 人均可支配收入 of 居民人均可支配收入; nothing of 总量 alone."""
    start = len(nodes)
    while start > 0 and nodes[start - 1].label in (*_MEASURES, "per"):
        start -= 1
    return nodes[start:] if start else ()
