"""`make serve`: edits appear in the open page, errors keep the last valid site, and no service worker stays."""

from pathlib import Path

from drivers import until
from live import free_address, serving, shown_after
from playwright.sync_api import Browser, expect
from sites import TOY, served

from generator.output.preview import FolderSource, Preview, reserve_address, start_serving

WORKERS = "Navigator.prototype.__lookupGetter__('serviceWorker').call(navigator)"
REGISTERED = f"{WORKERS}.getRegistrations().then((all) => all.length)"


def test_edits_show_and_mistakes_do_not(tmp_path: Path, chromium: Browser) -> None:
    with serving(tmp_path / "place", TOY) as (content, address):
        page = chromium.new_page()
        page.goto(f"{address}papers/tr0n/")
        file = content / "papers/tr0n.yml"
        good = file.read_text("utf-8")
        shown_after(page, file, "We propose TR0N", "The first edit of TR0N")
        banner = page.locator("pre[role=status]")
        expect(banner).to_be_hidden()
        file.write_text("title: [\n", "utf-8")
        expect(banner).to_contain_text("content/papers/tr0n.yml:2:1: not readable as YAML")
        page.reload()
        expect(banner).to_be_visible()
        assert "The first edit of TR0N" in page.locator("article").inner_text()
        file.write_text(good, "utf-8")
        expect(banner).to_be_hidden()
        shown_after(page, file, "We propose TR0N", "The second edit of TR0N")


def test_no_worker_stays_and_the_console_has_no_errors(chromium: Browser, site: Path) -> None:
    preview = Preview(FolderSource(site))
    preview.root = "/reading/"
    faults: list[str] = []
    with reserve_address(free_address(), preview) as server, chromium.new_context() as context:
        start_serving(server)
        page = context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        for kind in ("", "mine/"):
            with page.expect_request("**/.version"):
                page.goto(f"{server.address}reading/{kind}")
            assert page.evaluate(REGISTERED) == 0
    assert faults == []


def test_a_worker_of_an_earlier_site_is_removed(chromium: Browser, site: Path) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        with served(site) as address:
            page.goto(address)
            until(lambda: page.evaluate("Boolean(navigator.serviceWorker.controller)"), "the worker controls the page")
        with reserve_address(address, Preview(FolderSource(site))) as server:
            start_serving(server)
            page.goto(f"{address}tags/gan/")
            until(lambda: page.evaluate(REGISTERED) == 0, "the worker is removed")
            page.goto(f"{address}about/")
            assert page.evaluate(f"{WORKERS}.controller") is None
            expect(page.locator(".notice")).to_have_count(0)
