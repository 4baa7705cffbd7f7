"""`extract report`: inputs to a page for the browser."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from extract.batch import Inputs
from extract.batch.work import documents
from extract.cli.progress import Steps
from extract.errors import InputError
from extract.pipeline.pipeline import Pipeline
from extract.report import Report


def report_inputs(inputs: Inputs, path: Path, rules: Path | None, out: Console, log: Console) -> list[InputError]:
    """Write a page about all `inputs` to `path`, and return what was wrong with those that could not be read.

    Progress goes to `log`.

    Raises InputError where the rules or the page are at fault, or where no input could be read.
    """
    pipeline, report = Pipeline(rules), Report()
    faults: list[InputError] = []
    count = 0
    with Steps(log, "reading", inputs) as steps:
        for document in steps.over(documents(inputs)):
            if isinstance(document, InputError):
                faults.append(document)
            else:
                report.add(pipeline.extract(document))
                count += 1
    if not count:
        raise faults.pop()
    report.write(path)
    out.print(f"{path}", soft_wrap=True)
    return faults
