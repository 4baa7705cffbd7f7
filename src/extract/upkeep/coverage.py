"""Counts for each rule, row, word and weight how many figures of how many documents it decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from extract.model.clause import Clause
from extract.model.document import Document
from extract.pipeline.analysis import Analysis
from extract.pipeline.pipeline import Pipeline
from extract.relations.relator import STAGES
from extract.rulebook.book import Rulebook

Item = tuple[str, str]
"""A file of rules and what decides in it: the id of a rule, the first column of a row, a list and its word."""


class _Ranked(Protocol):
    """A candidate with what speaks for and against it."""

    @property
    def features(self) -> list[str]: ...

    @property
    def score(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Share:
    """How many figures of how many documents something decides."""

    file: str
    name: str
    figures: int
    documents: int

    def is_below(self, figures: int, documents: int) -> bool:
        """Whether it decides fewer figures, or figures of fewer documents."""
        return self.figures < figures or self.documents < documents


class Coverage:
    """Counts over documents.

    A rule decides a figure where its id is in the record, or where it hides or rejects what would be one. A rule of
    times or of status, a word of a list or of the lexicon, a word that is to be cut and a row of a unit count for the
    figures in whose sentence or clause they stand; a row of the tables of counts for those whose object it is looked
    up for; a weight where another candidate would be chosen without it.
    """

    def __init__(self, pipeline: Pipeline, book: Rulebook) -> None:
        self._pipeline = pipeline
        self._items = dict.fromkeys(_items(book))
        self._words = _words(book)
        self._uncut = book.words.uncut
        self._units: dict[str, list[Item]] = {}
        for surface, unit in book.units.items():
            self._units.setdefault(unit.unit, []).append(("units.csv", surface))
        self._ids = {name: (file, name) for file, name in self._items if "." in name and file.endswith(".yaml")}
        self._counted = {noun for _, noun in book.counted}
        self._tables = {("usage.csv", word) for word in book.usage} | {("attributes.csv", w) for w in book.attributes}
        self._figures: Counter[Item] = Counter()
        self._documents: Counter[Item] = Counter()

    def add(self, document: Document) -> None:
        """Count what decides the figures of a document."""
        found: Counter[Item] = Counter()
        for analysis in self._pipeline.analyses(document):
            for item in self._deciding(analysis):
                found[item] += 1
        for item, count in found.items():
            if item in self._items:
                self._figures[item] += count
                self._documents[item] += 1

    def shares(self) -> list[Share]:
        """Return the share of each, in the order of the files."""
        return [Share(*item, self._figures[item], self._documents[item]) for item in self._items]

    def _deciding(self, analysis: Analysis) -> Iterator[Item]:
        """Yield what decides the figures of a sentence, each as often as figures are decided."""
        text = analysis.sentence.text
        names = [mask.id for mask, _ in self._pipeline.quantities.masked(text)]
        names += [reason for _, reason in self._pipeline.quantities.judge(text, self._pipeline.segmenter.known)]
        for metric in analysis.metrics:
            names += set(metric.rules)
        if analysis.metrics:
            around = {one.rule.id for one in analysis.reading.times} | {one.rule.id for one in analysis.reading.cues}
            names += [*around] * len(analysis.metrics)
        yield from (self._ids[name] for name in names if name in self._ids)
        for clause in analysis.clauses:
            yield from self._of_clause(clause, analysis)
        for tableau in analysis.tableaus.values():
            ranked: list[Sequence[_Ranked]] = [tableau.owns, tableau.composites]
            ranked += [tableau.verbs, tableau.kinds, tableau.bases]
            for stage, candidates in zip(STAGES, ranked, strict=True):
                names = list(_decisive(candidates, self._pipeline.relator.weights[stage]))
                yield from (("weights.csv", f"{stage} {name}") for name in names)

    def _of_clause(self, clause: Clause, analysis: Analysis) -> Iterator[Item]:
        count = len(clause.quantities)
        if not count:
            return
        for word in {node.text for node in clause.nodes}:
            for item in (*self._words.get(word, ()), ("usage.csv", word), ("attributes.csv", word)):
                yield from [item] * count
        said = "".join([node.text for node in clause.nodes])
        for word in self._uncut:
            if word in said:
                yield from [("words.yaml", f"uncut {word}")] * count
        for index in clause.quantities:
            quantity = analysis.quantities[index]
            rows = [item for item in self._units.get(quantity.unit, ()) if item[1] in quantity.text]
            yield from [max(rows, key=lambda item: len(item[1]))] if rows else ()
            object_ = analysis.relations[index].object.text
            for start in range(len(object_)):
                ending = object_[start:]
                yield "endings.csv", ending
                yield "counted.csv", f"{quantity.unit} {ending}"
                yield "counted.csv", f"{quantity.unit} -{ending}"


def _decisive(candidates: Sequence[_Ranked], weights: Mapping[str, float]) -> Iterator[str]:
    """Yield the features without whose weight another candidate would be the first."""
    if len(candidates) < 2:
        return
    first = candidates[0]
    counts = [Counter(name for name in one.features if weights.get(name)) for one in candidates]
    for name in set().union(*counts):
        weight = weights[name]
        own = first.score - counts[0][name] * weight
        others = zip(candidates[1:], counts[1:], strict=True)
        if any(one.score - count[name] * weight > own for one, count in others):
            yield name


def _items(book: Rulebook) -> Iterator[Item]:
    rules = (
        ("bounds.yaml", book.bounds),
        ("ranks.yaml", book.ranks.rules),
        ("exclusions.yaml", (*book.exclusions.masks, *book.exclusions.vetoes)),
        ("times.yaml", book.times.rules),
        ("status.yaml", book.status),
    )
    for file, named in rules:
        yield from ((file, rule.id) for rule in named)
    for items in _words(book).values():
        yield from items
    yield from (("units.csv", surface) for surface in book.units)
    yield from (("usage.csv", word) for word in book.usage)
    yield from (("counted.csv", " ".join(pair)) for pair in book.counted)
    yield from (("attributes.csv", word) for word in book.attributes)
    yield from (("endings.csv", ending) for ending in book.endings)
    yield from (("weights.csv", " ".join(pair)) for pair in book.weights)


def _words(book: Rulebook) -> dict[str, list[Item]]:
    """Return where each word stands in the lists of words.yaml and in the lexicon."""
    found: dict[str, list[Item]] = {}
    for name, value in vars(book.words).items():
        if name == "tags":
            continue
        lists = value.items() if isinstance(value, dict) else [("", value)]
        for part, words in lists:
            label = f"{name}.{part}" if part else name
            for word in words if isinstance(words, tuple) else ():
                found.setdefault(word, []).append(("words.yaml", f"{label} {word}"))
    for word in book.lexicon:
        found.setdefault(word, []).append(("lexicon.csv", word))
    return found
