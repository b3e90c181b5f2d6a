"""`make serve`: edits appear in the open page, and errors keep the last valid site."""

from pathlib import Path

from live import serving, shown_after
from playwright.sync_api import Browser
from sites import TOY


def test_edits_show_and_mistakes_do_not(tmp_path: Path, chromium: Browser) -> None:
    with serving(tmp_path / "place", TOY) as (content, address):
        page = chromium.new_page()
        page.goto(f"{address}papers/tr0n/")
        file = content / "papers/tr0n.yml"
        good = file.read_text("utf-8")
        shown_after(page, file, "We propose TR0N", "The first edit of TR0N")
        file.write_text("title: [\n", "utf-8")
        page.wait_for_timeout(1_500)
        page.reload()
        assert "The first edit of TR0N" in page.locator("article").inner_text()
        file.write_text(good, "utf-8")
        shown_after(page, file, "We propose TR0N", "The second edit of TR0N")
