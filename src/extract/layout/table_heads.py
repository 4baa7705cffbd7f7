"""Reads the cells of tables: what a head tells of the figures under or beside it, and whether a cell is a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extract.matching.patterns import compiled
from extract.rulebook.schema import TableRules


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a table in the characters of the rules, each with its raw offset."""

    text: str = ""
    offsets: tuple[int, ...] = ()

    def cut(self, start: int, end: int) -> Words:
        """Return the characters from `start` to `end`, without blanks."""
        chars = zip(self.text[start:end], self.offsets[start:end], strict=True)
        seen = [(char, offset) for char, offset in chars if not char.isspace()]
        return Words("".join(char for char, _ in seen), tuple(offset for _, offset in seen))

    def without_tail(self, chars: str) -> Words:
        """Return the words without any of `chars` at their end."""
        return self.cut(0, len(self.text.rstrip(chars)))

    def saying(self, text: str) -> Words:
        """Return `text` in the place of these words: each character lies at the last of them."""
        return Words(text, self.offsets[-1:] * len(text))

    def __bool__(self) -> bool:
        return bool(self.text)

    def __add__(self, other: Words) -> Words:
        return Words(self.text + other.text, self.offsets + other.offsets)


NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class Head:
    """What a head tells, in its parts; what it does not tell is empty."""

    time: Words = NO_WORDS
    plan: Words = NO_WORDS
    """计划, where the figures are targets."""
    what: Words = NO_WORDS
    """What is measured, or of whom."""
    verb: Words = NO_WORDS
    """The base and 增长, where the figures are changes; 排名第, where they are ranks."""
    unit: str = ""
    is_rank: bool = False


class HeadReader:
    """Reads heads and figures by the rules of `rules/tables.yaml`."""

    def __init__(self, rules: TableRules) -> None:
        self._figure = compiled(rules.figure)
        self._empty = compiled(rules.empty)
        self._year = compiled(rules.year)
        self._time = compiled(rules.time)
        self._caption_time = compiled(rules.caption_time)
        self._captioned = compiled(rules.captioned)
        self._caption = compiled(rules.caption)
        self._prefix = compiled(rules.prefix)
        self._note = compiled(rules.note)
        self._units = compiled(rules.units)
        self._bracket = compiled(rules.bracket)
        self._unit_head = compiled(rules.unit_head)
        self._skipped = compiled(rules.skipped)
        self._generic = compiled(rules.generic)
        self._planned = compiled(rules.planned)
        self._change = compiled(rules.change)
        self._base = compiled(rules.base)
        self._rank = compiled(rules.rank)
        self._area = compiled(rules.area)

    def is_empty(self, text: str) -> bool:
        """Tell whether a cell holds nothing, or a mark that there is nothing."""
        return bool(self._empty.search(text))

    def is_year(self, text: str) -> bool:
        """Tell whether the number of a cell may be a year."""
        return bool(self._year.search(text))

    def is_figure(self, text: str) -> bool:
        """Tell whether a cell holds one figure and no other words than its unit; a time is none."""
        return bool(self._figure.search(text)) and (self.is_year(text) or not self._time.match(text)[0])

    def is_skipped(self, text: str) -> bool:
        """Tell whether a column under this head holds no metrics: serial numbers, remarks."""
        return bool(self._skipped.search(text))

    def is_unit_head(self, text: str) -> bool:
        """Tell whether a column under this head holds units."""
        return bool(self._unit_head.search(text))

    def is_area(self, text: str) -> bool:
        """Tell whether a head names a place."""
        return bool(self._area.search(text))

    def tells_kind(self, text: str) -> bool:
        """Tell whether a cell can only be a head: a time, a unit in brackets, a word such as 指标 or 增长."""
        head = self.head(Words(text, tuple(range(len(text)))))
        return not head.what or bool(head.time or head.plan or head.verb or head.unit)

    def figure_unit(self, text: str) -> str:
        """Return the unit that stands in the cell of a figure, '' if none does."""
        match = self._figure.search(text)
        return str(match["unit"]).strip() if match else ""

    def head(self, words: Words) -> Head:
        """Return what a head tells."""
        if match := self._prefix.search(words.text):
            words = words.cut(match.end(), len(words.text))
        words = words.cut(0, len(words.text))
        unit = ""
        if (match := self._bracket.search(words.text)) and match.start():
            unit, words = match["unit"], words.cut(0, match.start())
        time, words = self._take_time(words)
        plan, words = self._take(self._planned, words)
        place, words = self._take(self._rank, words)
        change, words = self._take(self._change, words)
        scope = self._rank.search(place.text)["scope"] if place else ""
        verb = place.saying(f"居{scope}第" if scope else "排名第") if place else NO_WORDS
        if change:
            base = self._base.search(change.text)
            verb = (change.cut(*base.span()) if base else NO_WORDS) + change.saying("增长")
        what = NO_WORDS if self._generic.search(words.text) else words
        return Head(time, plan.saying("计划") if plan else plan, what, verb, unit, bool(place))

    @staticmethod
    def _take(pattern: regex.Pattern[str], words: Words) -> tuple[Words, Words]:
        match = pattern.search(words.text)
        return (words.cut(*match.span()), words.cut(0, match.start())) if match else (NO_WORDS, words)

    def _take_time(self, words: Words) -> tuple[Words, Words]:
        match = self._time.match(words.text)
        if not match or not match[0]:
            return NO_WORDS, words
        time = words.cut(*match.span())
        if self._year.search(time.text):
            time += time.saying("年")
        return time, words.cut(match.end(), len(words.text))

    def unit_note(self, text: str) -> str:
        """Return the units that a line such as 单位：万元 tells, '' if it tells none."""
        match = self._note.search(text)
        return str(match["unit"]) if match else ""

    def choose(self, units: str, is_change: bool) -> str:
        """Return the one of `units` (亿元、%) that a figure has, by whether it is a change; '' where that is open."""
        listed: list[str] = [unit for unit in self._units.split(units) if unit]
        fitting = [unit for unit in listed if (unit in ("%", "％", "百分点")) == is_change]
        if len(listed) == 1 and not is_change:
            return listed[0]
        return fitting[0] if len(fitting) == 1 else ""

    def caption(self, lines: Sequence[Words], has_own: bool) -> Head:
        """Return what the lines before a table tell of all of it: the time, what it is about, the unit.

        `has_own` tells that the last of them is its caption; else one that looks like a caption is.
        """
        unit = next((unit for line in reversed(lines) if (unit := self.unit_note(line.text))), "")
        named = [line for line in lines if not self._note.match(line.text)]
        if has_own or (named and self._captioned.search(named[-1].text)):
            told = self._caption_of(named[-1]) if named else Head()
            return Head(told.time, what=told.what, unit=unit or told.unit)
        return Head(unit=unit)

    def _caption_of(self, words: Words) -> Head:
        unit = ""
        if note := self._note.search(words.text):
            words = words.cut(0, note.start()).without_tail("（(，, ")
        elif (match := self._bracket.search(words.text)) and match.start():
            unit, words = match["unit"], words.cut(0, match.start())
        time = self._caption_time.search(words.text)
        when = words.cut(*time.span()) if time else NO_WORDS
        rest = words.cut(0, time.start()) + words.cut(time.end(), len(words.text)) if time else words
        about = self._caption.search(rest.text)
        return Head(when, what=rest.cut(*about.span("what")) if about else NO_WORDS, unit=unit)
