"""Completes the object of a quantity: lists are shared out, what is left unsaid is taken up from before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import regex

from extract.clause import Clause, Node
from extract.discourse import Discourse
from extract.phrase import NOTHING, Phrase, Piece, has_measure, items_of, measure_tail, phrase_of, trim
from extract.quantity import Quantity
from extract.rulebook.schema import WordRules

_BARE = 4
"""A single word of so many characters is too short to say by itself what it measures: 建筑面积, 录取率."""
PEOPLE = ("person", "household")
_MODIFIERS = ("act", "verbal", "nominal", "adverb", "manner", "up", "down")


@dataclass(frozen=True, slots=True)
class Run:
    """The place of a quantity, from 0, in a run N1、N2和N3, and how many the run has."""

    place: int
    count: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a shape found for a quantity: the words of its object, and of the subject that a list of it shares out."""

    quantity: Quantity
    nodes: Sequence[Node]
    subject: Sequence[Node]
    run: Run
    in_clause: Sequence[Phrase]
    """Objects of the quantities before it in its clause."""
    is_headless: bool = False
    """Whether the words only modify what they leave unsaid: 到乡村任教的有400名."""
    has_predicate: bool = False
    same_unit: bool = False
    """Whether what is left unsaid was last counted in the same unit: 剩下的3件."""


