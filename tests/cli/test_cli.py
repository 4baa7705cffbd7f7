"""The command: run, show, eval and gate, and one clear line for each thing wrong with what it is given."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer.testing
from made import metric_in, write_gold

import extract
from extract import Document, Pipeline
from extract.evaluation.gate import gold_digest

TEXT = """青岛市新增养老床位1200张
（2025年11月20日）

今年前三季度，青岛市新增养老床位1200张，完成年度计划的80%。
服务老人3.2万人次，新建社区食堂46处。
"""

Command = Callable[..., typer.testing.Result]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a good press release."""
    path = tmp_path / "养老.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def make_gold(folder: Path, pipeline: Pipeline, name: str = "养老") -> Path:
    """Write `TEXT` and gold that the pipeline agrees with, but for one record more, to `folder`, and return it."""
    records = pipeline.metrics(Document(name, TEXT))
    write_gold(folder, name, TEXT, [metric_in(TEXT, "青岛市", "1", "市"), *records])
    return folder


def lines_of(result: typer.testing.Result) -> list[str]:
    """Return what was printed to standard error, as lines."""
    return [line for line in result.stderr.splitlines() if line.strip()]


def rows_of(folder: Path) -> list[dict[str, str]]:
    """Return the rows of the output in `folder`."""
    with (folder / "metrics.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def run_command(*arguments: str | Path, seed: str = "0", stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    code = "from extract.cli import main; main()"
    environment = os.environ | {
        "PYTHONHASHSEED": seed,
        "COLUMNS": "60",
        "LC_ALL": "C.UTF-8",
        "PYTHONIOENCODING": "ascii",
    }
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=environment,
        check=False,
    )


# run


def test_run_writes_the_metrics_of_a_file(command: Command, text: Path, tmp_path: Path) -> None:
    assert command("run", text, "-o", tmp_path / "out").exit_code == 0
    assert {"1200张", "80%", "3.2万人次", "46处"} <= {row["text"] for row in rows_of(tmp_path / "out")}


def test_run_gives_offsets_into_the_file(command: Command, text: Path, tmp_path: Path) -> None:
    command("run", text, "-o", tmp_path / "out")
    assert [TEXT[int(row["start"]) : int(row["end"])] == row["text"] for row in rows_of(tmp_path / "out")].count(
        False
    ) == 0


def test_run_takes_files_and_folders(command: Command, text: Path, tmp_path: Path) -> None:
    for name in ("a", "b/c"):
        path = tmp_path / "corpus" / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")
    command("run", text, tmp_path / "corpus", "-o", tmp_path / "out")
    assert list(dict.fromkeys(row["doc"] for row in rows_of(tmp_path / "out"))) == ["养老", "a", "c"]


def test_run_tells_how_many_metrics_it_wrote_where(command: Command, text: Path, tmp_path: Path) -> None:
    printed = command("run", text, "-o", tmp_path / "out").stdout
    count = len(rows_of(tmp_path / "out"))
    assert f"{count} metrics of 1 document in {tmp_path / 'out' / 'metrics.csv'}" in printed


def test_run_shows_a_summary_of_each_document(command: Command, text: Path, tmp_path: Path) -> None:
    row = next(line for line in command("run", text, "-o", tmp_path / "out").stdout.splitlines() if "养老" in line)
    assert "青岛市" in row


