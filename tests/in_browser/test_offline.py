"""What a reader can do without a network: read pages that were seen or saved, search, and use the own list.

The server is really stopped, so that nothing but the service worker can answer.
"""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import quote

import pytest
from browser import violations, visit
from drivers import firefox, until
from playwright.sync_api import Browser, Locator, Page, expect
from sites import TOY, Server, built

from generator.output.offline import complete_site

QUERIES = ("gan", "wasserstien", "langevin dynamics zero-shot", "text generation newest")  # also of words in abstracts
RESULTS = "document.querySelector('[data-results]')"
KEPT = """async () => {
  const name = (await indexedDB.databases()).find(({ name }) => name.startsWith("reading-list "))?.name;
  if (!name) return [];
  return new Promise((done) => {
    const opened = indexedDB.open(name);
    opened.onsuccess = () => {
      const asked = opened.result.transaction("papers").objectStore("papers").getAllKeys();
      asked.onsuccess = () => done(asked.result) ?? opened.result.close();
    };
  });
}"""
MARKED = """[...document.querySelectorAll(".md-typeset a")]
  .filter((link) => getComputedStyle(link, "::after").content.includes("needs"))
  .map((link) => link.origin === location.origin ? "own" : "other")"""
STORED = """async () => {
  const found = {};
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) (found[name] ??= []).push(url);
  return found;
}"""


