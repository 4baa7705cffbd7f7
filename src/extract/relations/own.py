"""Candidates for the object of a figure in the words of its own clause, each with what speaks for and against it."""

from __future__ import annotations

from typing import Final

from extract.model.clause import Nodes
from extract.relations.figures import Figure, Own
from extract.relations.lexicon import Lexicon
from extract.relations.names import NO_NAMES, Names

_PASSED: Final = frozenset("UDLSRAPFVBTYZOI")
"""What may stand between a figure and the end of its object before it."""
_CROSSING: Final = frozenset("SDRF")
"""占, 高于, 居 and 由: between these and the figure a noun phrase may stand that is not the object."""
_REACHING: Final = "IL"
"""Between 为 or 达到 and the figure 每吨 says what the figure is of, and ends no object: 收购价为每吨2505元."""
_OF_MULTIPLES: Final = frozenset("SDRFL")
"""What is crossed before a multiple: 拥有量是搬迁之初的十倍."""
_NO_FIRST: Final = frozenset("OCZLDSRFKQTW")
_NO_LAST: Final = frozenset("OCPIAFDSRLXKQTWY")
_CROSSED: Final = ("share", "rank", "differ", "from")
_BREAKS: Final = "QK"
_LONGEST: Final = 16
_MOST_VERBS: Final = 2
_MOST_CROSSED: Final = 7
_VIEW: Final = 9
_OPENING_BRACKETS: Final = "（("
_GAPS: Final = (("U", "up"), ("D", "differ"), ("S", "share"), ("R", "rank"), ("L", "level"), ("I", "is"), ("F", "from"))


