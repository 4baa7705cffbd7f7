"""What the documents of a task came to: lines of the tables, texts, faults and figures."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, field

from extract.batch.summary import Summary
from extract.batch.tables import TABLES, needs_text
from extract.errors import InputError
from extract.model.extraction import Extraction
from extract.write import csv_rows

_DIGEST = 16


def _empty() -> dict[str, bytearray]:
    return {table.name: bytearray() for table in TABLES}


@dataclass(slots=True)
class Part:
    """The share of one task in the outputs of a run; shares of several are merged in the order of their tasks.

    `lines` are CSV lines by table; `texts` are the decoded texts that offsets point into, in UTF-8, by document.
    `is_final` is False where another try may come to something else: a document that killed its worker.
    """

    lines: dict[str, bytearray] = field(default_factory=_empty)
    texts: dict[str, bytes] = field(default_factory=dict)
    faults: list[InputError] = field(default_factory=list)
    summary: Summary = field(default_factory=Summary)
    is_final: bool = True

    def add(self, extraction: Extraction) -> None:
        """Add what was found in one document, all of it or nothing."""
        rendered = [csv_rows(table.rows(extraction), table.columns) for table in TABLES]
        document = extraction.document
        texts = {document.name: document.text.encode()} if needs_text(extraction) else {}
        for table, lines in zip(TABLES, rendered, strict=True):
            self.lines[table.name] += lines
        self.texts |= texts
        self.summary.add(extraction)

    def merge(self, other: Part) -> None:
        """Add the part of the next task."""
        for name, lines in other.lines.items():
            self.lines[name] += lines
        self.texts |= other.texts
        self.faults += other.faults
        self.summary.merge(other.summary)
        self.is_final &= other.is_final

    def packed(self) -> bytes:
        """Return it as bytes that `unpacked` reads, packed to a fifth, with a checksum."""
        pieces: list[bytes | bytearray] = [*self.lines.values(), *self.texts.values()]
        head = {
            "sizes": [len(piece) for piece in pieces],
            "texts": list(self.texts),
            "faults": [fault.args for fault in self.faults],
            "summary": self.summary.to_json(),
            "is_final": self.is_final,
        }
        body = zlib.compress(b"\n".join([json.dumps(head).encode(), b"".join(pieces)]), 1)
        return _checksum(body) + body


def unpacked(data: bytes) -> Part:
    """Return the part that `Part.packed` gave. Raises ValueError for bytes that are not whole."""
    body = memoryview(data)[_DIGEST:]
    if data[:_DIGEST] != _checksum(body):
        raise ValueError("not whole")
    content = zlib.decompress(body)
    start = content.index(b"\n") + 1
    head = json.loads(content[:start])
    pieces: list[bytes] = []
    for size in head["sizes"]:
        pieces.append(content[start : start + size])
        start += size
    lines = {table.name: bytearray(piece) for table, piece in zip(TABLES, pieces, strict=False)}
    return Part(
        lines,
        dict(zip(head["texts"], pieces[len(TABLES) :], strict=True)),
        [InputError(*fault) for fault in head["faults"]],
        Summary.from_json(head["summary"]),
        head["is_final"],
    )


def _checksum(body: bytes | memoryview) -> bytes:
    return hashlib.blake2b(body, digest_size=_DIGEST).digest()
