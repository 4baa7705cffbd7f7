"""Rows of labelled words as phrases: their words, their items, their measure."""

from __future__ import annotations

from typing import Final

from extract.model.clause import Clause, Nodes
from extract.model.phrase import NOTHING, Phrase

_UNSPOKEN: Final = ("adverb", "time", "respective", "basis")
_EDGES: Final = frozenset(
    (*_UNSPOKEN, "manner", "among", "level", "of", "place", "conj", "comma", "prep", "for", "topic", "stop")
)
_LEADS: Final = frozenset((*_EDGES, "area"))
_OPENERS: Final = frozenset(("time", "adverb", "manner", "conj", "area"))
_NOMINALS: Final = frozenset(("noun", "nominal", "measure", "generic", "area"))
_MEASURES: Final = ("measure", "proportion")
_MEASURED: Final = ("measure", "proportion", "per")


def phrase_of(nodes: Nodes) -> Phrase:
    """Return the words of `nodes` without adverbs, times and bases; a single word stays as it is."""
    if not nodes:
        return NOTHING
    if len(nodes) == 1:
        return Phrase((nodes[0],))
    return Phrase(tuple([node for node in nodes if node.label not in _UNSPOKEN]))


def trim(nodes: Nodes) -> Nodes:
    """Return a phrase without the function words at its ends and the area in front."""
    start, end = 0, len(nodes)
    while start < end - 1 and nodes[start].label in _LEADS:
        start += 1
    while end > start and nodes[end - 1].label in _EDGES:
        end -= 1
    return nodes[start:end] if end - start < len(nodes) else nodes


def items_of(nodes: Nodes, by_conj: bool = True) -> list[Nodes]:
    """Return the items of a list A、B和C, which is parted by 和 too, or only by 、 without `by_conj`."""
    items: list[Nodes] = []
    start = 0
    for place, node in enumerate(nodes):
        if node.label == "comma" or (by_conj and node.label == "conj"):
            if start < place:
                items.append(nodes[start:place])
            start = place + 1
    if start < len(nodes):
        items.append(nodes[start:])
    return items


def subject_of(clause: Clause) -> Nodes:
    """Return the noun phrase that a clause begins with, empty if no verb follows it."""
    nodes, size = clause.nodes, len(clause.nodes)
    start = 0
    while start < size and nodes[start].label in _OPENERS:
        start += 1
    end = start
    while end < size and nodes[end].label in _NOMINALS:
        end += 1
    return nodes[start:end] if end < size and nodes[end].label != "of" else ()


def has_measure(nodes: Nodes) -> bool:
    """Tell whether a phrase says what is measured (产量, 占比) and not only of what."""
    return any(node.label in _MEASURES for node in nodes)


def measure_tail(nodes: Nodes) -> Nodes:
    """Return the measure that a phrase ends with: 人均可支配收入 of 居民人均可支配收入; nothing of 总量 alone."""
    start = len(nodes)
    while start > 0 and nodes[start - 1].label in _MEASURED:
        start -= 1
    return nodes[start:] if start else ()