class OwnFinder:
    """Finds the candidates that a clause itself names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, figure: Figure, low: int, high: int) -> list[Own]:
        """The candidates for a figure in the run of figures `low` to `high` (nodes, inclusive); the last names none."""
        clause, letters, form, quantity = figure.clause, figure.letters, figure.form, figure.quantity
        nodes = clause.nodes
        right = high + 1
        while right < len(nodes) and letters[right] == "Q":
            right += 1
        if right < len(nodes) and letters[right] == "O":
            right += 1
        left = low
        while left > 0 and letters[left - 1] in "AT":
            left -= 1
        around = ("l" if left and letters[left - 1] in "NMBV" else "") + (
            "r" if right < len(nodes) and letters[right] in "NBMVEGXA" else ""
        )
        found: list[Own] = []
        self._add_left(found, nodes, letters, low, form, around, quantity.unit)
        self._add_right(found, nodes, letters, high, right, form, quantity.unit)
        before = letters[left - 1] if left else "START"
        names = [
            f"before={before} {form}",
            f"before={before}",
            f"first={letters[0]}",
            form,
            f"joint={clause.joint}",
            f"around={around}",
        ]
        found.append(Own("none", 0, 0, "", NO_NAMES, names))
        return found

    def _add_left(
        self, found: list[Own], nodes: Nodes, letters: list[str], position: int, form: str, around: str, unit: str
    ) -> None:
        end = position
        verbs = crossed = 0
        crossing = _OF_MULTIPLES if form == "multiple" else _CROSSING
        while end > 0:
            letter = letters[end - 1]
            if letter == "Q":
                if end < position and letters[end] != "Q":
                    break
                end -= 1
                continue
            reaches = letter == "E" and end > 1 and letters[end - 2] in _REACHING
            if letter not in _NO_LAST and not reaches:
                gap = _gap_of(letters[end:position])
                if not crossed or gap in _CROSSED or (form == "multiple" and gap == "level"):
                    shared = [f"{gap} {form}", f"{gap} around={around}", f"{gap} verbs={verbs}"]
                    if crossed:
                        shared.append(f"{gap} crossed")
                    shared += self._end_names(nodes, letters, end, position, form, gap, unit)
                    self._add_starts(found, nodes, letters, end, gap, Names(shared))
            if letter in "VB":
                verbs += 1
                if verbs > _MOST_VERBS:
                    break
            elif letter not in _PASSED and not reaches:
                if crossed > _MOST_CROSSED or not any(x in crossing for x in letters[max(0, end - _VIEW) : end]):
                    break
                crossed += 1
            end -= 1

    def _end_names(
        self, nodes: Nodes, letters: list[str], end: int, position: int, form: str, gap: str, unit: str
    ) -> list[str]:
        """What speaks for and against a phrase on the left that ends before the node `end`."""
        lexicon = self._lexicon
        last, letter, after = nodes[end - 1], letters[end - 1], letters[end]
        fit = lexicon.fit(unit, last.text)
        names = [
            f"{gap} last={letter}",
            f"{gap} after={after}",
            f"{gap} fit={fit}",
            f"fit={fit}",
            f"last={letter}",
            f"lasttag={last.tag[:2]}",
            f"lastkind={lexicon.kind(last.text)} {form}",
        ]
        if letter in "VB":
            names.append(f"lastverb use={lexicon.use(last.text)} gov={lexicon.governs(last.text)}")
        if after in "VB":
            names.append(f"gapframe={lexicon.frame(nodes[end].text)}")
            names.append(f"gapverb use={lexicon.use(nodes[end].text)} gov={lexicon.governs(nodes[end].text)}")
        if end < position and letters[position - 1] == "Q":
            names.append("over")
        if last.label == "area":
            names.append("area")
        return names

    def _add_starts(
        self, found: list[Own], nodes: Nodes, letters: list[str], end: int, gap: str, common: Names
    ) -> None:
        """Add the phrases on the left that end before the node `end`."""
        inside = _Inside()
        start = end
        while start > 0 and end - start < _LONGEST:
            start -= 1
            letter = letters[start]
            if letter in _BREAKS:
                return
            inside.take(letter, start == end - 1)
            if letter not in _NO_FIRST:
                names = _start_names(nodes, letters, start, end, gap, inside)
                names += self._start_verb_names(nodes, letters, start, end, gap)
                found.append(Own("left", start, end, gap, common, names))

    def _start_verb_names(self, nodes: Nodes, letters: list[str], start: int, end: int, gap: str) -> list[str]:
        """What speaks for and against a phrase by the verb that it begins with and the verb before it."""
        lexicon, letter = self._lexicon, letters[start]
        word = nodes[start].text
        size = min(end - start, 2)
        names: list[str] = []
        if letter in "VBU":
            names += [
                f"firstverb use={lexicon.use(word)} gov={lexicon.governs(word)} size={size}",
                f"firstmod={lexicon.modifies(word)} size={size}",
                f"firstframe={lexicon.frame(word)} size={size}",
            ]
        if start and letters[start - 1] in "VBU":
            before = nodes[start - 1].text
            use = lexicon.use(before)
            names += [
                f"prevuse={use} first={letter}",
                f"prevuse={use} prev2={letters[start - 2] if start > 1 else 'START'}",
                f"prevframe={lexicon.frame(before)} {gap}",
                f"prevmod={lexicon.modifies(before)} first={letter}",
                f"prevgov={lexicon.governs(before)}",
                f"prevverb={len(before)} {gap}",
            ]
        return names

    def _add_right(
        self, found: list[Own], nodes: Nodes, letters: list[str], position: int, right: int, form: str, unit: str
    ) -> None:
        """Add the phrases that begin at the node `right` behind the figure."""
        if right >= len(nodes) or nodes[right].text[0] in _OPENING_BRACKETS or letters[right] in _NO_FIRST:
            return
        common = Names(_right_names(nodes, letters, position, right, form))
        inside = _Inside()
        turns = 0
        end = right
        while end < len(nodes) and end - right < _LONGEST:
            letter = letters[end]
            if letter in _BREAKS:
                return
            turns += end > right and nodes[end].tag[:1] in ("v", "i", "d") and nodes[end - 1].tag[:1] == "n"
            inside.take(letter, False)
            end += 1
            if letter not in _NO_LAST:
                names = self._right_end_names(nodes, letters, right, end, form, unit, inside)
                names.append(f"turns={min(turns, 2)} size={min(end - right, 3)}")
                names += self._right_verb_names(nodes, letters, end)
                found.append(Own("right", right, end, "", common, names))

    def _right_end_names(
        self, nodes: Nodes, letters: list[str], right: int, end: int, form: str, unit: str, inside: _Inside
    ) -> list[str]:
        """What speaks for and against a phrase on the right that ends before the node `end`."""
        last, letter = nodes[end - 1], letters[end - 1]
        after = letters[end] if end < len(nodes) else "END"
        size = end - right
        fit = self._lexicon.fit(unit, last.text)
        return [
            f"fit={fit} size={min(size, 3)}",
            f"fit={fit}",
            f"lasttag={last.tag[:2]}",
            f"last={letter} after={after}",
            f"after={after}",
            f"last={letter}",
            f"aftertag={nodes[end].tag[:1] if end < len(nodes) else ''}",
            f"lastkind={self._lexicon.kind(last.text)} {form}",
            f"verbs={min(inside.verbs, 2)} last={letter}",
            f"adv={min(inside.adverbs, 2)}",
            f"size={min(size, 8)}",
        ]

    def _right_verb_names(self, nodes: Nodes, letters: list[str], end: int) -> list[str]:
        """What speaks for and against a phrase on the right by the verb that it ends with and the verb behind it."""
        lexicon = self._lexicon
        after = letters[end] if end < len(nodes) else "END"
        names: list[str] = []
        if end < len(nodes) and after in "VBNU":
            names.append(f"afteruse={lexicon.use(nodes[end].text)} {after}")
        if letters[end - 1] in "VB":
            names.append(f"lastverb use={lexicon.use(nodes[end - 1].text)}")
        if end < len(nodes) and after in "VB":
            names.append(f"aftermod={lexicon.modifies(nodes[end].text)}")
            names.append(f"afterframe={lexicon.frame(nodes[end].text)}")
        return names


class _Inside:
    """How many words of some groups a phrase holds so far."""

    __slots__ = ("adverbs", "areas", "lists", "times", "verbs")

    def __init__(self) -> None:
        self.verbs = self.lists = self.areas = self.adverbs = self.times = 0

    def take(self, letter: str, is_last: bool) -> None:
        """Count a word of the group `letter`; the verb that a phrase ends with is none inside it."""
        self.verbs += letter == "V" and not is_last
        self.lists += letter == "C"
        self.areas += letter == "G"
        self.adverbs += letter == "A"
        self.times += letter in "TY"


def _start_names(nodes: Nodes, letters: list[str], start: int, end: int, gap: str, inside: _Inside) -> list[str]:
    """What speaks for and against a phrase on the left that begins at the node `start`."""
    letter, tag, size = letters[start], nodes[start].tag, end - start
    prev = letters[start - 1] if start else "START"
    prev2 = letters[start - 2] if start > 1 else "START"
    return [
        f"prev={prev} prev2={prev2} {gap}",
        f"prev={prev} prev2={prev2}",
        f"prev={prev} first={letter} prevlen={len(nodes[start - 1].text) if start else 0}",
        f"prev={prev} first={letter}",
        f"{gap} prev={prev} verbs={min(inside.verbs, 2)}",
        f"{gap} prev={prev}",
        f"prev={prev}",
        f"first={letter} tag={tag[:1]} size={min(size, 2)}",
        f"firsttag={tag[:2]}",
        f"first={letter}",
        f"prevtag={nodes[start - 1].tag[:1] if start else ''}",
        f"size={min(size, 8)}",
        f"gen={min(inside.areas, 2)}",
        f"adv={min(inside.adverbs, 2)}",
        f"time={min(inside.times, 1)}",
        f"list={min(inside.lists, 2)}",
    ]


def _right_names(nodes: Nodes, letters: list[str], position: int, right: int, form: str) -> list[str]:
    """What speaks for and against any phrase that begins at the node `right` behind the figure."""
    left = position
    while left > 0 and letters[left - 1] in "ATQC":
        left -= 1
    before = letters[left - 1] if left else "START"
    return [
        f"{form}",
        f"before={before} {form}",
        f"before={before}",
        f"first={letters[right]}",
        f"firsttag={nodes[right].tag[:2]}",
    ]


def _gap_of(between: list[str]) -> str:
    """The kind of verb among the letters between a phrase and its figure, `near` for none."""
    for letter, name in _GAPS:
        if letter in between:
            return name
    if "V" in between or "B" in between:
        return "verb"
    return "prep" if "P" in between else "near"
