"""Gold folders and outputs read as predictions: what is accepted, and how each wrong row is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from made import metric_in, write_gold

from extract.errors import InputError
from extract.evaluation.gold import RowError, parse_row, read_gold_folder, read_predictions
from extract.model.record import COLUMNS, GOLD_COLUMNS, Metric
from extract.write import write_csv

TEXT = "青岛市2024年新增养老床位1200张，服务老人3至5万名。\n"
HEADER = ",".join(GOLD_COLUMNS)
BEDS = "14,19,1200张,1200,,张,exact,level,养老床位,新增,青岛市,2024,,actual"
PEOPLE = "24,29,3至5万名,30000,50000,名,exact,level,老人,服务,青岛市,2024,,actual"


def folder_with(folder: Path, *lines: str, text: str = TEXT, encoding: str = "utf-8") -> Path:
    """Write `稿.txt` and `稿.gold.csv` with these lines to `folder` and return it."""
    (folder / "稿.txt").write_bytes(text.encode())
    (folder / "稿.gold.csv").write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    return folder


def records_of(folder: Path) -> tuple[Metric, ...]:
    """Return the records of the only document of `folder`."""
    (document,), faults = read_gold_folder(folder)
    assert not faults
    return document.records


def fault_of(folder: Path) -> InputError:
    """Return the only fault of `folder`, found on the way or ending the reading."""
    try:
        documents, faults = read_gold_folder(folder)
    except InputError as fault:
        return fault
    assert not documents
    (fault,) = faults
    return fault


def test_row_becomes_a_record_with_all_its_fields(tmp_path: Path) -> None:
    beds, people = records_of(folder_with(tmp_path, HEADER, BEDS, PEOPLE))
    assert beds == Metric(
        doc="稿", start=14, end=19, text="1200张", value=Decimal(1200), value_high=None, unit="张", bound="exact",
        kind="level", object="养老床位", predicate="新增", area="青岛市", period="2024", base="", status="actual",
    )  # fmt: skip
    assert (people.value, people.value_high) == (Decimal(30000), Decimal(50000))


def test_document_has_the_raw_text_of_its_file(tmp_path: Path) -> None:
    (document,), _ = read_gold_folder(folder_with(tmp_path, HEADER, text="　　新增\r\n床位\n"))
    assert (document.name, document.document.text) == ("稿", "　　新增\r\n床位\n")


def test_documents_come_sorted_by_name(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        write_gold(tmp_path, name, TEXT, [])
    assert [document.name for document in read_gold_folder(tmp_path)[0]] == ["a", "b", "c"]


def test_text_without_gold_is_left_out(tmp_path: Path) -> None:
    write_gold(tmp_path, "a", TEXT, [])
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    assert [document.name for document in read_gold_folder(tmp_path)[0]] == ["a"]


def test_gold_without_rows_is_a_document_without_records(tmp_path: Path) -> None:
    assert records_of(folder_with(tmp_path, HEADER)) == ()


def test_byte_order_mark_of_gold_is_accepted(tmp_path: Path) -> None:
    assert len(records_of(folder_with(tmp_path, HEADER, BEDS, encoding="utf-8-sig"))) == 1


def test_byte_order_mark_of_the_text_is_not_counted(tmp_path: Path) -> None:
    assert len(records_of(folder_with(tmp_path, HEADER, BEDS, text="\ufeff" + TEXT))) == 1


def test_extra_columns_and_doc_are_accepted(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, f"doc,note,{HEADER}", f"稿,核对过,{BEDS}")
    assert [record.start for record in records_of(folder)] == [14]


def test_columns_in_another_order_are_accepted(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, ",".join(reversed(HEADER.split(","))), ",".join(reversed(BEDS.split(","))))
    assert [record.text for record in records_of(folder)] == ["1200张"]


def test_lines_ending_in_cr_lf_are_accepted(tmp_path: Path) -> None:
    assert len(records_of(folder_with(tmp_path, HEADER + "\r", BEDS + "\r", PEOPLE + "\r"))) == 2


def test_span_over_a_line_break_may_be_written_on_one_line(tmp_path: Path) -> None:
    text = TEXT.replace("1200张", "12\n00张")
    folder = folder_with(tmp_path, HEADER, BEDS.replace("14,19", "14,20"), text=text)
    assert [record.end for record in records_of(folder)] == [20]


def test_supplementary_characters_count_as_one(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, HEADER, BEDS, text=TEXT.replace("青岛", "𠮷岛"))
    assert [record.start for record in records_of(folder)] == [14]


WRONG = {
    "end-outside": (BEDS.replace("14,19", "14,99"), ["99", "31"]),
    "start-outside": (BEDS.replace("14,19", "98,99"), ["98"]),
    "end-before-start": (BEDS.replace("14,19", "19,14"), ["19", "14"]),
    "empty-span": (BEDS.replace("14,19", "14,14"), ["14"]),
    "negative-offset": (BEDS.replace("14,19", "-1,19"), ["start", "-1"]),
    "offset-no-number": (BEDS.replace("14,19", "14,x"), ["end", "'x'"]),
    "offset-missing": (BEDS.replace("14,19", ",19"), ["start"]),
    "text-differs": (BEDS.replace("1200张", "1300张"), ["1300张", "1200张"]),
    "text-shifted": (BEDS.replace("14,19", "13,18"), ["1200张", "位1200"]),
    "text-missing": (BEDS.replace("1200张", ""), ["1200张"]),
    "value-no-number": (BEDS.replace(",1200,", ",一千二,"), ["value", "一千二"]),
    "value-missing": (BEDS.replace(",1200,", ",,"), ["value"]),
    "value-nan": (BEDS.replace(",1200,", ",NaN,"), ["value", "NaN"]),
    "value-infinite": (BEDS.replace(",1200,", ",Infinity,"), ["value", "Infinity"]),
    "value-with-comma": (BEDS.replace(",1200,", ',"1,200",'), ["value", "1,200"]),
    "value-high-no-number": (BEDS.replace("1200,,张", "1200,许多,张"), ["value_high", "许多"]),
    "bound": (BEDS.replace("exact", "around"), ["bound", "around", "exact", "under"]),
    "kind": (BEDS.replace("level", "amount"), ["kind", "amount", "rank"]),
    "status": (BEDS.replace("actual", "done"), ["status", "done", "planned"]),
    "status-missing": (BEDS.replace("actual", ""), ["status"]),
    "row-too-short": ("14,19,1200张,1200", []),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_row_is_refused_with_file_line_and_fault(name: str, tmp_path: Path) -> None:
    row, told = WRONG[name]
    fault = fault_of(folder_with(tmp_path, HEADER, row))
    assert (fault.source, fault.where) == (str(tmp_path / "稿.gold.csv"), "line 2")
    assert [word for word in told if word not in fault.problem] == []


def test_fault_names_the_line_of_a_later_row(tmp_path: Path) -> None:
    assert fault_of(folder_with(tmp_path, HEADER, BEDS, PEOPLE.replace("24,29", "24,30"))).where == "line 3"


def test_line_is_that_of_the_file_behind_a_field_with_a_line_break(tmp_path: Path) -> None:
    beds = BEDS.replace("养老床位", '"养老\n床位"')
    assert (
        fault_of(folder_with(tmp_path, HEADER, beds, PEOPLE.replace("老人", "x").replace("24,29", "23,29"))).where
        == "line 4"
    )


@pytest.mark.parametrize("char", ["\u2028", "\x0b", "\x0c", "\x85", "\x1c"], ids=ascii)
def test_character_that_is_no_line_end_of_csv_does_not_end_a_row(char: str, tmp_path: Path) -> None:
    records = records_of(folder_with(tmp_path, HEADER, BEDS.replace("养老床位", f"养老{char}床位"), PEOPLE))
    assert [record.start for record in records] == [14, 24]


def test_rows_out_of_order_are_refused(tmp_path: Path) -> None:
    fault = fault_of(folder_with(tmp_path, HEADER, PEOPLE, BEDS))
    assert fault.where == "line 3"
    assert "order" in fault.problem


@pytest.mark.parametrize("column", GOLD_COLUMNS)
def test_missing_column_is_refused_by_its_name(column: str, tmp_path: Path) -> None:
    fault = fault_of(folder_with(tmp_path, ",".join(name for name in GOLD_COLUMNS if name != column), BEDS))
    assert (fault.where, fault.problem) == ("line 1", f"column {column} is missing")


def test_open_quote_is_refused_with_its_line(tmp_path: Path) -> None:
    fault = fault_of(folder_with(tmp_path, HEADER, BEDS.replace("养老床位", '"养老床位')))
    assert fault.source.endswith("稿.gold.csv")
    assert "not CSV" in fault.problem


def test_broken_quote_in_the_header_is_refused_with_its_line(tmp_path: Path) -> None:
    fault = fault_of(folder_with(tmp_path, HEADER.replace("start", '"start"x'), BEDS))
    assert fault.where == "line 1"
    assert "not CSV" in fault.problem


def test_gold_without_its_text_is_refused(tmp_path: Path) -> None:
    folder_with(tmp_path, HEADER, BEDS)
    (tmp_path / "稿.txt").unlink()
    fault = fault_of(tmp_path)
    assert fault.source.endswith("稿.gold.csv")
    assert "稿.txt" in fault.problem


def test_folder_without_gold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "稿.txt").write_text(TEXT, encoding="utf-8")
    fault = fault_of(tmp_path)
    assert fault.source == str(tmp_path)
    assert "no gold" in fault.problem


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "没有").source == str(tmp_path / "没有")


def test_empty_gold_file_is_refused(tmp_path: Path) -> None:
    assert fault_of(folder_with(tmp_path)).source.endswith("稿.gold.csv")


def test_gold_saved_by_a_chinese_spreadsheet_is_read(tmp_path: Path) -> None:
    documents, faults = read_gold_folder(folder_with(tmp_path, HEADER, BEDS, encoding="gb18030"))
    assert ([len(document.records) for document in documents], faults) == ([1], [])


def test_fault_is_one_line(tmp_path: Path) -> None:
    fault = fault_of(folder_with(tmp_path, HEADER, BEDS.replace("exact", '"ex\nact"')))
    assert "\n" not in str(fault)


def test_predictions_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    beds = metric_in(TEXT, "1200张", "1200", "张", doc="稿")
    people = metric_in(TEXT, "3至5万名", "30000", "名", doc="稿", high="50000")
    write_csv([beds, people], tmp_path / "out.csv")
    assert read_predictions(tmp_path / "out.csv", {"稿": TEXT}) == {"稿": [beds, people]}


def test_predictions_of_other_documents_are_left_out(tmp_path: Path) -> None:
    write_csv([metric_in(TEXT, "1200张", "1200", "张", doc="别的")], tmp_path / "out.csv")
    assert read_predictions(tmp_path / "out.csv", {"稿": TEXT}) == {"稿": []}


def test_predictions_of_each_document_have_their_own_order(tmp_path: Path) -> None:
    rows = [
        metric_in(TEXT, "3至5万名", "3", "名", doc="一"),
        metric_in(TEXT, "1200张", "1200", "张", doc="二"),
    ]
    write_csv(rows, tmp_path / "out.csv")
    assert read_predictions(tmp_path / "out.csv", {"一": TEXT, "二": TEXT}) == {
        "一": rows[:1],
        "二": rows[1:],
    }


def test_predictions_without_a_doc_column_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text(f"{HEADER}\n{BEDS}\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1: column doc is missing"):
        read_predictions(path, {"稿": TEXT})


def test_prediction_that_does_not_fit_its_text_is_refused_with_its_line(tmp_path: Path) -> None:
    beds = metric_in(TEXT, "1200张", "1200", "张", doc="稿")
    write_csv([beds], tmp_path / "out.csv")
    with pytest.raises(InputError, match=r"out\.csv, line 2: text is '1200张'"):
        read_predictions(tmp_path / "out.csv", {"稿": "另一篇通稿，" + TEXT})


def test_output_columns_hold_all_that_gold_must_have() -> None:
    assert set(GOLD_COLUMNS) < set(COLUMNS)


@pytest.mark.parametrize("value", ["1e1000000", "1e-1000000", "9" * 100])
def test_value_that_no_figure_has_is_no_number(value: str) -> None:
    row = dict.fromkeys(GOLD_COLUMNS, "") | {"start": "0", "end": "2", "text": "5个", "value": value}
    with pytest.raises(RowError, match="is no number"):
        parse_row(row | {"bound": "exact", "kind": "level", "status": "actual"}, "稿", "5个。")


def test_period_of_gold_that_is_none_is_refused(tmp_path: Path) -> None:
    fault = fault_of(folder_with(tmp_path, HEADER, BEDS.replace(",2024,", ",去年,")))
    assert "line 2" in str(fault)
    assert "period '去年' is none: write it as 2024, 2024-11" in str(fault)


def test_each_of_several_right_periods_is_checked(tmp_path: Path) -> None:
    fault = fault_of(folder_with(tmp_path, HEADER, BEDS.replace(",2024,", ",2024|2024年,")))
    assert "period '2024年' is none" in str(fault)
