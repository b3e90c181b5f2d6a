"""A list's own look in a real browser: its colors apply, its logo is shown, and axe-core finds nothing wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import violations, visit
from playwright.sync_api import Browser, expect
from sites import served

COLORS = {False: "rgb(138, 59, 18)", True: "rgb(239, 151, 112)"}  # the accent in light and dark


@pytest.fixture(scope="module")
def own_address(published: Path) -> Iterator[str]:
    with served(published) as at:
        yield at


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_list_with_its_own_look(chromium: Browser, own_address: str, dark: bool) -> None:
    with visit(chromium, own_address, dark=dark) as page:  # fails if the page violates its policy
        for kind in ("", "browse/", "papers/tr0n/"):
            page.goto(own_address + kind)
            expect(page.locator(".foot .own")).to_contain_text("By a reading group")
            for width in (320, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                assert violations(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".brand img").evaluate("image => image.naturalWidth") > 0
        assert page.locator(".buttons .cite").first.evaluate("button => getComputedStyle(button).color") == COLORS[dark]
