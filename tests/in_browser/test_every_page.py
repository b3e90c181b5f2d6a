"""Visits each kind of page once: it fits every width, follows the system's colors, obeys its Content Security Policy,
and has no violations of WCAG 2.2 AA that axe-core can find, in forced colors either."""

import re

import pytest
from browser import KINDS, color, violations, visit
from playwright.sync_api import Browser, Page

AUDITED = (320, 1440)  # widths in px for audits with axe-core
WIDTHS = (*AUDITED, 390)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page(chromium: Browser, address: str, kind: str) -> None:
    with visit(chromium, address, kind) as page:  # fails if the page violates its policy or a script fails
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.styleSheets.length") > 1
        for colors in ("light", "dark"):
            color(page, colors)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                check_layout(page, width, dark=colors == "dark")
        page.emulate_media(forced_colors="active")
        assert violations(page) == []


def check_layout(page: Page, width: int, *, dark: bool) -> None:
    """Check that nothing is wider than the window, the color scheme, and the results of axe-core."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    background, ink = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )
    assert (lightness(background) < lightness(ink)) == dark
    if width in AUDITED:
        assert violations(page) == []


def lightness(color: str) -> float:
    """Return the mean of the red, green, and blue of a CSS color, from 0 to 255."""
    parts = [float(part) for part in re.findall(r"[\d.]+", color)[:3]]
    return sum(parts) / 3
