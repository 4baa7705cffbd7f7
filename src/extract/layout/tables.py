"""Reads tables out: each figure with the heads of its row and column, as the sentence that would say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import takewhile
from operator import add

from extract.layout.characters import View
from extract.layout.paragraph import Paragraph
from extract.layout.plain_tables import PlainTables
from extract.layout.table_heads import NO_WORDS, Head, HeadReader, Words
from extract.model.document import Cell, Table
from extract.rulebook.schema import TableRules

_PROSE = 30
"""A cell longer than this is text of its own and needs no heads."""
_YEAR = 5
_REACH = 60
"""Labels, units and measures stand within so many columns of their figure; so no table takes more than linear time."""


class TableReader:
    """Reads tables by the rules of `rules/tables.yaml`."""

    def __init__(self, rules: TableRules) -> None:
        self._heads = HeadReader(rules)
        self.plain = PlainTables(rules, self._heads)

    def readings(self, table: Table, view: View, before: Sequence[Paragraph], block: int) -> Iterator[Paragraph]:
        """Yield the caption of a table, and each of its figures and texts in reading order, as paragraphs.

        `before` are the lines in front of the table, which may tell what all of it is about; `block` numbers
        the table among the parts of its page. A figure that was read out has the role `cell`.
        """
        lines = list(before)
        if table.caption is not None:
            text, offsets = view.read(table.caption.text, table.caption.offsets)
            lines.append(Paragraph(text, offsets, block, is_prose=False, role="caption"))
            yield lines[-1]
        caption = self._heads.caption([Words(line.text, tuple(line.offsets)) for line in lines], bool(table.caption))
        read: dict[Cell, Words] = {}
        for cell in (cell for row in table.rows for cell in row):
            if cell not in read:
                text, offsets = view.read(cell.text, cell.offsets)
                read[cell] = Words(text, tuple(offsets))
        rows = [[_Place(cell, read[cell]) for cell in row] for row in table.rows]
        yield from _Grid(self._heads, rows, caption, block).readings()


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of the grid: the cell that covers it, and its words."""

    cell: Cell
    words: Words