class Host:
    """A server of some folders that can be stopped, started again at the same address, and kept from answering."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.asked: list[str] = []  # paths
        self.answers = Event()
        self.answers.set()
        self.stopped = Event()
        self.port = 0
        self.start()

    def start(self) -> None:
        self.stopped.clear()
        self.server = Server(("127.0.0.1", self.port), partial(HostHandler, self, directory=str(self.root)))
        self.port = self.server.server_port
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()

    def address(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


class HostHandler(SimpleHTTPRequestHandler):
    """Answers from the files of a host, once the host answers."""

    def __init__(self, host: Host, *arguments: Any, directory: str) -> None:
        self.host = host
        super().__init__(*arguments, directory=directory)

    def do_GET(self) -> None:
        self.host.asked.append(self.path)
        self.host.answers.wait()
        if not self.host.stopped.is_set():  # a browser may have connected earlier than it asks
            super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def hosted(root: Path) -> Iterator[Host]:
    """Serve a folder, and yield its host."""
    host = Host(root)
    try:
        yield host
    finally:
        host.answers.set()
        host.stop()


@pytest.fixture
def host(site: Path) -> Iterator[Host]:
    with hosted(site) as running:
        yield running


@contextmanager
def reading(chromium: Browser, site: str, kind: str = "", *, at_once: bool = True) -> Iterator[Page]:
    """Open a page of a site whose service worker runs, and yield it once the worker has what it fetches unasked.

    The page tells the worker to do so after some seconds; here, it is told at once, unless it is not meant to be.
    """
    with visit(chromium, site, kind, worker=True) as page:
        if at_once:
            page.evaluate("navigator.serviceWorker.ready.then(({ active }) => active.postMessage('prepare'))")
        until_stored(page, site, "search/list.json")
        yield page


def stored(page: Page, site: str) -> set[str]:
    """Return the addresses in all caches, relative to the root of the site."""
    found: dict[str, list[str]] = page.evaluate(STORED)
    return {url.removeprefix(site) for urls in found.values() for url in urls}


def until_stored(page: Page, site: str, *paths: str) -> None:
    """Wait until the caches have these addresses, and the worker controls the page."""
    until(lambda: page.evaluate("Boolean(navigator.serviceWorker.controller)"), "the worker controls the page")
    until(lambda: {*paths} <= stored(page, site), f"stored: {paths}")


@contextmanager
def disconnected(page: Page, host: Host) -> Iterator[None]:
    """Stop the host and tell the browser that there is no network, during the block."""
    host.stop()
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)
    host.start()


def results(page: Page, query: str) -> list[str]:
    """Return the ids of the papers that are found."""
    page.wait_for_function(f"(query) => {RESULTS}?.dataset.results === query", arg=query)
    ids: list[str] = page.locator("[data-results] > [data-paper]").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.paper)"
    )
    return ids


def keep(place: Locator) -> None:
    """Keep the paper of a row or page, and wait until that is stored."""
    before = len(place.page.evaluate(KEPT))
    place.locator("button.keep").first.click()
    until(lambda: len(place.page.evaluate(KEPT)) > before, "one more paper is stored")


# Reading


@pytest.mark.parametrize("root", ["/", "/lists/reading/"])
def test_pages_that_were_seen_are_shown_without_a_network(
    chromium: Browser, site: Path, tmp_path: Path, root: str
) -> None:
    folder = tmp_path / "www"
    (folder / root.strip("/")).parent.mkdir(parents=True, exist_ok=True)
    (folder / root.strip("/")).symlink_to(site) if root != "/" else folder.symlink_to(site)
    with hosted(folder) as host, reading(chromium, address := host.address(root), "papers/tr0n/") as page:
        page.goto(f"{address}tags/gan/")
        until_stored(page, address, "papers/tr0n/", "tags/gan/")
        title, face = page.locator("h1").inner_text(), page.evaluate("getComputedStyle(document.body).fontFamily")
        with disconnected(page, host):
            page.reload()
            expect(page.locator("h1")).to_have_text(title)
            assert page.evaluate("getComputedStyle(document.body).fontFamily") == face
            assert page.evaluate(
                "document.fonts.ready.then((all) => [...all].some(({ status }) => status === 'loaded'))"
            )
            page.goto(f"{address}papers/tr0n/")
            expect(page.locator("h1")).to_contain_text("TR0N")
            page.go_back()
            expect(page.locator("h1")).to_have_text(title)
            page.goto(address)
            expect(page.locator("h1")).to_be_visible()


def test_a_page_that_is_not_saved_says_so_and_leads_on(chromium: Browser, host: Host) -> None:
    site = host.address()
    with reading(chromium, site, "papers/wasserstein-gan/") as page:
        until_stored(page, site, "papers/wasserstein-gan/")
        with disconnected(page, host):
            for path in ("papers/tr0n/?from=feed", "authors/david-bau/"):
                page.goto(site + path)
                expect(page.locator("h1")).to_have_text("Not saved")
                expect(page.get_by_role("link", name="Try the page again")).to_have_attribute("href", site + path)
                assert violations(page) == []
            page.locator("article").get_by_role("link", name="My list").click()
            expect(page.locator("h1")).to_have_text("My list")
            page.goto(f"{site}papers/tr0n/")
            page.locator("article").get_by_role("link", name="All papers").click()
            expect(page.locator("[data-results] > [data-paper]").first).to_be_visible()
            page.goto(f"{site}papers/tr0n/")
            saved = page.locator("[data-saved] li")
            expect(saved).to_have_count(1)
            saved.get_by_role("link").click()
            expect(page.locator("h1")).to_contain_text("Wasserstein GAN")
            page.goto(f"{site}papers/tr0n/")
        page.get_by_role("link", name="Try the page again").click()
        expect(page.locator("h1")).to_contain_text("TR0N")


@pytest.mark.parametrize(
    "asked", ["//other.example/", "https://other.example/", "javascript:alert(1)", "../../x", "\\\\o.example"]
)
def test_the_page_for_what_is_not_saved_leads_nowhere_else(chromium: Browser, address: str, asked: str) -> None:
    with visit(chromium, address, f"offline/?page={quote(asked)}") as page:
        expect(page.locator("[data-saved]:not([hidden])")).to_be_attached()
        for link in page.locator("[data-saved] a").all():
            assert link.evaluate("(link) => link.href").startswith(address)


def test_search_finds_the_same_papers_without_a_network(chromium: Browser, host: Host) -> None:
    site = host.address()
    with visit(chromium, site) as page:
        wanted = {}
        for query in QUERIES:
            page.goto(f"{site}browse/?q={query}")
            wanted[query] = results(page, query)
    assert all(wanted.values())
    with reading(chromium, site) as page:
        until(lambda: any(path.startswith("search/texts") for path in stored(page, site)), "texts are stored")
        with disconnected(page, host):
            for query in QUERIES:
                page.goto(f"{site}browse/?q={query}")
                assert results(page, query) == wanted[query]
            page.goto(f"{site}browse/?code=yes")
            expect(page.locator("[data-results] > [data-paper]").first).to_be_visible()
            page.goto(site)
            page.locator(".search input").first.fill("wasserstien")
            expect(page.locator("[data-suggestions] [data-paper=wasserstein-gan]").first).to_be_visible()


def test_the_own_list_is_read_and_changed_without_a_network(chromium: Browser, host: Host) -> None:
    site = host.address()
    with reading(chromium, site, "papers/tr0n/") as page:
        keep(page.locator("article"))
        until_stored(page, site, "papers/tr0n/")
        with disconnected(page, host):
            page.goto(f"{site}mine/")
            row = page.locator("[data-results] > [data-paper=tr0n]")
            expect(row).to_be_visible()
            page.goto(f"{site}browse/")
            keep(page.locator("[data-results] > [data-paper=wasserstein-gan]"))
            page.goto(f"{site}mine/?q=wasserstein")
            expect(page.locator("[data-results] > [data-paper=wasserstein-gan]")).to_be_visible()
            page.goto(f"{site}compare/?papers=tr0n,wasserstein-gan")
            expect(page.locator("h1")).to_have_text("Compare")


def test_where_the_network_is_slow_what_is_stored_is_shown(chromium: Browser, host: Host) -> None:
    site = host.address()
    with reading(chromium, site, "papers/tr0n/") as page:
        page.goto(f"{site}papers/tr0n/")
        until_stored(page, site, "papers/tr0n/")
        page.goto(f"{site}about/")
        host.answers.clear()
        page.goto(f"{site}papers/tr0n/", wait_until="commit")
        expect(page.locator("h1")).to_contain_text("TR0N")
        host.answers.set()


def test_what_the_host_answers_comes_first(chromium: Browser, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "site")
    about = tmp_path / "site/about/index.html"
    with hosted(tmp_path / "site") as host, reading(chromium, address := host.address(), "about/") as page:
        page.reload()
        until_stored(page, address, "about/")
        about.write_text(about.read_text("utf-8").replace("</h1>", " today</h1>"))
        page.reload()
        expect(page.locator("h1")).to_contain_text("today")
        with disconnected(page, host):
            page.reload()
            expect(page.locator("h1")).to_contain_text("today")


def test_only_so_many_of_the_pages_that_were_seen_are_stored(chromium: Browser, host: Host) -> None:
    fill = """async (site) => {
      const name = (await caches.keys()).find((name) => name.endsWith(" seen"));
      const cache = await caches.open(name);
      for (let at = 0; at < 300; at++) await cache.put(`${site}filler/${at}/`, new Response(""));
    }"""
    with reading(chromium, site := host.address(), "papers/tr0n/") as page:
        page.evaluate(fill, site)
        page.goto(f"{site}papers/wasserstein-gan/")
        until(lambda: "papers/tr0n/" not in stored(page, site), "the page that was seen first is no longer stored")
        seen = {
            url.removeprefix(site) for name, urls in page.evaluate(STORED).items() if " seen" in name for url in urls
        }
        assert {url for url in seen if url.endswith("/")} == {
            "papers/wasserstein-gan/", *(f"filler/{at}/" for at in range(1, 300))
        }  # fmt: skip
        assert "search/list.json" in seen


def test_answers_other_than_pages_are_left_alone(chromium: Browser, host: Host) -> None:
    site = host.address()
    with reading(chromium, site) as page:
        page.goto(f"{site}papers/tr0n")  # the host redirects
        assert page.url == f"{site}papers/tr0n/"
        expect(page.locator("h1")).to_contain_text("TR0N")
        statuses = "(paths) => Promise.all(paths.map(async (path) => (await fetch(path)).status))"
        assert page.evaluate(statuses, [f"{site}papers.bib", f"{site}api/v1/papers.json"]) == [200, 200]
        assert page.evaluate("fetch(location.href, { method: 'HEAD' }).then(({ status }) => status)") == 200
        page.goto(f"{site}about/")
        assert "papers/tr0n" not in stored(page, site)
        with disconnected(page, host):
            page.goto(f"{site}papers/tr0n/")
            expect(page.locator("h1")).to_contain_text("TR0N")


# Saving


def test_the_page_of_a_kept_paper_is_saved_at_once(chromium: Browser, host: Host) -> None:
    site = host.address()
    with reading(chromium, site, "browse/") as page:
        assert "papers/tr0n/" not in stored(page, site)
        row = page.locator("[data-results] > [data-paper=tr0n]")
        keep(row)
        until_stored(page, site, "papers/tr0n/", "papers/tr0n.bib", "papers/tr0n.csl.json")
        with disconnected(page, host):
            page.goto(f"{site}papers/tr0n/")
            expect(page.locator("h1")).to_contain_text("TR0N")
        page.goto(f"{site}browse/")
        expect(row.locator("button.keep")).to_have_attribute("aria-pressed", "true")
        row.locator("button.keep").click()
        until(lambda: "papers/tr0n.bib" not in stored(page, site), "nothing of the paper is saved")


def test_the_whole_list_is_saved_and_removed(chromium: Browser, host: Host, site: Path) -> None:
    manifest = json.loads((site / "offline.json").read_text("utf-8"))
    listed, data = ([path for path, _, _ in manifest[kind]] for kind in ("pages", "data"))
    with reading(chromium, address := host.address(), "mine/") as page:
        page.reload()  # with a worker
        panel = page.locator("div[data-offline]")
        panel.locator("summary").click()
        everything = panel.get_by_role("button", name="Save the whole list")
        expect(everything).to_have_text(re.compile(rf"{len(listed)} pages, [\d.]+ MB"))
        host.answers.clear()
        everything.click()
        expect(panel.get_by_role("progressbar")).to_be_visible()
        expect(panel.get_by_role("progressbar")).to_have_attribute("max", str(len(listed) + len(data)))
        assert violations(page) == []
        host.answers.set()
        expect(panel.get_by_role("status")).to_have_text(re.compile(rf"{len(listed)} pages saved, [\d.]+ MB"))
        expect(panel.get_by_role("progressbar")).to_be_hidden()
        expect(everything).to_be_hidden()
        assert {*listed, *data} <= stored(page, address)
        with disconnected(page, host):
            for path in ("papers/gemini/", "tags/gan/", "venues/icml/", "map/"):
                page.goto(address + path)
                expect(page.locator("h1")).to_be_visible()
                expect(page.locator("h1")).not_to_have_text("Not saved")
            for path in ("papers/gemini/", "tags/gan/", "venues/icml/", "browse/?q=gan"):
                page.goto(address + path)
                page.get_by_role("button", name=re.compile("^Cite")).first.click()
                page.get_by_role("dialog").locator("label", has_text="BibTeX").click()
                expect(page.get_by_role("dialog")).to_contain_text("author")
        page.goto(f"{address}mine/")
        panel.locator("summary").click()
        expect(panel.get_by_role("status")).to_contain_text(f"{len(listed)} pages saved")
        panel.get_by_role("button", name="Remove all but what I keep").click()
        expect(everything).to_be_visible()
        assert "papers/gemini/" not in stored(page, address)


def test_what_is_kept_stays_saved_when_the_rest_is_removed(chromium: Browser, host: Host) -> None:
    with reading(chromium, site := host.address(), "browse/") as page:
        keep(page.locator("[data-results] > [data-paper=tr0n]"))
        until_stored(page, site, "papers/tr0n/", "papers/tr0n.csl.json")
        page.goto(f"{site}mine/")
        panel = page.locator("div[data-offline]")
        panel.locator("summary").click()
        everything = panel.get_by_role("button", name="Save the whole list")
        rest = panel.get_by_role("button", name="Remove all but what I keep")
        expect(everything).to_be_visible()
        expect(rest).to_be_hidden()
        everything.click()
        rest.click()
        expect(panel.get_by_role("status")).to_have_text(re.compile("^1 page saved"))
        expect(rest).to_be_hidden()
        assert {"papers/tr0n/", "papers/tr0n.csl.json"} <= stored(page, site)
        assert "papers/gemini/" not in stored(page, site)


def test_saving_can_be_stopped(chromium: Browser, host: Host, site: Path) -> None:
    number = len(json.loads((site / "offline.json").read_text("utf-8"))["pages"])
    with reading(chromium, host.address(), "mine/") as page:
        page.reload()
        panel = page.locator("div[data-offline]")
        panel.locator("summary").click()
        host.answers.clear()
        panel.get_by_role("button", name="Save the whole list").click()
        panel.get_by_role("button", name="Stop").click()
        host.answers.set()
        rest = panel.get_by_role("button", name="Save the whole list")
        expect(rest).to_be_focused()
        assert int(re.findall(r"(\d+) pages", rest.inner_text())[0]) > number // 2


def test_where_there_is_no_room_that_is_said_once_and_all_else_works(chromium: Browser, host: Host) -> None:
    with reading(chromium, site := host.address(), "mine/") as page:
        page.reload()
        limits = page.context.new_cdp_session(page)
        used = page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
        limits.send("Storage.overrideQuotaForOrigin", {"origin": site.rstrip("/"), "quotaSize": used + 100_000})
        panel = page.locator("div[data-offline]")
        panel.locator("summary").click()
        panel.get_by_role("button", name="Save the whole list").click()
        expect(page.locator(".notice")).to_contain_text("no room")
        expect(panel.get_by_role("button", name="Save the whole list")).to_be_visible()
        page.goto(f"{site}browse/?q=gan")
        assert results(page, "gan")


# New versions


@pytest.fixture(scope="module")
def versions(site: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two builds of the toy list; in the second, a paper has another title."""
    content = tmp_path_factory.mktemp("second") / "content"
    shutil.copytree(TOY, content)
    paper = content / "papers/tr0n.yml"
    paper.write_text(paper.read_text("utf-8").replace("title: 'TR0N:", "title: 'Zyzzyva TR0N:"))
    return site, built(tmp_path_factory.mktemp("second-site"), content)


