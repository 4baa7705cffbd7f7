"""Tables as JSON lines: one object a row, numbers with all their digits, null where a cell is empty."""

from __future__ import annotations

import json
from collections.abc import Sequence

from extract.model.tables import Table


def json_line(table: Table, cells: Sequence[str]) -> bytes:
    """Return a row of `table` as one line of JSON, its keys in the order of the columns."""
    pairs = (
        f"{json.dumps(column.name)}: {_value(cell, column.type in ('integer', 'number'))}"
        for column, cell in zip(table.columns, cells, strict=True)
    )
    return f"{{{', '.join(pairs)}}}\n".encode()


def _value(cell: str, is_number: bool) -> str:
    if not cell:
        return "null"
    return cell if is_number else json.dumps(cell, ensure_ascii=False)
