"""Ties each quantity of a sentence to what it is about, by the shapes of `rules/relations.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, takewhile

import regex

from extract.clause import Clause, Node
from extract.quantity import Quantity
from extract.record import Kind
from extract.rulebook.schema import RelationRule, RelationRules, WordRules
from extract.shape import compile_shape, encode

_SILENT = ("adverb", "time", "respective", "basis", "among", "level")
_EDGES = ("of", "place", "conj", "comma", "prep", "for", "topic", "stop")
_COLONS = ("：", ":")
_OPENERS = ("time", "adverb", "conj", "area")
_NOMINALS = ("noun", "nominal", "measure", "generic", "area")
_MODIFIERS = ("act", "verbal", "nominal", "adverb", "up", "down")
_MOVES = frozenset(("up", "down", "differ", "differ_down"))
_DOWN = frozenset(("down", "differ_down"))


@dataclass(frozen=True, slots=True)
class Relation:
    """What a quantity is about: its object, governing predicate and base of comparison, '' where untold.

    `kind` is None where the shape leaves it to the unit. `is_before_value` marks the N1 of 从N1提高到N2.
    """

    object: str
    predicate: str
    base: str
    kind: Kind | None
    rule: str
    is_down: bool = False
    is_before_value: bool = False
    carried: bool = False


@dataclass(slots=True)
class Discourse:
    """What earlier clauses of an article leave for later ones to take up."""

    objects: list[str] = field(default_factory=list)
    """Objects of the paragraph so far, the last ones last."""
    topic: str = ""
    """The first object of the paragraph."""
    predicate: str = ""
    base: str = ""
    latest: Sequence[Node] = ()
    """The words of the object named last."""
    whole: Sequence[Node] = ()
    """The words of the object that a following 其中 divides."""
    in_part: bool = False
    """Whether the last clause named a part of it."""
    breakdown: bool = False
    """Whether the sentence takes a topic apart: 分门类看, 从产量看."""
    subject: str = ""
    """The subject of a clause without quantities, until an object is named."""
    in_sentence: bool = False
    """Whether the sentence has named an object yet."""
    measure: str = ""
    """What a breakdown measures its items by."""

    def start_paragraph(self) -> None:
        """Forget what only the paragraph before spoke of."""
        self.objects, self.topic, self.latest, self.whole = [], "", (), ()

    def start_sentence(self) -> None:
        """Forget what only the sentence before spoke of."""
        self.predicate, self.base, self.measure, self.subject = "", "", "", ""
        self.in_part = self.breakdown = self.in_sentence = False


class Relator:
    """Applies the relation rules to the clauses of a sentence."""

    def __init__(self, relations: RelationRules, words: WordRules) -> None:
        self._words = words
        self._rules = [(rule, compile_shape(rule.pattern, relations.macros)) for rule in relations.rules]
        self._measures = regex.compile(words.measures)
        self._attributes = regex.compile(words.attributes)
        self._agents = regex.compile(words.agents)
        self._partial = regex.compile(words.partial)
        self._grades = regex.compile(words.grades)

    def relate(
        self, clauses: Sequence[Clause], quantities: Sequence[Quantity], discourse: Discourse
    ) -> dict[int, Relation]:
        """Return the relation of each quantity by its index; `discourse` is read and brought up to date."""
        relations: dict[int, Relation] = {}
        for clause in clauses:
            if not clause.quantities:
                self._open_breakdown(clause, discourse)
                self._note_subject(clause, discourse)
                continue
            if clause.joint != "list":
                discourse.in_part = clause.nodes[0].label == "among"
            found = self._relate_clause(clause, quantities, discourse)
            if clause.joint == "list":
                self._share_head(relations, found)
            relations |= found
            self._remember(found, discourse)
        return relations

    def open_topic(self, clauses: Sequence[Clause], discourse: Discourse) -> None:
        """Take up the subject of a short sentence without quantities as what the next ones speak of."""
        if clauses and (subject := _subject(clauses[0])):
            discourse.objects = [_words_of(subject)]
            discourse.latest = subject

    def _note_subject(self, clause: Clause, discourse: Discourse) -> None:
        """Keep the subject of a clause without quantities: 大豆受灾，亩产… speaks of 大豆亩产."""
        subject = _subject(clause)
        if not subject or self._agents.search(subject[-1].text):
            return
        discourse.subject = _words_of(subject)
        if clause.stop in _COLONS:
            self.open_topic([clause], discourse)

    def _share_head(self, relations: dict[int, Relation], found: dict[int, Relation]) -> None:
        """Complete 4个国家级 from the item after it, 4个自治区级区域医疗中心."""
        before = max(relations, default=-1)
        after = found[min(found)].object
        if before < 0 or not (part := self._grades.search(relations[before].object)):
            return
        head = after.partition(part[0])[2]
        relations[before] = replace(relations[before], object=relations[before].object + head)

    @staticmethod
    def _open_breakdown(clause: Clause, discourse: Discourse) -> None:
        if clause.nodes[-1].label != "topic":
            return
        discourse.breakdown = True
        named = [node for node in clause.nodes if node.label == "measure"]
        discourse.measure = _words_of(named[-1:] or _measure_tail(discourse.whole))

    def _relate_clause(
        self, clause: Clause, quantities: Sequence[Quantity], discourse: Discourse
    ) -> dict[int, Relation]:
        found: dict[int, Relation] = {}
        for position, node in enumerate(clause.nodes):
            if node.quantity >= 0:
                found[node.quantity] = self._relate_one(clause, position, quantities, discourse, found)
        return found

    def _relate_one(
        self,
        clause: Clause,
        position: int,
        quantities: Sequence[Quantity],
        discourse: Discourse,
        found: dict[int, Relation],
    ) -> Relation:
        rule, match = self.match(clause, position, quantities)
        nodes = clause.nodes
        place, count = _place_in_list(nodes, position, quantities)
        object_nodes = _group(nodes, match, "object")
        object_ = self._object(object_nodes, place, count, discourse, found, clause)
        discourse.latest = _trim(object_nodes) or discourse.latest
        verbs = _group(nodes, match, "predicate")
        predicate = _words_of(verbs)
        labels = {node.label for node in verbs}
        kind = "change" if labels & _MOVES else rule.kind
        base = self._base(nodes, match, place, count)
        if not predicate and object_nodes and (clause.joint == "list" or discourse.in_part):
            predicate = discourse.predicate
        if not base and kind == "change" and clause.joint != "start" and rule.id == "relate.change":
            base = discourse.base if not object_nodes else ""
        return Relation(
            object_,
            predicate,
            base,
            kind,
            rule.id,
            bool(labels & _DOWN),
            rule.id == "relate.from",
            not object_nodes,
        )

    def match(
        self, clause: Clause, position: int, quantities: Sequence[Quantity]
    ) -> tuple[RelationRule, regex.Match[str]]:
        """Return the first rule whose shape fits the quantity at `position` of the clause, with its match."""
        codes = encode(clause.nodes, position, quantities)
        for rule, pattern in self._rules:
            if match := pattern.search(codes):
                return rule, match
        raise LookupError("relations.yaml has no rule that fits every quantity")

    def _object(
        self,
        nodes: Sequence[Node],
        place: int,
        count: int,
        discourse: Discourse,
        found: dict[int, Relation],
        clause: Clause,
    ) -> str:
        carried = [relation.object for relation in found.values()] or discourse.objects
        nodes = () if all(node.label in ("area", "generic") for node in nodes) else nodes
        if not nodes:
            return self._carry(place, count, carried, discourse, clause)
        text = self._distribute(nodes, place, count) if count > 1 else _words_of(_trim(nodes))
        head = discourse.subject or (carried or [discourse.topic])[-1]
        if nodes[0].label == "share":
            return (discourse.objects[place - count] if len(discourse.objects) >= count else "") + text
        if all(node.label == "per" for node in nodes):
            return text + head
        if head and text in self._words.relational:
            return self._attach(head, text)
        if head and self._is_attribute(nodes, text, discourse):
            return self._attach(self._measures.sub("", head) or head, text)
        if nodes[0].label == "prep":
            return nodes[0].text + text + ("" if _has_measure(nodes) else self._measure_toward(nodes[0], discourse))
        if discourse.in_part:
            return self._part(nodes, text, discourse.whole)
        if discourse.breakdown and not _has_measure(nodes):
            return text + discourse.measure
        return text

    def _is_attribute(self, nodes: Sequence[Node], text: str, discourse: Discourse) -> bool:
        """Tell whether 录取率 or 平均年龄 stands alone and belongs to what its sentence spoke of before."""
        modified = len(nodes) == 2 and (nodes[0].label in _MODIFIERS or len(text) <= 3)
        named = discourse.in_sentence or discourse.subject
        return bool(named) and (len(nodes) == 1 or modified) and bool(self._attributes.search(text))

    def _measure_toward(self, prep: Node, discourse: Discourse) -> str:
        """Return the measure of what was last said of a partner: 进出口 of 对东盟进出口."""
        proportions = self._words.classes["proportion"]
        for partner in reversed(discourse.objects):
            found = self._measures.search(partner)
            if found and partner.startswith(prep.text) and found[0] not in proportions:
                return str(found[0])
        return _words_of(_measure_tail(discourse.latest))

    def _carry(self, place: int, count: int, carried: Sequence[str], discourse: Discourse, clause: Clause) -> str:
        """Return the object that a clause without one takes up from those before it."""
        pronouns = [node.text for node in clause.nodes if node.label == "pronoun"]
        if self._words.former in pronouns and len(discourse.objects) > 1:
            return discourse.objects[-2]
        if count > 1 and len(discourse.objects) >= count:
            return discourse.objects[place - count]
        if discourse.breakdown:
            return discourse.topic
        if discourse.subject and not discourse.in_sentence:
            return discourse.subject
        return carried[-1] if carried else ""

    def _attach(self, head: str, attribute: str) -> str:
        """Return 地区生产总值总量 for 总量 said after 地区生产总值增速: an attribute takes another's place."""
        if head.endswith(attribute):
            return head
        old = max((word for word in self._words.relational if head.endswith(word)), key=len, default="")
        return (head.removesuffix(old) or head) + attribute

    def _part(self, nodes: Sequence[Node], text: str, whole: Sequence[Node]) -> str:
        """Return 风电装机 for 其中风电 of 总装机: a part takes the measure, or the noun, of its whole."""
        if _has_measure(nodes):
            return text
        if self._partial.search(text):
            return text.removesuffix("的") + _words_of(whole)
        return text + _words_of(_measure_tail(whole))

    def _distribute(self, nodes: Sequence[Node], place: int, count: int) -> str:
        nodes = _trim(nodes)
        items = _items(nodes)
        if len(items) == count:
            tail = self._shared_tail(items)
            item = items[place]
            return _words_of(item) + (tail if place < count - 1 else "")
        text = _words_of(nodes)
        for word, parts in self._words.expansions.items():
            if word in text and len(parts) == count:
                return text.replace(word, parts[place])
        return text

    def _shared_tail(self, items: Sequence[Sequence[Node]]) -> str:
        """Return what only the last item of a list says and the others share: 产量 of 电池、机器人产量."""
        *others, last = items
        if any(item[-1].label == "measure" for item in others):
            return ""
        measures = len(last) - len(_measure_tail(last))
        if tail := _words_of(last[max(1, min(measures, *(len(item) for item in others))) :]):
            return tail
        lengths = {len(_words_of(item)) for item in others}
        return _words_of(last)[lengths.pop() :] if len(last) == 1 and len(lengths) == 1 else ""

    def _base(self, nodes: Sequence[Node], match: regex.Match[str], place: int, count: int) -> str:
        group = _group(nodes, match, "base")
        if group:
            items = _items(group)
            chosen = items[place] if len(items) == count else group
            return "".join(node.text for node in chosen).rstrip(self._words.classes["of"][0])
        ahead = nodes[: max(match.end(), 1)]
        basis = [node for node in ahead if node.label == "basis"]
        return basis[-1].text if basis else ""

    @staticmethod
    def _remember(found: dict[int, Relation], discourse: Discourse) -> None:
        objects = [relation.object for relation in found.values() if relation.object]
        if any(not relation.carried for relation in found.values()):
            discourse.objects = [*discourse.objects, *dict.fromkeys(objects)][-6:]
            discourse.in_sentence = True
            discourse.subject = ""
        if not discourse.in_part:
            discourse.whole = discourse.latest
        last = list(found.values())[-1]
        discourse.predicate = "" if last.kind else last.predicate
        discourse.base = last.base
        if not discourse.topic and objects:
            discourse.topic = objects[0]


