"""Compiles the modules that take the time with mypyc while the package is built.

Where that fails, as without a C compiler, the package is built all the same, and runs as plain Python.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "extract"
_SEPARATOR = "___"
"""Stands between the parts of a name in the code that mypyc makes."""
_C_STRING = r'(?:NULL|"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*)'
_DOC = re.compile(
    r"(?P<before>static PyTypeObject CPyType_(?P<type>\w+)_template_ = \{.*?\.tp_doc = "
    r"|\(PyCFunction\)CPyPy_(?P<function>\w+),\s*METH[A-Z_ |]*,\s*)"
    rf"PyDoc_STR\((?P<signature>{_C_STRING})\)",
    re.DOTALL,
)
"""What mypyc gives a class or function for a docstring: its signature, as Python wants it, and nothing else."""


class CompileHook(BuildHookInterface[Any]):
    """Adds to a wheel the compiled modules of the packages that pyproject.toml names, but for those named `plain`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into the folder of the sources, and have `build_data` take it into a wheel that is not editable.

        Where the environment has EXTRACT_PURE, the wheel is for every platform instead.
        """
        if os.environ.get("EXTRACT_PURE"):
            return
        package = Path(self.root, "src", PACKAGE)
        native = _load(package / "native.py")
        plain = {Path(f"{name.replace('.', '/')}.py") for name in self.config["plain"]}
        sources = [path for name in self.config["packages"] for path in sorted((package / name).glob("[!_]*.py"))]
        names = [path.relative_to(package).as_posix() for path in sources if path.relative_to(package) not in plain]
        folder = Path(native.FOLDER, native.fingerprint(package, [package / name for name in names]))
        if not (package / folder).exists():
            try:
                _compile(package, names, native.SHARED, folder)
            except (Exception, SystemExit) as error:
                self.app.display_warning(f"{PACKAGE} is not compiled and will take longer: {error}")
                return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        if version != "editable":
            build_data["force_include"][str(package / folder)] = str(Path(PACKAGE) / folder)


def _load(path: Path) -> Any:
    """Return a module of the package without loading the package, which needs more than is installed here."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _compile(package: Path, names: list[str], shared: str, folder: Path) -> None:
    """Compile modules of `package` into its `folder`, in place of earlier ones; `shared` has the code of them all.

    Raises what mypyc and setuptools raise, SystemExit for what mypyc cannot compile.
    """
    from mypyc.build import mypycify
    from setuptools import Distribution

    with tempfile.TemporaryDirectory() as scratch, chdir(scratch):
        shutil.copytree(package, PACKAGE, ignore=shutil.ignore_patterns(folder.parent.name))
        extensions = mypycify(
            ["--ignore-missing-imports", *(f"{PACKAGE}/{name}" for name in names)],
            group_name=f"{PACKAGE}.{shared.removesuffix('__mypyc')}",
            opt_level="3",
            debug_level="0",
        )
        _add_docstrings(names, [Path(source) for one in extensions for source in one.sources])
        command = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib = "made"
        command.ensure_finalized()
        command.run()
        shutil.rmtree(package / folder.parent, ignore_errors=True)
        shutil.copytree(Path("made", PACKAGE), package / folder)


def _add_docstrings(names: list[str], generated: list[Path]) -> None:
    """Put the docstrings of the modules `names` behind the signatures in the code that mypyc has made of them."""
    docs: dict[str, str] = {}
    for name in names:
        module = [PACKAGE, *Path(name).with_suffix("").parts]
        for path, doc in _docstrings(ast.parse(Path(PACKAGE, name).read_text("utf-8")), ()):
            owner = path[:-1] if path[-1] == "__init__" else path  # which has no place for one: its class tells
            for start in range(len(module)):
                key = _SEPARATOR.join((*module[start:], *owner))
                docs[key] = f"{docs[key]}\n\n{doc}" if owner != path and key in docs else doc

    def with_doc(match: re.Match[str]) -> str:
        doc = docs.get(match["type"] or match["function"])
        if doc is None:
            return match[0]
        signature = "" if match["signature"] == "NULL" else match["signature"]
        return f"{match['before']}PyDoc_STR({signature} {_c_string(doc)})"

    for path in generated:
        path.write_text(_DOC.sub(with_doc, path.read_text("utf-8")), "utf-8")


def _docstrings(tree: ast.AST, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The documented classes and functions of a module: their names, from the outermost on, with their docstrings."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            doc = ast.get_docstring(node)
            if doc:
                yield (*path, node.name), doc
            yield from _docstrings(node, (*path, node.name))


def _c_string(text: str) -> str:
    """`text` as literals of C, one a line: a longer one would be more than some compilers take."""
    lines = ("".join(f"\\{byte:03o}" for byte in line.encode()) for line in text.splitlines(keepends=True))
    return "\n".join(f'"{line}"' for line in lines)
