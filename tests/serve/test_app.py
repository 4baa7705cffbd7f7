"""The server as a program asks it: texts, files, reasons, and who may ask."""

from __future__ import annotations

import csv
import io

import httpx
import jsonschema
import pytest

from extract.web.guard import TOKEN_HEADER, Keys

TEXT = "海门区今年新增停车位350个，惠及居民3.2万户。"
FILE = {"content-type": "application/octet-stream"}


def extract(client: httpx.Client, **asked: object) -> httpx.Response:
    """Return the answer to a text."""
    return client.post("/extract", json={"text": TEXT, **asked})


def test_text_gives_its_metrics(client: httpx.Client) -> None:
    answer = extract(client, published="2025-10-20", name="通稿").json()
    assert [(one["doc"], one["text"], one["value"], one["period"]) for one in answer["metrics"]] == [
        ("通稿", "350个", 350, "2025"),
        ("通稿", "3.2万户", 32000, "2025"),
    ]
    assert answer["hints"] == []


def test_undated_text_is_told_to_need_a_date(client: httpx.Client) -> None:
    assert extract(client).json()["hints"] == ["published"]


def test_area_that_is_given_counts(client: httpx.Client) -> None:
    answer = extract(client, text="全区新增停车位350个。", area="海门区").json()
    assert [one["area"] for one in answer["metrics"]] == ["海门区"]


def test_file_gives_its_text_and_metrics(client: httpx.Client) -> None:
    page = f"<html><head><title>通稿</title></head><body><p>{TEXT}</p></body></html>".encode("gb18030")
    answer = client.post("/extract/file", params={"name": "a/通稿.html"}, content=page, headers=FILE).json()
    assert (answer["doc"], answer["format"]) == ("通稿", "html")
    assert [answer["text"][one["start"] : one["end"]] for one in answer["metrics"]] == ["350个", "3.2万户"]


def test_table_can_be_asked_for(client: httpx.Client) -> None:
    answer = client.post("/extract", json={"text": TEXT}, headers={"accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["text"] for row in rows] == ["350个", "3.2万户"]


def test_sentence_of_a_figure_is_explained(client: httpx.Client) -> None:
    found = extract(client).json()
    (sentence,) = client.post("/explain", json={"id": found["id"], "at": found["metrics"][0]["start"]}).json()
    assert sentence["text"].startswith("海门区今年")
    assert len(sentence["records"]) == 2


@pytest.mark.parametrize(
    ("path", "body", "told"),
    [
        ("/extract", {"text": " "}, "text: is empty"),
        ("/extract", {"text": 5}, "text: input should be a valid string"),
        ("/extract", {}, "text: field required"),
        ("/extract", {"text": TEXT, "data": 1}, "data: extra inputs are not permitted"),
        ("/extract", {"text": TEXT, "published": "soon"}, "published: 'soon' is no date; write it as 2025-11-20"),
        ("/extract", {"text": "长" * 2_000_001}, "text: string should have at most 2000000 characters"),
        ("/explain", {"id": "nothing", "at": 0}, "id: is not known any more; extract the text again"),
    ],
    ids=["blank", "number", "missing", "extra", "date", "long", "unknown"],
)
def test_wrong_request_is_one_clear_line(client: httpx.Client, path: str, body: object, told: str) -> None:
    answer = client.post(path, json=body)
    assert (answer.status_code, answer.json()) == (422, {"error": told})


def test_what_is_no_json_is_told(client: httpx.Client) -> None:
    answer = client.post("/extract", content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert "invalid JSON" in answer.json()["error"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.docx", b"PK\x03\x04", "a.docx"),
        ("a.txt", b"", "a.txt: empty"),
        ("a.csv", b"text\n1", "a.csv: holds many texts; extract run a.csv"),
    ],
    ids=["broken", "empty", "batch"],
)
def test_file_that_cannot_be_read_is_told(client: httpx.Client, name: str, data: bytes, told: str) -> None:
    answer = client.post("/extract/file", params={"name": name}, content=data, headers=FILE)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(told)


def test_description_is_openapi_and_true(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    schemas = described["components"]["schemas"]
    for schema in schemas.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    answer = extract(client).json()
    jsonschema.validate(answer, {**schemas["Extraction"], "components": described["components"]})
    assert set(answer["metrics"][0]) == set(schemas["Metric"]["required"])


# who may ask


@pytest.mark.parametrize("headers", [{}, {"authorization": "Bearer wrong"}, {"authorization": "Basic x"}], ids=str)
def test_program_without_the_token_is_refused(keys: Keys, headers: dict[str, str]) -> None:
    url = f"http://127.0.0.1:{keys.port}/extract"
    assert httpx.post(url, json={"text": TEXT}, headers=headers, trust_env=False).status_code == 403


def test_page_opens_by_its_address_and_may_ask(keys: Keys) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{keys.port}", trust_env=False) as browser:
        assert browser.get(keys.address).status_code == 200
        assert browser.post("/extract", json={"text": TEXT}).status_code == 403
        assert browser.post("/extract", json={"text": TEXT}, headers={TOKEN_HEADER: keys.write_token}).is_success


def test_other_host_is_refused(client: httpx.Client) -> None:
    assert client.post("/extract", json={"text": TEXT}, headers={"host": "evil.example"}).status_code == 403


def test_other_type_is_refused(client: httpx.Client) -> None:
    assert client.post("/extract", content=TEXT, headers={"content-type": "text/plain"}).status_code == 403


def test_static_files_are_those_of_the_page_alone(client: httpx.Client) -> None:
    assert client.get("/static/serve.js").is_success
    assert client.get("/static/serve.html").status_code == 404
