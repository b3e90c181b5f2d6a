"""axe-core finds no violations of WCAG 2.2 AA in any state of search; `test_every_page.py` covers the pages."""

import pytest
from browser import color, violations, visit
from playwright.sync_api import Browser, Page, expect


@pytest.mark.parametrize("width", [320, 1440])
def test_search_in_use(chromium: Browser, address: str, width: int) -> None:
    with visit(chromium, address, "", width=width) as page:
        page.keyboard.press("/")
        page.keyboard.type("saliency")
        expect(page.locator("[data-suggestions] [data-paper]").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        audit(page, width)
        page.goto(f"{address}browse/?q=wasserstien+loss&tag=gan,-stylegan&all=model")
        expect(page.locator("[data-results] mark").first).to_be_visible()
        for summary in page.locator("[data-browse] summary:visible").all():
            summary.click()
        if width == 320:
            page.get_by_role("button", name="Filters").click()
        audit(page, width)
        page.goto(f"{address}browse/?q=recent+gan+since+2016")
        expect(page.locator(".granted button").first).to_be_visible()
        expect(page.locator(".named a").first).to_be_visible()
        audit(page, width)
        page.goto(f"{address}browse/?q=qqqqqq")
        expect(page.locator(".nothing")).to_be_visible()
        audit(page, width)


def audit(page: Page, width: int) -> None:
    """Check the state of a page in light and in dark colors, and that nothing is wider than the window."""
    for colors in ("light", "dark"):
        color(page, colors)
        assert violations(page) == [], colors
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_keys_can_be_read(chromium: Browser, address: str, dark: bool) -> None:
    luminance = """(element) => {
      const light = (color) => { const [r, g, b] = color.match(/[\\d.]+/g).map(Number); return r + g + b; };
      const style = getComputedStyle(element);
      return Math.abs(light(style.color) - light(style.backgroundColor));
    }"""
    with visit(chromium, address, "about/", dark=dark) as page:
        assert page.locator("article kbd").first.evaluate(luminance) > 380


def test_motion_is_reduced_where_it_is_asked_for(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/") as page:
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_focus_is_seen(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "browse/") as page:
        expect(page.locator("[data-results] li").first).to_be_visible()
        for _ in range(40):
            page.keyboard.press("Tab")
            seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert seen != "none", page.evaluate("document.activeElement.outerHTML")
