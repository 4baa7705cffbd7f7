"""The documents of a folder under review: what is on the disk, what has been decided, and the way back."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from extract.errors import InputError
from extract.evaluation.gold import GOLD_SUFFIX
from extract.evaluation.unfinished import text_digest
from extract.model.record import Metric
from extract.pipeline.pipeline import Pipeline
from extract.read import FORMATS, read_document
from extract.read.inputs import document_name
from extract.review.goldfile import Layout, Row, parse_gold
from extract.review.progress import Entry, Progress, Taker, entry_of
from extract.review.state import Desk, Item, ReviewError, State
from extract.write import write_bytes

Change = Callable[[Desk, State], State]


class Session:
    """One document under review in this run.

    Every decision is written at once: the gold file whole or not at all, then the progress. `version` names the
    state that a page has seen; a decision on another one is refused, and so is one on files that changed on the
    disk. Raises InputError where the document, its gold or the progress cannot be read.
    """

    def __init__(self, path: Path, pipeline: Pipeline, progress: Progress, versions: Iterator[int]) -> None:
        self._path = path
        self._gold_path = path.with_name(f"{path.stem}{GOLD_SUFFIX}")
        self._progress = progress
        self._versions = versions
        self._source = _stored(path)
        self._original = self._disk = _stored(self._gold_path)
        self.document = read_document(path)
        self.metrics = pipeline.metrics(self.document)
        self._text = text_digest(self.document.text)
        layout, rows = Layout(), tuple[Row, ...]()
        if self._original is not None:
            layout, rows = parse_gold(self._original, self.document, str(self._gold_path))
        self.desk = Desk(self.document, layout)
        self._rows = rows
        entry = progress.entries().get(self.document.name)
        if entry is not None and (entry.text != self._text or (self._original is None and entry.decided)):
            entry = None
        self._proposes = self._original is None if entry is None else entry.proposes
        self.state = _begin(rows, self.metrics if self._proposes else [], entry, self._original is not None)
        self._past: list[State] = []
        self._future: list[State] = []
        self.version = next(versions)

    @property
    def can_undo(self) -> bool:
        """Whether there is a decision of this run to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a decision taken back that can be made again."""
        return bool(self._future)

    @property
    def entry(self) -> Entry:
        """How far the document is."""
        return entry_of(self.state, self._text, self._proposes)

    def is_stale(self) -> bool:
        """Tell whether the text or the gold has changed on the disk since they were read or written here."""
        return _stored(self._path) != self._source or _stored(self._gold_path) != self._disk

    def decide(self, version: int, change: Change) -> None:
        """Make and save a decision on the state `version`. Raises ReviewError, and nothing is changed."""
        self._check(version)
        state = change(self.desk, self.state)
        if state == self.state:
            return
        self._save(state)
        self._past.append(self.state)
        self._future.clear()
        self._become(state)

    def undo(self, version: int) -> None:
        """Take back the last decision. Raises ReviewError where there is none, or as `decide`."""
        self._step(version, self._past, self._future)

    def redo(self, version: int) -> None:
        """Make the last decision again that was taken back. Raises ReviewError as `undo`."""
        self._step(version, self._future, self._past)

    def _step(self, version: int, source: list[State], target: list[State]) -> None:
        self._check(version)
        if not source:
            raise ReviewError("nothing", "there is nothing to take back")
        self._save(source[-1])
        target.append(self.state)
        self._become(source.pop())

    def _become(self, state: State) -> None:
        self.state = state
        self.version = next(self._versions)

    def _check(self, version: int) -> None:
        if version != self.version:
            raise ReviewError("stale", "the document was changed in another tab; reload to see it")
        if self.is_stale():
            raise ReviewError("disk", f"{self._gold_path.name} or its text was changed by another program")

    def _save(self, state: State) -> None:
        data = self._data(state)
        if data != self._disk:
            if data is None:
                _remove(self._gold_path)
            else:
                write_bytes(data, self._gold_path)
            self._disk = data
        self._progress.put(self.document.name, entry_of(state, self._text, self._proposes))

    def _data(self, state: State) -> bytes | None:
        """Return the gold file of `state`, as it was found where no row has changed."""
        if not state.has_gold:
            return None
        if self._original is not None and state.rows == self._rows:
            return self._original
        return self.desk.layout.encode(state.rows)


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise InputError(str(path), f"cannot be removed: {error.strerror}") from error


def _stored(path: Path) -> bytes | None:
    """Return the bytes of a file, None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error


