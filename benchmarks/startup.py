"""What a whole process takes from its start to its end: `extract show` on a short file against loading jieba."""

from __future__ import annotations

import os
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
    cold: Spread
    """The same with nothing kept by earlier runs of ours."""
    cold_cpu: Spread
    jieba: Spread
    jieba_cpu: Spread


def start_up(root: Path, runs: int, tell: Callable[[str], None]) -> Startup:
    """Measure them in turns, on the shortest text of the corpus.

    Raises subprocess.CalledProcessError where one does not end well.
    """
    file = min((root / "corpus").glob("*.txt"), key=lambda path: path.stat().st_size)
    was_cached = (Path(tempfile.gettempdir()) / "jieba.cache").exists()
    show: list[tuple[float, float]] = []
    cold: list[tuple[float, float]] = []
    jieba: list[tuple[float, float]] = []
    for number in range(runs + 1):
        tell(f"start-up {number} of {runs}")
        show.append(_run(str(EXTRACT), "show", str(file)))
        with tempfile.TemporaryDirectory() as cache:
            cold.append(_run(str(EXTRACT), "show", str(file), XDG_CACHE_HOME=cache))
        jieba.append(_run(sys.executable, "-c", "import jieba; jieba.lcut('好')"))
    spreads = [Spread.of(column) for of in (show, cold, jieba) for column in zip(*of[1:], strict=True)]
    return Startup(file.name, len(file.read_text("utf-8")), runs, was_cached, *spreads)


def _run(*command: str, **variables: str) -> tuple[float, float]:
    """Run a command to its end and return its seconds by the clock and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=os.environ | variables)
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
