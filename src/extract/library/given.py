"""What a caller gives: texts, paths, documents, and names beside them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.errors import InputError
from extract.library.dates import as_date, is_missing
from extract.model.document import Document
from extract.read.batch import is_batch
from extract.read.inputs import FORMATS, read_document

Text = str | os.PathLike[str] | Document
"""A text, the path of a file, or a document."""

_LONGEST_NAME = 400
_ENDINGS = (*FORMATS, ".csv", ".tsv", ".jsonl", ".parquet", ".xlsx", ".doc")


def as_name(value: object, source: str) -> str:
    """Return a text given from outside, such as an area, '' for None, NaN and the like.

    Raises InputError, which names `source`, for what is no text.
    """
    if is_missing(value):
        return ""
    if not isinstance(value, str):
        raise InputError(source, f"{value!r} is no text")
    return value.strip()


def as_document(given: Text, doc: str, published: object, area: object, issuer: object) -> Document:
    """Return `given` as a document: a str is a text, a path is read, a document stays what it is.

    What is given beside it goes before what it has; '' and the like leave that. Raises InputError for what is none of
    the three, for a file that cannot be read, a date that is none, and a str that is meant as the name of a file.
    """
    document = _document(given)
    told: dict[str, Any] = {
        "name": doc,
        "published": as_date(published),
        "area": as_name(area, "area"),
        "issuer": as_name(issuer, "issuer"),
    }
    return (
        replace(document, **{name: value for name, value in told.items() if value}) if any(told.values()) else document
    )


def _document(given: object) -> Document:
    if isinstance(given, Document):
        return given
    if isinstance(given, os.PathLike):
        path = Path(given)
        if is_batch(path):
            hint = "give its rows to extract.frame, or the file to `extract run`"
            raise InputError(str(path), "holds many texts", hint=hint)
        return read_document(path)
    if isinstance(given, str):
        _refuse_file_name(given)
        return Document("", given)
    is_many = hasattr(given, "__len__") and not isinstance(given, bytes)
    if not is_many and is_missing(given):
        return Document("", "")
    kind = type(given).__name__
    hint = "extract.pipe takes many texts" if is_many else "give a str, a path or a Document"
    raise InputError("text", f"is of type {kind}", hint=hint)


def _refuse_file_name(text: str) -> None:
    if len(text) > _LONGEST_NAME or "\n" in text or not text.lower().endswith(_ENDINGS):
        return
    try:
        is_file = Path(text).is_file()
    except (OSError, ValueError):
        return
    if is_file:
        raise InputError(text, "is the name of a file", hint=f"give pathlib.Path({text!r}), or a text")
    if not any(char.isspace() or char in "，。；" for char in text):
        raise InputError(text, "is no text, and no such file", hint="give a text, or a pathlib.Path")
