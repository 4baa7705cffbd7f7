"""The standard indicator that a record reports, by the words of its object and predicate and by its unit.

Words are compared as words: what matches begins and ends where the segmenter cuts, or lies inside one of its words, at
the end of it where it is the head.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from extract.rulebook.coding import Indicator, IndicatorWords

_MARKS = re.compile("[“”‘’\"'《》「」\\s]|[（(][^（）()]*[）)]$|[（(][A-Za-z0-9.&]+[）)]")
_TIME = re.compile("[0-9]{1,4}[年月日]?|[一二三四五六七八九十]+[年月]")
_NEITHER = "none"
_SHARE_OF = "share of a whole"
_SHARE_UNITS = ("ratio", "percentage_point")
_CHANGE_UNITS = ("ratio", "percentage_point", "multiple")
_TAKES = "占"
_AMOUNTS = frozenset(
    ("money", "mass", "energy", "power", "area", "length", "volume", "freight", "ratio", "price", "person", "event")
)
"""Dimensions of what is measured, or counted so that its number is meant; 企业 are first of all firms."""
_LONG = 4
_SHORT = 2
_KEPT = 1 << 16

Cut = Callable[[str], Sequence[tuple[str, str]]]


class _Entry(NamedTuple):
    indicator: Indicator
    units: frozenset[str]
    with_any: tuple[str, ...]
    without: tuple[str, ...]
    predicates: frozenset[str]
    place: int


class IndicatorFinder:
    """Finds indicators by `rules/indicators.csv`.

    `cut` gives the words of a text with their parts of speech; `places` are names of areas.
    """

    def __init__(
        self, indicators: Mapping[tuple[str, str], Indicator], words: IndicatorWords, cut: Cut, places: Container[str]
    ) -> None:
        self._cut = cut
        self._places = places
        self._tails = sorted(words.tails, key=len, reverse=True)
        self._growths = sorted(words.growths, key=len, reverse=True)
        self._leads = frozenset(words.leads)
        self._lead_ends = words.lead_ends
        self._neutral = frozenset(words.neutral)
        self._per = words.per
        self._shares = sorted(words.shares, key=len, reverse=True)
        self._share_verbs = frozenset(words.share_verbs)
        self._joints = frozenset(words.joints)
        self._self_counting = words.self_counting
        self._paces = re.compile("|".join(words.paces))
        self._by_head: dict[str, list[_Entry]] = {}
        self._found: dict[tuple[str, str, str, str, str], Indicator | None] = {}
        for place, row in enumerate(indicators.values()):
            entry = _Entry(
                row,
                frozenset(row.units.split("|")),
                _listed(row.with_any),
                _listed(row.without),
                frozenset(_listed(row.predicates)),
                place,
            )
            for head in _listed(row.heads):
                self._by_head.setdefault(_MARKS.sub("", head), []).append(entry)

    def find(self, object: str, predicate: str, unit: str, dimension: str, kind: str) -> Indicator | None:
        """Return the indicator of a record with a `unit` of `dimension` ('' for no unit), None where none is sure."""
        key = (object, predicate, unit, dimension, kind)
        if key not in self._found:
            if len(self._found) > _KEPT:
                self._found.clear()
            self._found[key] = self._search(object, predicate, (unit, dimension or _NEITHER), kind)
        return self._found[key]

    def _search(self, object: str, predicate: str, unit: tuple[str, str], kind: str) -> Indicator | None:
        text = _MARKS.sub("", object)
        led = self._led(text)
        found = self._best(led, predicate, unit, kind) if led else None
        found = found or self._best(text, predicate, unit, kind)
        if found is None and (unit[1] in _SHARE_UNITS or kind == "rank"):
            whole = next((text[: -len(tail)] for tail in self._shares if text.endswith(tail)), "")
            if whole or (kind == "share" and predicate in self._share_verbs):
                part = (whole or text).partition(_TAKES)[0]
                found = self._best(part, predicate, unit, _SHARE_OF)
        return found

    def _led(self, text: str) -> str:
        """Return the object with a word that leads it put last: 水果出口 for 出口水果; '' for others."""
        words = [word for word, _ in self._cut(text)]
        place = next((place for place, word in enumerate(words) if not self._narrows_nothing(word)), 0)
        rest = "".join(words[place + 1 :])
        if not words or words[place] not in self._leads or len(rest) < _SHORT or rest.endswith(self._lead_ends):
            return ""
        return "".join(words[:place]) + rest + words[place]

    def _best(self, text: str, predicate: str, unit: tuple[str, str], kind: str) -> Indicator | None:
        cuts = _cuts(word for word, _ in self._cut(text))
        paced = self._paces.sub("", text)
        per = next((word for word in self._per if word in paced), "")
        for end, is_counted in self._ends(text):
            best: tuple[tuple[int, bool, bool, int], _Entry] | None = None
            for start in range(end):
                head = text[start:end]
                entries = self._by_head.get(head)
                if not entries or not _is_head(start, end, cuts) or _is_joined(text, start, cuts, self._joints):
                    continue
                for entry in entries:
                    if per and entry.indicator.measure in ("stock", "flow") and per not in head:
                        continue
                    told = self._told(entry, text, start, end, cuts, predicate)
                    if told is None or not self._fits(entry, head, unit, kind, is_counted):
                        continue
                    is_whole = entry.indicator.scope == "whole"
                    weight = (len(head) + told, bool(entry.predicates), is_whole, -entry.place)
                    if best is None or weight > best[0]:
                        best = weight, entry
            if best is not None:
                return best[1].indicator
        return None

    def _ends(self, text: str) -> list[tuple[int, bool]]:
        """Return where the head may end, and whether the object says there that it is counted.

        It ends with the object, before a word that says only that it is counted or how it grows, or before both.
        """
        ends = [(len(text), False)]
        for tails, is_counting in ((self._growths, False), (self._tails, True)):
            end = ends[-1][0]
            tail = next((tail for tail in tails if text.endswith(tail, 0, end) and end > len(tail) + 1), "")
            if tail:
                ends.append((end - len(tail), is_counting))
        return ends

    def _fits(self, entry: _Entry, head: str, unit: tuple[str, str], kind: str, is_counted: bool) -> bool:
        """Whether an indicator is told in a unit, given with its dimension.

        A place, a change or a share in per cent has no unit of its own: it is of an indicator that is an amount, or
        of a number of things that the object says to be one (`is_counted`).
        """
        name, dimension = unit
        is_amount = is_counted or bool(entry.units & _AMOUNTS)
        if kind == _SHARE_OF:
            return entry.indicator.measure in ("stock", "flow") and is_amount
        if kind == "rank":
            return is_amount or entry.indicator.measure not in ("stock", "flow")
        if kind == "change" and dimension in _CHANGE_UNITS:
            return is_amount or entry.indicator.measure != "stock"
        if dimension == _NEITHER and head.endswith(self._self_counting):
            return True
        return dimension in entry.units or name in entry.units

    def _told(self, entry: _Entry, text: str, start: int, end: int, cuts: list[int], predicate: str) -> int | None:
        """Return how many characters beside the head speak for `entry`, None where something speaks against it."""
        if entry.predicates and predicate not in entry.predicates:
            head = text[start:end]
            if not any(word in head or _is_whole(word, text[:start], cuts) for word in entry.predicates):
                return None
        if any(word in text or word == predicate for word in entry.without):
            return None
        best = 0
        if entry.with_any:
            before = [word for word in entry.with_any if _stands(word, text[:start], cuts) or _is_verb(word, predicate)]
            inside = [word for word in entry.with_any if _is_word(word, text, start, end, cuts)]
            if not before and not inside:
                return None
            best = max(map(len, before), default=0)
        if entry.indicator.scope == "whole" and not self._is_neutral(text[:start], entry.with_any):
            return None
        return best

    def _is_neutral(self, rest: str, told: tuple[str, ...]) -> bool:
        """Whether all words before the head are areas, times and words that narrow nothing."""
        return all(self._narrows_nothing(word) or word in told for word, _ in self._cut(rest))

    def _narrows_nothing(self, word: str) -> bool:
        return word in self._neutral or word in self._places or bool(_TIME.fullmatch(word))


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split("|")) if words else ()


def _cuts(words: Iterable[str]) -> list[int]:
    """Return the places where words begin and end."""
    cuts = [0]
    for word in words:
        cuts.append(cuts[-1] + len(word))
    return cuts


def _is_head(start: int, end: int, cuts: list[int]) -> bool:
    """Whether a head begins with a word, or lies at the end of one; a long one may, a single character stands alone."""
    if end - start == 1:
        return start == 0
    return start in cuts or end - start >= _LONG or not any(start < cut < end for cut in cuts)


def _is_joined(text: str, start: int, cuts: list[int], joints: frozenset[str]) -> bool:
    """Whether what begins at `start` is the last of several things: 旅客和工作人员."""
    return text[start - 1 : start] in joints and start - 1 in cuts


def _is_word(word: str, text: str, start: int, end: int, cuts: list[int]) -> bool:
    """Whether `word` is some words of the head between `start` and `end`, or stands in one of several characters."""
    place = text.find(word, start, end)
    return place >= 0 and (end - start > _SHORT or (place in cuts and place + len(word) in cuts))


def _is_verb(word: str, predicate: str) -> bool:
    """Whether `word` is the verb of a record or one of the two that make it: 转移 in 转移安置."""
    return word == predicate or (len(word) >= _SHORT and len(predicate) <= _LONG and word in predicate)


def _is_whole(word: str, text: str, cuts: list[int]) -> bool:
    """Whether `word` stands in `text` as a word of more than one character."""
    start = text.find(word)
    return len(word) >= _SHORT and start >= 0 and start in cuts and start + len(word) in cuts


def _stands(word: str, text: str, cuts: list[int]) -> bool:
    """Whether `word` stands in `text` with no word beginning or ending inside it that reaches beyond."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if (start in cuts and end in cuts) or not any(start < cut < end for cut in cuts):
            return True
        start = text.find(word, start + 1)
    return False