class ObjectResolver:
    """Completes objects by the word lists of `rules/words.yaml`."""

    def __init__(self, words: WordRules) -> None:
        self._words = words
        self._measures = regex.compile(words.measures)
        self._attributes = regex.compile(words.attributes)
        self._partial = regex.compile(words.partial)
        self._grades = regex.compile(words.grades)
        self._per = regex.compile(words.per)
        self._several = regex.compile(words.several)

    def resolve(self, finding: Finding, clause: Clause, discourse: Discourse) -> Phrase:
        """Return the object of a quantity, empty if nothing tells it."""
        nodes = finding.nodes
        if named := self._of_several(finding, clause, discourse):
            return named
        if pair := self._of_two(nodes, clause, discourse):
            return pair
        if all(node.label in ("area", "generic", "comma", "conj") for node in nodes):
            return self._carry(finding, clause, discourse)
        if finding.is_headless and (
            head := phrase_of(discourse.whole) if discourse.in_part else _last(finding, discourse)
        ):
            return phrase_of(nodes) + head
        named = self._distribute(finding) if finding.run.count > 1 else phrase_of(trim(nodes))
        if nodes[0].label == "share":
            return self._sharer(finding.run, discourse) + named
        return self._attribute(finding, named, clause, discourse) or self._complete(nodes, named, discourse)

    @staticmethod
    def _sibling(nodes: Sequence[Node], named: Phrase, discourse: Discourse) -> Phrase:
        """Return 清洁能源发电量占比 for 发电量占比 in a list after 清洁能源装机占比."""
        before = discourse.latest
        measured = all(node.label in ("measure", "proportion") for node in nodes)
        if not measured or not measure_tail(before) or before[-1].text != nodes[-1].text:
            return NOTHING
        return phrase_of(before[: _tail_start(before)]) + named

    def _of_several(self, finding: Finding, clause: Clause, discourse: Discourse) -> Phrase:
        """Return what 前两者 or 后三者 means for a quantity of a run, by the list named last."""
        found = self._several.search("".join(node.text for node in clause.nodes))
        members, run = discourse.members, finding.run
        if not found or run.count < 2 or len(members) < run.count:
            return NOTHING
        return members[run.place if found["side"] == "前" else run.place - run.count]

    def _of_two(self, nodes: Sequence[Node], clause: Clause, discourse: Discourse) -> Phrase:
        """Return what 前者 or 后者 means, with the attribute that is said of it."""
        place = next((self._words.pair.index(n.text) for n in clause.nodes if n.text in self._words.pair), -1)
        pair = discourse.members if len(discourse.members) == len(self._words.pair) else discourse.objects[-2:]
        if place < 0 or len(pair) < len(self._words.pair):
            return NOTHING
        own = [node for node in nodes if node.label != "pronoun"]
        return self._attach(pair[place], phrase_of(own)) if own else pair[place]

    def _attribute(self, finding: Finding, named: Phrase, clause: Clause, discourse: Discourse) -> Phrase:
        """Return an attribute with what it belongs to, empty if the words stand for themselves."""
        head = self._head(finding, named, discourse)
        if not head:
            return NOTHING
        if all(node.label == "per" for node in finding.nodes):
            return named + head
        if named.text in self._words.amounts and discourse.complement:
            return self._attach(discourse.complement, named)
        if all(phrase_of(item).text in self._words.relational for item in items_of(trim(finding.nodes))):
            return self._attach(head, named)
        if discourse.in_sentence and (kin := self._kin(finding.nodes, named, discourse)):
            return kin
        if clause.joint == "list" and (sibling := self._sibling(finding.nodes, named, discourse)):
            return sibling
        listed = clause.joint == "list" and discourse.predicate and not finding.has_predicate
        if not listed and self._is_attribute(finding.nodes, named.text, discourse):
            return self._attach(self._without_measure(head), named)
        return NOTHING

    @staticmethod
    def _head(finding: Finding, named: Phrase, discourse: Discourse) -> Phrase:
        """Return what an attribute belongs to: its own of as many objects in a run, else the last one named."""
        objects, run = discourse.objects, finding.run
        if run.count > 1 and len(items_of(finding.nodes)) == 1 and len(objects) >= run.count:
            return objects[run.place - run.count]
        if discourse.subject or discourse.theme:
            return discourse.subject or discourse.theme
        heads = (*reversed(finding.in_clause or objects), discourse.topic)
        return next((head for head in heads if head and not named.text.startswith(head.text)), NOTHING)

    def _kin(self, nodes: Sequence[Node], named: Phrase, discourse: Discourse) -> Phrase:
        """Return 农村快件揽收增速 for 揽收增速 after 农村快件揽收量, 汽车类零售额 for 汽车类 after 家电类零售额."""
        verbal = len(nodes) > 1 and nodes[0].label in _MODIFIERS and len(nodes[0].text) > 1
        grade = self._grades.search(named.text)
        for other in reversed(discourse.objects):
            text = other.text
            if verbal and has_measure(nodes) and (place := text.find(nodes[0].text)) > 0:
                return other.cut(0, place) + named
            if grade and 0 < (place := text.rfind(grade[0]) + 1) < len(text):
                return named + other.cut(place, len(text))
        return NOTHING

    def _complete(self, nodes: Sequence[Node], named: Phrase, discourse: Discourse) -> Phrase:
        if nodes[0].text in self._words.partners:
            measure = NOTHING if has_measure(nodes) else self._measure_toward(nodes[0], discourse)
            return phrase_of(nodes[:1]) + named + measure
        if nodes[0].text in self._words.standing and nodes[-1].label == "proportion":
            return (discourse.objects[-1] if discourse.objects else NOTHING) + phrase_of(nodes)
        if discourse.in_part:
            return self._part(nodes, named, discourse.whole)
        if discourse.breakdown and not has_measure(nodes):
            return named + (discourse.measure or self._measure_of(discourse.topic))
        return named

    def _carry(self, finding: Finding, clause: Clause, discourse: Discourse) -> Phrase:
        """Return the object that a clause without one takes up from those before it."""
        objects, run = discourse.objects, finding.run
        words = {node.text for node in clause.nodes}
        if discourse.listing and not words.isdisjoint(self._words.totals):
            return discourse.listing
        if run.count > 1 and len(objects) >= run.count:
            return objects[run.place - run.count]
        return self._carry_one(finding, clause, discourse)

    def _carry_one(self, finding: Finding, clause: Clause, discourse: Discourse) -> Phrase:
        """Return what a single quantity without an object takes up."""
        quantity = finding.quantity
        if finding.same_unit and quantity.unit in discourse.counted:
            return discourse.counted[quantity.unit]
        if quantity.dimension in PEOPLE and (discourse.recipient or discourse.people):
            return discourse.recipient or discourse.people
        if not discourse.in_sentence and (discourse.breakdown or discourse.subject):
            return discourse.topic if discourse.breakdown else discourse.subject
        if self._measures.search(discourse.subject.text) or quantity.form == "ratio":
            return discourse.subject or _last(finding, discourse)
        if discourse.just_listed and finding.run.count == 1 and quantity.form != "count":
            return discourse.listing
        if quantity.dimension == "person" and clause.nodes[0].quantity >= 0 and not discourse.in_part:
            return discourse.people
        return _last(finding, discourse) or discourse.heading

    @staticmethod
    def _sharer(run: Run, discourse: Discourse) -> Phrase:
        """Return whose share 占……比重 says."""
        return discourse.objects[run.place - run.count] if len(discourse.objects) >= run.count else NOTHING

    def _is_attribute(self, nodes: Sequence[Node], text: str, discourse: Discourse) -> bool:
        """Tell whether 录取率 or 平均年龄 stands alone and belongs to what its sentence spoke of before."""
        modified = len(nodes) == 2 and nodes[0].label in _MODIFIERS
        bare = modified or len(text) <= (_BARE if len(nodes) <= 2 else _BARE - 1)
        named = discourse.in_sentence or discourse.subject or discourse.theme
        return bool(named) and bare and bool(self._attributes.search(text))

    def _attach(self, head: Phrase, attribute: Phrase) -> Phrase:
        """Return 地区生产总值总量 for 总量 said after 地区生产总值增速: an attribute takes another's place."""
        if head.text.endswith(attribute.text):
            return head
        if rate := self._per.match(head.text):
            head = head.cut(rate.end(), len(head.text))
        text = head.text
        if shared := _overlap(text, attribute.text):
            return head.cut(0, len(text) - shared) + attribute
        old = max((word for word in self._words.replaceable if text.endswith(word)), key=len, default="")
        return (head.without(old) or head) + attribute

    def _measure_of(self, phrase: Phrase) -> Phrase:
        measure = self._measures.search(phrase.text)
        return phrase.cut(*measure.span()) if measure else NOTHING

    def _without_measure(self, head: Phrase) -> Phrase:
        measure = self._measures.search(head.text)
        return (head.cut(0, measure.start()) if measure else head) or head

    def _measure_toward(self, prep: Node, discourse: Discourse) -> Phrase:
        """Return the measure of what was last said of a partner: 进出口 of 对东盟进出口."""
        proportions = self._words.classes["proportion"]
        for partner in reversed(discourse.objects):
            found = self._measures.search(partner.text)
            if found and partner.text.startswith(prep.text) and found[0] not in proportions:
                return partner.cut(*found.span())
        return phrase_of(measure_tail(discourse.latest))

    def _part(self, nodes: Sequence[Node], named: Phrase, whole: Sequence[Node]) -> Phrase:
        """Return 风电装机 for 其中风电 of 总装机: a part takes the measure, or the noun, of its whole."""
        if has_measure(nodes):
            return named
        if self._partial.search(named.text):
            return named.without("的") + phrase_of(whole)
        return named + phrase_of(measure_tail(whole))

    def _distribute(self, finding: Finding) -> Phrase:
        """Return the item of a list that is the quantity's own, with what the whole list shares."""
        run, nodes = finding.run, trim(finding.nodes)
        named = phrase_of(nodes)
        if len(subjects := items_of(trim(finding.subject))) == run.count:
            return phrase_of(subjects[run.place]) + named
        items = items_of(nodes)
        for word, parts in self._words.expansions.items():
            is_list = len(items) == run.count and word[:2] in named.text
            if word in named.text and len(parts) == run.count and (not is_list or "、" in word):
                return _put(named, word, parts[run.place])
        if len(items) == run.count:
            tail = self._shared_tail(items, run.place) if run.place < run.count - 1 else NOTHING
            return self._shared_head(items, run.place) + phrase_of(items[run.place]) + tail
        return named

    @staticmethod
    def _shared_head(items: Sequence[Sequence[Node]], place: int) -> Phrase:
        """Return what only the first item of a list says and the others share: 农村快件 of 农村快件揽收量、投递量."""
        first, item = items[0], items[place]
        is_bare = item[-1].label == "measure" and all(node.label in (*_MODIFIERS, "measure") for node in item)
        if place and first[0].label == "per" and item[0].label != "per":
            return phrase_of(first[:1])
        if not place or not is_bare or not measure_tail(first) or first[-1].text[-1] != item[-1].text[-1]:
            return NOTHING
        return phrase_of(first[: _tail_start(first)])

    @staticmethod
    def _shared_tail(items: Sequence[Sequence[Node]], place: int) -> Phrase:
        """Return what a later item of a list says and this one shares: 产量 of 电池、机器人产量."""
        *others, last = items
        if any(item[-1].label == "measure" for item in others):
            measured = next((item for item in items[place:] if item[-1].label == "measure"), items[place])
            return NOTHING if measured is items[place] else phrase_of(measured[max(1, _tail_start(measured)) :])
        item = phrase_of(items[place])
        whole = phrase_of(last)
        sizes = accumulate(len(phrase_of([node]).text) for node in last[:-1])
        if len(item.text) in sizes:
            return whole.cut(len(item.text), len(whole.text))
        start = _tail_start(last) if has_measure(last[-1:]) else min(len(item) for item in others)
        if tail := phrase_of(last[max(1, start) :]):
            return tail.cut(_overlap(item.text, tail.text), len(tail.text))
        lengths = {len(phrase_of(item).text) for item in others}
        is_parallel = len(last) == 1 and len(lengths) == 1
        return whole.cut(lengths.pop(), len(whole.text)) if is_parallel else NOTHING


