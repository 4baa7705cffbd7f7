"""Finds the files that a user means, and reads each as a document by its format."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from extract.errors import InputError, require
from extract.model.document import Document
from extract.read.content import Content
from extract.read.decode import decode_bytes
from extract.read.xlsx import is_workbook

STDIN = Path("-")
"""The path that stands for standard input."""

FORMATS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
}
"""The format of a file by its ending, where its first bytes do not tell."""

DEFAULT_MAX_SIZE = 20_000_000
"""Bytes of a file, and characters of a text, beyond which it is refused unless the user says otherwise."""

_PACKAGES = {
    "http": "requests aiohttp",
    "https": "requests aiohttp",
    "s3": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "az": "adlfs",
    "abfs": "adlfs",
    "oss": "ossfs",
    "hdfs": "pyarrow",
    "sftp": "paramiko",
}
"""What fsspec needs for the addresses of each kind."""

_OLE = b"\xd0\xcf\x11\xe0"


def located(text: str) -> Path:
    """Return the path that a user means by `text`; one with :// is on an object store or server that fsspec knows.

    Raises InputError where what reads those is not installed, and for ''.
    """
    if not text:
        raise InputError("''", "is no path", hint="give . for the current folder")
    if "://" not in text:
        return Path(text)
    try:
        from upath import UPath
    except ImportError as error:
        hint = "pip install 'press-metrics-extract[ray]' and what fsspec needs for it"
        raise InputError(text, f"cannot be reached: {error}", hint=hint) from error
    try:
        path = UPath(text)
        assert path.fs is not None  # made here, so that what it needs is told here
    except (ImportError, ValueError) as error:
        packages = _PACKAGES.get(text.partition(":")[0].lower())
        hint = f"pip install {packages}" if packages else "see the documentation of fsspec"
        raise InputError(text, f"cannot be reached: {error}", hint=hint) from error
    return cast("Path", path)


def find_inputs(paths: Sequence[Path]) -> tuple[list[Path], list[InputError]]:
    """Return the files that `paths` mean, in their order, and what is wrong with the others.

    A folder means the files of all known formats in and below it but for its README, by name. A path given
    twice counts once.
    """
    files: dict[Path, Path] = {}
    faults: list[InputError] = []
    for path in paths:
        try:
            found = _expand(path)
        except InputError as fault:
            faults.append(fault)
            continue
        except (OSError, ValueError) as error:
            faults.append(InputError(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}"))
            continue
        for file in found:
            files.setdefault(_place(file), file)
    return list(files.values()), faults


def _place(file: Path) -> Path:
    """Return where a file really is."""
    try:
        return file.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return file


def _expand(path: Path) -> list[Path]:
    if path == STDIN:
        return [path]
    if not path.exists():
        raise InputError(str(path), "no such file or folder")
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.rglob("*") if _is_text(file))
    if not files:
        raise InputError(str(path), f"holds no {', '.join(FORMATS)} file", hint="put texts in it or name files")
    return files


def _is_text(file: Path) -> bool:
    """Tell whether a file in a folder is a document: of a known format, and not the folder's own README."""
    return file.suffix.lower() in FORMATS and file.stem.lower() != "readme" and file.is_file()


def document_name(path: Path) -> str:
    r"""Return the name of the document in the file `path`: the file's name without its ending.

    Bytes of the name that are not in the system's encoding stand as \xNN.
    """
    return "stdin" if path == STDIN else os.fsencode(path.stem).decode("utf-8", "backslashreplace")


def read_document(path: Path, published: str = "", max_size: int = DEFAULT_MAX_SIZE) -> Document:
    """Return the file `path`, or standard input for `-`, as a document.

    Its format is told by its first bytes, else by its ending. Offsets into its text count code points; of text
    and Markdown files the text is what is stored, line ends and all, without a byte order mark, of the others
    what their readers decode. `published` is an ISO date that overrides what the file says; `max_size` counts
    bytes of the file and characters of its text. Raises InputError for a file that is too large, cannot be
    read, or holds no text.
    """
    return parse_document(path, read_bytes(path, max_size), published, max_size)


def read_bytes(path: Path, max_size: int = DEFAULT_MAX_SIZE) -> bytes:
    """Return what the file `path`, or standard input for `-`, holds.

    Raises InputError where it cannot be read or has more than `max_size` bytes.
    """
    source = _source(path)
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(max_size + 1)
            size = len(data)
        else:
            status = path.stat()
            _check_kind(path, status.st_mode)
            size = status.st_size
            data = b""
            if size <= max_size:
                with path.open("rb") as file:
                    data = file.read(max_size + 1)
                size = len(data)
    except FileNotFoundError as error:
        raise InputError(source, "no such file") from error
    except (OSError, ValueError) as error:
        raise InputError(source, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if size > max_size:
        raise _too_large(source, size, "bytes", max_size)
    return data


def _check_kind(path: Path, mode: int) -> None:
    """Refuse devices, which never end, and sockets. A pipe is read as its writer fills it."""
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise InputError(_source(path), "is no plain file", hint="give - to read standard input")


def parse_document(path: Path, data: bytes, published: str = "", max_size: int = DEFAULT_MAX_SIZE) -> Document:
    """Return the document that `data`, the bytes of the file `path`, are. Else as `read_document`."""
    source = _source(path)
    name = _format(path, data)
    content = _content(name, data, source)
    if len(content.text) > max_size:
        raise _too_large(source, len(content.text), "characters", max_size)
    return Document(document_name(path), content.text, published, name, content.encoding, content.page, content.repairs)


def decode(path: Path) -> str:
    """Return the text of a text file, without its byte order mark. Raises as `read_document` does."""
    return decode_bytes(read_bytes(path), _source(path))[0]


def _source(path: Path) -> str:
    return "standard input" if path == STDIN else str(path)


def _format(path: Path, data: bytes) -> str:
    head = data[:1024].lstrip().lower()
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith((b"PK\x03\x04", _OLE)):
        return "xlsx" if is_workbook(data) else "docx"
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    return FORMATS.get(path.suffix.lower(), "text")


_NEEDS = {"pdf": ("pdfplumber",), "docx": ("docx", "lxml"), "xlsx": ("openpyxl",), "html": ("lxml", "trafilatura")}
"""What reading a format takes that may not be installed."""


def _content(name: str, data: bytes, source: str) -> Content:
    require(source, "formats", *_NEEDS.get(name, ()))
    if name == "pdf":
        from extract.read.pdf import read_pdf

        return read_pdf(data, source)
    if name == "docx":
        from extract.read.docx import read_docx

        return read_docx(data, source)
    if name == "xlsx":
        from extract.read.xlsx import read_xlsx

        return read_xlsx(data, source)
    if name == "html":
        from extract.read.html import read_html

        return read_html(data, source)
    text, encoding, repairs = decode_bytes(data, source)
    if name == "markdown":
        from extract.read.markdown import read_markdown

        return Content(text, encoding, read_markdown(text).page, repairs)
    return Content(text, encoding, repairs=repairs)


def _too_large(source: str, size: int, unit: str, max_size: int) -> InputError:
    return InputError(source, f"has {size:,} {unit}, more than {max_size:,}", hint="split it or give --max-size")
