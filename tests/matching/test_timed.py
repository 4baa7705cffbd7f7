"""Patterns of a user's rules that go back and forth for ever are stopped, and their rule is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import InputError
from extract.matching import timed as timed_module
from extract.matching.patterns import compiled
from extract.matching.timed import TimedPattern, watching
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.rulebook.own import own_patterns

ENDLESS = "(?:学|学学)+[甲乙]"
RULES = f"""
masks:
  - id: mask.mine
    why: 试
    pattern: '{ENDLESS}'
    examples: [学甲]
    counter_examples: [丙丁]
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "exclusions.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("search", ["search", "match", "fullmatch", "findall", "finditer", "split", "sub"])
def test_search_that_does_not_end_names_its_rule(search: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timed_module, "PATIENCE", 0.05)
    with watching({ENDLESS: ("我的.yaml", "veto.mine")}):
        pattern = compiled(f"x|{ENDLESS}")
    given = ("-", "学" * 60) if search == "sub" else ("学" * 60,)
    with pytest.raises(InputError, match="veto.mine: its pattern takes more than 0.05 s"):
        getattr(pattern, search)(*given)


def test_pattern_that_ends_finds_what_it_did() -> None:
    with watching({ENDLESS: ("我的.yaml", "veto.mine")}):
        pattern = compiled(ENDLESS)
    assert isinstance(pattern, TimedPattern)
    assert pattern.search("在学学甲").span() == (1, 4)
    assert pattern.sub("-", "学甲学乙") == "--"
    assert [match.span() for match in pattern.finditer("学甲学乙")] == [(0, 2), (2, 4)]
    assert pattern.split("1学甲2") == ["1", "2"]


def test_patterns_of_others_are_left_alone() -> None:
    with watching({ENDLESS: ("我的.yaml", "veto.mine")}):
        assert not isinstance(compiled("甲+"), TimedPattern)
    assert not isinstance(compiled(ENDLESS), TimedPattern)


def test_patterns_with_repeats_are_a_users_own(rules: Path) -> None:
    mine = (str(rules / "exclusions.yaml"), "mask.mine")
    assert own_patterns(rules) == {ENDLESS: mine, "(?:学|学学)+": mine}
    assert own_patterns(None) == {}


def test_document_that_a_users_pattern_hangs_at_is_told_by_the_rule(
    rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed_module, "PATIENCE", 0.05)
    pipeline = Pipeline(rules)
    assert pipeline.metrics(Document("稿", "学校5个。"))
    with pytest.raises(InputError, match=r"exclusions.yaml, rule mask.mine"):
        pipeline.metrics(Document("稿", "学甲处有" + "学" * 60 + "5个。"))
