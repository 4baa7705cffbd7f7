"""Gold that nobody has to label: nouns and verbs put into frames, with what each figure of a frame is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Annotated, Final, TypeVar

from pydantic import Field

from extract.errors import InputError
from extract.evaluation.gold import GoldDocument
from extract.model.document import Document
from extract.model.record import Kind, Metric, Status
from extract.rulebook.files import read_rule_text, read_table, read_yaml, validate
from extract.rulebook.schema import Schema

FRAMES: Final = "frames.yaml"
NOUNS: Final = "nouns.csv"
VERBS: Final = "verbs.csv"
_NUMBERS: Final = {"n": (201, 9799), "n2": (13, 199), "less": (13, 199), "r": (2, 9)}
"""The whole numbers of a frame: the least and the greatest."""
_SHARE: Final = "p"
_TENTHS: Final = (11, 899)

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Noun(Schema):
    """A row of `nouns.csv`: what the noun is counted in, its field, and what it is one of."""

    noun: str
    unit: str
    field: str
    kind_of: str


@dataclass(frozen=True, kw_only=True)
class Verb(Schema):
    """A row of `verbs.csv`: the fields whose nouns it may govern, parted by blanks."""

    verb: str
    fields: str


@dataclass(frozen=True, kw_only=True)
class FramedFigure(Schema):
    """A figure of a frame as it is written there, and what it is about; its number times `scale` is its value."""

    figure: str
    unit: str
    object: str
    predicate: str
    scale: int = 1
    kind: Kind = "level"
    base: str = ""
    status: Status = "actual"


@dataclass(frozen=True, kw_only=True)
class Frame(Schema):
    """A sentence with slots for words and numbers; made of the words of `fields`, of all where there are none."""

    id: str
    pattern: str
    figures: Annotated[tuple[FramedFigure, ...], Field(min_length=1)]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Probed:
    """A made sentence with its records, the frame it was made of and the words in it."""

    gold: GoldDocument
    frame: str
    words: tuple[str, ...]


def make(folder: Path, seed: int, sentences: int) -> list[Probed]:
    """Return so many `sentences` of each frame of `folder`, the same ones for the same `seed`.

    Nouns and verbs come in turn, so that each is in about as many sentences. Raises InputError where a file is
    missing or not as it must be.
    """
    frames: tuple[Frame, ...] = validate([folder / FRAMES], read_yaml(folder / FRAMES), tuple[Frame, ...])
    nouns = list(read_table(folder / NOUNS, Noun, "noun").values())
    verbs = list(read_table(folder / VERBS, Verb, "verb").values())
    random = Random(seed)
    made: list[Probed] = []
    for frame in frames:
        fitting = [noun for noun in nouns if not frame.fields or noun.field in frame.fields]
        if not fitting:
            raise InputError(str(folder / FRAMES), f"no noun is of {', '.join(frame.fields)}", where=f"rule {frame.id}")
        dealt = _dealt(fitting, random)
        turns = {field: _dealt(_of_field(verbs, field, folder), random) for field in {noun.field for noun in fitting}}
        for number in range(sentences):
            noun = next(dealt)
            others = [one for one in fitting if one.field == noun.field and one.noun != noun.noun] or [noun]
            slots = _slots(noun, _one_of(others, random), turns[noun.field], random)
            made.append(_filled(frame, f"{frame.id}-{number + 1}", slots, folder))
    return made


def digest(folder: Path) -> str:
    """Return the SHA-256 of what the sentences are made of."""
    texts = [read_rule_text(folder / name) for name in (FRAMES, NOUNS, VERBS)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _of_field(verbs: Sequence[Verb], field: str, folder: Path) -> list[str]:
    found = [verb.verb for verb in verbs if field in verb.fields.split()]
    if len(found) < 2:
        raise InputError(str(folder / VERBS), f"fewer than two verbs are of {field}")
    return found


def _one_of(items: Sequence[T], random: Random) -> T:
    return items[int(random.random() * len(items))]


def _dealt(items: Sequence[T], random: Random) -> Iterator[T]:
    """Yield all items in a random order, then all again in another one, and so on."""
    while True:
        rest = list(items)
        while rest:
            yield rest.pop(int(random.random() * len(rest)))


def _slots(noun: Noun, other: Noun, verbs: Iterator[str], random: Random) -> dict[str, str]:
    """Return what is put into the slots of a frame."""
    slots = {
        "noun": noun.noun, "unit": noun.unit, "class": noun.kind_of, "noun2": other.noun, "unit2": other.unit,
    }  # fmt: skip
    slots["verb"] = slots["verb2"] = next(verbs)
    while slots["verb2"] == slots["verb"]:
        slots["verb2"] = next(verbs)
    for name, (least, most) in _NUMBERS.items():
        slots[name] = str(least + int(random.random() * (most - least + 1)))
    least, most = _TENTHS
    slots[_SHARE] = str(Decimal(least + int(random.random() * (most - least + 1))) / 10)
    return slots


def _filled(frame: Frame, name: str, slots: Mapping[str, str], folder: Path) -> Probed:
    try:
        text = frame.pattern.format_map(slots)
        records = tuple(_record(frame, one, name, slots) for one in frame.figures)
    except (KeyError, ValueError) as error:
        raise InputError(str(folder / FRAMES), f"slot {error} is unknown", where=f"rule {frame.id}") from error
    used = tuple(slots[slot] for slot in ("noun", "noun2", "verb", "verb2") if f"{{{slot}}}" in frame.pattern)
    return Probed(GoldDocument(Document(name, text), records), frame.id, used)


def _record(frame: Frame, framed: FramedFigure, name: str, slots: Mapping[str, str]) -> Metric:
    before, figure, _ = frame.pattern.partition(framed.figure)
    if not figure:
        raise ValueError(framed.figure)
    slot = next(slot for slot in (*_NUMBERS, _SHARE) if f"{{{slot}}}" in figure)
    start, text = len(before.format_map(slots)), figure.format_map(slots)
    return Metric(
        doc=name,
        start=start,
        end=start + len(text),
        text=text,
        value=Decimal(slots[slot]) * framed.scale,
        value_high=None,
        unit=framed.unit.format_map(slots),
        bound="exact",
        kind=framed.kind,
        object=framed.object.format_map(slots),
        predicate=framed.predicate.format_map(slots),
        area="",
        period="",
        base=framed.base,
        status=framed.status,
    )
