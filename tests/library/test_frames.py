"""extract.frame: the texts of a data frame, each row's metrics under its index."""

from __future__ import annotations

import pandas as pd
import pytest

import extract

TEXT = "全区今年新增床位20张。"


@pytest.fixture
def releases() -> pd.DataFrame:
    """Return three rows, of which the second has no text."""
    return pd.DataFrame(
        {
            "正文": [TEXT, None, "全区今年改造小区3个，惠及1.5万户。"],
            "日期": [pd.Timestamp("2025-03-01"), pd.NaT, "2024/5/6"],
            "地区": ["海门区", None, pd.NA],
        },
        index=pd.Index(["a", "b", "c"], name="key"),
    )


def test_metrics_stand_under_the_index_of_their_text(releases: pd.DataFrame) -> None:
    found = extract.frame(releases, text="正文")
    assert list(found.index) == ["a", "c", "c"]
    assert found.index.name == "key"
    assert list(found["text"]) == ["20张", "3个", "1.5万户"]


def test_metrics_can_be_joined_to_their_texts(releases: pd.DataFrame) -> None:
    joined = releases[["正文"]].join(extract.frame(releases, text="正文"))
    assert list(joined["value"].fillna(0)) == [20, 0, 3, 15000]


def test_dates_and_areas_of_the_columns_count(releases: pd.DataFrame) -> None:
    found = extract.frame(releases, text="正文", date="日期", area="地区")
    assert list(found["period"]) == ["2025", "2024", "2024"]
    assert list(found["area"]) == ["海门区", "", ""]


def test_index_of_several_levels_is_kept(releases: pd.DataFrame) -> None:
    found = extract.frame(releases.set_index("日期", append=True), text="正文")
    assert found.index.names == ["key", "日期"]
    assert len(found) == 3


def test_frame_without_rows_gives_one_without_rows(releases: pd.DataFrame) -> None:
    found = extract.frame(releases.iloc[:0], text="正文")
    assert len(found) == 0
    assert "value" in found.columns


def test_missing_column_is_an_input_error_that_names_those_there_are(releases: pd.DataFrame) -> None:
    with pytest.raises(extract.InputError, match="df: has no column 'text'; its columns are 正文, 日期, 地区"):
        extract.frame(releases)


def test_wrong_date_is_an_input_error_with_its_row(releases: pd.DataFrame) -> None:
    releases.loc["c", "日期"] = "soon"
    with pytest.raises(extract.InputError, match="row 'c', column '日期': 'soon' is no date"):
        extract.frame(releases, text="正文", date="日期")


def test_what_is_no_text_is_an_input_error_with_its_row(releases: pd.DataFrame) -> None:
    releases["正文"] = [TEXT, None, 5]
    with pytest.raises(extract.InputError, match="row 'c': 5 in '正文' is no text"):
        extract.frame(releases, text="正文")


def test_processes_give_the_same(releases: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(
        extract.frame(releases, text="正文", n_process=2), extract.frame(releases, text="正文")
    )
