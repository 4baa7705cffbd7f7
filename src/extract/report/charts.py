"""What the summary of a report shows: counts, and the records worth a bar."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import regex

from extract.model.record import Kind, Metric, Status

_ROWS = 10
_COMPARISONS = 6
_LINES = 12
_PERCENT = "%"
_NATION = "全国"
"""Nothing stands beside it."""
_WHOLE = Decimal(100)
_DIGIT = regex.compile("[0-9]")


class Fact(NamedTuple):
    """What a chart needs of a record."""

    text: str
    value: Decimal
    unit: str
    kind: Kind
    object: str
    predicate: str
    area: str
    period: str
    base: str
    status: Status

    @classmethod
    def of(cls, metric: Metric) -> Fact:
        """Return that of a record."""
        return cls(*(getattr(metric, name) for name in cls._fields))


Facts = Sequence[Fact]
"""The records of a report; charts name them by their places."""


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
    """What was planned and what was achieved of one thing in one area and period."""

    label: str
    period: str
    planned: Bar
    actual: Bar


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing in several areas or periods."""

    label: str
    unit: str
    bars: tuple[Bar, ...]


def comparisons(facts: Facts) -> list[Comparison]:
    """Return what was achieved of one thing in several areas or periods, those with the most of them first.

    Only periods that are as long stand side by side; where the texts differ about an area and period, it is left out.
    """
    groups: defaultdict[tuple[str, str, str, str], dict[tuple[str, str], list[int]]] = defaultdict(dict)
    for number, fact in enumerate(facts):
        is_whole = fact.object and fact.area not in ("", _NATION) and fact.period
        if is_whole and fact.status == "actual" and fact.kind in ("level", "share"):
            cells = groups[fact.object, fact.predicate, fact.unit, fact.kind]
            cells.setdefault((fact.period, fact.area), []).append(number)
    found: list[Comparison] = []
    for (thing, predicate, unit, _), cells in groups.items():
        agreed = {
            place: records[0] for place, records in cells.items() if len({facts[one].value for one in records}) == 1
        }
        shapes = Counter(_length(period) for period, _ in agreed)
        if shapes and (most := max(shapes, key=lambda shape: shapes[shape])) and shapes[most] > 1:
            places = sorted((place for place in agreed if _length(place[0]) == most), key=lambda it: (it[1], it[0]))
            bars = _bars(facts, {f"{area} {period}": agreed[period, area] for period, area in places[:_LINES]})
            found.append(Comparison(f"{predicate}{thing}" if predicate else thing, unit, bars))
    return sorted(found, key=lambda one: -len(one.bars))[:_COMPARISONS]


def _bars(facts: Facts, records: Mapping[str, int]) -> tuple[Bar, ...]:
    top = max(abs(facts[number].value) for number in records.values()) or Decimal(1)
    return tuple(
        Bar(label, facts[number].value, float(abs(facts[number].value) / top * 100), number, facts[number].text)
        for label, number in records.items()
    )


def largest_changes(facts: Facts) -> list[Bar]:
    """Return the changes in percent with the largest absolute values, the largest first, one of a kind."""
    changes = [n for n, one in enumerate(facts) if one.kind == "change" and one.unit == _PERCENT and one.object]
    chosen = _distinct(sorted(changes, key=lambda number: -abs(facts[number].value)), facts)
    top = max((abs(facts[number].value) for number in chosen), default=_WHOLE) or _WHOLE
    return [
        Bar(
            _label(facts[number], with_base=True),
            facts[number].value,
            float(abs(facts[number].value) / top * 100),
            number,
            facts[number].text,
        )
        for number in chosen
    ]


def shares(facts: Facts) -> list[Bar]:
    """Return shares of a whole in percent in the order of the text, one of a kind, those that leave a rest first."""
    found = [
        number
        for number, one in enumerate(facts)
        if one.kind == "share" and one.unit == _PERCENT and one.object and 0 <= one.value <= _WHOLE
    ]
    chosen = _distinct(sorted(found, key=lambda number: facts[number].value == _WHOLE), facts)
    return [
        Bar(_label(facts[number]), facts[number].value, float(facts[number].value), number, facts[number].text)
        for number in chosen
    ]


def planned_and_achieved(facts: Facts) -> list[Pair]:
    """Return what has one planned and one actual figure: of one object and verb, in one area, period and unit.

    Where there are several of either, nobody knows which belong together: they make no pair.
    """
    groups: defaultdict[tuple[str, ...], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, fact in enumerate(facts):
        if fact.object and fact.area and fact.period and fact.kind in ("level", "share"):
            groups[fact.area, fact.object, fact.predicate, fact.unit, fact.period][fact.status].append(number)
    found: list[tuple[int, int]] = []
    for group in groups.values():
        sides = [group["planned"], group["actual"]]
        if all(len({facts[number].value for number in side}) == 1 for side in sides):
            found.append((sides[0][0], sides[1][0]))
    return [_pair(facts, planned, actual) for planned, actual in sorted(found)[:_ROWS]]


def _pair(facts: Facts, planned: int, actual: int) -> Pair:
    bars = _bars(facts, {"planned": planned, "actual": actual})
    return Pair(_label(facts[planned]), facts[planned].period, *bars)


def _length(period: str) -> str:
    """Return what is the same for all periods of one length and place in the year: for first halves, for years."""
    return "/".join(part[4:] if "-" in part else _DIGIT.sub("0", part) for part in period.split("/"))


def _distinct(numbers: Iterable[int], facts: Facts) -> list[int]:
    """Return the first records of all that say different things."""
    seen: dict[tuple[str, str, Decimal], int] = {}
    for number in numbers:
        fact = facts[number]
        seen.setdefault((fact.area, fact.object, fact.value), number)
    return list(seen.values())[:_ROWS]


def _label(fact: Fact, with_base: bool = False) -> str:
    about = " ".join(filter(None, (fact.area, fact.period, fact.base if with_base else "")))
    return f"{fact.object}（{about}）" if about else fact.object
