"""Labels the words of a sentence and cuts it into clauses, the rows that `relate` reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from extract.grammar.spans import Claims, Span, SpanRule
from extract.matching.bounded import remember
from extract.matching.literals import Index
from extract.matching.patterns import alternation, compiled, fill
from extract.mentions.areas import AreaFinder, Places
from extract.mentions.times import TimeMention
from extract.model.clause import ACTS, SUBJECTS, Clause, Joint, Node
from extract.model.quantity import Quantity
from extract.model.sentence import Sentence
from extract.rulebook.schema import WordRules
from extract.words.dictionary import Word
from extract.words.segmenter import Segmenter

_STOPS: Final = "，,；;：:。！？!?…—“”‘’「」《》【】"
_PARENTHESES: Final = frozenset("（）()")
_LIST_MARKS: Final = "、/／"
_MODIFIED: Final = frozenset(("noun", "nominal", "measure", "verbal"))
_NOUNING: Final = frozenset((*_MODIFIED, "quantity"))
_SUFFIXED: Final = frozenset(("noun", "act", "verbal", "nominal", "measure", "light", "up", "down"))
_DEEDS: Final = frozenset((*ACTS, "up", "down", "verbal"))
_SHIFTING: Final = ("act", "up", "down")
"""Labels of words that the word behind them may give another."""
_AREA_LABELS: Final = {"nation": "generic", "zone": "noun", "region": "noun"}
"""Zones (高新区) are no administrative divisions: what is said of them is about the article's area."""
_BRACKETS: Final = r"“[^“”]*”|‘[^‘’]*’|《[^《》]*》|（[^（）]*）|\([^()]*\)|「[^「」]*」"
_NO_PLACES: Final = Places()
_STRETCHES: Final = 1 << 13
"""So many stretches of text keep their labelled words before all are forgotten."""
_WORDS: Final = 1 << 16
"""So many words keep their label before all are forgotten."""
_NEAR: Final = 4
_JOINED: Final = frozenset(("up", "down", "act", "verbal", "nominal"))
_PARTING: Final = ("stop", "comma", "conj")

# Marks of words.
_JOINS: Final = 1
"""May be one with the word before."""
_SHIFTS: Final = 2
"""Has a label by the word behind."""
_PARTS: Final = 4
"""May end a clause."""
_GIVES: Final = 8
"""Gives: what stands behind it may modify a noun."""

_Labelled = tuple[int, int, str, str, int, str]
"""A word of a stretch of text: start, end, word, label, marks, part of speech."""


