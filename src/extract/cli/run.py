"""`extract run`: inputs to CSV files, with progress and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from extract.cli.show import printable
from extract.document import Document
from extract.errors import InputError
from extract.pipeline import Extraction, Pipeline
from extract.read import BatchColumns, find_inputs, is_batch, read_batch, read_document
from extract.record import COLUMNS, KINDS, to_row
from extract.write import table, write_text

OUTPUT_NAME = "metrics.csv"
ARTICLES_NAME = "articles.csv"
REPAIRS_NAME = "repairs.csv"
TEXTS_NAME = "text"

ARTICLE_COLUMNS = (
    "doc", "article", "title", "published", "source", "authors", "area", "metrics", "format", "encoding",
)  # fmt: skip
REPAIR_COLUMNS = ("doc", "kind", "start", "end", "text", "detail")

_PLAIN = ("text", "markdown")
"""Formats whose files hold the text itself, so that offsets point into them."""
_LISTED = 40
"""So many documents are listed in the summary; of more, only the sum."""
_SHOWN = 80


@dataclass(slots=True)
class Tally:
    """How many metrics were found, by area and kind, and how many of them are planned."""

    areas: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    planned: int = 0

    def add(self, extraction: Extraction) -> None:
        """Count the metrics of one document."""
        for metric in extraction.metrics:
            self.areas[metric.area] += bool(metric.area)
            self.kinds[metric.kind] += 1
            self.planned += metric.status == "planned"

    def row(self) -> Iterator[str]:
        """Yield the cells of the summary."""
        areas = [area for area, count in self.areas.items() if count]
        yield f"{len(areas)} areas" if len(areas) > 1 else next(iter(areas), "")
        yield str(self.kinds.total())
        yield from (str(self.kinds[kind]) for kind in KINDS)
        yield str(self.planned)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads: the user's paths and the options for reading them."""

    paths: Sequence[Path]
    columns: BatchColumns
    published: str
    max_size: int

    def documents(self) -> Iterator[Document | InputError]:
        """Yield each document in order, and in its place what cannot be read."""
        files, faults = find_inputs(self.paths)
        yield from faults
        for path in files:
            try:
                if is_batch(path):
                    yield from (self._dated(row) for row in read_batch(path, self.columns, self.max_size))
                else:
                    yield read_document(path, self.published, self.max_size)
            except InputError as fault:
                yield fault

    def _dated(self, row: Document | InputError) -> Document | InputError:
        if self.published and isinstance(row, Document):
            return replace(row, published=self.published)
        return row


def run_inputs(inputs: Inputs, output: Path, rules: Path | None, out: Console, log: Console) -> list[InputError]:
    """Extract all `inputs` to the folder `output`, and print a summary to `out`, progress to `log`.

    Metrics, articles and repairs are written as CSV; the text of a document that has no plain text of its own,
    into which the offsets point, to a file. Returns what was wrong with the inputs that could not be read.
    Raises InputError where the rules or the output are at fault, or where no input could be read; then no
    table is written.
    """
    pipeline = Pipeline(rules)
    faults: list[InputError] = []
    tallies: dict[str, Tally] = {}
    total, count = Tally(), 0
    try:
        with ExitStack() as stack, _progress(log) as progress:
            task = progress.add_task("extracting", total=None)
            tables: Tables | None = None
            for document in inputs.documents():
                if isinstance(document, InputError):
                    faults.append(document)
                    continue
                tables = tables or Tables(output, stack)
                extraction = pipeline.extract(document)
                tables.write(extraction)
                total.add(extraction)
                count += 1
                if count <= _LISTED:
                    tallies.setdefault(document.name, Tally()).add(extraction)
                progress.update(task, description=f"extracting {count} documents, {total.kinds.total()} metrics")
            if not count:
                raise faults.pop()
    except InputError:
        for earlier in faults:
            log.print(f"error: {earlier}")
        raise
    out.print(summary(tallies if count <= _LISTED else {}, total))
    target = output / OUTPUT_NAME
    out.print(f"{total.kinds.total()} metrics of {count} documents in {target}", soft_wrap=True)
    return faults


class Tables:
    """The files of a run in the folder `output`, in place when `stack` closes well."""

    def __init__(self, output: Path, stack: ExitStack) -> None:
        self._output = output
        self._metrics = stack.enter_context(table(output / OUTPUT_NAME, COLUMNS))
        self._articles = stack.enter_context(table(output / ARTICLES_NAME, ARTICLE_COLUMNS))
        self._repairs = stack.enter_context(table(output / REPAIRS_NAME, REPAIR_COLUMNS))

    def write(self, extraction: Extraction) -> None:
        """Write what was found in one document, and its text where its file does not hold it as it is."""
        for metric in extraction.metrics:
            self._metrics(to_row(metric))
        for article in article_rows(extraction):
            self._articles(article)
        for repair in repair_rows(extraction):
            self._repairs(repair)
        document = extraction.document
        if document.format not in _PLAIN:
            write_text(document.text, self._output / TEXTS_NAME / f"{document.name}.txt")


def _progress(log: Console) -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=log, transient=True, disable=not log.is_terminal)


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


def summary(tallies: Mapping[str, Tally], total: Tally) -> Table:
    """Return a table of how many metrics of each kind each document has, with its area, and of all together."""
    shown = Table("document", "area", "all", *KINDS, "planned")
    for column in shown.columns[2:]:
        column.justify = "right"
    for name, tally in tallies.items():
        shown.add_row(Text(name), *tally.row())
    shown.add_section()
    shown.add_row("all", *total.row())
    return shown
