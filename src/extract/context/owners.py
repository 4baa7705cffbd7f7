"""Tells whose a figure is, where it is not the area's own: the named organisation, facility or works of its clause."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from extract.matching.patterns import alternation, compiled
from extract.model.clause import ACTS, Clause, Node
from extract.model.sentence import Sentence
from extract.rulebook.schema import OwnerRules

_STOPS: Final = frozenset(
    (
        "time", "quantity", "comma", "of", "level", "up", "down", "light", "fresh", "intransitive", "adverb", "manner",
        "respective", "prep", "for", "conj", "stop", "share", "basis", "topic", "among", "place", "measure", "generic",
    )
)  # fmt: skip
"""Labels of words that are no part of the name of an organisation or a facility."""
_NAMES: Final = ("nr", "ns", "nt", "nz", "eng", "nrt", "nrfg")
"""Parts of speech of words that are names."""
_QUOTES: Final = "“”「」‘’"
_SHORTEST: Final = 3
_SEVERAL: Final = 2
_LOCAL: Final = "在"
_TO: Final = ("至", "到", "—")
_LEAD: Final = 3
_SEMICOLONS: Final = ("；", ";")
_THINGS: Final = ("noun", "nominal", "measure")
_BRACKETS: Final = ("（", "(")


class Owner:
    """An owner: what it is called, where it stands in a sentence, what class its ending is of."""

    __slots__ = ("end", "kind", "sentence", "speaks", "start", "text")

    def __init__(self, start: int, end: int, kind: str, sentence: Sentence, speaks: bool = True) -> None:
        self.start = start
        self.end = end
        self.text = sentence.text[start:end]
        self.kind = kind
        self.sentence = sentence
        self.speaks = speaks
        """Whether its clause is about it; else it only tells something, or is one of several."""

    @property
    def raw(self) -> tuple[int, int]:
        """Its offsets in the raw text, end exclusive."""
        return self.sentence.raw_span(self.start, self.end)


class OwnerFinder:
    """Finds owners by the rules of `rules/owners.yaml`."""

    def __init__(self, rules: OwnerRules, divisions: Collection[str]) -> None:
        """Take the rules, and the short names of divisions, with which a name may begin."""
        self._divisions = divisions
        self._kinds = {word: kind for kind, words in rules.endings.items() for word in words}
        endings = alternation(sorted(self._kinds, key=len, reverse=True))
        self._ending = compiled(f"(?P<ending>{endings}){rules.parts}$")
        self._building, self._listed_name = compiled(rules.building), compiled(rules.listed)
        self._several = compiled(rules.several)
        self._source, self._not_of = compiled(rules.source), compiled(rules.not_of)
        self._levels = frozenset(rules.levels)
        self._natural = frozenset(rules.natural)
        self._local = frozenset(rules.local)
        self._local_enterprises = compiled(f"{alternation(list(rules.local_enterprises))}$")
        self._goes_on = compiled(rules.goes_on)

    def owners(
        self, clauses: list[Clause], places: Mapping[str, str], before: Owner | None, whole: Owner | None = None
    ) -> tuple[dict[int, Owner], Owner | None]:
        """Return the owner of each figure of a sentence that has one, by its index, and the one it speaks of last.

        That is the named one that is the subject of its clause, or of one before it until a clause speaks of another
        subject or of an area; its own of a list of as many (甲寺、乙寺分别); the one that `before` was spoken of, where
        the sentence goes on about it. `places` are short names of places that may stand in a name, `whole` is the
        company that the article as a whole is about.
        """
        found: dict[int, Owner] = {}
        acting = before if clauses and before and self._is_about(clauses[0].nodes[0].sentence.text, before) else None
        acting = acting or whole
        last = acting
        is_inside = False
        stop = ""
        for clause in clauses:
            if listed := self._listed(clause, places):
                found.update(zip(clause.quantities, listed, strict=False))
                acting = None
                continue
            named = self.named(clause, places)
            if named is not None:
                acting = named if named.speaks else None
                last = named
            elif not is_inside and self._has_subject(clause, stop):
                acting = whole if self._is_thing(clause) else None
            if acting is not None:
                for index in clause.quantities:
                    found[index] = acting
            stop = clause.stop
            is_inside = stop in _BRACKETS
        return found, last

    def _is_about(self, text: str, before: Owner) -> bool:
        """Whether a sentence goes on about the owner of the one before."""
        match = self._goes_on.match(text)
        if match is None:
            return False
        kind = self._kinds.get(match[0][-len("公司") :])
        return kind is None or kind == before.kind or not before.kind

    def named(self, clause: Clause, places: Mapping[str, str]) -> Owner | None:
        """Return the owner that is the subject of a clause, or that a figure before tells of (全长9公里的某隧道)."""
        nodes = clause.nodes
        first = clause.opening
        starts = [first, *(at + 1 for at, node in enumerate(nodes) if node.label == "of" and at + 1 > first)]
        for start in starts:
            if start != first and not any(n.quantity >= 0 or n.label in ACTS for n in nodes[first : start - 1]):
                continue
            if owner := self._name_at(nodes, start, places):
                return owner
        return None

    def _name_at(self, nodes: Sequence[Node], start: int, places: Mapping[str, str]) -> Owner | None:
        if start >= len(nodes) or nodes[start].label in ACTS:
            return None
        sentence = nodes[start].sentence
        text, low = sentence.text, nodes[start].start
        while low and text[low - 1] in _QUOTES:
            low -= 1
        best, kind, at = 0, "", start
        for at in range(start, len(nodes)):
            node = nodes[at]
            is_way = node.text in _TO and at > start and at + 1 < len(nodes) and self._is_place(nodes[at + 1], places)
            if node.label in _STOPS and not is_way and not self._ending.fullmatch(node.text):
                break
            match = self._ending.search(text, low, node.end)
            if match is not None:
                best, kind = match.end(), self._kinds[match["ending"]]
            elif node.label in ACTS:
                break
        after = nodes[at].label if at < len(nodes) and best <= nodes[at].start else ""
        if kind in self._natural and after == "noun":
            return None
        if not best or best - low < _SHORTEST - (kind in self._natural):
            return None
        if not self._is_name(nodes, start, best, kind, places) or self._not_of.search(text, 0, low):
            return None
        building = self._building.match(text, best)
        if building is not None:
            best, kind = building.end(), self._kinds["工程"]
        return Owner(low, best, kind, sentence, not self._source.match(text, best))

    def _is_name(self, nodes: Sequence[Node], start: int, end: int, kind: str, places: Mapping[str, str]) -> bool:
        """Whether what ends like the name of an organisation is a name, and not a word for any such."""
        parts = [node for node in nodes[start:] if node.start < end]
        text = nodes[start].sentence.text[parts[0].start : end]
        if self._several.match(text):
            return False
        first = parts[0]
        is_place = self._is_place(first, places)
        if kind in self._natural:
            return first.tag == "ns" and len(parts) == 1 and not is_place
        is_level = first.text in self._levels and len(parts) > 1
        quoted = nodes[start].sentence.text[parts[0].start - 1 : parts[0].start] in _QUOTES
        is_named = any(node.tag in _NAMES and self._ending.fullmatch(node.text) is None for node in parts)
        is_whole = len(parts) == 1 and first.tag in _NAMES and self._ending.fullmatch(text) is None
        return is_place or is_level or is_named or is_whole or (quoted and bool(first.start))

    def _is_place(self, node: Node, places: Mapping[str, str]) -> bool:
        return node.label == "area" or node.text in places or node.text in self._divisions

    def place_of(self, owner: Owner, places: Mapping[str, str]) -> str:
        """Return the short or full name of the place that an owner lies in, as its name begins, '' if none."""
        if owner.kind not in self._local and not self._local_enterprises.search(owner.text):
            return ""
        if any(mark in owner.text for mark in _TO):
            return ""
        longest = min(len(owner.text), 8)
        return next((owner.text[:n] for n in range(longest, 1, -1) if owner.text[:n] in places), "")

    def _listed(self, clause: Clause, places: Mapping[str, str]) -> list[Owner]:
        """The owners of a list as long as that of the figures behind 分别: 龙门石窟、老君山、白马寺分别."""
        nodes = clause.nodes
        mark = clause.place_of("respective")
        if mark < 1 or len(clause.quantities) < _SEVERAL:
            return []
        starts = [0, *(at + 1 for at in range(mark) if nodes[at].label in ("comma", "conj"))]
        starts = [at for at in starts if not nodes[at].opens] or starts
        if len(starts) != len(clause.quantities):
            return []
        ends = [*(at - 1 for at in starts[1:]), mark]
        items = [nodes[start:end] for start, end in zip(starts, ends, strict=True)]
        if not all(items):
            return []
        named = [
            self._name_at(nodes[: start + len(item)], start, places) for start, item in zip(starts, items, strict=True)
        ]
        if sum(one is not None for one in named) * 2 < len(items):
            return []
        return [Owner(item[0].start, item[-1].end, "", item[0].sentence) for item in items]

    def _has_subject(self, clause: Clause, stop: str) -> bool:
        """Whether a clause speaks of an area, another name, or behind a semicolon of any thing."""
        word = clause.area or clause.generic_area
        if word is not None and not word.sentence.text[: word.start].endswith(_LOCAL):
            return True
        first = clause.head
        if first is not None and first.sentence.text[: first.start].endswith(tuple(_QUOTES)):
            return True
        is_name = first is not None and first.tag in _NAMES and first.label == "noun" and len(clause.nodes) > 1
        return is_name or (stop in _SEMICOLONS and first is not None and first.label in _THINGS)

    def _is_thing(self, clause: Clause) -> bool:
        """Whether a clause opens with a noun that is no name: 归母净利润."""
        first = clause.head
        return first is not None and first.label in _THINGS and first.tag not in _NAMES

    def of_shares(self, sentences: Sequence[Sentence]) -> Owner | None:
        """Return the company that an article is about, by its name on the exchange, where it names one alone."""
        found: dict[str, Owner] = {}
        for sentence in sentences:
            for match in self._listed_name.finditer(sentence.text):
                found.setdefault(match["name"], Owner(match.start("name"), match.end("name"), "", sentence))
        one = next(iter(found.values()), None)
        is_lead = one is not None and any(one.text in sentence.text for sentence in sentences[:_LEAD])
        return one if len(found) == 1 and is_lead else None
