"""Labels the words of a sentence and cuts it into clauses, the rows that `relate` reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise, takewhile, zip_longest
from typing import Literal

import regex

from extract.areas import AreaFinder
from extract.document import Sentence
from extract.numerals import alternation, fill
from extract.quantity import Quantity
from extract.rulebook.schema import WordRules
from extract.segment import Segmenter, Token
from extract.times import TimeMention

Joint = Literal["start", "comma", "list"]
"""What stands before a clause: the sentence's start, a stop such as ，, or a 、 of a list."""

_STOPS = "，,；;：:。！？!?…—“”‘’「」《》"
_SEMICOLONS = ("；", ";")
_LIST_MARKS = "、/／"
_MODIFIED = ("noun", "nominal", "measure", "verbal")
_SUFFIXED = ("noun", "act", "verbal", "nominal", "light", "up", "down")
_ACTS = ("act", "light", "fresh")
_PREDICATES = (*_ACTS, "adverb", "manner", "level", "intransitive")
_AREA_LABELS = {"nation": "generic", "zone": "noun"}
"""Zones (高新区) are no administrative divisions: what is said of them is about the article's area."""
_NEAR = 4
_JOINED = ("up", "down", "act", "verbal", "nominal")
_SUBJECTS = ("noun", "nominal", "measure", "generic", "per")
_OPENERS = ("time", "adverb", "manner", "among")


@dataclass(frozen=True, slots=True)
class Node:
    """A labelled word or span of a sentence; offsets in its text, end exclusive."""

    start: int
    end: int
    text: str
    label: str
    quantity: int = -1
    """Index into the sentence's quantities, -1 for a word."""
    raw: tuple[int, int] = (0, 0)
    """Its offsets in the raw text, end exclusive."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A row of labelled nodes between two stops."""

    nodes: tuple[Node, ...]
    joint: Joint
    stop: str = ""
    """The mark that ends it."""

    @property
    def start(self) -> int:
        """Offset of the clause's first character in its sentence."""
        return self.nodes[0].start

    @property
    def end(self) -> int:
        """Offset behind the clause's last character in its sentence."""
        return self.nodes[-1].end

    @property
    def raw(self) -> tuple[int, int]:
        """Offsets of the clause in the raw text, end exclusive."""
        return self.nodes[0].raw[0], self.nodes[-1].raw[1]

    @property
    def quantities(self) -> list[int]:
        """Indices of the quantities in the clause."""
        return [node.quantity for node in self.nodes if node.quantity >= 0]

    @property
    def area(self) -> Node | None:
        """The area that the clause opens with."""
        areas = self._opening_areas()
        return areas[-1] if areas else None

    @property
    def generic_area(self) -> Node | None:
        """The word such as 全省 or 全市 that the clause opens with."""
        opening = next(self._opening(), None)
        return opening if opening and opening.label == "generic" else None

    @property
    def generic_acts(self) -> bool:
        """Whether that word is the subject of the clause (全国新增), not part of a name (全国文明城市)."""
        after = list(self._opening())[1:2]
        return bool(after) and after[0].label not in _SUBJECTS and after[0].quantity < 0

    @property
    def area_acts(self) -> bool:
        """Whether that area is the subject of the clause (灌口镇盘活边角地), not part of its name."""
        areas = self._opening_areas()
        after = self.nodes[self.nodes.index(areas[-1]) + 1 :] if areas else ()
        named = after and after[0].label == "verbal" and any(node.label in _PREDICATES for node in after[1:])
        if not self.quantities and len(after) == 1:
            return True
        return bool(after) and after[0].label not in _SUBJECTS and not (named and not self.quantities)

    @property
    def listed_areas(self) -> list[Node]:
        """The areas of a list that the clause opens with (甲县、乙县分别为……), empty if it opens with no list."""
        nodes = list(takewhile(lambda node: node.label in ("area", "comma", "conj"), self._opening()))
        areas = [node for node in nodes if node.label == "area"]
        return areas if len(areas) > 1 and len(areas) < len(nodes) else []

    def _opening(self) -> Iterator[Node]:
        return dropwhile(lambda node: node.label in _OPENERS or node.text == "在", self.nodes)

    def _opening_areas(self) -> list[Node]:
        opening = list(self._opening())
        areas = list(takewhile(lambda node: node.label == "area", opening))
        is_list = len(opening) > len(areas) and opening[len(areas)].label in ("comma", "conj")
        return [] if is_list else areas


