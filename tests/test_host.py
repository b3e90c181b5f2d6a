"""What a host gets: the headers that it is asked to send, and no file that no page needs."""

import posixpath
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from html import unescape
from pathlib import Path

import pytest

from generator.output.preview import headers_for
from generator.site.policy import host_headers

MAX_RULES, MAX_LINE = 100, 2_000  # on Cloudflare
BY_NAME = (
    # what programs read, as the page of data says
    *("api/*", "*.bib", "*.ris", "*.csl.json", "*.atom", "*.md.txt", "llms.txt"),
    *("_headers", "robots.txt", "sitemap.xml"),  # what hosts and crawlers look for
    "assets/previews/*.png",  # named by the pages of a site that knows its address
    *("assets/*/LICENSE", "assets/*license.txt"),
)
NAMES_BY_SUFFIX = {
    ".html": re.compile(r"(?:href|src)=\"([^\"#?]+)"),
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
        ("/tags/gan.atom", "application/atom+xml; charset=utf-8"),
        ("/papers/tr0n.md.txt", "text/plain; charset=utf-8"),
        ("/api/v1/papers.csv", "text/csv; charset=utf-8"),
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
    if file.suffix not in NAMES_BY_SUFFIX:
        return
    for address in map(unescape, NAMES_BY_SUFFIX[file.suffix].findall(file.read_text("utf-8"))):
        for folder in (posixpath.dirname(name), ""):
            yield posixpath.normpath(posixpath.join(folder, re.sub(r"\$\{[^}]*\}", "*", address)))
