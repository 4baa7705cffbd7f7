"""What is answered to a text: its articles and metrics as plain data, and why each is what it is."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from extract.errors import InputError
from extract.model.document import Document
from extract.model.extraction import Extraction
from extract.pipeline.explain import Explainer, to_json
from extract.pipeline.pipeline import Pipeline
from extract.read.dates import iso_date

_KEPT = 16
"""So many documents can be explained after they were extracted."""


def given_document(text: str, name: str = "", published: str = "", area: str = "", issuer: str = "") -> Document:
    """Return a text with what is given beside it. Raises InputError for a date that is none and for a blank text."""
    if not text.strip():
        raise InputError("text", "is empty")
    return Document(name or "text", text, as_date(published), area=area.strip(), issuer=issuer.strip())


def as_date(text: str) -> str:
    """Return a date as ISO, '' for ''. Raises InputError for what is none."""
    found = iso_date(text)
    if text.strip() and not found:
        raise InputError("published", f"{text!r} is no date", hint="write it as 2025-11-20")
    return found


class Desk:
    """Extracts documents, and keeps the latest so that they can be explained."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._kept: OrderedDict[str, Document] = OrderedDict()

    def extract(self, document: Document) -> tuple[str, Extraction]:
        """Return what is found in `document`, and the key under which it is kept."""
        key = hashlib.sha256(repr(document).encode("utf-8", "surrogatepass")).hexdigest()[:24]
        extraction = self.pipeline.extract(document)
        self._kept[key] = document
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return key, extraction

    def explain(self, key: str, at: int) -> list[dict[str, Any]]:
        """Return how the records of the sentence at the raw offset `at` came about.

        Raises InputError where the document is not kept any more, or no sentence stands there.
        """
        document = self._kept.get(key)
        if document is None:
            raise InputError("id", "is not known any more", hint="extract the text again")
        found = explained(self.pipeline, document, at)
        if not found:
            raise InputError("at", f"no sentence stands at {at}")
        return found


def explained(pipeline: Pipeline, document: Document, at: int) -> list[dict[str, Any]]:
    """Return how the records of the sentence at the raw offset `at` came about, as plain data."""
    explainer = Explainer(pipeline, document.text)
    return to_json(
        [
            explainer.explain(analysis)
            for analysis in pipeline.analyses(document)
            if analysis.sentence.offsets[0] <= at <= analysis.sentence.offsets[-1]
        ]
    )


def answer(key: str, extraction: Extraction) -> dict[str, Any]:
    """Return what was found as plain data; offsets count code points of `text`."""
    document = extraction.document
    return {
        "id": key,
        "doc": document.name,
        "format": document.format,
        "text": document.text,
        "articles": articles(extraction),
        "metrics": [metric.to_dict() for metric in extraction.metrics],
        "hints": list(hints(extraction)),
    }


def articles(extraction: Extraction) -> list[dict[str, Any]]:
    """Return the articles of a document as plain data."""
    return [
        {
            "number": found.article.number,
            "title": found.article.title,
            "published": found.article.published,
            "source": found.article.source,
            "area": found.area,
        }
        for found in extraction.articles
    ]


def hints(extraction: Extraction) -> Iterable[str]:
    """Yield the names of what the user could give that the text does not tell: published, area."""
    metrics = extraction.metrics
    if any(not one.period for one in metrics) and not any(found.article.published for found in extraction.articles):
        yield "published"
    if any(not one.area for one in metrics) and not any(found.area for found in extraction.articles):
        yield "area"


def file_name(query: Mapping[str, str]) -> str:
    """Return the name of a file that is sent, without folders."""
    return PurePath(query.get("name", "").replace("\\", "/")).name or "file.txt"
