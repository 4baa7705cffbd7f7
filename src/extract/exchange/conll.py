"""Writes records as CoNLL columns with BIO tags, for training."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from extract.model.document import Document
from extract.model.record import Metric
from extract.model.sentence import Sentence

_UNSEEN = ("Z", "Cc", "Cf", "Cs")


def conll_lines(document: Document, records: Sequence[Metric], sentences: Iterable[Sentence]) -> Iterator[str]:
    """Yield the lines for a document, without line ends: one character each, with its offset and its tag.

    The columns are parted by a blank. The tag is O, or B- or I- and the kind of the record. An empty line stands
    behind each sentence, and `-DOCSTART-` with the document's name before the first. Blanks, line breaks and
    characters that nobody sees are left out, as the offsets tell (code points in the raw text); what belongs to no
    sentence, such as tables, comes line by line. Of records whose spans overlap only the longest is tagged.
    """
    yield f"-DOCSTART- {_joined(document.name)} O"
    yield ""
    tags = _spans(records, len(document.text))
    for offsets in _blocks(document.text, sentences):
        before: Metric | None = None
        for offset in offsets:
            record = tags.get(offset)
            mark = "O" if record is None else f"{'I' if record is before else 'B'}-{record.kind}"
            before = record
            yield f"{document.text[offset]} {offset} {mark}"
        yield ""


def _spans(records: Sequence[Metric], end: int) -> dict[int, Metric]:
    """Return the record to tag at each offset."""
    tagged: dict[int, Metric] = {}
    for record in sorted(records, key=lambda record: (record.start - record.end, record.start)):
        span = range(record.start, min(record.end, end))
        if not any(offset in tagged for offset in span):
            tagged |= dict.fromkeys(span, record)
    return tagged


def _blocks(text: str, sentences: Iterable[Sentence]) -> list[list[int]]:
    """Return the offsets of the characters to write, sentence by sentence, each character once, by their places."""
    left = {offset: None for offset, char in enumerate(text) if not _is_unseen(char)}
    blocks: list[list[int]] = []
    for sentence in sentences:
        if sentence.role != "cell":
            blocks.append([offset for offset in sentence.offsets if offset in left])
            for offset in blocks[-1]:
                left.pop(offset, None)
    line: list[int] = []
    for offset in left:
        if line and "\n" in text[line[-1] : offset]:
            blocks.append(line)
            line = []
        line.append(offset)
    return sorted(filter(None, [*blocks, line]))


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char).startswith(_UNSEEN)


def _joined(name: str) -> str:
    return "".join("_" if _is_unseen(char) else char for char in name) or "_"
