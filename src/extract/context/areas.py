"""Gives each quantity the area that it is about, from its own words, its clause or one before it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from itertools import pairwise
from typing import Final

from extract.matching.patterns import alternation, compiled
from extract.model.clause import ACTS, SUBJECTS, Clause, Node
from extract.model.relation import Relation
from extract.rulebook.schema import FrameRules

_SEMICOLONS: Final = ("；", ";")
_COLONS: Final = ("：", ":")
_PLACED: Final = "在"
"""What stands before an office that is not the subject: 在某市急救中心支持下."""
_HEADS: Final = 3
"""The head of an item is among so many clauses of a sentence."""
_GOES_ON: Final = frozenset((*SUBJECTS, "conj", "comma"))
_LISTING: Final = ("comma", "conj")
_COUNTRY: Final = ("国内", "中国")
_OPENERS: Final = ("time", "adverb", "manner", "among")
_OWN_KINDS: Final = (None, "level", "share")


class AreaChooser:
    """Chooses the area of each figure of a sentence by the rules of `rules/frame.yaml`."""

    def __init__(
        self,
        rules: FrameRules,
        generic: Mapping[str, str],
        regions: Container[str] = (),
        countries: Container[str] = (),
    ) -> None:
        """Take for words such as 全市 the level that they speak of.

        `regions` are names such as 长三角; `countries` those whose name alone at the head of a clause tells its area.
        """
        self._regions, self._countries = regions, countries
        words = alternation(list(generic))
        self._nation = frozenset(word for word, level in generic.items() if level == "nation")
        self._right_before = compiled(f"(?<![占居]){words}{rules.before_figure}$") if generic else compiled("$.")
        self._word = compiled(words)
        self._number, self._of_level = compiled(rules.item_number), compiled(rules.of_level)
        self._goes_on = compiled(rules.goes_on)
        self._of_nation = compiled(rules.of_nation)
        self._superlative = compiled(rules.superlative)
        self._institution, self._any_place = compiled(rules.institution), compiled(rules.any_place)
        self._rank, self._office = compiled(rules.rank_figure), compiled(rules.office)

    def areas(
        self, clauses: list[Clause], relations: dict[int, Relation], before: Node | None = None
    ) -> dict[int, Node | None]:
        """Return the node that names the area of each quantity, by its index; None where it is the article's own.

        That is a word such as 全国 right before it (高于全国88.1%), the quantity's own of a list of as many areas
        (甲县、乙县分别为……), else the area at the clause's head or a word such as 全省 there, else one that was the
        subject of a clause before it, up to a semicolon, or that heads the item (云龙区某项目：……; 某省：全省……), else
        that of the clause from which the object is taken up. A sentence that goes on about the one before (其中) has
        the area `before`, which that ended with. Words for the nation must be what the clause is about; in a rank, a
        word such as 全省 is what it is measured against.
        """
        areas: dict[int, Node | None] = {}
        heading = self._heading(clauses)
        goes_on = clauses and self._goes_on.match(clauses[0].nodes[0].sentence.text)
        acting = before if goes_on else None
        stop = ""
        for clause in clauses:
            acting = None if stop in _SEMICOLONS else acting
            stop = clause.stop
            own, generic, listed = self._named(clause), self._generic(clause), clause.listed_areas
            if own or generic:
                acts = own is not None and (clause.area_acts or self._is_office(clause))
                acting = own if acts else generic if own is None and self._is_nation(generic) else None
            for place, index in enumerate(clause.quantities):
                relation = relations[index]
                is_rank = relation.kind == "rank"
                if len(listed) == len(clause.quantities):
                    areas[index] = listed[place]
                elif word := self._word_before(clause, index, clauses, relation):
                    areas[index] = word
                else:
                    taken = self._of_object(relation, clauses, clause)
                    taken = None if is_rank and taken and taken.label == "generic" else taken
                    whole = None if is_rank else self._within(heading, generic)
                    taken = self._within(heading, taken)
                    subject = None if is_rank and acting is not None and acting.label == "generic" else acting
                    areas[index] = own or subject or whole or taken or heading
        return areas

    def _heading(self, clauses: list[Clause]) -> Node | None:
        """The area that heads an item, before a colon and without a verb."""
        for clause in clauses[:_HEADS]:
            is_head = clause.stop in _COLONS and not clause.quantities
            if is_head and not any(node.label in ACTS for node in clause.nodes):
                named = (node for node in clause.nodes if not self._number.fullmatch(node.text))
                first = next(named, None)
                return first if first is not None and first.label == "area" else None
        return None

    def _named(self, clause: Clause) -> Node | None:
        """The area that a clause opens with, if it is no part of the name of a school or the like (兰州市第七中学)."""
        area = clause.area
        if area is None:
            return self._country(clause) or self._region(clause)
        if self._any_place.match(area.text):
            return None
        if self._heads_list(clause, area):
            place = clause.nodes.index(area)
            return clause.nodes[place - 1] if place and clause.nodes[place - 1].label == "area" else None
        return None if self._institution.match(area.sentence.text, area.end) else area

    @staticmethod
    def _heads_list(clause: Clause, area: Node) -> bool:
        """Whether the area that a clause opens with is that of the first item alone: 甲区某路、乙区某路等5条."""
        nodes = clause.nodes[clause.nodes.index(area) + 1 :]
        return any(node.label in _LISTING and after.label == "area" for node, after in pairwise(nodes))

    def _country(self, clause: Clause) -> Node | None:
        """The country that a clause of a text on what happens abroad opens with: 西班牙出口下降."""
        first = next((node for node in clause.nodes if node.label not in _OPENERS), None)
        if first is None or first.text not in self._countries:
            return None
        return Node(first.start, first.end, first.text, "area", -1, 0, first.sentence)

    def _region(self, clause: Clause) -> Node | None:
        """The region that is the subject of a clause, or all of it: 长三角地区发电, but not 长三角铁路发送."""
        nodes = [node for node in clause.nodes if node.label not in _OPENERS]
        first = nodes[0] if nodes else None
        if first is None or first.text not in self._regions or (len(nodes) > 1 and nodes[1].label in _GOES_ON):
            return None
        return Node(first.start, first.end, first.text, "area", -1, 0, first.sentence)

    def _within(self, heading: Node | None, named: Node | None) -> Node | None:
        """The area that heads an item, where a word of it such as 全省 is named: 某省：全省共有."""
        is_own = heading is not None and named is not None and named.label == "generic"
        return heading if is_own and named is not None and named.text not in self._nation else named

    def _is_office(self, clause: Clause) -> bool:
        """Whether an office of the area that a clause opens with is its subject (泉州市消防救援支队共投入)."""
        if clause.area is None or clause.area.sentence.text[: clause.area.start].endswith(_PLACED):
            return False
        name = ""
        for node in clause.nodes[clause.nodes.index(clause.area) + 1 :]:
            if node.label not in SUBJECTS:
                break
            name += node.text
        return bool(self._office.fullmatch(name))

    def _is_nation(self, generic: Node | None) -> bool:
        return generic is not None and (generic.text in self._nation or generic.text in _COUNTRY)

    def _generic(self, clause: Clause) -> Node | None:
        """The word such as 全省 that a clause opens with, where it is not what something is the first or most of."""
        generic = clause.generic_area
        if generic is None:
            return self._nation_of(clause)
        if generic.text in self._nation and not clause.generic_acts and not self._is_of_nation(generic):
            return None
        return None if self._superlative.match(generic.sentence.text, generic.end) else generic

    def _is_of_nation(self, word: Node) -> bool:
        """Whether a word such as 全国 tells whose something is, and not among whom (在全国60个试点中)."""
        text = word.sentence.text
        return bool(self._of_nation.match(text, word.start)) and not text[: word.start].endswith(_PLACED)

    def _nation_of(self, clause: Clause) -> Node | None:
        """The word such as 国内 that what a clause opens with is a part of: 国内汽油价格每吨上调60元."""
        first = next((node for node in clause.nodes if node.label not in _OPENERS), None)
        if first is None or first.label == "area":
            return None
        match = self._of_nation.match(first.sentence.text, first.start)
        if match is None or match.end() > clause.end:
            return None
        return Node(first.start, match.end("word"), match["word"], "generic", -1, 0, first.sentence)

    def _word_before(self, clause: Clause, index: int, clauses: list[Clause], relation: Relation) -> Node | None:
        """The word such as 全国 that stands right before a figure, or before the list of figures that it ends.

        By how much something differs from the nation (高于全国2个百分点) is not said of the nation.
        """
        figure = next(node for node in clause.nodes if node.quantity == index)
        if self._rank.match(figure.text):
            return None
        if relation.kind not in _OWN_KINDS and not self._of_level.match(figure.sentence.text, figure.end):
            return None
        match = self._right_before.search(figure.sentence.text, 0, figure.start)
        word = self._word.match(figure.sentence.text, match.start()) if match else None
        if word is None:
            return None
        nodes = (node for each in clauses for node in each.nodes if node.start == word.start())
        return next((node for node in nodes if node.label == "generic"), None)

    def _of_object(self, relation: Relation, clauses: list[Clause], own: Clause) -> Node | None:
        """The area of the clause before its `own` that an object, or its first words, was taken up from."""
        if not relation.object:
            return None
        place = relation.object.pieces[0].raw[0]
        for clause in clauses:
            if clause is own:
                return None
            start, end = clause.raw
            if start <= place < end:
                return self._named(clause) or self._generic(clause)
        return None
