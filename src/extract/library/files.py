"""Files as documents."""

from __future__ import annotations

import os
from pathlib import Path

from extract.library.dates import as_date
from extract.model.document import Document
from extract.read.inputs import read_document


def read(path: str | os.PathLike[str], *, published: object = "") -> Document:
    """Return the file `path` as a document: text, Markdown, HTML, Word or PDF, told by its content.

    `published` is a date (str, date, Timestamp) that goes before what the file says. Raises InputError for a file that
    is missing, too large, broken or without text.
    """
    return read_document(Path(path), as_date(published))
