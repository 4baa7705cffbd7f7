"""One worker: a process with an extractor of its own that takes tasks one at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, Protocol

from extract.batch.part import Part
from extract.batch.store import Store
from extract.batch.task import Task
from extract.batch.work import Extractor, Factory, Reading, work
from extract.errors import InputError

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_PRELOADED = ["__main__", __name__]
"""What the server of new processes imports once for all of them."""
_SAFE_PATH = "PYTHONSAFEPATH"


@dataclass(frozen=True, slots=True)
class Setup:
    """What every worker has: its extractor, how it reads files, where it keeps finished parts (None for nowhere)."""

    factory: Factory
    reading: Reading
    store: Store | None


@dataclass(frozen=True, slots=True)
class Order:
    """A task for a worker; its part is kept under `key` unless that is empty."""

    task: Task
    key: str


class _Index(Protocol):
    value: int


def carry_out(
    order: Order, extractor: Extractor, setup: Setup, begin: Callable[[int], None] = lambda _: None
) -> tuple[Part, bytes]:
    """Return the part of a task, and the same packed. Raises InputError where it cannot be kept."""
    part = work(order.task, extractor, setup.reading, begin)
    data = part.packed()
    if setup.store and order.key:
        setup.store.write(order.key, part, data)
    return part, data


class Worker:
    """A worker process as its parent sees it.

    It ends when its parent does, with the processes that it started itself. Ctrl-C does not reach it.
    """

    def __init__(self, setup: Setup) -> None:
        context = _context()
        self.pipe, theirs = context.Pipe()
        self._begun: _Index = context.RawValue("q", 0)
        self._process: BaseProcess = context.Process(
            target=_serve, args=(setup, theirs, self._begun), name="extract worker", daemon=True
        )
        with _away_from_here(), _undisturbed():
            self._process.start()
        theirs.close()
        self.is_ready = False
        """Whether it has its extractor."""

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid or 0

    @property
    def begun(self) -> int:
        """The index of the item that it took up last."""
        return self._begun.value

    def send(self, order: Order) -> None:
        """Give it a task. Raises OSError where it has died."""
        self._begun.value = 0
        self.pipe.send(order)

    def receive(self) -> bytes | None:
        """Return the packed part of its task, None when it is ready for the first.

        Raises InputError where it cannot do its work, EOFError or OSError where it has died.
        """
        message = self.pipe.recv()
        if isinstance(message, InputError):
            raise message
        self.is_ready = True
        return message if message is None else bytes(message)

    def stop(self) -> str:
        """End it with all that it started, and return why it ended if it did so before."""
        _kill_group(self.pid)
        self._process.kill()
        self._process.join()
        self.pipe.close()
        return _reason(self._process.exitcode)


def _context() -> Any:
    """Return how processes are started: from a small server that has imported all, where the system has that."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


@contextmanager
def _away_from_here() -> Iterator[None]:
    """Have the processes that are started meanwhile, and their own, import nothing of the current folder.

    Python starts the server of new processes and the tracker of their resources by `-c`, which would look there first.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put Ctrl-C off while a process is started: halfway it would tell of it in Python's words.

    What is started meanwhile never hears it.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its start would let Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(setup: Setup, pipe: Connection, begun: _Index) -> None:
    """Do the tasks that come through `pipe`, until it is closed."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()

    def begin(index: int) -> None:
        begun.value = index

    with suppress(EOFError, OSError):
        try:
            extractor = setup.factory()
            pipe.send(None)
            while True:
                pipe.send(carry_out(pipe.recv(), extractor, setup, begin)[1])
        except InputError as fault:
            pipe.send(fault)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        _kill_group(os.getpid())
        os._exit(1)


def _kill_group(pid: int) -> None:
    """End a worker with the processes that it started. Before it leads a group of its own there are none."""
    if hasattr(os, "killpg") and pid:
        with suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def _reason(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return f"was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"was ended by signal {-code}"
    return f"ended with status {code}"
