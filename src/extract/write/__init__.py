"""Writes metrics, what was found about their documents, and decoded texts."""

from extract.write.csv import table, write_bytes, write_csv, write_text

__all__ = ["table", "write_bytes", "write_csv", "write_text"]
