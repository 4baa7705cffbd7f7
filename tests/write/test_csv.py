"""Writing CSV: its bytes, who can read it, and what happens when writing fails."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from made import metric

from extract.errors import InputError
from extract.model.record import COLUMNS, Metric
from extract.write import write_csv

RECORDS = [
    metric(0, 4, "1200", sentence="新增“养老床位”1200张，\n入住率80%。", title='他说"好"'),
    metric(9, 14, "0.035", "%", high="5.0", rules=("a.b", "c.d")),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file that `RECORDS` were written to."""
    write_csv(RECORDS, tmp_path / "metrics.csv")
    return tmp_path / "metrics.csv"


def failing(error: Exception) -> Iterator[Metric]:
    """Yield one record and fail."""
    yield RECORDS[0]
    raise error


def test_file_begins_with_a_byte_order_mark(path: Path) -> None:
    assert path.read_bytes().startswith(b"\xef\xbb\xbfdoc,start,end,text,")


def test_rows_end_in_cr_lf(path: Path) -> None:
    assert path.read_bytes().endswith(b"\r\n")
    assert path.read_bytes().count(b"\r\n") == 3


def test_header_has_the_columns_in_order(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file)) == list(COLUMNS)


def test_csv_reads_every_field_back(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["sentence"] == RECORDS[0].sentence
    assert first["title"] == '他说"好"'
    assert (second["value"], second["value_high"], second["rules"]) == ("0.035", "5", "a.b c.d")


def test_pandas_reads_it_without_options(path: Path) -> None:
    frame = pd.read_csv(path)
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["value"]) == [1200, 0.035]
    assert list(frame["unit"]) == ["张", "%"]
    assert frame["sentence"][0] == RECORDS[0].sentence


def test_no_records_give_the_header_alone(tmp_path: Path) -> None:
    write_csv([], tmp_path / "metrics.csv")
    assert (tmp_path / "metrics.csv").read_bytes() == b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n"


def test_same_records_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    write_csv(RECORDS, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == path.read_bytes()


def test_large_value_has_no_exponent(tmp_path: Path) -> None:
    write_csv([metric(0, 4, "2E+12", "元")], tmp_path / "metrics.csv")
    assert b",2000000000000,,\xe5\x85\x83," in (tmp_path / "metrics.csv").read_bytes()


def test_folders_are_made(tmp_path: Path) -> None:
    write_csv(RECORDS, tmp_path / "新" / "更新" / "metrics.csv")
    assert (tmp_path / "新" / "更新" / "metrics.csv").is_file()


def test_existing_file_is_replaced(path: Path) -> None:
    write_csv([], path)
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 1


def test_nothing_else_is_left_in_the_folder(path: Path) -> None:
    assert list(path.parent.iterdir()) == [path]


def test_file_can_be_read_by_everyone(path: Path) -> None:
    assert path.stat().st_mode & 0o444 == 0o444


def test_failure_of_the_records_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        write_csv(failing(RuntimeError("halb")), tmp_path / "metrics.csv")
    assert list(tmp_path.iterdir()) == []


def test_failure_of_the_records_keeps_the_existing_file(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        write_csv(failing(RuntimeError("halb")), path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_full_disk_is_an_input_error_that_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"metrics\.csv: cannot be written: No space left on device"):
        write_csv(failing(OSError(28, "No space left on device")), tmp_path / "metrics.csv")
    assert list(tmp_path.iterdir()) == []


def test_failure_of_replacing_keeps_the_existing_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        write_csv([], path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_folder_below_a_file_is_refused_by_the_name_of_the_output(tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("x")
    with pytest.raises(InputError) as caught:
        write_csv(RECORDS, tmp_path / "datei" / "metrics.csv")
    assert caught.value.source == str(tmp_path / "datei" / "metrics.csv")


def test_folder_in_the_place_of_the_file_is_refused_and_nothing_left(tmp_path: Path) -> None:
    (tmp_path / "metrics.csv").mkdir()
    with pytest.raises(InputError, match=r"metrics\.csv: cannot be written"):
        write_csv(RECORDS, tmp_path / "metrics.csv")
    assert [found.name for found in tmp_path.iterdir()] == ["metrics.csv"]
