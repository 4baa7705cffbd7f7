"""What earlier figures, clauses and headings of an article leave for later figures to take up."""

from __future__ import annotations

from typing import Final

from extract.model.phrase import NOTHING, Phrase

_KEPT: Final = 8
_OFFERED: Final = 4


class Antecedent:
    """A phrase that a later figure may take up: the object of an earlier figure, a subject, a heading.

    `source` is `object`, `subject`, `topic`, `heading` or `mention`; `unit` and `form` are those of the figure,
    empty for what is no figure's object; `clause` and `sentence` number where it was said.
    """

    __slots__ = ("clause", "form", "owner", "phrase", "place", "run", "sentence", "source", "unit", "way")

    def __init__(
        self, phrase: Phrase, source: str, unit: str, form: str, clause: int, sentence: int, place: int, run: int,
        way: str = "", owner: Phrase = NOTHING,
    ) -> None:
        self.phrase = phrase
        self.source = source
        self.unit = unit
        self.form = form
        self.clause = clause
        self.sentence = sentence
        self.place = place
        self.run = run
        self.way = way
        self.owner = owner


class Memory:
    """The antecedents of an article so far, and the predicate and base of the clause before."""

    def __init__(self) -> None:
        self.objects: list[Antecedent] = []
        self.subjects: list[Antecedent] = []
        self.whole: Antecedent | None = None
        self.in_part = False
        self.part_next = False
        self.topic: Antecedent | None = None
        self.first: Antecedent | None = None
        self.heading: Antecedent | None = None
        self.mention: Antecedent | None = None
        self.predicate = NOTHING
        self.base = NOTHING
        self.in_change = False
        self.clause = 0
        self.sentence = 0
        self.again: dict[tuple[str, str], int] = {}
        self.said: dict[tuple[str, str], str] = {}

    def start_paragraph(self) -> None:
        """Forget what only the paragraph before spoke of."""
        self.objects = []
        self.subjects = []
        self.topic = None
        self.mention = None
        self.whole = None

    def start_sentence(self) -> None:
        """Come to a new sentence."""
        self.sentence += 1
        self.subjects = [one for one in self.subjects if one.sentence >= self.sentence - 1][-_KEPT:]
        self.predicate = self.base = NOTHING
        self.in_part = self.part_next = self.in_change = False
        self.first = None

    def add_object(self, one: Antecedent) -> None:
        """Take up the object of a figure."""
        self.objects = [*self.objects[-_KEPT + 1 :], one]
        if self.topic is None:
            self.topic = one
        if self.first is None:
            self.first = one

    def add_subject(self, one: Antecedent) -> None:
        """Take up what a clause without figures speaks of."""
        self.subjects = [*self.subjects[-_KEPT + 1 :], one]

    def offered(self, place: int, run: int) -> list[tuple[str, Antecedent]]:
        """What a figure, the number `place` of a run of `run`, may take up, each with how it is reached."""
        found: list[tuple[str, Antecedent]] = []
        if run > 1 and len(self.objects) >= run - place:
            pass
        seen: set[str] = set()

        def offer(name: str, one: Antecedent | None) -> None:
            if one is not None and one.phrase and one.phrase.text not in seen:
                seen.add(one.phrase.text)
                found.append((name, one))

        if run > 1:
            before = [one for one in self.objects if one.run == run and one.clause < self.clause]
            if len(before) >= run:
                offer("aligned", before[place - run])
        if self.in_part:
            offer("whole", self.whole)
        for subject in reversed(self.subjects[-2:]):
            offer("subject", subject)
        for number, one in enumerate(reversed(self.objects)):
            if number >= _OFFERED:
                break
            offer(f"object{number}", one)
        offer("first", self.first)
        offer("topic", self.topic)
        offer("mention", self.mention)
        offer("heading", self.heading)
        return found