@pytest.mark.parametrize("name", ["[red]通稿", "[2024]通稿"])
def test_run_shows_the_name_of_a_document_in_brackets(command: Command, name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    assert name in command("run", tmp_path / f"{name}.txt", "-o", tmp_path / "out").stdout


def test_run_shows_an_output_folder_in_brackets(command: Command, text: Path, tmp_path: Path) -> None:
    assert "[red]out/metrics.csv" in command("run", text, "-o", tmp_path / "[red]out").stdout


def test_run_reads_standard_input(command: Command, tmp_path: Path) -> None:
    command("run", "-", "-o", tmp_path / "out", stdin=TEXT.encode())
    assert {row["doc"] for row in rows_of(tmp_path / "out")} == {"stdin"}


def test_run_gives_standard_input_the_same_records_as_a_file(command: Command, text: Path, tmp_path: Path) -> None:
    command("run", "-", "-o", tmp_path / "one", stdin=TEXT.encode())
    command("run", text, "-o", tmp_path / "two")
    one, two = rows_of(tmp_path / "one"), rows_of(tmp_path / "two")
    own = {"doc", "id", "same_as"}
    assert [{k: row[k] for k in row if k not in own} for row in one] == [
        {k: row[k] for k in row if k not in own} for row in two
    ]


def test_run_resolves_this_year_by_published(command: Command, tmp_path: Path) -> None:
    command(
        "run",
        "-",
        "--published",
        "2023-05-01",
        "-o",
        tmp_path / "out",
        stdin="今年新增养老床位60张。".encode(),
    )
    assert [(row["period"], row["published"]) for row in rows_of(tmp_path / "out")] == [("2023", "2023-05-01")]


def test_run_of_a_text_without_metrics_writes_the_header(command: Command, tmp_path: Path) -> None:
    assert command("run", "-", "-o", tmp_path / "out", stdin="没有数字。".encode()).exit_code == 0
    assert rows_of(tmp_path / "out") == []


def test_two_runs_give_the_same_bytes(text: Path, tmp_path: Path) -> None:
    for number in ("1", "2"):
        done = run_command("run", text, Path(__file__).parents[2] / "corpus", "-o", tmp_path / number, seed=number)
        assert done.returncode == 0
    one, two = ((tmp_path / number / "metrics.csv").read_bytes() for number in ("1", "2"))
    assert one == two


def test_command_prints_chinese_though_the_streams_are_set_to_ascii(text: Path) -> None:
    done = run_command("show", text)
    assert done.returncode == 0
    assert "养老床位" in done.stdout.decode()


# bad input of run


BAD_FILES = {
    "empty": (b"", "empty"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0", "byte 8: binary, not text"),
    "pdf": (b"%PDF-1.7\n%%EOF\n", "save it anew"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_run_tells_a_bad_file_in_one_line_and_processes_the_others(
    command: Command, name: str, text: Path, tmp_path: Path
) -> None:
    data, told = BAD_FILES[name]
    bad = tmp_path / "坏.txt"
    bad.write_bytes(data)
    result = command("run", bad, text, "-o", tmp_path / "out")
    assert result.exit_code != 0
    (line,) = lines_of(result)
    assert str(bad) in line
    assert told in line
    assert {row["doc"] for row in rows_of(tmp_path / "out")} == {"养老"}


def test_run_tells_a_missing_path_in_one_line_and_processes_the_others(
    command: Command, text: Path, tmp_path: Path
) -> None:
    result = command("run", tmp_path / "没有.txt", text, "-o", tmp_path / "out")
    assert result.exit_code != 0
    assert lines_of(result) == [f"error: {tmp_path / '没有.txt'}: no such file or folder"]
    assert {row["doc"] for row in rows_of(tmp_path / "out")} == {"养老"}


def test_run_gives_each_of_several_faults_its_line(command: Command, text: Path, tmp_path: Path) -> None:
    for name, (data, _) in BAD_FILES.items():
        (tmp_path / f"{name}.txt").write_bytes(data)
    result = command("run", tmp_path, tmp_path / "没有", "-o", tmp_path / "out")
    lines = lines_of(result)
    assert len(lines) == 4
    assert [name for name in (*BAD_FILES, "没有") if sum(name in line for line in lines) < 1] == []
    assert {row["doc"] for row in rows_of(tmp_path / "out")} == {"养老"}


def test_run_of_bad_files_alone_tells_each_and_writes_nothing(command: Command, tmp_path: Path) -> None:
    for name, (data, _) in BAD_FILES.items():
        (tmp_path / f"{name}.txt").write_bytes(data)
    result = command("run", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code != 0
    assert len(lines_of(result)) == 3
    assert not (tmp_path / "out").exists()


def test_run_of_bad_files_alone_keeps_the_earlier_output(command: Command, text: Path, tmp_path: Path) -> None:
    command("run", text, "-o", tmp_path / "out")
    before = (tmp_path / "out" / "metrics.csv").read_bytes()
    command("run", tmp_path / "没有", "-o", tmp_path / "out")
    assert (tmp_path / "out" / "metrics.csv").read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"\0", b"\xff"], ids=ascii)
def test_run_tells_bad_standard_input_by_that_name(command: Command, data: bytes, tmp_path: Path) -> None:
    result = command("run", "-", "-o", tmp_path / "out", stdin=data)
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert "standard input" in line


def test_run_tells_an_unwritable_output_folder_in_one_line(command: Command, text: Path, tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("x")
    result = command("run", text, "-o", tmp_path / "datei" / "out")
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert str(tmp_path / "datei" / "out") in line
    assert "cannot be written" in line


def test_run_tells_an_output_folder_that_is_a_file_and_keeps_it(command: Command, text: Path, tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("x")
    result = command("run", text, "-o", tmp_path / "datei")
    assert (result.exit_code, len(lines_of(result))) == (1, 1)
    assert (tmp_path / "datei").read_text() == "x"


def test_run_tells_a_bad_file_beside_an_unwritable_output_folder(command: Command, text: Path, tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("x")
    lines = lines_of(command("run", text, tmp_path / "没有.txt", "-o", tmp_path / "datei" / "out"))
    assert [sum(name in line for line in lines) for name in ("没有.txt", "cannot be written")] == [1, 1]


def test_run_leaves_no_half_written_file_in_the_output_folder(command: Command, text: Path, tmp_path: Path) -> None:
    command("run", tmp_path / "没有.txt", text, "-o", tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "articles.csv", "datapackage.json", "metrics.csv", "repairs.csv",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["run", "show", "eval"])
def test_broken_rule_file_is_told_in_one_line_with_its_place(
    command: Command, name: str, text: Path, tmp_path: Path, pipeline: Pipeline
) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "status.yaml").write_text("- id: status.own\n  why: [没有关上\n", encoding="utf-8")
    subject = make_gold(tmp_path / "gold", pipeline) if name == "eval" else text
    extra = ["-o", tmp_path / "out"] if name == "run" else []
    result = command(name, subject, "--rules", rules, *extra)
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert f"{rules / 'status.yaml'}, line" in line
    assert not (tmp_path / "out").exists()


def test_missing_rules_folder_is_told_in_one_line(command: Command, text: Path, tmp_path: Path) -> None:
    result = command("run", text, "--rules", tmp_path / "没有", "-o", tmp_path / "out")
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert str(tmp_path / "没有") in line


@pytest.mark.parametrize("name", ["run", "show"])
def test_date_that_is_none_is_told_in_one_line(command: Command, name: str, text: Path) -> None:
    result = command(name, text, "--published", "2025-13-40")
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert "--published" in line
    assert "2025-13-40" in line


def test_fault_is_one_line_on_a_narrow_terminal_too(tmp_path: Path) -> None:
    done = run_command("run", tmp_path / ("长" * 60) / "没有.txt", "-o", tmp_path / "out")
    assert done.returncode != 0
    assert len(done.stderr.decode().strip().splitlines()) == 1


def test_file_name_that_is_not_utf8_does_not_keep_the_others_from_being_processed(text: Path, tmp_path: Path) -> None:
    named = os.fsencode(tmp_path) + b"/" + "通稿".encode("gb18030") + b".txt"
    Path(os.fsdecode(named)).write_text(TEXT, encoding="utf-8")
    done = run_command("run", tmp_path, "-o", tmp_path / "out")
    assert b"Traceback" not in done.stderr
    assert "养老" in {row["doc"] for row in rows_of(tmp_path / "out")}


def test_no_traceback_reaches_the_user(text: Path, tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("x")
    done = run_command("run", text, "-o", tmp_path / "datei" / "out")
    assert b"Traceback" not in done.stderr


# show


def test_show_prints_the_text_and_the_table(command: Command, text: Path) -> None:
    result = command("show", text)
    assert result.exit_code == 0
    assert "今年前三季度，青岛市新增养老床位1200张" in result.stdout
    assert next(line for line in result.stdout.splitlines() if "3.2万人次" in line and "32000" in line)


def test_show_prints_both_ends_of_a_range(command: Command) -> None:
    assert "30000–50000" in command("show", "-", stdin="服务老人3至5万名。".encode()).stdout


def test_show_prints_brackets_in_the_text_as_they_are(command: Command) -> None:
    assert "[bold]新增床位60张[/bold]。" in command("show", "-", stdin="[bold]新增床位60张[/bold]。".encode()).stdout


def test_show_reads_standard_input(command: Command) -> None:
    assert "1200" in command("show", "-", stdin=TEXT.encode()).stdout


@pytest.mark.parametrize("name", BAD_FILES)
def test_show_tells_a_bad_file_in_one_line(command: Command, name: str, tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes(BAD_FILES[name][0])
    result = command("show", tmp_path / "坏.txt")
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert str(tmp_path / "坏.txt") in line
    assert BAD_FILES[name][1] in line


def test_show_tells_a_missing_file_in_one_line(command: Command, tmp_path: Path) -> None:
    result = command("show", tmp_path / "没有.txt")
    assert (result.exit_code, lines_of(result)) == (1, [f"error: {tmp_path / '没有.txt'}: no such file"])


# eval


def test_eval_prints_the_scores(command: Command, tmp_path: Path, pipeline: Pipeline) -> None:
    result = command("eval", make_gold(tmp_path, pipeline))
    assert result.exit_code == 0
    for shown in ("quantity", "record", "养老", "人次", "missed"):
        assert shown in result.stdout


def test_eval_as_json_counts_what_gold_has_and_the_run_found(
    command: Command, tmp_path: Path, pipeline: Pipeline
) -> None:
    data = json.loads(command("eval", make_gold(tmp_path, pipeline), "--json").stdout)
    found = len(pipeline.metrics(Document("养老", TEXT)))
    counts = {name: data["record"][name] for name in ("right", "predicted", "gold")}
    assert counts == {"right": found, "predicted": found, "gold": found + 1}


def test_eval_lists_each_error_with_its_context(command: Command, tmp_path: Path, pipeline: Pipeline) -> None:
    printed = command("eval", make_gold(tmp_path, pipeline), "--errors").stdout
    assert "养老:0 missed '青岛市' = 1 市" in printed
    assert "青岛市新增养老床位1200张" in printed


def test_eval_lists_no_errors_unless_asked(command: Command, tmp_path: Path, pipeline: Pipeline) -> None:
    assert "养老:0" not in command("eval", make_gold(tmp_path, pipeline)).stdout


def test_eval_scores_several_folders_together(command: Command, tmp_path: Path, pipeline: Pipeline) -> None:
    one, two = make_gold(tmp_path / "1", pipeline, "一"), make_gold(tmp_path / "2", pipeline, "二")
    data = json.loads(command("eval", one, two, "--json").stdout)
    assert list(data["documents"]) == ["一", "二"]
    assert data["quantity"]["gold"] == 2 * data["documents"]["一"]["quantity"]["gold"]


def test_eval_against_the_output_of_the_same_run_gives_the_same_scores(
    command: Command, tmp_path: Path, pipeline: Pipeline
) -> None:
    gold = make_gold(tmp_path / "gold", pipeline)
    command("run", gold, "-o", tmp_path / "out")
    against = command("eval", gold, "--against", tmp_path / "out" / "metrics.csv", "--json")
    assert json.loads(against.stdout) == json.loads(command("eval", gold, "--json").stdout)


def test_eval_against_the_output_of_the_corpus_gives_the_same_scores(command: Command, tmp_path: Path) -> None:
    corpus = Path(__file__).parents[2] / "corpus"
    command("run", corpus, "-o", tmp_path)
    against = command("eval", corpus, "--against", tmp_path / "metrics.csv", "--json")
    assert json.loads(against.stdout) == json.loads(command("eval", corpus, "--json").stdout)


@pytest.mark.parametrize(
    "released",
    [
        "新增床位60张，发放补贴3.2\n万元。\n",
        "发放补贴3.2\n　　万元。\n",
        "\ufeff发放补贴3.2万元。\r\n新增床位60张。\r\n",
        "发放补贴3.2 万元，新增床位 60 张。\n",
        "新增床位\u2028养老60张，服务老人3.2万人次。\n",
        "新增床位\x0c养老60张，服务老人3.2万人次。\n",
    ],
    ids=ascii,
)
def test_eval_against_reads_back_the_output_of_an_odd_text(command: Command, released: str, tmp_path: Path) -> None:
    write_gold(tmp_path / "gold", "稿", released, [])
    command("run", tmp_path / "gold", "-o", tmp_path / "out")
    result = command("eval", tmp_path / "gold", "--against", tmp_path / "out" / "metrics.csv", "--json")
    assert lines_of(result) == []
    assert json.loads(result.stdout)["quantity"]["predicted"] == len(rows_of(tmp_path / "out")) > 0


def spoil(gold: Path) -> None:
    """Give the first record of a gold file an offset that does not fit."""
    lines = gold.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace("0,3,", "1,4,", 1)
    gold.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_eval_tells_a_wrong_offset_in_one_line_with_file_and_line(
    command: Command, tmp_path: Path, pipeline: Pipeline
) -> None:
    spoil(make_gold(tmp_path, pipeline) / "养老.gold.csv")
    result = command("eval", tmp_path)
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert f"{tmp_path / '养老.gold.csv'}, line 2: text is '青岛市'" in line


def test_eval_scores_the_other_documents_beside_a_wrong_offset(
    command: Command, tmp_path: Path, pipeline: Pipeline
) -> None:
    make_gold(tmp_path, pipeline, "好")
    spoil(make_gold(tmp_path, pipeline, "坏") / "坏.gold.csv")
    result = command("eval", tmp_path, "--json")
    assert result.exit_code != 0
    assert list(json.loads(result.stdout or "{}").get("documents", {})) == ["好"]


def test_eval_tells_each_of_two_wrong_gold_files(command: Command, tmp_path: Path, pipeline: Pipeline) -> None:
    for name in ("一", "二"):
        spoil(make_gold(tmp_path, pipeline, name) / f"{name}.gold.csv")
    lines = lines_of(command("eval", tmp_path))
    assert [sum(f"{name}.gold.csv, line 2" in line for line in lines) for name in ("一", "二")] == [1, 1]


@pytest.mark.parametrize("make", [False, True])
def test_eval_tells_a_folder_without_gold_in_one_line(command: Command, make: bool, tmp_path: Path) -> None:
    if make:
        (tmp_path / "gold").mkdir()
    result = command("eval", tmp_path / "gold")
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert str(tmp_path / "gold") in line


def test_eval_tells_a_missing_output_in_one_line(command: Command, tmp_path: Path, pipeline: Pipeline) -> None:
    result = command("eval", make_gold(tmp_path, pipeline), "--against", tmp_path / "没有.csv")
    assert (result.exit_code, lines_of(result)) == (1, [f"error: {tmp_path / '没有.csv'}: no such file"])


def test_eval_tells_an_output_of_another_version_of_the_text_in_one_line(
    command: Command, tmp_path: Path, pipeline: Pipeline
) -> None:
    gold = make_gold(tmp_path / "gold", pipeline)
    command("run", "-", "-o", tmp_path / "out", stdin=b"x")
    path = tmp_path / "养老.txt"
    path.write_text("题目\n" + TEXT, encoding="utf-8")
    command("run", path, "-o", tmp_path / "out")
    result = command("eval", gold, "--against", tmp_path / "out" / "metrics.csv")
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert f"{tmp_path / 'out' / 'metrics.csv'}, line 2" in line


def test_eval_tells_two_documents_of_one_name(command: Command, tmp_path: Path, pipeline: Pipeline) -> None:
    result = command("eval", make_gold(tmp_path / "1", pipeline), make_gold(tmp_path / "2", pipeline))
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert "养老" in line


# gate


def write_floors(folder: Path, digest: str, floor: float, extra: str = "") -> Path:
    """Write a floors file about `folder`/gold and return it."""
    path = folder / "floors.toml"
    path.write_text(
        f'[[set]]\nname = "小样"\nfolders = ["gold"]\ndigest = "{digest}"\nfloors = {{ quantity_f1 = {floor} }}\n{extra}',
        encoding="utf-8",
    )
    return path


def test_gate_passes_where_floors_are_reached(command: Command, tmp_path: Path, pipeline: Pipeline) -> None:
    gold = make_gold(tmp_path / "gold", pipeline)
    result = command("gate", write_floors(tmp_path, gold_digest([gold]), 0.5))
    assert (result.exit_code, lines_of(result)) == (0, [])
    assert "小样" in result.stdout


def test_gate_fails_where_a_floor_is_missed(command: Command, tmp_path: Path, pipeline: Pipeline) -> None:
    gold = make_gold(tmp_path / "gold", pipeline)
    result = command("gate", write_floors(tmp_path, gold_digest([gold]), 0.999))
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert "below its floor 0.999" in line


def test_gate_fails_where_the_gold_has_changed_and_tells_the_new_digest(
    command: Command, tmp_path: Path, pipeline: Pipeline
) -> None:
    gold = make_gold(tmp_path / "gold", pipeline)
    result = command("gate", write_floors(tmp_path, "0" * 64, 0.5))
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert gold_digest([gold]) in line


def test_gate_leaves_an_optional_set_out_where_it_is_missing(
    command: Command, tmp_path: Path, pipeline: Pipeline
) -> None:
    gold = make_gold(tmp_path / "gold", pipeline)
    extra = '[[set]]\nname = "内部"\nfolders = ["没有"]\ndigest = ""\noptional = true\nfloors = {}\n'
    result = command("gate", write_floors(tmp_path, gold_digest([gold]), 0.5, extra))
    assert result.exit_code == 0
    assert "内部: left out" in result.stdout


def test_gate_fails_where_a_set_that_is_not_optional_is_missing(command: Command, tmp_path: Path) -> None:
    result = command("gate", write_floors(tmp_path, "", 0.5))
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert str(tmp_path / "gold") in line


@pytest.mark.parametrize("content", [b"[[set", "# 底线".encode("gb18030"), b""], ids=ascii)
def test_gate_tells_a_broken_floors_file_in_one_line(command: Command, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_bytes(content)
    result = command("gate", tmp_path / "floors.toml")
    (line,) = lines_of(result)
    assert result.exit_code != 0
    assert str(tmp_path / "floors.toml") in line


def test_gate_tells_a_missing_floors_file_in_one_line(command: Command, tmp_path: Path) -> None:
    result = command("gate", tmp_path / "floors.toml")
    assert (result.exit_code, len(lines_of(result))) == (1, 1)


# the command itself


def test_version_is_printed_with_whether_it_is_compiled(command: Command) -> None:
    result = command("--version")
    assert (result.exit_code, result.stdout.split()[0]) == (0, "extract")
    assert ("(compiled," in result.stdout) == bool(extract.NATIVE)


@pytest.mark.parametrize("name", ["run", "show", "eval", "gate"])
def test_help_names_the_command(command: Command, name: str) -> None:
    assert name in command("--help").stdout


def test_run_without_a_path_is_refused(command: Command) -> None:
    assert command("run").exit_code == 2
