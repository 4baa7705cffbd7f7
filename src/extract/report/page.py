"""Makes the page of a report: one file without anything from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from extract.model.extraction import Extraction
from extract.model.record import COLUMNS, KINDS, STATUSES, Metric, format_value, to_row
from extract.report.charts import counts, largest_changes, planned_and_achieved, shares
from extract.report.passages import Passage, Places, passages
from extract.write import write_text

LIMIT = 5000
"""A page holds the documents up to the one with which it has so many records."""
_CHARACTERS = 3_000_000
"""And up to the one with which it has so many characters of text."""


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


class Report:
    """Collects documents for a page, in constant memory: later ones than it holds are only counted."""

    def __init__(self) -> None:
        self._articles: list[ShownArticle] = []
        self._records: dict[int, Metric] = {}
        self._evidence: list[list[Any]] = []
        self._topics: list[str] = []
        self._documents = self._left_out = self._passages = self._characters = 0

    @property
    def is_full(self) -> bool:
        """Whether it holds no more documents."""
        return len(self._records) >= LIMIT or self._characters >= _CHARACTERS

    def add(self, extraction: Extraction) -> None:
        """Take up a document, or count it where the page is full."""
        if self.is_full:
            self._left_out += 1
            return
        self._documents += 1
        self._characters += len(extraction.document.text)
        places = Places()
        first = len(self._records)
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
            self._topics.append(metric.section or metric.title)
            self._evidence.append(
                [
                    [e.field, e.explicit, [span for place in e.spans for span in places.spans(*place)]]
                    for e in metric.evidence
                ]
            )

    def write(self, path: Path) -> None:
        """Write the page to `path`. Raises InputError where that fails."""
        write_text(self.html(), path)

    def html(self) -> str:
        """Return the page."""
        records = self._records
        style, script = _file("report.css"), _file("report.js")
        rows = [[str(value) for value in to_row(metric).values()] for metric in records.values()]
        return str(
            _template().render(
                style=style,
                script=script,
                policy=_policy(style, script),
                data=_json({"columns": COLUMNS, "rows": rows, "evidence": self._evidence}),
                articles=self._articles,
                records=records,
                facts=(("documents", self._documents), ("articles", len(self._articles)), ("records", len(records))),
                left_out=self._left_out,
                tallies=(
                    ("area", counts(metric.area for metric in records.values())),
                    ("topic", counts(self._topics)),
                ),
                kinds=[(kind, sum(m.kind == kind for m in records.values())) for kind in KINDS],
                statuses=[(status, sum(m.status == status for m in records.values())) for status in STATUSES],
                changes=largest_changes(records),
                pairs=planned_and_achieved(records),
                shares=shares(records),
                number=format_value,
            )
        )


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
