"""`python -m tools.notebook [--check]`: run docs/notebook.ipynb and keep its outputs, or check that they are true."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


def run(path: Path) -> Any:
    """Return the notebook with the outputs of a new run, of those that are pages the page alone."""
    notebook = _read(path)
    with TemporaryDirectory() as sockets:
        manager = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=str(Path(sockets, "kernel")))
        NotebookClient(notebook, km=manager, timeout=120).execute()
    for cell in notebook.cells:
        cell.metadata.clear()
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "text/html" in data:
                data.pop("text/plain", None)
    return notebook


def _read(path: Path) -> Any:
    return nbformat.reads(path.read_text("utf-8"), as_version=4)  # type: ignore[no-untyped-call]


def main(arguments: Sequence[str]) -> int:
    """Write the notebook, or with --check tell whether its outputs are stale. Returns the exit status."""
    if "--check" in arguments:
        is_stale = run(NOTEBOOK) != _read(NOTEBOOK)
        print(f"{NOTEBOOK.name}: {'stale; run make figures' if is_stale else 'true'}")
        return int(is_stale)
    NOTEBOOK.write_text(f"{nbformat.writes(run(NOTEBOOK))}\n", "utf-8")  # type: ignore[no-untyped-call]
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
