"""`extract check`, `find` and `compare`: into the records of earlier runs, or of documents that are read for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Shown

from extract.batch import Inputs
from extract.batch.work import documents
from extract.coding.coder import CodingPipeline
from extract.errors import InputError, require
from extract.lookup.compare import SERIES_COLUMNS, Series, compare, periods_of
from extract.lookup.find import find
from extract.lookup.rows import Row, read_run, rows_of, run_file
from extract.model.tables import Column, Table
from extract.rulebook.coding import recalled_coding_rules
from extract.write import csv_head, csv_rows, replacing
from extract.write.safe import printable
from extract.write.xlsx import Workbook

_WHY = {
    "share-over-100": "a share of more than all",
    "part-over-whole": "a part that is more than the whole",
    "headline-differs": "headline and body differ",
    "growth-differs": "a growth that is not that of the amounts",
    "sum-differs": "a whole that is not the sum of its parts",
}


def check_inputs(inputs: Inputs, rules: Path | None, as_json: bool, out: Console) -> list[InputError]:
    """Print what does not add up in `inputs`, each finding with both places; return what could not be read."""
    faults: list[InputError] = []
    rows = list(_rows(inputs, rules, faults))
    by_id = {row["id"]: row for row in rows}
    found = [
        (check, row, by_id.get(other))
        for row in rows
        for check, _, other in (flag.partition(":") for flag in row["flags"].split())
    ]
    if as_json:
        print(
            json.dumps(
                [{"check": check, "record": row, "other": other} for check, row, other in found], ensure_ascii=False
            )
        )
        return faults
    for check, row, other in found:
        out.print(f"{row['doc']}: {_WHY.get(check, check)}", soft_wrap=True)
        for one in filter(None, (row, other)):
            out.print(f"  {one['start']}-{one['end']}  {_told(one)}: {printable(one['sentence'])}", soft_wrap=True)
    out.print(f"{len(found)} findings in {len(rows)} records", soft_wrap=True)
    return faults


def find_inputs(inputs: Inputs, query: str, most: int, rules: Path | None, out: Console) -> list[InputError]:
    """Print the records of `inputs` that fit the words of `query` best; return what could not be read."""
    faults: list[InputError] = []
    for score, row in find(_rows(inputs, rules, faults), query, most):
        where = " ".join(
            filter(None, (row["area"], row["period"], row["status"] if row["status"] == "planned" else ""))
        )
        out.print(f"{score:4.1f}  {_told(row)}  {where}  ({row['doc']} {row['start']}-{row['end']})", soft_wrap=True)
        out.print(f"      {printable(row['sentence'])}", soft_wrap=True)
    return faults


def compare_inputs(
    inputs: Inputs, wanted: str, target: Path | None, rules: Path | None, out: Console
) -> list[InputError]:
    """Print the indicators of `inputs` by area and period, or write them to `target`; return what could not be read."""
    faults: list[InputError] = []
    indicators = recalled_coding_rules(rules).indicators.values()
    kinds = {row.indicator for row in indicators if row.scope == "kinds"}
    whole = frozenset(row.indicator for row in indicators) - kinds
    series = compare(_rows(inputs, rules, faults), whole, wanted)
    if target is None:
        out.print(_shown(series))
        for one in series:
            for period in one.conflicts:
                told = "; ".join(f"{row['text']} ({row['doc']} {row['start']})" for row in one.periods[period])
                out.print(f"conflict: {one.indicator} {one.area} {period}: {told}", soft_wrap=True)
    elif target.suffix == ".xlsx":
        _write_xlsx(series, target)
    elif target.suffix == ".csv":
        columns = (*SERIES_COLUMNS, *periods_of(series))
        with replacing(target) as file:
            file.write(csv_head(columns) + csv_rows(_cells(series), columns))
    else:
        raise InputError(str(target), "is neither .csv nor .xlsx")
    return faults


def _rows(inputs: Inputs, rules: Path | None, faults: list[InputError]) -> Iterator[Row]:
    runs = {path: file for path in inputs.paths if (file := run_file(Path(path)))}
    for file in runs.values():
        yield from read_run(file)
    rest = [path for path in inputs.paths if path not in runs]
    if not rest:
        return
    pipeline = CodingPipeline(rules)
    given = Inputs(rest, inputs.columns, inputs.published, inputs.max_size, inputs.area, inputs.issuer)
    for document in documents(given):
        if isinstance(document, InputError):
            faults.append(document)
        else:
            yield from rows_of(pipeline.extract(document))


def _told(row: Row) -> str:
    name = row["object"] or row["indicator"]
    return printable(f"{name} {row['predicate']} {row['text']}".replace("  ", " "))


def _cells(series: list[Series]) -> Iterator[dict[str, str]]:
    for one in series:
        head = {name: getattr(one, name) for name in SERIES_COLUMNS}
        yield head | {period: one.cell(period) for period in periods_of(series)}


def _shown(series: list[Series]) -> Shown:
    periods = periods_of(series)
    shown = Shown(*SERIES_COLUMNS, *periods)
    for column in shown.columns[len(SERIES_COLUMNS) :]:
        column.justify = "right"
    for row in _cells(series):
        shown.add_row(*map(escape, row.values()))
    return shown


def _write_xlsx(series: list[Series], target: Path) -> None:
    """Write series as a sheet: numbers where there is no conflict, the records behind them on another sheet."""
    require(str(target), "xlsx", "xlsxwriter")
    texts = tuple(Column(name, "text", name, name) for name in SERIES_COLUMNS)
    numbers = tuple(Column(period, "number", f"Value of {period}", period) for period in periods_of(series))
    table = Table("compare", "An indicator of an area", "某地某指标", (*texts, *numbers))
    with replacing(target) as file:
        book = Workbook(file, [table])
        book.add(table, [list(row.values()) for row in _cells(series)])
        book.finish()
