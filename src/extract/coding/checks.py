"""Checks the records of a document against each other: which tell the same figure, and what does not add up.

A flag is the name of a check, and behind a colon the id of the other record that it is about. What is known only
roughly is given the benefit of the doubt: a check speaks where two statements cannot both be right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from extract.coding.figures import Finding, digits, last_digit, sentences
from extract.coding.growths import GrowthCheck
from extract.coding.sums import SumCheck
from extract.model.codes import Codes
from extract.model.record import Metric
from extract.rulebook.coding import CheckRules

SHARE_OVER_WHOLE = "share-over-100"
PART_OVER_WHOLE = "part-over-whole"
HEADLINE_DIFFERS = "headline-differs"

_TELLING = 3
"""A number of so many digits, noughts at its end not counted, hardly comes twice by chance; one with fewer only of the
same long object."""
_LONG = 4
_ALL = Decimal(100)
_NEAR = 12
"""So many characters may stand between a whole, 其中 and the part."""
_CLOSE = Decimal("0.3")
"""Two statements of one figure are no further apart than this share of it; beyond, they are of two figures."""


class Checker:
    """Checks by the words of `rules/checks.yaml`; `dimensions` are those of the units."""

    def __init__(self, rules: CheckRules, dimensions: Mapping[str, str]) -> None:
        self._rules = rules
        self._growths = GrowthCheck(rules)
        self._sums = SumCheck(rules)
        self._counting = {unit for unit, dimension in dimensions.items() if dimension in rules.counting}
        self._several = {unit for unit, dimension in dimensions.items() if dimension in rules.several}

    def findings(self, metrics: Sequence[Metric], codes: Sequence[Codes], text: str) -> list[Finding]:
        """Return what does not add up among the records of a document, whose decoded text is `text`."""
        found = [*self._shares(metrics), *self._parts(metrics, text)]
        found += self._headlines(metrics, codes)
        found += self._completed(metrics, text)
        found += self._growths.findings(metrics, text)
        found += self._sums.findings(metrics, codes, text)
        return sorted(found, key=lambda finding: (finding.place, finding.check))

    def repeats(self, metrics: Sequence[Metric]) -> dict[int, int]:
        """Return for each record that tells a figure again the index of the one that told it first."""
        first: dict[tuple[object, ...], list[int]] = {}
        repeats: dict[int, int] = {}
        for index, metric in enumerate(metrics):
            key = (metric.value, metric.value_high, metric.unit, metric.kind, metric.status)
            before = first.setdefault(key, [])
            same = next((one for one in before if _tell_one(metrics, one, index)), None)
            if same is None:
                before.append(index)
            else:
                repeats[index] = same
        return repeats

    def _shares(self, metrics: Sequence[Metric]) -> Iterator[Finding]:
        for index, metric in enumerate(metrics):
            is_whole = metric.object.endswith(self._rules.wholes)
            if metric.kind == "share" and metric.unit == "%" and metric.value > _ALL and is_whole:
                yield Finding(SHARE_OVER_WHOLE, index, None)

    def _parts(self, metrics: Sequence[Metric], text: str) -> Iterator[Finding]:
        """Find parts behind 其中 that are more than the whole right before it: 新建60个，其中学校80个."""
        for group in sentences(metrics):
            for place, (whole, part) in enumerate(pairwise(group)):
                between = text[metrics[whole].end : metrics[part].start]
                if not any(word in between for word in self._rules.among):
                    continue
                if self._is_whole(metrics, group[: place + 1], part, text):
                    parts = [part, *self._listed(metrics, group[place + 2 :], part, text)]
                    total = sum(metrics[each].value for each in parts)
                    is_exact = all(metrics[each].bound == "exact" for each in (whole, *parts))
                    may_be_of = [
                        metrics[each].value_high or metrics[each].value
                        for each in group[: place + 1]
                        if metrics[each].unit == metrics[part].unit
                    ]
                    if is_exact and total > max(may_be_of):
                        yield Finding(PART_OVER_WHOLE, parts[-1], whole)
                break

    def _is_whole(self, metrics: Sequence[Metric], before: Sequence[int], part: int, text: str) -> bool:
        """Whether the last of the records `before` a part is clearly the whole that it is one of."""
        one, other = metrics[before[-1]], metrics[part]
        between = text[one.end : other.start]
        rest, _, behind = between.partition(next(word for word in self._rules.among if word in between))
        is_listed = len(before) > 1 and text[metrics[before[-2]].end : one.start].endswith("、")
        is_close = max(len(rest), len(behind)) <= _NEAR and not any(mark in between for mark in self._rules.among_ends)
        is_mean = any(word in text[max(0, one.start - self._rules.reach) : one.start] for word in self._rules.means)
        return is_close and not is_listed and not is_mean and self._counts(one, other)

    def _listed(self, metrics: Sequence[Metric], behind: Sequence[int], part: int, text: str) -> Iterator[int]:
        """Yield the further parts of a list: 其中学校20所、医院30所. People and firms may be in several."""
        last = part
        if metrics[part].unit in self._several:
            return
        for index in behind:
            between = text[metrics[last].end : metrics[index].start]
            if not between.startswith("、") or len(between) > _NEAR or not self._counts(metrics[part], metrics[index]):
                return
            yield index
            last = index

    def _completed(self, metrics: Sequence[Metric], text: str) -> Iterator[Finding]:
        """Find more done than there is to do: 共有60个，已完成80个."""
        for group in sentences(metrics):
            for whole, part in pairwise(group):
                one, other = metrics[whole], metrics[part]
                between = text[one.end : other.start]
                is_total = text[max(0, one.start - self._rules.reach) : one.start].endswith(self._rules.totals)
                if not is_total or not between.endswith(self._rules.dones) or len(between) > self._rules.reach:
                    continue
                is_exact = one.bound == other.bound == "exact" and one.object == other.object
                if is_exact and self._counts(one, other) and other.value > (one.value_high or one.value):
                    yield Finding(PART_OVER_WHOLE, part, whole)

    def _counts(self, one: Metric, other: Metric) -> bool:
        """Whether two records count single things in the same unit, both done or both planned."""
        if one.kind != "level" or other.kind != "level" or one.unit != other.unit or one.unit not in self._counting:
            return False
        is_alike = one.unit not in self._rules.any_thing or one.object[-1:] == other.object[-1:]
        return is_alike and one.status == other.status

    def _headlines(self, metrics: Sequence[Metric], codes: Sequence[Codes]) -> Iterator[Finding]:
        for index, metric in enumerate(metrics):
            if not metric.title or metric.sentence.strip() not in metric.title or not metric.period:
                continue
            body = [
                other
                for other, one in enumerate(metrics)
                if one.article == metric.article and one.sentence != metric.sentence and _are_about_one(one, metric)
            ]
            if body and not any(_agree(metrics[one], metric) for one in body) and len(body) == 1:
                close = abs(metrics[body[0]].value - metric.value) <= _CLOSE * abs(metric.value)
                if close and codes[index].indicator == codes[body[0]].indicator:
                    yield Finding(HEADLINE_DIFFERS, index, body[0])


def _tell_one(metrics: Sequence[Metric], first: int, second: int) -> bool:
    """Whether two records of the same value and unit tell the same figure."""
    one, other = metrics[first], metrics[second]
    if one.kind == "rank" or (one.sentence == other.sentence and one.article == other.article):
        return False
    if not _are_compatible(one.period, other.period) or not _are_compatible(one.area, other.area):
        return False
    if one.kind == "change" and not _are_compatible(one.base, other.base):
        return False
    if not one.object or not other.object:
        return False
    told = min(len(digits(metric).strip("0")) for metric in (one, other))
    is_headline = any(metric.title and metric.sentence.strip() in metric.title for metric in (one, other))
    if told < _TELLING:
        is_long = len(one.object) >= _LONG
        is_plain = one.kind == "level" or (one.kind == "change" and one.base == other.base and one.base != "")
        is_enough = is_headline and (is_long or told == _TELLING - 1)
        return one.object == other.object and (is_enough or (is_long and is_plain and told == _TELLING - 1))
    if one.kind != "level":
        return one.object == other.object
    return one.object.endswith(other.object) or other.object.endswith(one.object)


def _are_compatible(one: str, other: str) -> bool:
    return not one or not other or one == other


def _are_about_one(one: Metric, other: Metric) -> bool:
    """Whether two records are about the same thing, in the same unit, place and time."""
    fields = ("unit", "kind", "object", "area", "period", "status", "base")
    return bool(one.object) and all(getattr(one, name) == getattr(other, name) for name in fields)


def _agree(one: Metric, other: Metric) -> bool:
    """Whether two statements of a figure agree, one of them perhaps rounded or a bound."""
    low, high = sorted((one, other), key=lambda metric: metric.value)
    if low.value == high.value or (low.bound == "over" and high.bound != "under") or high.bound in ("under",):
        return True
    slack = max(last_digit(one), last_digit(other))
    return high.value - low.value <= slack
