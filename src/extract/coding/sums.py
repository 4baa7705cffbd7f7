"""Wholes that are not the sum of their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.coding.figures import Finding, last_digit
from extract.model.codes import Codes
from extract.model.record import Metric
from extract.rulebook.coding import CheckRules

SUM_DIFFERS = "sum-differs"


class SumCheck:
    """Adds up the indicators of `rules/checks.yaml` that make a whole: 进出口总额 = 出口额 + 进口额."""

    def __init__(self, rules: CheckRules) -> None:
        self._reach = rules.sum_reach
        self._times = rules.times
        self._sums: dict[str, list[tuple[str, ...]]] = {}
        for line in rules.sums:
            whole, _, parts = line.partition("=")
            self._sums.setdefault(whole.strip(), []).append(tuple(part.strip() for part in parts.split("+")))

    def findings(self, metrics: Sequence[Metric], codes: Sequence[Codes], text: str) -> Iterator[Finding]:
        """Yield the wholes right behind which all parts are told that add up to something else."""
        for index, code in enumerate(codes):
            whole = metrics[index]
            if whole.kind != "level" or whole.bound != "exact":
                continue
            for parts in self._sums.get(code.indicator, ()):
                found = [self._part(metrics, codes, index, part) for part in parts]
                told = [place for place in found if place is not None]
                if len(told) < len(parts) or any(
                    word in text[whole.end : metrics[max(told)].start] for word in self._times
                ):
                    continue
                if not _adds_up(whole, [metrics[place] for place in told]):
                    yield Finding(SUM_DIFFERS, index, told[0])

    def _part(self, metrics: Sequence[Metric], codes: Sequence[Codes], index: int, part: str) -> int | None:
        """Return the one amount of an indicator that is told behind a whole, for the same time and place."""
        whole, found = metrics[index], list[int]()
        for place in range(index + 1, len(metrics)):
            one = metrics[place]
            if one.article != whole.article or one.start - whole.end > self._reach:
                break
            if codes[place].indicator == codes[index].indicator and one.kind == "level":
                break
            if codes[place].indicator == part and one.kind == "level":
                found.append(place)
        if len(found) != 1:
            return None
        one = metrics[found[0]]
        fields = ("unit", "area", "period", "status", "bound")
        return found[0] if all(getattr(one, name) == getattr(whole, name) for name in fields) else None


def _adds_up(whole: Metric, parts: Sequence[Metric]) -> bool:
    """Whether a whole is the sum of its parts, all of them perhaps rounded."""
    slack = sum((last_digit(metric) for metric in (whole, *parts)), start=last_digit(whole)) / 2
    return abs(whole.value - sum(part.value for part in parts)) <= slack
