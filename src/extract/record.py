"""The one row type of the program, and the only place that names its columns."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Literal, NamedTuple

from extract.document import Spans

Bound = Literal["exact", "about", "over", "under"]
Kind = Literal["level", "share", "change", "rank"]
Status = Literal["actual", "planned"]

BOUNDS: tuple[Bound, ...] = ("exact", "about", "over", "under")
KINDS: tuple[Kind, ...] = ("level", "share", "change", "rank")
STATUSES: tuple[Status, ...] = ("actual", "planned")

GOLD_COLUMNS: tuple[str, ...] = (
    "start", "end", "text", "value", "value_high", "unit", "bound", "kind",
    "object", "predicate", "area", "period", "base", "status",
)  # fmt: skip
"""What a gold file must have: the labels of the annotation guideline, without the document's name."""

COLUMNS: tuple[str, ...] = (
    "doc", *GOLD_COLUMNS, "article", "title", "published", "section", "sentence", "rules", "evidence", "id",
)  # fmt: skip
"""What an output file has, in this order."""


class Evidence(NamedTuple):
    """Where the text tells a field of a record.

    ``spans`` are raw offsets (end exclusive) in the order in which the words are said, empty where the
    value was given from outside. It is explicit if all of them lie in the quantity's own clause, else
    carried: from another clause or sentence, a heading, or the date of publication.
    """

    field: str
    explicit: bool
    spans: Spans

    def __str__(self) -> str:
        spans = "+".join([f"{start}-{end}" for start, end in self.spans])
        kind = "explicit" if self.explicit else "carried"
        return f"{self.field}:{kind}:{spans}" if spans else f"{self.field}:{kind}"


@dataclass(frozen=True, slots=True)
class Metric:
    """One quantity that a text reports, with what it is about and where it stands.

    ``start`` and ``end`` count Unicode code points in the raw decoded text of ``doc`` (0-based, end
    exclusive). ``value`` is exact and already carries 十百千万亿; ``value_high`` is the upper end of a
    range. ``period`` is an ISO 8601 date, part of a date or interval. An empty string means that the
    text does not tell.
    """

    doc: str
    start: int
    end: int
    text: str
    value: Decimal
    value_high: Decimal | None
    unit: str
    bound: Bound
    kind: Kind
    object: str
    predicate: str
    area: str
    period: str
    base: str
    status: Status
    article: int = 1
    title: str = ""
    published: str = ""
    section: str = ""
    sentence: str = ""
    rules: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits that depend on the document's name and the span alone."""
        key = f"{self.doc}\0{self.start}\0{self.end}"
        return hashlib.sha256(key.encode()).hexdigest()[:12]


def format_value(value: Decimal | None) -> str:
    """Return ``value`` as plain decimal digits without exponent or padding zeros, '' for None."""
    if value is None:
        return ""
    return format(value.normalize(), "f") if value else "0"


_cells = attrgetter(*COLUMNS)


def to_row(metric: Metric) -> dict[str, str | int]:
    """Return ``metric`` as one flat row, its keys in the order of ``COLUMNS``."""
    row: dict[str, str | int] = dict(zip(COLUMNS, _cells(metric), strict=True))
    row["value"] = format_value(metric.value)
    row["value_high"] = format_value(metric.value_high)
    row["rules"] = " ".join(metric.rules)
    row["evidence"] = " ".join(map(str, metric.evidence))
    return row
