"""Reads batches: CSV, JSON lines or Parquet with one text a row, as a stream."""

from __future__ import annotations

import datetime
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from extract.errors import InputError
from extract.model.document import Document, Repair
from extract.read.batch_lines import opened
from extract.read.batch_rows import ParquetRows, Row, csv_rows, json_rows
from extract.read.unique_ids import Seen

_SUFFIXES = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
_LEAST = 1 << 17
_PER_CHARACTER = 8
"""A row may have so many bytes, and so many for each character that its text may have."""
_MOST_SHAPES = 1000
_TOLD = 1000
"""So many faults of one kind are told one by one; of more, only how many there are."""
_TEXTS = ("text", "content", "body", "正文", "内容", "文本", "全文")
_IDS = ("id", "doc", "doc_id", "编号", "url")
_DATES = ("date", "published", "pubdate", "发布日期", "日期", "发布时间")
_date = regex.compile(r"\s*(?P<y>(?:19|20)\d{2})\s*[-年./]?\s*(?P<m>\d{1,2})\s*[-月./]?\s*(?P<d>\d{1,2})(?!\d)")
_surrogate = regex.compile("[\ud800-\udfff]")
_lost = regex.compile("[\ufffd\ud800-\udfff]+")
_detail = regex.compile(r"""'[^']*+'|"[^"]*+"|[0-9][0-9,]*+""")


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

    @property
    def named(self) -> list[str]:
        """Those that have a name, each once."""
        names = (self.text, self.id, self.date, self.area, self.issuer)
        return [name for name in dict.fromkeys(names) if name]


def is_batch(path: Path) -> bool:
    """Tell whether a file is a batch by its ending; `.gz` behind it does not count."""
    name = path.name.lower().removesuffix(".gz")
    return name.endswith(_SUFFIXES)


