"""`extract run`: inputs to tables, with progress and a summary."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from extract.batch import Inputs, Options, Summary, Tally, run
from extract.errors import InputError, visible
from extract.model.record import KINDS
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.folders import rules_digest


def run_inputs(inputs: Inputs, output: Path, rules: Path | None, options: Options, out: Console, log: Console) -> int:
    """Extract all `inputs` to the folder `output`, and print a summary to `out`, progress and faults to `log`.

    Returns how many faults there were. Raises InputError where the rules or the output are at fault; then, and where
    no input could be read, no table is written.
    """
    with _Watcher(log) as watcher:
        summary = run(inputs, output, partial(Pipeline, rules), rules_digest(rules), options, watcher)
    _print(summary, str(output / "metrics.csv"), out)
    return watcher.faults


def run_inputs_on_ray(
    inputs: Inputs, output: str, rules: Path | None, actors: int, address: str, out: Console, log: Console
) -> int:
    """Extract all `inputs` on Ray to Parquet in the folder or at the URL `output`; else as `run_inputs`."""
    from extract.batch.ray_cluster import CarriedRules, run_on_ray

    with _Watcher(log) as watcher:
        summary = run_on_ray(inputs, output, CarriedRules.of(rules), actors, address, watcher)
    _print(summary, f"{output.rstrip('/')}/metrics.parquet", out)
    return watcher.faults


def _print(summary: Summary, target: str, out: Console) -> None:
    if summary.documents:
        out.print(summary_table(summary.each, summary.total))
        told = f"{summary.metrics} metrics of {summary.documents} documents in {target}"
        out.print(visible(told), soft_wrap=True)


class _Watcher:
    """Prints faults as they come, and in a terminal how far the run is and how fast."""

    def __init__(self, log: Console) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        self._progress = Progress(*columns, console=log, transient=True, disable=not log.is_terminal)
        self._task = self._progress.add_task("extracting", total=None)
        self._log = log
        self.faults = 0

    def __enter__(self) -> _Watcher:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def fault(self, fault: InputError) -> None:
        self.faults += 1
        self._log.print(f"error: {fault}")

    def progress(self, summary: Summary) -> None:
        seconds = self._progress.tasks[self._task].elapsed
        speed = f", {summary.characters / seconds:,.0f} characters/s" if seconds else ""
        told = f"extracting {summary.documents:,} documents, {summary.metrics:,} metrics{speed}"
        self._progress.update(self._task, description=told)


def summary_table(tallies: Mapping[str, Tally], total: Tally) -> Table:
    """Return a table of how many metrics of each kind each document has, with its area, and of all together."""
    shown = Table("document", "area", "all", *KINDS, "planned")
    for column in shown.columns[2:]:
        column.justify = "right"
    for name, tally in tallies.items():
        shown.add_row(Text(visible(name)), *tally.row())
    shown.add_section()
    shown.add_row("all", *total.row())
    return shown
