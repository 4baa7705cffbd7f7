"""Runs the contestants in turns over the same text, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.contestants import CONTESTANTS, Contestant
from benchmarks.spread import Spread
from benchmarks.text import Sample, at_least, length

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / "benchmarks" / ".venv" / "bin" / "python"
SLOW = 20_000
"""Whoever reads fewer characters a second gets only a sample of the text."""


class WorkerError(Exception):
    """A contestant could not be loaded, or ended in the middle."""


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass over a text: seconds by the clock and of the processor, results, calls that raised an error."""

    characters: int
    seconds: float
    cpu: float
    count: int
    failed: int


@dataclass(slots=True)
class Result:
    """What was measured of a contestant: `load` in seconds, `peak` in bytes; `problem` says why it was not."""

    name: str
    package: str
    version: str = ""
    load: float = 0.0
    peak: int = 0
    first: Pass | None = None
    """The pass over the first texts, right after loading."""
    passes: list[Pass] = field(default_factory=list)
    problem: str = ""

    @property
    def speed(self) -> Spread:
        """Characters a second by the clock."""
        return Spread.of([one.characters / one.seconds for one in self.passes])

    @property
    def cpu_speed(self) -> Spread:
        """Characters a second of processor time."""
        return Spread.of([one.characters / one.cpu for one in self.passes])


class Worker:
    """The process of a contestant. Raises WorkerError where it cannot be loaded, or where a pass fails."""

    def __init__(self, contestant: Contestant, scratch: Path) -> None:
        python = PEERS if contestant.is_peer else Path(sys.executable)
        if not python.exists():
            raise WorkerError("the environment of the peers is missing; make bench sets it up")
        with (scratch / "messages").open("a") as messages:
            self._process = subprocess.Popen(
                [python, "-m", "benchmarks.worker", contestant.name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=messages,
                cwd=ROOT,
                text=True,
                encoding="utf-8",
                env={**os.environ, "PYTHONIOENCODING": "utf-8", **contestant.variables},
            )
        try:
            self.ready = self._answer()
        except WorkerError:
            self.close()
            raise

    def run(self, path: Path) -> dict[str, Any]:
        """Measure a pass over the texts of a file."""
        assert self._process.stdin
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise WorkerError(f"ended with status {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise WorkerError(str(answer["error"]))
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def race(
    first: Sequence[Sample], rounds: Sequence[Sequence[Sample]], sample: int, tell: Callable[[str], None]
) -> list[Result]:
    """Measure every contestant in `rounds` and return what was found, in the order of the table.

    After loading comes one pass over the texts `first`. Each round has texts of its own, of which the slow contestants
    get the first with `sample` characters; within a round they go one after the other. `tell` is told what is going on.
    """
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        results: list[Result] = []
        running: list[tuple[Result, Worker]] = []
        beginning = write_texts(first, scratch / "first.json")
        try:
            for contestant in CONTESTANTS:
                tell(f"loading {contestant.name}")
                result = Result(contestant.name, contestant.package)
                results.append(result)
                try:
                    worker = Worker(contestant, scratch)
                except WorkerError as error:
                    result.problem = str(error)
                    continue
                result.version, result.load = str(worker.ready["version"]), worker.ready["load"]
                running.append((result, worker))
                result.first = _pass(result, worker, *beginning)
            for number, documents in enumerate(rounds, 1):
                whole = write_texts(documents, scratch / "whole.json")
                part = write_texts(at_least(documents, sample), scratch / "part.json")
                turn = number % max(len(running), 1)
                for result, worker in (*running[turn:], *running[:turn]):
                    if not result.problem and result.first:
                        tell(f"round {number} of {len(rounds)}: {result.name}")
                        is_slow = result.first.characters / result.first.seconds < SLOW
                        one = _pass(result, worker, *(part if is_slow else whole))
                        result.passes += [one] if one else []
        finally:
            for _, worker in running:
                worker.close()
    return results


def write_texts(documents: Sequence[Sample], path: Path) -> tuple[Path, int]:
    """Write the texts of `documents` for a worker, and return the file and how many characters they have."""
    path.write_text(json.dumps([document.text for document in documents]), "utf-8")
    return path, length(documents)


def _pass(result: Result, worker: Worker, path: Path, characters: int) -> Pass | None:
    """Measure one pass; a failure goes into `result`."""
    try:
        told = worker.run(path)
    except (WorkerError, OSError) as error:
        result.problem = str(error)
        return None
    result.peak = int(told["peak"])
    return Pass(characters, told["seconds"], told["cpu"], int(told["count"]), int(told["failed"]))
