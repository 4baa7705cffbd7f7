"""Compares indicators over areas and periods, of many releases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from extract.lookup.rows import Row
from extract.model.record import format_value

SERIES_COLUMNS = ("indicator", "object", "kind", "unit", "area")


@dataclass(slots=True)
class Series:
    """An indicator of an area: the records of each period, in the order in which they came."""

    indicator: str
    object: str
    kind: str
    unit: str
    area: str
    periods: dict[str, list[Row]] = field(default_factory=dict)

    def values(self, period: str) -> list[Decimal]:
        """Return the different values that are told for a period; roundings of the most exact one are none."""
        told = sorted((_number(row) for row in self.periods.get(period, ())), key=_digits, reverse=True)
        different: list[Decimal] = []
        for value in told:
            if not any(_is_rounded(value, other) for other in different):
                different.append(value)
        return sorted(different)

    def cell(self, period: str) -> str:
        """Return what is told for a period: a number; several that contradict each other with ≠ between them."""
        return " ≠ ".join(map(format_value, self.values(period)))

    @property
    def conflicts(self) -> list[str]:
        """The periods for which numbers are told that contradict each other."""
        return [period for period in self.periods if len(self.values(period)) > 1]


def compare(rows: Iterable[Row], whole: frozenset[str], wanted: str = "") -> list[Series]:
    """Return the series of indicators, planned figures left out; with `wanted` only indicators with this in the name.

    Of an indicator that is in `whole` all records are comparable; of another only those of the same object are.
    """
    series: dict[tuple[str, ...], Series] = {}
    for row in rows:
        name = row["indicator"]
        if not name or not row["period"] or row["status"] == "planned" or wanted not in name or row["kind"] == "rank":
            continue
        base = row["base"] if row["kind"] == "change" else ""
        shown = "" if name in whole else row["object"]
        unit = f"{row['unit']} {base}".strip()
        key = (name, shown, row["kind"], unit, row["area"])
        found = series.setdefault(key, Series(*key))
        found.periods.setdefault(row["period"], []).append(row)
    return sorted(series.values(), key=lambda one: (one.indicator, one.object, one.kind, one.unit, one.area))


def periods_of(series: Iterable[Series]) -> list[str]:
    """Return the periods of all series in order."""
    return sorted({period for one in series for period in one.periods})


def _number(row: Row) -> Decimal:
    return Decimal(row["value"])


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _is_rounded(value: Decimal, exact: Decimal) -> bool:
    """Whether `value` is `exact`, perhaps rounded to fewer digits."""
    if value == exact:
        return True
    last = value.normalize().as_tuple().exponent
    is_near = isinstance(last, int) and abs(value - exact) * 2 < Decimal(1).scaleb(last)
    return is_near and _digits(value) < _digits(exact)
