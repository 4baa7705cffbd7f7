"""The text in the terminal: what is highlighted, and what never reaches the terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from extract.cli.show import highlight
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline


def coloured(pipeline: Pipeline, text: str) -> str:
    """Return what a terminal gets of a text with its quantities highlighted."""
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, color_system="standard", width=120)
    console.print(highlight(text, pipeline.metrics(Document("a", text))))
    return file.getvalue()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\x0c\n", "\x07\n"], ids=ascii)
def test_quantity_itself_is_highlighted_whatever_the_line_ends(pipeline: Pipeline, end: str) -> None:
    shown = coloured(pipeline, f"标题{end}{end}2024年新增床位60张。{end}")
    assert "床位\x1b[1;36m60张\x1b[0m。" in shown


def test_quantity_torn_by_a_line_break_is_highlighted_whole(pipeline: Pipeline) -> None:
    shown = coloured(pipeline, "2024年，全区惠及居民3.2\n万户，拆除违建27处。")
    assert "居民\x1b[1;36m3.2\x1b[0m\n\x1b[1;36m万户\x1b[0m，" in shown


def test_text_without_metrics_is_shown_as_it_is(pipeline: Pipeline) -> None:
    assert coloured(pipeline, "没有数字。") == "没有数字。\n"


def test_text_cannot_steer_the_terminal(pipeline: Pipeline) -> None:
    assert "\x1b[2J" not in coloured(pipeline, "新增床位60张。\x1b[2J完")
