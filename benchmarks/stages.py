"""Where the time of the pipeline goes, stage by stage, measured from the outside.

The functions of `STAGES` are wrapped before the pipeline is made, which knows nothing of it. A stage has the time
spent in its functions less that in other stages they call. The wrapping costs some time of its own.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STAGES: tuple[tuple[str, str], ...] = (
    ("layout: characters", "extract.layout.characters:Normaliser.view"),
    ("layout: lines", "extract.layout.lines:LineJoiner.paragraphs"),
    ("layout: sentences", "extract.layout.articles:Layout._sentences"),
    ("layout: rest", "extract.layout.articles:Layout.lay_out"),
    ("segmentation", "extract.words.segmenter:Segmenter.words"),
    ("quantities", "extract.quantities.finder:QuantityFinder.scan"),
    ("areas", "extract.context.area_frame:AreaJudge.settle"),
    ("areas", "extract.mentions.areas:AreaFinder.places_in"),
    ("areas", "extract.mentions.areas:AreaFinder.find"),
    ("clauses", "extract.grammar.clauses:ClauseChunker.clauses"),
    ("relations", "extract.relations.relator:Relator.relate"),
    ("times and periods", "extract.context.periods:PeriodTracker.__init__"),
    ("times and periods", "extract.context.period_frame:PeriodFrame.mentions"),
    ("times and periods", "extract.context.periods:PeriodTracker.enter"),
    ("times and periods", "extract.context.periods:PeriodTracker.leave"),
    ("times and periods", "extract.context.periods:PeriodTracker.settle"),
    ("status", "extract.mentions.cues:StatusFinder.cues"),
    ("status", "extract.mentions.cues:StatusFinder.status_at"),
    ("records", "extract.pipeline.records:RecordMaker.record"),
    ("rest", "extract.pipeline.pipeline:Pipeline.extract"),
    ("coding: indicators", "extract.coding.indicators:IndicatorFinder.find"),
    ("coding: checks", "extract.coding.checks:Checker.findings"),
    ("coding: checks", "extract.coding.checks:Checker.repeats"),
    ("coding: rest", "extract.coding.coder:Coder.codes"),
)
"""The label of a stage, and a function that belongs to it: its module and its name there."""


@dataclass(slots=True)
class Clock:
    """Gives each stage the seconds in which its functions ran and none of another stage that they called did."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: Counter[str] = field(default_factory=Counter)
    """How often each function was called, by its place."""
    _running: list[str] = field(default_factory=list)
    _since: float = 0.0

    def enter(self, label: str) -> None:
        """Begin with work of the stage `label`."""
        self._book()
        self._running.append(label)

    def leave(self) -> None:
        """Go back to the stage that was left for this one."""
        self._book()
        self._running.pop()

    def _book(self) -> None:
        now = time.perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._since = now


def timed(function: Callable[..., Any], label: str, place: str, clock: Clock) -> Callable[..., Any]:
    """Return `function` with its time booked to the stage `label`; of a generator, that of each of its steps."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        clock.calls[place] += 1
        clock.enter(label)
        try:
            return function(*args, **kwargs)
        finally:
            clock.leave()

    @functools.wraps(function)
    def steps(*args: Any, **kwargs: Any) -> Iterator[Any]:
        clock.calls[place] += 1
        generator = function(*args, **kwargs)
        while True:
            clock.enter(label)
            try:
                value = next(generator)
            except StopIteration:
                return
            finally:
                clock.leave()
            yield value

    return steps if inspect.isgeneratorfunction(function) else call


def wrap(place: str, label: str, clock: Clock) -> bool:
    """Put the function at `place` under the clock, and tell whether there is one."""
    module, _, path = place.partition(":")
    *owners, name = path.split(".")
    try:
        owner: Any = importlib.import_module(module)
        for part in owners:
            owner = getattr(owner, part)
        stored = inspect.getattr_static(owner, name)
    except (ImportError, AttributeError):
        return False
    if isinstance(stored, staticmethod):
        setattr(owner, name, staticmethod(timed(stored.__func__, label, place, clock)))
    else:
        setattr(owner, name, timed(stored, label, place, clock))
    return True


def profile(warm: list[str], texts: list[str]) -> dict[str, Any]:
    """Extract `warm` first, then `texts` under the clock, and return the seconds that each stage took of these.

    `missing` are the places of `STAGES` where no function is, `idle` those whose function was never called.
    """
    clock = Clock()
    missing = [place for label, place in STAGES if not wrap(place, label, clock)]
    from extract.coding.coder import CodingPipeline
    from extract.model.document import Document

    pipeline = CodingPipeline()
    for text in warm:
        pipeline.extract(Document("benchmark", text))
    clock.seconds.clear()
    start = time.perf_counter()
    for text in texts:
        pipeline.extract(Document("benchmark", text))
    return {
        "characters": sum(map(len, texts)),
        "total": time.perf_counter() - start,
        "seconds": {label: clock.seconds[label] for label in dict(STAGES)},
        "missing": missing,
        "idle": [place for _, place in STAGES if place not in missing and not clock.calls[place]],
    }


if __name__ == "__main__":
    warm_texts, measured = (json.loads(Path(path).read_text("utf-8")) for path in sys.argv[1:3])
    json.dump(profile(warm_texts, measured), sys.stdout)
