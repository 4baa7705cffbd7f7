"""`extract run`: inputs to a CSV file, with progress and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from extract.errors import InputError
from extract.pipeline import Pipeline
from extract.read import find_inputs, read_document
from extract.record import KINDS, Metric
from extract.write import write_csv

OUTPUT_NAME = "metrics.csv"


def run_inputs(
    paths: Sequence[Path], output: Path, rules: Path | None, published: str, out: Console, log: Console
) -> list[InputError]:
    """Extract all inputs of `paths` to `output`/metrics.csv and print a summary to `out`, progress to `log`.

    Returns what was wrong with the inputs that could not be read. Raises InputError where the rules or the
    output are at fault, or where no input could be read; then nothing is written.
    """
    pipeline = Pipeline(rules)
    files, faults = find_inputs(paths)
    metrics: list[Metric] = []
    read: list[str] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=log, transient=True, disable=not log.is_terminal) as progress:
        for path in progress.track(files, description="extracting"):
            try:
                document = read_document(path, published)
            except InputError as fault:
                faults.append(fault)
                continue
            metrics += pipeline.metrics(document)
            read.append(document.name)
    target = output / OUTPUT_NAME
    try:
        if not read:
            raise faults.pop()
        write_csv(metrics, target)
    except InputError:
        for earlier in faults:
            log.print(f"error: {earlier}")
        raise
    out.print(summary(read, metrics))
    out.print(f"{len(metrics)} metrics of {len(read)} documents in {target}", soft_wrap=True)
    return faults


def summary(documents: Sequence[str], metrics: Sequence[Metric]) -> Table:
    """Return a table of how many metrics of each kind each document has, with its area."""
    table = Table("document", "area", "all", *KINDS, "planned")
    for column in table.columns[2:]:
        column.justify = "right"
    for name in documents:
        table.add_row(Text(name), *_row([metric for metric in metrics if metric.doc == name]))
    table.add_section()
    table.add_row("all", *_row(metrics))
    return table


def _row(metrics: Sequence[Metric]) -> Iterator[str]:
    areas = Counter(metric.area for metric in metrics if metric.area)
    kinds = Counter(metric.kind for metric in metrics)
    yield f"{len(areas)} areas" if len(areas) > 1 else next(iter(areas), "")
    yield str(len(metrics))
    yield from (str(kinds[kind]) for kind in KINDS)
    yield str(sum(metric.status == "planned" for metric in metrics))
