"""Tables as Parquet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from extract.write.safe import unguarded

_INTEGERS = ("start", "end", "article", "metrics")
_NUMBERS = ("value", "value_high")


def parquet_file(lines: bytes, columns: Sequence[str]) -> bytes:
    """Return the bytes of a Parquet file with the rows of CSV lines under `columns`.

    Offsets and counts are integers, values doubles (null where there is none), all else strings.
    """
    import pyarrow as arrow
    from pyarrow import csv, parquet

    schema = arrow.schema([(name, _type(name)) for name in columns])
    table: Any = schema.empty_table()
    if lines:
        table = csv.read_csv(
            io.BytesIO(lines),
            csv.ReadOptions(column_names=list(columns), block_size=len(lines) + 1),
            csv.ParseOptions(newlines_in_values=True),
            csv.ConvertOptions(column_types=schema, null_values=[""]),
        )
        for place, name in enumerate(columns):
            if _type(name) == arrow.string():
                texts = [unguarded(text) if text else text for text in table.column(place).to_pylist()]
                table = table.set_column(place, name, arrow.array(texts, arrow.string()))
    written = io.BytesIO()
    parquet.write_table(table, written, compression="zstd")
    return written.getvalue()


def _type(name: str) -> Any:
    import pyarrow as arrow

    if name in _INTEGERS:
        return arrow.int64()
    return arrow.float64() if name in _NUMBERS else arrow.string()
