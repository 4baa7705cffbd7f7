"""The time of the stages."""

import sys
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace

import pytest

from benchmarks import stages
from benchmarks.stages import STAGES, Clock, timed, wrap


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time as the clock sees it, in a list of one number that a test may change."""
    time = [0.0]
    monkeypatch.setattr(stages, "time", SimpleNamespace(perf_counter=lambda: time[0]))
    return time


def test_a_stage_has_the_time_that_no_other_stage_has(now: list[float]) -> None:
    clock = Clock()

    def pass_time(amount: float) -> None:
        now[0] += amount

    inner = timed(lambda: pass_time(5), "inner", "place", clock)

    def outer() -> None:
        pass_time(1)
        inner()
        pass_time(2)

    timed(outer, "outer", "other", clock)()
    pass_time(100)
    timed(outer, "outer", "other", clock)()
    assert clock.seconds == {"outer": 6, "inner": 10}
    assert clock.calls == {"place": 2, "other": 2}


def test_a_generator_has_the_time_of_its_steps(now: list[float]) -> None:
    clock = Clock()

    def made() -> Iterator[int]:
        for number in range(3):
            now[0] += 1
            yield number

    def consumer() -> list[int]:
        found = []
        for number in timed(made, "made", "place", clock)():
            now[0] += 10
            found.append(number)
        return found

    assert timed(consumer, "consumer", "other", clock)() == [0, 1, 2]
    assert clock.seconds == {"made": 3, "consumer": 30}


def test_an_error_leaves_the_stage(now: list[float]) -> None:
    clock = Clock()
    with pytest.raises(ZeroDivisionError):
        timed(lambda: 1 // 0, "stage", "place", clock)()
    now[0] += 7
    timed(lambda: None, "stage", "place", clock)()
    assert clock.seconds["stage"] == 0


def test_functions_methods_and_static_methods_are_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    class Finder:
        def find(self) -> str:
            return "found"

        @staticmethod
        def judge() -> str:
            return "judged"

    module = ModuleType("made_for_test")
    module.Finder, module.rate = Finder, lambda: "rated"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "made_for_test", module)
    clock = Clock()
    places = [f"made_for_test:{name}" for name in ("Finder.find", "Finder.judge", "rate")]
    assert all(wrap(place, "stage", clock) for place in places)
    assert (Finder().find(), Finder.judge(), module.rate()) == ("found", "judged", "rated")
    assert set(clock.calls) == set(places)


@pytest.mark.parametrize(
    "place", ["extract.pipeline.pipeline:Pipeline.nothing", "extract.nothing:Pipeline", "extract:No.find"]
)
def test_a_place_without_a_function_is_told(place: str) -> None:
    assert not wrap(place, "stage", Clock())


def test_every_stage_is_listed_under_one_label_and_place() -> None:
    places = [place for _, place in STAGES]
    assert len(set(places)) == len(places)
