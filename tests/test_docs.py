"""What README and `docs/` show is true: files load, sentences and commands come out as they say, links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer.testing

import tools.docs
from extract.cli.app import app, out
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "rules.md").read_text("utf-8")
FILES = re.findall(r"^```\w+ mine/(\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
SENTENCES = re.findall(r"^(\S+) → (.+)$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    """Return the pipeline with the rules of the page laid on the shipped ones."""
    folder = tmp_path_factory.mktemp("mine")
    for name, content in FILES:
        (folder / name).write_text(content, "utf-8")
    return Pipeline(folder)


def test_page_has_rules_and_sentences() -> None:
    assert len(FILES) >= 7
    assert len(SENTENCES) >= 9


@pytest.mark.parametrize(("sentence", "told"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_sentence_of_the_page_gives_the_record_that_it_names(mine: Pipeline, sentence: str, told: str) -> None:
    metrics = mine.metrics(Document("docs", sentence, "2025-11-20"))
    if told == "nothing":
        assert metrics == []
        return
    text, *fields = told.split(" ")
    (metric,) = metrics
    assert metric.text == text
    assert [f"{name}={getattr(metric, name)}" for name in (one.partition("=")[0] for one in fields)] == fields


@pytest.mark.parametrize(
    "page", sorted(DOCS.parent.glob("README*.md")) + sorted(DOCS.glob("*.md")), ids=lambda page: page.name
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
TOLD = re.compile(r"^(?P<code>[^#\n]+?)  # → (?P<value>.+)$", re.MULTILINE)


def run_python(code: str, names: dict[str, object]) -> None:
    """Run the code of a page; what it says of the value of a line must be so."""
    waiting: list[str] = []
    for line in code.splitlines():
        match = TOLD.match(line)
        if not match:
            waiting.append(line)
            continue
        exec("\n".join(waiting), names)
        waiting.clear()
        assert repr(eval(match["code"], names)) == match["value"], match["code"]
    exec("\n".join(waiting), names)


def run_as_written(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Do what a page shows, in `folder`, and return how many commands it had; what it prints must be what they print."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(out, "width", 100)
    names: dict[str, object] = {"__name__": "page"}
    commands = 0
    for block in BLOCK.finditer(page.read_text("utf-8")):
        if block["file"]:
            path = folder / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["body"], "utf-8")
        elif block["kind"] == "python":
            run_python(block["body"], names)
        elif block["kind"] == "console":
            for step in re.split(r"^\$ ", block["body"], flags=re.MULTILINE)[1:]:
                command, _, printed = step.partition("\n")
                done = typer.testing.CliRunner().invoke(app, shlex.split(command)[1:])
                assert done.exit_code == 0, done.output
                assert [line for line in printed.splitlines() if line not in done.output] == []
                commands += 1
    return commands


@pytest.mark.parametrize("name", ["tutorial.md", "tutorial.zh-CN.md"])
def test_tutorial_goes_as_written(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_as_written(DOCS / name, tmp_path, monkeypatch) == 7
    assert (tmp_path / "output" / "chart.html").exists()


def test_code_of_the_library_page_goes_as_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_as_written(DOCS / "library.md", tmp_path, monkeypatch)
    assert len(TOLD.findall((DOCS / "library.md").read_text("utf-8"))) >= 9


@pytest.mark.parametrize("page", tools.docs.pages(), ids=lambda page: page.name)
def test_what_the_program_tells_in_a_page_is_fresh(page: Path) -> None:
    text = page.read_text("utf-8")
    assert tools.docs.made(text) == text, "run make figures"


def test_readmes_have_what_the_program_tells() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        assert (DOCS.parent / name).read_text("utf-8").count("<!-- made: ") == 2


def test_notebook_runs_and_its_outputs_are_true() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.notebook", "--check"],
        cwd=DOCS.parent,
        env=os.environ | {"PYTHONPATH": f"{DOCS.parent / 'src'}{os.pathsep}{DOCS.parent}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "notebook.ipynb: true"), done.stderr


def test_site_builds_and_its_links_lead_somewhere(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=DOCS.parent,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site" / "tutorial.html").read_text("utf-8")
    assert 'class="filename">releases/haimen-2024.txt' in page
    assert "made: " not in (tmp_path / "site" / "index.html").read_text("utf-8")
    assert "fonts.googleapis" not in page
