"""`extract report` on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer.testing

Command = Callable[..., typer.testing.Result]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "稿.txt"
    path.write_text("2025年完成改造60个。", encoding="utf-8")
    return path


def test_page_is_written_and_named(command: Command, text: Path, tmp_path: Path) -> None:
    done = command("report", text, "-o", tmp_path / "neu" / "page.html")
    assert done.exit_code == 0, done.stderr
    assert "page.html" in done.stdout
    assert "60个" in (tmp_path / "neu" / "page.html").read_text("utf-8")


def test_table_of_all_records_lies_beside_the_page(command: Command, text: Path, tmp_path: Path) -> None:
    done = command("report", text, "-o", tmp_path / "page.html", "--title", "海门区")
    assert "60个" in (tmp_path / "page.csv").read_text("utf-8-sig")
    assert f"1 metric of 1 document, all of them in {tmp_path / 'page.csv'}" in done.stdout
    assert "<title>海门区</title>" in (tmp_path / "page.html").read_text("utf-8")


def test_unreadable_input_is_named_and_the_rest_is_on_the_page(command: Command, text: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes(b"\0")
    done = command("report", text, tmp_path / "坏.txt", "-o", tmp_path / "page.html")
    assert done.exit_code == 1
    assert "坏.txt" in done.stderr
    assert "60个" in (tmp_path / "page.html").read_text("utf-8")


def test_page_about_nothing_readable_is_not_written(command: Command, tmp_path: Path) -> None:
    (tmp_path / "坏.txt").write_bytes(b"\0")
    done = command("report", tmp_path / "坏.txt", "-o", tmp_path / "page.html")
    assert done.exit_code == 1
    assert not (tmp_path / "page.html").exists()
    assert not (tmp_path / "page.csv").exists()


def test_same_input_gives_the_same_bytes(command: Command, text: Path, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        command("report", text, "-o", tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
