"""The ways through the site: the header with its menu, the page of topics, filters of indexes, and orders of lists."""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import pytest
from browser import await_requests, violations, visit
from playwright.sync_api import Browser, FloatRect, Locator, Page, Route, expect

from generator.content.model import Library

FINGER = 44  # px, the least height of what a finger presses


def boxes(found: Locator) -> list[FloatRect]:
    """Return the places and sizes of visible elements, in px."""
    return [box for one in found.all() if (box := one.bounding_box())]


def entries(page: Page) -> Locator:
    return page.locator(".rooms > li > a, .rooms summary")


# The header


@pytest.mark.parametrize("width", [320, 390])
def test_entries_of_the_header_are_large_enough_for_fingers_and_in_one_row(
    chromium: Browser, address: str, width: int
) -> None:
    with visit(chromium, address, "tags/", width=width) as page:
        assert entries(page).all_inner_texts() == ["Papers", "Topics", "Paths", "About", "More"]
        found = boxes(entries(page))
        assert len({box["y"] for box in found}) == 1
        assert min(box["height"] for box in found) >= FINGER
        page.locator(".rooms summary").click()
        assert min(box["height"] for box in boxes(page.locator(".menu li a"))) >= FINGER
        (search,) = boxes(page.get_by_role("searchbox", name="Search the papers"))
        assert search["width"] > width - 60
        assert search["height"] >= FINGER
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_header_is_one_row_on_a_tablet(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "tags/", width=768) as page:
        found = boxes(page.locator(".brand, .rooms > li, .md-header .search, .colors"))
        middles = [box["y"] + box["height"] / 2 for box in found]
        assert max(middles) - min(middles) < 12
        assert page.locator("header").evaluate("(header) => header.offsetHeight") < 80


def test_the_menu_works_by_keyboard(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "tags/") as page:
        opener, menu = page.locator(".menu summary"), page.locator(".menu ul")
        opener.press("Enter")
        expect(menu).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Authors").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(opener).to_be_focused()
        opener.press("Enter")
        page.keyboard.press("Shift+Tab")
        expect(menu).to_be_hidden()
        opener.click()
        page.locator("h1").click()
        expect(menu).to_be_hidden()


def test_the_menu_works_without_script(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "tags/", script=False) as page:
        page.locator(".menu summary").click()
        page.locator(".menu").get_by_role("link", name="Venues").click()
        expect(page.locator("h1")).to_have_text("Venues")


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        *(("", []), ("categories/", [("Topics", "page")]), ("tags/gan/", [("Topics", "true")])),
        *(("browse/", [("Papers", "page")]), ("papers/tr0n/", [("Papers", "true")])),
        *(("authors/", [("Authors", "page")]), ("authors/david-bau/", [("Authors", "true")])),
        *(("about/", [("About", "page")]), ("paths/looking-inside/", [("Paths", "true")]), ("404.html", [])),
    ],
)
def test_the_header_marks_where_the_reader_is(
    found: Mapping[str, Element], page: str, marked: list[tuple[str, str]]
) -> None:
    header = found[page].find(".//header")
    assert header is not None
    links = [(link.text, link.get("aria-current")) for link in header.iter("a") if link.get("aria-current")]
    assert links == marked
    opener = header.find(".//summary")
    assert opener is not None
    assert (opener.get("class") == "here") == page.startswith("authors")


# Topics and indexes


def test_the_page_of_topics_leads_to_shelves_and_tags(found: Mapping[str, Element], toy: Library) -> None:
    links = [link.get("href") for link in found["categories/"].findall(".//article//a")]
    assert {f"../categories/{shelf.id}/" for shelf in toy.shelves} <= {*links}
    assert {f"../tags/#{facet.id}" for facet in toy.facets if facet.terms} <= {*links}
    assert "../tags/gan/" in links


def test_a_filter_narrows_an_index(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "authors/") as page:
        field, items = page.get_by_role("searchbox", name="Filter the authors"), page.locator(".index li:visible")
        status = page.locator(".narrow [role=status]")
        every = items.count()
        field.fill("MARTIN arj")
        expect(items).to_have_text(["Martin Arjovsky"])
        expect(status).to_have_text("1 author")
        expect(page.locator(".index:visible")).to_have_count(1)
        assert violations(page) == []
        field.fill("zzz")
        expect(items).to_have_count(0)
        expect(status).to_have_text("No authors found.")
        field.press("Escape")
        expect(items).to_have_count(every)
        expect(status).to_have_text("")


def test_a_filter_knows_other_names_and_keeps_what_an_entry_is_in(
    chromium: Browser, address: str, toy: Library
) -> None:
    term = next(term for term in toy.terms if term.parent and term.aliases and not term.retired)
    with visit(chromium, address, "tags/") as page:
        page.get_by_role("searchbox", name="Filter the tags").fill(term.aliases[0])
        expect(page.locator(f'.index a[href="../tags/{term.id}/"]')).to_be_visible()
        expect(page.locator(f'.index a[href="../tags/{term.parent}/"]')).to_be_visible()


@pytest.mark.parametrize("kind", ["authors/", "tags/gan/"])
def test_without_script_there_are_no_controls(chromium: Browser, address: str, kind: str) -> None:
    with visit(chromium, address, kind, script=False) as page:
        expect(page.locator("[data-narrow]:visible, [data-arrange]:visible")).to_have_count(0)


# Orders of lists


def test_a_list_has_an_order_and_a_compact_view_that_its_address_remembers(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "tags/gan/") as page:
        rows, order = page.locator("ol.papers > li"), page.get_by_label("Order")
        expect(order).to_have_value("newest")
        newest = rows.evaluate_all("(all) => all.map((row) => row.dataset.paper)")
        order.select_option("oldest")
        expect(page).to_have_url(f"{address}tags/gan/?sort=oldest")
        assert rows.evaluate_all("(all) => all.map((row) => row.dataset.paper)") == newest[::-1]
        order.select_option("title")
        titles = page.locator("ol.papers a.work").all_inner_texts()
        assert titles == sorted(titles, key=str.casefold)
        page.get_by_role("button", name="Compact").click()
        expect(page).to_have_url(f"{address}tags/gan/?sort=title&view=compact")
        expect(page.locator("ol.papers .summary").first).to_be_hidden()
        assert violations(page) == []
        page.reload()
        expect(order).to_have_value("title")
        expect(page.get_by_role("button", name="Compact")).to_have_attribute("aria-pressed", "true")
        page.go_back()
        page.go_back()
        expect(order).to_have_value("oldest")
        expect(page.locator("ol.papers .summary").first).to_be_visible()


def test_the_focus_stays_in_a_list_that_gets_its_controls(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "tags/") as page:
        held: list[Route] = []
        page.route(re.compile(r"/lists-[A-Z0-9]+\.js$"), lambda route: held.append(route))
        page.goto(f"{address}tags/gan/")
        link = page.locator("ol.papers a.work").first
        link.focus()
        await_requests(page, held)
        held[0].continue_()
        expect(page.get_by_label("Order")).to_be_visible()
        expect(link).to_be_focused()
