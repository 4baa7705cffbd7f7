"""Gives each quantity the area that it is about, from its own clause or from one before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.clause import Clause, Node
from extract.relate import Relation

_SEMICOLONS = ("；", ";")


def quantity_areas(clauses: Sequence[Clause], relations: Mapping[int, Relation]) -> dict[int, Node | None]:
    """Return the node that names the area of each quantity, by its index; None where it is the article's own.

    That is the quantity's own of a list of as many areas (甲县、乙县分别为……), else the area at the clause's
    head, else one that was the subject of a clause before it, up to a semicolon, else that of the clause which
    named the object that is taken up.
    """
    areas: dict[int, Node | None] = {}
    acting: Node | None = None
    stop = ""
    for number, clause in enumerate(clauses):
        acting = None if stop in _SEMICOLONS else acting
        stop = clause.stop
        own = clause.area
        is_national = clause.nodes[0].label == "generic"
        if is_national or own:
            acting = own if clause.area_acts else None
        listed = clause.listed_areas
        for place, index in enumerate(clause.quantities):
            if len(listed) == len(clause.quantities):
                areas[index] = listed[place]
            elif own or acting or is_national:
                areas[index] = own or acting
            else:
                areas[index] = _area_of_object(relations[index], clauses[:number])
    return areas


def _area_of_object(relation: Relation, before: Sequence[Clause]) -> Node | None:
    """Return the area of the clause that an object taken up was read from."""
    spans = relation.object.spans if relation.carried else ()
    for clause in before:
        start, end = clause.raw
        if spans and start <= spans[0][0] < end:
            return clause.area
    return None
