"""CSV lines as Parquet."""

from __future__ import annotations

import io

import pandas as pd
from made import metric

from extract.model.codes import CODED_COLUMNS, NO_CODES, coded_row
from extract.model.tables import METRICS
from extract.write import csv_rows, parquet_file


def frame_of(lines: bytes) -> pd.DataFrame:
    """Return what pandas reads from the Parquet of CSV lines."""
    return pd.read_parquet(io.BytesIO(parquet_file(lines, METRICS)))


def test_fields_come_back_as_they_are_whatever_is_in_them() -> None:
    record = metric(0, 4, "0.035", "%", sentence='他说"好"，\r\n第二行, 逗号', title="NA", section="null", period="007")
    (row,) = frame_of(csv_rows([coded_row(record, NO_CODES)], CODED_COLUMNS)).to_dict("records")
    assert [row[name] for name in ("start", "value", "sentence", "title", "section", "period", "base")] == [
        0, 0.035, record.sentence, "NA", "null", "007", "",
    ]  # fmt: skip
    assert pd.isna(row["value_high"])


def test_no_rows_give_the_columns_alone() -> None:
    frame = frame_of(b"")
    assert (list(frame), len(frame)) == (list(CODED_COLUMNS), 0)


def test_long_row_is_no_obstacle() -> None:
    rows = [coded_row(metric(n, n + 1, sentence="长" * 2_000_000), NO_CODES) for n in range(2)]
    assert list(frame_of(csv_rows(rows, CODED_COLUMNS))["sentence"].str.len()) == [2_000_000] * 2
