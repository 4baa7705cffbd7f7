"""The lines of a batch of text, packed or not: none longer than it may be, each in the encoding it is in."""

from __future__ import annotations

import codecs
import gzip
import io
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final, cast

import regex

from extract.errors import InputError
from extract.read.decode import decode_bytes

_SAMPLE = 1 << 16
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_WIDE = ("utf-16", "utf-32")
_MOST_LINES = 1_000_000
"""Of one row."""
_LEAST_BOMB = 20_000_000
_MOST_PACKED = 200
"""A file that unpacks to more than both, characters and times its size, is a bomb; texts pack to a fifth."""
_han = regex.compile(r"\p{Han}")


def most_unpacked(path: Path) -> int:
    """How many characters a file may unpack to; more are a bomb."""
    return max(_LEAST_BOMB, _MOST_PACKED * path.stat().st_size)


class LongLineError(ValueError):
    """A line is longer than any row may be; it has been passed over."""


class Lines:
    """The lines of a text file with their ends, those of the row under way kept so that they can be given again.

    `number` counts the lines given so far. A line that is not in the encoding of the file is read in its own where
    one fits; else `lost` counts the bytes of the row that do not, each of which is U+FFFD.
    """

    def __init__(self, file: IO[bytes], path: Path, encoding: str, longest: int) -> None:
        self._path = path
        self._encoding = encoding.removesuffix("-sig")
        self._longest = longest
        self._most = most_unpacked(path)
        self._read = 0
        self._coming = self._wide(file) if encoding.startswith(_WIDE) else self._narrow(file)
        self._again: deque[str | bytes] = deque()
        self._taken: list[str | bytes] = []
        self._size = 0
        self.number = 0
        self.lost = 0
        self.other = ""
        """The encoding of the row where it is another than that of the file."""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """Give the next line. Raises LongLineError where it, or the row under way with it, is too long."""
        line = self._again.popleft() if self._again else next(self._coming)
        self.number += 1
        if line is _TOO_LONG:
            raise LongLineError
        self._taken.append(line)
        self._size += len(line)
        if self._size > self._longest or len(self._taken) > _MOST_LINES:
            raise LongLineError
        if isinstance(line, bytes):
            return self._decoded(line)
        self.lost += line.count("\ufffd")
        return line

    @property
    def is_again(self) -> bool:
        """Whether the next line was part of a row that could not be read."""
        return bool(self._again)

    def begin(self) -> None:
        """Begin a new row."""
        self._taken.clear()
        self._size = self.lost = 0
        self.other = ""

    def go_back(self) -> None:
        """Have all lines of the row under way but its first come again."""
        self._again.extendleft(reversed(self._taken[1:]))
        self.number -= len(self._taken[1:])

    def _narrow(self, file: IO[bytes]) -> Iterator[bytes]:
        """Yield the lines of an encoding that holds ASCII; those that a single CR ends, too."""
        while line := file.readline(self._longest + 1):
            self._count(line)
            if len(line) <= self._longest or line.endswith(b"\n"):
                yield from line.splitlines(keepends=True)
                continue
            while (rest := file.readline(_SAMPLE)) and not rest.endswith(b"\n"):
                self._count(rest)
            yield _TOO_LONG

    def _wide(self, file: IO[bytes]) -> Iterator[str | bytes]:
        with io.TextIOWrapper(file, self._encoding, errors="replace", newline="") as text:
            while line := text.readline(self._longest + 1):
                self._count(line)
                if len(line) <= self._longest or line.endswith("\n"):
                    yield line
                    continue
                while (rest := text.readline(_SAMPLE)) and not rest.endswith("\n"):
                    self._count(rest)
                yield _TOO_LONG

    def _count(self, line: str | bytes) -> None:
        self._read += len(line)
        if self._read > self._most:
            raise InputError(str(self._path), "unpacks to far more than it holds (a bomb)", hint="unpack it first")

    def _decoded(self, line: bytes) -> str:
        if line.isascii():
            return line.decode("ascii")
        is_utf8 = self._encoding == "utf-8"
        text = _whole(line, "utf-8")
        if text is not None and (is_utf8 or _han.search(text)):
            self.other = self.other if is_utf8 else "utf-8"
            return text
        text = None if is_utf8 else _whole(line, self._encoding)
        if text is not None:
            return text
        with suppress(InputError):
            text, encoding, losses = decode_bytes(line, str(self._path))
            if not losses and not encoding.startswith(_WIDE):
                self.other = encoding
                return text
        text = line.decode(self._encoding, "surrogateescape")
        self.lost += len(_escaped.findall(text))
        return str(_escaped.sub("\ufffd", text))


def _whole(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None


_TOO_LONG: Final = b""
_escaped = regex.compile("[\ud800-\udfff]")
"""What stands for a byte that does not fit the encoding."""


@contextmanager
def opened(path: Path, longest: int) -> Iterator[Lines]:
    """Open a batch of text in its encoding, no row of it longer than `longest` characters. Line ends stay as they are.

    Raises InputError where it is empty or no text.
    """
    with _unpacked(path) as file:
        sample = file.read(_SAMPLE)
    if not sample.strip():
        raise InputError(str(path), "empty", hint="give a file with a text in each row")
    is_wide = any(name.startswith(_WIDE) and sample.startswith(mark) for mark, name in _MARKS.items())
    cut = sample.rfind(b"\n") + 1 if len(sample) == _SAMPLE and not is_wide else 0
    encoding = _encoding(sample[: cut or len(sample)], str(path))
    mark = next((mark for mark, name in _MARKS.items() if name == encoding and sample.startswith(mark)), b"")
    with _unpacked(path) as file:
        file.read(len(mark))
        yield Lines(file, path, encoding, longest)


def _encoding(sample: bytes, source: str) -> str:
    """Return the encoding of most lines. Raises InputError where it cannot be told."""
    try:
        return decode_bytes(sample, source)[1]
    except InputError:
        wide = [line for line in sample.splitlines() if not line.isascii()]
        if 2 * sum(_whole(line, "utf-8") is not None for line in wide) < max(len(wide), 1):
            raise
        return "utf-8"


@contextmanager
def _unpacked(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        if path.suffix.lower() == ".gz":
            with gzip.open(file) as unpacked:
                yield cast("IO[bytes]", unpacked)
        else:
            yield file
