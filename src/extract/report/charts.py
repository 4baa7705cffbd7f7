"""What the summary of a report shows: counts, and the records worth a bar."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from extract.model.record import Metric

_ROWS = 10
_PERCENT = "%"
_WHOLE = Decimal(100)
_DIGIT = regex.compile("[0-9]")
_FIRST_PART = regex.compile("-01")


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
    """Return what has a planned and an actual figure in the same area and unit, under the same object.

    Only periods that can be set side by side make a pair: the same one, a part of the planned one from its start
    on, or one as long. Of several pairs of one thing the first such is taken, those of the same period first.
    """
    groups: defaultdict[tuple[str, str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, metric in metrics.items():
        if metric.object and metric.kind in ("level", "share"):
            groups[metric.area, metric.object, metric.unit][metric.status].append(number)
    found: list[tuple[int, int, int]] = []
    for group in groups.values():
        planned, shapes = _first_ones(metrics, group["planned"])
        pairs = [
            (distance, number, other)
            for period, other in _first_ones(metrics, group["actual"])[0].items()
            for number in _beside(period, planned, shapes)
            if (distance := _distance(metrics[number].period, period)) is not None
        ]
        found += sorted(pairs)[:1]
    return [_pair(metrics, planned, actual) for _, planned, actual in sorted(found)[:_ROWS]]


def _first_ones(metrics: Mapping[int, Metric], numbers: Iterable[int]) -> tuple[dict[str, int], dict[str, int]]:
    """Return the first of some records with each of their periods, and with each shape that these have."""
    periods: dict[str, int] = {}
    shapes: dict[str, int] = {}
    for number in numbers:
        period = metrics[number].period
        periods.setdefault(period, number)
        shapes.setdefault(_DIGIT.sub("0", period), number)
    return periods, shapes


def _beside(actual: str, planned: Mapping[str, int], shapes: Mapping[str, int]) -> Iterator[int]:
    """Yield the planned records whose periods may be set beside one: the same, one that it begins, one as long."""
    wholes = [actual[: match.start()] for match in _FIRST_PART.finditer(actual)]
    for period in (actual, *wholes):
        if period in planned:
            yield planned[period]
    if (shape := _DIGIT.sub("0", actual)) in shapes:
        yield shapes[shape]


def _distance(planned: str, actual: str) -> int | None:
    """Return 0 for the same period, 1 for the first part of the planned one, 2 for one as long; None for others."""
    if planned == actual:
        return 0
    start, _, end = actual.partition("/")
    if planned and start.startswith(f"{planned}-01") and (end or start).startswith(planned):
        return 1
    is_as_long = _DIGIT.sub("0", planned) == _DIGIT.sub("0", actual) and "/" not in planned
    return 2 if is_as_long else None


def _pair(metrics: Mapping[int, Metric], planned: int, actual: int) -> Pair:
    top = max(abs(metrics[planned].value), abs(metrics[actual].value)) or Decimal(1)
    planned_bar, actual_bar = (
        Bar(m.period, m.value, float(abs(m.value) / top * 100), number, m.text)
        for number, m in ((planned, metrics[planned]), (actual, metrics[actual]))
    )
    return Pair(_label(metrics[planned]), planned_bar, actual_bar)


def _distinct(numbers: Iterable[int], metrics: Mapping[int, Metric]) -> list[int]:
    """Return the first records of all that say different things."""
    seen: dict[tuple[str, str, Decimal], int] = {}
    for number in numbers:
        metric = metrics[number]
        seen.setdefault((metric.area, metric.object, metric.value), number)
    return list(seen.values())[:_ROWS]


def _label(metric: Metric) -> str:
    return f"{metric.object}（{metric.area}）" if metric.area else metric.object
