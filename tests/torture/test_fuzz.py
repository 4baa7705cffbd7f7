"""A little of `make fuzz`, always the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from torture import fuzz


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_seeds_and_their_mutations_are_borne(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    monkeypatch.chdir(tmp_path)
    chance = random.Random(7)
    kept = fuzz.seeds(target)
    for data in [*kept[:6], *(fuzz.mutated(chance.choice(kept), chance) for _ in range(20))]:
        fuzz.TARGETS[target](data)


def test_input_that_fails_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: bytes) -> None:
        raise OverflowError("too much")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(fuzz.TARGETS, "csv", fail)
    count, fault = fuzz.run("csv", 5)
    assert count == 1
    assert fault.endswith("OverflowError: too much")
    assert Path(fault.partition(":")[0]).stat().st_size
