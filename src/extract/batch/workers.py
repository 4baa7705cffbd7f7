"""Tasks to several workers, their parts back in order, whatever dies on the way.

Every worker has a pipe of its own. Pools whose workers share one (multiprocessing, concurrent.futures, pebble)
lose the pipe's lock, or half a message, with a worker that is killed while it uses it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from types import TracebackType

from extract.batch.part import Part, unpacked
from extract.batch.task import Task, fault_at
from extract.batch.worker import Order, Setup, Worker
from extract.errors import InputError

_AHEAD = 16
"""So many tasks for each worker may be under way or wait for an earlier one to be done ..."""
_SIZE = 1 << 25
"""... as long as they hold no more than this together, or are fewer than the workers."""
_STARTS = 3
_MEMORY_HINT = "it may need more memory than there is"


@dataclass(slots=True, eq=False)
class _Piece:
    """A task or what is left of one. One that stands alone since its worker died is not tried a third time."""

    order: Order
    is_suspect: bool = False
    done: bytes | Part | None = None


@dataclass(slots=True, eq=False)
class _Slot:
    """The place of a task in the order of all."""

    order: Order
    pieces: list[_Piece]
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = self.order.task.size

    @property
    def is_done(self) -> bool:
        return all(piece.done is not None for piece in self.pieces)

    def part(self) -> Part:
        whole = Part()
        for piece in self.pieces:
            if piece.done is not None:
                whole.merge(piece.done if isinstance(piece.done, Part) else unpacked(piece.done))
        return whole


class Workers:
    """Up to `count` workers, started when they are needed and all ended on leaving.

    A worker that dies is replaced. Its task is split at the document it was at, and done again but for that one,
    which is tried once more alone; if that worker dies too, the document is at fault.
    """

    def __init__(self, count: int, setup: Setup) -> None:
        self._count = count
        self._setup = setup
        self._at_work: dict[Worker, _Piece | None] = {}
        self._waiting: deque[_Piece] = deque()
        self._slots: deque[_Slot] = deque()
        self._false_starts = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._at_work:
            self._at_work.popitem()[0].stop()

    def map(self, orders: Iterable[Order | Part]) -> Iterator[Part]:
        """Yield the part of each task in order; what is a part already goes through.

        Only as many are taken from `orders` as keep the workers busy. Raises InputError where a worker cannot
        start or keep its parts.
        """
        coming = iter(orders)
        is_over = False
        while True:
            if not is_over and self._has_room():
                order = next(coming, None)
                is_over = order is None
                if order is not None:
                    self._add(order)
            while self._slots and self._slots[0].is_done:
                yield self._finished(self._slots.popleft())
            if is_over and not self._slots:
                return
            self._assign()
            self._receive(blocking=is_over or not self._has_room())

    def _has_room(self) -> bool:
        size = sum(slot.size for slot in self._slots)
        return len(self._slots) < _AHEAD * self._count and (size < _SIZE or len(self._slots) < self._count)

    def _add(self, order: Order | Part) -> None:
        if isinstance(order, Part):
            self._slots.append(_Slot(Order(Task(()), ""), [_Piece(Order(Task(()), ""), done=order)]))
            return
        piece = _Piece(order)
        self._slots.append(_Slot(order, [piece]))
        self._waiting.append(piece)

    def _finished(self, slot: _Slot) -> Part:
        part = slot.part()
        is_split = not slot.pieces[0].order.key
        if is_split and slot.order.key and self._setup.store:
            self._setup.store.write(slot.order.key, part, part.packed())
        return part

    def _assign(self) -> None:
        """Give each idle worker a piece, and start workers for the others."""
        idle = [worker for worker, piece in self._at_work.items() if piece is None and worker.is_ready]
        while self._waiting and idle:
            worker = idle.pop()
            piece = self._waiting.popleft()
            self._at_work[worker] = piece
            try:
                worker.send(piece.order)
            except OSError:
                self._bury(worker)
        starting = sum(not worker.is_ready for worker in self._at_work)
        while len(self._waiting) > starting and len(self._at_work) < self._count:
            self._at_work[Worker(self._setup)] = None
            starting += 1

    def _receive(self, blocking: bool) -> None:
        """Take what the workers have done."""
        ready = wait([worker.pipe for worker in self._at_work], None if blocking else 0)
        for worker in [worker for worker in self._at_work if worker.pipe in ready]:
            try:
                data = worker.receive()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            self._false_starts = 0
            piece = self._at_work[worker]
            if piece is not None:
                piece.done = data
                self._at_work[worker] = None

    def _bury(self, worker: Worker) -> None:
        """Take leave of a worker that has died, and see to its piece."""
        piece = self._at_work.pop(worker)
        begun = worker.begun
        reason = worker.stop()
        if piece is None:
            self._false_starts += not worker.is_ready
            if self._false_starts >= _STARTS:
                raise InputError("--jobs", f"a worker {reason} at its start", hint=f"{_MEMORY_HINT}; give fewer jobs")
            return
        if piece.is_suspect:
            item = piece.order.task.items[0]
            piece.done = Part(faults=[fault_at(item, f"its worker {reason}", _MEMORY_HINT)], is_final=False)
        else:
            self._split(piece, begun)

    def _split(self, piece: _Piece, at: int) -> None:
        """Put what stands before the item at `at`, that item, and what stands behind it in the place of a piece."""
        items = piece.order.task.items
        cuts = ((items[:at], False), (items[at : at + 1], True), (items[at + 1 :], False))
        pieces = [_Piece(Order(Task(some), ""), is_suspect) for some, is_suspect in cuts if some]
        slot = next(slot for slot in self._slots if piece in slot.pieces)
        place = slot.pieces.index(piece)
        slot.pieces[place : place + 1] = pieces
        self._waiting.extendleft(reversed(pieces))
