"""The filters of the page of all papers: beside the results on a wide screen, in a sheet on a small one."""

import re
from dataclasses import replace

import pytest
from browser import violations, visit
from playwright.sync_api import Browser, Page, Route, expect

from generator.content.model import Facet, Library, Term
from generator.search.data import search_files
from generator.site.catalogue import build_catalogue

TOP = "element => Math.round(element.getBoundingClientRect().top)"


def first_result(page: Page) -> int:
    """Return the distance of the first result from the top of the window, once there are results."""
    row = page.locator("[data-results] li").first
    expect(row).to_be_visible()
    return int(row.evaluate(TOP))


@pytest.mark.parametrize("path", ["browse/", "browse/?tag=gan,-stylegan&year=2015-2019", "browse/?q=gan"])
def test_results_begin_high_on_a_phone(chromium: Browser, address: str, path: str) -> None:
    with visit(chromium, address, path, width=390) as page:
        page.set_viewport_size({"width": 390, "height": 844})
        assert first_result(page) <= 300
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [320, 390, 768])
def test_filters_open_in_a_sheet(chromium: Browser, address: str, toy: Library, width: int) -> None:
    with visit(chromium, address, "browse/", width=width) as page:
        opener = page.get_by_role("button", name="Filters", exact=True)
        expect(page.locator("#facets")).to_be_hidden()
        opener.click()
        sheet = page.get_by_role("dialog", name="Filters")
        expect(sheet.get_by_role("button", name=f"Show {len(toy.papers)} papers")).to_be_visible()
        sheet.get_by_role("checkbox", name=re.compile("^Code is public")).check()
        public = sum(bool(paper.links.code) for paper in toy.papers)
        show = sheet.get_by_role("button", name=f"Show {public} papers")
        expect(show).to_be_visible()
        expect(sheet.locator("> [role=status]")).to_have_text(f"{public} papers")
        assert violations(page) == []
        for control in sheet.locator("button:visible, label:visible, summary:visible, select:visible").all():
            assert int(control.evaluate("control => control.offsetHeight")) >= 44
        page.mouse.wheel(0, 3000)
        expect(show).to_be_in_viewport(ratio=1)
        show.click()
        expect(sheet).to_be_hidden()
        expect(page.get_by_role("button", name="Filters (1)")).to_be_focused()
        page.keyboard.press("Enter")
        sheet.get_by_role("button", name="Clear filters").click()
        expect(sheet.get_by_role("button", name=f"Show {len(toy.papers)} papers")).to_be_focused()
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()
        opener.click()
        expect(sheet).to_be_visible()
        page.mouse.click(width - 3, 3)
        expect(sheet).to_be_hidden()


