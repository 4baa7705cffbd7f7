"""Reads gold records, and an earlier output as predictions, from CSV; every row is checked against its text."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import cast

from extract.errors import InputError
from extract.evaluation.answers import ANSWER_BAR, OPEN_FIELDS
from extract.evaluation.periods import PERIODS, is_period
from extract.evaluation.unfinished import Unfinished, read_unfinished, text_digest
from extract.model.document import Document
from extract.model.record import BOUNDS, GOLD_COLUMNS, KINDS, STATUSES, Bound, Kind, Metric, Status
from extract.read import FORMATS, decode, read_document
from extract.write.safe import unguarded

GOLD_SUFFIX = ".gold.csv"
OWNER = "owner"
"""A column that gold may have; it does not count for whole records."""
MOST_DIGITS = 60
"""Before the point or behind it; no figure of a text has more, and no offset a fifth of them."""


@dataclass(frozen=True)
class GoldDocument:
    """A document with its hand-made records, in text order."""

    document: Document
    records: tuple[Metric, ...]
    has_owners: bool = False
    """Whether the gold has the column `owner`."""

    @property
    def name(self) -> str:
        """The name of the document."""
        return self.document.name


def read_gold_folder(folder: Path) -> tuple[list[GoldDocument], list[InputError]]:
    """Return every document of `folder` that has a `<doc>.gold.csv` beside it, by name, and the faults of others.

    It may be of any format; offsets count in its text as decoded. A fault is a gold file without its text, with a
    wrong record, or whose review has not been finished. Raises InputError for a missing folder, one without gold,
    and one whose `.review.json` is not what a review leaves.
    """
    documents: list[GoldDocument] = []
    faults: list[InputError] = []
    paths = gold_files(folder)
    unfinished = read_unfinished(folder)
    for path in paths:
        try:
            documents.append(_read_gold(path, unfinished))
        except InputError as fault:
            faults.append(fault)
    return documents, faults


def gold_files(folder: Path) -> list[Path]:
    """Return the gold files of `folder` by name. Raises InputError where it is missing or holds none."""
    if not folder.is_dir():
        raise InputError(str(folder), "no such folder")
    paths = sorted(folder.glob(f"*{GOLD_SUFFIX}"))
    if not paths:
        raise InputError(str(folder), "holds no gold", hint=f"put <doc>{GOLD_SUFFIX} beside <doc>.txt")
    return paths


def text_beside(path: Path) -> Path | None:
    """Return the text that the gold file `path` belongs to, None where there is none."""
    name = path.name.removesuffix(GOLD_SUFFIX)
    beside = (path.with_name(f"{name}{ending}") for suffix in FORMATS for ending in (suffix, suffix.upper()))
    return next((candidate for candidate in beside if candidate.exists()), None)


def _read_gold(path: Path, unfinished: Mapping[str, Unfinished]) -> GoldDocument:
    name = path.name.removesuffix(GOLD_SUFFIX)
    source = text_beside(path)
    if source is None:
        raise InputError(str(path), f"has no text {name}.txt beside it", hint=f"nor one of {', '.join(FORMATS)}")
    document = read_document(source)
    review = unfinished.get(name)
    if review is not None and review.text == text_digest(document.text):
        problem = f"its review is not finished: {review.decided} of {review.total} records decided"
        raise InputError(str(path), problem, hint="finish it with extract review")
    reader = _reader(path)
    records = tuple(metric for _, metric in _records(reader, path, {name: document.text}, name))
    return GoldDocument(document, records, OWNER in (reader.fieldnames or ()))


def read_predictions(path: Path, texts: Mapping[str, str]) -> dict[str, list[Metric]]:
    """Return the records of a CSV with a `doc` column by document; rows of documents not in `texts` are left out.

    Raises InputError naming the line of a row that does not fit its text.
    """
    found: dict[str, list[Metric]] = {name: [] for name in texts}
    for name, metric in read_records(path, texts, ""):
        found[name].append(metric)
    return found


def read_records(path: Path, texts: Mapping[str, str], doc: str) -> Iterator[tuple[str, Metric]]:
    """Yield each record of a CSV file with the name of its document.

    The header must have the gold columns, in any order and among others; without a `doc` column every row
    belongs to `doc`, and is gold, the period of which must be one. Offsets count code points of the document's text.
    What guards a cell from a spreadsheet is taken off. Raises InputError naming line and fault.
    """
    yield from _records(_reader(path), path, texts, doc)


def _reader(path: Path) -> csv.DictReader[str]:
    return csv.DictReader(io.StringIO(decode(path), newline=""), strict=True)


def _records(
    reader: csv.DictReader[str], path: Path, texts: Mapping[str, str], doc: str
) -> Iterator[tuple[str, Metric]]:
    needed = GOLD_COLUMNS if doc else ("doc", *GOLD_COLUMNS)
    last: dict[str, int] = {}
    try:
        if missing := [name for name in needed if name not in (reader.fieldnames or ())]:
            raise InputError(str(path), f"column {missing[0]} is missing", where="line 1")
        for row in reader:
            name = row.get("doc") or doc
            if name not in texts:
                continue
            try:
                cells = {key: unguarded(row.get(key) or "") for key in (*GOLD_COLUMNS, OWNER)}
                metric = parse_row(cells, name, texts[name])
                if doc:
                    check_periods(metric.period.split(ANSWER_BAR))
                if metric.start < last.get(name, 0):
                    raise RowError(
                        "start", f"start {metric.start} stands before the record above: records go in text order"
                    )
            except RowError as error:
                raise InputError(str(path), str(error), where=f"line {reader.line_num}") from error
            last[name] = metric.start
            yield name, metric
    except csv.Error as error:
        raise InputError(str(path), f"not CSV: {error}", where=f"line {max(reader.line_num, 1)}") from error


class RowError(ValueError):
    """A row is no record: `column` is the one at fault."""

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column = column


def _unit(row: Mapping[str, str]) -> str:
    if ANSWER_BAR in row["unit"]:
        raise RowError("unit", f"unit {row['unit']!r} holds {ANSWER_BAR}; only {', '.join(OPEN_FIELDS)} may")
    return row["unit"]


def parse_row(row: Mapping[str, str], doc: str, text: str) -> Metric:
    """Return the record that a row with all gold columns holds for the document `doc` with the raw `text`.

    Raises RowError for a row that is no record of that text.
    """
    start, end = _offset(row, "start"), _offset(row, "end")
    if not 0 <= start < end <= len(text):
        raise RowError("start", f"start {start} and end {end} do not lie in the text of {len(text)} characters")
    span, there = row["text"], text[start:end]
    if not is_same_text(span, there):
        raise RowError("text", f"text is {span!r}, but the document has {there!r} at {start}–{end}")
    return Metric(
        doc=doc,
        start=start,
        end=end,
        text=span,
        value=_number(row, "value"),
        value_high=_number(row, "value_high") if row["value_high"] else None,
        unit=_unit(row),
        bound=cast(Bound, _word(row, "bound", BOUNDS)),
        kind=cast(Kind, _word(row, "kind", KINDS)),
        object=row["object"],
        predicate=row["predicate"],
        area=row["area"],
        period=row["period"],
        base=row["base"],
        status=cast(Status, _word(row, "status", STATUSES)),
        owner=row.get(OWNER, ""),
    )


def check_periods(answers: Iterable[str]) -> None:
    """Raise RowError for the first of `answers` that is neither empty nor a period."""
    for answer in filter(None, answers):
        if not is_period(answer):
            raise RowError("period", f"period {answer!r} is none: write it as {PERIODS}, or leave it empty")


def _offset(row: Mapping[str, str], name: str) -> int:
    if not (row[name].isascii() and row[name].isdecimal() and len(row[name]) <= MOST_DIGITS):
        raise RowError(name, f"{name} {row[name]!r} is no offset")
    return int(row[name])


def _number(row: Mapping[str, str], name: str) -> Decimal:
    try:
        number = Decimal(row[name])
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise RowError(name, f"{name} {row[name]!r} is no number")
    return number


def _word(row: Mapping[str, str], name: str, words: tuple[str, ...]) -> str:
    if row[name] not in words:
        raise RowError(name, f"{name} {row[name]!r} is none of {', '.join(words)}")
    return row[name]


def is_same_text(one: str, other: str) -> bool:
    """Tell whether two texts are the same but for line breaks, indents and characters that nobody sees."""
    return _one_line(one) == _one_line(other)


def _one_line(text: str) -> str:
    """Return `text` without line breaks, indents and characters that nobody sees."""
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc"))
