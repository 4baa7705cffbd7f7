"""What a change of rules changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.upkeep.difference import Difference

TEXT = "全市新建学校7所。全市改造小区60个。"
HEAD = "surface,unit,dimension,not_before,example\n"


def difference(folder: Path, rules: dict[str, str], pipeline: Pipeline, text: str = TEXT) -> Difference:
    for name, content in rules.items():
        (folder / name).write_text(content, encoding="utf-8")
    found = Difference()
    found.add(Document("稿", text, "2025-01-20"), pipeline, Pipeline(folder))
    return found


def test_same_rules_change_nothing(pipeline: Pipeline, tmp_path: Path) -> None:
    found = difference(tmp_path, {}, pipeline)
    assert (found.changes, found.same, found.documents) == ([], 2, 1)


def test_other_field_is_told_with_old_and_new_value(pipeline: Pipeline, tmp_path: Path) -> None:
    (change,) = difference(tmp_path, {"units.csv": f"{HEAD}所,座,count,,新建学校7所\n"}, pipeline).changes
    assert (change.way, change.text, change.fields) == ("altered", "7所", (("unit", "所", "座"),))


def test_record_that_is_lost_is_told(pipeline: Pipeline, tmp_path: Path) -> None:
    mask = "masks:\n  - {id: mask.mine, why: 试, pattern: 学校7所, examples: [学校7所], counter_examples: [学校]}\n"
    found = difference(tmp_path, {"exclusions.yaml": mask}, pipeline)
    assert [(change.way, change.text) for change in found.changes] == [("lost", "7所")]
    assert found.ways() == {"lost": 1}


def test_record_that_comes_is_told(pipeline: Pipeline, tmp_path: Path) -> None:
    text = "全市新建甲筘7筘筘。全市改造小区60个。"
    found = difference(tmp_path, {"units.csv": f"{HEAD}筘筘,筘筘,count,,新建7筘筘\n"}, pipeline, text)
    assert [(change.way, change.text) for change in found.changes] == [("added", "7筘筘")]


@pytest.mark.parametrize("way", ["added", "lost"])
def test_rules_of_one_side_alone_are_told(way: str, pipeline: Pipeline, tmp_path: Path) -> None:
    rows = {"units.csv": f"{HEAD}筘筘,筘筘,count,,新建7筘筘\n"}
    text = "全市新建甲筘约7筘筘。"
    found = difference(tmp_path, rows, pipeline, text)
    if way == "lost":
        turned = Difference()
        turned.add(Document("稿", text, "2025-01-20"), Pipeline(tmp_path), pipeline)
        found = turned
    assert {way for _, way in found.by_rule()} == {way}
    assert all(rule.startswith("+" if way == "added" else "-") for rule, _ in found.by_rule())
