"""Writes tables in several formats, and files whole or not at all."""

from extract.write.csv import (
    csv_head,
    csv_rows,
    replacing,
    replacing_path,
    unwritable,
    write_bytes,
    write_csv,
    write_text,
)
from extract.write.parquet import parquet_file

__all__ = [
    "csv_head",
    "csv_rows",
    "parquet_file",
    "replacing",
    "replacing_path",
    "unwritable",
    "write_bytes",
    "write_csv",
    "write_text",
]
