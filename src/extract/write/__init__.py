"""Writes metrics, what was found about their documents, and decoded texts."""

from extract.write.csv import csv_head, csv_rows, replacing, unwritable, write_csv, write_text
from extract.write.parquet import parquet_file

__all__ = ["csv_head", "csv_rows", "parquet_file", "replacing", "unwritable", "write_csv", "write_text"]
