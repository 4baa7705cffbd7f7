"""How far a command has come, shown in a terminal: done, of how many, per cent, time left."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar, cast

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import TimeRemainingColumn as TimeLeftColumn

from extract.batch import Inputs
from extract.read import STDIN, is_batch

_MOST_BYTES = 2_000_000_000
"""Rows of more than this are not counted beforehand: it would take too long."""

_T = TypeVar("_T")


@contextmanager
def all_or_nothing(log: Console) -> Iterator[None]:
    """Tell `log`, where the user interrupts the block, that nothing was written."""
    try:
        yield
    except KeyboardInterrupt:
        log.print("stopped; nothing was written")
        raise


class Steps:
    """A line at the foot of the terminal `log` while the block lasts; nothing where it is no terminal."""

    def __init__(self, log: Console, what: str, inputs: Inputs | None = None) -> None:
        self._what = what
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=20),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeLeftColumn(compact=True),
        )
        self._progress = Progress(*columns, console=log, transient=True, disable=not log.is_terminal)
        total = expected(inputs) if inputs is not None and log.is_terminal else None
        self._task = self._progress.add_task(what, total=total)
        self._total = f" of {total:,}" if total is not None else ""

    def __enter__(self) -> Steps:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return self._progress.tasks[self._task].elapsed or 0.0

    def come_to(self, done: int, more: str = "") -> None:
        """Show that `done` documents are done, and what else there is to say."""
        told = f"{self._what} {done:,}{self._total} documents{more}"
        self._progress.update(self._task, completed=done, description=told)

    def over(self, items: Iterable[_T]) -> Iterator[_T]:
        """Yield `items`, and count them."""
        for done, item in enumerate(items, 1):
            yield item
            self.come_to(done)


def expected(inputs: Inputs) -> int | None:
    """Return about how many documents `inputs` hold, None where that cannot be told quickly.

    What can be read only once, such as a pipe, is left alone.
    """
    files, _ = inputs.files()
    batches = [path for path in files if is_batch(path)]
    try:
        if any(not path.is_file() for path in files if path != STDIN):
            return None
        if sum(path.stat().st_size for path in batches) > _MOST_BYTES:
            return None
        return len(files) - len(batches) + sum(map(_rows, batches))
    except (OSError, ValueError, ImportError, csv.Error):
        return None


def _rows(path: Path) -> int:
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        from pyarrow import parquet

        with path.open("rb") as stored:
            return int(parquet.ParquetFile(stored).metadata.num_rows)
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as stored:
        plain = cast("IO[bytes]", stored)
        if name.endswith((".csv", ".tsv")):
            csv.field_size_limit(1 << 30)
            text = io.TextIOWrapper(plain, "utf-8", errors="replace", newline="")
            delimiter = "\t" if name.endswith(".tsv") else ","
            return sum(1 for row in csv.reader(text, delimiter=delimiter) if row) - 1
        return sum(1 for line in plain if line.strip())
