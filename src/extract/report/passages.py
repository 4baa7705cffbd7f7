"""The sentences of an article as passages of text, cut where its records begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from extract.model.document import Article, Document
from extract.model.record import Metric
from extract.model.sentence import Role, Sentence


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of a passage: `record` is the number of the record whose place it is, -1 for none.

    `begins` tells whether it is the first stretch of that record.
    """

    text: str
    record: int = -1
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as it is shown: its number on the page, what it is there, and its stretches, all of its text."""

    number: int
    role: Role
    paragraph: int
    cuts: tuple[Cut, ...]


class Places:
    """Where the characters of a document's raw text are shown: in which passage, and at which place of it."""

    def __init__(self) -> None:
        self._of_offset: dict[int, tuple[int, int]] = {}
        self._units: dict[int, list[int]] = {}

    def add(self, number: int, sentence: Sentence, text: str) -> None:
        """Take up a passage; what an earlier one shows stays there. Cells say again what stands in their heads."""
        units = [0]
        for position, (offset, char) in enumerate(zip(sentence.offsets, text, strict=True)):
            if sentence.role != "cell":
                self._of_offset.setdefault(offset, (number, position))
            units.append(units[-1] + (2 if ord(char) > 0xFFFF else 1))
        self._units[number] = units

    def spans(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Return where the raw characters `start` to `end` (exclusive) are shown: passage, start, end.

        Both count UTF-16 code units, as scripts in browsers do.
        """
        found: list[tuple[int, int, int]] = []
        for offset in range(start, end):
            if offset not in self._of_offset:
                continue
            number, position = self._of_offset[offset]
            low, high = self._units[number][position], self._units[number][position + 1]
            if found and found[-1][0] == number and found[-1][2] == low:
                found[-1] = (number, found[-1][1], high)
            else:
                found.append((number, low, high))
        return found


def shown_text(sentence: Sentence, document: Document) -> str:
    """Return the characters of a sentence as the source writes them, one for each offset.

    Where the source has markup, they are those that it stands for.
    """
    if document.page is not None or sentence.role == "cell":
        return sentence.text
    return "".join(document.text[offset] for offset in sentence.offsets)


def passages(
    article: Article, document: Document, records: Mapping[int, Metric], first: int, places: Places
) -> Iterator[Passage]:
    """Yield the sentences of an article as passages numbered from `first`; `records` are those of the article."""
    beginning: dict[int, list[int]] = {}
    for number, metric in records.items():
        beginning.setdefault(metric.start, []).append(number)
    for number, sentence in enumerate(article.sentences, first):
        text = shown_text(sentence, document)
        places.add(number, sentence, text)
        marks = list(_marks(sentence, records, beginning))
        yield Passage(number, sentence.role, sentence.paragraph, tuple(_cuts(text, marks)))


def _marks(
    sentence: Sentence, records: Mapping[int, Metric], beginning: Mapping[int, Sequence[int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield where records stand in the text of a sentence: start, end, record. `beginning` has those at each offset."""
    low, high = sentence.figure or (0, len(sentence.text))
    position = {offset: low + place for place, offset in enumerate(sentence.offsets[low:high])}
    for offset, start in position.items():
        for number in beginning.get(offset, ()):
            last = records[number].end - 1
            if last in position:
                yield start, position[last] + 1, number


def _cuts(text: str, marks: Iterable[tuple[int, int, int]]) -> Iterator[Cut]:
    """Yield all of `text` in order, cut at the ends of `marks`; where two overlap, the later one has the place."""
    coming = sorted(marks, reverse=True)
    edges = sorted({0, len(text), *(edge for start, end, _ in coming for edge in (start, end))})
    begun: set[int] = set()
    open_marks: list[tuple[int, int, int]] = []
    for low, high in pairwise(edges):
        while coming and coming[-1][0] <= low:
            start, end, number = coming.pop()
            heappush(open_marks, (-start, -end, -number))
        while open_marks and -open_marks[0][1] <= low:
            heappop(open_marks)
        record = -open_marks[0][2] if open_marks else -1
        yield Cut(text[low:high], record, record >= 0 and record not in begun)
        begun.add(record)
