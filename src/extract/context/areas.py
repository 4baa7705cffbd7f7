"""Gives each quantity the area that it is about, from its own clause or from one before it."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from extract.model.clause import Clause, Node
from extract.model.relation import Relation

_SEMICOLONS: Final = ("；", ";")


def quantity_areas(
    clauses: list[Clause], relations: dict[int, Relation], nation: Container[str] = ()
) -> dict[int, Node | None]:
    """Return the node that names the area of each quantity, by its index; None where it is the article's own.

    That is the quantity's own of a list of as many areas (甲县、乙县分别为……), else the area at the clause's
    head or a word such as 全省 there, else one that was the subject of a clause before it, up to a semicolon,
    else that of the clause from which the object is taken up. Words for the nation (`nation`) must be the
    clause's subject; in a rank, a word such as 全省 is what it is measured against.
    """
    areas: dict[int, Node | None] = {}
    acting: Node | None = None
    stop = ""
    for clause in clauses:
        acting = None if stop in _SEMICOLONS else acting
        stop = clause.stop
        own, generic, listed = clause.area, clause.generic_area, clause.listed_areas
        if own or generic:
            generic = None if generic and generic.text in nation and not clause.generic_acts else generic
            acting = own if clause.area_acts else None
        for place, index in enumerate(clause.quantities):
            if len(listed) == len(clause.quantities):
                areas[index] = listed[place]
            else:
                scope = None if relations[index].kind == "rank" else generic
                areas[index] = own or acting or scope or _area_of_object(relations[index], clauses, clause, nation)
    return areas


def _area_of_object(relation: Relation, clauses: list[Clause], own: Clause, nation: Container[str]) -> Node | None:
    """Return the area of the clause before its `own` that an object, or its first words, was taken up from."""
    if not relation.object:
        return None
    place = relation.object.pieces[0].raw[0]
    for clause in clauses:
        if clause is own:
            return None
        start, end = clause.raw
        if start <= place < end:
            generic = clause.generic_area
            is_nation = generic is not None and generic.text in nation
            return clause.area or (generic if clause.generic_acts or not is_nation else None)
    return None
