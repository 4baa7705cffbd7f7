"""What each cache and prefilter spares: the same texts with all of them, and without one after the other."""

from __future__ import annotations

import importlib
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_BATCH = 15
"""So many texts go one way, then another, so that what else the machine does falls on all alike."""
_SEED = 20251120


def _all_things(self: Any, _text: str) -> tuple[Any, ...]:
    return tuple(self._things)


def _always(*_: object) -> bool:
    return True


def _never(*_: object) -> None:
    return None


SHORTCUTS: tuple[tuple[str, str, object], ...] = (
    ("prefilters of patterns by needed words", "extract.matching.literals:Prefilter.select", _all_things),
    ("guards of rare patterns by needed words", "extract.matching.guarded:GuardedPattern._may_match", _always),
    ("the plainest quantities without a pattern", "extract.quantities.scanner:Singles.at", _never),
    ("the look whether a number may be joined to another", "extract.quantities.scanner:Run.is_joined", _always),
    ("choices of prefilters by the words found", "extract.matching.literals:_REMEMBERED", 1),
    ("labels of words", "extract.grammar.clauses:_WORDS", 1),
    ("labelled stretches of text", "extract.grammar.clauses:_STRETCHES", 1),
    ("values of numerals", "extract.words.numerals:_REMEMBERED", 1),
    ("resolved times", "extract.mentions.times:_REMEMBERED", 1),
    ("what units count", "extract.relations.lexicon:_KEPT", 1),
)
"""What a shortcut is called, where it is (a limit of what is remembered, or a method), and what takes its place."""


def _find(place: str) -> tuple[Any, str] | None:
    """The owner of what stands at `place`, and its name there; None if there is none."""
    if not place:
        return None
    module, _, path = place.partition(":")
    *owners, name = path.split(".")
    try:
        owner: Any = importlib.import_module(module)
        for part in owners:
            owner = getattr(owner, part)
        getattr(owner, name)
    except (ImportError, AttributeError):
        return None
    return owner, name


@contextmanager
def without(place: str, instead: object) -> Iterator[None]:
    """Put `instead` in the place of a shortcut for a while."""
    found = _find(place)
    if found is None:
        yield
        return
    owner, name = found
    before = getattr(owner, name)
    setattr(owner, name, instead)
    try:
        yield
    finally:
        setattr(owner, name, before)


def measure(first: list[str], texts: list[str]) -> dict[str, Any]:
    """The CPU seconds that `texts` take after `first`: with all shortcuts (the name ''), and without each of them.

    Each way has a pipeline of its own. `missing` are the places where no shortcut is.
    """
    from extract.model.document import Document
    from extract.pipeline.pipeline import Pipeline

    missing = [place for _, place, _ in SHORTCUTS if _find(place) is None]
    ways = [("", "", None), *(shortcut for shortcut in SHORTCUTS if shortcut[1] not in missing)]
    readers: dict[str, Callable[[Document], object]] = {name: Pipeline().extract for name, _, _ in ways}
    seconds = dict.fromkeys(readers, 0.0)
    chance = random.Random(_SEED)
    batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
    for number, batch in enumerate([first, *batches]):
        for name, place, instead in chance.sample(ways, len(ways)):
            with without(place, instead):
                start = time.process_time()
                for text in batch:
                    readers[name](Document("benchmark", text))
                seconds[name] += (time.process_time() - start) * (number > 0)
    return {"characters": sum(map(len, texts)), "seconds": seconds, "missing": missing}


if __name__ == "__main__":
    first_texts, measured = (json.loads(Path(path).read_text("utf-8")) for path in sys.argv[1:3])
    json.dump(measure(first_texts, measured), sys.stdout)
