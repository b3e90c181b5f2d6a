"""Keeping papers from any page: buttons, keys, the dialog, other tabs, and browsers that store nothing."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from browser import await_requests, visit
from playwright.sync_api import Browser, Page, Route, expect
from sites import served

PAPER = "papers/wasserstein-gan/"
TAG = "tags/gan/"
TITLE = "Wasserstein GAN"
OWN = "[data-own-paper] button.keep"
MOST_SHIFT = 0.05  # as of all pages
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
"""
FORBIDDEN = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }"
FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }"
NEWER = """(() => {
  const open = IDBFactory.prototype.open;
  IDBFactory.prototype.open = function (name, version) {
    if (version) throw new DOMException('newer', 'VersionError');
    return open.call(this, name);
  };
})()"""
STORED = """() => new Promise((done) => {
  const opening = indexedDB.open(`reading-list ${new URL('./', document.querySelector('.brand').href).pathname}`);
  opening.onsuccess = () => {
    const reading = opening.result.transaction('papers').objectStore('papers').getAll();
    reading.onsuccess = () => { opening.result.close(); done(reading.result); };
  };
})"""


def stored(page: Page) -> dict[str, Any]:
    """Return the records in the browser, by the ids of papers."""
    return {record["id"]: record for record in page.evaluate(STORED)}


def keep_button(page: Page, title: str = TITLE) -> Any:
    return page.get_by_role("button", name=f"Keep {title}", exact=True)


def notice(page: Page) -> Any:
    return page.locator(".notice [role=status]")


def test_a_row_keeps_its_paper_and_takes_it_back(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TAG) as page:
        button = keep_button(page)
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator("header [data-kept]")).to_have_text("1")
        page.reload()
        expect(button).to_have_attribute("aria-pressed", "true")
        record = stored(page)["wasserstein-gan"]
        assert (record["kept"], record["title"]) == (True, TITLE)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
        expect(page.locator("header [data-kept]")).to_have_text("")
        page.reload()
        expect(button).to_have_attribute("aria-pressed", "false")


def test_rows_of_results_show_what_is_kept(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.locator("header [data-kept]")).to_have_text("1")
        page.goto(f"{address}browse/?q=wasserstein")
        expect(keep_button(page)).to_have_attribute("aria-pressed", "true")


