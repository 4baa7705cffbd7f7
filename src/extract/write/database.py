"""Tables in a DuckDB database: documents of a run take the place of earlier ones of the same names.

`end` is a word of SQL: in the tables it must be written "end"; the views call the offsets first_char and end_char.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from extract.model.tables import METRICS, Column, Table

_TYPES = {"integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "text": "VARCHAR"}
_OFFSETS = {"start": "first_char", "end": "end_char"}
ALL_RECORDS = "records"
"""The view of all records, their offsets under names that SQL has no use for."""


class Database:
    """A database at `path`, an empty file or a copy of an earlier one; rows are held in `scratch` until the end."""

    def __init__(self, path: Path, tables: tuple[Table, ...], scratch: Callable[[str], BinaryIO]) -> None:
        self._path = path
        self._tables = tables
        self._rows = {table.name: scratch(f"{table.name}.rows") for table in tables}

    def add(self, table: Table, lines: bytes) -> None:
        """Add the rows of CSV `lines` to `table`."""
        self._rows[table.name].write(lines)

    def finish(self) -> None:
        """Write the rows to the database, and the views."""
        with _connected(self._path) as database:
            for table in self._tables:
                self._rows[table.name].flush()
                _take_in(database, table, self._rows[table.name].name)
            _make_views(database)
            database.execute("CHECKPOINT")


@contextmanager
def _connected(path: Path) -> Iterator[Any]:
    import duckdb

    if path.exists() and not path.stat().st_size:
        path.unlink()
    database = duckdb.connect(str(path))
    try:
        yield database
    finally:
        database.close()


def _take_in(database: Any, table: Table, rows: str) -> None:
    columns = ", ".join(f"{_quoted(column.name)} {_TYPES[column.type]}" for column in table.columns)
    types = ", ".join(f"{_text(column.name)}: {_text(_TYPES[column.type])}" for column in table.columns)
    source = (
        f"read_csv({_text(rows)}, header = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n', "
        f"auto_detect = false, nullstr = '', max_line_size = 67108864, parallel = false, columns = {{{types}}})"
    )
    taken = ", ".join(_unguarded(column) for column in table.columns)
    name = _quoted(table.name)
    database.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
    for column in table.columns:
        kind = _TYPES[column.type]
        database.execute(f"ALTER TABLE {name} ADD COLUMN IF NOT EXISTS {_quoted(column.name)} {kind}")
    database.execute(f"CREATE TEMP TABLE taken AS SELECT {taken} FROM {source}")
    database.execute(f"DELETE FROM {name} WHERE doc IN (SELECT doc FROM taken)")
    database.execute(f"INSERT INTO {name} BY NAME SELECT * FROM taken")
    database.execute("DROP TABLE taken")
    for column in table.columns:
        database.execute(f"COMMENT ON COLUMN {name}.{_quoted(column.name)} IS {_text(column.meaning)}")


def _make_views(database: Any) -> None:
    shown = ", ".join(
        f"{_quoted(column.name)} AS {_OFFSETS[column.name]}" if column.name in _OFFSETS else _quoted(column.name)
        for column in METRICS.columns
    )
    database.execute(f"CREATE OR REPLACE VIEW {ALL_RECORDS} AS SELECT {shown} FROM {METRICS.name}")
    topics = f"SELECT DISTINCT topic FROM {METRICS.name} WHERE topic IS NOT NULL ORDER BY topic"
    for (topic,) in database.execute(topics).fetchall():
        database.execute(
            f"CREATE OR REPLACE VIEW {_quoted(topic)} AS SELECT * FROM {ALL_RECORDS} WHERE topic = {_text(topic)}"
        )


def _unguarded(column: Column) -> str:
    """Return the column without the apostrophe that `safe.guarded` puts before what a spreadsheet may run."""
    name = _quoted(column.name)
    if column.type != "text":
        return name
    return f"CASE WHEN regexp_matches({name}, {_text(_GUARDED)}) THEN {name}[2:] ELSE {name} END AS {name}"


_GUARDED = r"^'(['\s]*[=+\-@＝＋－＠]|'*[\t\r\n])"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
