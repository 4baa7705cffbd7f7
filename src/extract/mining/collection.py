"""Counts over a collection of texts: one JSON object a line with `id` and `text`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from extract.errors import InputError
from extract.mining.rows import RowMaker
from extract.mining.tables import Counters, mining_rules
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.book import load_rules

_PROCESSES: Final = 2
_TEXTS: Final = 500
"""So many texts are counted together; in them, rows that are the same count once."""

Chunk = tuple[tuple[str, str], ...]
"""Names and texts."""


def count(path: Path, processes: int = _PROCESSES) -> Counters:
    """Return the counts over the texts of the file `path`. Raises InputError where it cannot be read."""
    total = Counters(mining_rules(), ())
    if processes == 1:
        for chunk in _chunks(path):
            total.merge(_count_chunk(chunk))
        return total
    with get_context("spawn").Pool(processes) as pool:
        for counters in pool.imap(_count_chunk, _chunks(path)):
            total.merge(counters)
    return total


def _count_chunk(chunk: Chunk) -> Counters:
    maker, units = _maker()
    counters = Counters(mining_rules(), units)
    for name, text in chunk:
        for row in maker.rows(name, text):
            counters.add(row)
    counters.forget()
    return counters


@cache
def _maker() -> tuple[RowMaker, frozenset[str]]:
    """Return what makes rows, and the units of figures; each process has its own."""
    book = load_rules()
    return RowMaker(Pipeline(), book), frozenset(book.units)


def _chunks(path: Path) -> Iterator[Chunk]:
    texts = _texts(path)
    while chunk := tuple(islice(texts, _TEXTS)):
        yield chunk


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and text of each line."""
    done = 0
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            for line in file:
                entry = json.loads(line)
                yield entry["id"], entry["text"]
                done += 1
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        problem = f"not a JSON object with id and text: {error}"
        raise InputError(str(path), problem, where=f"line {done + 1}") from error
