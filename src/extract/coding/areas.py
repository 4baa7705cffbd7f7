"""Codes of areas by their full names."""

from __future__ import annotations

from collections.abc import Mapping

from extract.rulebook.schema import Area


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
            found = [area for area in found if self._is_placed(area, text)]
        return found[0].code if len(found) == 1 else ""

    def _is_placed(self, area: Area, text: str) -> bool:
        above = self._areas.get(area.parent)
        while above is not None and above.level != "nation":
            if above.name in text or (above.short and above.short in text):
                return True
            above = self._areas.get(above.parent)
        return False
