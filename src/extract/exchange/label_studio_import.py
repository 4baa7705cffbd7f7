"""Reads what Label Studio exports (JSON) as gold."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any

import regex

from extract.errors import InputError
from extract.evaluation.gold import MOST_DIGITS, GoldDocument, RowError, is_same_text, parse_row
from extract.exchange.label_studio import CHOICES, LABEL_NAME, OBJECT_NAME, TEXT_FIELDS
from extract.model.document import Document
from extract.model.record import GOLD_COLUMNS, Metric, format_value

_MAX_NAME = 200
_UNFIT = regex.compile(r"^\.|[/\\\p{Cc}\p{Cs}]")
"""What no name of a document may hold: it becomes the name of files."""
_LABEL_STUDIO_LINE_BREAK = "\\n"
"""How Label Studio writes a line break in the text of a region."""


class _ItemError(ValueError):
    """A part of a task is not understood."""


@dataclass(slots=True)
class _Region:
    """The items of one region: its label, and its fields by name."""

    label: Mapping[str, Any] | None = None
    fields: dict[str, str] = field(default_factory=dict)


def read_tasks(path: Path) -> tuple[list[GoldDocument], list[InputError]]:
    """Return the annotated documents of an export, and a fault for each part of it that is not understood.

    A fault names the task by its number in the file, from 1, and the region; the rest of the task is kept. Of
    several annotations the last one that was not cancelled is taken, and the others are a fault. Offsets of the
    records are in code points. Raises InputError for a file that is no export at all.
    """
    try:
        tasks = json.loads(path.read_bytes(), parse_float=Decimal)
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(str(path), f"not JSON: {error}") from error
    if not isinstance(tasks, list):
        raise InputError(str(path), "no list of tasks", hint="export as JSON from Label Studio")
    documents: dict[str, GoldDocument] = {}
    faults: list[InputError] = []
    for number, task in enumerate(tasks, 1):

        def report(problem: str, place: str = f"task {number}") -> None:
            faults.append(InputError(str(path), problem, where=place))

        try:
            found = _document(task, report)
        except _ItemError as error:
            report(str(error))
            continue
        if found.name in documents:
            report(f"a second task of the document {found.name}; the first is taken")
        documents.setdefault(found.name, found)
    return list(documents.values()), faults


_Report = Callable[[str], None]


def _document(task: object, report: _Report) -> GoldDocument:
    data = task.get("data") if isinstance(task, dict) else None
    text = data.get(OBJECT_NAME) if isinstance(data, dict) else None
    if not isinstance(task, dict) or not isinstance(data, dict) or not isinstance(text, str):
        raise _ItemError(f"has no data.{OBJECT_NAME}; export as JSON, not JSON-MIN")
    if not text.strip() or regex.search(r"\p{Cs}", text):
        raise _ItemError(f"data.{OBJECT_NAME} is no text")
    document = Document(_name(task, data), text)
    records = list(_records(_annotation(task, report), document, report))
    return GoldDocument(document, tuple(sorted(records, key=lambda record: record.start)))


def _name(task: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    name = data.get("doc") or PurePath(str(task.get("file_upload") or "")).stem or f"task-{task.get('id', '')}"
    if not isinstance(name, str) or _UNFIT.search(name) or len(name.encode()) > _MAX_NAME:
        raise _ItemError(f"data.doc {name!r} cannot be the name of a file")
    return name


def _annotation(task: Mapping[str, Any], report: _Report) -> list[Any]:
    """Return the items of the annotation to take."""
    given = task.get("annotations")
    annotations = [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []
    kept = [one for one in annotations if not one.get("was_cancelled")]
    if not kept:
        raise _ItemError("has no annotation" + ("; its predictions are no gold" if task.get("predictions") else ""))
    if len(kept) > 1:
        report(f"has {len(kept)} annotations; the last is taken")
    items = kept[-1].get("result")
    if not isinstance(items, list):
        raise _ItemError("its annotation has no result")
    return items


def _records(items: list[Any], document: Document, report: _Report) -> Iterator[Metric]:
    regions: dict[str, _Region] = {}
    for item in items:
        try:
            _take(item, regions)
        except _ItemError as error:
            report(f"{_item_name(item)}: {error}")
    place = _code_points(regions, document.text)
    for name, region in regions.items():
        if region.label is None:
            report(f"region {name}: has no label {LABEL_NAME}")
            continue
        try:
            yield _record(region.label, region.fields, document, place)
        except (_ItemError, RowError) as error:
            report(f"region {name}: {error}")


def _item_name(item: object) -> str:
    return f"region {item['id']}" if isinstance(item, dict) and "id" in item else "an item"


def _take(item: object, regions: dict[str, _Region]) -> None:
    """Put an item of a result to its region. Raises _ItemError where it is not one of ours."""
    if not isinstance(item, dict) or not isinstance(item.get("value"), dict):
        raise _ItemError("is no item with a value")
    name, kind, value = item.get("from_name"), item.get("type"), item["value"]
    region = regions.get(str(item.get("id"))) or _Region()
    if name == LABEL_NAME and kind == "labels" and region.label is None:
        region.label = value
    elif name in CHOICES and kind == "choices":
        region.fields[name] = _only(value.get("choices"), name)
    elif name in TEXT_FIELDS and kind == "textarea":
        region.fields[name] = _only(value.get("text"), name)
    elif name in TEXT_FIELDS and kind == "number":
        region.fields[name] = _digits(value.get("number"), name)
    else:
        raise _ItemError(f"{name} of type {kind} is not understood")
    regions[str(item.get("id"))] = region


def _only(given: object, name: str) -> str:
    """Return the one string of a list, or a string itself."""
    values = given if isinstance(given, list) else [given]
    if len(values) != 1 or not isinstance(values[0], str) or regex.search(r"\p{Cs}", values[0]):
        raise _ItemError(f"{name} {given!r} is not one text")
    return values[0]


def _digits(given: object, name: str) -> str:
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise _ItemError(f"{name} {given!r} is no number")
    number = Decimal(given)
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise _ItemError(f"{name} {given!r} is no number of a record")
    return format_value(number)


def _record(label: Mapping[str, Any], fields: dict[str, str], document: Document, place: _Place) -> Metric:
    start, end = place(_offset(label, "start")), place(_offset(label, "end"))
    there = document.text[start:end]
    told = label.get("text")
    if isinstance(told, str) and told and not _fits(told, there):
        raise _ItemError(f"its text is {told!r}, but the task has {there!r} at {start}–{end}")
    row = dict.fromkeys(GOLD_COLUMNS, "") | fields
    row |= {"start": str(start), "end": str(end), "kind": _only(label.get("labels"), LABEL_NAME)}
    row["text"] = told if isinstance(told, str) and is_same_text(told, there) else there
    return parse_row(row, document.name, document.text)


def _offset(label: Mapping[str, Any], name: str) -> int:
    given = label.get(name)
    if isinstance(given, bool) or not regex.fullmatch(r"[0-9]{1,12}", str(given)):
        raise _ItemError(f"{name} {given!r} is no offset")
    return int(str(given))


_Place = Callable[[int], int]


def _code_points(regions: Mapping[str, _Region], text: str) -> _Place:
    """Return what gives the code point offset for an offset of the export.

    That is itself, unless the texts of the regions only fit where UTF-16 units are counted.
    """
    units = _utf16_offsets(text)
    if len(text) in units and units[len(text)] == len(text):
        return _itself

    def from_units(offset: int) -> int:
        return units.get(offset, len(text) + 1)

    labels = [region.label for region in regions.values() if region.label and region.label.get("text")]
    return from_units if not _all_fit(labels, text, _itself) and _all_fit(labels, text, from_units) else _itself


def _itself(offset: int) -> int:
    return offset


def _utf16_offsets(text: str) -> dict[int, int]:
    """Return the code point offset by the offset in UTF-16 units, for the start of each character and the end."""
    offsets: dict[int, int] = {}
    unit = 0
    for place, char in enumerate(text):
        offsets[unit] = place
        unit += 1 + (char > "\uffff")
    return offsets | {unit: len(text)}


def _all_fit(labels: list[Mapping[str, Any]], text: str, place: _Place) -> bool:
    try:
        return all(
            _fits(str(label["text"]), text[place(_offset(label, "start")) : place(_offset(label, "end"))])
            for label in labels
        )
    except _ItemError:
        return False


def _fits(told: str, there: str) -> bool:
    return is_same_text(told, there) or is_same_text(told.replace(_LABEL_STUDIO_LINE_BREAK, ""), there)
