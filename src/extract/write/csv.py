"""Writes tables as CSV files that Excel and pandas open right, and any file whole or not at all."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from extract.errors import InputError
from extract.model.record import COLUMNS, Metric, to_row
from extract.write.safe import guarded_row


def write_csv(metrics: Iterable[Metric], path: Path) -> None:
    """Write `metrics` to the file `path`, one row each under `record.COLUMNS`, as `replacing` writes files."""
    with replacing(path) as file:
        file.write(csv_head(COLUMNS))
        file.write(csv_rows(map(to_row, metrics), COLUMNS))


def csv_head(columns: Sequence[str]) -> bytes:
    """Return what a CSV file begins with: a byte order mark, by which Excel knows that it is UTF-8, and `columns`."""
    return codecs.BOM_UTF8 + csv_rows([dict(zip(columns, columns, strict=True))], columns)


def csv_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> bytes:
    """Return `rows` as lines of a CSV file with `columns`, two or more: UTF-8, line ends CR LF as RFC 4180 has them.

    Text that a spreadsheet would run is guarded.
    """
    text = io.StringIO(newline="")
    cells = map(itemgetter(*columns), rows)
    csv.writer(text).writerows(map(guarded_row, cells))
    return text.getvalue().encode()


def write_text(text: str, path: Path) -> None:
    """Write `text` to the file `path` in UTF-8, its line ends as they are. Raises InputError where that fails."""
    write_bytes(text.encode(), path)


def write_bytes(data: bytes, path: Path) -> None:
    """Write `data` to the file `path`. Raises InputError where that fails."""
    with replacing(path) as file:
        file.write(data)


@contextlib.contextmanager
def replacing(path: Path, folder: Path | None = None, is_lasting: bool = True) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` when the block ends well, and is removed otherwise.

    Until then it lies in `folder`, which is on the same disk, or beside `path`. Folders are made. It is on the disk
    before it takes its place, so that a failure of power leaves one of both whole; not where it need not be
    `is_lasting`. Raises InputError where the file cannot be written.
    """
    with replacing_path(path, folder, is_lasting) as new, new.open("wb") as file:
        yield file


@contextlib.contextmanager
def replacing_path(path: Path, folder: Path | None = None, is_lasting: bool = True) -> Iterator[Path]:
    """Do as `replacing`, but give the path of the new file, which is empty, for what opens it by itself."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder or path.parent, prefix=f".{path.name}.")
        os.close(handle)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield Path(name)
        if is_lasting:
            _write_through(Path(name))
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _write_through(path: Path) -> None:
    """Have what was written to a file lie on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritable(path: Path, error: OSError) -> InputError:
    """Return the error that says why `path` cannot be written."""
    return InputError(str(path), f"cannot be written: {error.strerror or error}")
