"""`extract serve` and `extract mcp` on the command line."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import typer.testing

Command = Callable[..., typer.testing.Result]


@pytest.fixture
def running() -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Return the running command and the first two lines that it has printed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "extract", "serve"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )
    try:
        assert process.stdout
        yield process, [process.stdout.readline(), process.stdout.readline()]
    finally:
        process.kill()
        process.communicate()


def test_printed_address_opens_the_page(running: tuple[subprocess.Popen[str], list[str]]) -> None:
    found = re.search(r"http://\S+", running[1][0])
    assert found
    assert "serve.js" in httpx.get(found[0], trust_env=False).text


def test_printed_token_opens_the_json(running: tuple[subprocess.Popen[str], list[str]]) -> None:
    found = re.fullmatch(r"JSON: POST (http://\S+), Authorization: (Bearer \S+)\n", running[1][1])
    assert found
    answer = httpx.post(
        found[1], json={"text": "新增停车位350个。"}, headers={"authorization": found[2]}, trust_env=False
    )
    assert answer.json()["metrics"][0]["value"] == 350


def test_interrupt_ends_it(running: tuple[subprocess.Popen[str], list[str]]) -> None:
    running[0].send_signal(signal.SIGINT)
    assert running[0].wait(30) in (0, 130, -signal.SIGINT)


def test_taken_port_is_told(command: Command) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = command("serve", "--port", taken.getsockname()[1])
    assert done.exit_code == 1
    assert "--port" in done.stderr


@pytest.mark.parametrize(("name", "module"), [("serve", "uvicorn"), ("mcp", "mcp")])
def test_what_is_not_installed_is_told(
    command: Command, monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    real = __import__("importlib.util", fromlist=["find_spec"]).find_spec
    monkeypatch.setattr("extract.errors.find_spec", lambda wanted: None if wanted == module else real(wanted))
    done = command(name)
    assert done.exit_code == 1
    assert f"pip install 'press-metrics-extract[{name}]'" in done.stderr
