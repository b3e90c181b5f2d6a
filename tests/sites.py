"""Builds complete sites from any content, serves them locally, and parses their pages."""

import gzip
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

ROOT = Path(__file__).parent.parent
LISTED = ROOT / "content"  # the published list, which no test may read
TOY = ROOT / "tests/toy"  # a list of real papers, only for tests
WORKS = ROOT / "tests/works"  # a list with works of every kind
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} {% raw %} {# c #} *b* __i__ `c` [l](javascript:x) "
    "![p](q) &lt; &#60; \"d\" 's' </title></p></li></pre> <!-- --> ]]> \\ {: onclick=x .y } # $x$ ~~s~~ | _x^2 --- é 生"
)
WIDE = "W" * 45  # a word wider than a phone
MKDOCS = (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file")
LOOK = """
accent: "#8a3b12"
logo: images/logo.svg
favicon: images/icon.svg
license: CC-BY-SA-4.0
footer: "By [a reading group](https://example.org/group?a=1&b=2), see [about](about/#about) & <b>[data](data/)</b>."
analytics: none
"""
LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32">
<path d="M2 28 22 4l14 16 8-9 18 17z" fill="#8a3b12"/><circle cx="52" cy="8" r="5" fill="#c98a2b"/></svg>
"""
PUBLISHED = "https://list.example/reading/"  # the address of the toy list where a site has one


def workshop(folder: Path) -> Path:
    """Return a new folder set up like this repository, for building another list."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "generator").symlink_to(ROOT / "generator")
    (folder / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text())
    return folder


def run(folder: Path, *command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments in a folder, and return the completed process, with its output as text."""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "REPOSITORY_URL")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=surroundings | {"NO_MKDOCS_2_WARNING": "1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def built(folder: Path, content: Path, *builder: str, **environment: str) -> Path:
    """Build the site of a content folder in a new folder, with warnings as errors, and return the site's folder.

    `builder` is the command of the site builder, by default MkDocs.
    """
    workshop(folder)
    done = run(folder, "-m", "generator", "build", "--content", content, "--", *(builder or MKDOCS), **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "build/site"


class Silent(SimpleHTTPRequestHandler):
    """A file server that logs nothing."""

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """A server that ignores browsers that close a connection early."""

    def handle_error(self, *_: object) -> None:
        pass


def with_look(folder: Path) -> Path:
    """Return a copy of the toy list, in a folder, that has a look of its own."""
    content = folder / "content"
    shutil.copytree(TOY, content)
    with (content / "site.yml").open("a") as settings:
        settings.write(LOOK)
    (content / "images").mkdir()
    for name in ("logo", "icon"):
        (content / f"images/{name}.svg").write_text(LOGO)
    return content


@contextmanager
def served(site: Path, under: str = "/", handler: Callable[..., SimpleHTTPRequestHandler] = Silent) -> Iterator[str]:
    """Serve a site, by default at the root path, and yield its address."""
    root = site
    if under != "/":
        root = site.parent / "served"
        (root / under.strip("/")).parent.mkdir(parents=True, exist_ok=True)
        (root / under.strip("/")).symlink_to(site)
    with Server(("127.0.0.1", 0), partial(handler, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{under}"
        server.shutdown()


def parsed(file: Path) -> Element:
    """Return a page parsed as a browser parses it, without namespaces."""
    tree = html5lib.parse(file.read_text("utf-8"), namespaceHTMLElements=False)
    for node in tree.iter():
        if isinstance(node.tag, str):
            node.tag = node.tag.rpartition("}")[2]
    return tree


def pages(site: Path) -> dict[str, Element]:
    """Return all pages of a site by their address relative to its root."""
    files = sorted(site.rglob("*.html"))
    return {file.relative_to(site).as_posix().removesuffix("index.html"): parsed(file) for file in files}


def broken(site: Path, found: Mapping[str, Element]) -> list[str]:
    """Return every broken internal link, image, script, or style sheet of a site, as `page: address`."""
    anchors = {page: {node.get("id") for node in tree.iter()} for page, tree in found.items()}
    return [
        f"{page}: {address}"
        for page, tree in found.items()
        if page != "404.html"  # its addresses depend on the root path of the site
        for address in addresses(tree)
        if not leads(site, anchors, page, address)
    ]


def addresses(tree: Element) -> list[str]:
    """Return all addresses in the `href` and `src` attributes of a page."""
    return [value for node in tree.iter() for name in ("href", "src") if (value := node.get(name))]


def leads(site: Path, anchors: Mapping[str, Sequence[object] | set[str | None]], page: str, address: str) -> bool:
    """Return whether an address on a page has a target; external addresses are not checked."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return True
    name = target(page, address)
    if name in anchors:
        return not parts.fragment or unquote(parts.fragment) in anchors[name]
    return (site / name).is_file()


def target(page: str, address: str) -> str:
    """Return the address within the site to which a relative address on a page leads."""
    return unquote(urlsplit(urljoin(f"/{page}", address)).path).lstrip("/")


def neighborhood(site: Path, page: str) -> dict[str, Element]:
    """Return a page and those to which it links, parsed."""
    files = {page: site / page / "index.html"}
    files |= {name: site / name / "index.html" for to in addresses(parsed(files[page])) for name in [target(page, to)]}
    return {name: parsed(file) for name, file in files.items() if file.is_file()}


def zipped(file: Path) -> int:
    """Return the gzipped size of a file, in bytes."""
    return len(gzip.compress(file.read_bytes(), mtime=0))


def loaded_scripts(site: Path, *names: str) -> set[Path]:
    """Return the scripts of these names, and those that they import from the beginning."""
    folder = site / "assets/scripts"
    waiting = [file for name in names for file in folder.glob("*.js") if file.stem.partition("-")[0] == name]
    assert len(waiting) == len(names)
    found: set[Path] = set()
    while waiting:
        found.add(file := waiting.pop())
        imported = re.findall(r'(?:from|import)\s*"\./([\w.-]+)"', file.read_text("utf-8"))
        waiting += [folder / name for name in imported if folder / name not in found]
    return found


def scripts(site: Path) -> tuple[int, int, int]:
    """Return the gzipped sizes of a site's scripts, in bytes: of those that every page loads; of these together with
    search, dialogs and lists; and of the others, but for citeproc, which is loaded only for a style of citations."""
    every_page = loaded_scripts(site, "main", "colors")
    search = every_page | loaded_scripts(site, "search", "dialogs", "lists")
    every = {file for file in (site / "assets/scripts").glob("*.js") if not file.stem.startswith("citeproc_commonjs")}
    return sum(map(zipped, every_page)), sum(map(zipped, search)), sum(map(zipped, every - search))


def hostile(value: object, key: str = "") -> object:
    """Return a value with hostile text, and a word wider than a phone, in all free-text fields."""
    if isinstance(value, dict):
        return {name: hostile(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [hostile(inner, key) for inner in value]
    free = (
        "name title published_title authors abstract summary why questions definition scope aliases covers introduces "
        "description introduction tagline because readers assumes outcome"
    ).split()
    room = (
        298 - len(f"{HOSTILE}{WIDE}") if key in ("name", "authors", "aliases", "covers", "introduces") else None
    )  # names are short
    return f"{HOSTILE} {WIDE} {str(value)[:room]}" if key in free else value
