"""Writes tables as CSV files that Excel and pandas open right, and texts; each whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from extract.errors import InputError
from extract.record import COLUMNS, Metric, to_row
from extract.write.spreadsheet import guarded

RowWriter = Callable[[Mapping[str, object]], object]


def write_csv(metrics: Iterable[Metric], path: Path) -> None:
    """Write `metrics`, one row each under `record.COLUMNS`, as `table` writes its rows."""
    with table(path, COLUMNS) as write:
        for metric in metrics:
            write(to_row(metric))


@contextlib.contextmanager
def table(path: Path, columns: Sequence[str]) -> Iterator[RowWriter]:
    """Open the CSV file `path` for rows with `columns`; it is there when the block ends well, else as before.

    UTF-8 with a byte order mark, by which Excel knows the encoding, and line ends CR LF as RFC 4180 has
    them; text that a spreadsheet would run is guarded. Folders are made. Raises InputError where the file cannot
    be written.
    """
    with _replacing(path, "utf-8-sig") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        yield lambda row: writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value


def write_text(text: str, path: Path) -> None:
    """Write `text` to the file `path` in UTF-8, its line ends as they are. Raises InputError where that fails."""
    with _replacing(path, "utf-8") as file:
        file.write(text)


def write_bytes(data: bytes, path: Path) -> None:
    """Write `data` to the file `path`. Raises InputError where that fails."""
    with _replacing(path, "utf-8") as file:
        file.buffer.write(data)


@contextlib.contextmanager
def _replacing(path: Path, encoding: str) -> Iterator[TextIO]:
    """Open a new file that takes the place of `path` when the block ends well, and is removed otherwise."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(str(path), f"cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline="") as file:
            yield file
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise InputError(str(path), f"cannot be written: {error.strerror}") from error
    finally:
        Path(name).unlink(missing_ok=True)
