"""The page for addresses that lead nowhere: people without a page are found among all papers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from browser import violations
from playwright.sync_api import Browser, Page, expect
from sites import Silent, served


class Host(Silent):
    """A file server that answers unknown addresses with the site's own page for them."""

    def send_error(self, code: int, _message: str | None = None, _explain: str | None = None) -> None:
        places = (Path(self.directory) / under / "404.html" for under in ("", "reading"))
        body = next(file.read_bytes() for file in places if file.is_file())
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module", params=[("site", ""), ("published", "reading/")], ids=["at the root", "in a folder"])
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    name, under = request.param
    folder: Path = request.getfixturevalue(name)
    if under:
        outer = tmp_path_factory.mktemp("host")
        (outer / under).symlink_to(folder)
        folder = outer
    with served(folder, handler=Host) as at:
        yield at + under


@contextmanager
def opened(chromium: Browser, address: str, *, script: bool = True) -> Iterator[Page]:
    """Open an address in a new window, in which no script may fail, and yield the page."""
    context = chromium.new_context(java_script_enabled=script, service_workers="block")
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(address)
    yield page
    assert faults == []
    context.close()


@pytest.mark.parametrize("address", ["authors/soumith-chintala/", "authors/soumith-chintala"])
def test_who_has_no_page_is_found_among_all_papers(chromium: Browser, host: str, address: str) -> None:
    with opened(chromium, host + address) as page:
        page.wait_for_url(f"{host}browse/?author=soumith-chintala")
        expect(page.locator("[data-results] [data-paper]")).to_have_attribute("data-paper", "wasserstein-gan")


def test_the_id_of_nobody_leads_to_all_papers(chromium: Browser, host: str) -> None:
    with opened(chromium, f"{host}authors/nobody-at-all/") as page:
        page.wait_for_url(f"{host}browse/?author=nobody-at-all")
        expect(page.locator(".total")).to_contain_text("30 papers")


@pytest.mark.parametrize(
    "address",
    ["authors/Soumith/", "authors/a--b/", "authors/a/b/", "authors/a.bib", "authors/%22x/", "tags/x/", "x/authors/a/"],
)
def test_other_addresses_show_ways_on(chromium: Browser, host: str, address: str) -> None:
    with opened(chromium, host + address) as page:
        expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
        assert page.url == host + address
        assert violations(page) == []


def test_without_script_the_index_of_authors_leads_on(chromium: Browser, host: str) -> None:
    with opened(chromium, f"{host}authors/soumith-chintala/", script=False) as page:
        page.locator("article").get_by_role("link", name="authors").click()
        page.get_by_role("link", name="Soumith Chintala").click()
        page.wait_for_url(f"{host}papers/wasserstein-gan/")
