"""Labels the words of a sentence and cuts it into clauses, the rows that `relate` reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from typing import Literal, NamedTuple

import regex

from extract.areas import AreaFinder
from extract.document import Sentence
from extract.hmm import Word
from extract.numerals import alternation, fill
from extract.prefilter import Index, Prefilter
from extract.quantity import Quantity
from extract.rulebook.schema import WordRules
from extract.segment import Segmenter
from extract.times import TimeMention

Joint = Literal["start", "comma", "list"]
"""What stands before a clause: the sentence's start, a stop such as ，, or a 、 of a list."""

_STOPS = "，,；;：:。！？!?…—“”‘’「」《》"
_SEMICOLONS = ("；", ";")
_LIST_MARKS = "、/／"
_MODIFIED = ("noun", "nominal", "measure", "verbal")
_GIVEN = ("noun", "nominal", "measure", "verbal")
_NOUNING = (*_MODIFIED, "quantity")
_SUFFIXED = ("noun", "act", "verbal", "nominal", "measure", "light", "up", "down")
_ACTS = ("act", "light", "fresh")
_DEEDS = (*_ACTS, "up", "down", "verbal")
_SHIFTING = ("act", "up", "down")
"""Labels of words that the word behind them may give another."""
_PREDICATES = (*_ACTS, "adverb", "manner", "level", "intransitive")
_AREA_LABELS = {"nation": "generic", "zone": "noun"}
"""Zones (高新区) are no administrative divisions: what is said of them is about the article's area."""
_BRACKETS = r"“[^“”]*”|‘[^‘’]*’|《[^《》]*》|（[^（）]*）|\([^()]*\)|「[^「」]*」"
_REMEMBERED = 1 << 16
"""So many stretches of text keep their labelled words before all are forgotten."""
_NEAR = 4
_JOINED = ("up", "down", "act", "verbal", "nominal")
_SUBJECTS = ("noun", "nominal", "measure", "generic", "per")
_OPENERS = ("time", "adverb", "manner", "among")


class Node(NamedTuple):
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
    stop: str
    """The mark that ends it, '' if none does."""
    quantities: Sequence[int]
    """Indices of the quantities in the clause."""

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


class _SpanRule:
    """A pattern of what makes one node, and when it may claim its place: those of turn 0 before the times."""

    def __init__(self, turn: int, label: str, pattern: str) -> None:
        self.turn = turn
        self._label = label
        self._pattern = regex.compile(pattern)
        self._has_end = "what" in self._pattern.groupindex

    def claim_all(self, text: str, claim: Callable[[int, int, str], None]) -> None:
        """Claim each place in `text`; one with a group `what` ends with it."""
        for match in self._pattern.finditer(text):
            end = match.end("what") if self._has_end and match["what"] else match.end()
            claim(match.start(), end, self._label)


