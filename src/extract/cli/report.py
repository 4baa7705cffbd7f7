"""`extract report`: inputs to a page for the browser."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from extract.batch import Inputs
from extract.batch.work import Reading, document_of
from extract.errors import InputError
from extract.pipeline import Pipeline
from extract.report import Report


def report_inputs(inputs: Inputs, path: Path, rules: Path | None, out: Console) -> list[InputError]:
    """Write a page about all `inputs` to `path`, and return what was wrong with those that could not be read.

    Raises InputError where the rules or the page are at fault, or where no input could be read.
    """
    pipeline, report = Pipeline(rules), Report()
    reading = Reading(inputs.published, inputs.max_size)
    files, faults = inputs.files()
    count = 0
    for item in (item for path in files for task in inputs.tasks(path) for item in task.items):
        try:
            report.add(pipeline.extract(document_of(item, reading)))
            count += 1
        except InputError as fault:
            faults.append(fault)
    if not count:
        raise faults.pop()
    report.write(path)
    out.print(f"{path}", soft_wrap=True)
    return faults
