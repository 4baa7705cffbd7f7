"""The process of one contestant: loads it, then measures a pass over the texts of each file it is told.

`python -m benchmarks.worker NAME` speaks lines of JSON. It first tells `load` (seconds) and `version`. For each line
of its input, the path of a JSON list of texts, it answers `seconds`, `cpu`, `count` (results), `failed` (calls that
raised an error) and `peak` (bytes of memory so far). What goes wrong as a whole is told as `error`.
"""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import sys
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from benchmarks.contestants import CONTESTANTS, Unit, Work

_sentence = re.compile(r"[^。！？；\n]+[。！？；]*")
_peak = re.compile(r"VmHWM:\s*(\d+) kB")


def pieces(text: str, unit: Unit) -> list[str]:
    """Return what the calls get of `text`, blank pieces left out."""
    if unit == "document":
        return [text]
    parts = text.splitlines() if unit == "line" else _sentence.findall(text)
    return [part for part in parts if part.strip()]


def measure(work: Work, texts: list[str]) -> dict[str, float]:
    """Do `work` on each of `texts` and return what it took and gave."""
    count = failed = 0
    gc.collect()
    cpu, start = time.process_time(), time.perf_counter()
    for text in texts:
        try:
            count += work(text)
        except Exception:
            failed += 1
    seconds, used = time.perf_counter() - start, time.process_time() - cpu
    return {"seconds": seconds, "cpu": used, "count": count, "failed": failed, "peak": peak_memory()}


def peak_memory() -> int:
    """Return the most bytes of memory that this process has held; unlike getrusage without those of its parent."""
    status = Path("/proc/self/status")
    if status.exists() and (match := _peak.search(status.read_text())):
        return int(match[1]) * 1024
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def serve(name: str, orders: TextIO, answers: TextIO) -> None:
    """Load the contestant `name` and obey `orders` until they end."""

    def answer(**told: object) -> None:
        answers.write(json.dumps(told) + "\n")
        answers.flush()

    try:
        contestant = next(contestant for contestant in CONTESTANTS if contestant.name == name)
        start = time.perf_counter()
        work = contestant.load()
        answer(load=time.perf_counter() - start, version=version(contestant.package))
        for order in orders:
            texts = json.loads(Path(order.strip()).read_text("utf-8"))
            answer(**measure(work, [piece for text in texts for piece in pieces(text, contestant.unit)]))
    except Exception as error:
        answer(error=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.argv[1], sys.stdin, told)
