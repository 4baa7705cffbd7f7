"""The tables of what was measured."""

from pathlib import Path

import pytest

from benchmarks.contestants import CUT, OURS, RECOGNIZERS
from benchmarks.race import Pass, Result
from benchmarks.report import Table, details_table, put, speed_table
from benchmarks.run import README

MARKED = "前\n<!-- speed: made by make bench -->\n旧\n<!-- end of speed -->\n后\n"


def result(name: str, *seconds: float, problem: str = "", failed: int = 0, cpu: float = 0.5) -> Result:
    passes = [Pass(1000, one, one * cpu, 40, failed) for one in seconds]
    return Result(name, "package", "1.0", 0.5, 20_000_000, passes[0] if passes else None, passes, problem)


def test_speed_is_by_the_clock_and_its_ratios_by_the_processor() -> None:
    table = speed_table([result(OURS, 1, 2, 4), result(CUT, 1, 1, 2, cpu=0.25), result(RECOGNIZERS, 10)])
    assert table.rows[0] == (OURS, "500", "1,000", "0.25", "5")


def test_who_failed_has_a_note_and_no_row() -> None:
    table = speed_table([result(OURS, 1), result(CUT, problem="cannot be loaded"), result(RECOGNIZERS, 2, failed=3)])
    assert table.rows[0][3:] == ("–", "2")
    assert [row[0] for row in table.rows] == [OURS, RECOGNIZERS]
    assert f"{CUT} was not measured: cannot be loaded" in table.notes
    assert f"{RECOGNIZERS} raised an error in 3 calls, which were passed over" in table.notes


def test_details_stand_in_the_order_of_the_speeds() -> None:
    results = [result(OURS, 1), result(CUT, problem="no"), result(RECOGNIZERS, 2)]
    assert len(details_table(results).rows) == len(speed_table(results).rows) == 2
    assert details_table(results).rows[1] == ("package 1.0", "0.5–0.5 K", "500", "1,000", "40", "0.50", "20")


def test_a_table_is_markdown() -> None:
    table = Table("Speed", ("who", "s"), [("a", "1")], ["a note"])
    assert table.markdown() == "| who | s |\n| --- | ---: |\n| a | 1 |\n\n- a note"


def test_a_part_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(MARKED, "utf-8")
    put({"speed": "新"}, path)
    put({"speed": "更新"}, path)
    assert path.read_text("utf-8") == MARKED.replace("旧\n", "\n更新\n\n")


@pytest.mark.parametrize("text", ["前\n", MARKED * 2, MARKED.replace("<!-- end of speed -->", "")])
def test_a_file_without_the_marks_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "README.md"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match="no place for speed"):
        put({"speed": "新"}, path)
    assert path.read_text("utf-8") == text


def test_the_readme_has_a_place_for_every_part(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(README.read_text("utf-8"), "utf-8")
    put(dict.fromkeys(("speed", "stages", "start-up", "scale", "memory"), "新"), path)
    assert path.read_text("utf-8").count("新") == 5
