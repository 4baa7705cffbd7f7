"""Ties each quantity of a sentence to what it is about, by the shapes of `rules/relations.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import regex

from extract.grammar.phrases import complement_of, items_of, phrase_of, subject_of, trim
from extract.matching.bounded import remember
from extract.matching.literals import Prefilter
from extract.matching.patterns import compiled
from extract.model.clause import SUBJECTS, Clause, Nodes
from extract.model.phrase import NOTHING, Phrase
from extract.model.quantity import Quantity
from extract.model.relation import Relation, Run
from extract.relations.candidates import Finding, run_of, runs_of_changes
from extract.relations.carried import PEOPLE, ObjectResolver
from extract.relations.discourse import Discourse
from extract.relations.frames import Repair, encode, repair
from extract.rulebook.schema import RelationRule, RelationRules, WordRules
from extract.rulebook.shapes import compile_shape

_REMEMBERED: Final = 1 << 14
"""So many rows of labels keep the rule that fits them before all are forgotten."""
_MOVES: Final = ("up", "down", "differ", "differ_down")
_VERBAL: Final = frozenset(("act", "verbal", "light", "fresh", "intransitive", "up", "down", "prep"))
_OPENING: Final = ("（", "(")
_CLOSING: Final = ("）", ")")
_BODIES: Final = ("person", "household", "organisation")
_DOWN: Final = ("down", "differ_down")
_CHANGES: Final = ("up", "down")


@dataclass(frozen=True, slots=True)
class Trial:
    """How a rule fares with a quantity.

    `is_open`: whether the rule is for such a clause at all, or only (or never) for a later item of a list.
    `repair` is the single change to the clause that would make its shape fit, None if it takes more.
    """

    rule: RelationRule
    fits: bool
    is_open: bool = True
    repair: Repair | None = None


class Fit:
    """How the shape of a rule fits a clause: where it ends and where its groups stand, as numbers of nodes."""

    __slots__ = ("end", "rule", "spans")

    def __init__(self, rule: RelationRule, end: int, spans: dict[str, tuple[int, int]]) -> None:
        self.rule = rule
        self.end = end
        self.spans = spans


class Relator:
    """Applies the relation rules to the clauses of a sentence."""

    def __init__(self, relations: RelationRules, words: WordRules) -> None:
        self._rules = [(rule, compile_shape(rule.pattern, relations.macros)) for rule in relations.rules]
        self._shapes = Prefilter((shape.pattern, (rule, shape)) for rule, shape in self._rules)
        self._fits: dict[tuple[str, bool], Fit] = {}
        self._objects = ObjectResolver(words)
        self._agents = compiled(words.agents)
        self._domains = compiled(words.domains)
        self._grades = compiled(words.grades)
        self._change_nouns = compiled(words.change_nouns)
        self._of = "".join(words.classes["of"])
        self._leading, self._trailing = words.leading, words.trailing
        self._bounding = frozenset(words.bounding)
        self._levels = frozenset(words.classes["level"])
        self._deeds = frozenset((*words.classes["act"], *words.classes["light"]))
        self._joiners = words.joiners
        self._pivots = frozenset(words.pivots)
        self._ending = frozenset(words.ending)
        self._schools = compiled(words.schools)
        self._recipients = frozenset(words.recipients)

    def relate(self, clauses: list[Clause], quantities: list[Quantity], discourse: Discourse) -> dict[int, Relation]:
        """Return the relation of each quantity by its index; `discourse` is read and brought up to date."""
        relations: dict[int, Relation] = {}
        runs = runs_of_changes(clauses)
        outside: Discourse | None = None
        for number, clause in enumerate(clauses):
            before = clauses[number - 1] if number else None
            if before and before.stop in _OPENING:
                outside = replace(discourse, counted=dict(discourse.counted))
            elif before and outside and before.stop in _CLOSING:
                discourse.return_to(outside)
                outside = None
            discourse.recipient = self._recipient(clause) or discourse.recipient
            if not clause.quantities:
                subject = subject_of(clause)
                discourse.hear(clause, bool(subject) and self._agents.search(subject[-1].text) is not None)
                continue
            discourse.enter(clause)
            found = self._relate_clause(clause, quantities, discourse, runs)
            if before and _restates(before, clause):
                found = {clause.quantities[0]: relations[before.quantities[-1]].restated()}
            if clause.joint == "list":
                self._share_head(relations, found)
            relations.update(found)
            _remember(list(found.values()), discourse)
            discourse.complement = phrase_of(complement_of(clause))
            for index, relation in found.items():
                quantity = quantities[index]
                discourse.counted[quantity.unit] = relation.object
                discourse.last_unit = quantity.unit
                if quantity.dimension in PEOPLE:
                    discourse.people = relation.object
        return relations

    def fit(self, clause: Clause, position: int, quantities: list[Quantity]) -> Fit:
        """Return how the first rule whose shape fits the quantity at `position` of the clause fits it.

        Raises LookupError if none does, which the last rule of the shipped file rules out.
        """
        codes = encode(clause.nodes, position, quantities)
        key = codes, clause.joint == "list"
        if fit := self._fits.get(key):
            return fit
        for rule, shape in self._shapes.select(codes):
            if _is_open(rule, clause) and (match := shape.search(codes)):
                return remember(self._fits, key, _fit_of(rule, match), _REMEMBERED)
        raise LookupError("relations.yaml has no rule that fits every quantity")

    def trials(self, clause: Clause, position: int, quantities: list[Quantity]) -> list[Trial]:
        """Return how each rule, in their order, fares with the quantity at `position` of the clause."""
        codes = encode(clause.nodes, position, quantities)
        trials: list[Trial] = []
        for rule, pattern in self._rules:
            if not _is_open(rule, clause):
                trials.append(Trial(rule, fits=False, is_open=False))
            elif pattern.search(codes):
                trials.append(Trial(rule, fits=True))
            else:
                trials.append(Trial(rule, fits=False, repair=repair(pattern, codes, position)))
        return trials

    def _relate_clause(
        self, clause: Clause, quantities: list[Quantity], discourse: Discourse, runs: dict[int, Run]
    ) -> dict[int, Relation]:
        found: dict[int, Relation] = {}
        objects: list[Phrase] = []
        for position, node in enumerate(clause.nodes):
            if node.quantity >= 0:
                run = runs.get(node.quantity) or run_of(clause.nodes, position, quantities)
                relation = self._relate_one(clause, position, quantities, discourse, objects, run)
                found[node.quantity] = relation
                objects.append(relation.object)
        return found

    def _relate_one(
        self,
        clause: Clause,
        position: int,
        quantities: list[Quantity],
        discourse: Discourse,
        earlier: list[Phrase],
        run: Run,
    ) -> Relation:
        nodes = clause.nodes
        fit = self.fit(clause, position, quantities)
        rule = fit.rule
        quantity = quantities[nodes[position].quantity]
        verbs = _group(nodes, fit, "predicate")
        object_nodes = self._object_nodes(nodes, fit, position, quantity, verbs)
        is_headless = _is_headless(nodes, fit)
        finding = Finding(
            quantity,
            (*object_nodes, nodes[fit.spans["object"][1]]) if is_headless else object_nodes,
            _group(nodes, fit, "subject"),
            run,
            earlier,
            verbs,
            is_headless,
            rule.same_unit,
        )
        object_ = self._objects.resolve(finding, clause, discourse)
        discourse.latest = trim(object_nodes) or discourse.latest
        verbs, movers = self._movers(nodes, fit, position, quantity)
        moves = any(node.label in _MOVES for node in movers) or self._is_of_change(nodes, position, quantity)
        predicate = self.bare(phrase_of(verbs))
        if not predicate and object_nodes and (clause.joint == "list" or discourse.in_part):
            predicate = discourse.predicate if self._is_deed(discourse.predicate) else NOTHING
        base = self._base(nodes, fit, run)
        if not base and moves and not object_nodes and clause.joint != "start":
            base = discourse.base
        return Relation(
            object_,
            predicate,
            base,
            "change" if moves or _goes_on_changing(clause, quantity, discourse) else rule.kind,
            (rule.id,),
            rule.is_before_value,
            is_down=any(node.label in _DOWN for node in movers),
            carried=not object_nodes,
            listing=phrase_of(object_nodes) if run.size > 1 else NOTHING,
        )

    def _object_nodes(
        self,
        nodes: Nodes,
        fit: Fit,
        position: int,
        quantity: Quantity,
        verbs: Nodes,
    ) -> Nodes:
        """Return the words of the object: those of the shape's groups `owner` (or `field`), `object`, `attribute`."""
        words, owner, field = _group(nodes, fit, "object"), _group(nodes, fit, "owner"), _group(nodes, fit, "field")
        if words and any(node.text in self._pivots for node in verbs):
            words = self._of_pivot(words, position >= fit.spans["object"][1])
        if words and position < fit.spans["object"][0]:
            words = self._up_to_ending(words)
            words = self._of_school(words) if quantity.unit == "所" else words
            is_counted = quantity.dimension in _BODIES or (quantity.form == "count" and words[-1].label == "measure")
            words = _owner_of(words) if is_counted else words
        if field and self._domains.search(field[-1].text):
            owner = field
        if owner and not self._agents.search(owner[-1].text):
            words = owner + words
        return words + _group(nodes, fit, "attribute")

    def _is_of_change(self, nodes: Nodes, position: int, quantity: Quantity) -> bool:
        """Tell whether a share is a change by the noun behind it, with nothing more: 5.5%的增长, 3%的涨幅."""
        if quantity.form != "percent" or position + 2 >= len(nodes) or nodes[position + 1].label != "of":
            return False
        noun = nodes[position + 2]
        is_last = position + 3 == len(nodes) or nodes[position + 3].label not in SUBJECTS
        return is_last and (noun.label in _CHANGES or self._change_nouns.search(noun.text) is not None)

    def _movers(self, nodes: Nodes, fit: Fit, position: int, quantity: Quantity) -> tuple[Nodes, Nodes]:
        """Return the predicate of a quantity, and the verbs that tell whether it is a change, and which way.

        Of a share that is the verb right before it, whatever the shape has found (下降10.9%后反弹, 下降至12%后回升);
        a verb behind a share or count tells what it does, not what it is (8个机场实现正增长).
        """
        verbs = _group(nodes, fit, "predicate")
        if quantity.form not in ("percent", "count"):
            return verbs, verbs
        is_behind = bool(verbs) and fit.spans["predicate"][0] > position
        before = _verb_before(nodes, position, self._joiners) if quantity.form == "percent" else ()
        if before and before[0].label in _CHANGES:
            return (before if is_behind or not verbs else verbs), before
        if not is_behind or (before and self._change_nouns.search(before[0].text)):
            return verbs, verbs
        reaches = bool(before) and before[0].label == "level" and before[0].text[-1] in self._joiners
        return (before if reaches else verbs), ()

    def _up_to_ending(self, words: Nodes) -> Nodes:
        """Return what stands before a verb that says where something was taken in (纳入), all if it stands first."""
        for place, node in enumerate(words):
            if node.label == "act" and node.text in self._ending:
                return words[:place] or words
        return words

    def _of_pivot(self, words: Nodes, is_behind: bool) -> Nodes:
        """Return 党员 of 党员下沉社区, but 青年 of 企业招用青年 where the figure `is_behind` it."""
        deed = 0
        while deed < len(words) and words[deed].label != "act":
            deed += 1
        if is_behind and deed < len(words) - 1 and words[deed].text in self._deeds and len(words[deed].text) > 1:
            return words[deed + 1 :]
        return words[:deed]

    def _of_school(self, words: Nodes) -> Nodes:
        """Return 学校 of 学校运动场改造."""
        last = next((place for place, node in enumerate(words, 1) if self._schools.search(node.text)), len(words))
        return words if last < len(words) and words[last].label in ("comma", "conj", "of") else words[:last]

    def _base(self, nodes: Nodes, fit: Fit, run: Run) -> Phrase:
        """Return what a change or rank is measured against, the quantity's own item of a list."""
        if group := _group(nodes, fit, "base"):
            items = items_of(group)
            chosen = items[run.place] if len(items) == run.size else group
            base = Phrase(chosen)
            return base.cut(0, len(base.text.rstrip(self._of)))
        for place in range(min(max(fit.end, 1), len(nodes)) - 1, -1, -1):
            if nodes[place].label == "basis":
                return phrase_of((nodes[place],))
        return NOTHING

    def _is_deed(self, predicate: Phrase) -> bool:
        """Tell a verb that the items of a list share (新增) from one that says where the first stands (达到)."""
        text = predicate.text
        return text in self._deeds or (text not in self._levels and not text.endswith(self._joiners))

    def bare(self, predicate: Phrase) -> Phrase:
        """Return 占 for 约占, but 共享 for itself: a predicate without the adverb that is one word with it.

        What only bounds the number (不低于) is none.
        """
        text = predicate.text
        if not text:
            return predicate
        if text in self._bounding:
            return NOTHING
        start, end = 0, len(text)
        if text.startswith(self._leading) and text not in self._deeds:
            start = len(next((word for word in self._leading if text.startswith(word) and text != word), ""))
        if text.endswith(self._trailing):
            end -= len(next((word for word in self._trailing if text.endswith(word) and text != word), ""))
        return predicate.cut(start, end)

    def _recipient(self, clause: Clause) -> Phrase:
        """Return for or to whom a clause says that something is done."""
        nodes = clause.nodes
        for place, node in enumerate(nodes):
            if node.text in self._recipients:
                start = end = place + 1
                while end < len(nodes) and nodes[end].label in ("noun", "nominal"):
                    end += 1
                return phrase_of(nodes[start:end])
        return NOTHING

    def _share_head(self, relations: dict[int, Relation], found: dict[int, Relation]) -> None:
        """Complete 4个国家级 from the item after it, 4个自治区级区域医疗中心."""
        before = max(relations, default=-1)
        after = found[min(found)].object
        if before < 0 or not (grade := self._grades.search(relations[before].object.text)):
            return
        place = after.text.find(grade[0])
        head = after.cut(place + len(grade[0]), len(after.text)) if place >= 0 else NOTHING
        relations[before].object += head


