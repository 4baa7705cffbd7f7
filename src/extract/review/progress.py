"""How far the review of a folder has come, kept in a file of it: `.review.json`."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.errors import InputError
from extract.evaluation.unfinished import PROGRESS_NAME
from extract.review.state import State
from extract.write import write_text

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a document: the spans (code points) decided on, of how many, and whether it is done.

    `text` is the digest of the raw text in which the spans stand; `proposes` tells that the review began with
    what the rules found, not with gold.
    """

    text: str
    proposes: bool
    accepted: tuple[Span, ...]
    rejected: tuple[Span, ...]
    total: int
    done: bool

    @property
    def decided(self) -> int:
        """How many records are decided on."""
        return len(self.accepted) + len(self.rejected)


def entry_of(state: State, text: str, proposes: bool) -> Entry:
    """Return the entry of a document with the digest `text`."""
    records = [(item.status, (item.metric.start, item.metric.end)) for item in state.items if item.metric]
    accepted = tuple(span for status, span in records if status == "accepted")
    rejected = tuple(span for status, span in records if status == "rejected")
    return Entry(text, proposes, accepted, rejected, len(records), state.done)


class Taker:
    """Takes spans off a list, as often as each is on it."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._left = Counter(spans)

    def take(self, span: Span) -> bool:
        """Take `span` off the list, and tell whether it was there."""
        self._left[span] -= 1
        return self._left[span] >= 0


class Progress:
    """The file `.review.json` of `folder`. Raises InputError, at any time, where it is not one of ours."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PROGRESS_NAME
        self.entries()

    def entries(self) -> dict[str, Entry]:
        """Return the entry of each document that has one, by its name."""
        try:
            return {name: _entry(given) for name, given in self._documents(self._read()).items()}
        except (KeyError, TypeError, ValueError) as error:
            raise self._broken(f"{error!r}") from error

    def put(self, name: str, entry: Entry | None) -> None:
        """Set the entry of the document `name`, or take it away; all others stay as they are in the file."""
        content = self._read()
        documents = self._documents(content)
        documents.pop(name, None)
        if entry is not None:
            documents[name] = {
                "text": entry.text,
                "proposes": entry.proposes,
                "accepted": entry.accepted,
                "rejected": entry.rejected,
                "total": entry.total,
                "done": entry.done,
            }
        write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", self._path)

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {"documents": {}}
        except OSError as error:
            raise InputError(str(self._path), f"cannot be read: {error.strerror}") from error
        except (ValueError, RecursionError) as error:
            raise self._broken(str(error)) from error
        if not isinstance(content, dict):
            raise self._broken("no object")
        return content

    def _documents(self, content: dict[str, Any]) -> dict[str, Any]:
        documents = content.setdefault("documents", {})
        if not isinstance(documents, dict):
            raise self._broken("documents is no object")
        return documents

    def _broken(self, problem: str) -> InputError:
        return InputError(str(self._path), f"is not what a review leaves: {problem}", hint="move it away")


def _entry(given: dict[str, Any]) -> Entry:
    return Entry(
        str(given["text"]),
        bool(given["proposes"]),
        _spans(given["accepted"]),
        _spans(given["rejected"]),
        int(given["total"]),
        bool(given["done"]),
    )


def _spans(given: list[list[int]]) -> tuple[Span, ...]:
    return tuple((int(start), int(end)) for start, end in given)
