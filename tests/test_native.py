"""The compiled modules: when they stand in for their sources, and that they say the same."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import pytest

import extract
from extract.native import FOLDER, PLAIN, SHARED, fingerprint, native_modules

ROOT = Path(__file__).parents[1]
SUFFIX = ".cpython-311-x86_64-linux-gnu.so"
EXTRACT_ALL = """
import json, sys
from pathlib import Path
from extract import NATIVE, Document, Pipeline
from extract.model.record import to_row
pipeline = Pipeline()
rows = [
    [[to_row(metric) for metric in found.metrics], [repr(repair) for repair in found.repairs]]
    for path in sys.argv[1:]
    for found in [pipeline.extract(Document(Path(path).name, Path(path).read_text("utf-8")))]
]
json.dump({"compiled": NATIVE, "rows": rows}, sys.stdout)
"""

needs_compiled = pytest.mark.skipif(
    not extract.NATIVE and "EXTRACT_REQUIRE_COMPILED" not in os.environ, reason="the package is not compiled"
)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a package of one module with what would be its compiled one."""
    monkeypatch.delenv(PLAIN, raising=False)
    monkeypatch.setattr("extract.native.EXTENSION_SUFFIXES", [SUFFIX])
    source = tmp_path / "grammar" / "clause.py"
    source.parent.mkdir()
    source.write_text("NODES = 1\n")
    folder = tmp_path / FOLDER / fingerprint(tmp_path, [source])
    (folder / "grammar").mkdir(parents=True)
    for name in ("grammar/clause", SHARED):
        (folder / f"{name}{SUFFIX}").touch()
    return tmp_path


def test_modules_compiled_from_these_sources_are_used(package: Path) -> None:
    found = native_modules(package)
    assert found is not None
    assert sorted(found) == ["grammar.clause", SHARED]


def test_modules_compiled_from_other_sources_are_not_used(package: Path) -> None:
    (package / "grammar" / "clause.py").write_text("NODES = 2\n")
    assert native_modules(package) is None


def test_modules_whose_source_is_gone_are_not_used(package: Path) -> None:
    (package / "grammar" / "clause.py").unlink()
    assert native_modules(package) is None


def test_modules_compiled_for_another_python_are_not_used(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.native.EXTENSION_SUFFIXES", [".cpython-313-darwin.so"])
    assert native_modules(package) is None


def test_the_environment_can_ask_for_plain_python(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLAIN, "1")
    assert native_modules(package) is None


def test_a_package_without_compiled_modules_has_none(tmp_path: Path) -> None:
    assert native_modules(tmp_path) is None


def documented(tree: ast.AST, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the name of each class and function with a docstring, from the outermost class on, and that."""
    for node in ast.iter_child_nodes(tree):
        is_property = isinstance(node, ast.FunctionDef) and any(
            isinstance(one, ast.Name) and one.id == "property" for one in node.decorator_list
        )
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not is_property:
            if doc := ast.get_docstring(node):
                yield (*names, node.name), doc
            if isinstance(node, ast.ClassDef):
                yield from documented(node, (*names, node.name))


@needs_compiled
def test_compiled_classes_and_functions_keep_their_docstrings() -> None:
    """A class tells what its `__init__` does."""
    package = Path(extract.__file__).parent
    checked = []
    for module in sorted(native_modules(package) or ()):
        if module == SHARED:
            continue
        source = (package / f"{module.replace('.', '/')}.py").read_text("utf-8")
        for names, doc in documented(ast.parse(source), ()):
            owner = names[:-1] if names[-1] == "__init__" else names
            found = reduce(getattr, owner, importlib.import_module(f"extract.{module}"))
            checked.append((module, names, doc in (inspect.getdoc(found) or "")))
    assert len(checked) > 200
    assert [(module, names) for module, names, is_kept in checked if not is_kept] == []


@needs_compiled
def test_compiled_classes_and_functions_tell_their_parameters() -> None:
    assert list(inspect.signature(extract.Pipeline).parameters) == ["rules"]
    assert list(inspect.signature(extract.Pipeline.metrics).parameters) == ["self", "document"]


def records(paths: list[Path], *, is_plain: bool) -> dict[str, object]:
    """Return what a process of its own extracts from texts, in plain Python or as installed."""
    environment = {name: value for name, value in os.environ.items() if name != PLAIN}
    environment |= {PLAIN: "1"} if is_plain else {}
    command = [sys.executable, "-c", EXTRACT_ALL, *map(str, paths)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, encoding="utf-8")
    told: dict[str, object] = json.loads(done.stdout)
    return told


@needs_compiled
def test_compiled_modules_find_the_same_records_as_plain_python() -> None:
    paths = sorted([*(ROOT / "corpus").glob("*.txt"), *(ROOT / "tests/fixtures/newspaper").glob("*.txt")])
    compiled, plain = records(paths, is_plain=False), records(paths, is_plain=True)
    assert (compiled["compiled"], plain["compiled"]) == (True, False)
    assert compiled["rows"] == plain["rows"]


def test_a_wheel_without_a_c_compiler_is_plain_python(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "src", project / "src", ignore=shutil.ignore_patterns(FOLDER, "__pycache__"))
    shutil.copytree(ROOT / "rules", project / "rules")
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, project]
    subprocess.run(command, env=os.environ | {"CC": "no-such-compiler"}, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    assert wheel.name.endswith("-py3-none-any.whl")


def test_a_pure_wheel_has_nothing_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    hook_module = importlib.import_module("hatch_build")
    monkeypatch.setenv("EXTRACT_PURE", "1")
    monkeypatch.setattr(hook_module, "_compile", lambda *_: pytest.fail("it is compiled"))
    hook = hook_module.CompileHook(str(ROOT), {"packages": ["model"], "plain": []}, None, None, "", "wheel")
    told: dict[str, object] = {}
    hook.initialize("standard", told)
    assert told == {}
