"""The page of a review in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from browser import pale_words
from playwright.sync_api import Browser, Page, expect

from extract.web.guard import Keys

Rows = Callable[[str], list[dict[str, str]]]

SELECT = """words => {
  const pane = document.getElementById("text");
  const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const place = node.data.indexOf(words);
    if (place >= 0) return getSelection().setBaseAndExtent(node, place, node, place + words.length);
  }
  throw new Error("not there");
}"""


def goto(page: Page, name: str) -> None:
    page.select_option("#document", name)
    expect(page).to_have_title(f"{name} – 核对")


def saved(page: Page, decided: int, total: int) -> None:
    expect(page.locator("#progress")).to_have_text(f"已定 {decided} / {total} 条")


def test_text_and_records_stand_side_by_side(page: Page) -> None:
    text, records = page.locator("#text").bounding_box(), page.locator("#records").bounding_box()
    assert text
    assert records
    assert text["x"] + text["width"] <= records["x"]


def test_accepting_saves_the_record(page: Page, gold: Rows) -> None:
    page.locator(".record.current button", has_text="接受").click()
    saved(page, 1, 3)
    assert [row["text"] for row in gold("甲")] == ["60个"]


def test_accepting_goes_to_the_next_open_record(page: Page) -> None:
    page.keyboard.press("a")
    expect(page.locator(".record.current .span")).to_have_text("3.2万户")
    expect(page.locator("mark.current")).to_have_text("3.2万户")


def test_editing_saves_the_new_field(page: Page, gold: Rows) -> None:
    page.locator(".record.current button", has_text="编辑").click()
    page.fill("input[name=object]", "旧小区")
    page.locator("form button.main").click()
    saved(page, 1, 3)
    assert [row["object"] for row in gold("甲")] == ["旧小区"]


def test_wrong_field_is_pointed_out_and_nothing_is_saved(page: Page, folder: Path) -> None:
    page.keyboard.press("e")
    page.fill("input[name=value]", "许多")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_contain_text("数字")
    expect(page.locator("input[name=value]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name=value]")).to_be_focused()
    assert not (folder / "甲.gold.csv").exists()


def test_several_answers_are_edited_kept_and_shown(page: Page, gold: Rows) -> None:
    page.keyboard.press("e")
    page.fill("input[name=object]", "老旧小区改造 ｜ 老旧小区")
    page.fill("input[name=predicate]", "完成|")
    page.keyboard.press("Enter")
    saved(page, 1, 3)
    assert [(row["object"], row["predicate"]) for row in gold("甲")] == [("老旧小区改造|老旧小区", "完成|")]
    card = page.locator(".record").first
    expect(card).to_contain_text("老旧小区改造|老旧小区")
    expect(card).to_contain_text("完成|（空）")
    card.locator("button", has_text="编辑").click()
    expect(page.locator("form input[name=object]")).to_have_value("老旧小区改造|老旧小区")


def test_number_with_a_scale_is_understood(page: Page, gold: Rows) -> None:
    page.keyboard.press("e")
    page.fill("input[name=value]", "3.2万")
    page.keyboard.press("Enter")
    saved(page, 1, 3)
    assert [row["value"] for row in gold("甲")] == ["32000"]


@pytest.mark.parametrize(
    ("column", "typed", "told"), [("period", "去年", "2024-Q3"), ("unit", "个|处", "只能有一个答案")]
)
def test_wrong_answer_is_pointed_out_with_what_to_write(column: str, typed: str, told: str, page: Page) -> None:
    page.keyboard.press("e")
    page.fill(f"input[name={column}]", typed)
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_contain_text(told)
    expect(page.locator(f"input[name={column}]")).to_be_focused()


def test_escape_leaves_the_record_as_it_was(page: Page) -> None:
    page.keyboard.press("e")
    page.fill("input[name=object]", "别的")
    page.keyboard.press("Escape")
    expect(page.locator("form")).to_have_count(0)
    expect(page.locator(".record.current")).to_contain_text("老旧小区改造")


def test_deleting_takes_the_record_out_of_the_gold(page: Page, gold: Rows) -> None:
    page.keyboard.press("A")
    saved(page, 3, 3)
    page.locator(".record", has_text="3.2万户").locator("button", has_text="删除").click()
    expect(page.locator(".record.rejected")).to_have_count(1)
    assert [row["text"] for row in gold("甲")] == ["60个", "5000个"]


def test_selected_text_is_added_with_the_suggestion_of_the_rules(page: Page, gold: Rows) -> None:
    page.evaluate(SELECT, "3.2万户")
    page.locator("#add").click()
    expect(page.locator("form input[name=value]")).to_have_value("32000")
    expect(page.locator("form input[name=object]")).to_have_value("居民")
    page.keyboard.press("Enter")
    saved(page, 1, 3)
    assert [(row["text"], row["object"]) for row in gold("甲")] == [("3.2万户", "居民")]


def test_missed_quantity_is_added_with_the_users_own_fields(page: Page, gold: Rows) -> None:
    page.evaluate(SELECT, "海州区")
    page.keyboard.press("n")
    page.fill("input[name=value]", "1")
    page.fill("input[name=unit]", "个")
    page.keyboard.press("Enter")
    saved(page, 1, 4)
    assert [(row["start"], row["end"], row["text"]) for row in gold("甲")] == [("6", "9", "海州区")]


def test_text_that_is_being_added_stays_marked(page: Page) -> None:
    page.evaluate(SELECT, "惠及居民")
    page.keyboard.press("n")
    page.locator("form").wait_for()
    assert page.evaluate("[...CSS.highlights.get('added')].map(range => range.toString())") == ["惠及居民"]
    page.keyboard.press("Escape")
    expect(page.locator("form")).to_have_count(0)
    assert page.evaluate("CSS.highlights.has('added')") is False


def test_adding_without_a_selection_is_told(page: Page) -> None:
    page.locator("#add").click()
    expect(page.locator("#message")).to_contain_text("先在原文里选中")


def test_undo_and_redo_go_back_and_forth(page: Page, folder: Path, gold: Rows) -> None:
    page.keyboard.press("d")
    saved(page, 1, 3)
    page.keyboard.press("u")
    saved(page, 0, 3)
    assert not (folder / "甲.gold.csv").exists()
    page.keyboard.press("r")
    saved(page, 1, 3)
    assert gold("甲") == []


def test_undo_survives_a_reload(page: Page) -> None:
    page.keyboard.press("a")
    saved(page, 1, 3)
    page.reload()
    saved(page, 1, 3)
    page.keyboard.press("u")
    saved(page, 0, 3)


def test_document_is_reviewed_by_keyboard_alone(page: Page, gold: Rows) -> None:
    for key in ("a", "d", "e"):
        page.keyboard.press(key)
    expect(page.locator("input[name=value]")).to_be_focused()
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    saved(page, 3, 3)
    page.keyboard.press("f")
    expect(page.locator("#folder-progress")).to_have_text("已完成 1 / 2 篇")
    assert [(row["text"], row["value"]) for row in gold("甲")] == [("60个", "60"), ("5000个", "50000")]


def test_text_is_selected_and_added_by_keyboard_alone(page: Page, gold: Rows) -> None:
    page.keyboard.press("t")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("n")
    page.fill("input[name=value]", "2025")
    page.keyboard.press("Enter")
    saved(page, 1, 4)
    assert [row["text"] for row in gold("甲")] == ["2025"]


def test_focus_goes_with_the_record(page: Page) -> None:
    page.keyboard.press("j")
    expect(page.locator(".record.current")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(".record.current .span")).to_have_text("5000个")
    expect(page.locator(".record.current")).to_be_focused()


def test_clicking_a_figure_picks_its_record(page: Page) -> None:
    page.locator("mark", has_text="5000个").click()
    expect(page.locator(".record.current .span")).to_have_text("5000个")


def test_progress_over_the_folder_is_told(page: Page) -> None:
    page.keyboard.press("A")
    saved(page, 3, 3)
    page.keyboard.press("f")
    expect(page.locator("#folder-progress")).to_have_text("已完成 1 / 2 篇")
    expect(page.locator("#folder-bar")).to_have_js_property("value", 0.5)
    expect(page.locator("#document option:checked")).to_have_text("✓ 甲 3/3")


def test_document_with_open_records_is_not_finished(page: Page) -> None:
    page.keyboard.press("f")
    expect(page.locator("#message")).to_contain_text("未定")


def test_hostile_document_is_shown_and_never_run(page: Page, gold: Rows) -> None:
    goto(page, "=乙")
    expect(page.locator("#text")).to_contain_text("<script>alert(1)</script>")
    assert page.locator("main script").count() == 0
    page.keyboard.press("e")
    page.fill("input[name=object]", "=cmd|calc")
    page.keyboard.press("Enter")
    saved(page, 1, 3)
    expect(page.locator(".record").first).to_contain_text("=cmd|calc")
    assert gold("=乙")[0]["object"] == "'=cmd|calc"


def add_selected(page: Page, text: str) -> None:
    """Add `text` of the page, selected, as a record of the value 1."""
    page.evaluate(SELECT, text)
    page.keyboard.press("n")
    page.fill("input[name=value]", "1")
    page.keyboard.press("Enter")
    saved(page, 1, 4)


def test_selection_counts_code_points_behind_astral_characters_and_cr_lf(page: Page, folder: Path, gold: Rows) -> None:
    goto(page, "=乙")
    add_selected(page, "停车位")
    text = (folder / "=乙.txt").read_bytes().decode()
    (row,) = gold("=乙")
    assert text[int(row["start"]) : int(row["end"])] == row["text"] == "停车位"


def test_selected_astral_character_is_one_code_point(page: Page, gold: Rows) -> None:
    goto(page, "=乙")
    add_selected(page, "😀")
    (row,) = gold("=乙")
    assert (row["start"], row["end"], row["text"]) == ("4", "5", "😀")


def test_change_on_the_disk_is_told_and_not_overwritten(page: Page, folder: Path) -> None:
    page.keyboard.press("a")
    saved(page, 1, 3)
    theirs = (folder / "甲.gold.csv").read_bytes() + b"?\r\n"
    (folder / "甲.gold.csv").write_bytes(theirs)
    page.keyboard.press("a")
    expect(page.locator("#message")).to_contain_text("别的程序")
    assert (folder / "甲.gold.csv").read_bytes() == theirs
    page.locator("#reload").click()
    expect(page.locator("#foreign li")).to_have_count(1)


def test_second_tab_does_not_overwrite_the_first(page: Page, gold: Rows) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#progress")).to_have_text("已定 0 / 3 条")
    page.keyboard.press("a")
    saved(page, 1, 3)
    other.keyboard.press("d")
    expect(other.locator("#message")).to_contain_text("别的标签页")
    assert [row["text"] for row in gold("甲")] == ["60个"]


def test_token_leaves_the_address(page: Page) -> None:
    assert "token" not in page.url


def test_browser_without_the_token_sees_nothing(browser: Browser, keys: Keys) -> None:
    stranger = browser.new_page()
    stranger.goto(keys.address.partition("?")[0])
    assert "extract review" in stranger.inner_text("body")
    assert stranger.locator("#text").count() == 0
    stranger.close()


def test_language_is_switched_with_its_attribute(page: Page) -> None:
    page.locator("#language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#undo")).to_contain_text("Undo")
    expect(page.locator("#text")).to_have_attribute("lang", "zh")
    page.reload()
    expect(page.locator("#undo")).to_contain_text("Undo")


def test_every_control_has_a_name(page: Page) -> None:
    page.keyboard.press("e")
    page.locator("form").wait_for()
    nameless = page.eval_on_selector_all(
        "button, input, select, progress, [role]",
        "all => all.filter(one => one.checkVisibility() && !one.ariaLabel && !one.labels?.length"
        " && !one.textContent.trim() && one.getAttribute('role') !== 'status').map(one => one.outerHTML)",
    )
    assert nameless == []


def test_help_is_opened_and_closed_by_keyboard(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 760, 1400])
def test_no_width_needs_sideways_scrolling(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.keyboard.press("e")
    page.locator("form").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#records").evaluate("list => list.scrollWidth <= list.clientWidth")


def test_fingers_find_targets_of_their_size(browser: Browser, keys: Keys) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone = context.new_page()
    phone.goto(keys.address + "#甲")
    phone.locator(".record").first.wait_for()
    heights = phone.eval_on_selector_all(
        "button:not(.span), select",
        "all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect().height)",
    )
    assert min(heights) >= 44
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_words_stand_out_from_their_ground(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.keyboard.press("a")
    saved(page, 1, 3)
    page.keyboard.press("d")
    saved(page, 2, 3)
    page.keyboard.press("e")
    page.locator("form").wait_for()
    assert pale_words(page) == []


def test_card_of_a_record_that_did_not_change_stays(page: Page) -> None:
    page.locator(".record").last.evaluate("card => card.dataset.same = 'yes'")
    page.keyboard.press("a")
    saved(page, 1, 3)
    expect(page.locator(".record").last).to_have_attribute("data-same", "yes")