class ClauseChunker:
    """Labels words by `rules/words.yaml` and the segmenter's parts of speech."""

    def __init__(self, rules: WordRules, segmenter: Segmenter, areas: AreaFinder, index: Index | None = None) -> None:
        self._rules = rules
        self._segmenter = segmenter
        self._areas = areas
        self._label_of = {word: label for label, words in reversed(rules.classes.items()) for word in words}
        self._label_of |= {word: "verbal" for word in rules.classes["nominal"] if self._label_of[word] == "act"}
        self._label_of |= dict.fromkeys(rules.generic_areas, "generic")
        self._measures = compiled(rules.measures)
        self._tails, self._steps = frozenset(rules.tails), frozenset(rules.steps)
        self._joining = frozenset((*rules.joiners, *rules.suffixes, *rules.compounding))
        self._joiners, self._suffixes = frozenset(rules.joiners), frozenset(rules.suffixes)
        self._standing, self._attributive = frozenset(rules.standing), frozenset(rules.attributive)
        self._moving, self._degrees = frozenset(rules.moving), frozenset(rules.degrees)
        self._nouned, self._compounding = frozenset(rules.nouned), frozenset(rules.compounding)
        self._greatness = frozenset(rules.greatness)
        self._containers, self._towns = frozenset(rules.containers), frozenset(rules.towns)
        self._shares = frozenset(word for word in rules.classes["share"] if len(word) == 1)
        slots = {name: alternation(rules.classes[name]) for name in ("up", "down", "differ")}
        index = index or Index()
        self._spans_before_times = [
            SpanRule("basis", fill(rules.comparison, slots), index),
            SpanRule("fresh", rules.renewals, index),
            SpanRule("stop", rules.enumerators, index),
            SpanRule("noun", _BRACKETS, index),
        ]
        self._spans_behind_times = [SpanRule("adverb", rules.adverbials, index), SpanRule("per", rules.per, index)]
        self._town_spans = SpanRule("area", rules.places, index)
        self._before_place, self._after_place = compiled(rules.local_before), compiled(rules.local_after)
        self._marks_of_word = dict.fromkeys((*self._tails, *self._steps, *self._joining, *rules.nouned), _JOINS)
        for word in (*rules.standing, *rules.attributive, *rules.moving, *rules.degrees):
            self._marks_of_word[word] = self._marks_of_word.get(word, 0) | _SHIFTS
        for word in _PARENTHESES:
            self._marks_of_word[word] = self._marks_of_word.get(word, 0) | _PARTS
        for word in rules.giving:
            self._marks_of_word[word] = self._marks_of_word.get(word, 0) | _GIVES
        self._marks_of_label = dict.fromkeys(_SHIFTING, _SHIFTS) | dict.fromkeys(_PARTING, _PARTS)
        self._marks_of_label["measure"] = _JOINS
        self._labels: dict[Word, str] = {}
        self._labelled: dict[str, tuple[_Labelled, ...]] = {}

    def clauses(
        self,
        sentence: Sentence,
        quantities: Sequence[Quantity],
        times: Sequence[TimeMention],
        local: Places = _NO_PLACES,
        limits: Sequence[tuple[int, int]] = (),
    ) -> list[Clause]:
        """Return the clauses of `sentence` in order, each with its labelled nodes.

        `local` are the places inside the article's area; `limits` are spans of numbers that
        belong to a name.
        """
        return _split(self._join_verbs(self._nodes(sentence, quantities, times, local, limits)))

    def _nodes(
        self,
        sentence: Sentence,
        quantities: Sequence[Quantity],
        times: Sequence[TimeMention],
        local: Places,
        limits: Sequence[tuple[int, int]],
    ) -> list[Node]:
        """Return the labelled words and spans of `sentence` in order."""
        text = sentence.text
        nodes: list[Node] = []
        position = 0
        for span in self._spans(text, quantities, times, local, limits):
            if position < span.start:
                self._add_words(nodes, text[position : span.start], position, sentence)
            word, label = text[span.start : span.end], span.label
            position = span.end
            nodes.append(Node(span.start, position, word, label, span.quantity, self._marks(word, label), sentence))
        if position < len(text):
            self._add_words(nodes, text[position:], position, sentence)
        return nodes

    def _spans(
        self,
        text: str,
        quantities: Sequence[Quantity],
        times: Sequence[TimeMention],
        local: Places,
        limits: Sequence[tuple[int, int]],
    ) -> list[Span]:
        """Return what is more than a word, in order."""
        claims = Claims()
        for index, quantity in enumerate(quantities):
            claims.add(quantity.start, quantity.outer_end, "quantity", index)
            if quantity.outer_start < quantity.start:
                label = "adverb" if quantity.bound == "about" else "level"
                label = "share" if text[quantity.start - 1] in self._shares else label
                claims.add(quantity.outer_start, quantity.start, label)
        for rule in self._spans_before_times:
            rule.claim_all(text, claims)
        for time in times:
            claims.add(time.phrase_start, time.end, "time")
        for rule in self._spans_behind_times:
            rule.claim_all(text, claims)
        for start, end in limits:
            claims.add(start, end, "noun")
        self._town_spans.claim_all(text, claims)
        for mention in self._areas.find(text):
            claims.add(mention.start, mention.end, _AREA_LABELS.get(mention.area.level, "area"))
        for start, end in self._places(text, local):
            claims.add(start, end, "area")
        return claims.spans

    def _places(self, text: str, local: Places) -> list[tuple[int, int]]:
        """Return where `text` names one of the places `local`."""
        spans: list[tuple[int, int]] = []
        last = 0
        for start, end in local.find(text):
            if start >= last and self._before_place.match(text, start) and self._after_place.match(text, end):
                spans.append((start, end))
                last = end
        return spans

    def _add_words(self, nodes: list[Node], text: str, offset: int, sentence: Sentence) -> None:
        """Add the words of `text`, which begins at `offset` of `sentence`."""
        words = self._labelled.get(text)
        if words is None:
            labelled = tuple(
                [
                    (s, e, word, label, self._marks(word, label), tag)
                    for s, e, word, label, tag in self._label_words(text)
                ]
            )
            words = remember(self._labelled, text, labelled, _STRETCHES)
        for start, end, word, label, marks, tag in words:
            nodes.append(Node(offset + start, offset + end, word, label, -1, marks, sentence, tag))

    def _marks(self, word: str, label: str) -> int:
        return self._marks_of_word.get(word, 0) | self._marks_of_label.get(label, 0)

    def _label_words(self, text: str) -> Iterator[tuple[int, int, str, str, str]]:
        """Yield the words of `text` with their labels: start, end, word, label, part of speech."""
        words = self._segmenter.words(text)
        start = 0
        town = False
        for index, (word, tag) in enumerate(words):
            end = start + len(word)
            after = words[index + 1][0] if index + 1 < len(words) else ""
            if town:
                town = False
            elif after and after in self._towns and (tag == "ns" or len(word) == 2):
                yield start, end + len(after), word + after, "area", tag
                town = True
            else:
                label = self._labels.get((word, tag))
                if label is None:
                    label = remember(self._labels, (word, tag), self._label(word, tag), _WORDS)
                yield start, end, word, label, tag
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
        if tag == "ns" and len(word) > 2 and word[-1] in self._towns:
            return "area"
        if self._measures.search(word) and len(word) > 1:
            return "measure"
        for label, tags in self._rules.tags.items():
            if tag in tags:
                return label
        return "noun"

    def _join_verbs(self, nodes: list[Node]) -> list[Node]:
        """Settle what a word is by its neighbours: 提高 and 到 make one level verb, 堵乱 and 点 one noun."""
        joined: list[Node] = []
        for node in nodes:
            if node.marks & _JOINS and joined:
                self._join(joined, node)
            else:
                joined.append(node)
        given = -1
        for place in range(len(joined) - 1):
            node = joined[place]
            if place == given and joined[place + 1].label in _MODIFIED and self._modifies(node):
                joined[place] = self._relabelled(node, "nominal")
                given = place + 1
            elif node.marks & _SHIFTS:
                self._settle(joined, place, node, joined[place + 1])
            if node.marks & _GIVES:
                given = place + 1
        return joined

    def _join(self, joined: list[Node], node: Node) -> None:
        """Add a word that may be one with the word before, or say nothing."""
        before, word = joined[-1], node.text
        if (word in self._tails or word in self._steps) and self._is_tail(joined, node):
            if before.label == "of":
                joined.pop()
        elif (word in self._joining or node.label == "measure") and (label := self._joint_label(before, node)):
            whole = before.text + word
            marks = self._marks(whole, label)
            joined[-1] = Node(before.start, node.end, whole, label, -1, marks, node.sentence, before.tag)
        elif word in self._nouned and before.label in _NOUNING:
            joined.append(self._relabelled(node, "noun"))
        else:
            joined.append(node)

    def _relabelled(self, node: Node, label: str) -> Node:
        marks = self._marks(node.text, label)
        return Node(node.start, node.end, node.text, label, node.quantity, marks, node.sentence, node.tag)

    def _settle(self, joined: list[Node], place: int, node: Node, after: Node) -> None:
        """Give the word at `place` the label that it has before the one behind it."""
        ends = after.quantity >= 0 or after.label in ("comma", "conj")
        is_object = ends and self._is_guess(node) and any(before.label in ACTS for before in joined[:place])
        opens = after.label == "verbal" and (not place or joined[place - 1].label not in _MODIFIED)
        if opens and node.text in self._attributive:
            return
        if label := "noun" if is_object else self._label_before(node, after):
            joined[place] = self._relabelled(node, label)

    def _is_tail(self, nodes: list[Node], node: Node) -> bool:
        """Tell whether a word behind a quantity says nothing of what it counts: 跨上万亿台阶, 增长5.5%的目标."""
        if nodes[-1].label in ("up", "down") and node.text in self._tails:
            return not any(before.label == "of" for before in nodes[-_NEAR:])
        has_of = nodes[-1].label == "of"
        head = nodes[-2] if has_of and len(nodes) > 1 else nodes[-1]
        return head.quantity >= 0 and node.text in (self._tails if has_of else self._steps)

    def _joint_label(self, before: Node, node: Node) -> str:
        """Return the label of the one word that two touching ones make, '' if they make none."""
        if before.end != node.start:
            return ""
        if node.text in self._joiners and before.label in _JOINED:
            return "level"
        if node.text in self._suffixes and before.label in _SUFFIXED:
            return "measure"
        if node.label == "measure" and before.text in self._greatness:
            return "measure"
        if node.text in self._compounding and before.label == "act" and len(before.text) > 1 and node.label == "noun":
            return "noun"
        return ""

    def _label_before(self, node: Node, after: Node) -> str:
        """Return the label that a word gets from the one behind it, '' if it keeps its own."""
        if after.quantity >= 0 and node.text in self._standing:
            return "level"
        if after.label in _MODIFIED and node.text in self._attributive:
            return "nominal"
        if after.label == "noun" and node.text in self._moving:
            return "act"
        if after.label in ACTS and node.text in self._degrees:
            return "adverb"
        if node.label in ("up", "down") and after.text in self._tails:
            return "verbal"
        is_modifier = node.label in ("up", "down") or self._is_guess(node)
        return "verbal" if is_modifier and after.text in self._containers else ""

    def _modifies(self, node: Node) -> bool:
        """Tell whether a word may modify the noun behind it where a verb stands before it: 发放租赁补贴."""
        return node.label == "verbal" or (len(node.text) > 1 and self._is_guess(node))

    def _is_guess(self, node: Node) -> bool:
        """Tell whether a word is a verb by the segmenter alone, which takes many a noun for one (违建)."""
        return node.label == "act" and node.text not in self._label_of


