"""The page of a report in a real browser."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Literal

import pytest
from browser import pale_words
from playwright.sync_api import Browser, Page, expect

from extract.model.document import Document
from extract.model.record import COLUMNS
from extract.pipeline.pipeline import Pipeline
from extract.read import read_document
from extract.report import Report
from extract.write import write_csv

CORPUS = Path(__file__).parents[2] / "corpus"
HOSTILE = (
    '全区<script>alert(1)</script>完成改造60个，<img src=x onerror="alert(2)">惠及居民3.2万户。\n=1+1号楼改造45个。'
)


def documents() -> list[Document]:
    paths = [
        path for path in sorted(CORPUS.glob("*.txt")) if path.stem.startswith(("education", "culture", "district"))
    ]
    return [*(read_document(path, "") for path in paths), Document("=坏", HOSTILE, "2025-11-20")]


@pytest.fixture(scope="module")
def metrics_csv(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the table that a run over the same documents writes."""
    target = tmp_path_factory.mktemp("table") / "metrics.csv"
    write_csv((metric for document in documents() for metric in pipeline.metrics(document)), target)
    return target.read_bytes()


@pytest.fixture(scope="module")
def report(pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of some releases and a hostile one."""
    made = Report()
    for document in documents():
        made.add(pipeline.extract(document))
    target = tmp_path_factory.mktemp("report") / "report.html"
    made.write(target)
    return target


@pytest.fixture
def page(browser: Browser, report: Path) -> Iterator[Page]:
    """Return the open page; nothing may be fetched, said in dialogs or complained of."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, accept_downloads=True)
    opened = context.new_page()
    told: list[str] = []
    opened.on("console", lambda message: told.append(message.text))
    opened.on("pageerror", lambda error: told.append(str(error)))
    opened.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    opened.on("request", lambda request: told.append(request.url) if request.url != report.as_uri() else None)
    opened.goto(report.as_uri())
    yield opened
    context.close()
    assert [words for words in told if not words.startswith("blob:")] == []


def number(shown: str) -> float:
    digits = shown.strip("≈≥≤").split("–")[0].replace(",", "").replace("−", "-")
    scale = {"万": 10**4, "亿": 10**8}.get(digits[-1], 1)
    return float(digits.rstrip("万亿")) * scale


def rows(page: Page) -> list[list[str]]:
    """Return the cells of the table, all pages of it."""
    found: list[list[str]] = []
    while True:
        found += page.eval_on_selector_all(
            "#records tbody tr", "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
        )
        if not page.locator("#next").is_visible() or page.locator("#next").is_disabled():
            break
        page.locator("#next").click()
    while page.locator("#before").is_visible() and page.locator("#before").is_enabled():
        page.locator("#before").click()
    return found


def column(page: Page, name: str) -> list[str]:
    place = page.eval_on_selector_all("#records th", "heads => heads.map(head => head.dataset.name)").index(name)
    return [row[place] for row in rows(page)]


def by_unit(page: Page) -> list[list[float]]:
    """Return the values of the table in its order, those of one unit together."""
    pairs = zip(column(page, "unit"), column(page, "value"), strict=True)
    return [[number(value) for _, value in group] for _, group in groupby(pairs, key=lambda pair: pair[0])]


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_hostile_document_is_shown_and_never_run(page: Page) -> None:
    text = str(page.locator("article").last.text_content())
    assert "<script>alert(1)</script>" in text
    assert '<img src=x onerror="alert(2)">' in text
    assert page.locator("article img, article script").count() == 0
    assert "=坏" in column(page, "doc")


def test_hovering_a_figure_shows_its_record(page: Page) -> None:
    page.locator("mark[id]", has_text="3.2万户").last.hover()
    card = page.locator("#card")
    assert card.is_visible()
    assert "32,000" in card.inner_text()
    assert "居民" in card.inner_text()
    assert page.evaluate("CSS.highlights.get('evidence').size") > 0
    page.mouse.move(1, 1)
    assert card.is_hidden()


def test_evidence_is_marked_at_the_words_it_names(page: Page) -> None:
    page.locator("mark[id]", has_text="3.2万户").last.hover()
    marked = page.evaluate("[...CSS.highlights.get('evidence')].map(range => range.toString())")
    assert any("惠及" in words for words in marked)


def test_focusing_a_figure_shows_its_record_and_escape_hides_it(page: Page) -> None:
    page.locator("mark[id]").first.focus()
    assert page.locator("#card").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#card").is_hidden()


def test_row_leads_to_its_place_in_the_text_and_back(page: Page) -> None:
    row = page.locator("#records tbody tr").nth(40)
    number = row.get_attribute("data-i")
    row.click()
    mark = page.locator(f"#q{number}")
    assert focused(page) == f"q{number}"
    assert mark.evaluate(
        "mark => { const box = mark.getBoundingClientRect(); return box.top > 0 && box.bottom < innerHeight }"
    )
    assert "here" in str(mark.get_attribute("class"))
    mark.click()
    assert focused(page) == f"r{number}"
    assert "here" in str(page.locator(f"#r{number}").get_attribute("class"))


def test_all_of_it_works_by_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.locator("#records tbody tr").first.focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == "r1"
    page.keyboard.press("Enter")
    assert focused(page) == "q1"
    page.keyboard.press("Enter")
    assert focused(page) == "r1"


def test_columns_sort_both_ways(page: Page) -> None:
    head = page.locator("#records th[data-name=value]")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert by_unit(page) == [sorted(values) for values in by_unit(page)]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert by_unit(page) == [sorted(values, reverse=True) for values in by_unit(page)]


@pytest.mark.parametrize("name", ["doc", "area", "period", "kind", "unit", "status"])
def test_table_is_filtered_by(page: Page, name: str) -> None:
    everything = column(page, name)
    choice = page.locator(f"#f-{name} option").nth(1)
    value = str(choice.get_attribute("value"))
    page.select_option(f"#f-{name}", value)
    left = column(page, name)
    assert 0 < len(left) < len(everything)
    assert len(set(left)) == 1
    assert len(left) == everything.count(left[0])


def test_table_is_filtered_by_words(page: Page) -> None:
    page.fill("#f-words", "居民 32000")
    assert column(page, "text") == ["3.2万户"]
    page.click("button[type=reset]")
    expect(page.locator("#records tbody tr")).not_to_have_count(1)


def test_export_holds_what_is_filtered_and_nothing_a_spreadsheet_would_run(page: Page, tmp_path: Path) -> None:
    page.fill("#f-words", "=坏")
    shown = column(page, "text")
    with page.expect_download() as download:
        page.click("#export")
    target = tmp_path / "export.csv"
    download.value.save_as(target)
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    with target.open(encoding="utf-8-sig", newline="") as file:
        exported = list(csv.DictReader(file))
    assert tuple(exported[0]) == COLUMNS
    assert [row["text"] for row in exported] == shown
    assert {row["doc"] for row in exported} == {"'=坏"}
    assert not any(value.startswith(("=", "+", "@")) for row in exported for value in row.values())


def test_language_can_be_switched(page: Page) -> None:
    assert page.locator("h1").inner_text() == "指标报告"
    page.click("#language")
    assert page.locator("h1").inner_text() == "Metrics report"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert set(column(page, "status")) <= {"actual", "planned"}
    assert page.locator("[data-t]:visible", has_text="指标").count() == 0


def test_chart_leads_to_the_text(page: Page) -> None:
    link = page.locator("#summary a[href^='#q']").first
    target = str(link.get_attribute("href"))[1:]
    link.click()
    assert focused(page) == target


def test_phone_needs_no_sideways_scrolling(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("mark[id]").first.focus()
    assert page.locator("#card").evaluate("card => card.getBoundingClientRect().right") <= 390


def test_print_has_every_row_and_no_controls(page: Page) -> None:
    count = len(rows(page))
    page.reload()
    assert page.locator("#records tbody tr").count() <= count
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#records tbody tr").count() == count
    assert page.locator("#filters").is_hidden()
    assert page.locator("article").first.is_visible()


def test_thousands_of_records_are_drawn_as_they_are_needed(
    browser: Browser, pipeline: Pipeline, tmp_path: Path
) -> None:
    made = Report()
    text = (CORPUS / "statistics-nantong-2025h1.txt").read_text("utf-8")
    for number in range(45):
        made.add(pipeline.extract(Document(f"稿{number}", text)))
    made.write(tmp_path / "large.html")
    opened = browser.new_page()
    opened.goto((tmp_path / "large.html").as_uri())
    assert opened.locator("#records tbody tr").count() == 200
    opened.click("#next")
    assert opened.locator("#records tbody tr").first.get_attribute("data-i") == "200"
    opened.click(".c-doc >> nth=0")
    opened.close()


def test_records_beyond_the_texts_are_in_the_table(browser: Browser, pipeline: Pipeline, tmp_path: Path) -> None:
    made = Report()
    text = (CORPUS / "statistics-nantong-2025h1.txt").read_text("utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extract.report.page.LIMIT", 50)
        for number in range(4):
            made.add(pipeline.extract(Document(f"稿{number}", text)))
    made.write(tmp_path / "large.html")
    opened = browser.new_page()
    opened.goto((tmp_path / "large.html").as_uri())
    assert opened.locator("article").count() == 1
    assert "large.csv" in opened.locator("#summary").inner_text()
    opened.fill("#f-words", "稿3")
    row = opened.locator("#records tbody tr").first
    row.click()
    assert focused(opened) == row.get_attribute("id")
    opened.close()


def test_large_values_are_in_scales_with_the_exact_ones_behind(page: Page) -> None:
    page.fill("#f-words", "居民 32000")
    cell = page.locator("#records td.c-value")
    assert (cell.inner_text(), cell.get_attribute("title")) == ("3.2万", "32,000 户")


def test_filtering_keeps_the_place_and_tells_when_nothing_fits(page: Page) -> None:
    for _ in range(3):  # the texts above take their real height only now
        page.evaluate("document.getElementById('f-words').scrollIntoView({ block: 'center' })")
        page.wait_for_timeout(200)
    place = "document.getElementById('f-words').getBoundingClientRect().top"
    before = page.evaluate(place)
    page.fill("#f-words", "绝没有这样的词")
    assert page.locator("#records td.nothing").inner_text() == "没有符合条件的记录。"
    assert page.evaluate(place) == pytest.approx(before, abs=2)
    page.click("button[type=reset]")
    expect(page.locator("#records tbody tr")).not_to_have_count(1)
    assert page.evaluate(place) == pytest.approx(before, abs=2)


def test_heads_stay_in_sight(page: Page) -> None:
    page.locator(".scroll").evaluate("box => box.scrollTop = 2000")
    inside = (
        "head => head.getBoundingClientRect().top >= document.querySelector('.scroll').getBoundingClientRect().top - 1"
    )
    assert page.locator("#records th").first.evaluate(inside)


def test_record_has_an_address_of_its_own(page: Page, report: Path) -> None:
    link = str(page.locator("#records .c-link a").nth(7).get_attribute("href"))
    page.goto("about:blank")
    page.goto(f"{report.as_uri()}{link}")
    assert focused(page) == "q7"


def test_figure_is_never_broken_over_a_line(page: Page) -> None:
    page.set_viewport_size({"width": 420, "height": 800})
    heights = page.eval_on_selector_all(
        "article mark[id]",
        "all => all.filter(one => one.textContent.length < 9).map(one => one.getClientRects().length)",
    )
    assert set(heights) == {1}


@pytest.mark.parametrize("width", [1440, 800, 390])
def test_card_does_not_cover_its_figure(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for number in (0, 5, 20):
        page.locator("mark[id]").nth(number).focus()
        covers = page.evaluate(
            "number => { const a = document.getElementById('card').getBoundingClientRect();"
            " const b = document.getElementById('q' + number).getBoundingClientRect();"
            " return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom; }",
            number,
        )
        assert not covers


def test_sources_are_listed(page: Page) -> None:
    assert page.locator("#sources li").count() == len(documents())


def test_export_of_all_is_the_table_that_run_writes(page: Page, metrics_csv: bytes, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.click("#export")
    download.value.save_as(tmp_path / "export.csv")
    assert (tmp_path / "export.csv").read_bytes() == metrics_csv


def test_export_leaves_negative_numbers_as_numbers(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.click("#export")
    download.value.save_as(tmp_path / "export.csv")
    with (tmp_path / "export.csv").open(encoding="utf-8-sig", newline="") as file:
        values = [row["value"] for row in csv.DictReader(file)]
    assert any(value.startswith("-") for value in values)
    assert all(float(value) for value in values if value.startswith("-"))


def test_card_goes_when_its_figure_is_scrolled_away(page: Page) -> None:
    page.locator("mark[id]").first.focus()
    page.mouse.wheel(0, 5000)
    page.wait_for_timeout(200)
    assert page.locator("#card").is_hidden()


def test_text_keeps_its_language_when_the_page_changes_its_own(page: Page) -> None:
    page.click("#language")
    assert page.locator("article:not([lang=zh])").count() == 0
    assert page.locator("#records tbody").get_attribute("lang") == "zh"
    assert page.locator("#records td.c-status").first.get_attribute("lang") == "en"


def test_every_control_has_a_name(page: Page) -> None:
    nameless = page.eval_on_selector_all(
        "button, input, select, a, mark[id]",
        "all => all.filter(one => one.checkVisibility() && !one.ariaLabel && !one.labels?.length"
        " && !one.textContent.trim()).map(one => one.outerHTML)",
    )
    assert nameless == []


def test_first_tap_shows_the_record_and_the_second_leads_to_its_row(browser: Browser, report: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone = context.new_page()
    phone.goto(report.as_uri())
    mark = phone.locator("mark[id]").nth(2)
    mark.tap()
    assert phone.locator("#card").is_visible()
    mark.tap()
    assert focused(phone) == f"r{mark.get_attribute('data-i')}"
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_their_ground(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.locator("mark[id]").nth(3).focus()
    assert pale_words(page) == []
