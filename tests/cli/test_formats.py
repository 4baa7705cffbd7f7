"""The command on files of every format: tables, texts, encodings, batches, limits."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import tables
import twins
import typer.testing

Command = Callable[..., typer.testing.Result]

RELEASE = """海州区今年改造小区60个
来源：海州区政府　2025-11-20

今年以来，海州区完成老旧小区改造60个，惠及居民3.2万户。

学有优教

全区新建学校7所，新增学位2400个。

记者 王明
"""
GRID = "|指标|2024年|\n|城镇新增就业（万人）|10.9|"


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of the table `name` that a run wrote to `folder`."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "make"), [("稿.docx", twins.make_docx), ("稿.html", twins.make_html), ("稿.pdf", twins.make_pdf)]
)
def test_offsets_of_files_without_plain_text_index_the_text_that_is_written(
    command: Command, name: str, make: Callable[[str], bytes], tmp_path: Path
) -> None:
    command("run", twins.saved(tmp_path, name, make(RELEASE)), "-o", tmp_path / "out")
    text = (tmp_path / "out" / "text" / "稿.txt").read_bytes().decode()
    found = rows(tmp_path / "out", "metrics")
    assert [row["text"] for row in found] == ["60个", "60个", "3.2万户", "7所", "2400个"]
    assert all(text[int(row["start"]) : int(row["end"])].replace("\n", "") == row["text"] for row in found)


@pytest.mark.parametrize(
    ("name", "data"), [("稿.txt", RELEASE.encode("gb18030")), ("稿.md", twins.make_markdown(RELEASE))]
)
def test_text_that_the_file_holds_itself_is_not_written_again(
    command: Command, name: str, data: bytes, tmp_path: Path
) -> None:
    command("run", twins.saved(tmp_path, name, data), "-o", tmp_path / "out")
    assert not (tmp_path / "out" / "text").exists()


def test_articles_are_listed_with_what_is_known_of_them(command: Command, tmp_path: Path) -> None:
    command("run", twins.saved(tmp_path, "稿.txt", RELEASE.encode("gb18030")), "-o", tmp_path / "out")
    assert rows(tmp_path / "out", "articles") == [
        {
            "doc": "稿", "article": "1", "title": "海州区今年改造小区60个", "published": "2025-11-20", "source": "海州区政府",
            "authors": "王明", "area": "海州区", "metrics": "5", "format": "text", "encoding": "gb18030",
        }
    ]  # fmt: skip


def test_repairs_are_listed_with_their_places(command: Command, tmp_path: Path) -> None:
    torn = RELEASE.replace("3.2万户", "3.2\n万户")
    command("run", twins.saved(tmp_path, "稿.txt", torn.encode()), "-o", tmp_path / "out")
    found = [(row["kind"], torn[int(row["start"]) : int(row["end"])]) for row in rows(tmp_path / "out", "repairs")]
    assert found == [
        ("page furniture", "来源：海州区政府　2025-11-20"), ("joined line", "\n"), ("page furniture", "记者 王明"),
    ]  # fmt: skip


def test_folder_of_all_formats_is_read(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "稿"
    folder.mkdir()
    for name, make in (
        ("a.docx", twins.make_docx),
        ("b.html", twins.make_html),
        ("c.md", twins.make_markdown),
        ("d.pdf", twins.make_pdf),
    ):
        twins.saved(folder, name, make(RELEASE))
    twins.saved(folder, "e.txt", RELEASE.encode("utf-16"))
    command("run", folder, "-o", tmp_path / "out")
    found = {(row["doc"], row["format"], row["metrics"]) for row in rows(tmp_path / "out", "articles")}
    assert found == {
        ("a", "docx", "5"),
        ("b", "html", "5"),
        ("c", "markdown", "5"),
        ("d", "pdf", "5"),
        ("e", "text", "5"),
    }


def test_figures_of_tables_come_in_text_order(command: Command, tmp_path: Path) -> None:
    page = tables.make_html("海州区公报", ["2024年，海州区新建学校7所。"], GRID)
    command("run", twins.saved(tmp_path, "表.html", page), "-o", tmp_path / "out")
    assert [(row["text"], row["value"], row["unit"]) for row in rows(tmp_path / "out", "metrics")] == [
        ("7所", "7", "所"), ("10.9", "109000", "人"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "make"), [("批.csv", twins.make_csv), ("批.jsonl", twins.make_jsonl), ("批.parquet", twins.make_parquet)]
)
def test_batch_gives_each_row_as_a_document(
    command: Command, name: str, make: Callable[[str], bytes], tmp_path: Path
) -> None:
    result = command("run", twins.saved(tmp_path, name, make(RELEASE)), "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert [row["doc"] for row in rows(tmp_path / "out", "metrics")] == ["a-1", *["a-2"] * 5]


def test_columns_of_a_batch_are_named_by_options(command: Command, tmp_path: Path) -> None:
    row = {"nr": "甲", "inhalt": "今年完成改造60个。", "tag": "2023/5/1", "text": "新建学校7所。"}
    path = twins.saved(tmp_path, "批.jsonl", json.dumps(row).encode())
    command("run", path, "--text-column", "inhalt", "--id-column", "nr", "--date-column", "tag", "-o", tmp_path / "out")
    (found,) = rows(tmp_path / "out", "metrics")
    assert (found["doc"], found["text"], found["period"], found["published"]) == ("甲", "60个", "2023", "2023-05-01")


def test_missing_column_is_told_with_those_there_are(command: Command, tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "批.csv", "编号,标题\r\n1,二\r\n".encode())
    result = command("run", path, "--text-column", "正文", "-o", tmp_path / "out")
    (line,) = result.stderr.strip().splitlines()
    assert result.exit_code == 1
    assert "正文" in line
    assert "编号, 标题" in line


def test_bad_rows_of_a_batch_are_told_and_the_others_processed(command: Command, tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": "完成改造60个。"}),
        "{",
        json.dumps({"text": ""}),
        json.dumps({"text": "新建学校7所。"}),
    ]
    path = twins.saved(tmp_path, "批.jsonl", "\n".join(lines).encode())
    result = command("run", path, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert [number for number in (2, 3) if not any(f" {number}:" in line for line in result.stderr.splitlines())] == []
    assert [row["doc"] for row in rows(tmp_path / "out", "metrics")] == ["批#1", "批#4"]


def test_published_goes_before_the_dates_of_a_batch(command: Command, tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "批.jsonl", json.dumps({"text": "今年完成改造60个。", "date": "2023-01-01"}).encode())
    command("run", path, "--published", "2025-06-30", "-o", tmp_path / "out")
    assert [row["period"] for row in rows(tmp_path / "out", "metrics")] == ["2025"]


@pytest.mark.parametrize("name", ["稿.txt", "稿.html", "批.jsonl"])
def test_what_is_over_the_limit_is_told_with_the_option(command: Command, name: str, tmp_path: Path) -> None:
    text = "完成改造60个。" * 500
    data = json.dumps({"text": text}).encode() if name == "批.jsonl" else f"<html><p>{text}</p>".encode()
    twins.saved(tmp_path, name, data)
    other = twins.saved(tmp_path, "短.txt", "新建学校7所。".encode())
    result = command("run", tmp_path / name, other, "--max-size", "2000", "-o", tmp_path / "out")
    (line,) = result.stderr.strip().splitlines()
    assert name in line
    assert "--max-size" in line
    assert [row["doc"] for row in rows(tmp_path / "out", "metrics")] == ["短"]


def test_many_documents_are_summed_up(command: Command, tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"text": f"完成改造{number}个。"}) for number in range(1, 61))
    result = command("run", twins.saved(tmp_path, "批.jsonl", lines.encode()), "-o", tmp_path / "out")
    assert "60 metrics of 60 documents" in result.stdout
    assert "批#7" not in result.stdout


def test_eval_scores_gold_beside_files_of_other_formats(command: Command, tmp_path: Path) -> None:
    twins.saved(tmp_path, "稿.docx", twins.make_docx(RELEASE))
    command("run", tmp_path / "稿.docx", "-o", tmp_path / "out")
    (tmp_path / "out" / "metrics.csv").rename(tmp_path / "稿.gold.csv")
    result = command("eval", tmp_path, "--json")
    assert json.loads(result.stdout)["record"]["right"] == 5


def test_show_prints_the_decoded_text(command: Command, tmp_path: Path) -> None:
    assert "惠及居民3.2万户" in command("show", twins.saved(tmp_path, "稿.docx", twins.make_docx(RELEASE))).stdout


def test_explain_finds_a_sentence_of_a_page_by_its_offset(command: Command, tmp_path: Path) -> None:
    path = twins.saved(tmp_path, "稿.html", twins.make_html(RELEASE))
    command("run", path, "-o", tmp_path / "out")
    row = rows(tmp_path / "out", "metrics")[2]
    assert row["sentence"] in command("explain", path, "--at", row["start"]).stdout
