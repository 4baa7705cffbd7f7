"""Gives each quantity the area that it is about, from its own words, its clause or one before it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import pairwise
from typing import Final

from extract.matching.patterns import alternation, compiled
from extract.model.clause import ACTS, OPENERS, SUBJECTS, Clause, Node
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
_OWN_KINDS: Final = (None, "level", "share")
_BRACKETS: Final = ("（", "(")
_BRACKET_ENDS: Final = ("）", ")")
_NO_PLACES: Final[Mapping[str, str]] = {}
_SEVERAL: Final = 2
_JOINTS: Final = ("comma", "conj", "stop")
_BEFORE_FIGURE: Final = ("adverb", "level", "share")
_LISTS_BEGIN: Final = (*_JOINTS, *OPENERS)
_SPEAKS: Final = frozenset(
    (
        "time",
        "adverb",
        "manner",
        "level",
        "up",
        "down",
        "light",
        "act",
        "fresh",
        "intransitive",
        "respective",
        "for",
        "rank",
    )
)
"""Labels of what stands behind the name of a place that is a subject: 苏州上半年, 宿迁位居."""


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
        self._bodies = compiled(f"(?:[^，。；：]{{0,4}}(?:据|根据|来自))?{alternation(list(rules.nation_bodies))}")
        self._branch, self._by_source = compiled(rules.branch), compiled(rules.by_source)
        self._goes_on = compiled(rules.goes_on)
        self._of_nation = compiled(rules.of_nation)
        self._superlative = compiled(rules.superlative)
        self._institution, self._any_place = compiled(rules.institution), compiled(rules.any_place)
        self._apposed, self._leads_to = compiled(rules.apposed), compiled(rules.leads_to)
        self._rank = compiled(rules.rank_figure)
        self._officials = compiled(rules.office + rules.officials)

    def areas(
        self,
        clauses: list[Clause],
        relations: dict[int, Relation],
        before: Node | None = None,
        is_wide: bool = False,
        places: Mapping[str, str] = _NO_PLACES,
    ) -> dict[int, Node | None]:
        """Return the node that names the area of each quantity, by its index; None where it is the article's own.

        That is a word such as 全国 right before it (高于全国88.1%), the quantity's own of a list of as many areas
        (甲县、乙县分别为……), else the area at the clause's head or a word such as 全省 there, else one that was the
        subject of a clause before it, up to a semicolon, or that heads the item (云龙区某项目：……; 某省：全省……), else
        that of the clause from which the object is taken up. A sentence that goes on about the one before (其中) has
        the area `before`, which that ended with; where an article `is_wide`, of the nation or of no area that can be
        told, an area stays until another is named. Words for the nation must be what the clause is about; in a rank, a
        word such as 全省 is what it is measured against. Before all that goes the place that stands right before a
        figure or its bracket, and that of its own in a list of as many (甲、乙……分别为). `places` are short names that
        count where they are the subject of a clause or stand so.
        """
        areas: dict[int, Node | None] = {}
        beside = self._beside(clauses, relations, places)
        heading = self._heading(clauses)
        goes_on = clauses and self._goes_on.match(clauses[0].nodes[0].sentence.text)
        stays = is_wide and before is not None and before.label == "area"
        acting = before if goes_on or stays else None
        stop = ""
        for clause in clauses:
            acting = None if stop in _SEMICOLONS and not is_wide else acting
            stop = clause.stop
            acting = self._source(clause) or acting
            own, generic, listed = self._named(clause), self._generic(clause), clause.listed_areas
            subject_place = None if own and clause.area_acts else self._subject(clause, places)
            own = subject_place or own
            if len(listed) > 1 and len(clause.quantities) == 1 and own is None and acting is before:
                acting = None
            if own or generic:
                acts = own is not None and (own is subject_place or clause.area_acts or self._is_office(clause))
                acting = own if acts else generic if own is None and self._is_nation(generic) else None
            for place, index in enumerate(clause.quantities):
                relation = relations[index]
                is_rank = relation.kind == "rank"
                if index in beside:
                    areas[index] = beside[index]
                elif len(listed) == len(clause.quantities):
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

    def _beside(
        self, clauses: list[Clause], relations: Mapping[int, Relation], places: Mapping[str, str]
    ) -> dict[int, Node]:
        """The place of each figure that has one right before it or its bracket, or of its own in a list of as many."""
        found: dict[int, Node] = {}
        bracketed: Node | None = None
        outside: list[Node | None] = []
        listed: list[Node] = []
        is_inside = False
        for clause in clauses:
            nodes = clause.nodes
            for index in clause.quantities if is_inside and bracketed else ():
                if bracketed and relations[index].kind != "rank":
                    found[index] = bracketed
            if not is_inside:
                listed = self._respective(clause, outside, places) or (
                    listed if len(listed) == len(clause.quantities) else []
                )
                found.update(zip(clause.quantities, listed, strict=False))
                for place, node in enumerate(nodes):
                    if node.quantity >= 0 and node.quantity not in found:
                        named = self._right_at(nodes, place, places)
                        if named and relations[node.quantity].kind != "rank":
                            found[node.quantity] = named
                outside.extend(nodes)
            if clause.stop and clause.stop not in _BRACKETS and clause.stop not in _BRACKET_ENDS:
                outside.append(None)
            if clause.stop in _BRACKETS:
                is_inside, bracketed = True, self._place(nodes[-1], places) if not is_inside else bracketed
            elif clause.stop in _BRACKET_ENDS:
                is_inside, bracketed = False, None
        return found

    def _respective(self, clause: Clause, outside: list[Node | None], places: Mapping[str, str]) -> list[Node]:
        """The places, as many as the figures of a clause behind 分别, of the list that was named last before it."""
        mark = clause.place_of("respective")
        if mark < 0 or len(clause.quantities) < _SEVERAL:
            return []
        if any(node.quantity >= 0 for node in clause.nodes[:mark]):
            return []
        run: list[Node] = []
        for node in reversed([*outside, *clause.nodes[:mark]]):
            if node is not None and (named := self._place(node, places)) is not None:
                run.append(named)
            elif run and (node is None or node.label not in _JOINTS):
                if len(run) > 1:
                    break
                run = []
        return run[::-1] if len(run) == len(clause.quantities) else []

    def _right_at(self, nodes: Sequence[Node], place: int, places: Mapping[str, str]) -> Node | None:
        """The place that stands right before a figure and is an item of a list, or all that stands before it."""
        at = place - 1
        while at > 0 and nodes[at].label in _BEFORE_FIGURE:
            at -= 1
        named = self._place(nodes[at], places) if at >= 0 else None
        if named is None or not at or nodes[at - 1].text == "其中":
            return named
        is_item = nodes[at - 1].label in _LISTS_BEGIN
        is_last_of_many = nodes[at - 1].label in _JOINTS and at > 1 and nodes[at - 2].quantity < 0
        return named if is_item and not is_last_of_many else None

    def _place(self, node: Node, places: Mapping[str, str]) -> Node | None:
        """A node as the name of a place, None if it is none."""
        if node.label == "area" and not self._any_place.match(node.text):
            return node
        is_short = node.text in places and node.quantity < 0
        return Node(node.start, node.end, node.text, "area", -1, 0, node.sentence) if is_short else None

    def _subject(self, clause: Clause, places: Mapping[str, str]) -> Node | None:
        """The place that is the subject of a clause: 南京上半年……, 最年轻的地级市宿迁上半年……, 增速最高的是池州."""
        nodes = clause.nodes
        found: Node | None = None
        for at, node in enumerate(nodes):
            if node.quantity >= 0 and found:
                break
            if (named := self._place(node, places)) is None:
                continue
            after = nodes[at + 1] if at + 1 < len(nodes) else None
            before = nodes[at - 1] if at else None
            if after is None:
                is_told = before is not None and before.text == "是" and at > 1
                found = named if is_told and clause.stop not in _BRACKETS else found
            elif (after.label in _SPEAKS or after.text == "以") and not self._leads_to.match(after.text):
                is_head = before is None or before.label in OPENERS or before.label == "of"
                found = named if is_head or self._apposed.search(node.sentence.text[: node.start]) else found
        return found

    def _source(self, clause: Clause) -> Node | None:
        """The body of the state whose figures a clause tells (商务部数据显示), as a word for the nation."""
        sentence = clause.nodes[0].sentence
        match = self._bodies.match(sentence.text, clause.start)
        if match is None or self._branch.match(sentence.text[match.end() :]):
            return None
        if not self._by_source.match(sentence.text[match.end() :]):
            return None
        return Node(match.start(), match.end(), match[0], "generic", -1, 0, sentence)

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
        first = next((node for node in clause.nodes if node.label not in OPENERS), None)
        if first is None or first.text not in self._countries:
            return None
        return Node(first.start, first.end, first.text, "area", -1, 0, first.sentence)

    def _region(self, clause: Clause) -> Node | None:
        """The region that is the subject of a clause, or all of it: 长三角地区发电, but not 长三角铁路发送."""
        nodes = [node for node in clause.nodes if node.label not in OPENERS]
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
        return bool(self._officials.fullmatch(name))

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
        first = next((node for node in clause.nodes if node.label not in OPENERS), None)
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
        is_bracketed = figure.sentence.text[figure.start - 1 : figure.start] in _BRACKETS
        is_own = is_bracketed or relation.kind in _OWN_KINDS
        if not is_own and not self._of_level.match(figure.sentence.text, figure.end):
            return None
        match = self._right_before.search(figure.sentence.text, 0, figure.start)
        word = self._word.match(figure.sentence.text, match.start()) if match else None
        if word is None:
            return None
        nodes = (node for each in clauses for node in each.nodes if node.start == word.start())
        named = next((node for node in nodes if node.label == "generic"), None)
        if named is None and is_bracketed:
            return Node(word.start(), word.end(), word[0], "generic", -1, 0, figure.sentence)
        return named

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
