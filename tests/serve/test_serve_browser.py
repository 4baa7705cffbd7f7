"""The page of `extract serve` in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import pale_words
from playwright.sync_api import Browser, BrowserContext, Page, expect

from extract.web.guard import Keys

TEXT = "𠮷林片区😀2024年新增停车位350个，<script>alert(1)</script>计划新建公厕8座。"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser window."""
    made = browser.new_context(viewport={"width": 1400, "height": 900}, accept_downloads=True)
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, keys: Keys) -> Iterator[Page]:
    """Return the open page; nothing may be said in dialogs, fail in scripts or be asked of another host."""
    opened = context.new_page()
    told: list[str] = []
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    host = f"http://127.0.0.1:{keys.port}/"
    opened.on("request", lambda request: None if request.url.startswith((host, "blob:")) else told.append(request.url))
    opened.goto(keys.address)
    yield opened
    assert told == []


def extract(page: Page, text: str = TEXT) -> None:
    """Paste a text and have it extracted."""
    page.fill("#text", text)
    page.click("#asked button.main")
    expect(page.locator("#result")).to_be_visible()


def test_figures_of_the_text_are_marked_in_their_places(page: Page) -> None:
    extract(page)
    expect(page.locator("#marked mark")).to_have_text(["350个", "8座"])
    assert page.locator("#marked").inner_text() == TEXT
    assert "planned" in (page.locator("#marked mark").nth(1).get_attribute("class") or "")


def test_table_has_a_row_for_each_figure(page: Page) -> None:
    extract(page)
    expect(page.locator("#records tbody tr")).to_have_count(2)
    expect(page.locator("#count")).to_have_text("2 条")
    expect(page.locator("#records tbody tr").first).to_contain_text("停车位")


def test_figure_shows_its_record_and_why(page: Page) -> None:
    extract(page)
    page.locator("#marked mark").first.click()
    card = page.locator("#card")
    expect(card).to_contain_text("停车位")
    expect(page.locator("#marked .told").first).to_be_visible()
    card.get_by_role("button", name="为什么？").click()
    expect(card).to_contain_text("对象的候选")


def test_figure_can_be_reached_and_opened_by_keys(page: Page) -> None:
    extract(page)
    page.locator("#marked mark").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#card")).to_contain_text("公厕")
    expect(page.locator("#marked mark").nth(1)).to_be_focused()


def test_missing_date_is_asked_for(page: Page) -> None:
    extract(page, "海门区今年新增停车位350个。")
    expect(page.locator("#message")).to_contain_text("请填写发布日期")
    page.fill("#published", "2024-05-06")
    page.click("#asked button.main")
    expect(page.locator("#message")).to_have_text("")
    expect(page.locator("#records tbody tr").first).to_contain_text("2024")


def test_wrong_date_is_told(page: Page) -> None:
    page.fill("#published", "soon")
    page.fill("#text", TEXT)
    page.click("#asked button.main")
    expect(page.locator("#message.wrong")).to_contain_text("is no date")


def test_file_is_read(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "通稿.txt"
    path.write_bytes("海门区2024年新增停车位350个。".encode("gb18030"))
    page.set_input_files("#file", path)
    expect(page.locator("#marked mark")).to_have_text(["350个"])
    expect(page.locator("#text")).to_have_value("海门区2024年新增停车位350个。")


def test_table_is_downloaded(page: Page) -> None:
    extract(page)
    for button, head in (("#csv", "doc,start,end"), ("#json", "[")):
        with page.expect_download() as download:
            page.click(button)
        assert Path(download.value.path()).read_text("utf-8-sig").startswith(head)


def test_downloaded_json_has_the_metrics(page: Page) -> None:
    extract(page)
    with page.expect_download() as download:
        page.click("#json")
    assert [one["value"] for one in json.loads(Path(download.value.path()).read_text("utf-8"))] == [350, 8]


def test_table_is_copied(page: Page, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    extract(page)
    page.click("#copy")
    expect(page.locator("#message")).to_have_text("已复制。")
    lines = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert [line.split("\t")[0] for line in lines] == ["text", "350个", "8座"]


def test_page_speaks_english(page: Page) -> None:
    page.click("#sample")
    expect(page.locator("#marked mark")).to_have_count(5)
    page.click("#language")
    expect(page.locator("h1")).to_have_text("Metrics of press releases")
    expect(page.locator("#count")).to_have_text("5 records")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.click("#sample")
    page.locator("#marked mark").first.click()
    expect(page.locator("#card dl")).to_be_visible()
    assert pale_words(page) == []


def test_page_fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.click("#sample")
    expect(page.locator("#result")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