@dataclass(slots=True)
class _Grid:
    """One table, read row by row."""

    reader: HeadReader
    rows: Sequence[Sequence[_Place]]
    caption: Head
    block: int
    above: list[Sequence[_Place]] = field(default_factory=list)
    """The rows of heads that stand over the row being read."""
    seen: set[int] = field(default_factory=set)
    """Spanning cells that were read out already."""
    has_serials: bool = False
    """Whether the first column only numbers the rows."""
    heads: dict[int, list[Head]] = field(default_factory=dict)
    """What the heads over each column tell."""
    asides: dict[int, tuple[bool, bool]] = field(default_factory=dict)
    """Whether each column holds no metrics, and whether it holds units."""

    def readings(self) -> Iterator[Paragraph]:
        """Yield what the table reads out as."""
        numbers = [row[0].words.text for row in self.rows if row and self.reader.is_figure(row[0].words.text)]
        self.has_serials = bool(numbers) and numbers == [str(number) for number in range(1, len(numbers) + 1)]
        in_heads = False
        for row in self.rows:
            filled = {id(place.cell): place for place in row if place.words}
            if any(self._is_figure(row, column) for column in range(len(row))):
                yield from self._figures(row)
                in_heads = False
            elif len(filled) == 1:
                yield from self._line(next(iter(filled.values())))
            elif self._is_head_row(row):
                self.above = [*(self.above if in_heads else ()), row]
                self.heads.clear()
                self.asides.clear()
                in_heads = True
            elif filled:
                yield from self._texts(row, range(len(row)))
                in_heads = False

    def _is_head_row(self, row: Sequence[_Place]) -> bool:
        places = [place for place in row if place.words]
        return (
            not self.above
            or all(place.cell.is_head for place in places)
            or all(self.reader.tells_kind(place.words.text) for place in places[1:])
        )

    def _is_figure(self, row: Sequence[_Place], column: int) -> bool:
        text = row[column].words.text
        if not self.reader.is_figure(text) or self._is_serial(column) or self._told(column)[0]:
            return False
        if not self.reader.is_year(text):
            return not row[column].cell.is_head
        return bool(self.above) and any(head.what or head.unit for head in self._over(column))

    def _is_serial(self, column: int) -> bool:
        return self.has_serials and not column

    def _told(self, column: int) -> tuple[bool, bool]:
        """Tell whether a column holds no metrics by its heads, and whether it holds units."""
        if column not in self.asides:
            texts = [place.words.text for place in self._column(column)]
            is_skipped = any(self.reader.is_skipped(text) for text in texts)
            self.asides[column] = (is_skipped, any(self.reader.is_unit_head(text) for text in texts))
        return self.asides[column]

    def _column(self, column: int) -> list[_Place]:
        """Return the heads over a column, a cell that spans several rows once."""
        places = {id(row[column].cell): row[column] for row in self.above if row[column].words}
        return list(places.values())

    def _over(self, column: int) -> list[Head]:
        if column not in self.heads:
            self.heads[column] = [self.reader.head(place.words) for place in self._column(column)]
        return self.heads[column]

    def _left_of(self, column: int) -> list[int]:
        """Return the columns on the left that may hold labels or figures, the nearest first."""
        near = range(column - 1, max(column - _REACH, 0) - 1, -1)
        return [index for index in near if not self._is_aside(index)]

    def _figures(self, row: Sequence[_Place]) -> Iterator[Paragraph]:
        used: set[int] = set()
        for column, place in enumerate(row):
            if self._is_figure(row, column) and id(place.cell) not in self.seen:
                self.seen.add(id(place.cell))
                labels = self._labels(row, column)
                used |= {index for index in self._left_of(column) if any(row[index] is label for label in labels)}
                yield self._figure(row, column, labels)
        texts = [column for column in range(len(row)) if column not in used and not self._is_figure(row, column)]
        yield from self._texts(row, texts)

    def _labels(self, row: Sequence[_Place], column: int) -> list[_Place]:
        """Return the words that a row has for a figure: the nearest run of texts on its left."""
        left = self._left_of(column)
        start = next((place for place, index in enumerate(left) if not self._is_value(row, index)), len(left))
        run = takewhile(lambda index: not self._is_value(row, index), left[start:])
        labels = {id(row[index].cell): row[index] for index in run if row[index].words}
        return list(labels.values())[::-1]

    def _is_aside(self, column: int) -> bool:
        return any(self._told(column)) or self._is_serial(column)

    def _is_value(self, row: Sequence[_Place], column: int) -> bool:
        text = row[column].words.text
        return self._is_figure(row, column) or (bool(column) and self.reader.is_empty(text))

    def _figure(self, row: Sequence[_Place], column: int, labels: Sequence[_Place]) -> Paragraph:
        figure = row[column].words.cut(0, len(row[column].words.text))
        over = self._over(column)
        beside = [self.reader.head(label.words) for label in labels]
        verb = next((head.verb for head in (*over, *beside) if head.verb), NO_WORDS)
        is_rank = any(head.is_rank for head in (*over, *beside))
        unit = self._unit(row, column, over, beside, bool(verb) and not is_rank)
        if is_rank:
            unit = "" if self.reader.figure_unit(figure.text) else "位"
            verb = verb.cut(0, len(verb.text) - (figure.text[0] == "第"))
        front = [
            *self._times([*over, *beside], column if verb else 0),
            *(head.plan for head in (*over, *beside)),
            *self._named([head.what for head in over], [head.what for head in beside], column, bool(verb)),
            verb,
        ]
        return self._said(front, figure, unit)

    def _times(self, heads: Iterable[Head], column: int) -> list[Words]:
        """Return the words that tell when: those of the heads, with what they leave to the caption.

        A change in `column` without a time of its own goes with the figures on its left.
        """
        times = [head.time for head in heads if head.time]
        when = self.caption.time
        left = (self._over(index) for index in self._left_of(column))
        times = times or next(([head.time for head in heads if head.time] for heads in left), [])
        if not times:
            return [when]
        has_year = any(not time.text[0].isdigit() or "年" in time.text for time in times)
        return times if has_year else [when.cut(0, _YEAR), *times]

    def _named(self, over: Sequence[Words], beside: Sequence[Words], column: int, is_verb: bool) -> list[Words]:
        """Return the words that tell what is measured, places first.

        A change that only says so belongs to the measure on its left; what neither head tells, the caption may.
        """
        over = [words for words in over if words]
        beside = [words for words in beside if words]
        if not over and is_verb:
            left = (self._over(index) for index in self._left_of(column))
            over = next(([head.what for head in heads if head.what] for heads in left if self._measures(heads)), [])
        where = [words for words in over if self.reader.is_area(words.text)]
        measured = [words for words in (*beside, *over) if words not in where]
        if all(self.reader.is_area(words.text) for words in measured):
            measured.append(self.caption.what)
        return [*where, *measured]

    def _measures(self, heads: Sequence[Head]) -> bool:
        return any(head.what and not self.reader.is_area(head.what.text) for head in heads)

    def _unit(
        self, row: Sequence[_Place], column: int, over: Sequence[Head], beside: Sequence[Head], is_change: bool
    ) -> str:
        """Return the unit to be said behind a figure: '' where its cell has one, or none is told."""
        if self.reader.figure_unit(row[column].words.text):
            return ""
        if own := next((head.unit for head in reversed(over) if head.unit), ""):
            return self.reader.choose(own, is_change) or own
        near = range(max(column - _REACH, 0), min(column + _REACH, len(row)))
        columns = sorted((index for index in near if self._told(index)[1]), key=lambda index: abs(index - column))
        told = [row[index].words.text for index in columns[:1]]
        told += [head.unit for head in reversed(beside)]
        told.append(self.caption.unit)
        return next((unit for units in told if (unit := self.reader.choose(units, is_change))), "")

    def _texts(self, row: Sequence[_Place], columns: Iterable[int]) -> Iterator[Paragraph]:
        """Yield the cells that hold more than one figure or other text, short ones behind the label of their row."""
        label = next((place.words for place in row if place.words and not place.words.text[0].isdigit()), NO_WORDS)
        for column in columns:
            words = row[column].words
            if not words or self._told(column)[1] or self._is_serial(column) or id(row[column].cell) in self.seen:
                continue
            self.seen.add(id(row[column].cell))
            if words is label or self._told(column)[0] or len(words.text) > _PROSE or "。" in words.text:
                yield from self._line(row[column])
            else:
                yield self._said([self.reader.head(label).what], words, "")

    def _line(self, place: _Place) -> Iterator[Paragraph]:
        """Yield a cell that stands for itself: a line in the table, or a long text."""
        words = place.words
        if note := self.reader.unit_note(words.text):
            self.caption = Head(self.caption.time, what=self.caption.what, unit=note)
            return
        is_prose = "。" in words.text
        yield Paragraph(words.text, list(words.offsets), self.block, is_prose, role="text" if is_prose else "caption")

    def _said(self, front: Sequence[Words], figure: Words, unit: str) -> Paragraph:
        head = reduce(add, front, NO_WORDS)
        said = head + figure + figure.saying(unit)
        span = (len(head.text), len(head.text) + len(figure.text))
        return Paragraph(said.text, list(said.offsets), self.block, is_prose=True, role="cell", figure=span)
