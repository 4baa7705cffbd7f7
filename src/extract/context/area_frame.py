"""Settles once what area a document is about: by its title, its issuer, its own words, the places that it names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import regex

from extract.matching.guarded import GuardedPattern
from extract.matching.patterns import alternation, compiled
from extract.mentions.areas import AreaFinder, Places
from extract.rulebook.schema import Area, FrameRules

_LEAD: Final = 3
"""So many sentences are the lead of an article."""
_HEADER, _HEADER_LENGTH = 14, 40
"""Sentences that stand at the head of an article, and short ones that may be its headers."""
_TITLE, _TOLD_FIRST, _TOLD = 8.0, 4.0, 1.0
"""What a name weighs in the title, in the lead and in the rest."""
_MOST: Final = 8.0
"""All that the rest says of one area weighs no more."""
_ISSUER: Final = 10.0
"""The name of an office in the title or lead weighs so much more."""
_SENT_FROM: Final = 1.0
_PAPER: Final = 0.5
_HALF: Final = 0.5
_PART: Final = 0.25
"""An area has such a share of the weight of each that lies in it."""
_OWN: Final = 3
"""我市 counts as much as so many 全市."""
_LEVEL, _ENOUGH = 2.0, 6
"""Each word such as 全市, up to so many, adds so much to the areas of its level."""
_OFTEN: Final = 3
"""So many of them speak for an area that is not named itself; so much a name must weigh that only the rest has."""
_MAINLY, _AGAIN = 2 / 3, 2
"""A country abroad is what an article is about if it has such a share of what the head says of others, so often."""
_SCENE: Final = 60
"""What tells that something happened in a place stands within so many characters behind its name."""
_HEIGHT: Final = {"province": 3, "prefecture": 2, "county": 1, "zone": 1}
_WEIGHTIER: Final = 2
"""A place that weighs so many times more than all that speaks of the country is what an article is about."""
_LEVEL_MARKS: Final = "省市县区旗州盟"
_PARTS: Final = frozenset(("county", "zone"))


class AreaFrame:
    """The area of a document: its full name, '' where it cannot be told, and the rule that told it.

    `area` is that of the table; of a town, which the table does not have, that which holds it.
    """

    __slots__ = ("area", "name", "rule")

    def __init__(self, name: str = "", area: Area | None = None, rule: str = "") -> None:
        self.name = name
        self.area = area
        self.rule = rule


class _Evidence:
    """What the sentences of an article say for each area, by its code, and for each level."""

    def __init__(self) -> None:
        self.weights: dict[str, float] = defaultdict(float)
        self.head: dict[str, float] = defaultdict(float)
        """What of it stands in title and lead, datelines left out."""
        self.sent_from: dict[str, float] = defaultdict(float)
        self.issuers: dict[str, float] = defaultdict(float)
        self.levels: Counter[str] = Counter()
        self.lead: list[str] = []
        self.bodies = 0.0
        self.nation = 0.0
        self.abroad = 0.0
        self.year = 0
        self.countries: Counter[str] = Counter()
        """How often title and lead name each country or region of the world."""
        self.scenes: list[Area] = []
        """Where title and lead say that something happened."""
        self.towns: Counter[str] = Counter()
        self.town_words: Counter[str] = Counter()
        """How often 镇, 乡, 街道 and 村 are spoken of: 全镇, 镇卫生院."""


class AreaJudge:
    """Weighs the evidence for the area of an article by the rules of `rules/frame.yaml`."""

    def __init__(self, rules: FrameRules, areas: AreaFinder, generic: Mapping[str, str]) -> None:
        """Take the gazetteer; `generic` gives for words such as 全市 the level that they speak of."""
        self._areas = areas
        self._levels = rules.levels
        self._generic = generic
        words = [word for word, level in generic.items() if level != "nation"]
        self._generic_words = compiled(alternation(words)) if words else compiled("$.")
        self._bodies = compiled(alternation(rules.nation_bodies))
        self._branch, self._passive = compiled(rules.branch), compiled(rules.passive)
        self._unions, self._nation_words = compiled(rules.nation_unions), compiled(rules.nation_words)
        self._abroad = compiled(f"{alternation(rules.countries)}|{rules.abroad}")
        self._of_country = compiled(f"{alternation(rules.countries)}的?$")
        self._no_country = compiled(rules.no_country)
        nation = dict.fromkeys(rules.own_country, areas.nation.name) if areas.nation else {}
        self._abroad_places = Places({name: name for name in rules.countries} | nation)
        self._office, self._wide_office = compiled(rules.office), compiled(rules.wide_office)
        self._scene, self._line_on = compiled(rules.scene), compiled(rules.line_on)
        self._bearer, self._beside = compiled(rules.bearer), compiled(rules.beside)
        self._against, self._measured = compiled(rules.measured_against), compiled(rules.measured)
        self._local_office = compiled(rules.local_office)
        self._aside, self._may_be_aside = compiled(rules.aside), GuardedPattern(rules.aside)
        self._dateline = compiled(rules.dateline)
        self._paper, self._town, self._own = compiled(rules.paper), compiled(rules.town), compiled(rules.own)

    def settle(
        self, title: str, sentences: Sequence[str], margins: Sequence[str] = (), issuer: str = "", year: int = 0
    ) -> AreaFrame:
        """Return the area of the article with this title and these sentences, and the rule that told it.

        `margins` are what stands around its text: its source and lines of the page. `issuer` is the office that put
        it out, where it is given from outside: the area that it names is that of the article. In a `year`, that of
        publication, later than a former division was one, its name speaks for what holds it.
        """
        found = _Evidence()
        found.year = year
        if issuer and (names := self._areas.named(issuer)):
            return AreaFrame(names[-1].area.name, names[-1].area, "area.issuer")
        if issuer and self._bodies.search(issuer):
            return self._nation("area.issuer")
        for text in margins:
            for match in self._paper.finditer(text):
                self._add_short(match["place"], _PAPER, found.sent_from)
            for mention in self._areas.find(text):
                found.sent_from[mention.area.code] += _PAPER
        for number, text in enumerate([title, *sentences]):
            if text:
                self._weigh(text, number, found)
        return (
            self._town_frame(found) or self._scene_frame(found) or self._nation_frame(found) or self._local_frame(found)
        )

    def is_wide(self, frame: AreaFrame) -> bool:
        """Whether a frame is the nation or cannot be told, so that areas named in the text are of their own."""
        return not frame.name or (self._areas.nation is not None and frame.name == self._areas.nation.name)

    def lies_in(self, frame: AreaFrame, name: str) -> bool:
        """Whether the area of a frame is the division of this full name or lies in it."""
        codes = (frame.area.code, *self._areas.holders(frame.area)) if frame.area else ()
        return any(self._areas.by_code(code).name == name for code in codes)

    def above(self, frame: AreaFrame, level: str) -> str:
        """Return the full name of the division of `level` that holds the area of a frame or is it, '' if none."""
        area = frame.area
        if area is None or level == "town":
            return frame.name
        above = (self._areas.by_code(code) for code in [area.code, *self._areas.holders(area)])
        return next((each.name for each in above if self._is_of(each, level)), "")

    def named_in(self, text: str, level: str) -> str:
        """Return the full name of the division of `level` that `text` names last, or that holds what it names."""
        for mention in reversed(self._areas.named(text)) if level != "nation" else ():
            frame = AreaFrame(mention.area.name, mention.area)
            if name := self.above(frame, level):
                return name
        return ""

    @staticmethod
    def _is_of(area: Area, level: str) -> bool:
        """Whether words such as 全市 may speak of an area: of a county 全县 and, where it is a city, 全市."""
        is_city = level == "prefecture" and area.name.endswith("市")
        return area.level == level or is_city or (level == "county" and area.level in _PARTS)

    def places_of(self, frame: AreaFrame) -> Places:
        """Return the full names of the places that an article with this frame may call by their short ones.

        One on what happens abroad speaks of countries.
        """
        if frame.area is not None and frame.area.level == "nation":
            return self._areas.cities
        return self._abroad_places if frame.rule == "area.abroad" else self._areas.places_in(frame.name)

    def names_of(self, frame: AreaFrame) -> dict[str, str]:
        """Return the full names of all places that an article with this frame may call by their short ones."""
        return {**self._areas.cities, **self.places_of(frame)}

    def given(self, name: str) -> AreaFrame:
        """Return the frame of an area given from outside, by its full name or a short one."""
        areas = self._areas.called(name)
        return AreaFrame(areas[0].name, areas[0], "area.given") if areas else AreaFrame(name, None, "area.given")

    def place_of(self, frame: AreaFrame, text: str) -> tuple[int, int] | None:
        """Return where `text` names the area of the frame first, by its full or its short name."""
        area = frame.area
        short = area.short if area and area.name == frame.name else ""
        for word in (frame.name, short):
            if word and (start := text.find(word)) >= 0:
                return start, start + len(word)
        is_nation = area is not None and area.level == "nation"
        match = (self._bodies.search(text) or self._nation_words.search(text)) if is_nation else None
        return match.span() if match else None

    def _weigh(self, text: str, number: int, found: _Evidence) -> None:
        """Add what one sentence says; `number` is 0 for the title."""
        is_header = number <= _HEADER and len(text) <= _HEADER_LENGTH
        weight = _TITLE if number == 0 else _TOLD_FIRST if number <= _LEAD or is_header else _TOLD
        is_head = number <= _LEAD
        for match in self._paper.finditer(text):
            self._add_short(match["place"], _PAPER, found.sent_from)
        plain = self._aside.sub(_blanks, text) if self._may_be_aside.search(text) else text
        if is_head:
            if match := self._dateline.search(plain):
                self._add_short(match["place"], _SENT_FROM, found.sent_from)
                plain = self._dateline.sub(_blanks, plain)
            found.lead.append(plain)
        self._weigh_areas(plain, weight, is_head, found)
        self._weigh_nation(plain, weight, is_head, found)
        self._weigh_levels(plain, is_head, found)

    def _weigh_areas(self, text: str, weight: float, is_head: bool, found: _Evidence) -> None:
        names = self._areas.named(text)
        for place, mention in enumerate(names):
            after = names[place + 1] if place + 1 < len(names) else None
            if after is not None and after.start == mention.end and self._holds(mention.area, after.area):
                continue
            rest = text[mention.end : mention.end + 24]
            is_former = 0 < mention.area.until < found.year
            code = mention.area.parent if is_former else mention.area.code
            is_short = mention.is_short or text[mention.end - 1] not in _LEVEL_MARKS
            if is_short and self._beside.search(text, 0, mention.start):
                continue
            if self._line_on.match(rest):
                continue
            if self._wide_office.match(rest) and mention.area.level != "nation":
                found.sent_from[code] += _SENT_FROM
                continue
            if mention.area.level == "nation" or (is_short and self._bearer.match(rest)):
                continue
            share = _HALF if mention.area.level == "region" else 1
            known = found.weights[code]
            gained = share * weight if is_head else min(share * weight, max(_MOST - known, 0.0))
            found.weights[code] += gained
            if is_head:
                found.head[code] += weight
                if self._scene.match(text[mention.end : mention.end + _SCENE]):
                    found.scenes.append(mention.area)
                if self._office.match(rest):
                    found.issuers[code] += _ISSUER
                    found.weights[code] += _ISSUER

    def _weigh_nation(self, text: str, weight: float, is_head: bool, found: _Evidence) -> None:
        for match in self._bodies.finditer(text):
            acts = not self._branch.match(text, match.end()) and not self._passive.search(text, 0, match.start())
            acts = acts and not self._of_country.search(text, 0, match.start())
            if acts and is_head:
                found.bodies += weight
            elif acts:
                found.nation += weight
        if is_head and self._unions.search(text):
            found.bodies += weight / 2
        named = [match[0] for match in self._abroad.finditer(text)]
        if is_head:
            found.countries.update(named)
            own = [name for name in named if not self._no_country.fullmatch(name)]
            found.abroad += weight * (len(own) + _PART * (len(named) - len(own)))
        for match in self._nation_words.finditer(text):
            if not self._is_measure(text, match) and not self._of_country.search(text, 0, match.start()):
                found.nation += weight / 2 if match[0] != "中国" else weight / 4

    def _weigh_levels(self, text: str, is_head: bool, found: _Evidence) -> None:
        for match in self._generic_words.finditer(text, overlapped=True):
            if not self._is_measure(text, match):
                found.levels[self._generic[match[0]]] += _OWN if self._own.match(match[0]) else 1
                found.town_words[match[0][1:]] += self._generic[match[0]] == "town"
        for match in self._local_office.finditer(text):
            found.levels[self._levels[match["level"]]] += 2 if is_head else 1
            found.town_words[match["level"]] += self._levels[match["level"]] == "town"
        for match in self._town.finditer(text) if is_head else ():
            found.towns[match["town"]] += 1

    def _is_measure(self, text: str, match: regex.Match[str]) -> bool:
        """Whether a word such as 全省 tells what something is measured against: 居全省首位, 高于全省平均."""
        return bool(self._measured.match(text, match.end()) or self._against.search(text, 0, match.start()))

    def _add_short(self, name: str, weight: float, counts: dict[str, float]) -> None:
        for area in self._areas.called(name):
            counts[area.code] += weight

    def _holds(self, area: Area, inner: Area) -> bool:
        return area.code in self._areas.holders(inner)

    def _town_frame(self, found: _Evidence) -> AreaFrame | None:
        """The town that is named in title or lead, where 全镇 and the like are said more than 全县."""
        level, count = _top(found.levels)
        is_only = count == sum(found.levels.values()) and not found.scenes
        if level != "town" or (count < _AGAIN and not is_only) or not found.towns:
            return None

        def fits(name: str) -> tuple[int, int]:
            said = sum(number for word, number in found.town_words.items() if word in name[-2:])
            return said, found.towns[name]

        counties = [code for code in found.weights if self._areas.by_code(code).level in _PARTS]
        best = max(counties, key=lambda code: found.weights[code], default="")
        return AreaFrame(max(found.towns, key=fits), self._areas.by_code(best) if best else None, "area.town")

    def _scene_frame(self, found: _Evidence) -> AreaFrame | None:
        """Where what the article tells of happened, if no words such as 全市 speak of more than that."""
        if not found.scenes:
            return None
        area, local = found.scenes[0], self._local_frame(found)
        if local.area is not None and (local.area == area or self._holds(area, local.area)):
            return local
        wider = sum(found.levels[level] for level in _HEIGHT if _HEIGHT[level] > _HEIGHT.get(area.level, 0))
        return AreaFrame(area.name, area, "area.scene") if wider < _AGAIN else None

    def _nation_frame(self, found: _Evidence) -> AreaFrame | None:
        """The nation, where a body of the state speaks and no office of a place, or where no place is named as much."""
        local = sum(found.levels[level] for level in ("province", "prefecture", "county"))
        head = max(found.head.values(), default=0.0)
        named = max(self._with_parts(found).values(), default=0.0)
        said = found.bodies + found.nation
        if found.bodies and not found.issuers and local < 3 and head <= said and named + local <= _WEIGHTIER * said:
            return self._nation("area.nation-body")
        if found.nation > found.abroad + local + named:
            return self._nation("area.nation-words")
        return None

    def _nation(self, rule: str) -> AreaFrame:
        area = self._areas.nation
        return AreaFrame(area.name, area, rule) if area else AreaFrame()

    def _local_frame(self, found: _Evidence) -> AreaFrame:
        """The area that the names and words such as 全市 speak for most, empty where no name does enough."""
        scores = self._scores(found)
        for code in scores:
            level = self._level(code)
            is_named = found.weights[code] or found.sent_from[code]
            if is_named or found.levels[level] >= _OFTEN:
                scores[code] += _LEVEL * min(found.levels[level], _ENOUGH)
        best = max(scores, key=lambda code: (scores[code], self._level(code) == "county", code), default="")
        top, count = _top(found.levels)
        is_sent = found.sent_from[best] and not found.abroad
        is_told = found.head[best] or is_sent or (count and found.weights[best] >= _OFTEN)
        if top == "county" and best and self._level(best) != top and not found.levels[self._level(best)]:
            inner = self._inner(best, found) or self._region(scores)
            best = inner if inner or count >= _OFTEN else best
        if best and found.nation > found.abroad and self._share(best, found) < _HALF:
            return self._nation("area.spread")
        if best and not count and (holder := self._spread_in(best, found)):
            return AreaFrame(holder.name, holder, "area.spread-in")
        is_alone = not (found.nation or found.abroad) and found.weights[best] >= _OFTEN
        is_told = is_told or (is_alone and self._share(best, found) >= _MAINLY)
        if best and (is_told or found.levels[self._level(best)] >= _OFTEN):
            return AreaFrame(self._areas.by_code(best).name, self._areas.by_code(best), "area.named")
        if found.abroad > found.bodies + found.nation:
            return AreaFrame(self._country(found), None, "area.abroad")
        return self._nation("area.nation-only") if found.bodies or found.nation else AreaFrame()

    def _country(self, found: _Evidence) -> str:
        """The country abroad that an article is mainly about, '' if it is about several or the world."""
        name, count = found.countries.most_common(1)[0]
        others = max((number for other, number in found.countries.items() if other != name), default=0)
        is_first = name == next(iter(found.countries)) and count > others and 3 * count >= found.countries.total()
        is_main = is_first or count >= max(_AGAIN, _MAINLY * found.countries.total()) or not others
        return name if is_main and not self._no_country.fullmatch(name) else ""

    def _inner(self, code: str, found: _Evidence) -> str:
        """The county inside an area whose short name title and lead say most: 福田警方."""
        places = self._areas.places_in(self._areas.by_code(code).name)
        head = "\n".join(found.lead)
        said = Counter(head[start:end] for start, end in places.find(head) if end - start > 1)
        counties = (area for word, _ in said.most_common() for area in self._areas.called(places[word]))
        inner = next((area for area in counties if area.level == "county" and code in self._areas.holders(area)), None)
        if inner is not None:
            found.head[inner.code] += _TOLD
        return inner.code if inner else ""

    def _share(self, code: str, found: _Evidence) -> float:
        """The share that an area, and all that lies in it or holds it, has of what the names weigh."""
        area = self._areas.by_code(code)
        near = {code, *self._areas.holders(area)}
        own = sum(
            weight
            for other, weight in found.weights.items()
            if other in near or code in self._areas.holders(self._areas.by_code(other))
        )
        every = sum(found.weights.values())
        return own / every if every else 1.0

    def _spread_in(self, code: str, found: _Evidence) -> Area | None:
        """The division in which several are named, none of them more than all others, that of `code` among them."""
        if self._share(code, found) >= _HALF:
            return None
        holders = map(self._areas.by_code, self._areas.holders(self._areas.by_code(code)))
        return next(
            (each for each in holders if each.level != "nation" and self._share(each.code, found) >= _MAINLY), None
        )

    def _region(self, scores: Mapping[str, float]) -> str:
        """The autonomous region that 全区 speaks of where no county is named."""
        regions = [code for code in scores if self._areas.by_code(code).name.endswith("自治区")]
        return max(regions, key=lambda code: scores[code], default="")

    def _level(self, code: str) -> str:
        """The level that words such as 全市 give for an area."""
        area = self._areas.by_code(code)
        if area.name.endswith("市"):
            return "prefecture"
        return "county" if area.level in _PARTS else area.level

    def _scores(self, found: _Evidence) -> dict[str, float]:
        """What is said for each area, with a share of what is said for those that lie in it."""
        scores: dict[str, float] = defaultdict(float)
        for counts in (found.weights, found.sent_from):
            for code, weight in counts.items():
                scores[code] += weight
                for holder in self._areas.holders(self._areas.by_code(code)):
                    scores[holder] += weight * _PART
        return scores

    def _with_parts(self, found: _Evidence) -> dict[str, float]:
        """What the names of each area, and of all that lies in it, weigh."""
        sums: dict[str, float] = defaultdict(float)
        for code, weight in found.weights.items():
            for each in (code, *self._areas.holders(self._areas.by_code(code))):
                if self._areas.by_code(each).level != "nation":
                    sums[each] += weight
        return sums


def _top(levels: Counter[str]) -> tuple[str, int]:
    """The level that is spoken of most, and how often; of two the larger area."""
    order = ("province", "prefecture", "county", "town")
    best = max(order, key=lambda level: levels[level])
    return (best, levels[best]) if levels[best] else ("", 0)


def _blanks(match: regex.Match[str]) -> str:
    return " " * len(match[0])