def publish(version: Path, place: Path) -> None:
    """Put a version of a site in the place of the one before, so that no request comes in between."""
    new = place.with_name("new")
    new.symlink_to(version)
    new.replace(place)


def test_a_new_version_is_offered_and_takes_over_what_has_not_changed(
    chromium: Browser, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    publish(versions[0], tmp_path / "site")
    with hosted(tmp_path / "site") as host, reading(chromium, site := host.address(), "browse/", at_once=False) as page:
        for paper in ("tr0n", "wasserstein-gan"):
            keep(page.locator(f"[data-results] > [data-paper={paper}]"))
        page.goto(f"{site}tags/loudness/")
        page.goto(f"{site}authors/david-bau/")
        until_stored(page, site, "papers/tr0n/", "papers/wasserstein-gan/", "tags/loudness/", "authors/david-bau/")
        old = shells(page)
        publish(versions[1], tmp_path / "site")
        page.goto(f"{site}about/")
        notice = page.locator(".notice")
        expect(notice).to_contain_text("A new version of this list is ready.")
        assert {*old} < {*shells(page)}
        assert page.url == f"{site}about/"
        host.asked.clear()
        with page.expect_event("load"):
            notice.get_by_role("button", name="Reload").click()
        until(lambda: len(shells(page)) == 1, "the old version is gone")
        assert old != shells(page)
        until(lambda: "/papers/tr0n/" in host.asked, "the changed page is fetched")
        assert "/authors/david-bau/" not in host.asked
        until(lambda: "Zyzzyva" in text_of(page, f"{site}papers/tr0n/"), "the changed page is stored")
        until(lambda: "Zyzzyva" in text_of(page, f"{site}search/list.json"), "the changed data are stored")
        with disconnected(page, host):
            page.goto(f"{site}authors/david-bau/")
            expect(page.locator("h1")).to_have_text("David Bau")
            page.goto(f"{site}papers/tr0n/")
            expect(page.locator("h1")).to_contain_text("Zyzzyva")
            page.goto(f"{site}browse/?q=zyzzyva")
            assert results(page, "zyzzyva") == ["tr0n"]


def test_before_the_new_version_is_accepted_everything_works_without_a_network(
    chromium: Browser, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    publish(versions[0], tmp_path / "site")
    with hosted(tmp_path / "site") as host, reading(chromium, site := host.address(), "about/", at_once=False) as page:
        shutil.copytree(versions[1], tmp_path / "renamed")
        rename_chunks(tmp_path / "renamed")
        publish(tmp_path / "renamed", tmp_path / "site")
        page.goto(f"{site}about/")
        expect(page.locator(".notice")).to_contain_text("A new version of this list is ready.")
        with disconnected(page, host):
            page.goto(f"{site}browse/?q=wasserstein")
            assert "wasserstein-gan" in results(page, "wasserstein")
            keep(page.locator("[data-results] > [data-paper=wasserstein-gan]"))
            page.goto(f"{site}mine/")
            expect(page.locator("[data-results] > [data-paper=wasserstein-gan]")).to_be_visible()


def test_an_open_page_has_its_scripts_after_a_new_version_is_published(
    chromium: Browser, versions: tuple[Path, Path], tmp_path: Path
) -> None:
    for version, name in zip(versions, ("old", "renamed"), strict=True):
        shutil.copytree(
            version, tmp_path / name, copy_function=shutil.copy
        )  # which the browser does not take for fresh
    rename_chunks(tmp_path / "renamed")
    publish(tmp_path / "old", tmp_path / "site")
    with hosted(tmp_path / "site") as host, reading(chromium, host.address(), "papers/tr0n/") as page:
        publish(tmp_path / "renamed", tmp_path / "site")
        page.get_by_role("button", name="Cite", exact=True).click()
        expect(page.get_by_role("dialog")).to_contain_text("BibTeX")


def test_the_same_site_is_no_new_version(chromium: Browser, versions: tuple[Path, Path], tmp_path: Path) -> None:
    publish(versions[0], tmp_path / "site")
    with hosted(tmp_path / "site") as host, reading(chromium, site := host.address(), at_once=False) as page:
        old = shells(page)
        publish(versions[0], tmp_path / "site")
        host.asked.clear()
        page.goto(f"{site}about/")
        page.evaluate("navigator.serviceWorker.ready.then((registration) => registration.update())")
        until(lambda: "/sw.js" in host.asked, "the browser asks for the worker")
        assert page.evaluate(
            "navigator.serviceWorker.ready.then(({ waiting, installing }) => [waiting, installing])"
        ) == [None, None]
        assert shells(page) == old
        expect(page.locator(".notice")).to_have_count(0)


def shells(page: Page) -> list[str]:
    """Return the names of the caches of versions."""
    return [name for name in page.evaluate(STORED) if " shell " in name]


def text_of(page: Page, address: str) -> str:
    """Return the text that is stored of an address."""
    found: str = page.evaluate("async (url) => (await (await caches.match(url))?.text()) ?? ''", address)
    return found


def rename_chunks(site: Path) -> None:
    """Give the scripts of a site other names, as when they change, and complete the site anew."""
    scripts = site / "assets/scripts"
    names = {file.name: f"{file.stem}Z.js" for file in scripts.glob("*-????????.js")}
    assert names
    for file in scripts.glob("*.js"):
        text = file.read_text("utf-8")
        for name, new in names.items():
            text = text.replace(name, new)
        file.unlink()
        (scripts / names.get(file.name, file.name)).write_text(text)
    complete_site(site)


# Beside other sites, and where there is no worker


@pytest.mark.parametrize(("one", "other"), [("/one/", "/other/"), ("/", "/other/")])
def test_lists_of_one_origin_leave_each_other_alone(
    chromium: Browser, versions: tuple[Path, Path], tmp_path: Path, one: str, other: str
) -> None:
    for version, root in zip(versions, (one, other), strict=True):
        shutil.copytree(version, tmp_path / root.strip("/"), dirs_exist_ok=True)
    with hosted(tmp_path) as host, reading(chromium, host.address(one), "papers/wasserstein-gan/") as page:
        keep(page.locator("article"))
        until_stored(page, host.address(one), "papers/wasserstein-gan/", "papers/wasserstein-gan.csl.json")
        before = {name: urls for name, urls in page.evaluate(STORED).items() if name.startswith(f"reading-list {one} ")}
        tab = page.context.new_page()
        tab.goto(host.address(f"{other}papers/tr0n/"))
        until_stored(tab, host.address(other), "search/list.json")
        found = tab.evaluate(STORED)
        assert {*before} <= {*found}
        assert {*before["reading-list " + one + " saved"]} == {*found["reading-list " + one + " saved"]}
        others = [url for name, urls in found.items() if name.startswith(f"reading-list {other} ") for url in urls]
        assert others
        assert all(url.startswith(host.address(other)) for url in others)
        tab.goto(host.address(f"{other}mine/"))
        expect(tab.locator("[data-empty]")).to_be_visible()
        with disconnected(tab, host):
            tab.goto(host.address(f"{other}papers/tr0n/"))
            expect(tab.locator("h1")).to_contain_text("Zyzzyva")
            tab.goto(host.address(f"{one}papers/wasserstein-gan/"))
            expect(tab.locator("h1")).to_have_text("Wasserstein GAN")


@pytest.mark.parametrize("without", ["navigator.serviceWorker", "caches"])
def test_in_browsers_without_workers_pages_are_as_before(chromium: Browser, host: Host, without: str) -> None:
    where, name = ("Navigator.prototype", "serviceWorker") if "." in without else ("window", "caches")
    with visit(chromium, site := host.address(), worker=True) as page:
        page.add_init_script(f"delete {where}.{name}")
        page.goto(f"{site}browse/")
        assert page.evaluate(f"'{name}' in {'navigator' if '.' in without else 'window'}") is False
        keep(page.locator("[data-results] > [data-paper=tr0n]"))
        page.goto(f"{site}mine/")
        expect(page.locator("[data-results] > [data-paper=tr0n]")).to_be_visible()
        expect(page.locator("div[data-offline]")).to_be_hidden()


def test_where_no_worker_was_published_pages_are_as_before(chromium: Browser, site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("sw.js", "offline.json"))
    with (
        hosted(tmp_path / "site") as host,
        visit(chromium, address := host.address(), worker=True, without="nothing") as page,
    ):
        until(lambda: "/sw.js" in host.asked, "the page asks for the worker")
        keep(page.locator("[data-paper]").first)
        page.goto(f"{address}mine/")
        expect(page.locator("[data-results] > [data-paper]")).to_have_count(1)
        expect(page.locator("div[data-offline]")).to_be_hidden()


def test_only_the_worker_of_the_site_can_be_registered(chromium: Browser, host: Host) -> None:
    attempts = """async () => {
      const said = [];
      const attempt = async (act) => said.push(await act().then(() => "done", ({ name }) => name));
      await attempt(async () => trustedTypes.createPolicy("service-worker", { createScriptURL: (url) => url }));
      await attempt(async () => trustedTypes.createPolicy("other", { createScriptURL: (url) => url }));
      await attempt(async () => navigator.serviceWorker.register("assets/scripts/main.js"));
      await attempt(async () => { document.createElement("script").src = "https://other.example/"; });
      return said;
    }"""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(host.address())
        assert page.evaluate(attempts) == ["TypeError"] * 4


# Without a network


def test_links_to_other_sites_say_that_they_need_the_network(chromium: Browser, host: Host) -> None:
    with reading(chromium, site := host.address(), "papers/tr0n/") as page:
        page.reload()
        until_stored(page, site, "papers/tr0n/")
        link = page.locator("article a[href^='https://arxiv.org']").first
        with disconnected(page, host):
            page.reload()
            link.click()
            expect(page.locator(".notice")).to_contain_text("needs the network")
            assert page.url == f"{site}papers/tr0n/"
            assert violations(page) == []
            page.goto(f"{site}browse/?q=gan")
            assert results(page, "gan")
            assert {*page.evaluate(MARKED)} == {"other"}
            page.goto(f"{site}papers/gemini/")
            expect(page.locator("[data-saved] li").first).to_be_visible()
            assert page.evaluate(MARKED) == []
        expect(page.locator("html[data-offline]")).to_have_count(0)


def test_it_is_said_once_in_a_visit_that_there_is_no_network(chromium: Browser, host: Host) -> None:
    said = "You are offline: pages that you have seen or saved still open."
    with reading(chromium, site := host.address(), "about/") as page:
        with disconnected(page, host):
            expect(page.locator(".notice [role=status]")).to_have_text(said)
            assert violations(page) == []
            page.goto(f"{site}browse/?q=gan")
            assert results(page, "gan")
            page.wait_for_load_state("networkidle")
            expect(page.locator(".notice")).to_have_count(0)
        with page.context.expect_page() as opened:
            page.evaluate("window.open('about:blank', '', 'noopener')")
        with disconnected(page, host):
            opened.value.goto(f"{site}about/")
            expect(opened.value.locator(".notice [role=status]")).to_have_text(said)


def test_without_a_worker_nothing_is_said_when_the_network_ends(chromium: Browser, address: str) -> None:
    with visit(chromium, address, "about/") as page:
        page.context.set_offline(True)
        expect(page.locator("html[data-disconnected]")).to_be_attached()
        expect(page.locator(".notice")).to_have_count(0)


def test_reference_managers_find_what_is_saved_and_no_request_fails_for_them(chromium: Browser, host: Host) -> None:
    failed: list[str] = []
    with reading(chromium, site := host.address(), "papers/tr0n/") as page:
        page.on("requestfailed", lambda request: failed.append(request.url))
        keep(page.locator("article"))
        until_stored(page, site, "papers/tr0n/")
        with disconnected(page, host):
            page.add_init_script("document.addEventListener('ZoteroItemUpdated', () => { window.told = true; })")
            page.goto(f"{site}mine/")
            page.wait_for_function("() => window.told")
            expect(page.locator("[data-results] > [data-paper=tr0n] .Z3988")).to_have_count(0)
        assert [url for url in failed if "/search/" in url] == []
        page.goto(f"{site}mine/")
        panel = page.locator("div[data-offline]")
        panel.locator("summary").click()
        panel.get_by_role("button", name="Save the whole list").click()
        until_stored(page, site, "search/contexts-0.json", "papers.bib")
        expect(panel.get_by_role("progressbar")).to_be_hidden()
        with disconnected(page, host):
            page.reload()
            expect(page.locator("[data-results] > [data-paper=tr0n] .Z3988")).to_have_count(1)


def test_a_citation_is_made_without_a_network(chromium: Browser, host: Host) -> None:
    with reading(chromium, site := host.address(), "papers/tr0n/") as page:
        keep(page.locator("article"))
        until_stored(page, site, "papers/tr0n/", "papers/tr0n.bib")
        with disconnected(page, host):
            page.reload()
            page.locator("article").get_by_role("button", name="Cite").first.click()
            page.get_by_role("dialog").locator("label", has_text="BibTeX").click()
            expect(page.get_by_role("dialog")).to_contain_text("@inproceedings{")


# As an app


def test_browsers_find_nothing_that_keeps_the_site_from_being_installed(chromium: Browser, host: Host) -> None:
    with reading(chromium, host.address(), "papers/tr0n/") as page:
        session = page.context.new_cdp_session(page)
        manifest = session.send("Page.getAppManifest")
        assert manifest["url"] == host.address("/manifest.webmanifest")
        assert manifest["errors"] == []
        assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []


# In Firefox


def test_firefox_shows_what_was_seen_without_a_network(host: Host) -> None:
    with firefox() as driver:
        site = host.address()
        driver.visit(f"{site}papers/tr0n/")
        until(lambda: driver.answer("Boolean(navigator.serviceWorker.controller)"), "the worker controls the page")
        driver.visit(f"{site}papers/tr0n/")
        held = f"Promise.all(['papers/tr0n/', 'search/list.json'].map((path) => caches.match({site!r} + path)))"
        until(lambda: driver.answer(f"{held}.then((all) => all.every(Boolean))"), "the page and the data are stored")
        driver.answer("document.querySelector('button.keep').click() ?? true")
        until(lambda: driver.answer(f"({KEPT})()"), "a paper is stored")
        host.stop()
        driver.visit(f"{site}papers/tr0n/")
        assert "TR0N" in driver.answer("document.querySelector('h1').textContent")
        driver.visit(f"{site}tags/gan/")
        assert driver.answer("document.querySelector('h1').textContent").strip() == "Not saved"
        driver.visit(f"{site}browse/?q=gan")
        found = f"{RESULTS}?.dataset.results === 'gan' && {RESULTS}.children.length > 3"
        until(lambda: driver.answer(found), "papers are found")
        driver.visit(f"{site}mine/")
        until(lambda: driver.answer(f"{RESULTS}?.querySelector('[data-paper=tr0n]') !== null"), "the kept paper")
        host.start()
