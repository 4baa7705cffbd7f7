"""Labels the words of a sentence and cuts it into clauses, the rows that `relate` reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from extract.areas import AreaFinder, Places
from extract.hmm import Word
from extract.numerals import alternation, fill
from extract.patterns import compiled
from extract.prefilter import Index, Prefilter
from extract.quantity import Quantity
from extract.rulebook.schema import WordRules
from extract.segment import Segmenter
from extract.sentence import Sentence
from extract.times import TimeMention

Joint = Literal["start", "comma", "list"]
"""What stands before a clause: the sentence's start, a stop such as ，, or a 、 of a list."""

_STOPS = "，,；;：:。！？!?…—“”‘’「」《》"
_SEMICOLONS = ("；", ";")
_PARENTHESES = ("（", "）", "(", ")")
_LIST_MARKS = "、/／"
_MODIFIED = ("noun", "nominal", "measure", "verbal")
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
_NO_PLACES = Places()
_STRETCHES, _WORDS = 1 << 13, 1 << 16
"""So many stretches of text keep their labelled words, and so many words their label, before all are forgotten."""
_NEAR = 4
_JOINED = ("up", "down", "act", "verbal", "nominal")
_SUBJECTS = ("noun", "nominal", "measure", "generic", "per")
_OPENERS = ("time", "adverb", "manner", "among")
_LISTED = ("area", "comma", "conj")
_JOINS, _SHIFTS, _PARTS, _GIVES = 1, 2, 4, 8
"""Marks of words: may be one with the word before, has a label by the word behind, may end a clause, gives."""
_PARTING = ("stop", "comma", "conj")


class Node:
    """A labelled word or span of `sentence`; offsets in its text, end exclusive.

    `quantity` is the index into the sentence's quantities, -1 for a word; `marks` tell what may be done with it.
    """

    __slots__ = ("end", "label", "marks", "quantity", "sentence", "start", "text")

    def __init__(
        self, start: int, end: int, text: str, label: str, quantity: int, marks: int, sentence: Sentence
    ) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.label = label
        self.quantity = quantity
        self.marks = marks
        self.sentence = sentence

    @property
    def raw(self) -> tuple[int, int]:
        """Its offsets in the raw text, end exclusive."""
        return self.sentence.raw_span(self.start, self.end)


class Clause:
    """A row of labelled nodes between two stops.

    `stop` is the mark that ends it, '' if none does; `quantities` are the indices of the quantities in it.
    """

    __slots__ = ("joint", "nodes", "quantities", "stop")

    def __init__(self, nodes: tuple[Node, ...], joint: Joint, stop: str, quantities: Sequence[int]) -> None:
        self.nodes = nodes
        self.joint = joint
        self.stop = stop
        self.quantities = quantities

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
        end = self._areas_end()
        return self.nodes[end - 1] if end else None

    @property
    def generic_area(self) -> Node | None:
        """The word such as 全省 or 全市 that the clause opens with."""
        start = self._opening()
        return self.nodes[start] if start < len(self.nodes) and self.nodes[start].label == "generic" else None

    @property
    def generic_acts(self) -> bool:
        """Whether that word is the subject of the clause (全国新增), not part of a name (全国文明城市)."""
        place = self._opening() + 1
        after = self.nodes[place] if place < len(self.nodes) else None
        return after is not None and after.label not in _SUBJECTS and after.quantity < 0

    @property
    def area_acts(self) -> bool:
        """Whether that area is the subject of the clause (灌口镇盘活边角地), not part of its name."""
        end = self._areas_end()
        after = self.nodes[end:] if end else ()
        named = after and after[0].label == "verbal" and any(node.label in _PREDICATES for node in after[1:])
        if not self.quantities and len(after) == 1:
            return True
        return bool(after) and after[0].label not in _SUBJECTS and not (named and not self.quantities)

    @property
    def listed_areas(self) -> list[Node]:
        """The areas of a list that the clause opens with (甲县、乙县分别为……), empty if it opens with no list."""
        start = end = self._opening()
        while end < len(self.nodes) and self.nodes[end].label in _LISTED:
            end += 1
        areas = [node for node in self.nodes[start:end] if node.label == "area"]
        return areas if 1 < len(areas) < end - start else []

    def _opening(self) -> int:
        """Return the number of the node behind the times and adverbs that the clause opens with."""
        for place, node in enumerate(self.nodes):
            if node.label not in _OPENERS and node.text != "在":
                return place
        return len(self.nodes)

    def _areas_end(self) -> int:
        """Return the number of the node behind the area that the clause opens with, 0 if it opens with none."""
        nodes = self.nodes
        start = end = self._opening()
        while end < len(nodes) and nodes[end].label == "area":
            end += 1
        is_list = end < len(nodes) and nodes[end].label in ("comma", "conj")
        return 0 if is_list or end == start else end


