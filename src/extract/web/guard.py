"""Lets nobody but the page that the user opened speak to the server.

It listens on 127.0.0.1 alone, but other pages in the same browser and other users of the machine reach that too.
So every request must name this host (no name that an attacker's DNS turns into 127.0.0.1) and bring the token of
the run, in the address once and then in a cookie that no other site's request carries; what writes must bring a
second token from the page in a header. Where it is allowed, a program may bring the token as a bearer instead.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "x-review-token"
MAX_BODY = 100_000
"""Bytes that a request may have."""
_DIGITS = 12
"""No length has so many."""

_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True)
class Keys:
    """The secrets of a run on a port: `token` opens it, `write_token` stands in the page for writing requests.

    `name` is that of the command.
    """

    port: int
    name: str = "review"
    token: str = field(default_factory=secrets.token_urlsafe)
    write_token: str = field(default_factory=secrets.token_urlsafe)

    @property
    def hosts(self) -> tuple[str, ...]:
        """What the Host header may say."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    @property
    def cookie(self) -> str:
        """Name of the cookie; browsers do not tell ports apart."""
        return f"extract-{self.name}-{self.port}"

    @property
    def address(self) -> str:
        """What the user opens."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"


class Guard:
    """An ASGI middleware that refuses (403) what does not hold the `keys`, and sets safe headers on every answer.

    What is sent may have `most` bytes and be of the content `types`; with `for_programs` a request that brings the
    token in the header Authorization needs nothing else.
    """

    def __init__(
        self,
        app: ASGIApp,
        keys: Keys,
        most: int = MAX_BODY,
        types: tuple[str, ...] = ("application/json",),
        for_programs: bool = False,
    ) -> None:
        self._app = app
        self._keys = keys
        self._most = most
        self._types = types
        self._for_programs = for_programs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http":
            return
        fresh = self._is_fresh(scope)

        async def send_safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                if fresh and message["status"] == 200:
                    cookie = f"{self._keys.cookie}={self._keys.token}; Path=/; HttpOnly; SameSite=Strict"
                    headers.append("set-cookie", cookie)
            await send(message)

        problem = self._problem(scope, fresh)
        if problem:
            answer = PlainTextResponse(f"{problem}\n", 403)
            await answer(scope, receive, send_safe)
            return
        await self._app(scope, receive, send_safe)

    def _is_fresh(self, scope: Scope) -> bool:
        """Tell whether the request brings the token in its address."""
        if scope["path"] != "/" or scope["method"] != "GET":
            return False
        return self._opens(parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0])

    def _problem(self, scope: Scope, fresh: bool) -> str:
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self._keys.hosts]:
            return "This server answers to 127.0.0.1 only."
        is_program = self._for_programs and self._is_bearer(headers.get("authorization", ""))
        if not (fresh or is_program or self._opens(_cookie(headers, self._keys.cookie))):
            command = f"extract {self._keys.name}"
            return f"Open the address that `{command}` printed. 请打开 {command} 打印的完整网址。"
        if scope["method"] in ("GET", "HEAD"):
            return ""
        if headers.get("origin", f"http://{headers['host']}") != f"http://{headers['host']}":
            return "Only the page itself may write."
        is_page = secrets.compare_digest(headers.get(TOKEN_HEADER, "").encode(), self._keys.write_token.encode())
        if not (is_page or is_program):
            return "The token for writing is missing."
        if headers.get("content-type", "").partition(";")[0] not in self._types:
            return f"A request must be of the type {' or '.join(self._types)}."
        length = headers.get("content-length", "")
        return (
            "" if length.isdecimal() and len(length) < 12 and int(length) <= self._most else "The request is too long."
        )

    def _is_bearer(self, authorization: str) -> bool:
        scheme, _, token = authorization.partition(" ")
        return scheme.lower() == "bearer" and self._opens(token.strip())

    def _opens(self, token: str) -> bool:
        return secrets.compare_digest(token.encode(), self._keys.token.encode())


def _cookie(headers: Headers, name: str) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
