"""On what it was measured."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import psutil

_GIGABYTE = 1 << 30
_model = re.compile(r"model name\s*:\s*(.+)")


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine, what ran on it before the measuring began, and the state of the project, as words."""

    processor: str
    cores: int
    memory: int
    """In GB, as the system counts them."""
    system: str
    python: str
    load: float
    """How many processes wanted to run in the minute before."""
    commit: str

    def __str__(self) -> str:
        machine = f"{self.processor}, {self.cores} cores, {self.memory} GB, {self.system}, Python {self.python}"
        return f"{machine}; load average {self.load:.2f} before; commit {self.commit}"


def this_machine(root: Path) -> Machine:
    """Return what is known of this machine, and of the project in `root`."""
    cpus = Path("/proc/cpuinfo")
    model = _model.search(cpus.read_text()) if cpus.exists() else None
    return Machine(
        model[1].strip() if model else platform.processor() or platform.machine(),
        os.cpu_count() or 1,
        round(psutil.virtual_memory().total / _GIGABYTE),
        platform.system(),
        platform.python_version(),
        os.getloadavg()[0],
        _commit(root),
    )


def _commit(root: Path) -> str:
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--exclude=*"],
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()
