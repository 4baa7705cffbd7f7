"""A text as rows of words and figures."""

from __future__ import annotations

from collections.abc import Callable

from extract.mining.rows import Row, RowMaker


def test_a_row_ends_at_a_stop_and_a_figure_is_its_unit(rows: Callable[[str], list[Row]]) -> None:
    first, second = rows("新建学校12所，惠及居民3万户。")
    assert [item.text for item in first] == ["新建", "学校", "所"]
    assert [item.kind for item in first] == ["word", "word", "quantity"]
    assert second[-1].text == "户"


def test_times_and_places_are_spans_of_their_own(rows: Callable[[str], list[Row]]) -> None:
    (row,) = rows("2023年全市检查企业5家")
    assert [item.kind for item in row] == ["time", "area", "word", "word", "quantity"]


def test_quotes_do_not_part_a_row(rows: Callable[[str], list[Row]]) -> None:
    (row,) = rows("新建“书香”驿站5座")
    assert "“" not in [item.text for item in row]


def test_a_word_of_the_rules_keeps_the_part_of_speech_of_the_dictionary(rows: Callable[[str], list[Row]]) -> None:
    (row,) = rows("新增企业5家")
    assert row[0].tag == "v"


def test_a_word_that_only_the_rules_know_has_the_part_of_speech_of_its_end(rows: Callable[[str], list[Row]]) -> None:
    (row,) = rows("另有企业5家")
    assert (row[0].text, row[0].tag) == ("另有", "v")


def test_a_document_gives_the_rows_of_all_its_sentences(maker: RowMaker) -> None:
    found = list(maker.rows("a.txt", "新建学校12所。\n\n检查企业5家。\n"))
    assert [[item.text for item in row][-1] for row in found] == ["所", "家"]


def test_an_ending_of_measure_is_one_with_the_word_before(rows: Callable[[str], list[Row]]) -> None:
    (row,) = rows("消费券核销率86%")
    assert [item.text for item in row] == ["消费券", "核销率", "%"]