def _begin(rows: tuple[Row, ...], proposals: list[Metric], entry: Entry | None, has_gold: bool) -> State:
    """Return the state of a document as it is opened: its gold, and what the rules found where it began with that.

    Decided are the spans of `entry`; proposals that stand in the gold or were rejected do not come again.
    """
    accepted = Taker(entry.accepted if entry else ())
    items = [_gold_item(key, row, accepted) for key, row in enumerate(rows)]
    known = tuple((row.metric.start, row.metric.end) for row in rows if row.metric)
    taken = Taker(known + (entry.rejected if entry else ()))
    state = State(tuple(items), has_gold)
    new = [metric for metric in proposals if not taken.take((metric.start, metric.end))]
    state = state.with_items(Item(key, metric, None, "open", "rules") for key, metric in enumerate(new, len(items)))
    return State(state.items, has_gold, bool(entry and entry.done and not state.left))


def _gold_item(key: int, row: Row, accepted: Taker) -> Item:
    if row.metric is None:
        return Item(key, None, row, "foreign", "gold")
    is_decided = accepted.take((row.metric.start, row.metric.end))
    return Item(key, row.metric, row, "accepted" if is_decided else "open", "gold")


class ReviewFolder:
    """All documents of `folder` that gold can lie beside. Raises InputError where there is none."""

    def __init__(self, folder: Path, pipeline: Pipeline) -> None:
        if not folder.is_dir():
            raise InputError(str(folder), "no such folder")
        self.folder = folder
        self.pipeline = pipeline
        self._progress = Progress(folder)
        self._sessions: dict[str, Session] = {}
        self._versions = itertools.count(1)
        if not self._paths():
            raise InputError(str(folder), f"holds no {', '.join(FORMATS)} file", hint="put texts in it")

    def _paths(self) -> dict[str, Path]:
        """Return the file of each document by its name; of several, the one that gold belongs to."""
        order = list(FORMATS)
        files = [file for file in self.folder.iterdir() if file.suffix.lower() in FORMATS and file.is_file()]
        files.sort(key=lambda file: (file.stem, -order.index(file.suffix.lower())))
        return {document_name(file): file for file in files if file.stem.lower() != "readme"}

    def overview(self) -> list[dict[str, object]]:
        """Return each document with how far it is: how many of how many records decided, None where not known."""
        entries = self._progress.entries()
        found: list[dict[str, object]] = []
        for name, path in self._paths().items():
            session = self._sessions.get(name)
            entry = session.entry if session else entries.get(name)
            found.append(
                {
                    "name": name,
                    "hasGold": path.with_name(f"{path.stem}{GOLD_SUFFIX}").exists(),
                    "decided": entry.decided if entry else 0,
                    "total": entry.total if entry else None,
                    "done": entry.done if entry else False,
                }
            )
        return found

    def open(self, name: str) -> Session:
        """Return the document `name`, read again where it has changed on the disk; then nothing can be taken back.

        Raises ReviewError where there is no such document, InputError where it cannot be read.
        """
        session = self._sessions.get(name)
        if session is None or session.is_stale():
            self._sessions.pop(name, None)
            session = Session(self._path(name), self.pipeline, self._progress, self._versions)
            self._sessions[name] = session
        return session

    def at_hand(self, name: str) -> Session:
        """Return the document `name` as it was opened, whatever the disk has now. Raises as `open`."""
        return self._sessions.get(name) or self.open(name)

    def _path(self, name: str) -> Path:
        path = self._paths().get(name)
        if path is None:
            raise ReviewError("document", f"there is no document {name}")
        return path
