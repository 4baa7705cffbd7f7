"""`datapackage.json` (Frictionless Data Package 2): what the files of a run are and what their columns mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from extract.model.tables import Column, Table

PACKAGE_NAME = "datapackage.json"
_SCHEMAS = "https://datapackage.org/profiles/2.0"
_TYPES = {"text": "string", "integer": "integer", "number": "number", "date": "date"}
_MEDIA = {
    ".csv": "text/csv",
    ".jsonl": "application/x-ndjson",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".duckdb": "application/octet-stream",
}


def data_package(files: Mapping[str, Table | None]) -> bytes:
    """Return the descriptor of `files`, each with the table that it holds, None for one that holds several."""
    package = {
        "$schema": f"{_SCHEMAS}/datapackage.json",
        "name": "press-metrics",
        "title": "Figures of press releases",
        "description": "One row for each figure that a text reports, with what it is about, where and when.",
        "resources": [_resource(name, table) for name, table in files.items()],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(file: str, table: Table | None) -> dict[str, Any]:
    path = PurePath(file)
    resource: dict[str, Any] = {
        "name": file.replace(".", "-"),
        "type": "table" if table and path.suffix == ".csv" else "file",
        "path": file,
        "format": path.suffix[1:],
        "mediatype": _MEDIA[path.suffix],
    }
    if table is None:
        return resource
    resource |= {"title": table.row, "description": table.row_zh}
    if path.suffix == ".csv":
        resource |= {"encoding": "utf-8", "schema": table_schema(table)}
    return resource


def table_schema(table: Table) -> dict[str, Any]:
    """Return the Table Schema of a table."""
    schema: dict[str, Any] = {
        "$schema": f"{_SCHEMAS}/tableschema.json",
        "fieldsMatch": "equal",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [{"value": "", "label": "the text does not tell"}],
    }
    return schema | ({"primaryKey": list(table.key)} if table.key else {})


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.meaning_zh,
        "description": column.meaning,
    }
    if column.words:
        field["categories"] = list(column.words)
    if column.is_required:
        field["constraints"] = {"required": True}
    return field
