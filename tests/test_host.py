"""What a host gets: the headers and redirects that it is asked to send, and no file that no page needs."""

import posixpath
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatch
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from sites import ROOT

from generator.content.model import Library
from generator.output.preview import headers_for
from generator.site.addresses import chosen_addresses
from generator.site.catalogue import build_catalogue
from generator.site.policy import EVERYWHERE, TYPES_BY_EXTENSION, host_headers
from generator.site.redirects import MAX_REDIRECT_RULES, host_redirects

MAX_RULES, MAX_LINE = 100, 2_000  # on Cloudflare
BY_NAME = (
    # what programs read, as the page of data says
    *("api/*", "*.bib", "*.ris", "*.csl.json", "*.atom", "*.md.txt", "llms.txt"),
    *("_headers", "_redirects", "robots.txt", "sitemap.xml"),  # what hosts and crawlers look for
    ".generated",  # by which the generator knows its folder
    "assets/previews/*.png",  # named by the pages of a site that knows its address
    *("assets/*/LICENSE", "assets/*license.txt"),
)
NAMES_BY_SUFFIX = {
    ".html": re.compile(r"(?:href|src)=\"([^\"#?]+)"),
    ".atom": re.compile(r"<\?xml-stylesheet [^>]*href=\"([^\"]+)"),
    ".webmanifest": re.compile(r"\"src\": \"([^\"]+)"),
    ".css": re.compile(r"url\([\"']?([^)\"']+)"),
    ".js": re.compile(r"[\"'`]((?:[./\w-]|\$\{[^}]*\})+\.(?:js|json))[\"'`]"),
}


def rules() -> dict[str, list[str]]:
    """Return the names of the headers of each rule by its path."""
    found: dict[str, list[str]] = {}
    for line in host_headers().splitlines():
        if line.startswith("/"):
            found[line] = paths = []
        else:
            paths.append(line.strip().split(":")[0])
    return found


def test_hosts_can_read_the_headers(site: Path) -> None:
    assert (site / "_headers").read_text() == host_headers()
    assert len(rules()) <= MAX_RULES
    assert all(path.count("*") <= 1 for path in rules())
    assert all(len(line) <= MAX_LINE and line.isascii() for line in host_headers().splitlines())


