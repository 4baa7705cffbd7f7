"""Finds administrative areas in a text: a gazetteer of full names, spoken ones and short ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.rulebook.schema import Area

_SHORTEST: Final = 2
_LEVEL_MARKS: Final = "县市区旗"
_BEFORE_NAME: Final = frozenset("，,。、；;：:“”（）() 　在从和与及到由对向")
_RANK: Final = {"nation": 0, "region": 1, "province": 1, "prefecture": 2, "zone": 3, "county": 3}
_ZONE: Final = "区"
"""A short name of a zone that ends so is as clear as its full one: 赣江新区."""


class AreaMention:
    """An area named in a sentence: offsets in its text, end exclusive."""

    __slots__ = ("area", "end", "is_short", "start")

    def __init__(self, start: int, end: int, area: Area, is_short: bool = False) -> None:
        self.start = start
        self.end = end
        self.area = area
        self.is_short = is_short


class Places(dict[str, str]):
    """The full names of places by their short ones."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        super().__init__(names or {})
        self._shorts = AhoCorasick(list(self)) if self else None

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return where short names stand in `text`, as they begin, the longest first; they may overlap."""
        if self._shorts is None:
            return []
        found = self._shorts.find_matches_as_indexes(text, overlapping=True)
        return sorted([(start, end) for _, start, end in found], key=lambda span: (span[0], -span[1]))


class AreaFinder:
    """Finds the full names of `rules/areas.csv`, and the short ones where a title gives nothing else."""

    def __init__(
        self,
        areas: Mapping[str, Area],
        ordinary: Container[str] = (),
        endings: Mapping[str, str] | None = None,
    ) -> None:
        """Take the areas by their codes; `endings` are what is said for those of long names (自治州: 州)."""
        self._areas = areas
        self._ordinary = ordinary
        self._by_name: dict[str, list[Area]] = {}
        self._by_short: dict[str, list[Area]] = {}
        for area in areas.values():
            if area.level in _RANK and area.name not in ordinary:
                self._by_name.setdefault(area.name, []).append(area)
                if area.short and (area.level == "region" or (area.level == "zone" and area.short.endswith(_ZONE))):
                    self._by_name.setdefault(area.short, []).append(area)
                if area.short and area.level in ("province", "prefecture"):
                    self._by_short.setdefault(area.short, []).append(area)
        for area in areas.values():
            for ending, spoken in (endings or {}).items():
                if area.short and area.name.endswith(ending):
                    self._by_name.setdefault(area.short + spoken, [area])
        self.regions = frozenset(name for name, named in self._by_name.items() if named[0].level == "region")
        """The names of regions such as 长三角."""
        cities = {short: named for short, named in self._by_short.items() if named[0].level == "prefecture"}
        self.cities = Places({short: named[0].name for short, named in cities.items() if len(named) == 1})
        """The full names of prefectures by their short ones."""
        self.nation = next((area for area in areas.values() if area.level == "nation"), None)
        for area in list(areas.values()):
            self._add_joined(area)
        self._list = list(self._by_name)
        self._names = AhoCorasick(self._list, matchkind=MatchKind.LeftmostLongest)
        self._inside: dict[str, Places] = {}
        self._held: dict[str, list[Area]] = {}
        """All areas that lie in another, by the code of that."""
        for area in areas.values():
            if area.level in _RANK:
                for code in self._holders(area):
                    self._held.setdefault(code, []).append(area)
        self._short_list = list(self._by_short)
        self._called = [*self._list, *(short for short in self._short_list if short not in self._by_name)]
        self._calls = AhoCorasick(self._called, matchkind=MatchKind.LeftmostLongest)

    def _add_joined(self, area: Area) -> None:
        """Add the names that an area has behind the short one of a division that holds it: 湖南长沙, 湖北宜都市."""
        if area.level not in ("prefecture", "county"):
            return
        for code in self._holders(area):
            above = self._areas[code]
            if above.short and above.short != area.short:
                for name in (area.name, area.short, _stem(area.name)):
                    if len(name) > 1:
                        self._by_name.setdefault(above.short + name, [area])
            if area.name in self._ordinary:
                self._by_name.setdefault(above.name + area.name, [area])

    def by_code(self, code: str) -> Area:
        """Return the area of a code."""
        return self._areas[code]

    def holders(self, area: Area) -> list[str]:
        """Return the codes of the areas that hold `area`, the smallest first."""
        return self._holders(area)

    def called(self, name: str) -> list[Area]:
        """Return the areas that have `name` as their full name, or as the short one of a province or prefecture."""
        return self._by_name.get(name) or self._by_short.get(name, [])

    def named(self, text: str) -> list[AreaMention]:
        """Return the areas that `text` names in full or, provinces and prefectures, by their short name, in order."""
        mentions: list[AreaMention] = []
        for number, start, end in self._calls.find_matches_as_indexes(text):
            name = self._called[number]
            before = mentions[-1].area if mentions and mentions[-1].end == start else None
            if name in self._by_name:
                if _is_name(text, start, end, before):
                    mentions.append(AreaMention(start, end, self._choose(name, before)))
            else:
                mentions.append(AreaMention(start, end, self._by_short[name][0], is_short=True))
        return mentions

    def find(self, text: str) -> list[AreaMention]:
        """Return the areas that `text` names in full, in order."""
        mentions: list[AreaMention] = []
        for number, start, end in self._names.find_matches_as_indexes(text):
            before = mentions[-1].area if mentions and mentions[-1].end == start else None
            if _is_name(text, start, end, before):
                mentions.append(AreaMention(start, end, self._choose(self._list[number], before)))
        return mentions

    def full_name(self, name: str) -> str:
        """Return the full name for a spoken one (玉树州) and for the short one of a province, else `name` itself."""
        if name in self._by_name:
            return self._by_name[name][0].name
        areas = self._by_short.get(name, ())
        return next((area.name for area in areas if area.level == "province"), name)

    def is_zone(self, name: str) -> bool:
        """Tell whether `name` is the full name of a development zone or the like."""
        return any(area.level == "zone" for area in self._by_name.get(name, ()))

    def is_province(self, name: str) -> bool:
        """Tell whether `name` is the short name of a province."""
        return any(area.level == "province" for area in self._by_short.get(name, ()))

    def ancestor(self, name: str, level: str) -> str:
        """Return the full name of the division of `level` that holds the area of the full name `name`, '' if none."""
        area = next(iter(self._by_name.get(name, ())), None)
        while area is not None and area.level != level:
            area = self._areas.get(area.parent)
        return area.name if area else ""

    def places_in(self, name: str) -> Places:
        """Return the full names of the places inside the area of the full name `name`, by their short names."""
        if name not in self._inside:
            self._inside[name] = self._places_in(name)
        return self._inside[name]

    def _places_in(self, name: str) -> Places:
        codes = {area.code for area in self._by_name.get(name, ()) if area.level in ("province", "prefecture")}
        inside = [area for code in sorted(codes) for area in self._held.get(code, ())]
        shorts = Counter(area.short for area in inside)
        names = {area.short: area.name for area in inside if area.short and shorts[area.short] == 1}
        return Places(names | {area.name: area.name for area in inside if area.name in self._ordinary})

    def _choose(self, name: str, before: Area | None) -> Area:
        candidates = self._by_name[name]
        if before is not None:
            inside = [area for area in candidates if self._lies_in(area, before.code)]
            candidates = inside or candidates
        return candidates[0]

    def _lies_in(self, area: Area, code: str) -> bool:
        return code in self._holders(area)

    def _holders(self, area: Area) -> list[str]:
        """Return the codes of the areas that hold `area`, the smallest first."""
        codes: list[str] = []
        while area.parent:
            codes.append(area.parent)
            area = self._areas[area.parent]
        return codes


def _is_name(text: str, start: int, end: int, before: Area | None) -> bool:
    """Whether what looks like a name is none by chance: 建成|县域, 新建|县级; 成县 only where a word begins."""
    if text[end : end + 1] in ("域", "级"):
        return False
    return end - start > _SHORTEST or before is not None or not start or text[start - 1] in _BEFORE_NAME


def _stem(name: str) -> str:
    """A name without the character that tells its level, '' where nothing of use is left: 定日 of 定日县."""
    return name[:-1] if len(name) > _SHORTEST and name[-1] in _LEVEL_MARKS and "自治" not in name else ""
