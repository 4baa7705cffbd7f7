"""A real browser for the tests of pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def find_browser() -> str:
    """Return the path of an installed Chromium; skip, or fail where EXTRACT_REQUIRE_BROWSER says so, if none is."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None and os.environ.get("EXTRACT_REQUIRE_BROWSER"):
        pytest.fail(f"no browser: install one of {', '.join(_NAMES)}")
    if found is None:
        pytest.skip(f"no browser to test pages in: install one of {', '.join(_NAMES)}")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    path = find_browser()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield running
        running.close()
