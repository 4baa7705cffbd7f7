"""The text that is measured: real documents repeated, the figures of every repetition different."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_SETS = (("../shared/gold", ("press", "reports")), ("corpus", (".",)))
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


def originals(root: Path) -> tuple[str, list[Sample]]:
    """Return the documents that all text is made from, in order, and their folder as seen from the project's `root`.

    It is the gold beside the project where that is present, else the corpus. Raises FileNotFoundError where neither is.
    """
    for name, folders in _SETS:
        paths = [path for folder in folders for path in sorted((root / name / folder).glob("*.txt"))]
        if paths:
            return name, [Sample(path.stem, path.read_text("utf-8")) for path in paths]
    raise FileNotFoundError(f"no text to measure in {root / 'corpus'}")


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


def repetitions(documents: Sequence[Sample], series: int) -> Iterator[Sample]:
    """Yield `documents` over and over without end, the figures different each time and in each `series`."""
    for repetition in count(1):
        for document in documents:
            chance = random.Random(f"{_SEED} {series} {repetition} {document.name}")
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
