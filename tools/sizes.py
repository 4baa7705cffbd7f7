"""`python -m tools.sizes [EXTRA...]`: what the program takes on the disk with each extra, in fresh environments."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
_EXTRAS = ("", "formats", "table", "review", "serve", "mcp", "formats,table,review", "all")


def measure(extra: str) -> tuple[float, float]:
    """Return the megabytes and seconds that an installation with `extra` takes, that of pip itself left out."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        before = _size(Path(folder))
        start = time.monotonic()
        what = f"{ROOT}[{extra}]" if extra else str(ROOT)
        pip = [str(Path(folder, "bin", "python")), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, what], check=True)
        return (_size(Path(folder)) - before) / 1e6, time.monotonic() - start


def _size(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main(extras: Sequence[str]) -> int:
    """Print a line for each of `extras`, or for all."""
    for extra in extras or _EXTRAS:
        size, seconds = measure(extra)
        print(f"{f'[{extra}]' if extra else 'alone':24} {size:7.0f} MB {seconds:6.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
