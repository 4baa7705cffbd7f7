"""The tables of a run, and the rows that a document has in each."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from extract.model.extraction import Extraction
from extract.model.record import COLUMNS, to_row
from extract.write.safe import printable

ARTICLE_COLUMNS = (
    "doc", "article", "title", "published", "source", "authors", "area", "metrics", "format", "encoding",
)  # fmt: skip
REPAIR_COLUMNS = ("doc", "kind", "start", "end", "text", "detail")

_PLAIN = ("text", "markdown")
"""Formats whose files hold the text itself, so that offsets point into them."""
_SHOWN = 80
TEXT_SUFFIX = ".txt"
_LONGEST_NAME = 255
"""Bytes that a name may have on usual disks."""


def metric_rows(extraction: Extraction) -> Iterator[Mapping[str, object]]:
    """Yield a row for each metric of a document under `record.COLUMNS`."""
    return map(to_row, extraction.metrics)


def article_rows(extraction: Extraction) -> Iterator[Mapping[str, object]]:
    """Yield a row for each article of a document under `ARTICLE_COLUMNS`."""
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
    """Yield a row for each repair of a document's text under `REPAIR_COLUMNS`.

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
    """A table of a run: its name, its columns, and how a document gives its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Extraction], Iterable[Mapping[str, object]]]


METRICS = Kind("metrics", COLUMNS, metric_rows)
TABLES = (METRICS, Kind("articles", ARTICLE_COLUMNS, article_rows), Kind("repairs", REPAIR_COLUMNS, repair_rows))


def needs_text(extraction: Extraction) -> bool:
    """Tell whether the offsets of a document point into a text that its file does not hold as it is."""
    return extraction.document.format not in _PLAIN


def text_name(document: str) -> str:
    """Return the name of the file with the text of a document: the document's, cut where no disk would take it."""
    name = document.encode("utf-8", "replace")
    if len(name) + len(TEXT_SUFFIX) <= _LONGEST_NAME:
        return f"{document}{TEXT_SUFFIX}"
    digest = hashlib.blake2b(name, digest_size=8).hexdigest()
    cut = name[: _LONGEST_NAME - len(TEXT_SUFFIX) - len(digest) - 1].decode("utf-8", "ignore")
    return f"{cut}~{digest}{TEXT_SUFFIX}"
