"""What the pipeline makes of a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.model.codes import Codes
from extract.model.document import Article, Document, Repair
from extract.model.record import Metric


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article and the full name of the area it is about, '' where it does not tell."""

    article: Article
    area: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document; `codes` has one for each metric, or none where nothing was coded."""

    document: Document
    metrics: list[Metric]
    articles: list[FoundArticle]
    repairs: list[Repair]
    codes: list[Codes] = field(default_factory=list)
