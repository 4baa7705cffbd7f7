"""What a worker process does, done here: tasks until its pipe is closed, and why one ended."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from cheap import Cheap

from extract.batch import worker
from extract.batch.part import unpacked
from extract.batch.task import Row, Task, fault_at
from extract.batch.work import Reading
from extract.batch.worker import Order, Setup
from extract.errors import InputError
from extract.model.document import Document

READING = Reading("", 1000)


@pytest.fixture(autouse=True)
def harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have what a worker does to its own process not done to this one."""
    monkeypatch.setattr(worker.os, "setpgrp", lambda: None)
    monkeypatch.setattr(worker.signal, "signal", lambda *_: None)
    monkeypatch.setattr(worker, "_end_with_parent", lambda: None)


def order(*texts: str) -> Order:
    rows = tuple(Row("批.csv", number, Document(f"批#{number}", text)) for number, text in enumerate(texts, 1))
    return Order(Task(rows), "")


def test_worker_answers_each_task_until_nobody_asks(tmp_path: Path) -> None:
    ours, theirs = multiprocessing.Pipe()
    begun = SimpleNamespace(value=0)
    setup = Setup(partial(Cheap, tmp_path / "log"), READING, None)
    serving = threading.Thread(target=worker._serve, args=(setup, theirs, begun))
    serving.start()
    assert ours.recv() is None
    ours.send(order("新增5个。", "改造6个。"))
    assert unpacked(ours.recv()).summary.documents == 2
    assert begun.value == 1
    ours.close()
    serving.join(60)
    assert not serving.is_alive()


def test_worker_whose_rules_are_wrong_says_so() -> None:
    def broken() -> Cheap:
        raise InputError("rules", "not valid")

    ours, theirs = multiprocessing.Pipe()
    worker._serve(Setup(broken, READING, None), theirs, SimpleNamespace(value=0))
    assert str(ours.recv()) == "rules: not valid"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (-signal.SIGKILL, "was ended by SIGKILL"),
        (-250, "was ended by signal 250"),
        (3, "ended with status 3"),
        (None, "ended with status None"),
    ],
)
def test_end_of_a_worker_is_told_by_its_status(code: int | None, told: str) -> None:
    assert worker._reason(code) == told


def test_fault_that_stands_in_the_place_of_a_document_is_told_as_it_is() -> None:
    fault = InputError("批.csv", "not CSV", "line 3")
    assert fault_at(fault, "its worker died") is fault
    assert Task((fault,)).size == 0
