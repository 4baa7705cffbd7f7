"""Reads documents: text in any Chinese encoding, Markdown, HTML, Word, PDF, and batches of texts."""

from extract.read.batch import BatchColumns, is_batch, read_batch
from extract.read.inputs import (
    DEFAULT_MAX_SIZE,
    FORMATS,
    STDIN,
    decode,
    document_name,
    find_inputs,
    located,
    parse_document,
    read_bytes,
    read_document,
)
from extract.read.names import document_names

__all__ = [
    "DEFAULT_MAX_SIZE",
    "FORMATS",
    "STDIN",
    "BatchColumns",
    "decode",
    "document_name",
    "document_names",
    "find_inputs",
    "is_batch",
    "located",
    "parse_document",
    "read_batch",
    "read_bytes",
    "read_document",
]
