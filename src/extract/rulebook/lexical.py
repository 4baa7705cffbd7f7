"""What the tables of counts hold that `make lexicon` writes, and `mining.yaml`, which says how they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.rulebook.schema import Rule, Schema, Word, Words

CountedClass = Literal[
    "person", "household", "organisation", "building", "facility", "vehicle", "animal", "event", "money", "area",
    "length", "mass", "volume", "energy", "rate", "time", "other",
]  # fmt: skip
"""What a thing is, as far as the units tell that count it."""


@dataclass(frozen=True, kw_only=True)
class Usage(Schema):
    """A row of `usage.csv`: how often a word is seen as a noun, as a verb, and inside a noun phrase before its head.

    `figure` is how often it governs a figure or stands right before one; of these it is in `object` a verb with what
    is counted behind it (建成3座学校, 建成学校3座), in `subject` one that measures what stands before it (面积达到5亩).
    """

    word: Word
    noun: int
    verb: int
    modifier: int = 0
    figure: int = 0
    object: int = 0
    subject: int = 0


@dataclass(frozen=True, kw_only=True)
class Counted(Schema):
    """A row of `counted.csv`: how often a noun ends the phrase right behind, or before, a figure with this unit.

    A noun `-X` stands for all that end in X.
    """

    unit: Word
    noun: Word
    behind: int
    before: int

    @property
    def pair(self) -> tuple[str, str]:
        """The unit and the noun: what the row is found by."""
        return self.unit, self.noun


@dataclass(frozen=True, kw_only=True)
class Attribute(Schema):
    """A row of `attributes.csv`: how often a noun is the whole subject of a figure, and how often it has an owner."""

    word: Word
    bare: int
    owned: int


@dataclass(frozen=True, kw_only=True)
class Ending(Schema):
    """A row of `endings.csv`: what nouns with this ending are, and how many counts by a unit say so."""

    ending: Word
    kind: CountedClass
    count: int


@dataclass(frozen=True, kw_only=True)
class Formation(Schema):
    """A row of `formation.csv`: which verbs and nouns of two characters a character begins and ends."""

    char: Word
    begins_verbs: int
    begins_nouns: int
    ends_verbs: int
    ends_nouns: int


@dataclass(frozen=True, kw_only=True)
class Weight(Schema):
    """A row of `weights.csv`: how much a feature speaks for a candidate (below 0, against it), by `extract rank`.

    Those of the stage `own` are of phrases of the figure's clause, those of `object` of objects composed of them, the
    others of what a figure's predicate, kind and base are chosen among.
    """

    stage: Literal["own", "object", "predicate", "kind", "base"]
    feature: Word
    weight: float

    @property
    def pair(self) -> tuple[str, str]:
        """The stage and the feature: what the row is found by."""
        return self.stage, self.feature


@dataclass(frozen=True, kw_only=True)
class ItemClass(Schema):
    """What an item of a row must be one of: a word, a part of speech, or a figure by its unit or its dimension."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WitnessExample(Schema):
    text: str
    word: str


@dataclass(frozen=True, kw_only=True)
class Witness(Rule):
    """A context that says whether the word in it is used as a noun, as a verb, or modifies a noun.

    `before` and `after` are names of classes, with `|` between several and `*` or `?` behind; `tags` are the parts of
    speech that it holds for, all if there are none.
    """

    reading: Literal["noun", "verb", "modifier"]
    tags: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    examples: tuple[WitnessExample, ...]
    counter_examples: tuple[WitnessExample, ...]


@dataclass(frozen=True, kw_only=True)
class MiningRules(Schema):
    """`mining.yaml`: how the tables of counts are made."""

    classes: dict[str, ItemClass]
    witnesses: tuple[Witness, ...]
    heads: tuple[str, ...]
    modifiers: tuple[str, ...]
    prefixes: Words
    levels: Words
    naming: Words
    unit_classes: dict[CountedClass, ItemClass]
    """What is counted by a unit: the first class that names the unit, else the first that names its dimension."""
