"""Flags and links measured by what was judged by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.mining.checks import Judged, main


def test_what_nobody_has_judged_counts_neither_as_right_nor_as_wrong() -> None:
    one, other, third = (("稿", str(start), "9", "growth-differs") for start in (1, 2, 3))
    judged = Judged()
    judged.take([one, other, third], {one: True, other: False})
    assert (judged.right, judged.wrong, judged.unjudged) == (1, [other], [third])


def test_places_count_under_the_line_of_the_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "全市电梯从30部增加到90部，增长50%。\n\n海州区有群众12345人。\n海州区有群众12345人。"
    row = {"id": "甲", "published": "2025-11-20", "text": text}
    (tmp_path / "texts.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    start = len("2025-11-20\n") + text.index("50%")
    (tmp_path / "flags.csv").write_text(
        f"draw,doc,start,end,check,right\na,甲,{start},{start + 3},growth-differs,yes\n", "utf-8"
    )
    (tmp_path / "same-as.csv").write_text("draw,doc,start,end,first,right\n", "utf-8")
    main(tmp_path, tmp_path / "texts.jsonl")
    assert "flags: 1 of 1 right, 0 not judged" in capsys.readouterr().out
