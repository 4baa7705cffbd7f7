"""What the server is asked, checked, and its description as OpenAPI."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extract.errors import InputError
from extract.model.record import BOUNDS, COLUMNS, KINDS, STATUSES

MOST_CHARACTERS = 2_000_000

_Asked = TypeVar("_Asked", bound=BaseModel)


class TextAsked(BaseModel):
    """A text to extract."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=MOST_CHARACTERS, description="The text, with title and date lines if there are any.")
    name: str = Field("", max_length=200, description="Name of the document in the records.")
    published: str = Field("", max_length=40, description="Date of publication, 2025-11-20, before what the text says.")
    area: str = Field("", max_length=100, description="Full name of the area that the text is about.")
    issuer: str = Field("", max_length=100, description="Office that put the text out.")


class ExplanationAsked(BaseModel):
    """A place in a text that was extracted, to be explained."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(max_length=100, description="The id that the answer to the text had.")
    at: int = Field(ge=0, description="Offset of a character of the sentence.")


def checked(model: type[_Asked], body: bytes) -> _Asked:
    """Return what a request asks. Raises InputError, which names the field, for anything else."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"])) or "the request"
        raise InputError(field, first["msg"][0].lower() + first["msg"][1:]) from error


def openapi(version: str) -> dict[str, Any]:
    """Return the description of the server as OpenAPI 3.1."""
    given = [
        {"name": name, "in": "query", "schema": {"type": "string"}, "description": field.description}
        for name, field in TextAsked.model_fields.items()
        if name != "text"
    ]
    file = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "press-metrics-extract", "version": version, "description": _ABOUT},
        "security": [{"token": []}],
        "paths": {
            "/extract": {"post": _operation("Extract a text", _json("TextAsked"), _EXTRACTED)},
            "/extract/file": {"post": {"parameters": given, **_operation("Extract a file", file, _EXTRACTED)}},
            "/explain": {"post": _operation("Explain a sentence", _json("ExplanationAsked"), _EXPLAINED)},
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "TextAsked": TextAsked.model_json_schema(),
                "ExplanationAsked": ExplanationAsked.model_json_schema(),
                "Extraction": _EXTRACTION,
                "Metric": _METRIC,
                "Article": _ARTICLE,
                "Fault": _FAULT,
            },
        },
    }


def _operation(summary: str, body: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    fault = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}}
    return {
        "summary": summary,
        "operationId": summary.lower().replace(" ", "_").replace("_a_", "_"),
        "requestBody": {"required": True, **body},
        "responses": {
            "200": {"description": "What was found", "content": answer},
            "403": {"description": "The token is missing, or the request is too long"},
            "422": {"description": "What is asked cannot be read", **fault},
        },
    }


def _json(name: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


_ABOUT = "Figures of Chinese press releases as records. The token is printed by `extract serve`."
_STRING: dict[str, Any] = {"type": "string"}
_INTEGER: dict[str, Any] = {"type": "integer"}
_COLUMN_TYPES: dict[str, dict[str, Any]] = {
    "start": {**_INTEGER, "description": "First character, from 0, in code points"},
    "end": {**_INTEGER, "description": "Behind the last character"},
    "value": {"type": "number", "description": "With 十百千万亿 applied"},
    "value_high": {"type": ["number", "null"], "description": "Upper end of a range"},
    "bound": {"enum": list(BOUNDS)},
    "kind": {"enum": list(KINDS)},
    "status": {"enum": list(STATUSES)},
    "period": {**_STRING, "description": "ISO 8601 date, part of a date or interval"},
    "article": _INTEGER,
    "rules": {"type": "array", "items": _STRING},
    "evidence": {"type": "array", "items": {"type": "object"}},
}
_METRIC = {
    "type": "object",
    "required": list(COLUMNS),
    "properties": {name: _COLUMN_TYPES.get(name, {}) for name in COLUMNS},
}
_ARTICLE = {
    "type": "object",
    "properties": {"number": _INTEGER, **dict.fromkeys(("title", "published", "source", "area"), _STRING)},
}
_FAULT = {"type": "object", "required": ["error"], "properties": {"error": _STRING}}
_EXTRACTION = {
    "type": "object",
    "required": ["id", "doc", "format", "text", "articles", "metrics", "hints"],
    "properties": {
        **dict.fromkeys(("id", "doc", "format", "text"), _STRING),
        "articles": {"type": "array", "items": {"$ref": "#/components/schemas/Article"}},
        "metrics": {"type": "array", "items": {"$ref": "#/components/schemas/Metric"}},
        "hints": {"type": "array", "items": {"enum": ["published", "area"]}},
    },
}
_EXTRACTED = {
    "application/json": {"schema": {"$ref": "#/components/schemas/Extraction"}},
    "text/csv": {"schema": {**_STRING, "description": "The metrics, if `Accept` asks for it"}},
}
_EXPLAINED = {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}}
