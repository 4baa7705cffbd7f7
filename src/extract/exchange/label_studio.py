"""Writes records as tasks of Label Studio.

A record is a region: a label with the span, its kind as the label, and one item with the same id for each other
field that is not empty. Texts are kept as strings, values too, so that no digit is lost. Label Studio counts the
offsets of plain text in code points as we do; versions before 1.5 counted UTF-16 units, which
`label_studio_import` tells by the text of the regions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal
from xml.etree import ElementTree as ET

from extract.model.document import Document
from extract.model.record import BOUNDS, KINDS, STATUSES, Metric, to_row

OBJECT_NAME = "text"
"""Name of the text in the labelling configuration, and of its field in a task."""
LABEL_NAME = "kind"
CHOICES: dict[str, tuple[str, ...]] = {"bound": BOUNDS, "status": STATUSES}
TEXT_FIELDS = ("value", "value_high", "unit", "object", "predicate", "area", "period", "base", "owner")

_COLOURS = dict(zip(KINDS, ("#1f78b4", "#b2389b", "#b58900", "#33a02c"), strict=True))
_STYLE = ".htx-text { white-space: pre-wrap; }"

Role = Literal["annotations", "predictions"]
"""What records are in a task: made by hand, or by the program for a human to correct."""


def task_of(document: Document, records: Sequence[Metric], role: Role, maker: str = "") -> dict[str, Any]:
    """Return a document with its records as a task of Label Studio, to be written as JSON.

    `maker` names the program whose predictions they are.
    """
    items = [item for number, record in enumerate(records, 1) for item in _items(record, f"r{number}")]
    answer: dict[str, Any] = {"model_version": maker} if maker else {}
    return {"data": {"doc": document.name, OBJECT_NAME: document.text}, role: [{**answer, "result": items}]}


def _items(record: Metric, region: str) -> Iterator[dict[str, Any]]:
    row = to_row(record)
    place = {"start": record.start, "end": record.end}
    frame = {"id": region, "to_name": OBJECT_NAME}
    label = {**place, "text": record.text, "labels": [record.kind]}
    yield {**frame, "from_name": LABEL_NAME, "type": "labels", "value": label}
    for name in TEXT_FIELDS:
        if row[name]:
            yield {**frame, "from_name": name, "type": "textarea", "value": {**place, "text": [row[name]]}}
    for name in CHOICES:
        yield {**frame, "from_name": name, "type": "choices", "value": {**place, "choices": [row[name]]}}


def labelling_config() -> str:
    """Return the labelling configuration (XML) of a project for such tasks."""
    view = ET.Element("View")
    ET.SubElement(view, "Style").text = _STYLE
    labels = ET.SubElement(view, "Labels", name=LABEL_NAME, toName=OBJECT_NAME)
    for kind in KINDS:
        ET.SubElement(labels, "Label", value=kind, background=_COLOURS[kind])
    ET.SubElement(view, "Text", name=OBJECT_NAME, value=f"${OBJECT_NAME}", granularity="symbol")
    fields = ET.SubElement(view, "View", visibleWhen="region-selected")
    for name in (*TEXT_FIELDS, *CHOICES):
        common = {"name": name, "toName": OBJECT_NAME, "perRegion": "true"}
        ET.SubElement(fields, "Header", value=name, size="5")
        if name in CHOICES:
            choices = ET.SubElement(fields, "Choices", common, choice="single", showInline="true", required="true")
            for value in CHOICES[name]:
                ET.SubElement(choices, "Choice", value=value)
        else:
            required = {"required": "true"} if name == "value" else {}
            ET.SubElement(fields, "TextArea", common, maxSubmissions="1", editable="true", rows="1", **required)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"
