"""`extract explain` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extract.cli.app import app

TEXT = "全区民生通报\n完成老旧小区改造60个，惠及居民3.2万户。\n\n力争明年新增泊位2500个，方便出行。"


def call(*args: object) -> Result:
    """Return what `extract explain` does with `args`."""
    return CliRunner().invoke(app, ["explain", *map(str, args)])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a text file with three sentences."""
    path = tmp_path / "通报.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_explain_shows_the_record_and_the_rule_that_made_it() -> None:
    result = call("完成老旧小区改造60个。")
    assert result.exit_code == 0
    assert "✓ relate.act-object" in result.output
    assert "老旧小区改造" in result.output


def test_explain_of_an_offset_explains_that_sentence_alone(file: Path) -> None:
    result = call(file, "--at", TEXT.index("2500个"), "--json", "--published", "2025-11-20")
    (explanation,) = json.loads(result.output)
    assert [record["record"]["text"] for record in explanation["records"]] == ["2500个"]
    assert explanation["records"][0]["record"]["period"] == "2026"


def test_explain_reads_the_sentence_in_the_light_of_those_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("固定资产投资完成30亿元。增长5.5%。", encoding="utf-8")
    (explanation,) = json.loads(call(path, "--at", 15, "--json").output)
    assert explanation["records"][0]["record"]["object"] == "固定资产投资"


def test_explain_of_several_sentences_explains_each() -> None:
    assert len(json.loads(call("完成改造60个。惠及居民3.2万户。", "--json").output)) == 2


@pytest.mark.parametrize("offset", [len(TEXT), 9999, TEXT.index("\n\n") + 1])
def test_explain_tells_an_offset_where_no_sentence_stands(file: Path, offset: int) -> None:
    result = call(file, "--at", offset)
    assert result.exit_code == 1
    assert f"offset {offset}" in result.output
    assert "通报.txt" in result.output


def test_explain_of_a_file_without_an_offset_asks_for_one(file: Path) -> None:
    result = call(file)
    assert result.exit_code == 1
    assert "--at OFFSET" in result.output


def test_explain_tells_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = call(tmp_path / "没有.txt", "--at", 1)
    assert result.exit_code == 1
    assert "没有.txt" in result.output


def test_explain_of_nothing_says_so() -> None:
    assert call("").exit_code == 1


def test_explain_never_lets_a_text_steer_the_terminal() -> None:
    assert "\x1b[2J" not in call("完成改造60个\x1b[2J。").output
