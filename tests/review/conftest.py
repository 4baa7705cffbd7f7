"""A folder under review, and the server and page of it."""

from __future__ import annotations

import csv
import io
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from extract.pipeline.pipeline import Pipeline
from extract.review.app import review_app
from extract.review.store import ReviewFolder
from extract.web.guard import Keys

TEXT = "2025年，海州区完成老旧小区改造60个，惠及居民3.2万户，新增停车位5000个。"
HOSTILE = "𠮷林片区😀完成改造60个，<script>alert(1)</script>惠及居民3.2万户。\r\n=cmd|calc，新增停车位3,000个。\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two texts without gold, one of them hostile and with CR LF."""
    made = tmp_path / "稿件"
    made.mkdir()
    (made / "甲.txt").write_bytes(TEXT.encode())
    (made / "=乙.txt").write_bytes(HOSTILE.encode())
    return made


@pytest.fixture
def keys(folder: Path, pipeline: Pipeline) -> Iterator[Keys]:
    """Return the keys of the served review of the folder."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        keys = Keys(listener.getsockname()[1])
        app = review_app(ReviewFolder(folder, pipeline), keys)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield keys
        server.should_exit = True
        thread.join()


@pytest.fixture
def client(keys: Keys) -> Iterator[httpx.Client]:
    """Return a client that has not opened the address."""
    with httpx.Client(base_url=keys.address.partition("/?")[0], trust_env=False) as made:
        yield made


@pytest.fixture
def page(browser: Browser, keys: Keys) -> Iterator[Page]:
    """Return the open page; nothing may be said in dialogs, fail in scripts or be asked of another host."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(10_000)
    opened = context.new_page()
    host = keys.address.partition("/?")[0]
    told: list[str] = []
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    opened.on("request", lambda request: None if request.url.startswith(host) else told.append(request.url))
    opened.goto(keys.address + "#甲")
    opened.locator(".record").first.wait_for()
    yield opened
    context.close()
    assert told == []


Rows = Callable[[str], list[dict[str, str]]]


@pytest.fixture
def gold(folder: Path) -> Rows:
    """Return a function that gives the rows of a gold file of the folder."""

    def read(name: str) -> list[dict[str, str]]:
        content = (folder / f"{name}.gold.csv").read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(content, newline="")))

    return read