def _subject(clause: Clause) -> Sequence[Node]:
    """Return the noun phrase that a clause begins with, empty if no verb follows it."""
    nodes = list(dropwhile(lambda node: node.label in _OPENERS, clause.nodes))
    subject = list(takewhile(lambda node: node.label in _NOMINALS, nodes))
    return subject if len(subject) < len(nodes) else ()


def _has_measure(nodes: Sequence[Node]) -> bool:
    return any(node.label in ("measure", "proportion") for node in nodes)


def _measure_tail(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return the measure that an object ends with: 人均可支配收入 of 居民人均可支配收入."""
    start = len(nodes)
    while start > 0 and nodes[start - 1].label in ("measure", "per", "proportion"):
        start -= 1
    return nodes[start:]


def _group(nodes: Sequence[Node], match: regex.Match[str], name: str) -> Sequence[Node]:
    if name not in match.re.groupindex or match[name] is None:
        return ()
    return nodes[match.start(name) : match.end(name)]


def _trim(nodes: Sequence[Node]) -> Sequence[Node]:
    start, end = 0, len(nodes)
    while start < end - 1 and nodes[start].label in (*_EDGES, *_SILENT, "area"):
        start += 1
    while end > start and nodes[end - 1].label in (*_EDGES, *_SILENT):
        end -= 1
    return nodes[start:end]


def _words_of(nodes: Sequence[Node]) -> str:
    return "".join(
        node.text for node in nodes if len(nodes) == 1 or node.label not in ("adverb", "time", "respective", "basis")
    )


def _items(nodes: Sequence[Node]) -> list[list[Node]]:
    items: list[list[Node]] = [[]]
    for node in nodes:
        if node.label in ("comma", "conj"):
            items.append([])
        else:
            items[-1].append(node)
    return [item for item in items if item]


def _place_in_list(nodes: Sequence[Node], position: int, quantities: Sequence[Quantity]) -> tuple[int, int]:
    """Return the place of a quantity in its run N1、N2和N3 of one form, and how long the run is."""
    first = last = position
    while first - 2 >= 0 and _joined(nodes, first - 2, quantities):
        first -= 2
    while last + 2 < len(nodes) and _joined(nodes, last, quantities):
        last += 2
    return (position - first) // 2, (last - first) // 2 + 1


def _joined(nodes: Sequence[Node], left: int, quantities: Sequence[Quantity]) -> bool:
    right = left + 2
    if nodes[left].quantity < 0 or nodes[right].quantity < 0 or nodes[left + 1].label not in ("comma", "conj"):
        return False
    one, other = quantities[nodes[left].quantity], quantities[nodes[right].quantity]
    return (one.form == "count") == (other.form == "count")
