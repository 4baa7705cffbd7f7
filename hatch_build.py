"""Compiles the modules that take the time with mypyc while the package is built.

Where that fails, as without a C compiler, the package is built all the same, and runs as plain Python.
"""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from contextlib import chdir
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "extract"


class CompileHook(BuildHookInterface[Any]):
    """Adds to a wheel the compiled modules of the packages that pyproject.toml names, but for those named `plain`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into the folder of the sources, and have `build_data` take it into a wheel that is not editable."""
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
            opt_level="2",
            debug_level="0",
        )
        command = Distribution({"ext_modules": extensions}).get_command_obj("build_ext")
        command.build_lib = "made"
        command.ensure_finalized()
        command.run()
        shutil.rmtree(package / folder.parent, ignore_errors=True)
        shutil.copytree(Path("made", PACKAGE), package / folder)
