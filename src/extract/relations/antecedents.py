"""What earlier figures, clauses and headings of an article leave for later figures to take up."""

from __future__ import annotations

from typing import Final

from extract.model.phrase import NOTHING, Phrase
from extract.model.relation import Run

_KEPT: Final = 8
_OFFERED: Final = 4
_SUBJECTS: Final = 2


class Antecedent:
    """A phrase that a later figure may take up: the object of an earlier figure, a subject, a heading.

    `unit` and `form` are those of the figure, empty for what is no figure's object; `clause` and `sentence` number
    where it was said, `run` how many figures stood in its run. `way` says how it was made, `owner` is the part of it
    that owns the rest: 普通高中 of 普通高中在校生.
    """

    __slots__ = ("clause", "form", "owner", "phrase", "run", "sentence", "unit", "way")

    def __init__(
        self,
        phrase: Phrase,
        clause: int,
        sentence: int,
        unit: str = "",
        form: str = "",
        run: int = 1,
        way: str = "",
        owner: Phrase = NOTHING,
    ) -> None:
        self.phrase = phrase
        self.clause = clause
        self.sentence = sentence
        self.unit = unit
        self.form = form
        self.run = run
        self.way = way
        self.owner = owner


class Memory:
    """The antecedents of an article so far.

    `recurring` are the phrases that stand before or behind figures of one unit with several values in the article;
    `said` gives for an object and a unit the first value that it had.
    """

    __slots__ = (
        "clause", "first", "heading", "in_part", "mention", "objects", "paragraph", "part_next", "recurring", "said",
        "sentence", "subjects", "topic", "whole",
    )  # fmt: skip

    def __init__(self) -> None:
        self.recurring: set[tuple[str, str]] = set()
        self.said: dict[tuple[str, str], str] = {}
        self.objects: list[Antecedent] = []
        self.subjects: list[Antecedent] = []
        self.whole: Antecedent | None = None
        self.topic: Antecedent | None = None
        self.first: Antecedent | None = None
        self.heading: Antecedent | None = None
        self.mention: Antecedent | None = None
        self.in_part = False
        self.part_next = False
        self.paragraph = -1
        self.clause = 0
        self.sentence = 0

    def enter(self, paragraph: int) -> None:
        """Come to a sentence of a paragraph: what only the paragraph or the sentence before spoke of is forgotten."""
        if paragraph != self.paragraph:
            self.paragraph = paragraph
            self.objects, self.subjects = [], []
            self.topic = self.mention = self.whole = None
        self.sentence += 1
        self.subjects = [one for one in self.subjects if one.sentence >= self.sentence - 1]
        self.in_part = self.part_next = False
        self.first = None

    def add_object(self, one: Antecedent) -> None:
        """Take up the object of a figure."""
        self.objects = [*self.objects[1 - _KEPT :], one]
        self.topic = self.topic or one
        self.first = self.first or one

    def add_subject(self, phrase: Phrase) -> None:
        """Take up what a clause without figures speaks of."""
        self.subjects = [*self.subjects[1 - _KEPT :], Antecedent(phrase, self.clause, self.sentence)]

    def kin(self, text: str, unit: str) -> str:
        """Whether an object of the unit was this phrase so far (bare), or one that ends with it (long), or both."""
        found = ""
        for name, of_unit in self.said:
            if of_unit == unit and name.endswith(text):
                kind = "bare" if len(name) == len(text) else "long"
                if kind not in found:
                    found += kind
        return found or "none"

    def offered(self, run: Run) -> list[tuple[str, Antecedent]]:
        """What a figure at its place in a `run` may take up, each with the name of where it comes from."""
        found: list[tuple[str, Antecedent | None]] = []
        if run.size > 1:
            before = [one for one in self.objects if one.run == run.size and one.clause < self.clause]
            if len(before) >= run.size:
                found.append(("aligned", before[run.place - run.size]))
        if self.in_part:
            found.append(("whole", self.whole))
        found += [("subject", one) for one in reversed(self.subjects[-_SUBJECTS:])]
        found += [(f"object{number}", one) for number, one in enumerate(reversed(self.objects[-_OFFERED:]))]
        found += [("first", self.first), ("topic", self.topic), ("mention", self.mention), ("heading", self.heading)]
        seen: set[str] = set()
        offered: list[tuple[str, Antecedent]] = []
        for name, one in found:
            if one is not None and one.phrase and one.phrase.text not in seen:
                seen.add(one.phrase.text)
                offered.append((name, one))
        return offered
