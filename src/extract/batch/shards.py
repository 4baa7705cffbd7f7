"""Parts as Parquet files in a folder anywhere fsspec reaches: each written whole, all put in place together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.batch.part import Part
from extract.batch.tables import TABLES, text_name
from extract.errors import InputError
from extract.write import parquet_file

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_UNDER_WAY = "_under_way"
_TEXTS = "text"


class Shards:
    """The tables of a run as folders of Parquet files under `url`, a folder or the URL of one.

    Each file is named by the place of its rows in the order of all, so that it takes its own place when it is
    written twice, and readers that take the files by name get the rows in order. Until `finish` they lie in a
    folder of their own. Raises InputError where they cannot be written.
    """

    def __init__(self, url: str) -> None:
        from fsspec.core import url_to_fs

        try:
            files, self._root = url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise InputError(url, f"cannot be reached: {error}", hint="install what fsspec needs for it") from error
        self._files: AbstractFileSystem = files
        self.url = str(files.unstrip_protocol(self._root))
        """The same folder for other processes, wherever they run."""

    def begin(self) -> None:
        """Make the folder ready, and remove what a run that was stopped has left."""
        try:
            self.discard()
            for table in TABLES:
                self._files.makedirs(self._new(table.name), exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error

    def add(self, name: str, part: Part) -> None:
        """Write the rows of a part to files called `name`, and its texts."""
        try:
            for table in TABLES:
                data = parquet_file(bytes(part.lines[table.name]), table.table)
                self._files.pipe_file(f"{self._new(table.name)}/{name}.parquet", data)
            for document, text in part.texts.items():
                self._files.makedirs(f"{self._root}/{_TEXTS}", exist_ok=True)
                self._files.pipe_file(f"{self._root}/{_TEXTS}/{text_name(document)}", text)
        except OSError as error:
            raise self._unwritable(error) from error

    def finish(self) -> None:
        """Put the tables in the places of earlier ones."""
        try:
            for table in TABLES:
                target = f"{self._root}/{table.name}.parquet"
                if self._files.exists(target):
                    self._files.mv(target, f"{self._root}/{_UNDER_WAY}/earlier-{table.name}", recursive=True)
                self._files.mv(self._new(table.name), target, recursive=True)
            self.discard()
        except OSError as error:
            raise self._unwritable(error) from error

    def discard(self) -> None:
        """Remove what has been written and not put in its place."""
        if self._files.exists(f"{self._root}/{_UNDER_WAY}"):
            self._files.rm(f"{self._root}/{_UNDER_WAY}", recursive=True)

    def _new(self, table: str) -> str:
        return f"{self._root}/{_UNDER_WAY}/{table}"

    def _unwritable(self, error: OSError) -> InputError:
        return InputError(self.url, f"cannot be written: {error.strerror or error}")
