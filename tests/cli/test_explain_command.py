"""`extract explain` as a user calls it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from extract.cli.app import app
from extract.cli.explain import explanation_tree
from extract.model.document import Document
from extract.pipeline.explain import Explainer
from extract.pipeline.pipeline import Pipeline

TEXT = "全区民生通报\n完成老旧小区改造60个，惠及居民3.2万户。\n\n力争明年新增泊位2500个，方便出行。"


def call(*args: object) -> Result:
    """Return what `extract explain` does with `args`."""
    return CliRunner().invoke(app, ["explain", *map(str, args)])


def shown(pipeline: Pipeline, text: str, width: int = 240) -> list[str]:
    """Return the lines of the tree that explains the last sentence of `text`."""
    *_, analysis = pipeline.analyses(Document("test", text))
    console = Console(width=width, highlight=False, markup=False)
    with console.capture() as capture:
        console.print(explanation_tree(Explainer(pipeline, text).explain(analysis)))
    return capture.get().splitlines()


def table(lines: list[str], name: str) -> list[str]:
    """Return the rows of the table under the heading `name`."""
    start = next(place for place, line in enumerate(lines) if name in line) + 1
    end = next(place for place in range(start, len(lines)) if place > start and "── " in lines[place])
    return [line.lstrip("│ └─").rstrip() for line in lines[start:end]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a text file with three sentences."""
    path = tmp_path / "通报.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_explain_shows_the_record_and_what_chose_its_fields() -> None:
    result = call("完成老旧小区改造60个。")
    assert result.exit_code == 0
    assert "object.own" in result.output
    assert "predicate 完成" in result.output
    for field in ("object", "predicate", "kind", "base"):
        assert f"candidates for the {field}" in result.output


def test_explain_shows_how_each_candidate_is_made_and_what_weighs_in_it(pipeline: Pipeline) -> None:
    best, *_ = table(shown(pipeline, "固定资产投资完成30亿元。同比增长5.5%。"), "candidates for the object")
    found = re.fullmatch(r"固定资产投资 +carry\.object0 +\d+\.\d\d  ([+-]\d\.\d\d .+)", best)
    assert found
    assert len(found[1].split(", ")) == 5


def test_explain_shows_the_six_best_candidates_and_how_many_more_there_are(pipeline: Pipeline) -> None:
    lines = shown(pipeline, "全区新建学校12所、泊位60个。其中，新增公交线路8条。")
    (heading,) = [line for line in lines if "candidates for the object" in line]
    assert len(table(lines, "candidates for the object")) == 6
    assert "more with --json" in heading


def test_explain_shows_the_four_best_phrases_of_the_clause(pipeline: Pipeline) -> None:
    assert len(table(shown(pipeline, "完成老旧小区改造60个。"), "phrases of the clause")) == 4


def test_explain_shows_no_count_of_more_where_all_candidates_are_shown(pipeline: Pipeline) -> None:
    assert not any("more with --json" in line for line in shown(pipeline, "投资完成30亿元。"))


def test_explain_leaves_out_no_feature_in_a_narrow_terminal(pipeline: Pipeline) -> None:
    narrow, wide = (
        table(shown(pipeline, "完成老旧小区改造60个。", width), "candidates for the object") for width in (50, 240)
    )
    assert len(narrow) > len(wide)
    weight = re.compile(r"[+-]\d\.\d\d")
    assert weight.findall(" ".join(narrow)) == weight.findall(" ".join(wide))


def test_explain_as_json_holds_all_candidates_with_their_features() -> None:
    text = "全区新建学校12所、泊位60个。其中，新增公交线路8条。"
    (view,) = json.loads(call(text, "--json").output)[-1]["records"]
    assert len(view["candidates"]) > 6
    assert view["candidates"][0]["text"] == view["record"]["object"]
    assert len(view["candidates"][0]["features"]) == 5
    assert len(view["own"]) >= 3


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


def test_explain_of_a_file_tells_area_date_and_period_of_its_article(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("2025-11-20\n青岛市民生工作\n上半年，全市完成改造60个。", encoding="utf-8")
    (frame,) = json.loads(call(path, "--json").output)
    assert [(one["name"], one["value"], one["rule"]) for one in frame["settled"]] == [
        ("published", "2025-11-20", ""),
        ("area", "青岛市", "area.named"),
        ("period", "2025-01/2025-06", "period.reported"),
    ]
    assert frame["settled"][2]["words"] == ["上半年"]
    assert not frame["notes"]


def test_explain_of_a_file_says_what_could_not_be_told_and_how_to_give_it(file: Path) -> None:
    output = " ".join(call(file).output.split())
    assert "--published YYYY-MM-DD" in output
    assert "--area" in output


def test_explain_tells_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = call(tmp_path / "没有.txt", "--at", 1)
    assert result.exit_code == 1
    assert "没有.txt" in result.output


def test_explain_of_nothing_says_so() -> None:
    assert call("").exit_code == 1


def test_explain_never_lets_a_text_steer_the_terminal() -> None:
    assert "\x1b[2J" not in call("完成改造60个\x1b[2J。").output
