"""Makes the page of a report: one file without anything from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from extract.model.extraction import Extraction
from extract.model.record import COLUMNS, KINDS, STATUSES, Metric, format_value, to_row
from extract.report.charts import (
    Chart,
    Fact,
    Facts,
    comparisons,
    in_columns,
    largest_changes,
    planned_and_achieved,
    shares,
)
from extract.report.passages import Passage, Places, passages
from extract.write import write_text

LIMIT = 5000
"""A page shows the texts of documents up to the one with which it has so many records."""
_CHARACTERS = 3_000_000
"""And up to the one with which it has so many characters of text."""
ROWS = 300_000
"""A page holds the records of documents up to the one with which it has so many; later ones are only counted."""
_LONG = frozenset({"sentence", "rules", "evidence"})
"""Columns that a record has only where its text is shown."""


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article of the page."""

    name: str
    title: str
    about: tuple[str, ...]
    passages: tuple[Passage, ...]

    @property
    def is_titled(self) -> bool:
        """Whether its title is the first thing that is shown."""
        return bool(self.passages) and "".join(cut.text for cut in self.passages[0].cuts).strip() == self.title.strip()


@dataclass(frozen=True, slots=True)
class Source:
    """A line of the list of sources: an article, with or without its text."""

    name: str
    title: str
    about: tuple[str, ...]


class Table:
    """The records of all documents, each cell as a number: the place of its words among all that occur."""

    def __init__(self) -> None:
        self.strings: dict[str, int] = {"": 0}
        self.columns: dict[str, array[int]] = {name: array("I") for name in COLUMNS}

    def add(self, metric: Metric, is_shown: bool) -> None:
        """Add a record, all of it or without what is long."""
        for name, value in to_row(metric).items():
            cell = str(value) if is_shown or name not in _LONG else ""
            self.columns[name].append(self.strings.setdefault(cell, len(self.strings)))


class Report:
    """Collects documents for a page: the texts of as many as a browser shows with ease, the records of nearly all."""

    def __init__(self, title: str = "") -> None:
        self._title = title
        self._articles: list[ShownArticle] = []
        self._sources: list[Source] = []
        self._records: dict[int, Metric] = {}
        self._facts: list[Fact] = []
        self._table = Table()
        self._evidence: list[list[Any]] = []
        self._dates: set[str] = set()
        self._documents = self._left_out = self._unshown = self._passages = self._characters = 0

    @property
    def is_full(self) -> bool:
        """Whether it shows no more texts."""
        return len(self._records) >= LIMIT or self._characters >= _CHARACTERS

    def add(self, extraction: Extraction) -> None:
        """Take up a document: its text and records, its records alone, or its number."""
        if len(self._facts) >= ROWS:
            self._left_out += 1
            return
        self._documents += 1
        is_shown = not self.is_full
        first = len(self._facts)
        for metric in extraction.metrics:
            self._facts.append(Fact.of(metric))
            self._table.add(metric, is_shown)
        for found in extraction.articles:
            about = (found.area, found.article.published, found.article.source)
            title = found.article.title or extraction.document.name
            self._sources.append(Source(extraction.document.name, title, tuple(filter(None, about))))
            self._dates.add(found.article.published)
        if is_shown:
            self._show(extraction, first)
        else:
            self._unshown += 1

    def _show(self, extraction: Extraction, first: int) -> None:
        """Take up the text of a document whose records are numbered from `first`."""
        self._characters += len(extraction.document.text)
        places = Places()
        records = dict(enumerate(extraction.metrics, first))
        self._records |= records
        of_article: defaultdict[int, dict[int, Metric]] = defaultdict(dict)
        for number, metric in records.items():
            of_article[metric.article][number] = metric
        for found in extraction.articles:
            article = found.article
            own = of_article[article.number]
            shown = tuple(passages(article, extraction.document, own, self._passages, places))
            self._passages += len(shown)
            about = (found.area, article.published, article.source, "、".join(article.authors))
            title = article.title or extraction.document.name
            self._articles.append(ShownArticle(extraction.document.name, title, tuple(filter(None, about)), shown))
        for metric in records.values():
            self._evidence.append(
                [
                    [e.field, e.explicit, [span for place in e.spans for span in places.spans(*place)]]
                    for e in metric.evidence
                ]
            )

    def write(self, path: Path) -> None:
        """Write the page to `path`. Raises InputError where that fails."""
        write_text(self.html(path.with_suffix(".csv").name), path)

    def html(self, table: str = "metrics.csv") -> str:
        """Return the page; `table` is the name of the file beside it that has all records."""
        facts = self._facts
        style, script = _file("report.css"), _file("report.js")
        dates = sorted(filter(None, self._dates))
        return str(
            _template().render(
                style=style,
                script=script,
                policy=_policy(style, script),
                data=_json(
                    {
                        "columns": COLUMNS,
                        "strings": list(self._table.strings),
                        "cells": [column.tolist() for column in self._table.columns.values()],
                        "evidence": self._evidence,
                        "title": self._title,
                    }
                ),
                title=self._title,
                dates=dates[:1] + dates[-1:] if len(dates) > 1 else dates,
                articles=self._articles,
                sources=self._sources,
                records=self._records,
                facts=(("documents", self._documents), ("articles", len(self._sources)), ("records", len(facts))),
                left_out=self._left_out,
                unshown=self._unshown,
                table=table,
                charts=in_columns(_charts(facts)),
                kinds=[(kind, sum(one.kind == kind for one in facts)) for kind in KINDS],
                statuses=[(status, sum(one.status == status for one in facts)) for status in STATUSES],
                number=format_value,
            )
        )


def _charts(facts: Facts) -> Iterator[Chart]:
    yield from (Chart("comparison", one) for one in comparisons(facts))
    yield Chart("changes", largest_changes(facts))
    yield Chart("pairs", planned_and_achieved(facts))
    yield Chart("shares", shares(facts))


def _json(data: Mapping[str, object]) -> str:
    """Return `data` as JSON that no browser takes for markup."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _policy(style: str, script: str) -> str:
    """Return a content security policy by which only the page's own style and script count."""
    own = f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _file(name: str) -> str:
    return files("extract.report").joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return environment.from_string(_file("report.html.j2"))
