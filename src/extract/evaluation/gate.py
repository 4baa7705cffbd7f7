"""The evaluation gate: scores that a gold set must reach, kept in a file."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.errors import InputError
from extract.evaluation import probe
from extract.evaluation.gold import GOLD_SUFFIX, text_beside
from extract.evaluation.score import FIELDS, Evaluation


class Made(BaseModel):
    """By which seed the sentences of a probe are made, and how many of each frame."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int
    sentences: Annotated[int, Field(ge=1)]


class GoldSet(BaseModel):
    """One `[[set]]` of the floors file.

    `folders` are relative to that file and scored together; where `texts` names a collection, their texts are
    taken from it; where it is `made`, the one folder holds what a probe is made of. An optional set is left out where
    one of these is missing. `digest` pins the gold where it is given. `floors` maps `quantity_f1`, `record_f1`, `exact`
    or a field's name to the least score.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    folders: Annotated[tuple[str, ...], Field(min_length=1)]
    texts: str = ""
    made: Made | None = None
    digest: str = ""
    optional: bool = False
    floors: dict[str, Annotated[float, Field(ge=0, le=1)]]


class FloorsFile(BaseModel):
    """The floors file: all its sets."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: tuple[GoldSet, ...]


def read_floors(path: Path) -> tuple[GoldSet, ...]:
    """Return the sets of a floors file. Raises InputError where it is missing or not as it must be."""
    try:
        data: Any = tomllib.loads(path.read_text(encoding="utf-8"))
        sets = FloorsFile.model_validate(data).set
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "not UTF-8", where=f"byte {error.start}") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(str(path), f"not TOML: {error}") from error
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise InputError(str(path), f"{place}: {fault['msg']}") from error
    known = {"quantity_f1", "record_f1", "exact", *FIELDS}
    for gold_set in sets:
        if unknown := sorted(set(gold_set.floors) - known):
            raise InputError(str(path), f"floor {unknown[0]} is unknown", where=f"set {gold_set.name}")
    return sets


def set_digest(gold_set: GoldSet, folders: Sequence[Path]) -> str:
    """Return the digest of a set whose gold lies in `folders`."""
    return probe.digest(folders[0]) if gold_set.made else gold_digest(folders)


def gold_digest(folders: Sequence[Path]) -> str:
    """Return the SHA-256 of the names and bytes of all gold files in `folders` and of the texts beside them."""
    digest = hashlib.sha256()
    for folder in folders:
        for gold in sorted(folder.glob(f"*{GOLD_SUFFIX}")):
            for path in filter(None, (gold, text_beside(gold))):
                digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def measured(evaluation: Evaluation, name: str) -> float:
    """Return the score that the floor `name` is about."""
    if name == "quantity_f1":
        return evaluation.quantity.f1
    if name == "record_f1":
        return evaluation.record.f1
    if name == "exact":
        return evaluation.exact.f1
    return evaluation.accuracy(name)


def misses(evaluation: Evaluation, gold_set: GoldSet) -> list[str]:
    """Return one line for each floor that the evaluation misses, both compared to three decimals."""
    return [
        f"{gold_set.name}: {name} is {measured(evaluation, name):.3f}, below its floor {floor:.3f}"
        for name, floor in gold_set.floors.items()
        if round(measured(evaluation, name), 3) < round(floor, 3)
    ]
