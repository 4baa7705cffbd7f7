"""What the page is given of a document."""

from __future__ import annotations

import pytest
from made import metric

from extract.review.state import Item, State
from extract.review.view import segments, shown


def state_of(*spans: tuple[int, int]) -> State:
    items = (Item(key, metric(*span), None, "open", "rules") for key, span in enumerate(spans))
    return State(tuple(items), False)


def test_pieces_count_code_points() -> None:
    pieces = list(segments("𠮷😀60个。", state_of((2, 5))))
    assert [(piece["start"], piece["text"], piece["keys"]) for piece in pieces] == [
        (0, "𠮷😀", []), (2, "60个", [0]), (5, "。", []),
    ]  # fmt: skip


def test_overlapping_records_share_a_piece() -> None:
    pieces = list(segments("3万至5万户", state_of((0, 6), (3, 6))))
    assert [piece["keys"] for piece in pieces] == [[0], [0, 1]]


def test_pieces_give_the_whole_text() -> None:
    text = "完成60个，\n新增5家。"
    assert "".join(piece["text"] for piece in segments(text, state_of((2, 5), (9, 11)))) == text


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("甲\r\n乙", "甲 \n乙"),
        ("甲\r乙", "甲\n乙"),
        ("甲\u202e乙", "甲\ufffd乙"),
        ("甲\u200b乙", "甲\ufffd乙"),
        ("甲\x00乙", "甲\u2400乙"),
        ("甲\u2028乙", "甲\n乙"),
    ],
    ids=["crlf", "cr", "direction", "hidden", "control", "separator"],
)
def test_what_nobody_sees_is_shown_in_as_many_characters(text: str, visible: str) -> None:
    assert shown(text) == visible
    assert len(visible) == len(text)


def test_cr_at_the_end_of_a_piece_belongs_to_the_lf_behind_it() -> None:
    assert shown("甲\r", "\n") == "甲 "
