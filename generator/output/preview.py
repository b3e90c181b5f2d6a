"""Serves a site to its curator while it changes: each open page loads itself again when there is something new, and
shows what is wrong with the list.

The rules of the site's `_headers` apply, so
that a page is shown as its host shows it. Only service workers are left out, as they would keep old pages: scripts find
none, and those that an earlier site left at this address are removed.
"""

import mimetypes
import posixpath
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Protocol
from urllib.parse import quote, urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import StartResponse, WSGIEnvironment

STOP_SECONDS = 0.2  # between two chances to stop
RULES_FILE = "_headers"
SCRIPT_ADDRESS = "/.reload.js"  # no builder publishes a file whose name starts with a dot
VERSION_ADDRESS = "/.version"
RELOAD_SCRIPT = """
navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((worker) => worker.unregister()));
Object.defineProperty(navigator, "serviceWorker", { value: undefined });
const { version, from } = document.currentScript.dataset;
const banner = document.body.appendChild(document.createElement("pre"));
banner.setAttribute("role", "status");
Object.assign(banner.style, {
  position: "fixed", inset: "auto 0 0", margin: 0, padding: ".6em 1em", maxHeight: "30vh", overflow: "auto",
  font: "14px/1.4 monospace", whiteSpace: "pre-wrap", color: "CanvasText", background: "Canvas", zIndex: 9,
  borderTop: "2px solid",
});
banner.hidden = true;
const asking = setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch(from, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return;
  const [newest, ...problems] = (await answer.text()).split("\\n");
  if (newest !== version) {
    clearInterval(asking);
    return location.reload();
  }
  const text = problems.join("\\n");
  if (banner.textContent !== text) banner.textContent = text;
  banner.hidden = !text;
}, 100);
"""


class SiteSource(Protocol):
    """Where the files of a site come from."""

    def __contains__(self, name: str) -> bool:
        """Return whether the site has a file."""

    def read(self, name: str) -> bytes:
        """Return what a file of the site holds.

        Raises:
            ChildProcessError: It cannot be made.
        """


class FolderSource:
    """A site in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __contains__(self, name: str) -> bool:
        return (self.folder / name).is_file()

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request."""

    status: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Preview:
    """A site that is served while it changes.

    `root` is the path of its address, which starts and ends with a slash. `version` is different after each change, and
    `problems` are lines that all open pages show.
    """

    def __init__(self, site: SiteSource) -> None:
        self.site = site
        self.root = "/"
        self.version = ""
        self.problems: Sequence[str] = ()

    def renew(self) -> None:
        """Let the open pages load again."""
        self.version = str(time.time_ns())

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        answer = self.answer(path, environ.get("QUERY_STRING", ""))
        headers = answer.headers | {"Content-Length": str(len(answer.body)), "Cache-Control": "no-cache"}
        start_response(answer.status, list(headers.items()))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    def answer(self, path: str, query: str = "") -> Answer:
        if path == SCRIPT_ADDRESS:
            return Answer("200 OK", {"Content-Type": "text/javascript"}, RELOAD_SCRIPT.encode())
        if path == VERSION_ADDRESS:
            return Answer("200 OK", {"Content-Type": "text/plain"}, "\n".join([self.version, *self.problems]).encode())
        if path == "/" != self.root:
            return Answer("302 Found", {"Location": quote(self.root)})
        try:
            return self.file_answer(path, query)
        except ChildProcessError as error:
            return Answer("500 Internal Server Error", {"Content-Type": "text/plain"}, f"{error}\n".encode())

    def file_answer(self, path: str, query: str) -> Answer:
        """Return a file of the site, the address of a folder's page, or the page of addresses that lead nowhere."""
        name = posixpath.normpath(f"/{path.removeprefix(self.root)}").lstrip("/")
        if not path.startswith(self.root):
            return self.file_content("404 Not Found", "404.html")
        if path.endswith("/"):
            return self.file_content("200 OK", f"{name}/index.html".lstrip("/"))
        if f"{name}/index.html" in self.site:
            return Answer("302 Found", {"Location": f"{quote(path)}/{'?' if query else ''}{query}"})
        return self.file_content("200 OK", name)

    def file_content(self, status: str, name: str) -> Answer:
        if name not in self.site:
            missing = status.startswith("404")
            return Answer(status) if missing else self.file_content("404 Not Found", "404.html")
        body = self.site.read(name)
        headers = {"Content-Type": mimetypes.guess_type(name)[0] or "application/octet-stream"}
        if RULES_FILE in self.site:
            headers |= headers_for(f"/{name.removesuffix('index.html')}", self.site.read(RULES_FILE).decode())
        return Answer(status, headers, self.with_reload_script(body) if name.endswith(".html") else body)

    def with_reload_script(self, page: bytes) -> bytes:
        """Return a page that loads itself again once there is a newer version of the site."""
        script = f'<script src="{SCRIPT_ADDRESS}" data-version="{self.version}" data-from="{VERSION_ADDRESS}"></script>'
        before, end, after = page.rpartition(b"</body>")
        return before + script.encode() + end + after


def headers_for(path: str, rules: str) -> dict[str, str]:
    """Return the headers that the rules of a `_headers` file set for a path."""
    headers: dict[str, str] = {}
    applies = False
    for line in rules.splitlines():
        if line.startswith("/"):
            pattern = ".*".join(map(re.escape, line.split("*")))
            applies = bool(re.fullmatch(pattern, path))
        elif applies and line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            headers[name] = value
    return headers


class PreviewHandler(WSGIRequestHandler):
    """A request handler that logs nothing."""

    def log_message(self, *_: object) -> None:
        pass


class PreviewServer(ThreadingMixIn, WSGIServer):
    """A server that does not mind browsers that close a connection early."""

    daemon_threads = True

    def __init__(self, address: str, preview: Preview) -> None:
        parts = urlsplit(address)
        super().__init__(
            (parts.hostname or "", 80 if parts.port is None else parts.port), PreviewHandler, bind_and_activate=False
        )
        self.address, self.preview = address, preview
        self.is_serving = False
        self.set_app(preview)

    def handle_error(self, *_: object) -> None:
        pass


@contextmanager
def reserve_address(address: str, preview: Preview) -> Iterator[PreviewServer]:
    """Keep an address for a server during the block, at whose end it stops; `start_serving` opens it.

    Raises:
        OSError: The address cannot be had; `filename` of the error is the address.
    """
    with PreviewServer(address, preview) as server:
        try:
            server.server_bind()
        except OSError as error:
            raise OSError(error.errno, error.strerror, address) from error
        try:
            yield server
        finally:
            if server.is_serving:
                server.shutdown()


def start_serving(server: PreviewServer) -> None:
    """Answer requests from now on, in the background."""
    server.server_activate()
    Thread(target=server.serve_forever, kwargs={"poll_interval": STOP_SECONDS}, daemon=True).start()
    server.is_serving = True
