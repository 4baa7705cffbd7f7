"""Reads batches: CSV, JSON lines or Parquet with one text a row, as a stream."""

from __future__ import annotations

import codecs
import csv
import datetime
import gzip
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import regex

from extract.errors import InputError, require
from extract.model.document import Document, Repair
from extract.read.decode import decode_bytes
from extract.read.unique_ids import Seen

_SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
_SAMPLE = 1 << 16
_ROWS = 256
_TEXTS = ("text", "content", "body", "正文", "内容", "文本", "全文")
_IDS = ("id", "doc", "doc_id", "编号", "url")
_DATES = ("date", "published", "pubdate", "发布日期", "日期", "发布时间")
_date = regex.compile(r"\s*(?P<y>(?:19|20)\d{2})\s*[-年./]?\s*(?P<m>\d{1,2})\s*[-月./]?\s*(?P<d>\d{1,2})(?!\d)")
_surrogate = regex.compile("[\ud800-\udfff]")

_Row = tuple[int, Mapping[str, Any] | InputError]
"""The number of a row, from 1, and what stands in it by column, or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class BatchColumns:
    """Which columns of a batch hold the text, the name and the date of a document; '' for the usual names.

    Those of its area and its issuer have no usual names.
    """

    text: str = ""
    id: str = ""
    date: str = ""
    area: str = ""
    issuer: str = ""


def is_batch(path: Path) -> bool:
    """Tell whether a file is a batch by its ending; `.gz` behind it does not count."""
    name = path.name.lower().removesuffix(".gz")
    return name.endswith(_SUFFIXES)


def read_batch(path: Path, columns: BatchColumns, max_size: int) -> Iterator[tuple[int, Document | InputError]]:
    """Yield each row of the file `path`, in order: its number from 1, and its document or what is wrong with it.

    Memory stays constant but for eight bytes of each id.

    A document is named by its id, else by the file and the number of its row, from 1; its text is the value as
    it stands. A date that cannot be read is told, as a fault of its own before the document, which is read without it.
    `max_size` counts the characters of one text. Raises InputError where the file cannot be read or
    lacks a column that `columns` names.
    """
    source = str(path)
    seen = Seen()
    stem = path.name.split(".")[0]
    try:
        named: BatchColumns | None = None
        for number, row in _rows(path, max_size):
            if isinstance(row, InputError):
                yield number, row
                continue
            named = named or _columns(columns, list(row), source)
            document = _document(row, named, number, (source, stem), max_size, seen)
            if isinstance(document, Document) and (fault := _undated(document, named, number, source)):
                yield number, fault
            yield number, document
        if named is None:
            raise InputError(source, "holds no rows", hint="give a file with a text in each row")
    except (OSError, EOFError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(source, f"cannot be read: {reason}") from error


def _rows(path: Path, max_size: int) -> Iterator[_Row]:
    if not path.is_file():
        raise InputError(str(path), "no such file")
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        yield from _parquet_rows(path)
    elif name.endswith((".csv", ".tsv")):
        with _opened(path) as file:
            yield from _csv_rows(file, path, "\t" if name.endswith(".tsv") else ",", max_size)
    else:
        with _opened(path) as file:
            yield from _json_rows(file, path, max_size)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    """Open a batch of text in its encoding, packed or not. Line ends stay as they are."""
    with _unpacked(path) as file:
        sample = file.read(_SAMPLE)
    if not sample.strip():
        raise InputError(str(path), "empty", hint="give a file with a text in each row")
    cut = sample.rfind(b"\n") + 1 if len(sample) == _SAMPLE else 0
    encoding = decode_bytes(sample[: cut or len(sample)], str(path))[1]
    with _unpacked(path) as file:
        for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            if encoding.startswith("utf-16") and sample.startswith(mark):
                file.read(len(mark))
        yield io.TextIOWrapper(file, encoding, errors="replace", newline="")


@contextmanager
def _unpacked(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        if path.suffix.lower() == ".gz":
            with gzip.open(file) as unpacked:
                yield cast("IO[bytes]", unpacked)
        else:
            yield file


def _csv_rows(file: IO[str], path: Path, delimiter: str, max_size: int) -> Iterator[_Row]:
    csv.field_size_limit(max(4 * max_size, 1 << 17))
    reader = csv.reader((line.replace("\0", "") for line in file), delimiter=delimiter)
    header = next(reader, [])
    number = 0
    while True:
        number += 1
        line = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, InputError(str(path), f"not CSV: {error}", where=f"line {line}", hint="mend the row")
            continue
        if not values:
            number -= 1
        elif len(values) != len(header):
            problem = f"has {len(values)} values for {len(header)} columns"
            yield number, InputError(str(path), problem, where=f"line {line}", hint="quote texts with commas in them")
        else:
            yield number, dict(zip(header, values, strict=True))


def _json_rows(file: IO[str], path: Path, max_size: int) -> Iterator[_Row]:
    limit = 8 * max_size + _SAMPLE
    number = 0
    while line := file.readline(limit):
        number += 1
        where = f"line {number}"
        if len(line) == limit and not line.endswith("\n"):
            while (rest := file.readline(limit)) and not rest.endswith("\n"):
                pass
            yield number, InputError(str(path), "the line is too long", where=where, hint="give --max-size")
            continue
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
            yield number, InputError(str(path), f"not JSON: {reason}", where=where, hint="one object a line")
            continue
        fault = InputError(str(path), "no JSON object", where=where, hint="one object a line")
        yield number, row if isinstance(row, dict) else fault


def _parquet_rows(path: Path) -> Iterator[_Row]:
    require(str(path), "table", "pyarrow")
    import pyarrow as arrow
    from pyarrow import parquet

    try:
        with path.open("rb") as stored, parquet.ParquetFile(stored) as file:
            number = 0
            for batch in file.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except (arrow.ArrowException, OSError) as error:
        raise InputError(str(path), "is no whole Parquet file", hint="write it anew") from error


def _columns(wanted: BatchColumns, there: Sequence[str], source: str) -> BatchColumns:
    """Return the columns to read. Raises InputError where one is not there, or the text's cannot be told."""
    for name in (wanted.text, wanted.id, wanted.date, wanted.area, wanted.issuer):
        if name and name not in there:
            raise InputError(source, f"has no column {name!r}", hint=f"its columns are {', '.join(there)}")
    usual = [name for name in there if name.lower() in _TEXTS]
    if not wanted.text and len(usual) != 1:
        hint = f"give --text-column, one of {', '.join(there)}"
        raise InputError(source, "does not tell which column holds the text", hint=hint)
    return BatchColumns(
        wanted.text or usual[0],
        wanted.id or next((name for name in there if name.lower() in _IDS), ""),
        wanted.date or next((name for name in there if name.lower() in _DATES), ""),
        wanted.area,
        wanted.issuer,
    )


