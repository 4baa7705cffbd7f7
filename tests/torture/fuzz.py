"""Feeds readers and pipeline what nobody wrote: `PYTHONPATH=tests python -m torture.fuzz TARGET [SECONDS]`.

With atheris the inputs are led by the branches that they reach; without it they are mutations of the seeds alone.
An input that ends in an exception which no reader may raise, or in records that are not sound, ends the run and is
written to a file `crash-…` in the current folder.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from torture.properties import faults
from torture.shapes import PAGES, PIECES, text_of

from extract.errors import InputError
from extract.model.document import Document
from extract.pipeline.pipeline import Pipeline
from extract.read import BatchColumns, parse_document, read_batch

ROOT = Path(__file__).parents[2]
_LONGEST = 4000
_SIZE = 1_000_000


@cache
def _pipeline() -> Pipeline:
    return Pipeline()


def _sound(document: Document) -> None:
    found = list(faults(_pipeline().extract(document)))
    assert not found, found[0]


def text(data: bytes) -> None:
    """Read records from a text."""
    _sound(Document("稿", data.decode("utf-8", "replace")[:_LONGEST], "2025-11-20"))


def _file(name: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        try:
            document = parse_document(Path(name), data, max_size=_SIZE)
        except InputError:
            return
        if len(document.text) <= _LONGEST:
            _sound(document)

    return read


def _batch(name: str) -> Callable[[bytes], None]:
    folder = Path(tempfile.mkdtemp())

    def read(data: bytes) -> None:
        path = folder / name
        path.write_bytes(data)
        try:
            for _ in read_batch(path, BatchColumns(), _SIZE):
                pass
        except InputError:
            return

    return read


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": text,
    "txt": _file("稿.txt"),
    "markdown": _file("稿.md"),
    "html": _file("稿.html"),
    "docx": _file("稿.docx"),
    "csv": _batch("批.csv"),
    "jsonl": _batch("批.jsonl"),
    "gz": _batch("批.jsonl.gz"),
    "parquet": _batch("批.parquet"),
}


def seeds(target: str) -> list[bytes]:
    """Return what the inputs of a target begin with."""
    texts = [text_of(piece, 200).encode("utf-8", "replace") for piece in PIECES.values()]
    corpus = [path.read_bytes() for path in sorted(ROOT.glob("corpus/*.txt"))]
    if target == "html":
        return [page(3).encode() for page in PAGES.values()]
    if target in ("docx", "gz", "parquet"):
        return [_packed(target)]
    if target == "csv":
        return ['id,text,date\n1,"新增5个，\n改造6个。",2025-01-02\n2,种树7棵。,\n'.encode()]
    if target == "jsonl":
        return ['{"id": "1", "text": "新增5个。", "date": "2025-01-02"}\n{"text": "种树7棵。"}\n'.encode()]
    return [*texts, *corpus]


def _packed(target: str) -> bytes:
    import gzip
    import io

    if target == "gz":
        return gzip.compress('{"text": "新增5个。"}\n'.encode() * 9)
    buffer = io.BytesIO()
    if target == "parquet":
        import pyarrow
        from pyarrow import parquet

        parquet.write_table(pyarrow.table({"text": ["新增5个。", "种树7棵。"], "date": ["2025-01-02", None]}), buffer)
        return buffer.getvalue()
    import docx

    document = docx.Document()
    document.add_paragraph("新增5个，改造6个。")
    document.add_table(2, 2).cell(0, 0).text = "学校"
    document.save(buffer)
    return buffer.getvalue()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with some bytes changed, doubled, moved or left out."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(changed) + 1)
        length = chance.choice((1, 1, 2, 3, 8, 64))
        way = chance.randrange(4)
        if way == 0:
            changed[place : place + length] = chance.randbytes(length)
        elif way == 1:
            del changed[place : place + length]
        elif way == 2:
            start = chance.randrange(len(changed) + 1)
            changed[place:place] = changed[start : start + length]
        else:
            changed[place:place] = text_of(chance.choice([*PIECES.values()]), length).encode("utf-8", "replace")
    return bytes(changed)


def run(target: str, seconds: float, seed: int = 0) -> tuple[int, str]:
    """Feed a target with mutations of its seeds for some time: how many, and the first that failed, '' for none."""
    chance, work, kept = random.Random(seed), TARGETS[target], seeds(target)
    end = time.monotonic() + seconds
    count = 0
    while time.monotonic() < end:
        data = mutated(chance.choice(kept), chance)
        count += 1
        try:
            work(data)
        except Exception as error:
            path = Path(f"crash-{target}-{hashlib.sha256(data).hexdigest()[:12]}")
            path.write_bytes(data)
            return count, f"{path}: {type(error).__name__}: {error}"
    return count, ""


def main(arguments: Sequence[str]) -> int:
    """Fuzz the target named, or all one after the other, each for so many seconds."""
    names = [arguments[0]] if arguments and arguments[0] in TARGETS else [*TARGETS]
    seconds = float(arguments[-1]) if arguments and arguments[-1].replace(".", "").isdigit() else 60.0
    try:
        import atheris
    except ImportError:
        failed = False
        for name in names:
            count, fault = run(name, seconds)
            print(f"{name}: {count:,} inputs, {fault or 'none failed'}")
            failed = failed or bool(fault)
        return int(failed)
    if len(names) > 1:  # atheris ends its process with each target
        import subprocess

        return max(subprocess.call([sys.executable, "-m", __spec__.name, name, str(seconds)]) for name in names)
    (name,) = names
    corpus = Path(tempfile.mkdtemp())
    for number, data in enumerate(seeds(name)):
        (corpus / str(number)).write_bytes(data)
    _pipeline()
    atheris.instrument_all() if name == "text" else None
    atheris.Setup(["fuzz", str(corpus), f"-max_total_time={int(seconds)}", "-timeout=60"], TARGETS[name])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
