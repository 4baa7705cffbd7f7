"""What earlier clauses of an article leave for later ones to take up."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Final

from extract.grammar.phrases import items_of, measure_tail, phrase_of, subject_of, trim
from extract.model.clause import Clause, Nodes
from extract.model.phrase import NOTHING, Phrase
from extract.relations.lists import complete_items

_REMEMBERED: Final = 6
_NOMINALS: Final = ("noun", "nominal", "verbal", "measure")
_PHRASED: Final = frozenset((*_NOMINALS, "of", "act", "area"))
_LISTED: Final = frozenset((*_NOMINALS, "proportion", "comma", "conj"))
_ITEM: Final = frozenset(("noun", "nominal", "verbal", "adverb", "generic", "area", "quantity", "level"))
_AREA_AND_WORD: Final = 2
_COLONS: Final = ("：", ":")


@dataclass
class Discourse:
    """The objects, subject and predicate spoken of so far."""

    objects: list[Phrase] = field(default_factory=list)
    """Objects of the paragraph so far, the last ones last."""
    topic: Phrase = NOTHING
    """The first object of the paragraph."""
    latest: Nodes = ()
    """The words of the object named last."""
    whole: Nodes = ()
    """The words of the object that a following 其中 divides."""
    predicate: Phrase = NOTHING
    base: Phrase = NOTHING
    subject: Phrase = NOTHING
    """The subject of a clause without quantities, until an object is named."""
    is_part_next: bool = False
    """Whether 其中 stands as a clause of its own before the next."""
    preceding: Phrase = NOTHING
    """What the clause before, without quantities, ends with."""
    mentioned: Phrase = NOTHING
    """What the last sentence without quantities ends with."""
    last_unit: str = ""
    """The unit of the last quantity of the sentence."""
    theme: Phrase = NOTHING
    """What a clause without verb or quantity puts in front, until an object is named."""
    just_listed: bool = False
    """Whether the clause before shared a list out over its quantities."""
    in_sentence: bool = False
    """Whether the sentence has named an object yet."""
    in_part: bool = False
    """Whether the last clause named a part of the whole."""
    in_change: bool = False
    """Whether the last figure said by how much something grows."""
    breakdown: bool = False
    """Whether the sentence takes a topic apart: 分门类看, 从产量看."""
    measure: Phrase = NOTHING
    """What a breakdown measures its items by."""

    paragraph: int = -1
    """The number of the paragraph."""
    heading: Phrase = NOTHING
    """What the last heading without quantities names."""
    recipient: Phrase = NOTHING
    """Whom the last clause that says so does something for: 向灵活就业人员发放补贴."""
    complement: Phrase = NOTHING
    """What the last clause ends with behind its quantity and its verb: 2.3万人领到租房补贴."""
    listing: Phrase = NOTHING
    """The list that was last shared out over quantities, undivided."""
    members: list[Phrase] = field(default_factory=list)
    """What was made of it."""
    people: Phrase = NOTHING
    """Who was last counted in the sentence."""
    counted: dict[str, Phrase] = field(default_factory=dict)
    """What was last counted in each unit."""

    def return_to(self, outside: Discourse) -> None:
        """Forget what was said in brackets since `outside`."""
        for part in fields(self):
            setattr(self, part.name, getattr(outside, part.name))

    def come_to(self, paragraph: int) -> None:
        """Come to a sentence of a paragraph."""
        if paragraph != self.paragraph:
            self.paragraph = paragraph
            self.start_paragraph()
        self.start_sentence()

    def start_paragraph(self) -> None:
        """Forget what only the paragraph before spoke of."""
        self.objects, self.topic, self.latest, self.whole = [], NOTHING, (), ()
        self.listing, self.members, self.counted = NOTHING, [], {}
        self.mentioned = NOTHING

    def start_sentence(self) -> None:
        """Forget what only the sentence before spoke of."""
        self.predicate = self.base = self.measure = self.complement = NOTHING
        self.subject = self.theme = self.recipient = self.people = NOTHING
        self.in_part = self.breakdown = self.in_sentence = self.just_listed = self.is_part_next = self.in_change = False
        self.last_unit, self.preceding = "", NOTHING

    def enter(self, clause: Clause) -> None:
        """Come to a clause with quantities: 其中 opens a part, and an item or a bare figure goes on with it."""
        opens = clause.nodes[0].label == "among" or self.is_part_next
        goes_on = clause.joint == "list" or all(node.label in _ITEM for node in clause.nodes)
        self.in_part = opens or (self.in_part and goes_on)
        self.is_part_next = False

    def hear(self, clause: Clause, is_agent: bool) -> None:
        """Take up a clause without quantities: 分门类看, opens a breakdown; 大豆受灾, names a subject.

        `is_agent` tells that its subject only says or does what follows (市统计局介绍).
        """
        self.preceding = _ending(clause)
        self.is_part_next = all(node.label == "among" for node in clause.nodes)
        if clause.nodes[-1].label == "place" and clause.nodes[0].label == "prep":
            self.theme = phrase_of(trim(clause.nodes))
            return
        if clause.nodes[-1].label == "topic":
            self.breakdown = True
            named = [node for node in clause.nodes if node.label == "measure"]
            self.measure = phrase_of((named[-1],) if named else measure_tail(self.whole))
        subject = subject_of(clause)
        is_phrase = all(node.label in _PHRASED for node in clause.nodes)
        if not subject and is_phrase and not (clause.area and len(clause.nodes) == _AREA_AND_WORD):
            self.theme = phrase_of(_head_of(clause.nodes))
        if not subject or is_agent:
            return
        self.subject = phrase_of(subject)
        if items := items_of(_listed(clause)):
            self.members = complete_items(items)
        if clause.stop in _COLONS:
            self.open_topic(clause)

    def open_topic(self, clause: Clause) -> None:
        """Take up the subject of a clause without quantities as what the next ones speak of."""
        subject = subject_of(clause)
        if all(node.label == "generic" for node in subject):
            self.mentioned = _ending(clause)
        else:
            self.objects = [phrase_of(subject)]
            self.latest = subject

    def mention(self, clause: Clause) -> None:
        """Take up what the last clause of a sentence without quantities ends with."""
        self.mentioned = _ending(clause)

    def open_section(self, clause: Clause) -> None:
        """Take up what a heading without quantities names: its subject, else the whole of it."""
        acts = clause.nodes[-1].label in ("act", "intransitive", "level")
        self.heading = phrase_of((subject_of(clause) if acts else ()) or trim(clause.nodes))

    def share_out(self, listing: Phrase, members: list[Phrase]) -> None:
        """Remember a list and what its quantities got of it."""
        self.listing, self.members = listing, members

    def name(self, objects: list[Phrase]) -> None:
        """Remember objects that a clause named itself."""
        named = objects if len(objects) < 2 else list({object_.text: object_ for object_ in objects}.values())
        self.objects = (self.objects + named)[-_REMEMBERED:]
        self.in_sentence = True
        self.subject = self.theme = NOTHING

    def leave(self, objects: list[Phrase], predicate: Phrase, base: Phrase) -> None:
        """Leave a clause of these objects, whose last quantity has this predicate and base."""
        if not self.in_part:
            self.whole = self.latest
        self.predicate, self.base, self.preceding = predicate, base, NOTHING
        if not self.topic and objects:
            self.topic = objects[0]


def _ending(clause: Clause) -> Phrase:
    """Return the noun phrase that a clause ends with behind its verb."""
    nodes = clause.nodes
    start = len(nodes)
    while start and nodes[start - 1].label in _NOMINALS:
        start -= 1
    return phrase_of(nodes[start:]) if start else NOTHING


def _head_of(nodes: Nodes) -> Nodes:
    """Return what stands behind the last 的, all if there is none."""
    start = len(nodes)
    while start and nodes[start - 1].label != "of":
        start -= 1
    return nodes[start:]


def _listed(clause: Clause) -> Nodes:
    """Return the list of nouns that a clause begins with."""
    nodes = clause.nodes
    end = 0
    while end < len(nodes) and nodes[end].label in _LISTED:
        end += 1
    return nodes[:end]
