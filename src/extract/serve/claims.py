"""Whether a text says what is claimed of it: each figure of a claim beside the figures of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extract.evaluation.score import is_alike
from extract.model.document import Document
from extract.model.extraction import Extraction
from extract.model.record import Metric, format_value
from extract.pipeline.pipeline import Pipeline

Verdict = Literal["stated", "differs", "contradicted", "absent", "no figure"]
_WORST: tuple[Verdict, ...] = ("stated", "differs", "contradicted", "absent")
"""Verdicts on figures; that on a claim is the last of them in this order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the claim and the text differ: what each has."""

    field: str
    claimed: str
    stated: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure of a claim, what became of it, and the figure of the text that it was held against, if there is one."""

    figure: Metric
    verdict: Verdict
    found: Metric | None
    differences: tuple[Difference, ...]


def check(pipeline: Pipeline, extraction: Extraction, claim: str) -> list[Finding]:
    """Return what the text of `extraction` says of each figure of `claim`.

    `stated`: the text has that figure, and differs in nothing that the claim's own words say. `differs`: the text has
    that number, but not of that object, area, period or status. `contradicted`: the text has another number for that
    very thing, and no third one. `absent`: none of these. The claim is read as of the date and area of the text.
    """
    first = extraction.articles[0] if extraction.articles else None
    published = first.article.published if first else ""
    area = first.area if first else ""
    figures = pipeline.metrics(Document("claim", claim, published, area=area))
    return [_find(figure, extraction.metrics) for figure in figures]


def verdict(findings: Sequence[Finding]) -> Verdict:
    """Return the verdict on a claim: the worst on its figures."""
    return max((one.verdict for one in findings), key=_WORST.index, default="no figure")


def to_json(claim: str, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return the findings on a claim as plain data."""
    return {
        "claim": claim,
        "verdict": verdict(findings),
        "figures": [
            {
                "figure": one.figure.text,
                "verdict": one.verdict,
                "where": _where(one.found) if one.found else None,
                "differences": [
                    {"field": it.field, "claimed": it.claimed, "stated": it.stated} for it in one.differences
                ],
            }
            for one in findings
        ],
    }


def _where(metric: Metric) -> dict[str, Any]:
    return {"start": metric.start, "end": metric.end, "text": metric.text, "sentence": metric.sentence}


def _find(figure: Metric, metrics: Sequence[Metric]) -> Finding:
    held = [(tuple(_differences(figure, metric)), metric) for metric in metrics if metric.unit == figure.unit]
    same = [(found, metric) for found, metric in held if _number(metric) == _number(figure)]
    if same:
        found, metric = min(same, key=lambda one: len(one[0]))
        return Finding(figure, "differs" if found else "stated", metric, found)
    others = [metric for found, metric in held if not found and is_alike(figure.object, metric.object)]
    if figure.object and len({_number(metric) for metric in others}) == 1:
        difference = Difference("value", _number(figure), _number(others[0]))
        return Finding(figure, "contradicted", others[0], (difference,))
    return Finding(figure, "absent", None, ())


def _number(metric: Metric) -> str:
    high = f"–{format_value(metric.value_high)}" if metric.value_high is not None else ""
    return f"{format_value(metric.value)}{high}"


def _differences(claimed: Metric, stated: Metric) -> Iterator[Difference]:
    """Yield where `stated` differs from what the claim's own words say."""
    if claimed.kind != stated.kind:
        yield Difference("kind", claimed.kind, stated.kind)
    if claimed.status != stated.status:
        yield Difference("status", claimed.status, stated.status)
    if {claimed.bound, stated.bound} in ({"over", "under"}, {"exact", "over"}, {"exact", "under"}):
        yield Difference("bound", claimed.bound, stated.bound)
    said = {one.field for one in claimed.evidence if one.spans}
    if claimed.object and not _same_object(claimed, stated):
        yield Difference("object", claimed.object, stated.object)
    for field in ("area", "period", "base"):
        own, other = getattr(claimed, field), getattr(stated, field)
        if field in said and own and own != other:
            yield Difference(field, own, other)


def _same_object(claimed: Metric, stated: Metric) -> bool:
    """Whether two figures are about one thing: the names are alike, also with the verbs, or one ends with the other."""
    one, other = claimed.object, stated.object
    if not other:
        return False
    whole, further = f"{claimed.predicate}{one}", f"{stated.predicate}{other}"
    is_end = one.endswith(other) or other.endswith(one)
    return is_end or is_alike(one, other) or is_alike(whole, further)
