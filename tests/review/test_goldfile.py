"""Gold files of others are kept, cell by cell and byte by byte."""

from __future__ import annotations

import codecs

import pytest

from extract.errors import InputError
from extract.model.document import Document
from extract.model.record import GOLD_COLUMNS
from extract.review.goldfile import Layout, Row, changed, parse_gold

TEXT = "完成改造60个，惠及居民3.2万户。"
FIRST = "4,7,60个,60,,个,exact,level,改造,完成,,,,actual"
SECOND = "12,17,3.2万户,32000,,户,exact,level,居民,惠及,,,,actual"
HEADER = ",".join(GOLD_COLUMNS)


def quoted(row: str) -> str:
    return ",".join(f'"{cell}"' for cell in row.split(","))


def parsed(content: str | bytes) -> tuple[Layout, tuple[Row, ...]]:
    data = content if isinstance(content, bytes) else content.encode()
    return parse_gold(data, Document("稿", TEXT), "稿.gold.csv")


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{FIRST}\n{SECOND}\n",
        f"{HEADER}\r\n{FIRST}\r\n{SECOND}",
        f"{HEADER},note\n{FIRST},说明\n",
        f"{HEADER}\n{FIRST},多,出\n9,9\n\n,,,\n",
        f"{quoted(HEADER)}\n{quoted(FIRST)}\n",
        f'{HEADER},note\r\n{FIRST},"两\n行"\r\n',
        f"{HEADER}\n# 一句话\n{FIRST}\r\n",
        f"doc,{HEADER}\n稿,{FIRST}\n别的,{FIRST}\n",
    ],
    ids=["lf", "crlf without end", "column", "cells and blank rows", "quotes", "break in cell", "mixed", "doc"],
)
def test_file_that_was_only_read_is_written_as_it_was(content: str) -> None:
    layout, rows = parsed(content)
    assert layout.encode(rows) == content.encode()


@pytest.mark.parametrize(
    "data",
    [codecs.BOM_UTF8 + f"{HEADER}\n{FIRST}\n".encode(), f"{HEADER}\n{FIRST}\n{SECOND}\n".encode("gb18030")],
    ids=["byte order mark", "gb18030"],
)
def test_encoding_is_kept(data: bytes) -> None:
    layout, rows = parsed(data)
    assert layout.encode(rows) == data


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("一,二", "offset"),
        (FIRST.replace("60个", "61个"), "the document has"),
        (FIRST.replace("level", "amount"), "kind"),
        (FIRST.replace(",60,", ",许多,"), "number"),
        (FIRST.replace("4,7", "400,700"), "do not lie"),
    ],
)
def test_row_that_is_not_understood_is_kept_with_the_reason(row: str, problem: str) -> None:
    _, (kept,) = parsed(f"{HEADER}\n{row}\n")
    assert kept.metric is None
    assert problem in kept.problem
    assert kept.stored == f"{row}\n"


def test_changed_row_leaves_the_bytes_of_the_others() -> None:
    layout, rows = parsed(f'{HEADER},note\n"9",9\n{FIRST},"注"\n{SECOND},"x"\n')
    metric = rows[1].metric
    assert metric
    edited = layout.row(changed(metric, {"object": "老旧小区"}, TEXT), rows[1])
    written = layout.encode([rows[0], edited, rows[2]]).decode()
    assert written == f'{HEADER},note\n"9",9\n{FIRST.replace("改造", "老旧小区")},注\n{SECOND},"x"\n'


def test_cell_that_a_spreadsheet_would_run_is_guarded_and_read_back() -> None:
    layout, rows = parsed(f"{HEADER}\n{FIRST}\n")
    metric = rows[0].metric
    assert metric
    written = layout.encode([layout.row(changed(metric, {"object": "=1+1", "value": "-5"}, TEXT), rows[0])])
    assert b",'=1+1," in written
    assert b",-5," in written
    (again,) = parsed(written)[1]
    assert again.metric
    assert again.metric.object == "=1+1"


def test_records_come_in_text_order_around_rows_that_are_none() -> None:
    _, rows = parsed(f"{HEADER}\n{SECOND}\n9\n{FIRST}\n")
    assert [row.metric.start if row.metric else None for row in rows] == [4, None, 12]


def test_other_columns_of_a_record_are_told() -> None:
    layout, rows = parsed(f"{HEADER},note\n{FIRST},说明,多\n")
    assert layout.others(rows[0]) == {"note": "说明", "#16": "多"}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"a,b\n", "column start is missing"),
        (f"{HEADER},unit\n".encode(), "stands twice"),
        (f'{HEADER}\n"60\n'.encode(), "not CSV"),
        (f"{HEADER}\n".encode() + "完成改造".encode() + b"\xff\n", "bytes"),
        (b"", "empty"),
    ],
    ids=["columns", "twice", "quote", "bytes", "empty"],
)
def test_file_that_could_not_be_written_back_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        parsed(data)


def test_character_that_the_encoding_lacks_is_an_error() -> None:
    layout = Layout(encoding="big5", mark=b"")
    with pytest.raises(InputError, match="save it as UTF-8"):
        layout.encode([Row(("\U0001f600",))])