def _split(nodes: list[Node]) -> list[Clause]:
    clauses: list[Clause] = []
    row: list[Node] = []
    joint: Joint = "start"
    for index, node in enumerate(nodes):
        if not node.marks & _PARTS:
            row.append(node)
        elif node.label == "stop" or node.text in _PARENTHESES:
            if row:
                clauses.append(_clause(row, joint, node.text))
            row, joint = [], "comma"
        elif node.label in ("comma", "conj") and _ends_item(nodes, index, row):
            clauses.append(_clause(row, joint))
            row, joint = [], "list"
        else:
            row.append(node)
    if row:
        clauses.append(_clause(row, joint))
    return clauses


def _clause(row: list[Node], joint: Joint, stop: str = "") -> Clause:
    return Clause(tuple(row), joint, stop, [node.quantity for node in row if node.quantity >= 0])


def _ends_item(nodes: list[Node], index: int, row: list[Node]) -> bool:
    """Tell whether the 、 or 和 at `index` ends an item that has its own quantity."""
    if index + 1 >= len(nodes):
        return False
    mark, after = nodes[index], nodes[index + 1]
    has_quantity = any(node.quantity >= 0 for node in row)
    if mark.label == "comma":
        spoken = _spoken(nodes[index + 1 : index + 5])
        verb = spoken[0] if spoken else mark
        figure = spoken[1] if len(spoken) > 1 else mark
        if verb.label == "act" and figure.quantity >= 0 and not _is_done(row):
            return bool(row) and row[-1].label in SUBJECTS and any(node.label in _DEEDS for node in row)
        if has_quantity and row[-1].quantity < 0 and verb.label in ACTS:
            return True
    return has_quantity and (row[-1].quantity >= 0) != (after.quantity >= 0)


def _is_done(row: list[Node]) -> bool:
    """Tell whether a row is a verb and ends with its quantity."""
    if not row or row[-1].quantity < 0:
        return False
    spoken = _spoken(row)
    return (spoken[0] if spoken else row[0]).label in _DEEDS


def _spoken(nodes: list[Node]) -> list[Node]:
    """Return the words that are no adverbs."""
    return [node for node in nodes if node.label not in ("adverb", "manner")]