def test_no_header_is_set_twice(site: Path) -> None:
    """Where two rules set a header, Cloudflare joins the values with a comma."""
    for name in {f"/{file.relative_to(site)}" for file in site.rglob("*")}:
        names = [header for path, headers in rules().items() if fnmatch(name, path) for header in headers]
        assert len(names) == len(set(names)), name


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/papers/tr0n.bib", "application/x-bibtex; charset=utf-8"),
        ("/papers.ris", "application/x-research-info-systems; charset=utf-8"),
        ("/list/tags/gan.csl.json", "application/vnd.citationstyles.csl+json"),
        ("/tags/gan.atom", "application/xml; charset=utf-8"),
        ("/papers/tr0n.md.txt", "text/plain; charset=utf-8"),
        ("/api/v1/papers.csv", "text/csv; charset=utf-8"),
        ("/manifest.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/api/v1/papers.json", None),
        ("/papers/tr0n/", None),
    ],
)
def test_files_get_their_types_and_programs_may_read_them(path: str, media_type: str | None) -> None:
    headers = headers_for(path, host_headers())
    assert headers.get("Content-Type") == media_type
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_policy_of_the_pages_is_that_of_the_host_without_what_only_a_header_can_say(site: Path) -> None:
    policy = headers_for("/papers/tr0n/", host_headers())["Content-Security-Policy"]
    for page in site.rglob("*.html"):
        (own,) = re.findall('<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page.read_text("utf-8"))
        assert f"{unescape(own)}; frame-ancestors 'none'" == policy, page


GUIDE = (ROOT / ".github/PUBLISHING.md").read_text("utf-8")


@pytest.mark.parametrize("server", ["nginx", "apache", "caddy"])
def test_the_guide_lets_other_servers_send_the_same_headers(server: str) -> None:
    (settings,) = re.findall(rf"```{server}\n(.*?)```", GUIDE, re.DOTALL)
    for name, value in EVERYWHERE.items():
        assert f'{name} "{value}"' in settings
    for extension, media_type in TYPES_BY_EXTENSION.items():
        kind, _, charset = media_type.partition(";")
        known = server == "nginx" and extension == "txt"  # in its own list of types
        assert known or kind in settings or (extension, server) == ("txt", "apache"), extension
        assert extension.replace(".", r"\.") in settings or extension in settings or known
        assert not charset or "utf-8" in settings


def test_the_guide_makes_redirects_for_nginx_of_the_file(site: Path) -> None:
    (command,) = re.findall("^(awk .*) build/site/_redirects > redirects.conf$", GUIDE, re.MULTILINE)
    done = subprocess.run(["sh", "-c", f"{command} {site}/_redirects"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        f"location = {old} {{ return {status} {new}; }}" for old, new, status in redirects(site)
    ]


def redirects(site: Path) -> list[list[str]]:
    return [line.split(" ") for line in (site / "_redirects").read_text().splitlines()]


@pytest.mark.parametrize("root", ["/", "/reading/"])
def test_every_moved_address_has_a_redirect(root: str, site: Path, published: Path, toy: Library) -> None:
    """It leads where the page leads that is there for hosts that know no rules."""
    built = site if root == "/" else published
    formers = (one for one in chosen_addresses(toy) if one.is_former and not one.is_own_original)
    venues = build_catalogue(toy, {}).lists["venues"].values()
    moved = {one.address: one.entry for one in formers} | {f"venues/{o}": v.id for v in venues for o in v.replaces}
    rules = redirects(built)
    assert len(moved) > 2
    assert {old for old, _, _ in rules} == {f"{root}{address}/" for address in moved}
    for old, new, status in rules:
        address = old.removeprefix(root).rstrip("/")
        assert (new, status) == (f"{root}{address.rpartition('/')[0]}/{moved[address]}/", "301")
        page = (built / address / "index.html").read_text("utf-8")
        (refresh,) = re.findall('<meta http-equiv="refresh" content="0; url=([^"]*)">', page)
        assert urljoin(old, refresh) == new


def test_no_redirect_stands_in_the_way_of_a_page(site: Path, published: Path) -> None:
    """Cloudflare follows a rule even where there is a page: only where that page would do the same."""
    for built, root in ((site, "/"), (published, "/reading/")):
        pages = {f"{root}{file.parent.relative_to(built)}/": file for file in built.rglob("index.html")}
        real = {at for at, file in pages.items() if 'http-equiv="refresh"' not in file.read_text("utf-8")}
        for old, new, _ in redirects(built):
            assert old not in real
            assert new in real


def test_hosts_take_the_redirects(site: Path, published: Path) -> None:
    for built in (site, published):
        for old, new, status in redirects(built):
            assert re.fullmatch(r"/[a-z0-9/-]+/", old)
            assert re.fullmatch(r"/[a-z0-9/-]+/", new)
            assert status == "301"


def test_there_are_no_more_redirects_than_hosts_follow(toy: Library) -> None:
    moved = [(f"papers/{'p' * 90}-{number}/", "papers/one/") for number in range(MAX_REDIRECT_RULES + 1)]
    lines = host_redirects(toy.site, moved).splitlines()
    assert len(lines) == MAX_REDIRECT_RULES == 2_000
    assert max(map(len, lines)) < 1_000
    assert lines == [f"/{old} /papers/one/ 301" for old, _ in moved[:-1]]


@pytest.mark.parametrize(
    ("address", "root"),
    [
        (None, "/"),
        ("https://list.example", "/"),
        ("https://list.example/~ann/a*b/:c/%20/", "/~ann/a%2Ab/%3Ac/%20/"),
        ("https://list.example/生/", "/%E7%94%9F/"),
    ],
)
def test_redirects_begin_with_the_path_of_the_site(address: str | None, root: str, toy: Library) -> None:
    rules = host_redirects(replace(toy.site, address=address), [("tags/a/", "tags/b/")])
    assert rules == f"{root}tags/a/ {root}tags/b/ 301\n"


def test_a_list_in_which_nothing_moved_has_no_file_for_it(empty_site: Path) -> None:
    assert not (empty_site / "_redirects").exists()


def test_every_file_is_needed(site: Path) -> None:
    names = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    kept = {name for name in names if name.endswith(".html") or any(fnmatch(name, known) for known in BY_NAME)}
    new = kept
    while new:
        needed = {at for file in new for at in needed_files(site, file)}
        varying = [at for at in needed if "*" in at]
        new = {name for name in names - kept if name in needed or any(fnmatch(name, at) for at in varying)}
        kept |= new
    assert sorted(names - kept) == []


def needed_files(site: Path, name: str) -> Iterator[str]:
    """Yield what a file of a site names, relative to the file or, in scripts, to the site; `*` for what varies."""
    file = site / name
    if file.suffix not in NAMES_BY_SUFFIX or name == "sw.js":  # which names all that it keeps, needed or not
        return
    for address in map(unescape, NAMES_BY_SUFFIX[file.suffix].findall(file.read_text("utf-8"))):
        for folder in (posixpath.dirname(name), ""):
            yield posixpath.normpath(posixpath.join(folder, re.sub(r"\$\{[^}]*\}", "*", address).lstrip("/")))
