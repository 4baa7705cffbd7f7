"""An extractor that costs next to nothing and does on demand what no pipeline should: for the tests of the machinery."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path

import regex

from extract.batch import Inputs, Options, Summary, run
from extract.batch.work import Factory
from extract.errors import InputError
from extract.model.document import Article, Document
from extract.model.extraction import Extraction, FoundArticle
from extract.model.record import Metric
from extract.read import BatchColumns

TABLES = ("metrics.csv", "articles.csv", "repairs.csv")
_number = regex.compile(r"(\d+)([^\d\s，。])")


@dataclass(frozen=True)
class Cheap:
    """Takes every number with the character behind it for a metric.

    A text with 自杀 kills the process, with 退出 ends it, with 出错 raises an error; with 一次 it kills the process
    the first time only. Each document begun leaves its name and the process in `log`.
    """

    log: Path
    seconds: float = 0.0

    def extract(self, document: Document) -> Extraction:
        """Return the metrics of a document."""
        with self.log.open("a", encoding="utf-8") as file:
            file.write(f"{document.name} {os.getpid()}\n")
        time.sleep(self.seconds)
        text = document.text
        if "自杀" in text or ("一次" in text and names(self.log).count(document.name) == 1):
            os.kill(os.getpid(), signal.SIGKILL)
        if "退出" in text:
            os._exit(3)
        if "出错" in text:
            raise RuntimeError("这里出错")
        metrics = [
            Metric(document.name, m.start(), m.end(), m[0], Decimal(m[1]), None, m[2], "exact", "level",
                   text[: m.start()], "", "青岛市", "2024", "", "actual", sentence=text)
            for m in _number.finditer(text)
        ]  # fmt: skip
        return Extraction(document, metrics, [FoundArticle(Article(1, "", "", ()), "青岛市")], list(document.repairs))


def names(log: Path) -> list[str]:
    """Return the names of the documents that were begun."""
    return [line.rpartition(" ")[0] for line in log.read_text("utf-8").splitlines()] if log.exists() else []


def pids(log: Path) -> set[int]:
    """Return the processes that were at work."""
    return {int(line.rpartition(" ")[2]) for line in log.read_text("utf-8").splitlines()} if log.exists() else set()


@dataclass
class Run:
    """What a run came to: its summary, faults and the bytes of its files by name."""

    summary: Summary
    faults: list[str]
    files: dict[str, bytes]


@dataclass
class Notes:
    """Takes note of what a run tells."""

    faults: list[str] = field(default_factory=list)

    def fault(self, fault: InputError) -> None:
        """Take note of a fault."""
        self.faults.append(str(fault))

    def progress(self, summary: Summary) -> None:
        """Hear of the progress."""


def go(paths: list[Path], output: Path, factory: Factory, jobs: int = 1, resume: bool = False, rules: str = "") -> Run:
    """Run over `paths`, and return what it came to."""
    notes = Notes()
    inputs = Inputs(paths, BatchColumns(), "", 1_000_000)
    summary = run(inputs, output, factory, rules, Options(jobs, resume), notes)
    return Run(summary, notes.faults, files_of(output))


def files_of(output: Path) -> dict[str, bytes]:
    """Return the bytes of the files in an output folder, the parts left out."""
    found = [path for path in output.rglob("*") if path.is_file() and ".parts" not in path.parts]
    return {str(path.relative_to(output)): path.read_bytes() for path in found}


def parts_of(output: Path) -> list[Path]:
    """Return the finished parts in an output folder."""
    return sorted((output / ".parts").glob("*.part"))


def wait_for(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


def main() -> None:
    """Run over a file with slow extraction: FILE OUTPUT LOG SECONDS JOBS. The tests kill this process."""
    path, output, log, seconds, jobs = sys.argv[1:]
    go([Path(path)], Path(output), partial(Cheap, Path(log), float(seconds)), int(jobs))


if __name__ == "__main__":
    main()
