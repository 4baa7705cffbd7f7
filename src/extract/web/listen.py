"""A server on this machine alone."""

from __future__ import annotations

import socket
from contextlib import suppress

from starlette.types import ASGIApp

from extract.errors import InputError

HOST = "127.0.0.1"
_PATIENCE = 1
"""Seconds that a request which is half sent can hold up the end."""


def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Answer by `app` what comes to `listener`, until the user interrupts it."""
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=_PATIENCE,
    )
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


def listening(port: int) -> socket.socket:
    """Return a socket that listens on `port` of 127.0.0.1, any free one for 0. Raises InputError where it is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise InputError(f"--port {port}", f"cannot be used: {error.strerror}", hint="leave it out") from error
    return listener
