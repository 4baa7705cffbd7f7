"""Where a run writes: a folder, one CSV file, or standard output."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.errors import InputError
from extract.write import replacing, unwritable
from extract.write.sinks import DEFAULT_FORMATS, record_files

STDOUT = "-"
_MARK = "\ufeff".encode()
_METRICS = "metrics.csv"


@dataclass(frozen=True, slots=True)
class Target:
    """What a user means by `-o name`."""

    name: str

    @property
    def is_stdout(self) -> bool:
        """Whether the table goes to standard output."""
        return self.name == STDOUT

    @property
    def is_file(self) -> bool:
        """Whether the table becomes one file."""
        return self.name.lower().endswith(".csv") and not Path(self.name).is_dir()

    @property
    def is_folder(self) -> bool:
        """Whether all tables go to a folder, which can be gone on with."""
        return not (self.is_stdout or self.is_file)

    def shown(self, formats: Sequence[str] = DEFAULT_FORMATS) -> str:
        """What the user is told about where the metrics are, written in `formats`."""
        if self.is_stdout:
            return "standard output"
        return self.name if self.is_file else ", ".join(str(Path(self.name) / name) for name in record_files(formats))

    def check(self, resume: bool, formats: Sequence[str]) -> None:
        """Raise InputError where `resume` or other `formats` than CSV are wanted of a run that writes one table."""
        if self.is_folder:
            return
        if resume:
            raise InputError("--resume", f"cannot go on with {self.shown()}", hint="give -o a folder")
        if tuple(formats) != DEFAULT_FORMATS:
            raise InputError("--format", f"{self.shown()} takes CSV alone", hint="give -o a folder")

    @contextmanager
    def folder(self) -> Iterator[Path]:
        """Give the folder for the tables; where one file is meant, its table is brought there when the block ends well.

        Raises InputError where that cannot be written.
        """
        if self.is_folder:
            yield Path(self.name)
            return
        with TemporaryDirectory(prefix="extract-") as scratch:
            yield Path(scratch)
            table = Path(scratch, _METRICS)
            if table.exists():
                self._bring(table)

    def _bring(self, table: Path) -> None:
        if self.is_file:
            with table.open("rb") as source, replacing(Path(self.name)) as file:
                shutil.copyfileobj(source, file)
            return
        try:
            with table.open("rb") as source:
                if source.read(len(_MARK)) != _MARK:
                    source.seek(0)
                shutil.copyfileobj(source, sys.stdout.buffer)
            sys.stdout.flush()
        except BrokenPipeError:
            sys.stderr.close()  # nobody reads on, as with `| head`
        except OSError as error:
            raise unwritable(Path("standard output"), error) from error
