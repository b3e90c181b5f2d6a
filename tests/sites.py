"""Builds whole sites from any content, serves them on this machine, and reads what came out."""

import gzip
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

ROOT = Path(__file__).parent.parent
LISTED = ROOT / "content"  # the list that is published, which no test reads
TOY = ROOT / "tests/toy"  # a list of real papers, for the tests alone
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} {# c #} *b* __i__ `c` [l](javascript:x) "
    "![p](q) &lt; &#60; \"d\" 's' </title></p></li></pre> <!-- --> ]]> \\ {: onclick=x .y } # $x$ ~~s~~ | _x^2 --- é 生"
)
MKDOCS = ("-m", "mkdocs", "build", "--strict", "--quiet")


def workshop(folder: Path) -> Path:
    """A folder set up like this repository, where another content can be built."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "generator").symlink_to(ROOT / "generator")
    (folder / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text())
    return folder


def run(folder: Path, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs Python with these arguments in a folder; its output as text."""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "REPOSITORY_URL")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=surroundings | {"NO_MKDOCS_2_WARNING": "1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def built(folder: Path, content: Path, **environment: str) -> Path:
    """The site of a content, built in a new folder; its warnings are errors."""
    workshop(folder)
    for command in (("-m", "generator", "build", "--content", content), MKDOCS):
        done = run(folder, *command, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder / "build/site"


class Silent(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Does not mind browsers that close before they have read everything."""

    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def served(site: Path, under: str = "/") -> Iterator[str]:
    """The address of a site while it is served, if need be under a path."""
    root = site
    if under != "/":
        root = site.parent / "served"
        (root / under.strip("/")).parent.mkdir(parents=True, exist_ok=True)
        (root / under.strip("/")).symlink_to(site)
    with Server(("127.0.0.1", 0), partial(Silent, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{under}"
        server.shutdown()


def parsed(file: Path) -> Element:
    """A page as a browser reads it, without namespaces."""
    tree = html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False)
    for node in tree.iter():
        if isinstance(node.tag, str):
            node.tag = node.tag.rpartition("}")[2]
    return tree


def pages(site: Path) -> dict[str, Element]:
    """All pages of a site by their address from its root."""
    files = sorted(site.rglob("*.html"))
    return {file.relative_to(site).as_posix().removesuffix("index.html"): parsed(file) for file in files}


def broken(site: Path, found: Mapping[str, Element]) -> list[str]:
    """Every link, picture, script or style within the site that leads nowhere, as `page: address`."""
    anchors = {page: {node.get("id") for node in tree.iter()} for page, tree in found.items()}
    return [
        f"{page}: {address}"
        for page, tree in found.items()
        if page != "404.html"  # its addresses depend on where the site is
        for address in addresses(tree)
        if not leads(site, anchors, page, address)
    ]


def addresses(tree: Element) -> list[str]:
    """All addresses that a page names."""
    return [value for node in tree.iter() for name in ("href", "src") if (value := node.get(name))]


def leads(site: Path, anchors: Mapping[str, Sequence[object] | set[str | None]], page: str, address: str) -> bool:
    """Whether an address on a page leads somewhere, as far as it stays within the site."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    target = unquote(urlsplit(urljoin(f"/{page}", address)).path).lstrip("/")
    if target in anchors:
        return not parts.fragment or unquote(parts.fragment) in anchors[target]
    return (site / target).is_file()


def zipped(file: Path) -> int:
    """A file's size in bytes, gzipped."""
    return len(gzip.compress(file.read_bytes(), mtime=0))


def hostile(value: object, key: str = "") -> object:
    """The value with hostile text wherever a curator may write freely."""
    if isinstance(value, dict):
        return {name: hostile(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [hostile(inner, key) for inner in value]
    free = "name title authors abstract summary why definition aliases description introduction tagline because".split()
    return f"{HOSTILE} {value}" if key in free else value
