"""A page to read in a browser: the texts with their figures marked, the records, what they come to."""

from extract.report.page import Report

__all__ = ["Report"]
