"""Reads documents: so far plain text in UTF-8."""

from extract.read.text import STDIN, decode, find_inputs, read_document

__all__ = ["STDIN", "decode", "find_inputs", "read_document"]
