"""Records as SDMX-CSV, read back by pysdmx; what that does not check is checked here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from made import metric
from pysdmx.io import read_sdmx

from extract.model.codes import Codes, coded_row
from extract.write import csv_rows
from extract.write.sdmx import SDMX_COLUMNS, observations, time_period

PERIOD = re.compile(r"\d{4}(-(Q[1-4]|S[12]|(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?))?|\d{4}-\d\d-\d\d/P\d+[YMD]")


def row(codes: Codes | None = None, **fields: object) -> dict[str, str]:
    """Return a coded record as a row of text."""
    given = {"text": "3.20万张", "value": "32000", **fields}
    record = metric(0, 4, str(given.pop("value")), str(given.pop("unit", "张")), **given)
    made = coded_row(record, codes or Codes(indicator="养老床位", area_code="370200", unit_code="张"))
    return {name: str(value) for name, value in made.items()}


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2024", "2024"),
        ("2024-11", "2024-11"),
        ("2024-Q3", "2024-Q3"),
        ("2024-11-27", "2024-11-27"),
        ("2024-01/2024-06", "2024-S1"),
        ("2024-07/2024-12", "2024-S2"),
        ("2024-01/2024-09", "2024-01-01/P9M"),
        ("2021/2025", "2021-01-01/P5Y"),
        ("2024-10-01/2024-10-07", "2024-10-01/P7D"),
        ("2024-13", ""),
        ("", ""),
        ("去年", ""),
    ],
)
def test_period_is_told_as_sdmx_writes_it(period: str, told: str) -> None:
    assert time_period(period) == told
    assert told == "" or PERIOD.fullmatch(told)


def test_number_is_told_as_written_with_its_power_of_ten() -> None:
    (one,) = observations([row()])
    assert (one["OBS_VALUE"], one["UNIT_MULT"]) == ("3.2", "4")


def test_number_without_a_scale_has_no_power() -> None:
    (one,) = observations([row(text="60张", value="60")])
    assert (one["OBS_VALUE"], one["UNIT_MULT"]) == ("60", "0")


def test_scales_are_multiplied() -> None:
    (one,) = observations([row(text="1.5万亿元", value="1500000000000", unit="元")])
    assert (one["OBS_VALUE"], one["UNIT_MULT"]) == ("1.5", "12")


@pytest.mark.parametrize(("fields", "status"), [({}, "A"), ({"status": "planned"}, "F"), ({"bound": "over"}, "E")])
def test_status_is_normal_estimated_or_forecast(fields: dict[str, str], status: str) -> None:
    assert [one["OBS_STATUS"] for one in observations([row(**fields)])] == [status]


def test_record_without_indicator_or_period_is_no_observation() -> None:
    assert list(observations([row(Codes()), row(period="")])) == []


def test_what_the_text_does_not_tell_has_a_code_for_that() -> None:
    (one,) = observations([row(Codes(indicator="养老床位"))])
    assert (one["REF_AREA"], one["UNIT_MEASURE"]) == ("_X", "张")


def test_pysdmx_reads_it_back(tmp_path: Path) -> None:
    head = [dict(zip(SDMX_COLUMNS, SDMX_COLUMNS, strict=True))]
    made = list(observations([row(), row(period="2024-01/2024-09")]))
    path = tmp_path / "metrics.sdmx.csv"
    path.write_bytes(csv_rows([*head, *made], SDMX_COLUMNS))
    (data,) = read_sdmx(path, validate=False).data
    read = data.data.astype(str).to_dict("records")
    assert [(one["TIME_PERIOD"], float(one["OBS_VALUE"]), one["REF_AREA"]) for one in read] == [
        ("2024", 3.2, "370200"), ("2024-01-01/P9M", 3.2, "370200"),
    ]  # fmt: skip