def read_batch(path: Path, columns: BatchColumns, max_size: int) -> Iterator[tuple[int, Document | InputError]]:
    """Yield each row of the file `path`, in order: its number from 1, and its document or what is wrong with it.

    Memory stays constant but for eight bytes of each id.

    A document is named by its id, else by the file and the number of its row, from 1; its text is the value as
    it stands. A date that cannot be read is told, as a fault of its own before the document, which is read without it;
    so are bytes that are no text. Of more than 1,000 faults of one kind the others are counted, and told at the end.
    `max_size` counts the characters of one text. Raises InputError where the file cannot be read or
    lacks a column that `columns` names.
    """
    told: Counter[str] = Counter()
    last: dict[str, tuple[int, InputError]] = {}
    try:
        for number, row in _each(path, columns, max_size):
            if isinstance(row, InputError):
                kind = _detail.sub("", row.problem)
                told[kind] += 1
                if told[kind] > _TOLD:
                    last[kind] = number, row
                    continue
            yield number, row
    except (OSError, EOFError, UnicodeError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(str(path), f"cannot be read: {reason}") from error
    for kind, (number, fault) in last.items():
        problem = f"{fault.problem}; so it is with {told[kind] - _TOLD:,} rows that are not told one by one"
        yield number, InputError(fault.source, problem, fault.where, fault.hint)


def _each(path: Path, wanted: BatchColumns, max_size: int) -> Iterator[tuple[int, Document | InputError]]:
    source = str(path)
    if not path.is_file():
        raise InputError(source, "no such file")
    name = path.name.lower().removesuffix(".gz")
    reader = _Reader(path, wanted, max_size)
    longest = _LEAST + _PER_CHARACTER * max_size
    if name.endswith(".parquet"):
        stored = ParquetRows(path)
        used = reader.columns(stored.names).named
        yield from reader.documents(stored.rows(used))
    elif name.endswith((".csv", ".tsv")):
        with opened(path, longest) as lines:
            rows = csv_rows(lines, source, "\t" if name.endswith(".tsv") else ",", longest)
            yield from reader.documents(rows)
    else:
        with opened(path, longest) as lines:
            yield from reader.documents(json_rows(lines, source), is_free=True)


class _Reader:
    """Makes documents of the rows of one file."""

    def __init__(self, path: Path, wanted: BatchColumns, max_size: int) -> None:
        self._source = str(path)
        self._stem = path.name.split(".")[0]
        self._wanted = wanted
        self._max_size = max_size
        self._seen = Seen()
        self._chosen: dict[tuple[str, ...], BatchColumns] = {}

    def documents(self, rows: Iterator[Row], is_free: bool = False) -> Iterator[tuple[int, Document | InputError]]:
        """Yield the document of each row, and before it what was lost of it; `is_free` where each has its own columns.

        Raises InputError where no row has columns that can be read.
        """
        fault: InputError | None = InputError(self._source, "holds no rows", hint="give a file with a text in each row")
        for row in rows:
            if isinstance(row.values, InputError):
                yield row.number, row.values
                continue
            try:
                columns = self.columns(row.values.names)
            except InputError as error:
                if not is_free:
                    raise
                fault = fault and error
                yield row.number, InputError(self._source, error.problem, f"row {row.number}", error.hint)
                continue
            fault = None
            for found in self._document(row, row.values, columns):
                yield row.number, found
        if fault is not None:
            raise fault

    def columns(self, there: tuple[str, ...]) -> BatchColumns:
        """Return the columns to read. Raises InputError where one is not there, or the text's cannot be told."""
        if there not in self._chosen:
            columns = _columns(self._wanted, there, self._source)
            if len(self._chosen) >= _MOST_SHAPES:
                self._chosen.clear()
            self._chosen[there] = columns
        return self._chosen[there]

    def _document(self, row: Row, values: Mapping[str, Any], columns: BatchColumns) -> Iterator[Document | InputError]:
        where = f"row {row.number}"
        text = values[columns.text]
        if not isinstance(text, str) or not text.strip():
            yield InputError(self._source, f"holds no text in {columns.text!r}", where=where)
            return
        if len(text) > self._max_size:
            problem = f"has {len(text):,} characters, more than {self._max_size:,}"
            yield InputError(self._source, problem, where=where, hint="split it or give --max-size")
            return
        name = _value(values, columns.id) or f"{self._stem}#{row.number}"
        if columns.id and not self._seen.add(name):
            problem = f"its id {name!r} stands in an earlier row"
            yield InputError(self._source, problem, where=where, hint="give each its own")
            return
        if row.warning:
            yield InputError(self._source, row.warning, where=where, hint="mend the row")
        told = _value(values, columns.date)
        published = _iso(values[columns.date]) if columns.date else ""
        if told and not published:
            problem = f"{told!r} in {columns.date!r} is no whole date, and is taken as unknown"
            yield InputError(self._source, problem, where=where, hint="write it as 2025-11-20")
        yield Document(
            name,
            _clean(text),
            published,
            repairs=tuple(_repairs(text, row)),
            stamp="" if published else told,
            area=_value(values, columns.area),
            issuer=_value(values, columns.issuer),
        )


def _repairs(text: str, row: Row) -> Iterator[Repair]:
    if row.encoding:
        yield Repair("encoding of its own", 0, 0, row.encoding)
    kind, pattern = ("undecodable bytes", _lost) if row.warning else ("lone surrogate", _surrogate)
    for match in pattern.finditer(text):
        yield Repair(kind, match.start(), match.end())


def _columns(wanted: BatchColumns, there: Sequence[str], source: str) -> BatchColumns:
    for name in wanted.named:
        if name not in there:
            raise InputError(source, f"has no column {name!r}", hint=f"its columns are {', '.join(there)}")
    usual = [name for name in there if name.lower() in _TEXTS]
    if not wanted.text and len(usual) != 1:
        hint = f"give --text-column, one of {', '.join(there)}"
        raise InputError(source, "does not tell which column holds the text", hint=hint)
    columns = BatchColumns(
        wanted.text or usual[0],
        wanted.id or next((name for name in there if name.lower() in _IDS), ""),
        wanted.date or next((name for name in there if name.lower() in _DATES), ""),
        wanted.area,
        wanted.issuer,
    )
    for name in columns.named:
        if there.count(name) > 1:
            raise InputError(source, f"has two columns {name!r}", hint="give each its own name")
    return columns


def _value(row: Mapping[str, Any], column: str) -> str:
    """Return what a row has in a column as text, '' where it is empty or there is no such column."""
    value = row[column] if column else None
    return "" if value is None or value != value else _clean(str(value).strip())  # noqa: PLR0124 NaN differs from itself


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
