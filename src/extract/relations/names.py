"""Names of features, each read behind the way of a candidate, and the sums of their weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WeightsByWay = Mapping[str, Mapping[str, float]]
"""The weights of features by the way of a candidate, then by the name behind it; that of the way alone has none."""


class Names:
    """Names of features that several candidates share; those of each way are summed up once."""

    __slots__ = ("_sums", "names")

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self._sums: dict[str, float] = {}

    def weight(self, way: str, weights: Mapping[str, float]) -> float:
        """The sum of the `weights` of a way for these names."""
        known = self._sums.get(way)
        if known is None:
            known = sum([weights.get(name, 0.0) for name in self.names])
            self._sums[way] = known
        return known


NO_NAMES: Final = Names([])
NO_WEIGHTS: Final[Mapping[str, float]] = {}
"""The weights of a way that has none."""


def by_way(weights: Mapping[str, float]) -> WeightsByWay:
    """The weights of features as they are written, the way first."""
    found: dict[str, dict[str, float]] = {}
    for feature, weight in weights.items():
        way, _, name = feature.partition(" ")
        found.setdefault(way, {})[name] = weight
    return found
