"""`extract review` on the command line."""

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
import psutil
import pytest
import typer.testing

Command = Callable[..., typer.testing.Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "稿.txt").write_text("2025年完成改造60个。", encoding="utf-8")
    return tmp_path


@pytest.fixture
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Return the running command and the address that it has printed."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from extract.cli import main; main()", "review", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )
    try:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        yield process, found[0]
    finally:
        process.kill()
        process.communicate()


def test_printed_address_opens_the_page(running: tuple[subprocess.Popen[str], str]) -> None:
    answer = httpx.get(running[1], trust_env=False)
    assert answer.status_code == 200
    assert "review.js" in answer.text


def test_address_without_its_token_is_refused(running: tuple[subprocess.Popen[str], str]) -> None:
    assert httpx.get(running[1].partition("?")[0], trust_env=False).status_code == 403


def test_server_listens_on_this_machine_alone(running: tuple[subprocess.Popen[str], str]) -> None:
    httpx.get(running[1], trust_env=False)
    listening = [
        one.laddr.ip for one in psutil.Process(running[0].pid).net_connections("inet") if one.status == "LISTEN"
    ]
    assert listening == ["127.0.0.1"]


def test_interrupt_ends_it(running: tuple[subprocess.Popen[str], str]) -> None:
    httpx.get(running[1], trust_env=False)
    running[0].send_signal(signal.SIGINT)
    assert running[0].wait(30) in (0, 130, -signal.SIGINT)


def test_folder_without_texts_is_told(command: Command, tmp_path: Path) -> None:
    done = command("review", tmp_path)
    assert done.exit_code == 1
    assert "holds no" in done.stderr


def test_taken_port_is_told(command: Command, folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = command("review", folder, "--port", taken.getsockname()[1])
    assert done.exit_code == 1
    assert "--port" in done.stderr


def test_second_review_of_a_folder_is_refused(
    running: tuple[subprocess.Popen[str], str], folder: Path, command: Command
) -> None:
    httpx.get(running[1], trust_env=False)
    result = command("review", str(folder))
    assert result.exit_code == 1
    assert "another review of this folder is open" in result.stderr
