"""Writes metrics: so far as CSV."""

from extract.write.csv import write_csv

__all__ = ["write_csv"]
