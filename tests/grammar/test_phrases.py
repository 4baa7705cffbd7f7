"""Phrases: words from several places of a text, cut and joined."""

from __future__ import annotations

from extract.model.phrase import NOTHING, Phrase, Piece

SALES = Phrase((Piece("新能源汽车", 0, 5), Piece("零售额", 10, 13)))


def test_text_of_a_phrase_is_its_pieces_in_order() -> None:
    assert SALES.text == "新能源汽车零售额"


def test_spans_of_a_phrase_join_what_touches() -> None:
    assert Phrase((Piece("老旧", 3, 5), Piece("小区", 5, 7), Piece("改造", 9, 11))).spans == ((3, 7), (9, 11))


def test_place_read_twice_counts_once() -> None:
    assert Phrase((Piece("收入", 3, 5), Piece("城镇", 0, 2), Piece("收入", 3, 5))).spans == ((3, 5), (0, 2))


def test_cut_keeps_the_place_of_what_is_left() -> None:
    assert SALES.cut(3, 7).spans == ((3, 5), (10, 12))
    assert SALES.cut(3, 7).text == "汽车零售"


def test_cut_of_nothing_is_empty() -> None:
    assert not SALES.cut(4, 4)


def test_piece_that_differs_from_its_place_keeps_the_whole_place_when_cut() -> None:
    town = Phrase((Piece("停车泊位", 2, 7),))  # a line break was repaired inside
    assert town.cut(0, 2).spans == ((2, 7),)


def test_phrases_add_in_the_order_they_are_said() -> None:
    assert (SALES + Phrase((Piece("增速", 20, 22),))).text == "新能源汽车零售额增速"


def test_suffix_is_taken_off_only_at_the_end() -> None:
    assert SALES.without("零售额").text == "新能源汽车"
    assert SALES.without("汽车") == SALES


def test_empty_phrase_is_false_and_has_no_place() -> None:
    assert not NOTHING
    assert (NOTHING.text, NOTHING.spans) == ("", ())
