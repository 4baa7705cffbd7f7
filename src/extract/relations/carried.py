"""Completes the object of a quantity: lists are shared out, what is left unsaid is taken up from before."""

from __future__ import annotations

from typing import Final

from extract.grammar.phrases import has_measure, measure_tail, phrase_of, trim
from extract.matching.patterns import compiled
from extract.model.clause import Clause, Node, Nodes
from extract.model.phrase import NOTHING, Phrase
from extract.model.quantity import Quantity
from extract.model.relation import Run
from extract.relations.attributes import AttributeResolver
from extract.relations.candidates import Finding
from extract.relations.discourse import Discourse
from extract.relations.lists import share_out, tail_of
from extract.rulebook.schema import WordRules

_COUNTS: Final = frozenset(("count", "person", "household", "organisation", "event", "building", "vehicle", "other"))
_UNNAMED: Final = ("area", "generic", "comma", "conj")
PEOPLE: Final = ("person", "household")
"""Dimensions in which people are counted."""


class ObjectResolver:
    """Completes objects by the word lists of `rules/words.yaml`."""

    def __init__(self, words: WordRules) -> None:
        self._words = words
        self._relational, self._pair = frozenset(words.relational), frozenset(words.pair)
        self._partners, self._standing = frozenset(words.partners), frozenset(words.standing)
        self._measures = compiled(words.measures)
        self._attributes = AttributeResolver(words)
        self._partial = compiled(words.partial)
        self._speeds = compiled(words.change_nouns)
        self._amounts = compiled(words.invested)
        self._several = compiled(words.several)

    def resolve(self, finding: Finding, clause: Clause, discourse: Discourse) -> Phrase:
        """Return the object of a quantity, empty if nothing tells it."""
        nodes = finding.nodes = self._without_rate(finding)
        if named := self._of_several(finding, clause, discourse):
            return named
        if pair := self._of_two(nodes, clause, discourse):
            return pair
        if all(node.label in _UNNAMED for node in nodes):
            return self._carry(finding, clause, discourse)
        if finding.is_headless and (
            head := phrase_of(discourse.whole) if discourse.in_part else _last(finding, discourse)
        ):
            return phrase_of(nodes) + head
        named = share_out(finding, self._words.expansions) if finding.run.size > 1 else phrase_of(trim(nodes))
        if nodes[0].label == "share":
            return self._sharer(finding.run, discourse) + named
        return self._attributes.resolve(finding, named, clause, discourse) or self._complete(
            finding, named, clause, discourse
        )

    def _without_rate(self, finding: Finding) -> Nodes:
        """Leave 每吨 out of a bare 均价每吨, which so takes up what it is the price of."""
        nodes = finding.nodes
        is_rate = len(nodes) > 1 and nodes[-1].label == "per" and finding.run.size == 1
        if is_rate and phrase_of(nodes[:-1]).text in self._relational:
            return nodes[:-1]
        return nodes

    def _of_several(self, finding: Finding, clause: Clause, discourse: Discourse) -> Phrase:
        """Return what 前两者 or 后三者 means for a quantity of a run, by the list named last."""
        members, run = discourse.members, finding.run
        if run.size < 2 or len(members) < run.size:
            return NOTHING
        found = self._several.search("".join([node.text for node in clause.nodes]))
        if not found:
            return NOTHING
        return members[run.place if found["first"] else run.place - run.size]

    def _of_two(self, nodes: Nodes, clause: Clause, discourse: Discourse) -> Phrase:
        """Return what 前者 or 后者 means, with the attribute that is said of it."""
        said = [node.text for node in clause.nodes if node.text in self._pair]
        if not said:
            return NOTHING
        words = self._words.pair
        place = words.index(said[0])
        pair = discourse.members if len(discourse.members) == len(words) else discourse.objects[-2:]
        if len(pair) < len(words):
            return NOTHING
        own = tuple([node for node in nodes if node.label != "pronoun"])
        return self._attributes.attach(pair[place], phrase_of(own)) if own else pair[place]

    @staticmethod
    def _is_gap(finding: Finding, discourse: Discourse) -> bool:
        """Tell whether a noun leaves the measure of the figure before unsaid: 小麦均价2460元，玉米2280元."""
        is_alone = not finding.has_predicate and not has_measure(finding.nodes) and finding.quantity.form == "count"
        measured = finding.quantity.dimension not in _COUNTS and bool(measure_tail(discourse.latest))
        return is_alone and measured and discourse.last_unit == finding.quantity.unit

    def _complete(self, finding: Finding, named: Phrase, clause: Clause, discourse: Discourse) -> Phrase:
        nodes = finding.nodes
        rate = discourse.latest[:1] if clause.joint == "list" and discourse.last_unit == finding.quantity.unit else ()
        if rate and rate[0].label == "per" and all(node.label != "per" for node in nodes):
            return phrase_of(rate) + named
        if nodes[0].text in self._partners:
            measure = NOTHING if has_measure(nodes) else self._measure_toward(nodes[0], discourse)
            return phrase_of(nodes[:1]) + named + measure
        if nodes[0].text in self._standing and nodes[-1].label == "proportion":
            return (discourse.objects[-1] if discourse.objects else NOTHING) + phrase_of(nodes)
        if discourse.in_part:
            is_alone = finding.is_share and not self._partial.search(named.text)
            return named if is_alone else self._part(nodes, named, discourse.whole)
        if self._is_gap(finding, discourse):
            return named + phrase_of(tail_of(discourse.latest))
        if discourse.breakdown and not has_measure(nodes):
            return named + (discourse.measure or self._measure_of(discourse.topic))
        return named

    def _carry(self, finding: Finding, clause: Clause, discourse: Discourse) -> Phrase:
        """Return the object that a clause without one takes up from those before it."""
        objects, run = discourse.objects, finding.run
        words = {node.text for node in clause.nodes}
        if discourse.listing and not words.isdisjoint(self._words.totals):
            return discourse.listing
        if run.size > 1 and len(objects) >= run.size:
            return objects[run.place - run.size]
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
        if quantity.form == "percent" and discourse.subject:
            return discourse.subject
        if discourse.just_listed and finding.run.size == 1 and quantity.form != "count":
            return discourse.listing
        if quantity.dimension == "person" and _opens(clause, quantity) and not discourse.in_part:
            return discourse.people
        if clause.joint == "list" and discourse.preceding:
            return discourse.preceding
        carried = discourse.theme or self._grown(finding, discourse) or discourse.mentioned or discourse.heading
        is_deed = finding.has_predicate and quantity.form == "count" and clause.joint == "comma"
        return self._without_amount(carried) if is_deed and discourse.last_unit != quantity.unit else carried

    def _grown(self, finding: Finding, discourse: Discourse) -> Phrase:
        """Return what was named last, not its 增速: of that nothing grows by a share."""
        last = _last(finding, discourse)
        moves = finding.quantity.form == "percent" and finding.has_predicate and self._speeds.search(last.text)
        if not moves or len(discourse.objects) < 2:
            return last
        before = discourse.objects[-2]
        return before if before.text[:2] == last.text[:2] else last

    def _without_amount(self, phrase: Phrase) -> Phrase:
        """Return 项目 of 项目总投资: what 占地120亩 is said of behind an amount of another unit."""
        amount = self._amounts.search(phrase.text)
        return phrase.cut(0, amount.start()) if amount and amount.start() else phrase

    @staticmethod
    def _sharer(run: Run, discourse: Discourse) -> Phrase:
        """Return whose share 占……比重 says."""
        return discourse.objects[run.place - run.size] if len(discourse.objects) >= run.size else NOTHING

    def _measure_of(self, phrase: Phrase) -> Phrase:
        measure = self._measures.search(phrase.text)
        return phrase.cut(*measure.span()) if measure else NOTHING

    def _measure_toward(self, prep: Node, discourse: Discourse) -> Phrase:
        """Return the measure of what was last said of a partner: 进出口 of 对东盟进出口."""
        proportions = self._words.classes["proportion"]
        for partner in reversed(discourse.objects):
            found = self._measures.search(partner.text)
            if found and partner.text.startswith(prep.text) and found[0] not in proportions:
                return partner.cut(*found.span())
        return phrase_of(measure_tail(discourse.latest))

    def _part(self, nodes: Nodes, named: Phrase, whole: Nodes) -> Phrase:
        """Return 风电装机 for 其中风电 of 总装机: a part takes the measure, or the noun, of its whole."""
        if has_measure(nodes):
            return named
        if self._partial.search(named.text):
            return named.without("的") + phrase_of(whole)
        measure = phrase_of(measure_tail(whole))
        return named if measure.text.endswith(self._words.totalled) else named + measure


def _opens(clause: Clause, quantity: Quantity) -> bool:
    """Tell whether a clause begins with the quantity or the 超 before it: 超70万人次接受培训."""
    return all(node.label in ("adverb", "manner", "time") for node in clause.nodes if node.start < quantity.outer_start)


def _last(finding: Finding, discourse: Discourse) -> Phrase:
    """Return the object named last, in the clause itself if it has one."""
    objects = finding.in_clause or discourse.objects
    return objects[-1] if objects else NOTHING
