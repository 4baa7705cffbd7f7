"""What the server answers to the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from extract.web.guard import TOKEN_HEADER, Keys


@pytest.fixture
def client(client: httpx.Client, keys: Keys) -> httpx.Client:
    """Return a client that has opened the address and may write."""
    client.get(f"/?token={keys.token}")
    client.headers[TOKEN_HEADER] = keys.write_token
    return client


def opened(client: httpx.Client) -> dict[str, Any]:
    view: dict[str, Any] = client.get("/api/document", params={"name": "甲"}).json()
    return view


@pytest.mark.parametrize(
    "body",
    ["{", "[]", "7", "{}", '{"name": 1}', '{"name": "甲"}', '{"name": "甲", "version": true}', '{"name": "\\ud800"}'],
)
def test_request_that_is_no_decision_is_refused(client: httpx.Client, body: str) -> None:
    answer = client.post("/api/accept", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (422, "request")


def test_unknown_decision_is_refused(client: httpx.Client) -> None:
    answer = client.post("/api/burn", json={"name": "甲", "version": opened(client)["version"]})
    assert answer.json()["error"] == "request"


def test_decision_on_an_older_state_is_a_conflict(client: httpx.Client) -> None:
    version = opened(client)["version"]
    client.post("/api/accept-rest", json={"name": "甲", "version": version})
    answer = client.post("/api/reject", json={"name": "甲", "version": version, "key": 0})
    assert (answer.status_code, answer.json()["error"]) == (409, "stale")


def test_wrong_field_is_named(client: httpx.Client) -> None:
    body = {"name": "甲", "version": opened(client)["version"], "key": 0, "fields": {"value": "许多"}}
    answer = client.post("/api/edit", json=body)
    assert (answer.status_code, answer.json()["column"]) == (422, "value")


def test_unreadable_gold_is_told(client: httpx.Client, folder: Path) -> None:
    (folder / "甲.gold.csv").write_bytes(b"a,b\n")
    answer = client.get("/api/document", params={"name": "甲"})
    assert (answer.status_code, answer.json()["error"]) == (422, "input")


@pytest.mark.parametrize("span", [("x", "3"), ("-1", "3"), ("1", "")])
def test_suggestion_needs_offsets(client: httpx.Client, span: tuple[str, str]) -> None:
    answer = client.get("/api/suggest", params={"name": "甲", "start": span[0], "end": span[1]})
    assert answer.json()["error"] == "request"


@pytest.mark.parametrize("name", ["app.py", "..%2fapp.py", "review.html", ""])
def test_only_files_of_the_page_are_served(client: httpx.Client, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_every_file_of_the_page_is_served(client: httpx.Client) -> None:
    static = Path(__file__).parents[2] / "src/extract/review/static"
    for path in static.iterdir():
        if path.name != "review.html":
            assert client.get(f"/static/{path.name}").status_code == 200


def test_span_of_a_record_can_be_changed(client: httpx.Client, folder: Path) -> None:
    found = client.get("/api/document?name=甲").json()
    first = found["records"][0]
    body = {"name": "甲", "version": found["version"], "key": first["key"], "start": int(first["start"]) - 4}
    answer = client.post("/api/respan", json=body | {"end": int(first["end"])})
    changed = next(one for one in answer.json()["records"] if one["key"] == first["key"])
    assert (changed["text"], changed["state"]) == (f"小区改造{first['text']}", "accepted")
    assert f"小区改造{first['text']}" in (folder / "甲.gold.csv").read_text("utf-8-sig")


def test_span_of_another_record_is_refused(client: httpx.Client) -> None:
    found = client.get("/api/document?name=甲").json()
    one, other = found["records"][:2]
    body = {"name": "甲", "version": found["version"], "key": one["key"]}
    answer = client.post("/api/respan", json=body | {"start": int(other["start"]), "end": int(other["end"])})
    assert (answer.status_code, answer.json()["error"]) == (422, "span")


def test_sentence_of_a_record_is_explained(client: httpx.Client) -> None:
    record = client.get("/api/document?name=甲").json()["records"][0]
    (sentence,) = client.get(f"/api/why?name=甲&at={record['start']}").json()
    assert record["text"] in sentence["text"]
    assert sentence["records"][0]["candidates"]


def test_offset_of_thousands_of_digits_is_none(client: httpx.Client) -> None:
    answer = client.get("/api/suggest", params={"name": "甲", "start": "0", "end": "9" * 5000})
    assert answer.status_code == 422
