"""Gold whose texts are not beside it: they are taken by their ids from a collection of texts on this machine."""

from __future__ import annotations

import gzip
import json
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from extract.errors import InputError
from extract.evaluation.gold import GOLD_SUFFIX, GoldDocument, gold_files, read_records
from extract.model.document import Document

ROUND_NAME = "round.toml"
"""The file of a round that names its texts and the seed by which they were drawn."""


class Round(BaseModel):
    """How the texts of a folder were drawn: by which seed, and their ids in the order in which they came."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int | str
    ids: tuple[str, ...]


def read_collected_gold(folder: Path, collection: Path) -> tuple[list[GoldDocument], list[InputError]]:
    """Return every document of `folder` that has a `<id>.gold.csv`, by name, and the faults of others.

    Its text is that of the id in `collection`, JSON lines (`.gz` too) with `id`, `published` and `text`: the date as
    it stands there on a line of its own, where there is one, then the text. A fault is an id that is not in the
    collection, a wrong record, and a text that `round.toml` names and that has no gold, or the other way round.
    Raises InputError for a missing folder, one without gold, and a collection that cannot be read.
    """
    golds = {path.name.removesuffix(GOLD_SUFFIX): path for path in gold_files(folder)}
    faults = list(_strays(folder, golds.keys()))
    texts = read_texts(collection, golds.keys())
    documents: list[GoldDocument] = []
    for name, path in golds.items():
        try:
            if name not in texts:
                raise InputError(str(path), f"its text {name} is not in {collection}")
            records = tuple(metric for _, metric in read_records(path, {name: texts[name]}, name))
        except InputError as fault:
            faults.append(fault)
        else:
            documents.append(GoldDocument(Document(name, texts[name]), records))
    return documents, faults


def _strays(folder: Path, names: Set[str]) -> Iterator[InputError]:
    """Yield a fault for each text that only one of the round and the gold has."""
    path = folder / ROUND_NAME
    if not path.exists():
        return
    ids = read_round(path).ids
    for name in ids:
        if name not in names:
            yield InputError(str(path), f"{name} has no gold", hint="label it, with no rows if it has no records")
    for name in sorted(names - set(ids)):
        yield InputError(str(path), f"does not name {name}, which has gold")


def read_round(path: Path) -> Round:
    """Return what a `round.toml` tells. Raises InputError where it is not as it must be."""
    try:
        return Round.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(str(path), f"not TOML: {error}") from error
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise InputError(str(path), f"{place}: {fault['msg']}") from error


def read_texts(collection: Path, ids: Set[str]) -> dict[str, str]:
    """Return the raw texts of those `ids` that the collection holds. Raises InputError where it cannot be read."""
    found: dict[str, str] = {}
    for number, line in enumerate(_lines(collection), 1):
        try:
            row = json.loads(line)
            if row["id"] in ids:
                found[row["id"]] = _raw_text(row)
        except (ValueError, KeyError, TypeError) as error:
            where, hint = f"line {number}", "give JSON lines with id, published and text"
            raise InputError(str(collection), f"is no collection of texts: {error!r}", where, hint) from error
    return found


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            yield from file
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error
    except (EOFError, zlib.error) as error:
        raise InputError(str(path), f"cannot be read: {error}") from error


def _raw_text(row: Mapping[str, Any]) -> str:
    if not isinstance(row["text"], str):
        raise TypeError("text is no string")
    dated = f"{row['published']}\n" if row["published"] else ""
    return f"{dated}{row['text']}\n"
