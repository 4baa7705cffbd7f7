"""Large batches: what a second process brings, and how much memory `extract run` takes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.spread import Spread
from benchmarks.startup import EXTRACT
from benchmarks.text import Sample, supply

MEGABYTE = 1_000_000
_EVERY = 0.2
_ROUNDS = 3
_JOBS = (1, 2)


class RunError(Exception):
    """`extract run` did not end well; says how in one line."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A file with one document a line: how many they are, and the characters and UTF-8 bytes of their texts."""

    path: Path
    documents: int
    characters: int
    size: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Seconds of `rounds` runs over one batch by the number of jobs, and whether all wrote the same bytes."""

    documents: int
    characters: int
    size: int
    rounds: int
    seconds: dict[int, Spread]
    same: bool


@dataclass(frozen=True, slots=True)
class Memory:
    """A run over a large batch: its seconds, and the most bytes that its processes held together, by samples.

    A page that several of them share counts once (the sum of the proportional set sizes).
    """

    documents: int
    characters: int
    size: int
    jobs: int
    seconds: float
    peak: int
    processes: int
    every: float


def run_scale(originals: Sequence[Sample], megabytes: int, tell: Callable[[str], None]) -> Scale:
    """Run a batch with one job and with two, in turns. Raises RunError where a run fails."""
    seconds: dict[int, list[float]] = {jobs: [] for jobs in _JOBS}
    digests = set()
    with _batch(originals, megabytes, tell) as batch:
        for number in range(1, _ROUNDS + 1):
            for jobs in _JOBS:
                tell(f"{megabytes} MB with {jobs} jobs, round {number} of {_ROUNDS}")
                with tempfile.TemporaryDirectory() as output:
                    start = time.perf_counter()
                    with _run(batch.path, Path(output), jobs) as process:
                        process.wait()
                    seconds[jobs].append(time.perf_counter() - start)
                    digests.add(_digest(Path(output)))
    spreads = {jobs: Spread.of(values) for jobs, values in seconds.items()}
    return Scale(batch.documents, batch.characters, batch.size, _ROUNDS, spreads, len(digests) == 1)


def run_memory(originals: Sequence[Sample], megabytes: int, tell: Callable[[str], None]) -> Memory:
    """Run a batch with two jobs and watch its memory. Raises RunError where the run fails, and but for Linux."""
    if not Path("/proc/self/smaps_rollup").exists():
        raise RunError("--memory: only Linux tells the memory that processes share")
    jobs = max(_JOBS)
    peak = processes = 0
    with _batch(originals, megabytes, tell) as batch:
        tell(f"{megabytes} MB with {jobs} jobs")
        start = time.perf_counter()
        with _run(batch.path, batch.path.parent / "output", jobs) as process:
            while process.poll() is None:
                held, count = _held(process.pid)
                peak, processes = max(peak, held), max(processes, count)
                time.sleep(_EVERY)
        seconds = time.perf_counter() - start
    return Memory(batch.documents, batch.characters, batch.size, jobs, seconds, peak, processes, _EVERY)


def write_batch(originals: Sequence[Sample], size: int, path: Path) -> Batch:
    """Write a batch of documents, each once if there are enough, whose texts have at least `size` bytes together."""
    documents = characters = written = 0
    with path.open("w", encoding="utf-8") as file:
        for document in supply(originals):
            file.write(json.dumps({"id": document.name, "text": document.text}, ensure_ascii=False) + "\n")
            documents += 1
            characters += len(document.text)
            written += len(document.text.encode())
            if written >= size:
                break
    return Batch(path, documents, characters, written)


@contextmanager
def _batch(originals: Sequence[Sample], megabytes: int, tell: Callable[[str], None]) -> Iterator[Batch]:
    """Give a batch in a folder of its own that is removed in the end."""
    tell(f"writing {megabytes} MB")
    with tempfile.TemporaryDirectory() as folder:
        yield write_batch(originals, megabytes * MEGABYTE, Path(folder) / "batch.jsonl")


@contextmanager
def _run(batch: Path, output: Path, jobs: int) -> Iterator[subprocess.Popen[str]]:
    command = [str(EXTRACT), "run", str(batch), "-o", str(output), "--jobs", str(jobs)]
    with tempfile.TemporaryFile("w+") as messages:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=messages, text=True)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        if process.returncode:
            messages.seek(0)
            last = (messages.read().strip().splitlines() or [f"status {process.returncode}"])[-1]
            raise RunError(f"extract run --jobs {jobs}: {last}")


def _held(pid: int) -> tuple[int, int]:
    """Return the bytes that a process and those below it hold, and how many they are."""
    total = count = 0
    try:
        process = psutil.Process(pid)
        tree = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0, 0
    for one in tree:
        try:
            total += one.memory_full_info().pss
            count += 1
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return total, count


def _digest(folder: Path) -> str:
    """Return a digest of the names and bytes of all files in and below `folder`."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
