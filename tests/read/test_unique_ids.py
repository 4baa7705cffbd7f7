"""Ids that have come already."""

from __future__ import annotations

import pytest

from extract.read import unique_ids as seen
from extract.read.unique_ids import Seen


def test_name_is_new_once() -> None:
    names = Seen()
    assert [names.add(name) for name in ("甲", "乙", "甲", "\ud800", "乙")] == [True, True, False, True, False]


def test_name_is_known_after_many_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen, "_RECENT", 7)
    names = Seen()
    assert all(names.add(str(n)) for n in range(100))
    assert not any(names.add(str(n)) for n in range(100))
    assert names.add("100")
