"""Writes metrics as a CSV file that Excel and pandas open right."""

from __future__ import annotations

import contextlib
import csv
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from extract.errors import InputError
from extract.record import COLUMNS, Metric, to_row


def write_csv(metrics: Iterable[Metric], path: Path) -> None:
    """Write `metrics`, one row each under `record.COLUMNS`, to the file `path`, whole or not at all.

    UTF-8 with a byte order mark, by which Excel knows the encoding, and line ends CR LF as RFC 4180 has
    them. Folders are made. Raises InputError where the file cannot be written.
    """
    with _replacing(path) as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(to_row(metric) for metric in metrics)


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """Open a new file that takes the place of `path` when the block ends well, and is removed otherwise."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(str(path), f"cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            yield file
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise InputError(str(path), f"cannot be written: {error.strerror}") from error
    finally:
        Path(name).unlink(missing_ok=True)
