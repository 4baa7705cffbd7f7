"""Writes metrics, what was found about their documents, and decoded texts."""

from extract.write.csv import csv_head, csv_rows, replacing, unwritable, write_csv, write_text

__all__ = ["csv_head", "csv_rows", "replacing", "unwritable", "write_csv", "write_text"]
