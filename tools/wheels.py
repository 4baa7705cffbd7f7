"""`python -m tools.wheels [FOLDER]`: the wheel of this platform and the pure one, each tried in a fresh environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
_TAKEN = ("src", "rules", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE")
"""What a wheel is made of."""
_TEXT = "海门区2024年新增停车位1500个，惠及居民3.2万户。"


def build(target: Path) -> list[Path]:
    """Build both wheels into `target`, and return them: that of the platform first."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "tree")
        tree.mkdir()
        for name in _TAKEN:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("_native", "__pycache__"))
            else:
                shutil.copy(source, tree / name)
        native, pure = Path(folder, "native"), Path(folder, "pure")
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", str(tree)]
        subprocess.run([*pip, "-w", str(pure)], check=True, env=os.environ | {"EXTRACT_PURE": "1"})
        subprocess.run([*pip, "-w", str(native)], check=True)
        target.mkdir(parents=True, exist_ok=True)
        return [_repaired(next(native.glob("*.whl")), target), _moved(next(pure.glob("*.whl")), target)]


def _repaired(wheel: Path, target: Path) -> Path:
    """Return a wheel that says on which systems it runs, checked by auditwheel where that is Linux."""
    if sys.platform != "linux" or wheel.name.endswith("-any.whl"):
        return _moved(wheel, target)
    with tempfile.TemporaryDirectory(dir=target) as folder:
        environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        auditwheel = [sys.executable, "-m", "auditwheel", "repair", "-w", folder, str(wheel)]
        subprocess.run(auditwheel, check=True, env=environment, capture_output=True)
        return _moved(next(Path(folder).glob("*.whl")), target)


def _moved(wheel: Path, target: Path) -> Path:
    return Path(shutil.move(wheel, target / wheel.name))


def try_out(wheel: Path) -> str:
    """Install a wheel into a fresh environment and run it there. Returns what it says of itself."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder, "Scripts" if os.name == "nt" else "bin", "python")
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
        subprocess.run(pip, check=True)
        run = [str(python), "-m", "extract"]
        table = subprocess.run(
            [*run, "run", "-", "-o", "-"],
            input=_TEXT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=folder,
            check=False,
        )
        if table.returncode or "1500个" not in table.stdout or "32000" not in table.stdout:
            raise SystemExit(f"{wheel.name} does not work: {table.stderr}")
        told = subprocess.run([*run, "--version"], capture_output=True, text=True, check=True, cwd=folder)
        return told.stdout.strip()


def main(arguments: Sequence[str]) -> int:
    """Build the wheels into a folder, `dist` if none is given, and tell of each. Returns the exit status."""
    wheels = build(Path(arguments[0]) if arguments else ROOT / "dist")
    for wheel in wheels:
        modules = sum(name.endswith((".so", ".pyd")) for name in zipfile.ZipFile(wheel).namelist())
        size = wheel.stat().st_size / 1e6
        print(f"{wheel}: {size:.1f} MB, {modules} compiled modules; {try_out(wheel)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
