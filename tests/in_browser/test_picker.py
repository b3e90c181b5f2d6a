"""The dialog for suggesting tags: by keyboard, mouse, and touch, and the resulting proposal."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from browser import violations, visit
from playwright.sync_api import Browser, Locator, Page, expect
from sites import zipped

from generator.content.model import Library
from generator.related.relate import relate
from generator.site.render import render_site

PAPER = "papers/progressive-growing-of-gans-for-improved-quality/"
LINE = "tags: [gan, image, image-generation, training-stability]"
NAMES = ["Generative adversarial network", "Images", "Image generation", "Training stability"]
STANDARD = {"least": 4, "most": 8, "facets": 3}


def ask_for_tags(page: Page) -> None:
    """Give the list a standard with all possible requirements."""
    page.route("**/search/terms.json", lambda route: route.fulfill(json=route.fetch().json() | {"standard": STANDARD}))


@contextmanager
def panel(
    chromium: Browser,
    address: str,
    *,
    width: int = 1440,
    dark: bool = False,
    prepare: Callable[[Page], None] = lambda _: None,
) -> Iterator[tuple[Page, Locator]]:
    """Open the page of a paper and the dialog, and yield both."""
    with visit(chromium, address, PAPER, width=width, dark=dark) as page:
        prepare(page)
        page.get_by_role("button", name="Suggest tags").first.click()
        expect(page.get_by_role("option").first).to_be_visible()
        yield page, page.get_by_role("dialog", name="Suggest tags")


def line(dialog: Locator) -> str:
    """Return the resulting line of YAML."""
    return dialog.locator("code").text_content() or ""


def chips(dialog: Locator) -> list[str]:
    """Return the names of the chosen tags."""
    return dialog.locator("dd summary").all_inner_texts()


def said(dialog: Locator, text: str) -> None:
    """Wait until the dialog has announced a text to screen readers."""
    expect(dialog.locator(".unseen[role=status]").filter(has_text=text)).to_have_count(1)


def test_the_panel_is_fetched_when_it_is_asked_for(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("button", name="Suggest tags")).to_have_count(2)
        assert page.get_by_role("dialog").count() == 0
        assert not [url for url in asked if url.startswith(("search/", "assets/scripts/dialogs"))]
        page.get_by_role("button", name="Suggest tags").last.click()
        expect(page.get_by_role("option")).not_to_have_count(0)
        assert "search/terms.json" in asked
        assert not [url for url in asked if url.startswith("search/list")]


def test_by_keyboard(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        ask_for_tags(page)
        opener = page.locator(".tags").get_by_role("button", name="Suggest tags")
        dialog = page.get_by_role("dialog", name="Suggest tags")
        field = dialog.get_by_role("combobox", name="Find a tag")
        opener.focus()
        page.keyboard.press("Enter")
        expect(field).to_be_focused()
        assert chips(dialog) == NAMES
        assert line(dialog) == LINE
        expect(dialog).to_contain_text("This list asks for 4 to 8 tags from at least 3 facets.")
        expect(dialog).to_contain_text("Nothing has changed yet.")

        page.keyboard.type("heatm")
        active = dialog.locator(f"#{field.get_attribute('aria-activedescendant')}")
        for part in ("Saliency map", "also called heatmap", "Explanation › Feature attribution", "shows the regions"):
            expect(active).to_contain_text(part)
        expect(active).to_have_attribute("aria-selected", "false")
        said(dialog, "1 term")
        page.keyboard.press("Enter")
        said(dialog, "Added Saliency map: 5 tags")
        expect(field).to_have_value("")
        assert line(dialog) == LINE.replace("training-stability", "saliency-map, training-stability")
        expect(dialog).to_contain_text("Adds saliency-map.")

        page.keyboard.press("Backspace")
        said(dialog, "Removed Training stability: 4 tags")
        expect(dialog).to_contain_text("Adds saliency-map; removes training-stability.")

        page.keyboard.press("ArrowUp")
        last = field.get_attribute("aria-activedescendant")
        page.keyboard.press("ArrowDown")
        assert field.get_attribute("aria-activedescendant") != last
        page.keyboard.press("Enter")  # the first of all terms, which is chosen already
        said(dialog, "Removed Generative adversarial network: 3 tags")

        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(opener).to_be_focused()
        page.keyboard.press("Enter")
        expect(dialog).to_contain_text("Adds saliency-map; removes gan, training-stability.")


def test_the_focus_stays_in_the_panel(chromium: Browser, address: str) -> None:
    with panel(chromium, address) as (page, dialog):
        stops = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            inside = "document.activeElement === document.body || !!document.activeElement.closest('.picker')"
            assert page.evaluate(inside)
            stops.add(page.evaluate("document.activeElement.textContent"))
        assert {"×", "Suggest these tags (in a new tab)", "Or change the file", "Training stability"} <= stops
        dialog.get_by_role("button", name="Close").focus()
        page.keyboard.press("/")  # the page's shortcut for search
        page.keyboard.press("s")
        expect(dialog.get_by_role("button", name="Close")).to_be_focused()
        page.keyboard.press("Enter")
        expect(dialog).to_be_hidden()


def test_by_mouse(chromium: Browser, address: str) -> None:
    with panel(chromium, address, prepare=ask_for_tags) as (page, dialog):
        dialog.get_by_role("option", name="StyleGAN").click()
        expect(dialog.get_by_role("option", name="StyleGAN")).to_have_attribute("aria-selected", "true")
        expect(dialog.get_by_role("combobox")).to_be_focused()
        dialog.get_by_role("button", name="Remove Image generation").click()
        expect(dialog.get_by_role("button", name="Remove Training stability")).to_be_focused()
        assert line(dialog) == LINE.replace("gan,", "gan, stylegan,").replace(" image-generation,", "")
        dialog.locator("summary", has_text="StyleGAN").click()
        expect(dialog.locator("dd", has_text="StyleGAN").locator(".definition")).to_contain_text("map a random code")
        dialog.locator("summary", has_text="Generative").click()
        expect(dialog.locator("dd .scope").first).to_be_visible()
        while dialog.locator("dd").count():
            dialog.get_by_role("button", name="Remove").last.click()
        expect(dialog.get_by_role("combobox")).to_be_focused()
        page.keyboard.press("Backspace")
        assert line(dialog) == "tags: []"
        expect(dialog).to_contain_text("0 tags from 0 facets, 4 tags too few and 3 facets too few.")


def test_nothing_is_called_so(chromium: Browser, address: str) -> None:
    with panel(chromium, address) as (page, dialog):
        page.keyboard.type("<b>qqqq</b>")
        expect(dialog.get_by_text("No tags found.")).to_be_visible()
        expect(dialog.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
        for key in ("ArrowDown", "ArrowUp", "Enter"):
            page.keyboard.press(key)
        assert line(dialog) == LINE


def test_the_line_is_copied(chromium: Browser, address: str) -> None:
    with panel(chromium, address) as (page, dialog):
        dialog.get_by_text("Or change the file").click()
        dialog.get_by_role("button", name="Copy YAML").click()
        expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == LINE


def test_the_file_opens_with_the_line_on_the_clipboard(chromium: Browser, address: str) -> None:
    with panel(chromium, address) as (page, dialog):
        page.context.route("https://github.com/**", lambda route: route.fulfill(body="the file"))
        page.keyboard.type("saliency")
        page.keyboard.press("Enter")
        dialog.get_by_text("Or change the file").click()
        with page.expect_popup() as opened:
            dialog.get_by_role("link", name="Open the file to edit").click()
        assert opened.value.url.endswith(f"/toy-list/edit/main/content/{PAPER.rstrip('/')}.yml")
        opened.value.close()
        expect(dialog).to_contain_text("The line is copied, to replace the old tags in the file.")
        assert page.evaluate("navigator.clipboard.readText()") == line(dialog)


def test_a_refused_clipboard_is_said(chromium: Browser, address: str) -> None:
    with panel(chromium, address) as (page, dialog):
        page.context.route("https://github.com/**", lambda route: route.fulfill(body="the file"))
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")
        dialog.get_by_text("Or change the file").click()
        with page.expect_popup() as opened:
            dialog.get_by_role("link", name="Open the file to edit").click()
        opened.value.close()
        expect(dialog).to_contain_text("The line could not be copied.")
        dialog.get_by_role("button", name="Copy YAML").click()
        expect(dialog.get_by_role("button", name="Copying failed: the line is selected")).to_be_visible()
        assert page.evaluate("getSelection().toString()") == LINE


def test_the_issue_has_the_line_filled_in(chromium: Browser, address: str) -> None:
    with panel(chromium, address) as (page, dialog):
        page.keyboard.press("Backspace")
        link = dialog.get_by_role("link").first  # before the ways that take more than a click
        expect(link).to_have_accessible_name("Suggest these tags (in a new tab)")
        expect(dialog.get_by_text("Opens a filled-in issue at github.com")).to_be_visible()
        expect(dialog.get_by_role("button", name="Copy YAML")).to_be_hidden()
        expect(link).to_have_attribute("target", "_blank")
        to = urlsplit(link.get_attribute("href") or "")
        assert (to.netloc, to.path) == ("github.com", "/example/toy-list/issues/new")
        assert parse_qs(to.query) == {
            "template": ["tags.yml"],
            "title": ["Tags of Progressive Growing of GANs for Improved Quality, Stability, and Variation"],
            "paper": [PAPER.split("/")[1]],
            "tags": [LINE.replace(", training-stability", "")],
        }


def test_where_a_host_takes_no_issue(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.evaluate("delete document.querySelector('.improve').dataset.issue")
        page.get_by_role("button", name="Suggest tags").first.click()
        expect(page.get_by_role("link", name="Open the file to edit")).to_be_visible()
        expect(page.get_by_role("link", name="Suggest these tags")).to_have_count(0)


def test_tags_that_the_vocabulary_does_not_have(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.evaluate("document.querySelector('.improve').dataset.tags = 'gone gan __proto__'")
        page.get_by_role("button", name="Suggest tags").first.click()
        dialog = page.get_by_role("dialog", name="Suggest tags")
        expect(dialog.locator("dd")).to_have_count(3)
        page.keyboard.type("images")
        page.keyboard.press("Enter")
        dialog.get_by_role("button", name="Remove gone").click()
        assert line(dialog) == "tags: [gan, __proto__, image]"


def test_a_vocabulary_that_cannot_be_had(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER, without="**/search/terms.json") as page:
        opener = page.get_by_role("button", name="Suggest tags").first
        opener.click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("The vocabulary could not be loaded.")
        to = alert.get_by_role("link").get_attribute("href")
        assert to == page.get_by_role("link", name="Improve this entry").get_attribute("href")
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        page.unroute("**/search/terms.json")
        opener.click()
        expect(page.get_by_role("option").first).to_be_visible()


@pytest.mark.parametrize("content", ["{}", "[]", "null", "3", '{"terms": [{}]}', '{"terms": [', "<html></html>", ""])
def test_a_vocabulary_that_is_broken(chromium: Browser, address: str, content: str) -> None:
    with visit(chromium, address, PAPER) as page:
        page.route("**/search/terms.json", lambda route: route.fulfill(body=content))
        opener = page.get_by_role("button", name="Suggest tags").first
        opener.click()
        expect(page.get_by_role("alert")).to_contain_text("The vocabulary could not be loaded.")
        page.keyboard.press("Escape")
        page.unroute("**/search/terms.json")
        opener.click()
        expect(page.get_by_role("option").first).to_be_visible()


def test_on_a_phone(chromium: Browser, address: str) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address + PAPER)
    page.locator(".tags").get_by_role("button", name="Suggest tags").tap()
    dialog = page.get_by_role("dialog", name="Suggest tags")
    expect(dialog.get_by_role("option").first).to_be_visible()
    expect(dialog.get_by_role("combobox")).not_to_be_focused()  # so that no on-screen keyboard covers the dialog
    dialog.get_by_role("option", name="StyleGAN").tap()
    dialog.get_by_role("button", name="Remove Training stability").tap()
    expect(dialog).to_contain_text("Adds stylegan; removes training-stability.")
    assert page.evaluate("document.querySelector('.picker').scrollWidth") <= 390
    for button in dialog.get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    dialog.get_by_role("combobox").tap()
    field = dialog.get_by_role("combobox").bounding_box()
    assert field
    assert field["y"] < 300  # so the list is visible above an on-screen keyboard
    dialog.get_by_role("button", name="Close").tap()
    expect(dialog).to_be_hidden()
    context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [320, 720, 1440])
def test_the_open_panel_is_accessible(chromium: Browser, address: str, width: int, dark: bool) -> None:
    with panel(chromium, address, width=width, dark=dark) as (page, dialog):
        page.keyboard.type("saliency")
        page.keyboard.press("Enter")
        page.keyboard.type("map")
        dialog.locator("summary").first.click()
        assert violations(page) == []
        assert page.evaluate("document.querySelector('.picker').scrollWidth") <= width
        dialog.get_by_role("combobox").fill("qqqq")
        dialog.get_by_text("Or change the file").click()
        assert violations(page) == []
        assert page.evaluate("document.querySelector('.picker').scrollWidth") <= width


def test_without_script_the_link_remains(chromium: Browser, address: str) -> None:
    with visit(chromium, address, PAPER, script=False) as page:
        expect(page.get_by_role("link", name="Improve this entry")).to_be_visible()
        for button in page.locator("button.suggest").all():
            expect(button).to_be_hidden()


def test_without_a_repository_nothing_is_suggested(toy: Library) -> None:
    pages = render_site(replace(toy, site=replace(toy.site, repository=None)), relate(toy))
    assert "suggest" not in pages["papers/tr0n.md"].lower()
    assert pages["papers/tr0n.md"].count("data-issue") == 0


def test_the_vocabulary_tells_what_may_be_chosen(toy: Library) -> None:
    told = json.loads(render_site(toy, relate(toy))["search/terms.json"])
    terms = {term["id"]: term for term in told["terms"]}
    assert list(terms) == [term.id for facet in toy.facets for term in facet.terms if not term.retired]
    retired = {term.id for facet in toy.facets for term in facet.terms if term.retired}
    assert retired
    assert not retired & terms.keys()
    assert set(terms["gan"]) == {"id", "name", "facet", "parent", "definition", "scope", "aliases", "covers"}
    assert terms["gan"]["facet"] == "Model family"
    assert told["standard"] == {"least": 0, "most": toy.site.standard.tags_most, "facets": 0}


def test_the_vocabulary_is_small(site: Path) -> None:
    assert zipped(site / "search/terms.json") < 20_000
