"""Completes the object of a quantity: lists are shared out, what is left unsaid is taken up from before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extract.clause import Clause, Node
from extract.discourse import Discourse
from extract.phrase import has_measure, items_of, measure_tail, trim, words_of
from extract.quantity import Quantity
from extract.rulebook.schema import WordRules

_BARE = 4
"""A single word of so many characters is too short to say by itself what it measures: 建筑面积, 录取率."""
_MODIFIERS = ("act", "verbal", "nominal", "adverb", "up", "down")


@dataclass(frozen=True, slots=True)
class Run:
    """The place of a quantity, from 0, in a run N1、N2和N3, and how many the run has."""

    place: int
    count: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a shape found for a quantity: the words of its object, and of the subject that a list of it shares out."""

    nodes: Sequence[Node]
    subject: Sequence[Node]
    run: Run
    in_clause: Sequence[str]
    """Objects of the quantities before it in its clause."""


class ObjectResolver:
    """Completes objects by the word lists of `rules/words.yaml`."""

    def __init__(self, words: WordRules) -> None:
        self._words = words
        self._measures = regex.compile(words.measures)
        self._attributes = regex.compile(words.attributes)
        self._partial = regex.compile(words.partial)

    def resolve(self, finding: Finding, clause: Clause, discourse: Discourse) -> str:
        """Return the object of a quantity, '' if nothing tells it."""
        nodes = finding.nodes
        if all(node.label in ("area", "generic") for node in nodes):
            return self._carry(finding, clause, discourse)
        text = self._distribute(finding) if finding.run.count > 1 else words_of(trim(nodes))
        if nodes[0].label == "share":
            return self._sharer(finding.run, discourse) + text
        head = discourse.subject or next(reversed(finding.in_clause or discourse.objects), discourse.topic)
        if all(node.label == "per" for node in nodes):
            return text + head
        if head and text in self._words.relational:
            return self._attach(head, text)
        if head and self._is_attribute(nodes, text, discourse):
            return self._attach(self._measures.sub("", head) or head, text)
        return self._complete(nodes, text, discourse)

    def _complete(self, nodes: Sequence[Node], text: str, discourse: Discourse) -> str:
        if nodes[0].label == "prep":
            return nodes[0].text + text + ("" if has_measure(nodes) else self._measure_toward(nodes[0], discourse))
        if discourse.in_part:
            return self._part(nodes, text, discourse.whole)
        if discourse.breakdown and not has_measure(nodes):
            return text + discourse.measure
        return text

    def _carry(self, finding: Finding, clause: Clause, discourse: Discourse) -> str:
        """Return the object that a clause without one takes up from those before it."""
        objects, run = discourse.objects, finding.run
        if len(objects) > 1 and any(node.text == self._words.former for node in clause.nodes):
            return objects[-2]
        if run.count > 1 and len(objects) >= run.count:
            return objects[run.place - run.count]
        if not discourse.in_sentence and (discourse.breakdown or discourse.subject):
            return discourse.topic if discourse.breakdown else discourse.subject
        return next(reversed(finding.in_clause or objects), "")

    @staticmethod
    def _sharer(run: Run, discourse: Discourse) -> str:
        """Return whose share 占……比重 says."""
        return discourse.objects[run.place - run.count] if len(discourse.objects) >= run.count else ""

    def _is_attribute(self, nodes: Sequence[Node], text: str, discourse: Discourse) -> bool:
        """Tell whether 录取率 or 平均年龄 stands alone and belongs to what its sentence spoke of before."""
        modified = len(nodes) == 2 and nodes[0].label in _MODIFIERS
        bare = modified or len(text) <= (_BARE if len(nodes) == 1 else _BARE - 1)
        named = discourse.in_sentence or discourse.subject
        return bool(named) and bare and bool(self._attributes.search(text))

    def _attach(self, head: str, attribute: str) -> str:
        """Return 地区生产总值总量 for 总量 said after 地区生产总值增速: an attribute takes another's place."""
        if head.endswith(attribute):
            return head
        old = max((word for word in self._words.replaceable if head.endswith(word)), key=len, default="")
        return (head.removesuffix(old) or head) + attribute

    def _measure_toward(self, prep: Node, discourse: Discourse) -> str:
        """Return the measure of what was last said of a partner: 进出口 of 对东盟进出口."""
        proportions = self._words.classes["proportion"]
        for partner in reversed(discourse.objects):
            found = self._measures.search(partner)
            if found and partner.startswith(prep.text) and found[0] not in proportions:
                return str(found[0])
        return words_of(measure_tail(discourse.latest))

    def _part(self, nodes: Sequence[Node], text: str, whole: Sequence[Node]) -> str:
        """Return 风电装机 for 其中风电 of 总装机: a part takes the measure, or the noun, of its whole."""
        if has_measure(nodes):
            return text
        if self._partial.search(text):
            return text.removesuffix("的") + words_of(whole)
        return text + words_of(measure_tail(whole))

    def _distribute(self, finding: Finding) -> str:
        """Return the item of a list that is the quantity's own, with what the whole list shares."""
        run, nodes = finding.run, trim(finding.nodes)
        text = words_of(nodes)
        if len(subjects := items_of(trim(finding.subject))) == run.count:
            return words_of(subjects[run.place]) + text
        if len(items := items_of(nodes)) == run.count:
            tail = self._shared_tail(items) if run.place < run.count - 1 else ""
            return words_of(items[run.place]) + tail
        for word, parts in self._words.expansions.items():
            if word in text and len(parts) == run.count:
                return text.replace(word, parts[run.place])
        return text

    @staticmethod
    def _shared_tail(items: Sequence[Sequence[Node]]) -> str:
        """Return what only the last item of a list says and the others share: 产量 of 电池、机器人产量."""
        *others, last = items
        if any(item[-1].label == "measure" for item in others):
            return ""
        start = _tail_start(last) if has_measure(last[-1:]) else min(len(item) for item in others)
        if tail := words_of(last[max(1, start) :]):
            return tail
        lengths = {len(words_of(item)) for item in others}
        return words_of(last)[lengths.pop() :] if len(last) == 1 and len(lengths) == 1 else ""


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