def _restates(before: Clause, clause: Clause) -> bool:
    """Tell whether a clause is but a figure in brackets behind another, the same in another unit."""
    in_brackets = before.stop in _OPENING and before.nodes[-1].quantity >= 0
    return in_brackets and len(clause.nodes) == 1 and before.end + len(before.stop) == clause.start


def _goes_on_changing(clause: Clause, quantity: Quantity, discourse: Discourse) -> bool:
    """Tell whether a bare share is another size of the change before it: 增长5%以上、力争5.5%."""
    is_bare = quantity.form == "percent" and discourse.in_change and clause.joint != "start"
    return is_bare and all(node.label in ("adverb", "quantity") for node in clause.nodes)


def _remember(relations: list[Relation], discourse: Discourse) -> None:
    objects = [relation.object for relation in relations if relation.object]
    if any(not relation.carried for relation in relations):
        discourse.name(objects)
    shared = [relation for relation in relations if relation.listing]
    discourse.just_listed = bool(shared)
    if shared:
        discourse.share_out(shared[0].listing, [relation.object for relation in shared])
    last = relations[-1]
    discourse.in_change = last.kind == "change" and not last.is_down
    discourse.leave(objects, NOTHING if last.kind else last.predicate, last.base)


def _is_open(rule: RelationRule, clause: Clause) -> bool:
    """Tell whether a rule may be tried on a clause: some are for the later items of a list alone, some never."""
    return rule.in_list if clause.joint == "list" else not rule.only_list


