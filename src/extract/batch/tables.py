"""The tables of a run, and the rows that a document has in each."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from typing import NamedTuple

from extract.model.codes import NO_CODES, coded_row
from extract.model.extraction import Extraction
from extract.model.tables import ARTICLES, METRICS, REPAIRS, Table
from extract.write.safe import printable

_PLAIN = ("text", "markdown")
"""Formats whose files hold the text itself, so that offsets point into them."""
_SHOWN = 80
TEXT_SUFFIX = ".txt"
_LONGEST_NAME = 255
"""Bytes that a name may have on usual disks."""


def metric_rows(extraction: Extraction) -> Iterator[Mapping[str, object]]:
    """Yield a row for each metric of a document under the columns of `METRICS`."""
    return map(coded_row, extraction.metrics, extraction.codes or repeat(NO_CODES))


def article_rows(extraction: Extraction) -> Iterator[Mapping[str, object]]:
    """Yield a row for each article of a document under the columns of `ARTICLES`."""
    counts = Counter(metric.article for metric in extraction.metrics)
    for found in extraction.articles:
        article = found.article
        yield {
            "doc": extraction.document.name,
            "article": article.number,
            "title": article.title,
            "published": article.published,
            "source": article.source,
            "authors": "、".join(article.authors),
            "area": found.area,
            "metrics": counts[article.number],
            "format": extraction.document.format,
            "encoding": extraction.document.encoding,
        }


def repair_rows(extraction: Extraction) -> Iterator[Mapping[str, object]]:
    """Yield a row for each repair of a document's text under the columns of `REPAIRS`.

    Long stretches of the text are cut, characters that nobody sees left out.
    """
    raw = extraction.document.text
    for repair in extraction.repairs:
        text = printable(raw[repair.start : repair.end])
        yield {
            "doc": extraction.document.name,
            "kind": repair.kind,
            "start": repair.start,
            "end": repair.end,
            "text": text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…",
            "detail": repair.detail,
        }


class Kind(NamedTuple):
    """A table of a run, and how a document gives its rows."""

    table: Table
    rows: Callable[[Extraction], Iterable[Mapping[str, object]]]

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return self.table.names


TABLES = (Kind(METRICS, metric_rows), Kind(ARTICLES, article_rows), Kind(REPAIRS, repair_rows))


def needs_text(extraction: Extraction) -> bool:
    """Tell whether the offsets of a document point into a text that its file does not hold as it is."""
    return extraction.document.format not in _PLAIN


def text_name(document: str) -> str:
    """Return the name of the file with the text of a document: the document's, cut where no disk would take it."""
    folder, slash, last = document.rpartition("/")
    name = last.encode("utf-8", "replace")
    if len(name) + len(TEXT_SUFFIX) <= _LONGEST_NAME:
        return f"{document}{TEXT_SUFFIX}"
    digest = hashlib.blake2b(name, digest_size=8).hexdigest()
    cut = name[: _LONGEST_NAME - len(TEXT_SUFFIX) - len(digest) - 1].decode("utf-8", "ignore")
    return f"{folder}{slash}{cut}~{digest}{TEXT_SUFFIX}"
