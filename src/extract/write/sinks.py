"""Where the rows of a run go: a sink for each format that is asked for, fed as the rows come."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from extract.errors import InputError, require
from extract.model.tables import METRICS, TABLES, Table
from extract.write.cells import cells_of
from extract.write.csv import csv_head, csv_rows, replacing, replacing_path, unwritable
from extract.write.database import Database
from extract.write.datapackage import PACKAGE_NAME, data_package
from extract.write.jsonl import json_line
from extract.write.parquet import ParquetFile
from extract.write.sdmx import SDMX_COLUMNS, observations
from extract.write.xlsx import Workbook

DEFAULT_FORMATS: Final = ("csv",)
_BOOK, _DATABASE, _OBSERVATIONS = "metrics.xlsx", "metrics.duckdb", "metrics.sdmx.csv"
_NAMES: Final = {"sdmx": _OBSERVATIONS}
_NEEDED: Final = {
    "csv": (),
    "xlsx": ("xlsx", "xlsxwriter"),
    "jsonl": (),
    "parquet": ("table", "pyarrow"),
    "duckdb": ("duckdb", "duckdb"),
    "sdmx": (),
}
"""The formats there are, and for each the extra of this package that it needs, and what must be installed then."""


def formats_of(text: str) -> tuple[str, ...]:
    """Return the formats that `text` lists (csv,xlsx). Raises InputError for one that is unknown or not installed."""
    formats = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    for name in formats:
        if name not in _NEEDED:
            raise InputError("--format", f"{name!r} is no format", hint=f"take one or several of {','.join(_NEEDED)}")
        if _NEEDED[name]:
            extra, *modules = _NEEDED[name]
            require(f"--format {name}", extra, *modules)
    if not formats:
        raise InputError("--format", "names no format", hint=f"take one or several of {','.join(_NEEDED)}")
    return formats


def record_files(formats: Sequence[str]) -> list[str]:
    """Return the names of the files that hold the records, one for each of `formats`."""
    return [_NAMES.get(name, f"metrics.{name}") for name in formats]


class Place:
    """Where sinks have their files: they take their places in `folder` when `settle` is called, else they are removed.

    Until then they lie in `scratch`, a folder on the same disk, under names that begin with a dot.
    """

    def __init__(self, folder: Path, scratch: Path) -> None:
        self.folder = folder
        self.files: dict[str, Table | None] = {}
        """What has been opened, with the table that it holds, None if that are several or another."""
        self._scratch = scratch
        self._waiting = ExitStack()

    def open(self, name: str, table: Table | None = None) -> BinaryIO:
        """Open the new file `name`."""
        self.files[name] = table
        return self._waiting.enter_context(replacing(self.folder / name, self._scratch))

    def path(self, name: str) -> Path:
        """Return where the new file `name` lies until it takes its place; it is a copy of the earlier one, or empty."""
        self.files[name] = None
        new = self._waiting.enter_context(replacing_path(self.folder / name, self._scratch))
        if (self.folder / name).is_file():
            shutil.copyfile(self.folder / name, new)
        return new

    def note(self, name: str) -> BinaryIO:
        """Open a file that is removed in the end."""
        handle, path = tempfile.mkstemp(dir=self._scratch, prefix=f".{name}.")
        os.close(handle)
        self._waiting.callback(Path(path).unlink, missing_ok=True)
        return self._waiting.enter_context(Path(path).open("wb"))

    def settle(self) -> None:
        """Put all files in their places."""
        self._waiting.close()

    def leave(self, error: BaseException | None) -> None:
        """Remove what has not been put in its place, for the sake of `error`."""
        self._waiting.__exit__(type(error) if error else None, error, error.__traceback__ if error else None)


class _Sink(Protocol):
    def add(self, table: Table, lines: bytes, rows: Sequence[Sequence[str]]) -> None:
        """Take the rows of CSV `lines` of `table`; `rows` are the same as cells, where the sink `needs_rows`."""

    def finish(self) -> None:
        """Bring all files to their end."""


class Sinks:
    """The files of a run in the formats that are asked for, in `place`."""

    def __init__(self, formats: Sequence[str], place: Place) -> None:
        self._place = place
        self._sinks: list[tuple[str, _Sink]] = [(name, _SINKS[name](place)) for name in formats]
        self._needs_rows = any(not isinstance(sink, _BY_LINES) for _, sink in self._sinks)

    def add(self, lines: Mapping[str, bytes]) -> None:
        """Add CSV lines by the names of their tables. Raises InputError where they cannot be written."""
        for table in TABLES:
            given = lines[table.name]
            rows = list(cells_of(given)) if self._needs_rows and given else []
            for name, sink in self._sinks if given else ():
                try:
                    sink.add(table, given, rows)
                except OSError as error:
                    file = _NAMES.get(name, f"{table.name}.{name}")
                    raise unwritable(self._place.folder / file, error) from error

    def finish(self) -> None:
        """Bring all files to their end, and describe them in `datapackage.json`."""
        for _, sink in self._sinks:
            sink.finish()
        package = data_package(self._place.files)
        self._place.open(PACKAGE_NAME).write(package)


class _CsvSink:
    def __init__(self, place: Place) -> None:
        self._files = {table.name: place.open(f"{table.name}.csv", table) for table in TABLES}
        for table in TABLES:
            self._files[table.name].write(csv_head(table.names))

    def add(self, table: Table, lines: bytes, rows: Sequence[Sequence[str]]) -> None:
        del rows
        self._files[table.name].write(lines)

    def finish(self) -> None:
        pass


class _JsonSink:
    def __init__(self, place: Place) -> None:
        self._files = {table.name: place.open(f"{table.name}.jsonl", table) for table in TABLES}

    def add(self, table: Table, lines: bytes, rows: Sequence[Sequence[str]]) -> None:
        del lines
        self._files[table.name].writelines(json_line(table, row) for row in rows)

    def finish(self) -> None:
        pass


class _ParquetSink:
    def __init__(self, place: Place) -> None:
        self._files = {table.name: ParquetFile(place.open(f"{table.name}.parquet", table), table) for table in TABLES}

    def add(self, table: Table, lines: bytes, rows: Sequence[Sequence[str]]) -> None:
        del rows
        self._files[table.name].add(lines)

    def finish(self) -> None:
        for file in self._files.values():
            file.finish()


class _BookSink:
    def __init__(self, place: Place) -> None:
        self._book = Workbook(place.open(_BOOK), TABLES)

    def add(self, table: Table, lines: bytes, rows: Sequence[Sequence[str]]) -> None:
        del lines
        self._book.add(table, rows)

    def finish(self) -> None:
        self._book.finish()


class _DatabaseSink:
    def __init__(self, place: Place) -> None:
        self._database = Database(place.path(_DATABASE), TABLES, place.note)

    def add(self, table: Table, lines: bytes, rows: Sequence[Sequence[str]]) -> None:
        del rows
        self._database.add(table, lines)

    def finish(self) -> None:
        self._database.finish()


class _ObservationSink:
    def __init__(self, place: Place) -> None:
        self._file = place.open(_OBSERVATIONS)
        self._file.write(csv_rows([dict(zip(SDMX_COLUMNS, SDMX_COLUMNS, strict=True))], SDMX_COLUMNS))

    def add(self, table: Table, lines: bytes, rows: Sequence[Sequence[str]]) -> None:
        del lines
        if table is METRICS:
            records = (dict(zip(table.names, row, strict=True)) for row in rows)
            self._file.write(csv_rows(observations(records), SDMX_COLUMNS))

    def finish(self) -> None:
        pass


_SINKS: Final[dict[str, Callable[[Place], _Sink]]] = {
    "csv": _CsvSink,
    "xlsx": _BookSink,
    "jsonl": _JsonSink,
    "parquet": _ParquetSink,
    "duckdb": _DatabaseSink,
    "sdmx": _ObservationSink,
}
_BY_LINES = (_CsvSink, _ParquetSink, _DatabaseSink)
"""Sinks that take the lines as they are."""
