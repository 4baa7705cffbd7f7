"""Reading batches: rows as documents, in order and as a stream, and what is wrong with each."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path

import pyarrow
import pytest
import twins
from pyarrow import parquet

from extract.errors import InputError
from extract.model.document import Document
from extract.read import BatchColumns, batch, batch_lines, is_batch, read_batch

PLAIN = BatchColumns()


def read(path: Path, columns: BatchColumns = PLAIN, max_size: int = 10_000) -> list[Document | InputError]:
    """Return all that a batch gives."""
    return [row for _, row in read_batch(path, columns, max_size)]


def texts(path: Path) -> list[str]:
    """Return the text of each row, the problem of a bad one."""
    return [row.problem if isinstance(row, InputError) else row.text for row in read(path)]


def fault_of(path: Path, columns: BatchColumns = PLAIN) -> InputError:
    """Return the error that reading the whole of a batch ends in."""
    with pytest.raises(InputError) as caught:
        read(path, columns)
    return caught.value


@pytest.mark.parametrize("name", ["a.csv", "a.TSV", "a.jsonl", "a.ndjson", "a.parquet", "a.csv.gz", "a.jsonl.gz"])
def test_batch_is_told_by_its_ending(name: str) -> None:
    assert is_batch(Path(name))


@pytest.mark.parametrize("name", ["a.txt", "a.gold.csv.bak", "a.gz", "csv"])
def test_other_files_are_no_batch(name: str) -> None:
    assert not is_batch(Path(name))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_in_its_encoding_with_breaks_inside_quotes(encoding: str, tmp_path: Path) -> None:
    data = '编号,正文\r\n1,"今年完成改造60个，\n惠及居民3.2万户。"\r\n2,新建学校7所。\r\n'.encode(encoding)
    assert texts(twins.saved(tmp_path, "批.csv", data)) == ["今年完成改造60个，\n惠及居民3.2万户。", "新建学校7所。"]


def test_tabs_part_the_columns_of_a_tsv_file(tmp_path: Path) -> None:
    assert texts(twins.saved(tmp_path, "批.tsv", "id\ttext\n1\t新建学校7所，投用。\n".encode())) == [
        "新建学校7所，投用。"
    ]


def test_packed_file_is_read(tmp_path: Path) -> None:
    packed = gzip.compress(json.dumps({"text": "新建学校7所。"}).encode())
    (row,) = read(twins.saved(tmp_path, "批.jsonl.gz", packed))
    assert isinstance(row, Document)
    assert (row.name, row.text) == ("批#1", "新建学校7所。")


def test_rows_are_read_one_by_one(tmp_path: Path) -> None:
    good = json.dumps({"text": "新建学校7所。"}).encode() + b"\n"
    path = twins.saved(tmp_path, "批.jsonl.gz", gzip.compress(good * 20_000)[:-40])
    rows = read_batch(path, PLAIN, 100)
    assert isinstance(next(rows)[1], Document)
    with pytest.raises(InputError, match="cannot be read"):
        list(rows)


BAD_LINES = {
    "{": "not JSON",
    "[1]": "no JSON object",
    '"text"': "no JSON object",
    '{"text": 7}': "holds no text",
    '{"text": " "}': "holds no text",
    '{"other": "x"}': "which column",
    '{"text": "' + "长" * 200 + '"}': "200 characters",
    '{"text": "完成60个。", "id": "一"}': "earlier row",
    "[" * 20_000: "not JSON",
}


@pytest.mark.parametrize("line", BAD_LINES, ids=lambda line: line[:24])
def test_bad_row_is_told_with_its_number_and_the_others_are_read(line: str, tmp_path: Path) -> None:
    first = json.dumps({"text": "新建学校7所。", "date": "2025-01-02", "id": "一"})
    last = json.dumps({"text": "改造小区60个。", "id": "三"})
    path = twins.saved(tmp_path, "批.jsonl", "\n".join([first, line, last]).encode())
    one, bad, other = read(path, max_size=100)
    assert isinstance(one, Document)
    assert isinstance(other, Document)
    assert isinstance(bad, InputError)
    assert BAD_LINES[line] in bad.problem
    assert bad.where.endswith(" 2")


@pytest.mark.parametrize("date", ["昨天", "2025-02-30", "07-20 15:29"])
def test_date_that_cannot_be_read_is_told_and_its_row_is_read_without_it(date: str, tmp_path: Path) -> None:
    line = json.dumps({"text": "完成60个。", "date": date})
    fault, document = read(twins.saved(tmp_path, "批.jsonl", line.encode()), max_size=100)
    assert isinstance(fault, InputError)
    assert (fault.problem, fault.where) == (f"{date!r} in 'date' is no whole date, and is taken as unknown", "row 1")
    assert isinstance(document, Document)
    assert (document.text, document.published, document.stamp) == ("完成60个。", "", date)


def test_empty_date_is_no_fault(tmp_path: Path) -> None:
    lines = '{"text": "完成60个。", "date": NaN}\n{"text": "完成60个。", "date": null}'
    assert [type(row) for row in read(twins.saved(tmp_path, "批.jsonl", lines.encode()), max_size=100)] == [
        Document
    ] * 2


def test_area_and_issuer_are_read_from_the_columns_that_are_named(tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "批.csv", "text,地区,部门\n完成60个。,青岛市,市统计局\n".encode())
    ((_, row),) = read_batch(path, BatchColumns(area="地区", issuer="部门"), 100)
    assert isinstance(row, Document)
    assert (row.area, row.issuer) == ("青岛市", "市统计局")


def test_line_without_an_end_is_not_read_into_memory(tmp_path: Path) -> None:
    data = b'{"text": "' + b"x" * 400_000 + b'"}\n' + json.dumps({"text": "新建学校7所。"}).encode()
    path = twins.saved(tmp_path, "批.jsonl", b'{"text": "\xe5\xad\xa6"}\n' + data)
    _, bad, row = read(path, max_size=100)
    assert isinstance(bad, InputError)
    assert isinstance(row, Document)
    assert "too long" in bad.problem


def test_row_with_too_few_values_is_told(tmp_path: Path) -> None:
    bad, row = read(twins.saved(tmp_path, "批.csv", "id,text\n1\n2,新建学校7所。\n".encode()))
    assert isinstance(bad, InputError)
    assert "1 values for 2 columns" in bad.problem
    assert isinstance(row, Document)


@pytest.mark.parametrize(
    "written", ["2025-11-20", "2025/11/20", "20251120", "2025年11月20日", "2025-11-20 08:30", "2025-11-20T08:30Z"]
)
def test_date_of_a_row_is_read(written: str, tmp_path: Path) -> None:
    (row,) = read(twins.saved(tmp_path, "批.jsonl", json.dumps({"text": "完成60个。", "发布日期": written}).encode()))
    assert isinstance(row, Document)
    assert row.published == "2025-11-20"


def test_lone_surrogate_is_replaced_and_recorded(tmp_path: Path) -> None:
    (row,) = read(twins.saved(tmp_path, "批.jsonl", b'{"text": "\\ud800\\u5b66\\u68217\\u6240"}'))
    assert isinstance(row, Document)
    assert row.text == "\ufffd学校7所"
    assert [(repair.kind, repair.start, repair.end) for repair in row.repairs] == [("lone surrogate", 0, 1)]


def test_parquet_gives_texts_names_and_dates(tmp_path: Path) -> None:
    table = pyarrow.table(
        {
            "doc": pyarrow.array(["甲", "乙"]).dictionary_encode(),
            "content": pyarrow.array(["完成60个。", "新建7所。"], pyarrow.large_string()),
            "published": pyarrow.array([datetime.date(2025, 1, 2), None]),
        }
    )
    parquet.write_table(table, tmp_path / "批.parquet")
    found = [row for row in read(tmp_path / "批.parquet") if isinstance(row, Document)]
    assert [(row.name, row.text, row.published) for row in found] == [
        ("甲", "完成60个。", "2025-01-02"),
        ("乙", "新建7所。", ""),
    ]


FAULTS = {
    "empty.csv": (b"", "empty"),
    "head.csv": (b"id,text\n", "holds no rows"),
    "no.parquet": (b"PAR1 nothing", "no whole Parquet file"),
    "two.csv": ("text,正文\n1,2\n".encode(), "which column"),
    "none.jsonl": (b'{"a": 1}', "which column"),
    "binary.csv": (bytes(range(256)) * 50, "binary, not text"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_file_that_is_no_batch_is_refused_by_its_name(name: str, tmp_path: Path) -> None:
    data, problem = FAULTS[name]
    fault = fault_of(twins.saved(tmp_path, name, data))
    assert problem in fault.problem
    assert fault.source.endswith(name)
    assert fault.hint


def test_missing_file_is_refused(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "没有.csv").problem == "no such file"


def test_missing_column_is_refused_with_those_there_are(tmp_path: Path) -> None:
    fault = fault_of(twins.saved(tmp_path, "批.csv", b"a,b\n1,2\n"), BatchColumns(text="正文"))
    assert "正文" in fault.problem
    assert "a, b" in fault.hint


def problems(path: Path, columns: BatchColumns = PLAIN, max_size: int = 10_000) -> list[str]:
    """Return what is wrong with the rows of a batch, each with where."""
    found = (row for row in read(path, columns, max_size) if isinstance(row, InputError))
    return [f"{fault.where}: {fault.problem}" for fault in found]


def documents(path: Path, columns: BatchColumns = PLAIN) -> list[tuple[str, str]]:
    """Return name and text of each document of a batch."""
    return [(row.name, row.text) for row in read(path, columns) if isinstance(row, Document)]


def test_quotation_mark_that_is_not_closed_costs_its_own_row_alone(tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "批.csv", 'id,text\n1,"新建3所。\n2,改造60个。\n3,种树7棵。\n'.encode())
    assert documents(path) == [("2", "改造60个。"), ("3", "种树7棵。")]
    assert problems(path)[0] == "line 2: not CSV: a quotation mark is not closed"


def test_rows_that_an_open_quotation_mark_may_have_torn_apart_are_told(tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "批.csv", 'id,text\n1,"甲"乙\n丙,丁"\n3,种树7棵。\n'.encode())
    assert problems(path) == ["line 2: not CSV: ',' expected after '\"'"]
    path = twins.saved(tmp_path, "批.csv", 'id,text\n1,"甲\n丙"乙,丁\n3,种树7棵。\n'.encode())
    assert problems(path)[1] == "row 2: stands behind a row whose quotation marks do not match"


@pytest.mark.parametrize("name", ["批.csv", "批.jsonl"])
def test_row_in_another_encoding_is_read_in_its_own(name: str, tmp_path: Path) -> None:
    rows = ["今年完成改造60个，惠及居民3.2万户。", "去年新建学校7所，新增学位5400个。"]
    made = [f"甲,{row}\n" if name == "批.csv" else f'{{"id": "甲", "text": "{row}"}}\n' for row in rows]
    head = b"id,text\n" if name == "批.csv" else b""
    first, second = made[0].encode(), made[1].replace("甲", "乙").encode("gb18030")
    path = twins.saved(tmp_path, name, head + first + second)
    assert documents(path) == [("甲", rows[0]), ("乙", rows[1])]
    found = [row for row in read(path) if isinstance(row, Document)]
    assert [repair.detail for repair in found[1].repairs] == ["gb18030"]


def test_bytes_of_a_row_that_are_no_text_are_told_and_recorded(tmp_path: Path) -> None:
    data = "text\n新建学校7所。\n改造小区".encode() + b"\xff\xfe" + "60个，惠及居民3.2万户。\n".encode()
    _, fault, second = read(twins.saved(tmp_path, "批.csv", data))
    assert isinstance(fault, InputError)
    assert (fault.where, fault.problem) == ("row 2", "has 2 bytes that are no text, each read as U+FFFD")
    assert isinstance(second, Document)
    assert second.text == "改造小区\ufffd\ufffd60个，惠及居民3.2万户。"
    assert [(repair.kind, repair.start, repair.end) for repair in second.repairs] == [("undecodable bytes", 4, 6)]


def test_each_line_of_json_has_columns_of_its_own(tmp_path: Path) -> None:
    lines = '{"meta": 1}\n{"text": "新建7所。"}\n{"id": "zz", "text": "改造60个。"}\n'
    path = twins.saved(tmp_path, "批.jsonl", lines.encode())
    assert documents(path) == [("批#2", "新建7所。"), ("zz", "改造60个。")]
    assert problems(path) == ["row 1: does not tell which column holds the text"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("批.csv", "id,text,text\n1,甲,乙\n"), ("批.jsonl", '{"text": "甲", "text": "乙"}')],
    ids=["csv", "jsonl"],
)
def test_two_columns_for_the_text_are_told(name: str, data: str, tmp_path: Path) -> None:
    path = twins.saved(tmp_path, name, data.encode())
    assert "two columns" in fault_of(path, BatchColumns(text="text")).problem


def test_columns_of_one_name_that_nobody_reads_do_no_harm(tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "批.csv", "x,x,text\n1,2,新建7所。\n".encode())
    assert documents(path) == [("批#1", "新建7所。")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_first_row_of_wide_json_is_read_behind_its_mark(encoding: str, tmp_path: Path) -> None:
    data = '\ufeff{"text": "新建学校7所。"}\n{"text": "改造60个。"}\n'.encode(encoding)
    assert texts(twins.saved(tmp_path, "批.jsonl", data)) == ["新建学校7所。", "改造60个。"]


def test_damaged_packed_file_is_told(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b"".join(b'{"text": "%d"}\n' % number for number in range(9999))))
    packed[len(packed) // 2] ^= 0xFF
    assert "cannot be read" in fault_of(twins.saved(tmp_path, "批.jsonl.gz", bytes(packed))).problem


def test_line_of_csv_without_an_end_is_not_read_into_memory(tmp_path: Path) -> None:
    data = b"text\n" + b"x" * 600_000 + "\n新建7所。\n".encode()
    path = twins.saved(tmp_path, "批.csv.gz", gzip.compress(data))
    assert problems(path, max_size=100) == ["line 2: is too long"]
    assert documents(path)[-1][1] == "新建7所。"


def test_file_that_unpacks_to_far_more_than_it_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_lines, "_LEAST_BOMB", 100_000)
    path = twins.saved(tmp_path, "批.csv.gz", gzip.compress(b"text\n" + b"7\n" * 300_000))
    assert "(a bomb)" in fault_of(path).problem


def test_faults_of_one_kind_are_told_up_to_a_number_and_then_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "_TOLD", 20)
    rows = "".join(f'{{"text": "新建{number}所。", "date": "第{number}天"}}\n' for number in range(50))
    told = problems(twins.saved(tmp_path, "批.jsonl", rows.encode()))
    assert len(told) == 21
    assert told[-1].startswith("row 50: '第49天' in 'date' is no whole date")
    assert told[-1].endswith("so it is with 30 rows that are not told one by one")


ODD_COLUMNS = {
    "duration": pyarrow.array([2**62], pyarrow.duration("s")),
    "late": pyarrow.array([2**60], pyarrow.timestamp("us")),
    "zone": pyarrow.array([0], pyarrow.timestamp("s", tz="Nowhere/Land")),
    "day": pyarrow.array([2**31 - 1], pyarrow.date32()),
}


@pytest.mark.parametrize("name", ODD_COLUMNS)
def test_odd_column_of_parquet_that_nobody_reads_does_no_harm(name: str, tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"text": ["新增5个。"], "x": ODD_COLUMNS[name]}), tmp_path / "批.parquet")
    assert texts(tmp_path / "批.parquet") == ["新增5个。"]


@pytest.mark.parametrize("name", ODD_COLUMNS)
def test_odd_date_of_parquet_is_told_and_its_row_is_read(name: str, tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"text": ["新增5个。"], "date": ODD_COLUMNS[name]}), tmp_path / "批.parquet")
    fault, document = read(tmp_path / "批.parquet")
    assert isinstance(fault, InputError)
    assert "is no whole date" in fault.problem
    assert isinstance(document, Document)


def test_damaged_parquet_is_told_wherever_the_damage_is(tmp_path: Path) -> None:
    parquet.write_table(pyarrow.table({"text": [f"新增{number}个。" for number in range(400)]}), tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    for place in range(0, len(whole), 97):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        try:
            read(twins.saved(tmp_path, "b.parquet", bytes(broken)))
        except InputError as fault:
            assert fault.source.endswith("b.parquet")


def test_parquet_of_few_bytes_that_holds_a_library_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_lines, "_LEAST_BOMB", 100_000)
    column = pyarrow.array(["新" * 5000] * 400).dictionary_encode()
    parquet.write_table(pyarrow.table({"text": column}), tmp_path / "批.parquet", compression="zstd")
    assert "(a bomb)" in fault_of(tmp_path / "批.parquet").problem


def test_parquet_whose_rows_are_torn_is_told_behind_those_before(tmp_path: Path) -> None:
    path = tmp_path / "批.parquet"
    rows = [f"新建学校{number}所。" * 50 for number in range(4000)]
    parquet.write_table(
        pyarrow.table({"text": rows}), path, compression="none", use_dictionary=False, row_group_size=100
    )
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 100_000] = bytes(100_000)
    path.write_bytes(data)
    found: list[str] = []
    with pytest.raises(InputError, match="no whole Parquet file"):
        found += (row.text for _, row in read_batch(path, PLAIN, 10_000) if isinstance(row, Document))


def test_line_of_wide_characters_without_an_end_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    lines = ["text", "学" * 300_000, "新建7所。"]
    path = twins.saved(tmp_path, "批.csv", "\n".join(["\ufeff" + lines[0], *lines[1:]]).encode("utf-16-le"))
    assert problems(path, max_size=100) == ["line 2: is too long"]
    assert documents(path)[-1][1] == "新建7所。"