def _fit_of(rule: RelationRule, match: regex.Match[str]) -> Fit:
    spans = {name: match.span(name) for name in match.re.groupindex}
    return Fit(rule, match.end(), {name: span for name, span in spans.items() if span[0] >= 0})


def _group(nodes: Nodes, fit: Fit, name: str) -> Nodes:
    span = fit.spans.get(name)
    return nodes[span[0] : span[1]] if span else ()


def _verb_before(nodes: Nodes, position: int, joiners: Sequence[str]) -> Nodes:
    """Return the word right before a quantity, or before the list of them that it is an item of.

    Adverbs are left out, and 超过 behind a verb of change, but not 至, which one of `joiners` ends.
    """
    place = position - 1
    while place > 1 and nodes[place].label in ("comma", "conj") and nodes[place - 1].quantity >= 0:
        place -= 2
    while place >= 0 and nodes[place].label == "adverb":
        place -= 1
    if place > 0 and nodes[place].label == "level" and nodes[place - 1].label in _CHANGES:
        place -= 0 if nodes[place].text[-1] in joiners else 1
    return nodes[place : place + 1] if place >= 0 else ()


def _is_headless(nodes: Nodes, fit: Fit) -> bool:
    """Tell whether the words of the object are a verb phrase with 的 behind it and no noun after that."""
    start, end = fit.spans.get("object", (-1, -1))
    if end < 1 or end + 1 >= len(nodes) or nodes[end].label != "of":
        return False
    verbal = any(node.label in _VERBAL for node in nodes[start:end])
    return verbal and (nodes[end + 1].quantity >= 0 or nodes[end + 1].label in ("level", "share", "adverb"))


def _owner_of(nodes: Nodes) -> Nodes:
    """Return 三甲医院 of 36家三甲医院的检查结果: who is counted has what stands behind 的."""
    end = 0
    while end < len(nodes) and nodes[end].label in ("noun", "area"):
        end += 1
    return nodes[:end] if 0 < end < len(nodes) and nodes[end].label == "of" else nodes
