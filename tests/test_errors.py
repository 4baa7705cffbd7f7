"""What is told where a package of an extra is not installed, and what goes without."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from extract import errors, to_frame
from extract.errors import InputError, require
from extract.read import BatchColumns, read_batch, read_document

ROOT = Path(__file__).parents[1]
WITHOUT = """
import sys
for name in ("docx", "lxml", "pandas", "pdfplumber", "pyarrow", "ray", "starlette", "trafilatura", "upath", "uvicorn"):
    sys.modules[name] = None
from extract.cli import main
main()
"""


@pytest.fixture
def slim(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no package found."""
    monkeypatch.setattr(errors, "find_spec", lambda _: None)


def test_module_that_is_there_is_not_told() -> None:
    require("x.pdf", "formats", "json", "regex")


def test_module_that_is_missing_is_told_with_the_line_that_installs_it() -> None:
    with pytest.raises(InputError) as told:
        require("x.pdf", "formats", "json", "no_such_module")
    assert str(told.value) == (
        "x.pdf: needs no_such_module, which is not installed; pip install 'press-metrics-extract[formats]'"
    )


@pytest.mark.usefixtures("slim")
@pytest.mark.parametrize(
    ("name", "data"), [("a.html", "<p>5</p>"), ("a.pdf", "%PDF-1.4"), ("a.docx", "PK\x03\x04word/document.xml")]
)
def test_format_of_an_extra_is_told_for_its_file(name: str, data: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(data, encoding="utf-8")
    with pytest.raises(InputError, match=r"not installed; pip install 'press-metrics-extract\[formats\]'"):
        read_document(tmp_path / name)


@pytest.mark.usefixtures("slim")
def test_table_of_an_extra_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    with pytest.raises(InputError, match=r"\[table\]"):
        list(read_batch(tmp_path / "a.parquet", BatchColumns(), 1000))
    with pytest.raises(InputError, match=r"\[table\]"):
        to_frame([])


def test_text_and_markdown_become_csv_without_any_extra(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全市新建学校7所。", encoding="utf-8")
    (tmp_path / "b.md").write_text("# 标题\n\n全市改造小区60个。\n", encoding="utf-8")
    (tmp_path / "c.html").write_text("<p>全市改造小区60个。</p>", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, "run", tmp_path, "-o", tmp_path / "out"],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr.count("needs lxml") == 1
    assert len((tmp_path / "out" / "metrics.csv").read_text("utf-8-sig").splitlines()) == 3


def test_error_as_a_line_steers_no_terminal() -> None:
    told = str(InputError("\x1b[31m甲\x9b.txt", "has \u202ethis\n", hint="\x1b]0;x\x07"))
    assert told == "\\x1b[31m甲\\x9b.txt: has \\u202ethis ; \\x1b]0;x\\x07"


def test_error_shows_blanks_and_characters_of_all_scripts_as_they_are() -> None:
    assert str(InputError("甲　乙.txt", "é ① \u00a0😀")) == "甲　乙.txt: é ① \u00a0😀"