class ClauseChunker:
    """Labels words by `rules/words.yaml` and the segmenter's parts of speech."""

    def __init__(self, rules: WordRules, segmenter: Segmenter, areas: AreaFinder) -> None:
        self._rules = rules
        self._segmenter = segmenter
        self._areas = areas
        self._label_of = {word: label for label, words in reversed(rules.classes.items()) for word in words}
        self._label_of |= {word: "verbal" for word in rules.classes["nominal"] if self._label_of[word] == "act"}
        self._label_of |= dict.fromkeys(rules.generic_areas, "generic")
        self._adverbials = regex.compile(rules.adverbials)
        self._renewals = regex.compile(rules.renewals)
        self._places = regex.compile(rules.places)
        self._per = regex.compile(rules.per)
        self._measures = regex.compile(rules.measures)
        slots = {name: alternation(rules.classes[name]) for name in ("up", "down", "differ")}
        self._comparison = regex.compile(fill(rules.comparison, slots))

    def places(self, shorts: Iterable[str]) -> regex.Pattern[str] | None:
        """Return a pattern of where the short names `shorts` stand for places, None if there are none."""
        names = list(shorts)
        return regex.compile(fill(self._rules.local, {"name": alternation(names)})) if names else None

    def clauses(
        self,
        sentence: Sentence,
        quantities: Sequence[Quantity],
        times: Sequence[TimeMention],
        local: regex.Pattern[str] | None = None,
        limits: Sequence[tuple[int, int]] = (),
    ) -> list[Clause]:
        """Return the clauses of `sentence` in order, each with its labelled nodes.

        `local` is a pattern of `places` for the short names of places inside the article's area; `limits` are
        spans of numbers that belong to a name.
        """
        nodes = self._join_verbs(self.nodes(sentence.text, quantities, times, local, limits))
        return list(_split([replace(node, raw=sentence.raw_span(node.start, node.end)) for node in nodes]))

    def nodes(
        self,
        text: str,
        quantities: Sequence[Quantity],
        times: Sequence[TimeMention],
        local: regex.Pattern[str] | None = None,
        limits: Sequence[tuple[int, int]] = (),
    ) -> list[Node]:
        """Return the labelled words and spans of `text` in order, without blanks."""
        spans = self._spans(text, quantities, times, local, limits)
        nodes: list[Node] = []
        position = 0
        for span in [*spans, Node(len(text), len(text), "", "stop")]:
            nodes += self._words(text[position : span.start], position)
            nodes.append(span)
            position = span.end
        return nodes[:-1]

    def _spans(
        self,
        text: str,
        quantities: Sequence[Quantity],
        times: Sequence[TimeMention],
        local: regex.Pattern[str] | None,
        limits: Sequence[tuple[int, int]],
    ) -> list[Node]:
        taken: list[Node] = []

        def claim(start: int, end: int, label: str, quantity: int = -1) -> None:
            if start < end and not any(node.start < end and start < node.end for node in taken):
                taken.append(Node(start, end, text[start:end], label, quantity))

        for index, quantity in enumerate(quantities):
            claim(quantity.start, quantity.outer_end, "quantity", index)
            if quantity.outer_start < quantity.start:
                label = "adverb" if quantity.bound == "about" else "level"
                claim(quantity.outer_start, quantity.start, label)
        for match in self._comparison.finditer(text):
            end = match.end("what") if match["what"] else match.end()
            claim(match.start(), end, "basis")
        for match in self._renewals.finditer(text):
            claim(match.start(), match.end(), "fresh")
        for start, end in _brackets(text):
            claim(start, end, "noun")
        for time in times:
            claim(time.phrase_start, time.end, "time")
        for match in self._adverbials.finditer(text):
            claim(match.start(), match.end(), "adverb")
        for match in self._per.finditer(text):
            claim(match.start(), match.end(), "per")
        for start, end in limits:
            claim(start, end, "noun")
        for match in self._places.finditer(text):
            claim(match.start(), match.end(), "area")
        for mention in self._areas.find(text):
            claim(mention.start, mention.end, _AREA_LABELS.get(mention.area.level, "area"))
        for match in local.finditer(text) if local else ():
            claim(match.start("name"), match.end("name"), "area")
        return sorted(taken, key=lambda node: node.start)

    def _words(self, text: str, offset: int) -> Iterator[Node]:
        tokens = self._segmenter.segment(text)
        joined = False
        for token, after in zip_longest(tokens, tokens[1:]):
            if joined:
                joined = False
            elif after and after.text in self._rules.towns and (token.tag == "ns" or len(token.text) == 2):
                yield Node(offset + token.start, offset + after.end, token.text + after.text, "area")
                joined = True
            else:
                yield Node(offset + token.start, offset + token.end, token.text, self._label(token))

    def _label(self, token: Token) -> str:
        word = token.text
        if word in self._label_of:
            return self._label_of[word]
        if word in _STOPS or not word.strip():
            return "stop"
        if word in _LIST_MARKS:
            return "comma"
        if self._areas.is_province(word):
            return "area"
        if token.tag == "ns" and len(word) > 2 and word[-1] in self._rules.towns:
            return "area"
        if self._measures.search(word) and len(word) > 1:
            return "measure"
        for label, tags in self._rules.tags.items():
            if token.tag in tags:
                return label
        return "noun"

    def _join_verbs(self, nodes: Iterable[Node]) -> list[Node]:
        """Settle what a word is by its neighbours: 提高 and 到 make one level verb, 堵乱 and 点 one noun."""
        joined: list[Node] = []
        for node in nodes:
            before = joined[-1] if joined else None
            if before and self._is_tail(joined, node):
                del joined[-1 if before.label == "of" else len(joined) :]
            elif before and (label := self._joint_label(before, node)):
                joined[-1] = Node(before.start, node.end, before.text + node.text, label)
            elif before and node.text in self._rules.nouned and before.label in (*_MODIFIED, "quantity"):
                joined.append(replace(node, label="noun"))
            else:
                joined.append(node)
        for place, (node, after) in enumerate(pairwise(joined)):
            ends = after.quantity >= 0 or after.label in ("comma", "conj")
            is_object = ends and self._is_guess(node) and any(before.label in _ACTS for before in joined[:place])
            opens = after.label == "verbal" and (not place or joined[place - 1].label not in _MODIFIED)
            if opens and node.text in self._rules.attributive:
                continue
            if label := "noun" if is_object else self._label_before(node, after):
                joined[place] = replace(node, label=label)
        return joined

    def _is_tail(self, nodes: Sequence[Node], node: Node) -> bool:
        """Tell whether a word behind a quantity says nothing of what it counts: 跨上万亿台阶, 增长5.5%的目标."""
        if nodes[-1].label in ("up", "down") and node.text in self._rules.tails:
            return not any(before.label == "of" for before in nodes[-_NEAR:])
        has_of = nodes[-1].label == "of"
        head = nodes[-2] if has_of and len(nodes) > 1 else nodes[-1]
        return head.quantity >= 0 and node.text in (self._rules.tails if has_of else self._rules.steps)

    def _joint_label(self, before: Node, node: Node) -> str:
        """Return the label of the one word that two touching ones make, '' if they make none."""
        if before.end != node.start:
            return ""
        if node.text in self._rules.joiners and before.label in _JOINED:
            return "level"
        if node.text in self._rules.suffixes and before.label in _SUFFIXED:
            return "measure"
        if node.label == "measure" and before.text in self._rules.greatness:
            return "measure"
        if (
            node.text in self._rules.compounding
            and before.label == "act"
            and len(before.text) > 1
            and node.label == "noun"
        ):
            return "noun"
        return ""

    def _label_before(self, node: Node, after: Node) -> str:
        """Return the label that a word gets from the one behind it, '' if it keeps its own."""
        if after.quantity >= 0 and node.text in self._rules.standing:
            return "level"
        if after.label in _MODIFIED and node.text in self._rules.attributive:
            return "nominal"
        if after.label == "noun" and node.text in self._rules.moving:
            return "act"
        if after.label in _ACTS and node.text in self._rules.degrees:
            return "adverb"
        if node.label in ("up", "down") and after.text in self._rules.tails:
            return "verbal"
        is_modifier = node.label in ("up", "down") or self._is_guess(node)
        return "verbal" if is_modifier and after.text in self._rules.containers else ""

    def _is_guess(self, node: Node) -> bool:
        """Tell whether a word is a verb by the segmenter alone, which takes many a noun for one (违建)."""
        return node.label == "act" and node.text not in self._label_of


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    for match in regex.finditer(r"“[^“”]*”|‘[^‘’]*’|《[^《》]*》|（[^（）]*）|\([^()]*\)|「[^「」]*」", text):
        yield match.span()


