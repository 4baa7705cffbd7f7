"""What has been decided on the records of one document; each decision gives a new state."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Literal

from extract.evaluation.gold import RowError, parse_row
from extract.model.document import Document
from extract.model.record import GOLD_COLUMNS, Metric
from extract.review.cells import as_gold
from extract.review.goldfile import Layout, Row, changed

Status = Literal["open", "accepted", "rejected", "foreign"]
"""Still to be decided on; decided to be right; decided to be wrong; a row of the gold that is no record."""
Origin = Literal["gold", "rules", "user"]
"""Where a record comes from: the gold file as it was found, the pipeline, the user of the page."""

EDITABLE = tuple(name for name in GOLD_COLUMNS if name not in ("start", "end", "text"))


class ReviewError(Exception):
    """A request cannot be met: `code` names the reason, `detail` tells it, `column` the field at fault."""

    def __init__(self, code: str, detail: str, column: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.column = column


@dataclass(frozen=True, slots=True)
class Item:
    """One record under review. `row` is its row in the gold file, None where it has never been in it."""

    key: int
    metric: Metric | None
    row: Row | None
    status: Status
    origin: Origin

    @property
    def in_gold(self) -> bool:
        """Tell whether its row belongs into the gold file."""
        return self.row is not None and self.status != "rejected"


@dataclass(frozen=True, slots=True)
class State:
    """All records of a document in text order, and whether the user has finished it.

    `has_gold` tells whether there is a gold file: the first decision makes one.
    """

    items: tuple[Item, ...]
    has_gold: bool
    done: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the gold file."""
        return tuple(item.row for item in self.items if item.row is not None and item.in_gold)

    @property
    def left(self) -> int:
        """How many records are still to be decided on."""
        return sum(item.status == "open" for item in self.items)

    def with_item(self, item: Item) -> State:
        """Return the state with `item` in the place of the one of its key, else where it stands in the text."""
        return self.with_items([item])

    def with_items(self, changed: Iterable[Item]) -> State:
        """Return the state with each item in the place of the one of its key, else where it stands in the text."""
        by_key = {item.key: item for item in changed}
        if not by_key:
            return self
        items = [by_key.pop(item.key, item) for item in self.items]
        placed = [(*_span(item), place) for place, item in enumerate(items) if item.metric]
        behind: dict[int, list[Item]] = {}
        for item in sorted(by_key.values(), key=_span):
            behind.setdefault(_place_for(placed, _span(item)), []).append(item)
        merged = behind.get(0, [])
        for place, item in enumerate(items, 1):
            merged += [item, *behind.get(place, ())]
        return replace(self, items=tuple(merged), has_gold=True)


def _place_for(placed: Sequence[tuple[int, int, int]], span: tuple[int, int]) -> int:
    """Return the number of items before a span: up to the last that begins before it, or with it and ends no later.

    `placed` are the spans of items that begin in this order, each with its place.
    """
    last = bisect_right(placed, span[0], key=itemgetter(0)) - 1
    while last >= 0 and placed[last][:2] > span:
        last -= 1
    return placed[last][2] + 1 if last >= 0 else 0


def _span(item: Item) -> tuple[int, int]:
    metric = _metric(item)
    return metric.start, metric.end


@dataclass(frozen=True, slots=True)
class Desk:
    """What decisions need to know beyond the state: the document, and the layout of its gold file."""

    document: Document
    layout: Layout

    def accept(self, state: State, key: int) -> State:
        """Take the record `key` as right, or back if it had been rejected."""
        return state.with_item(self._accepted(_item(state, key)))

    def accept_rest(self, state: State) -> State:
        """Take all records as right that are still open."""
        return state.with_items(self._accepted(item) for item in state.items if item.status == "open")

    def reject(self, state: State, key: int) -> State:
        """Take the record `key` as wrong: it leaves the gold."""
        return state.with_item(replace(_item(state, key), status="rejected"))

    def edit(self, state: State, key: int, fields: Mapping[str, str]) -> State:
        """Give the record `key` other fields, and take it as right. Raises ReviewError where a field is wrong."""
        item = _item(state, key)
        try:
            metric = changed(_metric(item), _editable(fields), self.document.text)
        except RowError as error:
            raise _wrong(error) from error
        return state.with_item(self._accepted(replace(item, metric=metric)))

    def respan(self, state: State, key: int, start: int, end: int) -> State:
        """Put the record `key` at another span (code points, end exclusive), and take it as right.

        Raises ReviewError where the span is none, or another record has it.
        """
        item = _item(state, key)
        others = tuple(one for one in state.items if one.key != key)
        if any(one.metric and (one.metric.start, one.metric.end) == (start, end) for one in others):
            raise ReviewError("span", "another record stands there")
        span = {"start": str(start), "end": str(end), "text": self.document.text[max(start, 0) : max(end, 0)]}
        try:
            metric = changed(_metric(item), span, self.document.text)
        except RowError as error:
            raise _wrong(error) from error
        return replace(state, items=others).with_item(self._accepted(replace(item, metric=metric)))

    def add(self, state: State, start: int, end: int, fields: Mapping[str, str]) -> State:
        """Add a record at a span (code points, end exclusive). Raises ReviewError where it or a field is wrong."""
        span = {"start": str(start), "end": str(end), "text": self.document.text[max(start, 0) : max(end, 0)]}
        try:
            row = dict.fromkeys(GOLD_COLUMNS, "") | _editable(fields) | span
            metric = parse_row(row, self.document.name, self.document.text)
        except RowError as error:
            raise _wrong(error) from error
        for item in state.items:
            if item.metric and (item.metric.start, item.metric.end) == (start, end) and item.status != "accepted":
                return state.with_item(self._accepted(replace(item, metric=metric)))
        key = max((item.key for item in state.items), default=-1) + 1
        return state.with_item(self._accepted(Item(key, metric, None, "open", "user")))

    def finish(self, state: State) -> State:
        """Take the document as done. Raises ReviewError while records are open."""
        if state.left:
            raise ReviewError("open", f"{state.left} records are still open")
        return replace(state, done=True, has_gold=True)

    def reopen(self, state: State) -> State:
        """Take the document as not done."""
        return replace(state, done=False)

    def _accepted(self, item: Item) -> Item:
        is_same = item.row is not None and item.row.metric == item.metric
        row = item.row if is_same else self.layout.row(_metric(item), item.row)
        return replace(item, row=row, status="accepted")


def _item(state: State, key: int) -> Item:
    item = next((item for item in state.items if item.key == key), None)
    if item is None or item.metric is None:
        raise ReviewError("record", f"there is no record {key}")
    return item


def _editable(fields: Mapping[str, str]) -> dict[str, str]:
    if unknown := [name for name in fields if name not in EDITABLE]:
        raise ReviewError("field", f"{unknown[0]!r} cannot be edited")
    return as_gold(fields)


def _wrong(error: RowError) -> ReviewError:
    return ReviewError("field", str(error), error.column)


def _metric(item: Item) -> Metric:
    assert item.metric is not None
    return item.metric