def test_a_removal_can_be_undone(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        write_note(page, "Read section 3 again.")
        keep = page.locator(OWN)
        expect(keep).to_have_attribute("aria-pressed", "true")
        keep.click()
        expect(notice(page)).to_have_text(f"Removed from your list: {TITLE}")
        expect(keep).to_have_attribute("aria-pressed", "false")
        assert stored(page)["wasserstein-gan"]["note"] == ""
        page.get_by_role("button", name="Undo").click()
        expect(keep).to_have_attribute("aria-pressed", "true")
        page.reload()
        expect(keep).to_have_attribute("aria-pressed", "true")
        assert stored(page)["wasserstein-gan"]["note"] == "Read section 3 again."


def write_note(page: Page, text: str) -> None:
    page.get_by_role("button", name="Notes", exact=True).click()
    page.get_by_role("dialog").get_by_label("Note", exact=True).fill(text)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_dialog_keeps_each_change(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.get_by_role("button", name="Notes", exact=True).click()
        dialog = page.get_by_role("dialog", name=TITLE)
        dialog.get_by_text("Reading", exact=True).click()
        dialog.get_by_label("Star").check()
        dialog.get_by_label("My tags, separated by commas").fill("thesis,  to   cite , thesis")
        dialog.get_by_label("Note", exact=True).fill("**Weights** are clipped; see <b>fig. 2</b>.")
        dialog.get_by_role("button", name="Close").click()
        expect(page.get_by_role("button", name="Notes", exact=True)).to_be_focused()
        page.reload()
        record = stored(page)["wasserstein-gan"]
        assert (record["kept"], record["mark"], record["star"]) == (True, "reading", True)
        assert record["tags"] == ["thesis", "to cite"]
        page.get_by_role("button", name="Notes", exact=True).click()
        shown = dialog.locator(".own-note")
        expect(shown.locator("strong")).to_have_text("Weights")
        expect(shown).to_contain_text("see <b>fig. 2</b>.")
        expect(dialog.get_by_label("My tags, separated by commas")).to_have_value("thesis, to cite")


def test_keys_act_on_the_paper_of_the_page_or_row(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.keyboard.press("k")
        expect(notice(page)).to_have_text(f"Kept in your list: {TITLE}")
        for mark in ("To read", "Reading", "Read", "No mark"):
            page.keyboard.press("m")
            expect(notice(page)).to_have_text(f"{mark}: {TITLE}")
        page.keyboard.press("n")
        expect(page.get_by_role("dialog", name=TITLE)).to_be_visible()
        page.keyboard.press("Escape")
        page.goto(address + TAG)
        page.get_by_role("link", name=TITLE, exact=True).first.focus()
        page.keyboard.press("k")
        expect(notice(page)).to_have_text(f"Removed from your list: {TITLE}")
        page.goto(f"{address}about/")
        page.keyboard.press("k")
        expect(notice(page)).to_have_text("First move to one of the papers, with Tab or the pointer.")


def test_keys_are_listed_and_can_be_turned_off(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.keyboard.press("?")
        dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
        expect(dialog.locator("dt")).to_have_count(6)
        dialog.get_by_label("Turn these keys off, except ?").check()
        page.keyboard.press("Escape")
        page.reload()
        page.keyboard.press("k")
        page.keyboard.press("?")
        expect(dialog).to_be_visible()
        expect(dialog.get_by_role("checkbox")).to_be_checked()
        expect(page.locator(OWN)).to_have_attribute("aria-pressed", "false")


def test_keys_do_nothing_while_the_reader_types(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.locator("header .search input").press_sequentially("km?")
        expect(page.locator("header .search input")).to_have_value("km?")
        page.get_by_role("button", name="Notes", exact=True).click()
        page.get_by_role("dialog").get_by_label("Note", exact=True).press_sequentially("knm?")
        expect(page.get_by_role("dialog").get_by_label("Note", exact=True)).to_have_value("knm?")


def test_what_was_read_looks_and_sounds_read(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TAG) as page:
        row = page.locator("li[data-paper=wasserstein-gan]")
        before = row.locator(".work").evaluate("(work) => getComputedStyle(work).color")
        row.locator(".work").focus()
        for _ in range(3):
            page.keyboard.press("m")
        expect(notice(page)).to_have_text(f"Read: {TITLE}")
        expect(row.locator(".own-state")).to_have_text("read")
        assert row.locator(".work").evaluate("(work) => getComputedStyle(work).color") != before


def test_other_tabs_show_a_change_at_once(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TAG) as page:
        keep_button(page).click()
        expect(keep_button(page)).to_have_attribute("aria-pressed", "true")
        other = page.context.new_page()
        other.goto(address + PAPER)
        expect(other.locator(OWN)).to_have_attribute("aria-pressed", "true")
        other.locator(OWN).click()
        expect(keep_button(page)).to_have_attribute("aria-pressed", "false")
        keep_button(page).click()
        expect(other.locator(OWN)).to_have_attribute("aria-pressed", "true")


def test_a_list_that_begins_in_another_tab_is_shown(chromium: Browser, address: str) -> None:
    with visit(chromium, address, TAG) as page:
        expect(keep_button(page)).to_have_attribute("aria-pressed", "false")
        search = page.context.new_page()
        search.goto(f"{address}browse/?tag=gan")
        expect(search.locator("[data-results][aria-busy=false]")).to_be_visible()
        other = page.context.new_page()
        other.goto(address + PAPER)
        other.locator(OWN).click()
        expect(keep_button(page)).to_have_attribute("aria-pressed", "true")
        expect(page.locator("header [data-kept]")).to_have_text("1")
        expect(keep_button(search)).to_have_attribute("aria-pressed", "true")
        search.locator(".facet[data-facet=mine] summary").click()
        expect(search.get_by_role("group", name="My list", exact=True).locator("li").first).to_contain_text("1 paper")
        other.locator(OWN).click()
        expect(keep_button(page)).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_page_shows_what_the_reader_made_of_its_paper(chromium: Browser, address: str, width: int) -> None:
    shown = f"{'.rest' if width == 390 else '.margin'} > .own-paper:last-child"
    with visit(chromium, address, PAPER, width=width) as page:
        expect(page.locator(".own-paper")).to_have_count(0)
        write_note(page, "# Weights\n\n" + "They are clipped. " * 40)
        section = page.get_by_role("region", name="On my list").and_(page.locator(shown))
        expect(section.locator(".own-note strong")).to_have_text("Weights")
        page.locator("h1").click()
        page.keyboard.press("m")
        expect(section.locator(".own-mark-said")).to_have_text("To read")
        page.add_init_script(SHIFTS)
        page.reload()
        expect(section).to_contain_text("They are clipped.")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.evaluate("shifts.reduce((sum, { value }) => sum + value, 0)") < MOST_SHIFT
        page.locator(OWN).click()
        expect(section).to_have_count(0)


def test_each_mark_has_an_icon_of_its_own(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.keyboard.press("k")
        expect(page.locator(OWN)).to_have_attribute("aria-pressed", "true")
        icons = [icon(page)]
        for mark in ("to-read", "reading", "read"):
            page.keyboard.press("m")
            expect(page.locator(f"{OWN}[data-mark={mark}]")).to_be_visible()
            icons.append(icon(page))
        page.locator(OWN).click()
        expect(page.locator(OWN)).to_have_attribute("aria-pressed", "false")
        assert len({*icons, icon(page)}) == 5


def icon(page: Page) -> str:
    shown: str = page.locator(OWN).evaluate("(button) => getComputedStyle(button, '::before').maskImage")
    return shown


def test_keys_act_in_order_while_their_script_loads(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "about/") as page:
        held: list[Route] = []
        page.route(re.compile(r"/own-[A-Z0-9]+\.js$"), lambda route: held.append(route))
        page.goto(address + PAPER)
        for key in "kmm":
            page.keyboard.press(key)
        await_requests(page, held)
        held[0].continue_()
        expect(page.locator(OWN)).to_have_attribute("data-mark", "reading")


def test_lists_of_one_origin_keep_their_own(chromium: Browser, site: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        shutil.copytree(site, tmp_path / name)
    with served(tmp_path) as origin, visit(chromium, origin, f"one/{TAG}") as page:
        keep_button(page).click()
        expect(page.locator("header [data-kept]")).to_have_text("1")
        page.goto(f"{origin}other/{TAG}")
        keep_button(page, "GAN Dissection: Visualizing and Understanding Generative Adversarial Networks").click()
        expect(page.locator("header [data-kept]")).to_have_text("1")
        expect(keep_button(page)).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize(
    ("fault", "said"),
    [(FORBIDDEN, "stores nothing for this site"), (FULL, "storage is full"), (NEWER, "A newer version of this site")],
    ids=["forbidden", "full", "newer"],
)
def test_a_browser_that_stores_nothing_says_so_once(chromium: Browser, address: str, fault: str, said: str) -> None:
    with visit(chromium, address, "about/") as page:
        page.add_init_script(fault)
        page.goto(address + TAG)
        keep_button(page).click()
        expect(notice(page)).to_contain_text(said)
        expect(keep_button(page)).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="Close").click()
        expect(page.locator(".notice")).to_have_count(0)
        page.locator("button.keep").nth(1).click()
        expect(page.locator("button.keep").nth(1)).to_have_attribute("aria-pressed", "true")
        expect(page.locator("header [data-kept]")).to_have_text("2")
        expect(page.locator(".notice")).to_have_count(0)


def test_without_script_nothing_of_it_shows(chromium: Browser, address: str) -> None:
    for kind in (TAG, PAPER, "paths/first-steps/", ""):
        with visit(chromium, address, kind, script=False) as page:
            assert page.locator(".keep:visible, .notes:visible, .tick:visible, .header-own:visible").count() == 0
            row = page.locator("ol.papers > li").first
            assert row.evaluate("(row) => getComputedStyle(row).paddingInlineEnd") == "0px"


def test_nothing_is_loaded_until_something_is_kept(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "about/") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address + TAG)
        expect(page.locator("button.keep").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert [url for url in asked if "/own" in url or "/offline" in url] == []
        assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_what_the_browser_stores_is_plain_data(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        write_note(page, "<img src=x onerror=alert(1)>")
        expect(page.locator(OWN)).to_have_attribute("aria-pressed", "true")
        assert json.loads(json.dumps(stored(page)))["wasserstein-gan"]["note"] == "<img src=x onerror=alert(1)>"
