"""The files of a run in several formats: what real libraries read in them, and what is left where something fails."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import pytest
from frictionless import Package
from made import metric

from extract import errors
from extract.errors import InputError
from extract.model.codes import CODED_COLUMNS, Codes, coded_row
from extract.model.tables import METRICS, TABLES
from extract.write import csv_rows
from extract.write.sinks import Place, Sinks, formats_of

ALL = ("csv", "xlsx", "jsonl", "parquet", "duckdb", "sdmx")
SENTENCE = '他说"好"，\r\n第二行, 逗号'
CODES = Codes("养老床位", "养老", "张", None, "张", "370200", "2024-01-01", "2024-12-31", ("over-total",), "abc")


def lines(doc: str = "甲", *, objects: tuple[str, ...] = ("养老床位", "=1+1")) -> dict[str, bytes]:
    """Return CSV lines of the tables of one document."""
    rows = [
        coded_row(metric(n, n + 3, "0.035", doc=doc, object=name, sentence=SENTENCE), CODES)
        for n, name in enumerate(objects)
    ]
    articles = [dict.fromkeys(TABLES[1].names, "") | {"doc": doc, "article": 1, "metrics": len(rows)}]
    return {
        "metrics": csv_rows(rows, CODED_COLUMNS),
        "articles": csv_rows(articles, TABLES[1].names),
        "repairs": b"",
    }


def write(folder: Path, *documents: dict[str, bytes], formats: tuple[str, ...] = ALL) -> Path:
    """Write the rows of documents to `folder` in `formats`."""
    scratch = folder / ".parts"
    scratch.mkdir(parents=True, exist_ok=True)
    place = Place(folder, scratch)
    sinks = Sinks(formats, place)
    for document in documents:
        sinks.add(document)
    sinks.finish()
    place.settle()
    assert list(scratch.iterdir()) == []
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("run"), lines("甲"), lines("乙", objects=("小区",)))


def objects_in(folder: Path, name: str) -> list[Any]:
    """Return the objects of the records in a file, in their order."""
    path = folder / name
    if name.endswith(".xlsx"):
        head, *rows = openpyxl.load_workbook(path)["metrics"].values
        return [row[head.index("object")] for row in rows]
    if name.endswith(".jsonl"):
        return [json.loads(line)["object"] for line in path.read_text("utf-8").splitlines()]
    if name.endswith(".parquet"):
        return list(pd.read_parquet(path)["object"])
    with duckdb.connect(str(path), read_only=True) as database:
        return [row[0] for row in database.execute("SELECT object FROM metrics").fetchall()]


@pytest.mark.parametrize("name", ["metrics.xlsx", "metrics.jsonl", "metrics.parquet", "metrics.duckdb"])
def test_every_format_holds_the_same_records_in_the_same_order(folder: Path, name: str) -> None:
    assert objects_in(folder, name) == ["养老床位", "=1+1", "小区"]


def test_json_lines_have_types_and_all_digits(folder: Path) -> None:
    first = json.loads((folder / "metrics.jsonl").read_text("utf-8").splitlines()[0])
    assert list(first) == list(CODED_COLUMNS)
    assert (first["start"], first["value"], first["value_high"], first["sentence"]) == (0, 0.035, None, SENTENCE)


def test_parquet_has_typed_columns(folder: Path) -> None:
    types = pd.read_parquet(folder / "metrics.parquet", dtype_backend="pyarrow").dtypes
    assert [str(types[name]) for name in ("start", "value", "period", "period_start")] == [
        "int64[pyarrow]", "double[pyarrow]", "string[pyarrow]", "date32[day][pyarrow]",
    ]  # fmt: skip


def test_database_has_a_view_for_each_topic_and_names_that_sql_can_use(folder: Path) -> None:
    with duckdb.connect(str(folder / "metrics.duckdb"), read_only=True) as database:
        assert database.execute("SELECT count(*), min(end_char), max(period_end) FROM 养老").fetchone() == (
            3, 3, pd.Timestamp("2024-12-31").date(),
        )  # fmt: skip
        assert database.execute('SELECT "end" FROM metrics LIMIT 1').fetchone() == (3,)
        assert database.execute("SELECT sentence FROM records LIMIT 1").fetchone() == (SENTENCE,)
        assert database.execute("SELECT value_high, flags FROM records LIMIT 1").fetchone() == (None, "over-total")


def test_database_keeps_other_documents_and_replaces_those_of_the_run(tmp_path: Path) -> None:
    write(tmp_path, lines("甲"), lines("乙"), formats=("duckdb",))
    write(tmp_path, lines("甲", objects=("新的",)), formats=("duckdb",))
    with duckdb.connect(str(tmp_path / "metrics.duckdb")) as database:
        found = database.execute("SELECT doc, object FROM metrics ORDER BY doc, object").fetchall()
        articles = database.execute("SELECT doc FROM articles ORDER BY doc").fetchall()
    assert found == [("乙", "=1+1"), ("乙", "养老床位"), ("甲", "新的")]
    assert articles == [("乙",), ("甲",)]


def test_descriptor_is_valid_and_so_are_the_tables(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])


def test_descriptor_names_every_file_and_the_meaning_of_every_column(folder: Path) -> None:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    paths = {resource["path"] for resource in package["resources"]}
    assert paths == {path.name for path in folder.iterdir() if path.is_file()} - {"datapackage.json"}
    (metrics,) = [resource for resource in package["resources"] if resource["path"] == "metrics.csv"]
    assert [field["name"] for field in metrics["schema"]["fields"]] == list(METRICS.names)
    assert all(field["title"] and field["description"] for field in metrics["schema"]["fields"])


def test_frictionless_finds_a_broken_cell(folder: Path, tmp_path: Path) -> None:
    for path in folder.glob("*.[cj]s*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    broken = write(tmp_path / "broken", lines("甲"), formats=("csv",))
    path = broken / "metrics.csv"
    path.write_text(path.read_text("utf-8-sig").replace(",0.035,", ",viel,", 1), "utf-8")
    report = Package(str(broken / "datapackage.json")).validate()
    assert ("value", "type-error") in [tuple(error) for error in report.flatten(["fieldName", "type"])]


def test_csv_of_observations_has_the_columns_of_sdmx(folder: Path) -> None:
    with (folder / "metrics.sdmx.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["OBS_VALUE"] for row in rows] == ["0.035"] * 3


def test_failure_leaves_earlier_files_as_they_were(tmp_path: Path) -> None:
    write(tmp_path, lines("甲"), formats=("csv", "jsonl", "duckdb"))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    place = Place(tmp_path, tmp_path / ".parts")
    sinks = Sinks(("csv", "jsonl", "duckdb"), place)
    sinks.add(lines("丙"))
    place.leave(RuntimeError("halb"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    ("text", "formats"), [("csv", ("csv",)), (" XLSX, csv,xlsx", ("xlsx", "csv")), ("jsonl,sdmx", ("jsonl", "sdmx"))]
)
def test_formats_are_read_from_a_list(text: str, formats: tuple[str, ...]) -> None:
    assert formats_of(text) == formats


@pytest.mark.parametrize("text", ["", ",", "csv,pdf"])
def test_what_is_no_format_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(InputError, match="csv,xlsx,jsonl,parquet,duckdb,sdmx"):
        formats_of(text)


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [("xlsx", "xlsxwriter", "xlsx"), ("parquet", "pyarrow", "table"), ("duckdb", "duckdb", "duckdb")],
)
def test_missing_package_is_told_in_a_line_with_the_extra(
    monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str
) -> None:
    monkeypatch.setattr(errors, "find_spec", lambda wanted: None if wanted == module else object())
    with pytest.raises(InputError, match=rf"--format {name}: needs {module}, .*\[{extra}\]"):
        formats_of(name)
