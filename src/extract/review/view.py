"""What the page shows of a document, as plain data.

The text is cut here, in code points, so that the page never counts the UTF-16 units of its language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from extract.model.record import GOLD_COLUMNS, to_row
from extract.review.state import Item, State
from extract.review.store import Session

_PICTURES = 0x2400
"""The pictures of the control characters stand here in Unicode, in their order."""


def session_view(session: Session) -> dict[str, Any]:
    """Return the document, its records and rows that are none, and what can be done."""
    state, text = session.state, session.document.text
    records = [item for item in state.items if item.metric]
    rows = [item for item in state.items if item.row and not item.metric and item.row.cells]
    return {
        "name": session.document.name,
        "version": session.version,
        "done": state.done,
        "left": state.left,
        "canUndo": session.can_undo,
        "canRedo": session.can_redo,
        "segments": list(segments(text, state)),
        "records": [_record(item, session) for item in records],
        "foreign": [
            {"cells": list(item.row.cells), "problem": item.row.problem} for item in rows if item.row is not None
        ],
        "header": list(session.desk.layout.header),
    }


def _record(item: Item, session: Session) -> dict[str, Any]:
    assert item.metric is not None
    row = to_row(item.metric)
    return {
        "key": item.key,
        "state": item.status,
        "origin": item.origin,
        "others": session.desk.layout.others(item.row) if item.row else {},
        **{name: str(row[name]) for name in GOLD_COLUMNS},
    }


def segments(text: str, state: State) -> Iterator[dict[str, Any]]:
    """Yield the text in pieces: the start of each (code points), what to show, the keys of the records on it."""
    spans = [(item.metric.start, item.metric.end, item.key) for item in state.items if item.metric]
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for start, end, key in spans:
        opening.setdefault(start, []).append(key)
        closing.setdefault(end, []).append(key)
    keys: list[int] = []
    for start, end in pairwise(cuts):
        keys = [key for key in keys if key not in closing.get(start, ())] + opening.get(start, [])
        yield {"start": start, "text": shown(text[start:end], text[end : end + 1]), "keys": keys}


def shown(text: str, following: str = "") -> str:
    """Return `text` with what nobody sees made visible, one character for one, so that offsets stay.

    A line break stays; the CR of a CR LF, whose LF may be `following`, becomes a blank. Control characters become
    their pictures; format characters and such as turn the direction of writing become U+FFFD.
    """
    return "".join(_shown(char, after) for char, after in zip(text, f"{text[1:]}{following or ' '}", strict=True))


def _shown(char: str, after: str) -> str:
    if char in "\n\t":
        return char
    if char == "\r":
        return " " if after == "\n" else "\n"
    if char in "\v\f\x85\u2028\u2029":
        return "\n"
    if char < " ":
        return chr(_PICTURES + ord(char))
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char
