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
from extract.read import BatchColumns, is_batch, read_batch

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
    '{"other": "x"}': "holds no text",
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
