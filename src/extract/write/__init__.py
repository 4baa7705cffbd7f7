"""Writes tables as CSV and Parquet, and files whole or not at all."""

from extract.write.csv import csv_head, csv_rows, replacing, unwritable, write_bytes, write_csv, write_text
from extract.write.parquet import parquet_file

__all__ = [
    "csv_head",
    "csv_rows",
    "parquet_file",
    "replacing",
    "unwritable",
    "write_bytes",
    "write_csv",
    "write_text",
]
