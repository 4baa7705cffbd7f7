"""The web application: texts and files in, records and their reasons out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from extract.errors import InputError
from extract.model.document import Document
from extract.model.extraction import Extraction
from extract.model.record import COLUMNS, to_row
from extract.pipeline.pipeline import Pipeline
from extract.read import is_batch, parse_document
from extract.serve.answers import Desk, answer, as_date, file_name, given_document
from extract.serve.asked import MOST_CHARACTERS, ExplanationAsked, TextAsked, checked, openapi
from extract.web.guard import Guard, Keys
from extract.write import csv_head, csv_rows

_STATIC = files("extract.serve") / "static"
_TYPES = {"serve.css": "text/css", "serve.js": "text/javascript", "icon.svg": "image/svg+xml"}
_MOST_BYTES = 20_000_000
_ACCEPTED = ("application/json", "application/octet-stream")

_Endpoint = Callable[[Request], Awaitable[Response]]


def serve_app(pipeline: Pipeline, keys: Keys, version: str) -> Starlette:
    """Return the application, open to who holds the `keys`: the page, and programs by the token as a bearer.

    `version` is that of the program.
    """
    desk = Desk(pipeline)

    def told(endpoint: _Endpoint) -> _Endpoint:
        async def answered(request: Request) -> Response:
            try:
                return await endpoint(request)
            except InputError as fault:
                return JSONResponse({"error": str(fault)}, 422)

        return answered

    async def page(_: Request) -> Response:
        html = (_STATIC / "serve.html").read_text(encoding="utf-8")
        return Response(html.replace("{write_token}", keys.write_token), media_type="text/html")

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _TYPES:
            return Response(status_code=404)
        return Response((_STATIC / name).read_bytes(), media_type=_TYPES[name])

    async def described(_: Request) -> Response:
        return JSONResponse(openapi(version))

    async def extract_text(request: Request) -> Response:
        asked = checked(TextAsked, await request.body())
        document = given_document(asked.text, asked.name, asked.published, asked.area, asked.issuer)
        return await found(request, document)

    async def extract_file(request: Request) -> Response:
        data, query = await request.body(), request.query_params
        document = await run_in_threadpool(_parsed, file_name(query), data, query.get("published", ""))
        given = {name: query.get(name, "").strip() for name in ("area", "issuer")}
        return await found(request, _with(document, **given))

    async def found(request: Request, document: Document) -> Response:
        key, extraction = await run_in_threadpool(desk.extract, document)
        if "text/csv" in request.headers.get("accept", ""):
            return Response(_csv(extraction), media_type="text/csv")
        return JSONResponse(answer(key, extraction))

    async def explain(request: Request) -> Response:
        asked = checked(ExplanationAsked, await request.body())
        return JSONResponse(await run_in_threadpool(desk.explain, asked.id, asked.at))

    routes = [
        Route("/", told(page)),
        Route("/static/{name}", told(static)),
        Route("/openapi.json", told(described)),
        Route("/extract", told(extract_text), methods=["POST"]),
        Route("/extract/file", told(extract_file), methods=["POST"]),
        Route("/explain", told(explain), methods=["POST"]),
    ]
    guard = Middleware(Guard, keys=keys, most=_MOST_BYTES, types=_ACCEPTED, for_programs=True)
    return Starlette(routes=routes, middleware=[guard])


def _parsed(name: str, data: bytes, published: str) -> Document:
    path = Path(name)
    if is_batch(path):
        raise InputError(name, "holds many texts", hint=f"extract run {name}")
    return parse_document(path, data, as_date(published), MOST_CHARACTERS)


def _with(document: Document, **given: Any) -> Document:
    return replace(document, **{name: value for name, value in given.items() if value})


def _csv(extraction: Extraction) -> bytes:
    return csv_head(COLUMNS) + (csv_rows(map(to_row, extraction.metrics), COLUMNS) if extraction.metrics else b"")
