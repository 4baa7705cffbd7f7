"""The one row type of the program, and the only place that names its columns."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from decimal import Decimal
from html import escape
from operator import attrgetter
from typing import Any, Final, Literal

from extract.model.document import Spans

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
    "owner",
)  # fmt: skip
"""What an output file has, in this order."""


@dataclass(init=False, unsafe_hash=True, slots=True)
class Evidence:
    """Where the text tells a field of a record. It is never changed.

    ``spans`` are raw offsets (end exclusive) in the order in which the words are said, empty where the
    value was given from outside. It is explicit if all of them lie in the quantity's own clause, else
    carried: from another clause or sentence, a heading, or the date of publication.
    """

    field: Final[str]
    explicit: Final[bool]
    spans: Final[Spans]

    def __init__(self, field: str, explicit: bool, spans: Spans) -> None:
        self.field = field
        self.explicit = explicit
        self.spans = spans

    def __reduce__(self) -> tuple[type[Evidence], tuple[str, bool, Spans]]:
        """Tell how it is copied, which a compiled class does not know by itself."""
        return Evidence, (self.field, self.explicit, self.spans)

    def __str__(self) -> str:
        spans = "+".join([f"{start}-{end}" for start, end in self.spans])
        kind = "explicit" if self.explicit else "carried"
        return f"{self.field}:{kind}:{spans}" if spans else f"{self.field}:{kind}"


@dataclass(init=False, unsafe_hash=True, slots=True)
class Metric:
    """One quantity that a text reports, with what it is about and where it stands. It is never changed.

    ``start`` and ``end`` count Unicode code points in the raw decoded text of ``doc`` (0-based, end
    exclusive). ``value`` is exact and already carries 十百千万亿; ``value_high`` is the upper end of a
    range. ``owner`` is whose it is where it is not the area's own. ``period`` is an ISO 8601
    date, part of a date or interval. An empty string means that the text does not tell.
    """

    doc: Final[str]
    start: Final[int]
    end: Final[int]
    text: Final[str]
    value: Final[Decimal]
    value_high: Final[Decimal | None]
    unit: Final[str]
    bound: Final[Bound]
    kind: Final[Kind]
    object: Final[str]
    predicate: Final[str]
    area: Final[str]
    period: Final[str]
    base: Final[str]
    status: Final[Status]
    article: Final[int]
    title: Final[str]
    published: Final[str]
    section: Final[str]
    sentence: Final[str]
    rules: Final[tuple[str, ...]]
    evidence: Final[tuple[Evidence, ...]]
    owner: Final[str]

    def __init__(  # noqa: PLR0913, PLR0917 (as many as a record has columns)
        self,
        doc: str,
        start: int,
        end: int,
        text: str,
        value: Decimal,
        value_high: Decimal | None,
        unit: str,
        bound: Bound,
        kind: Kind,
        object: str,
        predicate: str,
        area: str,
        period: str,
        base: str,
        status: Status,
        article: int = 1,
        title: str = "",
        published: str = "",
        section: str = "",
        sentence: str = "",
        rules: tuple[str, ...] = (),
        evidence: tuple[Evidence, ...] = (),
        owner: str = "",
    ) -> None:
        """Take what a dataclass would; written out, it is several times quicker where it is compiled."""
        self.doc = doc
        self.start = start
        self.end = end
        self.text = text
        self.value = value
        self.value_high = value_high
        self.unit = unit
        self.bound = bound
        self.kind = kind
        self.object = object
        self.predicate = predicate
        self.area = area
        self.period = period
        self.base = base
        self.status = status
        self.article = article
        self.title = title
        self.published = published
        self.section = section
        self.sentence = sentence
        self.rules = rules
        self.evidence = evidence
        self.owner = owner

    def __reduce__(self) -> tuple[type[Metric], tuple[Any, ...]]:
        """Tell how it is copied, which a compiled class does not know by itself."""
        return Metric, tuple([getattr(self, field.name) for field in fields(self)])

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits that depend on the document's name and the span alone."""
        key = f"{self.doc}\0{self.start}\0{self.end}"
        return hashlib.sha256(key.encode()).hexdigest()[:12]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values under ``COLUMNS``, which ``json.dumps`` takes.

        ``value`` is an int where it is whole, else a float, ``value_high`` None where there is none, ``rules`` a list,
        ``evidence`` a list of objects with field, explicit and spans.
        """
        plain: dict[str, Any] = dict(zip(COLUMNS, _cells(self), strict=True))
        plain["value"] = _number(self.value)
        plain["value_high"] = None if self.value_high is None else _number(self.value_high)
        plain["rules"] = list(self.rules)
        plain["evidence"] = [
            {"field": one.field, "explicit": one.explicit, "spans": [list(span) for span in one.spans]}
            for one in self.evidence
        ]
        return plain

    def _repr_html_(self) -> str:
        """Return it as a small table for a notebook: what it says, without what is empty."""
        cells = ((name, value) for name, value in to_row(self).items() if name in GOLD_COLUMNS and value != "")
        rows = "".join(f"<tr><th>{name}</th><td>{escape(str(value))}</td></tr>" for name, value in cells)
        return f"<table>{rows}</table>"


def plain_value(value: Decimal) -> Decimal:
    """Return ``value`` without padding zeros: 32000.0 as 32000."""
    whole = int(value)
    return Decimal(whole) if whole == value else value.normalize()


def format_value(value: Decimal | None) -> str:
    """Return ``value`` as plain decimal digits without exponent or padding zeros, '' for None."""
    if value is None:
        return ""
    return format(value.normalize(), "f") if value else "0"


def _number(value: Decimal) -> int | float:
    whole = int(value)
    return whole if whole == value else float(value)


_cells: Final = attrgetter(*COLUMNS)


def to_row(metric: Metric) -> dict[str, str | int]:
    """Return ``metric`` as one flat row, its keys in the order of ``COLUMNS``."""
    row: dict[str, str | int] = dict(zip(COLUMNS, _cells(metric), strict=True))
    row["value"] = format_value(metric.value)
    row["value_high"] = format_value(metric.value_high)
    row["rules"] = " ".join(metric.rules)
    row["evidence"] = " ".join(map(str, metric.evidence))
    return row