def _split(nodes: Sequence[Node]) -> Iterator[Clause]:
    row: list[Node] = []
    joint: Joint = "start"
    for index, node in enumerate(nodes):
        if node.label == "stop" or node.text in "（）()":
            if row:
                yield Clause(tuple(row), joint, node.text)
            row, joint = [], "comma"
        elif _ends_item(nodes, index, row):
            yield Clause(tuple(row), joint)
            row, joint = [], "list"
        else:
            row.append(node)
    if row:
        yield Clause(tuple(row), joint)


def _ends_item(nodes: Sequence[Node], index: int, row: Sequence[Node]) -> bool:
    """Tell whether the 、 or 和 at `index` ends an item that has its own quantity."""
    if nodes[index].label not in ("comma", "conj") or index + 1 >= len(nodes):
        return False
    verb, figure = (*_spoken(nodes[index + 1 : index + 5]), nodes[index], nodes[index])[:2]
    if nodes[index].label == "comma" and verb.label == "act" and figure.quantity >= 0:
        return (
            bool(row)
            and row[-1].label in _SUBJECTS
            and any(node.label in (*_ACTS, "up", "down", "verbal") for node in row)
        )
    if not any(node.quantity >= 0 for node in row):
        return False
    if nodes[index].label == "comma" and row[-1].quantity < 0 and verb.label in _ACTS:
        return True
    before, after = row[-1].quantity >= 0, nodes[index + 1].quantity >= 0
    return before != after


def _spoken(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the words that are no adverbs."""
    return (node for node in nodes if node.label not in ("adverb", "manner"))
