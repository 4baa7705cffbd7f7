"""The web application: what the page asks for, and each decision it sends."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from extract.errors import InputError
from extract.model.record import BOUNDS, KINDS, STATUSES
from extract.pipeline.explain import explained, to_json
from extract.review.state import EDITABLE, Desk, ReviewError, State
from extract.review.store import ReviewFolder, Session
from extract.review.suggest import suggestions
from extract.review.view import session_view
from extract.web.guard import Guard, Keys

_STATIC = files("extract.review") / "static"
_TYPES = {
    "review.css": "text/css",
    "review.js": "text/javascript",
    "cards.js": "text/javascript",
    "dom.js": "text/javascript",
    "server.js": "text/javascript",
    "text.js": "text/javascript",
    "words.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_DIGITS = 12
"""No offset has more."""
_STALE = ("stale", "disk")

Endpoint = Callable[[Request], Awaitable[Response]]
Decision = Callable[[Desk, State, Mapping[str, Any]], State]

_DECISIONS: dict[str, Decision] = {
    "accept": lambda desk, state, body: desk.accept(state, _number(body, "key")),
    "accept-rest": lambda desk, state, _: desk.accept_rest(state),
    "reject": lambda desk, state, body: desk.reject(state, _number(body, "key")),
    "edit": lambda desk, state, body: desk.edit(state, _number(body, "key"), _fields(body)),
    "respan": lambda desk, state, body: desk.respan(
        state, _number(body, "key"), _number(body, "start"), _number(body, "end")
    ),
    "add": lambda desk, state, body: desk.add(state, _number(body, "start"), _number(body, "end"), _fields(body)),
    "finish": lambda desk, state, _: desk.finish(state),
    "reopen": lambda desk, state, _: desk.reopen(state),
}


def review_app(folder: ReviewFolder, keys: Keys) -> Starlette:
    """Return the application for `folder`, open to who holds the `keys`.

    Requests are answered one after the other: a decision is saved before the next one is looked at.
    """

    def told(endpoint: Endpoint) -> Endpoint:
        async def answer(request: Request) -> Response:
            try:
                return await endpoint(request)
            except ReviewError as error:
                content = {"error": error.code, "detail": error.detail, "column": error.column}
                return JSONResponse(content, 409 if error.code in _STALE else 422)
            except InputError as error:
                return JSONResponse({"error": "input", "detail": str(error), "column": ""}, 422)

        return answer

    async def page(_: Request) -> Response:
        html = (_STATIC / "review.html").read_text(encoding="utf-8")
        return Response(html.replace("{write_token}", keys.write_token), media_type="text/html")

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _TYPES:
            return Response(status_code=404)
        return Response((_STATIC / name).read_bytes(), media_type=_TYPES[name])

    async def overview(_: Request) -> Response:
        words = {"kind": KINDS, "bound": BOUNDS, "status": STATUSES}
        return JSONResponse({"documents": folder.overview(), "words": words, "fields": EDITABLE})

    async def document(request: Request) -> Response:
        return JSONResponse(session_view(folder.open(request.query_params.get("name", ""))))

    async def suggest(request: Request) -> Response:
        query = request.query_params
        session = folder.at_hand(query.get("name", ""))
        start, end = _offset(query.get("start", "")), _offset(query.get("end", ""))
        found = suggestions(folder.pipeline, session.document, session.metrics, start, end)
        return JSONResponse([{"source": one.source, **one.row} for one in found])

    async def why(request: Request) -> Response:
        query = request.query_params
        session = folder.at_hand(query.get("name", ""))
        found = explained(folder.pipeline, session.document, _offset(query.get("at", "")))
        return JSONResponse(to_json(found))

    async def decide(request: Request) -> Response:
        body = await _body(request)
        session = folder.at_hand(_text(body, "name"))
        _act(session, request.path_params["action"], body)
        return JSONResponse(session_view(session))

    routes = [
        Route("/", told(page)),
        Route("/static/{name}", told(static)),
        Route("/api/overview", told(overview)),
        Route("/api/document", told(document)),
        Route("/api/suggest", told(suggest)),
        Route("/api/why", told(why)),
        Route("/api/{action}", told(decide), methods=["POST"]),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard, keys=keys)])


def _act(session: Session, action: str, body: Mapping[str, Any]) -> None:
    version = _number(body, "version")
    if action == "undo":
        session.undo(version)
    elif action == "redo":
        session.redo(version)
    elif action in _DECISIONS:
        decision = _DECISIONS[action]
        session.decide(version, lambda desk, state: decision(desk, state, body))
    else:
        raise ReviewError("request", f"there is nothing like {action}")


async def _body(request: Request) -> Mapping[str, Any]:
    try:
        body = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise ReviewError("request", "the request is no JSON") from error
    if not isinstance(body, dict):
        raise ReviewError("request", "the request is no object")
    return body


def _number(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ReviewError("request", f"{name} is no number")
    return value


def _offset(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) <= _DIGITS):
        raise ReviewError("request", f"{value!r} is no offset")
    return int(value)


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or any("\ud800" <= char <= "\udfff" for char in value):
        raise ReviewError("request", f"{name!r} is no text")
    return value


def _fields(body: Mapping[str, Any]) -> dict[str, str]:
    fields = body.get("fields")
    if not isinstance(fields, dict):
        raise ReviewError("request", "fields is no object")
    return {str(name): _text(fields, name) for name in fields}