class ClauseChunker:
    """Labels words by `rules/words.yaml` and the segmenter's parts of speech."""

    def __init__(self, rules: WordRules, segmenter: Segmenter, areas: AreaFinder, index: Index | None = None) -> None:
        self._rules = rules
        self._segmenter = segmenter
        self._areas = areas
        self._label_of = {word: label for label, words in reversed(rules.classes.items()) for word in words}
        self._label_of |= {word: "verbal" for word in rules.classes["nominal"] if self._label_of[word] == "act"}
        self._label_of |= dict.fromkeys(rules.generic_areas, "generic")
        self._measures = regex.compile(rules.measures)
        self._tails, self._steps = frozenset(rules.tails), frozenset(rules.steps)
        self._joining = frozenset((*rules.joiners, *rules.suffixes, *rules.compounding))
        self._shifting = frozenset((*rules.standing, *rules.attributive, *rules.moving, *rules.degrees))
        self._giving = frozenset(rules.giving)
        self._shares = frozenset(word for word in rules.classes["share"] if len(word) == 1)
        slots = {name: alternation(rules.classes[name]) for name in ("up", "down", "differ")}
        spans = (
            (0, "basis", fill(rules.comparison, slots)),
            (0, "fresh", rules.renewals),
            (0, "noun", _BRACKETS),
            (1, "adverb", rules.adverbials),
            (1, "per", rules.per),
            (2, "area", rules.places),
        )
        self._spans_of = Prefilter(
            ((pattern, _SpanRule(turn, label, pattern)) for turn, label, pattern in spans), index
        )
        self._places: dict[tuple[str, ...], regex.Pattern[str]] = {}
        self._labels: dict[Word, str] = {}
        self._labelled: dict[str, tuple[tuple[int, int, str, str], ...]] = {}

    def places(self, shorts: Iterable[str]) -> regex.Pattern[str] | None:
        """Return a pattern of where the short names `shorts` stand for places, None if there are none."""
        names = tuple(shorts)
        if names and names not in self._places:
            self._places[names] = regex.compile(fill(self._rules.local, {"name": alternation(names)}))
        return self._places.get(names)

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
        return list(_split(self._join_verbs(self._nodes(sentence, quantities, times, local, limits), sentence)))

    def _nodes(
        self,
        sentence: Sentence,
        quantities: Sequence[Quantity],
        times: Sequence[TimeMention],
        local: regex.Pattern[str] | None,
        limits: Sequence[tuple[int, int]],
    ) -> list[Node]:
        """Return the labelled words and spans of `sentence` in order, without blanks."""
        text, raw_span = sentence.text, sentence.raw_span
        spans = self._spans(text, quantities, times, local, limits)
        nodes: list[Node] = []
        position = 0
        for start, end, label, quantity in spans:
            if position < start:
                nodes += self._words(text[position:start], position, raw_span)
            nodes.append(Node(start, end, text[start:end], label, quantity, raw_span(start, end)))
            position = end
        if position < len(text):
            nodes += self._words(text[position:], position, raw_span)
        return nodes

    def _spans(
        self,
        text: str,
        quantities: Sequence[Quantity],
        times: Sequence[TimeMention],
        local: regex.Pattern[str] | None,
        limits: Sequence[tuple[int, int]],
    ) -> list[tuple[int, int, str, int]]:
        """Return what is more than a word, in order: start, end, label, index of the quantity."""
        taken: list[tuple[int, int, str, int]] = []
        covered = bytearray(len(text))

        def claim(start: int, end: int, label: str, quantity: int = -1) -> None:
            if start < end and covered.find(1, start, end) < 0:
                covered[start:end] = b"\1" * (end - start)
                taken.append((start, end, label, quantity))

        for index, quantity in enumerate(quantities):
            claim(quantity.start, quantity.outer_end, "quantity", index)
            if quantity.outer_start < quantity.start:
                label = "adverb" if quantity.bound == "about" else "level"
                label = "share" if text[quantity.start - 1] in self._shares else label
                claim(quantity.outer_start, quantity.start, label)
        rules = self._spans_of.select(text)
        for rule in rules:
            if rule.turn == 0:
                rule.claim_all(text, claim)
        for time in times:
            claim(time.phrase_start, time.end, "time")
        for rule in rules:
            if rule.turn == 1:
                rule.claim_all(text, claim)
        for start, end in limits:
            claim(start, end, "noun")
        for rule in rules:
            if rule.turn > 1:
                rule.claim_all(text, claim)
        for mention in self._areas.find(text):
            claim(mention.start, mention.end, _AREA_LABELS.get(mention.area.level, "area"))
        for match in local.finditer(text) if local else ():
            claim(match.start("name"), match.end("name"), "area")
        taken.sort()
        return taken

    def _words(self, text: str, offset: int, raw_span: Callable[[int, int], tuple[int, int]]) -> list[Node]:
        words = self._labelled.get(text)
        if words is None:
            if len(self._labelled) >= _REMEMBERED:
                self._labelled.clear()
            words = self._labelled[text] = tuple(self._label_words(text))
        return [
            Node(offset + start, offset + end, word, label, -1, raw_span(offset + start, offset + end))
            for start, end, word, label in words
        ]

    def _label_words(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield the words of `text` with their labels: start, end, word, label."""
        words = self._segmenter.words(text)
        start = 0
        town = False
        for index, (word, tag) in enumerate(words):
            end = start + len(word)
            after = words[index + 1][0] if index + 1 < len(words) else ""
            if town:
                town = False
            elif after and after in self._rules.towns and (tag == "ns" or len(word) == 2):
                yield start, end + len(after), word + after, "area"
                town = True
            else:
                label = self._labels.get((word, tag))
                if label is None:
                    if len(self._labels) >= _REMEMBERED:
                        self._labels.clear()
                    label = self._labels[word, tag] = self._label(word, tag)
                yield start, end, word, label
            start = end

    def _label(self, word: str, tag: str) -> str:
        if word in self._label_of:
            return self._label_of[word]
        if word in _STOPS or not word.strip():
            return "stop"
        if word in _LIST_MARKS:
            return "comma"
        if self._areas.is_province(word):
            return "area"
        if tag == "ns" and len(word) > 2 and word[-1] in self._rules.towns:
            return "area"
        if self._measures.search(word) and len(word) > 1:
            return "measure"
        for label, tags in self._rules.tags.items():
            if tag in tags:
                return label
        return "noun"

    def _join_verbs(self, nodes: Iterable[Node], sentence: Sentence) -> list[Node]:
        """Settle what a word is by its neighbours: 提高 and 到 make one level verb, 堵乱 and 点 one noun."""
        joined: list[Node] = []
        joining, tails, steps, nouned = self._joining, self._tails, self._steps, self._rules.nouned
        for node in nodes:
            if not joined:
                joined.append(node)
                continue
            before, word = joined[-1], node.text
            if (word in tails or word in steps) and self._is_tail(joined, node):
                if before.label == "of":
                    joined.pop()
            elif (word in joining or node.label == "measure") and (label := self._joint_label(before, node)):
                raw = sentence.raw_span(before.start, node.end)
                joined[-1] = Node(before.start, node.end, before.text + word, label, -1, raw)
            elif word in nouned and before.label in _NOUNING:
                joined.append(node._replace(label="noun"))
            else:
                joined.append(node)
        given = -1
        for place in range(len(joined) - 1):
            node, after = joined[place], joined[place + 1]
            if place == given and after.label in _GIVEN and self._modifies(node):
                joined[place] = node._replace(label="nominal")
                given = place + 1
            elif node.label in _SHIFTING or node.text in self._shifting:
                self._settle(joined, place, node, after)
            if node.text in self._giving:
                given = place + 1
        return joined

    def _settle(self, joined: list[Node], place: int, node: Node, after: Node) -> None:
        """Give the word at `place` the label that it has before the one behind it."""
        ends = after.quantity >= 0 or after.label in ("comma", "conj")
        is_object = ends and self._is_guess(node) and any(before.label in _ACTS for before in joined[:place])
        opens = after.label == "verbal" and (not place or joined[place - 1].label not in _MODIFIED)
        if opens and node.text in self._rules.attributive:
            return
        if label := "noun" if is_object else self._label_before(node, after):
            joined[place] = node._replace(label=label)

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

    def _modifies(self, node: Node) -> bool:
        """Tell whether a word may modify the noun behind it where a verb stands before it: 发放租赁补贴."""
        return node.label == "verbal" or (len(node.text) > 1 and self._is_guess(node))

    def _is_guess(self, node: Node) -> bool:
        """Tell whether a word is a verb by the segmenter alone, which takes many a noun for one (违建)."""
        return node.label == "act" and node.text not in self._label_of


def _split(nodes: Sequence[Node]) -> Iterator[Clause]:
    row: list[Node] = []
    joint: Joint = "start"
    for index, node in enumerate(nodes):
        if node.label == "stop" or node.text in "（）()":
            if row:
                yield _clause(row, joint, node.text)
            row, joint = [], "comma"
        elif node.label in ("comma", "conj") and _ends_item(nodes, index, row):
            yield _clause(row, joint)
            row, joint = [], "list"
        else:
            row.append(node)
    if row:
        yield _clause(row, joint)


def _clause(row: Sequence[Node], joint: Joint, stop: str = "") -> Clause:
    return Clause(tuple(row), joint, stop, [node.quantity for node in row if node.quantity >= 0])


def _ends_item(nodes: Sequence[Node], index: int, row: Sequence[Node]) -> bool:
    """Tell whether the 、 or 和 at `index` ends an item that has its own quantity."""
    if index + 1 >= len(nodes):
        return False
    verb, figure = (*_spoken(nodes[index + 1 : index + 5]), nodes[index], nodes[index])[:2]
    is_done = bool(row) and row[-1].quantity >= 0 and next(_spoken(row), row[0]).label in _DEEDS
    if nodes[index].label == "comma" and verb.label == "act" and figure.quantity >= 0 and not is_done:
        return bool(row) and row[-1].label in _SUBJECTS and any(node.label in _DEEDS for node in row)
    if not any(node.quantity >= 0 for node in row):
        return False
    if nodes[index].label == "comma" and row[-1].quantity < 0 and verb.label in _ACTS:
        return True
    before, after = row[-1].quantity >= 0, nodes[index + 1].quantity >= 0
    return before != after


def _spoken(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the words that are no adverbs."""
    return (node for node in nodes if node.label not in ("adverb", "manner"))
