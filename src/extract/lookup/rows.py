"""Coded records as rows of text, from an earlier run or fresh from the pipeline."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from extract.errors import InputError
from extract.model.codes import CODE_COLUMNS, coded_row
from extract.model.extraction import Extraction
from extract.write.safe import unguarded

RECORDS = "metrics.csv"
Row = dict[str, str]
"""A coded record: text by the name of its column."""


def rows_of(extraction: Extraction) -> Iterator[Row]:
    """Yield the coded records of a document."""
    for metric, codes in zip(extraction.metrics, extraction.codes, strict=True):
        yield {name: str(value) for name, value in coded_row(metric, codes).items()}


def run_file(path: Path) -> Path | None:
    """Return the records of an earlier run where `path` is its folder or the file itself, None where it is neither."""
    file = path / RECORDS if path.is_dir() else path
    return file if file.name == RECORDS and file.is_file() else None


def read_run(file: Path) -> list[Row]:
    """Return the records that a run has written to `file`. Raises InputError where they cannot be read or are old."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = [
                {name: unguarded(cell) for name, cell in row.items() if name is not None}
                for row in csv.DictReader(stream)
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(file), f"cannot be read: {error}") from error
    if rows and not set(CODE_COLUMNS) <= rows[0].keys():
        raise InputError(str(file), "has no column indicator", hint="write it anew with extract run")
    return rows
