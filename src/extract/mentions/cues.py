"""Tells what has been achieved from what is planned, by the cues of `rules/status.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import regex

from extract.matching.literals import Index, Prefilter
from extract.matching.patterns import HIDDEN, compiled
from extract.model.record import Status
from extract.rulebook.schema import StatusRule

_SEMICOLONS: Final = "；;"
_quoted: Final = regex.compile("“[^“”，。；]*”")
_time: Final = regex.compile("[年月季][，,度份底末初]?|同期|目前|已")
_CLAUSE_MARKS: Final = "，,。；;：:"
_OPENING: Final = 8
"""A cue that begins within so many characters of its clause is said of all that follows, not of one subject."""
_FORWARD: Final = ("clause", "subject", "section")


class Cue:
    """A word that tells a status: where it stands in its sentence, end exclusive, and its rule."""

    __slots__ = ("end", "rule", "start")

    def __init__(self, span: tuple[int, int], rule: StatusRule) -> None:
        self.start, self.end = span
        self.rule = rule


def _hidden(quote: regex.Match[str]) -> str:
    return HIDDEN * len(quote[0])


def _place(cue: Cue) -> tuple[int, int]:
    return cue.start, cue.end


class StatusFinder:
    """Finds status cues and how far each reaches."""

    def __init__(self, rules: Sequence[StatusRule], index: Index | None = None) -> None:
        self._patterns = Prefilter(((rule.pattern, (rule, compiled(rule.pattern))) for rule in rules), index)

    def cues(self, text: str) -> list[Cue]:
        """Return the cues of the sentence `text` in order; those inside a quoted name say nothing."""
        rules = self._patterns.select(text)
        if not rules:
            return []
        plain = _quoted.sub(_hidden, text) if "“" in text else text
        cues = [Cue(match.span(), rule) for rule, pattern in rules for match in pattern.finditer(plain)]
        return sorted(cues, key=_place) if len(cues) > 1 else cues

    @staticmethod
    def opens_section(cues: Sequence[Cue], is_heading: bool) -> Cue | None:
        """Return the cue that makes all that follows in the article a target, if there is one."""
        reaches = ("section", "heading") if is_heading else ("section",)
        return next((cue for cue in cues if cue.rule.reach in reaches), None)

    @staticmethod
    def status_at(
        cues: Sequence[Cue], clause: tuple[int, int], text: str, section: Cue | None, figures: Sequence[int] = ()
    ) -> tuple[Status, str]:
        """Return the status of a figure in the clause that spans `clause` of `text`, and the rule that told it.

        The rule is '' where no cue does. A planning cue reaches the whole of its own clause and the clauses
        after it: up to a semicolon if one of the `figures`, the starts of the sentence's quantities, stands
        before it in its part, or if it speaks of its subject alone and does not open its clause, else beyond.
        A reset cue ends what earlier clauses began. `section` is the cue that the passage stands under, which
        nothing in a sentence ends.
        """
        status: Status = section.rule.status if section else "actual"
        rule = section.rule.id if section else ""
        plan = -1
        for cue in cues:
            if cue.start >= clause[1]:
                continue
            if cue.rule.reach == "reset":
                if cue.rule.weak and plan >= 0 and not _time.search(text, plan, cue.start):
                    continue
                ends = not (section and not section.rule.dated) and not (
                    cue.start >= clause[0] and _has_plan(cues, clause)
                )
                status, rule = ("actual", "") if ends else (status, rule)
            elif _reaches(cue, clause, text, figures):
                status, rule, plan = cue.rule.status, cue.rule.id, cue.end
        return status, rule

    @staticmethod
    def is_undated(cues: Sequence[Cue], clause: tuple[int, int], text: str, figures: Sequence[int] = ()) -> bool:
        """Tell whether a planned figure in the clause comes at a time that only its own sentence can tell.

        建成后可改善灌溉面积2.4万亩 says nothing of the year that the article is about.
        """
        return any(cue.rule.undated and cue.start < clause[1] and _reaches(cue, clause, text, figures) for cue in cues)


def _reaches(cue: Cue, clause: tuple[int, int], text: str, figures: Sequence[int]) -> bool:
    """Tell whether a planning cue, in the clause or before it, is said of the clause."""
    if cue.start >= clause[0]:
        return cue.rule.reach != "heading"
    return cue.rule.reach in _FORWARD and not _parted(text, cue, clause[0], figures)


def _has_plan(cues: Sequence[Cue], clause: tuple[int, int]) -> bool:
    """Tell whether a planning cue stands in the clause itself, so that 累计 beside it does not undo it."""
    return any(clause[0] <= cue.start < clause[1] and cue.rule.reach in ("clause", "subject") for cue in cues)


def _parted(text: str, cue: Cue, clause: int, figures: Sequence[int]) -> bool:
    """Tell whether a semicolon ends the reach of a cue before the clause: it came late in its part."""
    if not any(mark in text[cue.end : clause] for mark in _SEMICOLONS):
        return False
    part = max(text.rfind(mark, 0, cue.start) for mark in _SEMICOLONS)
    said = max(text.rfind(mark, 0, cue.start) for mark in _CLAUSE_MARKS)
    of_one_subject = cue.rule.reach == "subject" and cue.start - said > _OPENING
    return of_one_subject or any(part < figure < cue.start for figure in figures)
