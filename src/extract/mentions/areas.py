"""Finds administrative areas in a text, and the one that an article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.matching.bounded import remember
from extract.matching.patterns import compiled
from extract.rulebook.schema import Area

_LEAD: Final = 3
_HEADER, _HEADER_LENGTH = 14, 40
"""Sentences that stand at the head of an article, and short ones that may be its headers."""
_REMEMBERED: Final = 1 << 12
"""So many sentences keep what they name before all are forgotten."""
_RANK: Final = {"nation": 0, "province": 1, "prefecture": 2, "zone": 3, "county": 3}


class AreaMention:
    """An area named in a sentence: offsets in its text, end exclusive."""

    __slots__ = ("area", "end", "start")

    def __init__(self, start: int, end: int, area: Area) -> None:
        self.start = start
        self.end = end
        self.area = area


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
        ministries: str = "$.",
        endings: Mapping[str, str] | None = None,
        generic: Mapping[str, str] | None = None,
    ) -> None:
        """Take the areas by their codes; `generic` gives for words such as 全市 the level that they speak of."""
        self._ministries = compiled(ministries)
        self._areas = areas
        self._by_name: dict[str, list[Area]] = {}
        self._by_short: dict[str, list[Area]] = {}
        for area in areas.values():
            if area.level in _RANK and area.name not in ordinary:
                self._by_name.setdefault(area.name, []).append(area)
                if area.short and area.level in ("province", "prefecture"):
                    self._by_short.setdefault(area.short, []).append(area)
        for area in areas.values():
            for ending, spoken in (endings or {}).items():
                if area.short and area.name.endswith(ending):
                    self._by_name.setdefault(area.short + spoken, [area])
        self._nation = next((area.name for area in areas.values() if area.level == "nation"), "")
        self._list = list(self._by_name)
        self._names = AhoCorasick(self._list, matchkind=MatchKind.LeftmostLongest)
        self._found: dict[str, list[AreaMention]] = {}
        self._inside: dict[str, Places] = {}
        self._held: dict[str, list[Area]] = {}
        """All areas that lie in another, by the code of that."""
        for area in areas.values():
            if area.level in _RANK:
                for code in self._holders(area):
                    self._held.setdefault(code, []).append(area)
        self._short_list = list(self._by_short)
        self._shorts = AhoCorasick(self._short_list, matchkind=MatchKind.LeftmostLongest)
        self._generic = generic or {}
        self._generic_words = AhoCorasick(list(self._generic))
        self._generic_levels = list(self._generic.values())
        self.national = [word for word, level in self._generic.items() if level == "nation"]
        """The words that speak of the nation."""
        self._national_words = [word for word in self.national if word not in self._by_name]

    def find(self, text: str) -> list[AreaMention]:
        """Return the areas that `text` names in full, in order."""
        known = self._found.get(text)
        if known is not None:
            return known
        mentions: list[AreaMention] = []
        for number, start, end in self._names.find_matches_as_indexes(text):
            before = mentions[-1].area if mentions and mentions[-1].end == start else None
            mentions.append(AreaMention(start, end, self._choose(self._list[number], before)))
        return remember(self._found, text, mentions, _REMEMBERED)

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
        return Places({area.short: area.name for area in inside if area.short and shorts[area.short] == 1})

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

    def main_area(self, title: str, sentences: list[str]) -> str:
        """Return the full name of the area an article is about, '' if it names none.

        Names in the title weigh most, then those of the headers and the lead; a district named beside its city is
        preferred to the city. The nation is meant where title or lead name a ministry, or where no other area is named.
        """
        texts = [title, *sentences]
        weights: Counter[str] = Counter()
        for number, text in enumerate(texts):
            heads = number <= _LEAD or (number <= _HEADER and len(text) <= _HEADER_LENGTH)
            self._weigh(text, 8 if number == 0 else 4 if heads else 1, number <= _LEAD, weights)
        levels = self._levels("\n".join(texts))
        head = "\n".join(texts[: _LEAD + 1])
        local = Counter({name: weight for name, weight in weights.items() if self._level(name) != "nation"})
        best = self._best(weights if self._ministries.search(head) else local or weights, levels)
        return self._county_of(best, head, levels) or best

    def _weigh(self, text: str, weight: int, is_lead: bool, weights: Counter[str]) -> None:
        """Add the `weight` of a sentence to the areas that it names, of which half to short ones of the lead."""
        names = self.find(text)
        last = len(names) - 1
        for place, mention in enumerate(names):
            area = mention.area
            after = names[place + 1] if place < last else None
            if after is None or after.start != mention.end or _RANK[after.area.level] <= _RANK[area.level]:
                weights[area.name] += weight
        if is_lead:
            for number, _, _ in self._shorts.find_matches_as_indexes(text):
                weights[self._by_short[self._short_list[number]][0].name] += weight // 2
        for word in self._national_words:
            if said := text.count(word):
                weights[self._nation] += weight * said

    def _levels(self, text: str) -> Counter[str]:
        """Return how often a text speaks of each level: 全市, 该县."""
        levels: Counter[str] = Counter(dict.fromkeys(self._generic_levels, 0))
        for number, _, _ in self._generic_words.find_matches_as_indexes(text, overlapping=True):
            levels[self._generic_levels[number]] += 1
        return levels

    def _county_of(self, name: str, head: str, levels: Counter[str]) -> str:
        """Return the county inside `name` whose short name the head of a text says most, '' if none.

        It is looked for only in a text that speaks of 全区 or 全县 and names no county in full: 福田警方.
        """
        top = levels.most_common(1)
        if not name or self._level(name) not in ("province", "prefecture") or top[0][0] != "county" or not top[0][1]:
            return ""
        inside = ((short, full) for short, full in self.places_in(name).items() if len(short) > 1)
        said = Counter({full: head.count(short) for short, full in inside if self._level(full) == "county"})
        return next((full for full, count in said.most_common(1) if count), "")

    def place_of(self, name: str, text: str) -> tuple[int, int] | None:
        """Return where `text` names the area of the full name `name` first, by that or by its short name."""
        areas = self._by_name.get(name, [])
        for word in [name, *(area.short for area in areas if area.short)]:
            if (start := text.find(word)) >= 0:
                return start, start + len(word)
        match = self._ministries.search(text) if areas and self._level(name) == "nation" else None
        return match.span() if match else None

    def _level(self, name: str) -> str:
        return self._by_name[name][0].level

    def _best(self, weights: Counter[str], levels: Counter[str]) -> str:
        if not weights:
            return ""
        top = levels.most_common(1)

        def score(name: str) -> tuple[float, int]:
            level = self._level(name)
            fits = bool(top and top[0][1] and top[0][0] in (level, "county" if level == "zone" else level))
            return weights[name] * (2.0 if fits else 1.0), _RANK[level]

        return max(weights, key=score)