def test_the_focus_stays_in_the_sheet(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/", width=390) as page:
        opener = page.get_by_role("button", name="Filters", exact=True)
        expect(opener).to_be_enabled()  # once there is something to filter
        opener.press("Enter")
        sheet = page.get_by_role("dialog", name="Filters")
        expect(sheet).to_be_visible()
        outside = "document.activeElement !== document.body && !document.activeElement.closest('dialog')"
        page.keyboard.press("Shift+Tab")
        for _ in range(6):
            assert not page.evaluate(outside)
            page.keyboard.press("Shift+Tab")
        page.set_viewport_size({"width": 1440, "height": 900})
        expect(sheet).to_be_hidden()
        expect(page.locator(".side > #facets")).to_be_visible()


def test_filters_and_count_stay_beside_the_results(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/") as page:
        first_result(page)
        page.set_viewport_size({"width": 1440, "height": 600})
        page.evaluate("scrollTo({ top: 1500, behavior: 'instant' })")
        header = int(page.locator("header").evaluate("header => header.offsetHeight"))
        assert page.locator(".side").evaluate(TOP) == page.locator(".bar").evaluate(TOP) == header
        panel = page.locator(".side").evaluate("side => [side.offsetHeight, side.scrollHeight]")
        assert panel[0] <= 600 - header < panel[1]
        page.locator(".facet[data-facet=code] li input").check()
        page.wait_for_url("**code=yes")
        page.wait_for_function("() => document.querySelector('[data-results] li').getBoundingClientRect().top > 0")
        assert first_result(page) < 400
        assert page.locator(".bar").evaluate(TOP) >= header
        expect(page.locator(".facet[data-facet=code] li input")).to_be_in_viewport()


def test_long_facets_unfold_by_keyboard(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/") as page:
        first_result(page)
        author = page.locator("[data-facet=author]")
        author.locator("summary").press("Enter")
        rows = author.locator("li")
        expect(rows).to_have_count(8)
        more = author.get_by_role("button", name=re.compile(r"^[\d,]+ more in Author$"))
        more.press("Enter")
        expect(rows).to_have_count(108)
        expect(rows.nth(8).locator("input")).to_be_focused()
        page.keyboard.press("Space")
        page.wait_for_url("**author=**")
        name = str(page.locator(".chips .chip").inner_text())
        author.get_by_role("button", name="Show fewer in Author").press("Enter")
        expect(more).to_be_focused()
        expect(author.get_by_role("checkbox", name=re.compile(f"^{re.escape(name)}"))).to_be_checked()
        author.get_by_role("searchbox").fill("zzzzzz")
        expect(author.get_by_role("status")).to_have_text("Nothing found.")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_values_are_accessible(chromium: Browser, address: str, dark: bool) -> None:
    with visit(chromium, address, "browse/?q=wasserstein&tag=gan", dark=dark) as page:
        first_result(page)
        for buttons in (".facet:not([open]) > summary", ".facet .fold button:first-child:not([hidden])"):
            page.locator(buttons).evaluate_all("all => all.forEach((one) => one.click())")
        expect(page.locator(".facet li.dead").first).to_be_visible()
        assert violations(page) == []


def test_choices_show_in_forced_colors(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/?tag=-gan") as page:
        first_result(page)
        page.emulate_media(forced_colors="active")
        background = "button => getComputedStyle(button).backgroundColor"
        for group in (page.get_by_role("group", name="View"), page.locator("[data-facet=model]")):
            pressed = group.locator("[aria-pressed=true]").first.evaluate(background)
            assert pressed != group.locator("[aria-pressed=false]").first.evaluate(background)


def test_what_is_pressed_or_active_shows_in_forced_colors_on_every_page(chromium: Browser, address: str) -> None:
    background = "button => getComputedStyle(button).backgroundColor"
    with visit(chromium, address, "tags/gan/") as page:
        page.emulate_media(forced_colors="active")
        group = page.get_by_role("group", name="View")
        pressed = group.locator("[aria-pressed=true]").evaluate(background)
        assert pressed != group.locator("[aria-pressed=false]").evaluate(background)
        page.get_by_role("searchbox", name="Search the papers").fill("gan")
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        outline = "option => getComputedStyle(option).outlineStyle"
        assert page.locator("[aria-selected=true]").evaluate(outline) == "solid"
        assert page.get_by_role("option").last.evaluate(outline) == "none"
        page.keyboard.press("Escape")
        page.locator("button.cite").click()
        labels = page.locator(".citing label")
        assert labels.first.evaluate(background) != labels.last.evaluate(background)
        current = page.locator(".rooms [aria-current]").first
        border = "link => getComputedStyle(link).borderBottomColor"
        assert current.evaluate(border) != page.locator(".rooms a:not([aria-current])").first.evaluate(border)


def test_thousands_of_terms_make_few_rows(chromium: Browser, address: str, toy: Library) -> None:
    terms = tuple(Term(f"term-{at}", f"Term {at}") for at in range(5000))
    papers = tuple(replace(paper, tags=(*paper.tags, terms[at].id)) for at, paper in enumerate(toy.papers))
    large = replace(toy, papers=papers, facets=(*toy.facets, Facet("large", "Large", "Which?", terms)))
    files = dict(search_files(build_catalogue(large, {})))

    def with_terms(route: Route) -> None:
        route.fulfill(body=files[f"search/{route.request.url.rpartition('/')[2]}"]())

    with visit(chromium, address, "about/") as page:
        page.route("**/search/*.json", with_terms)
        page.goto(f"{address}browse/?tag=term-1")
        facet = page.locator("[data-facet=large]")
        expect(facet.locator("li")).to_have_count(8)
        facet.get_by_role("button", name=re.compile("^4,992 more")).click()
        expect(facet.locator("li")).to_have_count(108)
        facet.get_by_role("searchbox").fill("term 4999")
        expect(facet.get_by_role("checkbox", name=re.compile("^Term 4999 "))).to_be_disabled()
        assert page.locator(".facet li").count() < 300
