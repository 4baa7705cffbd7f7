"""Nobody but the page that the user opened speaks to the server."""

from __future__ import annotations

import httpx
import pytest

from extract.web.guard import MAX_BODY, TOKEN_HEADER, Keys

ROUTES = [
    "/",
    "/static/review.js",
    "/static/review.css",
    "/api/overview",
    "/api/document?name=甲",
    "/api/suggest",
    "/x",
]


@pytest.fixture
def opened(client: httpx.Client, keys: Keys) -> httpx.Client:
    """Return a client with the cookie of the run."""
    assert client.get(f"/?token={keys.token}").status_code == 200
    return client


def accept(client: httpx.Client, keys: Keys, **headers: str) -> int:
    given = {"content-type": "application/json", TOKEN_HEADER: keys.write_token} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    version = client.get("/api/document?name=甲").json().get("version", 0)
    body = f'{{"name": "甲", "version": {version}, "key": 0}}'
    return client.post("/api/accept", content=body, headers=given).status_code


@pytest.mark.parametrize("route", ROUTES)
def test_route_without_token_is_refused(client: httpx.Client, route: str) -> None:
    assert client.get(route).status_code == 403


@pytest.mark.parametrize("route", ROUTES)
def test_route_with_a_wrong_cookie_is_refused(client: httpx.Client, keys: Keys, route: str) -> None:
    assert client.get(route, headers={"cookie": f"{keys.cookie}=falsch"}).status_code == 403


def test_wrong_token_in_the_address_is_refused(client: httpx.Client) -> None:
    assert client.get("/?token=falsch").status_code == 403


def test_token_in_the_address_opens_the_page_alone(client: httpx.Client, keys: Keys) -> None:
    assert client.get(f"/api/overview?token={keys.token}").status_code == 403


def test_cookie_of_the_page_opens_the_rest(opened: httpx.Client) -> None:
    assert opened.get("/api/overview").status_code == 200


def test_cookie_is_for_this_site_and_no_script(client: httpx.Client, keys: Keys) -> None:
    cookie = client.get(f"/?token={keys.token}").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def test_tokens_differ_from_run_to_run() -> None:
    assert len({Keys(1).token, Keys(1).token, Keys(1).write_token}) == 3


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:8123"])
def test_other_host_is_refused(opened: httpx.Client, host: str) -> None:
    assert opened.get("/api/overview", headers={"host": host}).status_code == 403


def test_page_may_write(opened: httpx.Client, keys: Keys) -> None:
    assert accept(opened, keys, origin=f"http://127.0.0.1:{keys.port}") == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:9999", "null", "https://127.0.0.1"])
def test_other_origin_may_not_write(opened: httpx.Client, keys: Keys, origin: str) -> None:
    assert accept(opened, keys, origin=origin) == 403


def test_writing_needs_the_second_token(opened: httpx.Client, keys: Keys) -> None:
    assert accept(opened, keys, x_review_token="falsch") == 403


def test_form_may_not_write(opened: httpx.Client, keys: Keys) -> None:
    assert accept(opened, keys, content_type="text/plain") == 403


def test_long_request_is_refused(opened: httpx.Client, keys: Keys) -> None:
    headers = {"content-type": "application/json", TOKEN_HEADER: keys.write_token}
    answer = opened.post("/api/accept", content=b" " * (MAX_BODY + 1), headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("route", ROUTES)
def test_no_answer_has_headers_for_other_origins(opened: httpx.Client, route: str) -> None:
    answer = opened.get(route, headers={"origin": "http://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_question_of_another_origin_before_its_request_is_refused(opened: httpx.Client) -> None:
    headers = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    assert opened.options("/api/accept", headers=headers).status_code == 403


@pytest.mark.parametrize("route", [*ROUTES, "/?token=falsch"])
def test_every_answer_forbids_foreign_content_and_frames(client: httpx.Client, route: str) -> None:
    headers = client.get(route).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
