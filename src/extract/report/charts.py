"""What the summary of a report shows: counts, and the records worth a bar."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from extract.record import Metric

_ROWS = 10
_PERCENT = "%"
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what it stands for, its value, how long it is (percent of the longest or of the whole), its record."""

    label: str
    value: Decimal
    length: float
    record: int
    text: str
    """The figure as the source writes it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What was planned and what was achieved of one thing in one unit."""

    label: str
    planned: Bar
    actual: Bar


def counts(values: Iterable[str], most: int = _ROWS) -> list[tuple[str, int]]:
    """Return the values that occur most, with how often; empty ones do not count."""
    return Counter(filter(None, values)).most_common(most)


def largest_changes(metrics: Mapping[int, Metric]) -> list[Bar]:
    """Return the changes in percent with the largest absolute values, the largest first, one of a kind."""
    changes = {number: m for number, m in metrics.items() if m.kind == "change" and m.unit == _PERCENT and m.object}
    chosen = _distinct(sorted(changes, key=lambda number: -abs(changes[number].value)), changes)
    top = max((abs(changes[number].value) for number in chosen), default=_WHOLE) or _WHOLE
    return [
        Bar(
            _label(changes[number]),
            changes[number].value,
            float(abs(changes[number].value) / top * 100),
            number,
            changes[number].text,
        )
        for number in chosen
    ]


def shares(metrics: Mapping[int, Metric]) -> list[Bar]:
    """Return shares of a whole in percent in the order of the text, one of a kind, those that leave a rest first."""
    found = {
        number: m
        for number, m in metrics.items()
        if m.kind == "share" and m.unit == _PERCENT and m.object and 0 <= m.value <= _WHOLE
    }
    chosen = _distinct(sorted(found, key=lambda number: found[number].value == _WHOLE), found)
    return [
        Bar(_label(found[number]), found[number].value, float(found[number].value), number, found[number].text)
        for number in chosen
    ]


def planned_and_achieved(metrics: Mapping[int, Metric]) -> list[Pair]:
    """Return what has both a planned and an actual level in the same area and unit, under the same object."""
    groups: defaultdict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for number, metric in metrics.items():
        if metric.object and metric.kind in ("level", "share"):
            groups[metric.area, metric.object, metric.unit].setdefault(metric.status, number)
    pairs: list[Pair] = []
    for group in groups.values():
        if len(group) > 1:
            planned, actual = metrics[group["planned"]], metrics[group["actual"]]
            top = max(abs(planned.value), abs(actual.value)) or Decimal(1)
            planned_bar, actual_bar = (
                Bar(m.period, m.value, float(abs(m.value) / top * 100), group[m.status], m.text)
                for m in (planned, actual)
            )
            pairs.append(Pair(_label(planned), planned_bar, actual_bar))
    return pairs[:_ROWS]


def _distinct(numbers: Iterable[int], metrics: Mapping[int, Metric]) -> list[int]:
    """Return the first records of all that say different things."""
    seen: dict[tuple[str, str, Decimal], int] = {}
    for number in numbers:
        metric = metrics[number]
        seen.setdefault((metric.area, metric.object, metric.value), number)
    return list(seen.values())[:_ROWS]


def _label(metric: Metric) -> str:
    return f"{metric.object}（{metric.area}）" if metric.area else metric.object