_Labelled = tuple[int, int, str, str, int]
"""A word of a stretch of text: start, end, word, label, marks."""


class _SpanRule:
    """A pattern of what makes one node, and when it may claim its place: those of turn 0 before the times."""

    def __init__(self, turn: int, label: str, pattern: str) -> None:
        self.turn = turn
        self._label = label
        self._pattern = compiled(pattern)
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
        self._measures = compiled(rules.measures)
        self._tails, self._steps = frozenset(rules.tails), frozenset(rules.steps)
        self._joining = frozenset((*rules.joiners, *rules.suffixes, *rules.compounding))
        self._shifting = frozenset((*rules.standing, *rules.attributive, *rules.moving, *rules.degrees))
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
        self._before_place, self._after_place = compiled(rules.local_before), compiled(rules.local_after)
        self._marks_of_word = dict.fromkeys((*self._tails, *self._steps, *self._joining, *rules.nouned), _JOINS)
        for word in self._shifting:
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
        for start, end, label, quantity in self._spans(text, quantities, times, local, limits):
            if position < start:
                self._add_words(nodes, text[position:start], position, sentence)
            word = text[start:end]
            nodes.append(Node(start, end, word, label, quantity, self._marks(word, label), sentence))
            position = end
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
        for start, end in self._places(text, local):
            claim(start, end, "area")
        taken.sort()
        return taken

    def _places(self, text: str, local: Places) -> Iterator[tuple[int, int]]:
        """Yield where `text` names one of the places `local`."""
        last = 0
        for start, end in local.find(text):
            if start >= last and self._before_place.match(text, start) and self._after_place.match(text, end):
                yield start, end
                last = end

    def _add_words(self, nodes: list[Node], text: str, offset: int, sentence: Sentence) -> None:
        """Add the words of `text`, which begins at `offset` of `sentence`."""
        words = self._labelled.get(text)
        if words is None:
            if len(self._labelled) >= _STRETCHES:
                self._labelled.clear()
            words = self._labelled[text] = tuple(
                [(*word, self._marks(word[2], word[3])) for word in self._label_words(text)]
            )
        for start, end, word, label, marks in words:
            nodes.append(Node(offset + start, offset + end, word, label, -1, marks, sentence))

    def _marks(self, word: str, label: str) -> int:
        return self._marks_of_word.get(word, 0) | self._marks_of_label.get(label, 0)

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
                    if len(self._labels) >= _WORDS:
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

    def _join_verbs(self, nodes: Iterable[Node]) -> list[Node]:
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
            joined[-1] = Node(before.start, node.end, whole, label, -1, marks, node.sentence)
        elif word in self._rules.nouned and before.label in _NOUNING:
            joined.append(self._relabelled(node, "noun"))
        else:
            joined.append(node)

    def _relabelled(self, node: Node, label: str) -> Node:
        marks = self._marks(node.text, label)
        return Node(node.start, node.end, node.text, label, node.quantity, marks, node.sentence)

    def _settle(self, joined: list[Node], place: int, node: Node, after: Node) -> None:
        """Give the word at `place` the label that it has before the one behind it."""
        ends = after.quantity >= 0 or after.label in ("comma", "conj")
        is_object = ends and self._is_guess(node) and any(before.label in _ACTS for before in joined[:place])
        opens = after.label == "verbal" and (not place or joined[place - 1].label not in _MODIFIED)
        if opens and node.text in self._rules.attributive:
            return
        if label := "noun" if is_object else self._label_before(node, after):
            joined[place] = self._relabelled(node, label)

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


def _split(nodes: Sequence[Node]) -> list[Clause]:
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
