"""What the checks ask of records: how exactly a number is told, which records share a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from extract.model.record import Metric


class Finding(NamedTuple):
    """What a check says of the record at `place`: with which `other`, None if it is wrong by itself."""

    check: str
    place: int
    other: int | None


def sentences(metrics: Sequence[Metric]) -> Iterator[list[int]]:
    """Yield the indices of the records of each sentence."""
    for _, group in groupby(range(len(metrics)), key=lambda index: (metrics[index].article, metrics[index].sentence)):
        yield list(group)


def digits(metric: Metric) -> str:
    """Return the digits of a number as it is written."""
    return "".join(char for char in metric.text if char.isdigit())


def last_digit(metric: Metric) -> Decimal:
    """Return what one more in the last written digit is: 100000000 for 3亿. Noughts behind 约 are no digits."""
    written = digits(metric).lstrip("0")
    count = len(written.rstrip("0") if metric.bound == "about" else written) or 1
    return Decimal(1).scaleb(metric.value.adjusted() + 1 - count) if metric.value else Decimal(1)
