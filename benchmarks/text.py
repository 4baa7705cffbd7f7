"""The text that is measured: real documents, each seen once as long as there are enough of them."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_NEWS = "../shared/news/news-2023.jsonl.gz"
_SEED = 20251120
_run = re.compile(r"[0-9]+")
_kept_before = re.compile(r"第\s*$")
_kept_behind = re.compile(r"\s*(?:[—–\-~至到、]\s*[0-9]+\s*)?[年月日号时点]")
_year = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Sample:
    """A document to be measured: its name, unlike all others, and its text."""

    name: str
    text: str


def originals(root: Path, path: Path | None = None) -> tuple[str, list[Sample]]:
    """The documents that are measured, in an order made by a fixed seed, and where they are from.

    They are those of `path`, a JSONL file (.gz too) with a `text` in each row, or a folder of .txt files; without one
    the news beside the project's `root` where they are present, else its corpus. Raises FileNotFoundError where there
    are none.
    """
    beside = root / _NEWS
    place = path or (beside if beside.exists() else root / "corpus")
    documents = _rows(place) if place.is_file() else _files(place)
    if not documents:
        raise FileNotFoundError(f"no text to measure in {place}")
    random.Random(_SEED).shuffle(documents)
    return place.name, documents


def _rows(path: Path) -> list[Sample]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        return [Sample(str(number), json.loads(line)["text"]) for number, line in enumerate(file, 1)]


def _files(folder: Path) -> list[Sample]:
    return [Sample(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))]


def vary(text: str, chance: random.Random) -> str:
    """Return `text` with other digits in its figures, as long as before; years, dates, ordinals and zeros stay."""

    def figure(match: re.Match[str]) -> str:
        run = match[0]
        if not run.strip("0") or _year.fullmatch(run):
            return run
        if _kept_before.search(text, max(0, match.start() - 2), match.start()) or _kept_behind.match(text, match.end()):
            return run
        return str(chance.randrange(10 ** (len(run) - 1), 10 ** len(run)))

    return _run.sub(figure, text)


def supply(documents: Sequence[Sample]) -> Iterator[Sample]:
    """Yield each of `documents` once, as it is; then over and over without end, with other digits in their figures."""
    yield from documents
    for repetition in count(1):
        for document in documents:
            chance = random.Random(f"{_SEED} {repetition} {document.name}")
            yield Sample(f"{document.name}-{repetition}", vary(document.text, chance))


def at_least(documents: Iterable[Sample], characters: int) -> list[Sample]:
    """Return the first of `documents` that together have as many `characters`, whole ones; all if they have fewer."""
    taken: list[Sample] = []
    for document in documents:
        taken.append(document)
        characters -= len(document.text)
        if characters <= 0:
            break
    return taken


def length(documents: Iterable[Sample]) -> int:
    """Return how many characters `documents` have together."""
    return sum(len(document.text) for document in documents)
