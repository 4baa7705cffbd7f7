"""The verb that governs a figure, by where its object stands."""

from __future__ import annotations

from extract.model.clause import Clause, Nodes
from extract.model.phrase import NOTHING, Phrase
from extract.model.relation import Relation
from extract.relations.own import group
from extract.relations.ranker import Tableau


def predicate_of(tableau: Tableau, told: Relation) -> Phrase:
    """The verb between object and figure, else the one right before the object or, if that is behind, the figure.

    A verb such as 达 between them governs the figure where no other does: 完成改造达60个.

    What the shapes tell stays for a change and an object that they alone give, and where it ends with that verb (新建和改造) or there is no such verb.
    """
    figure, chosen = tableau.figure, tableau.composites[0]
    own = chosen.own
    if own is None or told.kind == "change":
        return told.predicate
    clause, place = figure.clause, figure.position
    if own.site == "left":
        between = clause.nodes[own.last : place]
        deeds = tuple([node for node in between if group(node) != "L"])
        found = _last_verb(deeds) or _verb_before(clause, own.first, "VB") or _last_verb(between)
    elif own.site == "right":
        found = _verb_before(clause, place, "VBULS")
    else:
        found = _last_verb(clause.nodes[:place])
    return told.predicate if not found or told.predicate.text.endswith(found.text) else found


def _last_verb(nodes: Nodes) -> Phrase:
    """The verb nearest to the end of `nodes`; one of growth, share or rank goes before others."""
    verbs = [node for node in nodes if group(node) in "UDLSRVB"]
    first = [node for node in verbs if group(node) in "UDSR"] or verbs
    return Phrase((first[-1],)) if first else NOTHING


def _verb_before(clause: Clause, place: int, letters: str) -> Phrase:
    """The verb of one of these letters that stands before the node `place`, adverbs and times passed."""
    place -= 1
    while place >= 0 and group(clause.nodes[place]) in "AT":
        place -= 1
    if place >= 0 and group(clause.nodes[place]) in letters:
        return Phrase((clause.nodes[place],))
    return NOTHING
