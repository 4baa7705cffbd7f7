"""What was not understood of the documents of a run, in figures."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

from extract.model.extraction import Extraction


@dataclass(slots=True)
class Gaps:
    """How many metrics lack a period or an area, and how many documents give cause for it, or for no metrics at all.

    `undated` documents have no date by which 今年 could be told, though it matters; `unplaced` ones name no area that
    they are about. `silent` ones have no metrics, `foreign` are those of them without Chinese.
    """

    no_period: int = 0
    no_area: int = 0
    undated: int = 0
    unplaced: int = 0
    silent: int = 0
    foreign: int = 0

    @classmethod
    def of(cls, extraction: Extraction) -> Gaps:
        """Return those of one document."""
        no_period = sum(not metric.period for metric in extraction.metrics)
        no_area = sum(not metric.area for metric in extraction.metrics)
        is_dated = any(found.article.published for found in extraction.articles)
        is_placed = any(found.area for found in extraction.articles)
        is_silent = not extraction.metrics
        return cls(
            no_period,
            no_area,
            int(no_period > 0 and not is_dated),
            int(no_area > 0 and not is_placed),
            int(is_silent),
            int(is_silent and not any("\u4e00" <= char <= "\u9fff" for char in extraction.document.text)),
        )

    def merge(self, other: Gaps) -> None:
        """Add what `other` has counted."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def to_json(self) -> list[int]:
        """Return it as plain values, which the class takes again."""
        return list(astuple(self))
