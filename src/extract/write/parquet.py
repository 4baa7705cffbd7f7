"""Tables as Parquet."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from extract.model.tables import Column, Table
from extract.write.safe import unguarded

_COMPRESSION = "zstd"
_GROUP = 1 << 23
"""Bytes of CSV lines that go into one row group."""


def parquet_file(lines: bytes, table: Table) -> bytes:
    """Return the bytes of a Parquet file with the rows of CSV `lines` of `table`.

    Offsets and counts are integers, values doubles, days dates (null where there is none), all else strings.
    """
    from pyarrow import parquet

    written = io.BytesIO()
    parquet.write_table(_arrow_table(lines, table), written, compression=_COMPRESSION)
    return written.getvalue()


class ParquetFile:
    """A Parquet file that is written to `file` as rows come; the memory it needs does not grow with them."""

    def __init__(self, file: BinaryIO, table: Table) -> None:
        from pyarrow import parquet

        self._table = table
        self._lines = bytearray()
        self._writer: Any = parquet.ParquetWriter(file, _schema(table), compression=_COMPRESSION)

    def add(self, lines: bytes) -> None:
        """Add the rows of CSV `lines`."""
        self._lines += lines
        if len(self._lines) > _GROUP:
            self._flush()

    def finish(self) -> None:
        """Write what is left, and the end of the file."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._lines:
            self._writer.write_table(_arrow_table(bytes(self._lines), self._table))
            self._lines.clear()


def _arrow_table(lines: bytes, table: Table) -> Any:
    import pyarrow as arrow
    from pyarrow import csv

    schema = _schema(table)
    if not lines:
        return schema.empty_table()
    rows: Any = csv.read_csv(
        io.BytesIO(lines),
        csv.ReadOptions(column_names=list(table.names), block_size=len(lines) + 1),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(column_types=schema, null_values=[""]),
    )
    for place, column in enumerate(table.columns):
        if column.type == "text":
            texts = [unguarded(text) if text else text for text in rows.column(place).to_pylist()]
            rows = rows.set_column(place, column.name, arrow.array(texts, arrow.string()))
    return rows


def _schema(table: Table) -> Any:
    import pyarrow as arrow

    return arrow.schema([(column.name, _type(column)) for column in table.columns])


def _type(column: Column) -> Any:
    import pyarrow as arrow

    types = {"integer": arrow.int64(), "number": arrow.float64(), "date": arrow.date32(), "text": arrow.string()}
    return types[column.type]
