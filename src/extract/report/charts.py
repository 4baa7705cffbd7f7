"""What the summary of a report shows: counts, and the records worth a bar."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import regex

from extract.model.record import Kind, Metric, Status, format_value

_ROWS = 10
_COMPARISONS = 6
_LINES = 12
_LONG = 18
"""A label of more characters takes two lines,"""
_HEAD = 3
"""and the head and foot of a chart as much as so many."""
_PERCENT = "%"
_NATION = "全国"
"""Nothing stands beside it."""
_WHOLE = Decimal(100)
_SCALES = ((8, "亿"), (4, "万"))
_DIGIT = regex.compile("[0-9]")


class Fact(NamedTuple):
    """What a chart needs of a record."""

    text: str
    value: Decimal
    unit: str
    kind: Kind
    owner: str
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

    @property
    def number(self) -> str:
        """Its value as people read it: in 万 and 亿."""
        size = abs(self.value)
        places, scale = next((one for one in _SCALES if size >= 10 ** one[0]), (0, ""))
        return f"{Decimal(format_value(self.value.scaleb(-places))):,f}{scale}"


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


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure of the summary: what it shows, and a comparison, bars or pairs."""

    name: str
    content: Comparison | Sequence[Bar] | Sequence[Pair]

    @property
    def lines(self) -> int:
        """About how many lines high it is without its head."""
        bars = self.content.bars if isinstance(self.content, Comparison) else self.content
        return sum(2 if isinstance(bar, Pair) or len(bar.label) > _LONG else 1 for bar in bars)


def comparisons(facts: Facts) -> list[Comparison]:
    """Return what was achieved of one thing in several areas or periods, those with the most of them first.

    Only periods that are as long stand side by side, and each bar shares its area or its period with another: one
    county in one year tells nothing beside a province in the next. Where the texts differ about an area and period, it
    is left out.
    """
    groups: defaultdict[tuple[str, str, str, str, str], dict[tuple[str, str], list[int]]] = defaultdict(dict)
    for number, fact in enumerate(facts):
        is_whole = fact.object and fact.area not in ("", _NATION) and fact.period
        if is_whole and fact.status == "actual" and fact.kind in ("level", "share"):
            cells = groups[fact.owner, fact.object, fact.predicate, fact.unit, fact.kind]
            cells.setdefault((fact.period, fact.area), []).append(number)
    found: list[Comparison] = []
    for (owner, thing, predicate, unit, _), cells in groups.items():
        agreed = {
            place: records[0] for place, records in cells.items() if len({facts[one].value for one in records}) == 1
        }
        places = _side_by_side(agreed)
        if places:
            bars = _bars(facts, {f"{area} {period}": agreed[period, area] for period, area in places[:_LINES]})
            done = thing if thing.startswith(predicate) else f"{predicate}{thing}"
            found.append(Comparison(done if thing.startswith(owner) else f"{owner}{done}", unit, bars))
    return sorted(found, key=lambda one: -len(one.bars))[:_COMPARISONS]


def _side_by_side(places: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return, of periods and areas, as many as can be compared, by area and period: those of the commonest length."""
    by_length: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for period, area in places:
        by_length[_length(period)].append((period, area))
    most: list[tuple[str, str]] = []
    for alike in by_length.values():
        periods, areas = Counter(period for period, _ in alike), Counter(area for _, area in alike)
        fit = [(period, area) for period, area in alike if periods[period] > 1 or areas[area] > 1]
        most = max(most, fit, key=len)
    return sorted(most, key=lambda place: (place[1], place[0]))


def _bars(facts: Facts, records: Mapping[str, int]) -> tuple[Bar, ...]:
    top = max(abs(facts[number].value) for number in records.values()) or Decimal(1)
    return tuple(
        Bar(label, facts[number].value, float(abs(facts[number].value) / top * 100), number, facts[number].text)
        for label, number in records.items()
    )


def largest_changes(facts: Facts) -> list[Bar]:
    """Return the changes in percent that came about, those with the largest absolute values first, one of a kind."""
    changes = [number for number, one in enumerate(facts) if _happened(one, "change")]
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
    """Return actual shares of a whole in percent in the order of the text, those that leave a rest first."""
    found = [number for number, one in enumerate(facts) if _happened(one, "share") and 0 <= one.value <= _WHOLE]
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
            groups[fact.area, fact.owner, fact.object, fact.predicate, fact.unit, fact.period][fact.status].append(
                number
            )
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
    seen: dict[tuple[str, str, str, Decimal], int] = {}
    for number in numbers:
        fact = facts[number]
        seen.setdefault((fact.area, fact.owner, fact.object, fact.value), number)
    return list(seen.values())[:_ROWS]


def _happened(fact: Fact, kind: Kind) -> bool:
    """Whether a fact is a percentage of `kind`, of something that is known, and not planned."""
    return fact.kind == kind and fact.unit == _PERCENT and bool(fact.object) and fact.status == "actual"


def in_columns(charts: Iterable[Chart]) -> tuple[list[Chart], list[Chart]]:
    """Return `charts` in two columns of about the same height, in their order; one without bars is left out."""
    columns: tuple[list[Chart], list[Chart]] = ([], [])
    heights = [0, 0]
    for chart in charts:
        if lines := chart.lines:
            side = int(heights[1] < heights[0])
            columns[side].append(chart)
            heights[side] += lines + _HEAD
    return columns


def _label(fact: Fact, with_base: bool = False) -> str:
    about = " ".join(filter(None, (fact.area, fact.period, fact.base if with_base else "")))
    thing = fact.object if fact.object.startswith(fact.owner) else f"{fact.owner}{fact.object}"
    return f"{thing}（{about}）" if about else thing
