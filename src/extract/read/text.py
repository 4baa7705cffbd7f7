"""Reads plain text in UTF-8, from files, folders and standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from extract.document import Document
from extract.errors import InputError

STDIN = Path("-")
"""The path that stands for standard input."""


def find_inputs(paths: Sequence[Path]) -> tuple[list[Path], list[InputError]]:
    """Return the files that `paths` mean, in their order, and what is wrong with the others.

    A folder means the `.txt` files in and below it, by name. A path given twice counts once; of two files
    whose documents would have the same name the second is an error.
    """
    files: dict[str, Path] = {}
    faults: list[InputError] = []
    for path in paths:
        try:
            found = _expand(path)
        except InputError as fault:
            faults.append(fault)
            continue
        for file in found:
            first = files.setdefault(document_name(file), file)
            if first.resolve() != file.resolve():
                faults.append(InputError(str(file), f"its document has the same name as {first}", hint="rename one"))
    return list(files.values()), faults


def _expand(path: Path) -> list[Path]:
    if path == STDIN:
        return [path]
    if not path.exists():
        raise InputError(str(path), "no such file or folder")
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*.txt") if file.is_file())
    if not files:
        raise InputError(str(path), "holds no .txt file", hint="put texts in it or name files")
    return files


def document_name(path: Path) -> str:
    r"""Return the name of the document in the file `path`: the file's name without its ending.

    Bytes of the name that are not in the system's encoding stand as \xNN.
    """
    return "stdin" if path == STDIN else os.fsencode(path.stem).decode("utf-8", "backslashreplace")


def read_document(path: Path, published: str = "") -> Document:
    """Return the text file `path`, or standard input for `-`, as a document.

    Offsets into its text count code points; line ends stay as they are stored, and a byte order mark is
    not counted. `published` is an ISO date that overrides what the text says. Raises InputError for a file
    that cannot be read, is empty, holds NUL bytes or is not UTF-8.
    """
    return Document(document_name(path), decode(path), published)


def decode(path: Path) -> str:
    """Return the text of a UTF-8 file as stored, without its byte order mark. Raises as `read_document` does."""
    data = _bytes(path)
    source = "standard input" if path == STDIN else str(path)
    if (nul := data.find(b"\0")) >= 0:
        raise InputError(source, "binary, not text", where=f"byte {nul}", hint="give a plain text file")
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputError(source, "not UTF-8", where=f"byte {error.start}", hint="save it as UTF-8") from error
    if not text.strip():
        raise InputError(source, "empty", hint="give a file with text in it")
    return text


def _bytes(path: Path) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(str(path), "no such file") from error
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
