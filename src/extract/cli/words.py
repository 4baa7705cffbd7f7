"""How the command puts figures into words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.batch.gaps import Gaps


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 metric, 1,200 metrics."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def gap_lines(gaps: Gaps, metrics: int) -> Iterator[str]:
    """Yield a line for each kind of thing that was not understood, with what the user can do about it."""
    for number, field, documents, lack, option in (
        (gaps.no_period, "period", gaps.undated, "no date is known of", "--published DATE"),
        (gaps.no_area, "area", gaps.unplaced, "no area is known of", "--area NAME"),
    ):
        if number:
            hint = f"; {lack} {counted(documents, 'document')}: {option} gives it" if documents else ""
            yield f"without {field}: {number:,} of {counted(metrics, 'metric')}{hint}"
    if gaps.silent:
        foreign = f", {gaps.foreign:,} of them without any Chinese" if gaps.foreign else ""
        yield f"no metrics in {counted(gaps.silent, 'document')}{foreign}"
