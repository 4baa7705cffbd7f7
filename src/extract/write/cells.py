"""The rows of a table as text, read back from CSV lines, for writers of other formats."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from extract.write.safe import unguarded

_SCALED = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def cells_of(lines: bytes) -> Iterator[list[str]]:
    """Yield the rows of CSV `lines` that `csv_rows` made, each cell as it was before it was guarded."""
    csv.field_size_limit(1 << 30)
    for row in csv.reader(io.StringIO(lines.decode(), newline="")):
        yield [unguarded(cell) if cell.startswith("'") else cell for cell in row]


def is_number(cell: str) -> bool:
    """Whether `cell` is a plain decimal number, as `format_value` writes it."""
    return _SCALED.fullmatch(cell) is not None
