"""`extract review`: the page on which records are corrected into gold, served on this machine alone."""

from __future__ import annotations

import socket
from contextlib import closing
from pathlib import Path

from rich.console import Console

from extract.errors import InputError, require
from extract.pipeline.pipeline import Pipeline
from extract.write.lock import FolderLock

HOST = "127.0.0.1"
_PATIENCE = 1
"""Seconds that a request which is half sent can hold up the end."""


def review_folder(folder: Path, port: int, rules: Path | None, out: Console) -> None:
    """Serve the review of `folder` on `port` of 127.0.0.1, any free one for 0, until the user interrupts it.

    Raises InputError where the folder holds no document or is under review already, the rules are wrong, or the port
    is taken.
    """
    require("review", "review", "starlette", "uvicorn")
    import uvicorn

    from extract.review.app import review_app
    from extract.review.guard import Keys
    from extract.review.store import ReviewFolder

    documents = ReviewFolder(folder, Pipeline(rules))
    lock = FolderLock(folder, "another review of this folder is open")
    with closing(lock), _listening(port) as listener:
        keys = Keys(listener.getsockname()[1])
        out.print(f"review {folder}: open {keys.address}", soft_wrap=True)
        out.print("end with Ctrl+C; everything is saved at once")
        config = uvicorn.Config(
            review_app(documents, keys),
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=_PATIENCE,
        )
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            out.print("review ended")


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise InputError(f"--port {port}", f"cannot be used: {error.strerror}", hint="leave it out") from error
    return listener
