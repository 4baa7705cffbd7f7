"""What a cache or a prefilter spares."""

from __future__ import annotations

import pytest

from benchmarks import shortcuts
from benchmarks.shortcuts import SHORTCUTS, measure, without
from extract.matching.literals import Prefilter

TEXT = "全市新建学校7所，增长5.5%。今年改造小区60个，惠及居民3.2万户。"


def test_what_takes_the_place_of_a_shortcut_is_there_only_for_a_while() -> None:
    row = Prefilter([("改造", 1), ("增长", 2)])
    with without(*SHORTCUTS[0][1:]):
        assert row.select("改造") == (1, 2)
    assert row.select("改造") == (1,)


def test_each_shortcut_is_measured_or_told_to_be_missing() -> None:
    told = measure([TEXT], [TEXT] * 3)
    assert set(told["seconds"]) | {name for name, place, _ in SHORTCUTS if place in told["missing"]} == {
        "", *(name for name, _, _ in SHORTCUTS)
    }  # fmt: skip
    assert all(seconds > 0 for seconds in told["seconds"].values())


def test_place_without_anything_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortcuts, "SHORTCUTS", (("nothing", "extract.matching.literals:Nothing.at", None),))
    assert measure([TEXT], [TEXT])["missing"] == ["extract.matching.literals:Nothing.at"]
