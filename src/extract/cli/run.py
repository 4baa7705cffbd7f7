"""`extract run`: inputs to tables, with progress and a summary."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.batch import Inputs, Options, Summary, Tally, run
from extract.batch.output import PARTS_NAME
from extract.cli.progress import Steps
from extract.cli.target import Target
from extract.cli.words import counted, gap_lines
from extract.coding.coder import CodingPipeline
from extract.errors import InputError, visible
from extract.model.record import KINDS
from extract.rulebook.folders import rules_digest


def run_inputs(inputs: Inputs, output: str, rules: Path | None, options: Options, out: Console, log: Console) -> int:
    """Extract all `inputs` to `output`, and print a summary to `out`, progress and faults to `log`.

    `output` is a folder, a CSV file, or - for standard output; then the summary goes to `log`. Returns how many faults
    there were. Raises InputError where the rules or the output are at fault; then, and where no input could be read,
    no table is written.
    """
    target = Target(output)
    target.check(options.resume, options.formats)
    try:
        with target.folder() as folder, _Watcher(log, inputs) as watcher:
            summary = run(inputs, folder, partial(CodingPipeline, rules), rules_digest(rules), options, watcher)
    except KeyboardInterrupt:
        log.print(_stopped(target))
        raise
    _print(summary, target.shown(options.formats), log if target.is_stdout else out)
    return watcher.faults


def _stopped(target: Target) -> str:
    parts = Path(target.name) / PARTS_NAME
    if target.is_folder and parts.is_dir():
        return f"stopped; what is done is kept in {parts}: the same command with --resume goes on from there"
    return "stopped; nothing was written"


def run_inputs_on_ray(
    inputs: Inputs, output: str, rules: Path | None, actors: int, address: str, out: Console, log: Console
) -> int:
    """Extract all `inputs` on Ray to Parquet in the folder or at the URL `output`; else as `run_inputs`."""
    from extract.batch.ray_cluster import CarriedRules, run_on_ray

    with _Watcher(log, inputs) as watcher:
        summary = run_on_ray(inputs, output, CarriedRules.of(rules), actors, address, watcher)
    _print(summary, f"{output.rstrip('/')}/metrics.parquet", out)
    return watcher.faults


def _print(summary: Summary, target: str, out: Console) -> None:
    if summary.documents:
        out.print(summary_table(summary.each, summary.total))
        metrics, documents = counted(summary.metrics, "metric"), counted(summary.documents, "document")
        out.print(visible(f"{metrics} of {documents} in {target}"), soft_wrap=True)
        for line in gap_lines(summary.gaps, summary.metrics):
            out.print(line, soft_wrap=True)


class _Watcher:
    """Prints faults as they come, and in a terminal how far the run is and how fast."""

    def __init__(self, log: Console, inputs: Inputs) -> None:
        self._steps = Steps(log, "extracting", inputs)
        self._log = log
        self.faults = 0

    def __enter__(self) -> _Watcher:
        self._steps.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._steps.__exit__()

    def fault(self, fault: InputError) -> None:
        self.faults += 1
        self._log.print(f"error: {fault}")

    def progress(self, summary: Summary) -> None:
        seconds = self._steps.seconds
        speed = f", {summary.characters / seconds:,.0f} characters/s" if seconds else ""
        self._steps.come_to(summary.documents, f", {summary.metrics:,} metrics{speed}")


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
