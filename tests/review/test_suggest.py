"""Suggestions for selected text."""

from __future__ import annotations

from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.review.suggest import Suggestion, suggestions

TEXT = "😀全区完成老旧小区改造60个，惠及居民3.2万户。"


def suggested(pipeline: Pipeline, selected: str, text: str = TEXT) -> list[Suggestion]:
    document = Document("稿", text)
    start = text.index(selected)
    return suggestions(pipeline, document, pipeline.metrics(document), start, start + len(selected))


def test_record_of_the_rules_comes_first(pipeline: Pipeline) -> None:
    first = suggested(pipeline, "3.2万户")[0]
    assert (first.source, first.row["object"], first.row["value"]) == ("rules", "居民", "32000")


def test_part_of_a_figure_finds_its_record(pipeline: Pipeline) -> None:
    assert suggested(pipeline, "0个")[0].row["text"] == "60个"


def test_words_alone_are_tried_where_the_rules_found_nothing(pipeline: Pipeline) -> None:
    document = Document("稿", TEXT)
    start = TEXT.index("60个")
    found = suggestions(pipeline, document, [], start, start + 3)
    assert [(one.source, one.row["start"], one.row["text"]) for one in found[:1]] == [("words", str(start), "60个")]


def test_selected_span_alone_comes_last(pipeline: Pipeline) -> None:
    last = suggested(pipeline, "老旧小区")[-1]
    assert (last.source, last.row["text"], last.row["value"]) == ("nothing", "老旧小区", "")


def test_blanks_around_a_selection_do_not_count(pipeline: Pipeline) -> None:
    text = "完成 60个 。"
    assert suggested(pipeline, " 60个 ", text)[-1].row["text"] == "60个"


def test_selection_without_text_has_no_suggestion(pipeline: Pipeline) -> None:
    assert suggested(pipeline, "  ", "完成  60个") == []


def test_figure_that_the_rules_hide_is_filled_in_with_what_stands_before(pipeline: Pipeline) -> None:
    text = "2024年，海门区服务老人350人，其中最年长的78岁以上。"
    first = suggested(pipeline, "78岁", text)[0]
    row = first.row
    assert (first.source, row["value"], row["unit"], row["area"], row["period"]) == (
        "number",
        "78",
        "岁",
        "海门区",
        "2024",
    )


def test_scale_of_a_hidden_figure_is_applied(pipeline: Pipeline) -> None:
    document = Document("稿", "规模3.2万户以上")
    (number, _) = suggestions(pipeline, document, [], 2, 6) or [None, None]
    assert number is not None
    assert number.row["value"] == "32000"