def _overlap(head: str, tail: str) -> int:
    """Return how many characters `head` ends with that `tail` begins with, 0 if fewer than two."""
    return next((size for size in range(min(len(head), len(tail)), 1, -1) if head.endswith(tail[:size])), 0)


def _last(finding: Finding, discourse: Discourse) -> Phrase:
    """Return the object named last, in the clause itself if it has one."""
    return next(reversed(finding.in_clause or discourse.objects), NOTHING)


def _put(phrase: Phrase, word: str, part: str) -> Phrase:
    """Return `phrase` with `part` in place of `word`, read from where that stands."""
    start = phrase.text.index(word)
    spans = phrase.cut(start, start + len(word)).spans
    end = start + len(word)
    return phrase.cut(0, start) + Phrase((Piece(part, spans[0][0], spans[-1][1]),)) + phrase.cut(end, len(phrase.text))


def _tail_start(item: Sequence[Node]) -> int:
    """Return where the measure of a list's last item begins, with the verbal words before it: 参保人数."""
    start = len(item) - len(measure_tail(item))
    while start > 1 and item[start - 1].label in _MODIFIERS:
        start -= 1
    return start


def run_of(nodes: Sequence[Node], position: int, quantities: Sequence[Quantity]) -> Run:
    """Return the run of quantities that the one at `position` of a clause belongs to."""
    first = last = position
    while first - 2 >= 0 and _joined(nodes, first - 2, quantities):
        first -= 2
    while last + 2 < len(nodes) and _joined(nodes, last, quantities):
        last += 2
    return Run((position - first) // 2, (last - first) // 2 + 1)


def _joined(nodes: Sequence[Node], left: int, quantities: Sequence[Quantity]) -> bool:
    right = left + 2
    if nodes[left].quantity < 0 or nodes[right].quantity < 0 or nodes[left + 1].label not in ("comma", "conj"):
        return False
    one, other = quantities[nodes[left].quantity], quantities[nodes[right].quantity]
    return (one.form == "count") == (other.form == "count")
