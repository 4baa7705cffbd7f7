"""`extract rules`: what is wrong with rules, what each decides, and what a change of them changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.errors import InputError, visible
from extract.read import DEFAULT_MAX_SIZE, BatchColumns

_FEW = 3
_FEW_DOCUMENTS = 2
_SHOWN = 40

app = typer.Typer(help="Check rules, tell what each decides, and what a change of them changes.")
errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
out = Console(highlight=False, markup=False)


@app.command("check")
def check_(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Folder of rules laid on the shipped ones; else these.")
    ] = None,
) -> None:
    """Tell what is wrong with the rules in DIR: files, entries, patterns that do not end, examples."""
    from extract.upkeep.check import check_rules

    _exit(check_rules(folder))
    out.print("nothing is wrong with the rules")


@app.command("coverage")
def coverage_(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Documents, batches and folders, as for run.")],
    target: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="CSV", help="Write what each decides here.")
    ] = None,
    rules: Annotated[Path | None, typer.Option("--rules", metavar="DIR", help="Folder of rules.")] = None,
) -> None:
    """Count for each rule, row, word and weight how many figures of how many documents it decides."""
    from extract.batch import Inputs
    from extract.batch.work import documents
    from extract.pipeline.pipeline import Pipeline
    from extract.rulebook.book import recalled_rules
    from extract.upkeep.coverage import Coverage
    from extract.write import write_bytes
    from extract.write.csv import csv_head, csv_rows

    faults: list[InputError] = []
    try:
        coverage = Coverage(Pipeline(rules), recalled_rules(rules))
        for document in documents(Inputs(paths, BatchColumns(), "", DEFAULT_MAX_SIZE)):
            if isinstance(document, InputError):
                faults.append(document)
            else:
                coverage.add(document)
        shares = coverage.shares()
        if target is not None:
            columns = ("file", "name", "figures", "documents")
            rows = ({name: getattr(share, name) for name in columns} for share in shares)
            write_bytes(csv_head(columns) + csv_rows(rows, columns), target)
    except InputError as fault:
        _exit([fault])
    table = Table("file", "entries", "decide nothing", f"fewer than {_FEW} figures or {_FEW_DOCUMENTS} documents")
    for column in table.columns[1:]:
        column.justify = "right"
    files: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for share in shares:
        counts = files[share.file]
        counts[0] += 1
        counts[1] += not share.figures
        counts[2] += share.is_below(_FEW, _FEW_DOCUMENTS)
    for name, counts in files.items():
        table.add_row(name, *(f"{count:,}" for count in counts))
    out.print(table)
    _exit(faults)


@app.command("diff")
def diff_(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A folder of rules; an empty one for the shipped rules.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Another.")],
    on: Annotated[list[Path], typer.Option("--on", metavar="PATH", help="Documents, batches, folders; many times.")],
    shows_all: Annotated[bool, typer.Option("--all", help=f"List each change, not only {_SHOWN}.")] = False,
) -> None:
    """Tell which records come, go or change from the rules OLD to NEW, and by which rules."""
    from extract.batch import Inputs
    from extract.batch.work import documents
    from extract.pipeline.pipeline import Pipeline
    from extract.upkeep.difference import Difference

    faults: list[InputError] = []
    difference = Difference()
    try:
        before, after = Pipeline(old), Pipeline(new)
        for document in documents(Inputs(on, BatchColumns(), "", DEFAULT_MAX_SIZE)):
            if isinstance(document, InputError):
                faults.append(document)
            else:
                difference.add(document, before, after)
    except InputError as fault:
        _exit([fault])
    for change in difference.changes[: None if shows_all else _SHOWN]:
        fields = "; ".join(f"{name} {was or '(none)'} → {now or '(none)'}" for name, was, now in change.fields)
        told = f"{change.way} {change.doc}:{change.start} {change.text} {fields} {' '.join(change.rules)}"
        out.print(visible(told), soft_wrap=True)
    ways = difference.ways()
    out.print(_by_rule(difference.by_rule()))
    out.print(
        f"{difference.documents} documents: {ways['added']} records added, {ways['lost']} lost, "
        f"{ways['altered']} altered, {difference.same} the same",
        soft_wrap=True,
    )
    _exit(faults)


def _by_rule(counts: Counter[tuple[str, str]]) -> Table:
    table = Table("rule", "added", "lost", "altered")
    for column in table.columns[1:]:
        column.justify = "right"
    names = sorted({name for name, _ in counts}, key=lambda name: (-sum(counts[name, way] for way in _WAYS), name))
    for name in names[:_SHOWN]:
        table.add_row(Text(name or "(no rule of its own)"), *(str(counts[name, way]) for way in _WAYS))
    return table


_WAYS = ("added", "lost", "altered")


def _exit(faults: Sequence[InputError]) -> None:
    for fault in faults:
        errors.print(f"error: {fault}")
    if faults:
        raise typer.Exit(1)
