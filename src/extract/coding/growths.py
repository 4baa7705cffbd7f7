"""Growths that are not those of the amounts told beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.coding.days import days_of
from extract.coding.figures import Finding, last_digit, sentences
from extract.model.record import Metric
from extract.rulebook.coding import CheckRules

GROWTH_DIFFERS = "growth-differs"

_ALL = Decimal(100)
_ROUGHLY = Decimal("0.1")
"""By this share of it a growth that is told roughly may be off."""


class GrowthCheck:
    """Compares growths with amounts by the words of `rules/checks.yaml`."""

    def __init__(self, rules: CheckRules) -> None:
        self._rules = rules

    def findings(self, metrics: Sequence[Metric], text: str) -> Iterator[Finding]:
        """Yield the growths in `text` that contradict two amounts, or an amount and by how much it grew."""
        for group in sentences(metrics):
            if any(word in metrics[group[0]].sentence for word in self._rules.real_growth):
                continue
            for place, index in enumerate(group):
                change = metrics[index]
                if change.kind != "change" or change.unit not in ("%", "倍") or not change.object:
                    continue
                other = self._year_before(metrics, group, index)
                if other is None:
                    other = self._from_to(metrics, group[:place], index, text)
                if other is None:
                    other = self._by_how_much(metrics, group[:place], index, text)
                if other is not None:
                    yield Finding(GROWTH_DIFFERS, index, other)

    def _year_before(self, metrics: Sequence[Metric], group: Sequence[int], index: int) -> int | None:
        """Return the amount of the year before that contradicts a growth against it."""
        change = metrics[index]
        if change.base not in self._rules.year_before or change.unit != "%":
            return None
        levels = [one for one in group if metrics[one].kind == "level" and metrics[one].object == change.object]
        now = [one for one in levels if metrics[one].period == change.period and change.period]
        before = [one for one in levels if _is_year_before(metrics[one].period, change.period)]
        if len(now) != 1 or len(before) != 1 or _grew(metrics[now[0]], metrics[before[0]], change):
            return None
        verbs = {metrics[now[0]].predicate, metrics[before[0]].predicate} - {"", *self._rules.plain_verbs}
        return before[0] if len(verbs) < 2 and (not verbs or metrics[now[0]].predicate in verbs) else None

    def _from_to(self, metrics: Sequence[Metric], before: Sequence[int], index: int, text: str) -> int | None:
        """Return the first amount of 由60张增加到90张，增长20%, where the growth contradicts the two."""
        if len(before) < 2:
            return None
        first, last, change = metrics[before[-2]], metrics[before[-1]], metrics[index]
        between, behind = text[first.end : last.start], text[last.end : change.start]
        is_pair = {(first.kind, first.object, first.unit), (last.kind, last.object, last.unit)} == {
            ("level", change.object, first.unit)
        }
        is_from = any(word in text[max(0, first.start - self._rules.reach) : first.start] for word in self._rules.froms)
        is_to = any(between.endswith(word) for word in self._rules.tos)
        if not is_pair or not is_from or not is_to or len(between) > self._rules.reach:
            return None
        if any(mark in behind for mark in self._rules.among_ends) or not self._is_bare(behind):
            return None
        return before[-2] if not _grew(last, first, change) else None

    def _by_how_much(self, metrics: Sequence[Metric], before: Sequence[int], index: int, text: str) -> int | None:
        """Return the amount by which something grew, 比上年增加10张，增长20%, where the growth contradicts it."""
        if len(before) < 2:
            return None
        now, grown, change = metrics[before[-2]], metrics[before[-1]], metrics[index]
        is_amount = (now.kind, now.object, now.unit) == ("level", change.object, grown.unit)
        is_growth = grown.kind == "change" and grown.object == change.object and bool(grown.base)
        between, behind = text[now.end : grown.start], text[grown.end : change.start]
        is_told = between.endswith(self._rules.mores) and not any(mark in between for mark in "）)")
        if abs(grown.value) >= now.value or len(between) > self._rules.reach or not is_told:
            return None
        if not is_amount or not is_growth or change.base not in ("", grown.base) or not self._is_bare(behind):
            return None
        if "exact" not in (now.bound, grown.bound) or (grown.value < 0) != (change.value < 0) or not grown.value:
            return None
        half_now, half_grown = last_digit(now) / 2, last_digit(grown) / 2
        growths = [
            (grown.value + one) / (now.value + other - grown.value - one)
            for one in (-half_grown, half_grown)
            for other in (-half_now, half_now)
            if now.value + other - grown.value - one
        ]
        return before[-1] if not _is_within(change, min(growths), max(growths)) else None

    def _is_bare(self, between: str) -> bool:
        """Whether nothing between an amount and its growth names another thing or time."""
        rest = between
        for word in self._rules.growing:
            rest = rest.replace(word, "")
        return not rest.strip()


def _is_year_before(period: str, later: str) -> bool:
    days, days_later = days_of(period), days_of(later)
    if days is None or days_later is None:
        return False
    return all(
        (one.year + 1, one.month) == (other.year, other.month) for one, other in zip(days, days_later, strict=True)
    )


def _grew(now: Metric, before: Metric, change: Metric) -> bool:
    """Whether an amount grew as stated, for some amounts that are rounded to the two that are told."""
    if not before.value or now.unit != before.unit or "exact" not in (now.bound, before.bound):
        return True
    half_now, half_before = last_digit(now) / 2, last_digit(before) / 2
    least = (now.value - half_now) / (before.value + half_before) - 1
    most = (now.value + half_now) / (before.value - half_before) - 1 if before.value > half_before else least
    return _is_within(change, least, most)


def _is_within(change: Metric, least: Decimal, most: Decimal) -> bool:
    """Whether a growth, rounded as it is told, lies between two shares of the amount before."""
    scale = _ALL if change.unit == "%" else Decimal(1)
    slack = last_digit(change) / 2
    if change.bound != "exact":
        slack = max(2 * slack, abs(change.value) * _ROUGHLY)
    low, high = least * scale - slack, most * scale + slack
    if change.bound == "over":
        return change.value <= high
    return change.value >= low if change.bound == "under" else low <= change.value <= high
