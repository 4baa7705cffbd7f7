"""The served page of `extract serve`."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import httpx
import pytest
import uvicorn

from extract.pipeline.pipeline import Pipeline
from extract.serve.app import serve_app
from extract.web.guard import Keys


@pytest.fixture
def keys(pipeline: Pipeline) -> Iterator[Keys]:
    """Return the keys of the running server."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        keys = Keys(listener.getsockname()[1], "serve")
        config = uvicorn.Config(
            serve_app(pipeline, keys, "1"), log_level="warning", access_log=False, ws="none", lifespan="off"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield keys
        server.should_exit = True
        thread.join()


@pytest.fixture
def client(keys: Keys) -> Iterator[httpx.Client]:
    """Return a program's client with the token."""
    headers = {"authorization": f"Bearer {keys.token}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{keys.port}", headers=headers, trust_env=False) as made:
        yield made
