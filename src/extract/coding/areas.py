"""Codes of areas by their full names."""

from __future__ import annotations

from collections.abc import Mapping

from extract.rulebook.schema import Area

_FAR = 9


class AreaCoder:
    """Knows the codes of `rules/areas.csv`; of several areas of a name it takes the one whose division is named too."""

    def __init__(self, areas: Mapping[str, Area]) -> None:
        self._areas = areas
        self._by_name: dict[str, list[Area]] = {}
        for area in areas.values():
            self._by_name.setdefault(area.name, []).append(area)

    def code(self, name: str, text: str) -> str:
        """Return the code of the area `name`, '' where there is none or `text`, which is about it, leaves it open."""
        found = self._by_name.get(name, [])
        if len(found) > 1:
            distances = [self._distance(area, text) for area in found]
            found = [area for area, distance in zip(found, distances, strict=True) if distance == min(distances)]
        return found[0].code if len(found) == 1 else ""

    def _distance(self, area: Area, text: str) -> int:
        """How many levels above `area` the smallest division that holds it and is named in `text` lies."""
        above, distance = self._areas.get(area.parent), 1
        while above is not None and above.level != "nation":
            if above.name in text or (above.short and above.short in text):
                return distance
            above, distance = self._areas.get(above.parent), distance + 1
        return _FAR
