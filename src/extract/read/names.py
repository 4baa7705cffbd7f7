"""What the documents of several files are called, each by a name of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import takewhile
from os.path import abspath
from pathlib import Path

from extract.read.inputs import STDIN, document_name


def document_names(files: Iterable[Path]) -> dict[Path, str]:
    """Return the name of the document in each of `files`: the file's own without its ending, where no other has it.

    Those that share it are called by their paths below the folder that holds them all (2024/a and 2025/a), with the
    ending where even these are the same (a.docx and a.pdf).
    """
    groups: dict[str, list[Path]] = {}
    for file in files:
        groups.setdefault(document_name(file), []).append(file)
    names: dict[Path, str] = {}
    taken = set(groups)
    for name, group in groups.items():
        longer = [name] if len(group) == 1 else _longer(group, taken)
        taken.update(longer)
        names |= dict(zip(group, longer, strict=True))
    return names


def _longer(group: Sequence[Path], taken: set[str]) -> list[str]:
    parts = [_parts(file) for file in group]
    columns = zip(*(one[:-1] for one in parts), strict=False)
    shared = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))
    with_ending = ["/".join(one[shared:]) for one in parts]
    without = ["/".join([*one[shared:-1], document_name(file)]) for one, file in zip(parts, group, strict=True)]
    is_enough = len(set(without)) == len(group) and not taken.intersection(without)
    return without if is_enough else with_ending


def _parts(file: Path) -> tuple[str, ...]:
    """Return the folders and the name of a file, those of a URL as it is written, as text that can be stored."""
    if file == STDIN:
        return ("stdin",)
    parts = str(file).split("/") if "://" in str(file) else Path(abspath(file)).parts  # noqa: PTH100 (a link keeps its name)
    return tuple(os.fsencode(part).decode("utf-8", "backslashreplace") for part in parts if part != "..")
