"""`extract report`: inputs to a page for the browser, with the table of its records beside it."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from extract.batch import Inputs
from extract.batch.work import documents
from extract.cli.progress import Steps, all_or_nothing
from extract.cli.words import counted
from extract.errors import InputError
from extract.model.record import COLUMNS, to_row
from extract.pipeline.pipeline import Pipeline
from extract.report import Report
from extract.write import csv_head, csv_rows, replacing


def report_inputs(
    inputs: Inputs, path: Path, title: str, rules: Path | None, out: Console, log: Console
) -> list[InputError]:
    """Write a page about all `inputs` to `path`, and return what was wrong with those that could not be read.

    All records stand in a CSV file of the same name beside it. Progress goes to `log`. Raises InputError where the
    rules or the page are at fault, or where no input could be read.
    """
    pipeline, report = Pipeline(rules), Report(title)
    faults: list[InputError] = []
    count = metrics = 0
    table = path.with_suffix(".csv")
    with all_or_nothing(log), replacing(table) as file:
        file.write(csv_head(COLUMNS))
        with Steps(log, "reading", inputs) as steps:
            for document in steps.over(documents(inputs)):
                if isinstance(document, InputError):
                    faults.append(document)
                    continue
                extraction = pipeline.extract(document)
                if extraction.metrics:
                    file.write(csv_rows(map(to_row, extraction.metrics), COLUMNS))
                report.add(extraction)
                count += 1
                metrics += len(extraction.metrics)
        if not count:
            raise faults.pop()
        report.write(path)
    out.print(f"{path}", soft_wrap=True)
    out.print(f"{counted(metrics, 'metric')} of {counted(count, 'document')}, all of them in {table}", soft_wrap=True)
    return faults
