"""Gives a bare attribute (占比, 平均年龄, 增速) what it belongs to, from the words before it."""

from __future__ import annotations

from typing import Final

from extract.grammar.phrases import has_measure, items_of, measure_tail, phrase_of, trim
from extract.matching.patterns import compiled
from extract.model.clause import Clause, Nodes
from extract.model.phrase import NOTHING, Phrase
from extract.relations.candidates import Finding
from extract.relations.discourse import Discourse
from extract.relations.lists import MODIFIERS, overlap, tail_start
from extract.rulebook.schema import WordRules

_JOINTS: Final = ("comma", "conj")
_ATTRIBUTIVE: Final = frozenset((*MODIFIERS, "measure", "proportion"))
"""What consists of such words alone names nothing that another attribute could belong to: 平均响应时间."""
_BARE: Final = 4
"""A word of so many characters is too short to say by itself what it measures: 建筑面积, 录取率."""


class AttributeResolver:
    """Attaches attributes by the word lists of `rules/words.yaml`."""

    def __init__(self, words: WordRules) -> None:
        self._relational, self._amounts = frozenset(words.relational), frozenset(words.amounts)
        self._greatness = words.greatness
        self._replaceable, self._whole_measures = words.replaceable, words.whole_measures
        self._measures = compiled(words.measures)
        self._attributes = compiled(words.attributes)
        self._grades = compiled(words.grades)
        self._per = compiled(words.per)

    def resolve(self, finding: Finding, named: Phrase, clause: Clause, discourse: Discourse) -> Phrase:
        """Return an attribute with what it belongs to, empty if the words stand for themselves."""
        head = _head(finding, named, discourse)
        if not head:
            return NOTHING
        if all(node.label == "per" for node in finding.nodes):
            return named + head
        if named.text in self._amounts and discourse.complement:
            return self.attach(discourse.complement, named)
        unit = finding.quantity.unit
        beside = clause.joint == "list" and discourse.last_unit == unit and finding.quantity.form == "count"
        if self._is_relational(finding, named) and not beside:
            return self.attach(head, named)
        if discourse.in_sentence and (kin := self._kin(finding.nodes, named, discourse)):
            return kin
        if clause.joint == "list" and (sibling := _sibling(finding.nodes, named, discourse)):
            return sibling
        alike = discourse.predicate or head.text[-2:] == named.text[-2:]
        listed = clause.joint == "list" and alike and not finding.has_predicate
        if not listed and self._is_attribute(finding.nodes, named.text, discourse):
            return self.attach(self._without_measure(head, discourse), named)
        return NOTHING

    def _is_relational(self, finding: Finding, named: Phrase) -> bool:
        """Tell whether the words are but relational ones (同比, 占比), one or a list of them."""
        if finding.run.size == 1 and not any(node.label in _JOINTS for node in finding.nodes):
            return named.text in self._relational
        items = items_of(trim(finding.nodes))
        return all(phrase_of(item).text in self._relational for item in items)

    def _kin(self, nodes: Nodes, named: Phrase, discourse: Discourse) -> Phrase:
        """Return 农村快件揽收增速 for 揽收增速 after 农村快件揽收量, 汽车类零售额 for 汽车类 after 家电类零售额."""
        verbal = len(nodes) > 1 and nodes[0].label in MODIFIERS and len(nodes[0].text) > 1
        grade = self._grades.search(named.text)
        for other in reversed(discourse.objects):
            text = other.text
            if verbal and has_measure(nodes) and (place := text.find(nodes[0].text)) > 0:
                return other.cut(0, place) + named
            if grade and 0 < (place := text.rfind(grade[0]) + 1) < len(text):
                return named + other.cut(place, len(text))
        return NOTHING

    def _is_attribute(self, nodes: Nodes, text: str, discourse: Discourse) -> bool:
        """Tell whether 录取率 or 平均年龄 stands alone and belongs to what its sentence spoke of before."""
        modified = len(nodes) == 2 and nodes[0].label in MODIFIERS
        bare = modified or len(text) <= (_BARE if len(nodes) <= 2 else _BARE - 1)
        named = discourse.in_sentence or discourse.subject or discourse.theme
        return bool(named) and bare and bool(self._attributes.search(text))

    def attach(self, head: Phrase, attribute: Phrase) -> Phrase:
        """Return 地区生产总值总量 for 总量 said after 地区生产总值增速: an attribute takes another's place."""
        if head.text.endswith(attribute.text):
            return head
        if rate := self._per.match(head.text):
            head = head.cut(rate.end(), len(head.text))
        text = head.text
        if shared := overlap(text, attribute.text):
            return head.cut(0, len(text) - shared) + attribute
        old = max((word for word in self._replaceable if text.endswith(word)), key=len, default="")
        return (head.without(old) or head) + attribute

    def _without_measure(self, head: Phrase, discourse: Discourse) -> Phrase:
        """Return 刑事案件 of 刑事案件发案率, so that 破案率 is said of the former."""
        latest = discourse.latest
        own = phrase_of(latest).text
        if own and own == head.text and all(node.label in _ATTRIBUTIVE for node in latest):
            return NOTHING
        if own and len(own) < len(head.text) and head.text.endswith(own) and has_measure(latest):
            return head.without(own)
        tail = phrase_of(measure_tail(latest) or (latest if has_measure(latest[:1]) else ())).text
        if tail.endswith(self._whole_measures) and head.text.endswith(tail):
            return head.without(tail)
        measure = self._measures.search(head.text)
        if not measure:
            return head
        end = measure.start()
        return head.cut(0, end - head.text[:end].endswith(self._greatness)) or head


def _sibling(nodes: Nodes, named: Phrase, discourse: Discourse) -> Phrase:
    """Return 清洁能源发电量占比 for 发电量占比 in a list after 清洁能源装机占比."""
    before = discourse.latest
    measured = all(node.label in ("measure", "proportion") for node in nodes)
    if not measured or not measure_tail(before) or before[-1].text != nodes[-1].text:
        return NOTHING
    return phrase_of(before[: tail_start(before)]) + named


def _head(finding: Finding, named: Phrase, discourse: Discourse) -> Phrase:
    """Return what an attribute belongs to: its own of as many objects in a run, else the last one named."""
    objects, run = discourse.objects, finding.run
    if run.size > 1 and len(items_of(finding.nodes)) == 1 and len(objects) >= run.size:
        return objects[run.place - run.size]
    if discourse.subject or discourse.theme:
        return discourse.subject or discourse.theme
    heads = finding.in_clause or objects
    for place in range(len(heads) - 1, -1, -1):
        if heads[place] and not named.text.startswith(heads[place].text):
            return heads[place]
    topic = discourse.topic
    return topic if topic and not named.text.startswith(topic.text) else NOTHING
