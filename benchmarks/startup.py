"""What a whole process takes from its start to its end: `extract show` on a short file against loading jieba."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.spread import Spread

JIEBA = "python -c \"import jieba; jieba.lcut('好')\""
EXTRACT = Path(sys.executable).with_name("extract")


@dataclass(frozen=True, slots=True)
class Startup:
    """Seconds of the whole process by the clock and of the processor, in `runs` runs after one that does not count."""

    file: str
    characters: int
    runs: int
    was_cached: bool
    """Whether jieba's cache in the folder for temporary files was there before; in all that counts it is."""
    show: Spread
    show_cpu: Spread
    jieba: Spread
    jieba_cpu: Spread


def start_up(root: Path, runs: int, tell: Callable[[str], None]) -> Startup:
    """Measure both in turns, on the shortest text of the corpus.

    Raises subprocess.CalledProcessError where one does not end well.
    """
    file = min((root / "corpus").glob("*.txt"), key=lambda path: path.stat().st_size)
    was_cached = (Path(tempfile.gettempdir()) / "jieba.cache").exists()
    show: list[tuple[float, float]] = []
    jieba: list[tuple[float, float]] = []
    for number in range(runs + 1):
        tell(f"start-up {number} of {runs}")
        show.append(_run(str(EXTRACT), "show", str(file)))
        jieba.append(_run(sys.executable, "-c", "import jieba; jieba.lcut('好')"))
    (show_wall, show_cpu), (jieba_wall, jieba_cpu) = (
        [Spread.of(column) for column in zip(*measured[1:], strict=True)] for measured in (show, jieba)
    )
    characters = len(file.read_text("utf-8"))
    return Startup(file.name, characters, runs, was_cached, show_wall, show_cpu, jieba_wall, jieba_cpu)


def _run(*command: str) -> tuple[float, float]:
    """Run a command to its end and return its seconds by the clock and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