def _document(
    row: Mapping[str, Any],
    columns: BatchColumns,
    number: int,
    place: tuple[str, str],
    max_size: int,
    seen: Seen,
) -> Document | InputError:
    source, stem = place
    where = f"row {number}"
    text = row.get(columns.text)
    if not isinstance(text, str) or not text.strip():
        return InputError(source, f"holds no text in {columns.text!r}", where=where)
    if len(text) > max_size:
        problem = f"has {len(text):,} characters, more than {max_size:,}"
        return InputError(source, problem, where=where, hint="split it or give --max-size")
    name = str(row[columns.id]) if columns.id and row.get(columns.id) not in (None, "") else f"{stem}#{number}"
    if columns.id and not seen.add(name):
        return InputError(source, f"its id {name!r} stands in an earlier row", where=where, hint="give each its own")
    lone = [Repair("lone surrogate", match.start(), match.end()) for match in _surrogate.finditer(text)]
    told = _value(row, columns.date)
    published = _iso(row.get(columns.date)) if columns.date else ""
    return Document(
        _clean(name),
        _clean(text) if lone else text,
        published,
        repairs=tuple(lone),
        stamp="" if published else told,
        area=_value(row, columns.area),
        issuer=_value(row, columns.issuer),
    )


def _value(row: Mapping[str, Any], column: str) -> str:
    """Return what a row has in a column as text, '' where it is empty or there is no such column."""
    value = row.get(column) if column else None
    return "" if value is None or value != value else _clean(str(value).strip())  # noqa: PLR0124 NaN differs from itself


def _undated(document: Document, columns: BatchColumns, number: int, source: str) -> InputError | None:
    """Return what is wrong with the date of a document, which is read as one without it, None if nothing."""
    if not document.stamp:
        return None
    problem = f"{document.stamp!r} in {columns.date!r} is no whole date, and is taken as unknown"
    return InputError(source, problem, where=f"row {number}", hint="write it as 2025-11-20")


def _clean(text: str) -> str:
    return str(_surrogate.sub("\ufffd", text))


def _iso(value: object) -> str:
    """Return a date as ISO, '' for what is none."""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    match = _date.match(str(value)) if value is not None else None
    if not match:
        return ""
    try:
        return datetime.date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return ""
