"""The rows of a batch as what stands in each by column, whatever is wrong with one of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import InputError, require
from extract.read.batch_lines import Lines, LongLineError, most_unpacked

_PARQUET_ROWS = 8
"""So many rows of a Parquet file are unpacked at a time: each may hold a whole book."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number from 1, what stands in it by column or why that cannot be told, and where it stands.

    `warning` tells what was lost of it though it can be read, `encoding` the one it is in where that is not the file's.
    """

    number: int
    values: Values | InputError
    warning: str = ""
    encoding: str = ""


class Values(dict[str, Any]):
    """What stands in a row by column; `names` are the columns in order, with those that stand more than once."""

    names: tuple[str, ...] = ()


class Unreadable:
    """Stands for a value that Python has nothing for, such as a day after the year 9999; `kind` is its type."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __str__(self) -> str:
        return f"a value of type {self.kind}"


def csv_rows(lines: Lines, source: str, delimiter: str, longest: int) -> Iterator[Row]:
    """Yield the rows of a CSV file. One whose quotation marks do not match ends with its first line."""
    csv.field_size_limit(longest)
    reader = csv.reader(map(_without_nul, lines), delimiter=delimiter, strict=True)
    header = tuple(_header(reader, source))
    number = 0
    while True:
        lines.begin()
        place, is_again = f"line {lines.number + 1}", lines.is_again
        try:
            values = next(reader)
        except StopIteration:
            return
        except (csv.Error, LongLineError) as error:
            number += 1
            problem = "is too long" if isinstance(error, LongLineError) else f"not CSV: {_csv_problem(error)}"
            yield Row(number, InputError(source, problem, where=place, hint="mend the row"))
            lines.go_back()
            continue
        if not values:
            continue
        number += 1
        if len(values) != len(header):
            problem = f"has {len(values)} values for {len(header)} columns"
            yield Row(number, InputError(source, problem, where=place, hint="quote texts with commas in them"))
        else:
            row = Values(zip(header, values, strict=True))
            row.names = header
            warning = "stands behind a row whose quotation marks do not match" if is_again else _lost(lines)
            yield Row(number, row, warning, lines.other)


def _header(reader: Iterator[list[str]], source: str) -> list[str]:
    try:
        return next(reader, [])
    except (csv.Error, LongLineError) as error:
        raise InputError(source, f"not CSV: {_csv_problem(error)}", where="line 1", hint="mend the row") from error


def _csv_problem(error: Exception) -> str:
    return {
        "unexpected end of data": "a quotation mark is not closed",
        "": "the line is too long",
    }.get(str(error), str(error))


def _without_nul(line: str) -> str:
    return line.replace("\0", "")


def _lost(lines: Lines) -> str:
    return f"has {lines.lost} bytes that are no text, each read as U+FFFD" if lines.lost else ""


def json_rows(lines: Lines, source: str) -> Iterator[Row]:
    """Yield the rows of a file with a JSON object a line."""
    number = 0
    while True:
        lines.begin()
        number += 1
        where = f"line {number}"
        try:
            line = next(lines)
        except StopIteration:
            return
        except LongLineError:
            yield Row(number, InputError(source, "the line is too long", where=where, hint="give --max-size"))
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line, object_pairs_hook=_object)
        except (ValueError, RecursionError) as error:
            fault = InputError(source, f"not JSON: {_json_problem(error)}", where=where, hint="one object a line")
            yield Row(number, fault)
            continue
        if isinstance(row, Values):
            yield Row(number, row, _lost(lines), lines.other)
        else:
            yield Row(number, InputError(source, "no JSON object", where=where, hint="one object a line"))


def _object(pairs: list[tuple[str, Any]]) -> Values:
    row = Values(pairs)
    row.names = tuple(name for name, _ in pairs)
    return row


def _json_problem(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return error.msg
    return "nested too deep" if isinstance(error, RecursionError) else "a number is too long"


class ParquetRows:
    """The rows of a Parquet file, of which only the columns that are asked for are ever unpacked.

    Raises InputError where it is none, or not whole.
    """

    def __init__(self, path: Path) -> None:
        require(str(path), "table", "pyarrow")
        from pyarrow import parquet

        self._path = path
        self._most = most_unpacked(path)
        self._stored = path.open("rb")
        try:
            self._file = parquet.ParquetFile(self._stored)
            self.names = tuple(self._file.schema_arrow.names)
        except Exception as error:  # a damaged file brings any of them
            self._stored.close()
            raise self._broken() from error

    def rows(self, columns: Sequence[str]) -> Iterator[Row]:
        """Yield what stands in `columns` of each row; a value that Python has nothing for is an `Unreadable`."""
        number = size = 0
        try:
            for batch in self._file.iter_batches(batch_size=_PARQUET_ROWS, columns=list(columns)):
                for place in range(batch.num_rows):
                    number += 1
                    row = Values({name: _value(batch.column(name)[place]) for name in columns})
                    row.names = self.names
                    size += sum(len(value) for value in row.values() if isinstance(value, str))
                    if size > self._most:
                        hint = "write it anew without packing"
                        raise InputError(str(self._path), "unpacks to far more than it holds (a bomb)", hint=hint)
                    yield Row(number, row)
        except InputError:
            raise
        except Exception as error:
            raise self._broken() from error
        finally:
            self._file.close()
            self._stored.close()

    def _broken(self) -> InputError:
        return InputError(str(self._path), "is no whole Parquet file", hint="write it anew")


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except Exception:  # pyarrow has as many errors for these as there are types
        return Unreadable(str(scalar.type))
