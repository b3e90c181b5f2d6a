"""The browser for the tests: an installed Chrome or Chromium or, failing that, one that this module installs.

`python tests/browser.py` installs a browser if necessary, or explains in one line how to get one.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

KINDS = ("", "browse/", "papers/tr0n/", "categories/", "categories/generators/", "tags/", "tags/gan/", "paths/",
         "paths/looking-inside/", "authors/", "authors/david-bau/", "venues/", "venues/icml/", "years/", "years/2019/",
         "about/", "data/", "health/", "map/", "mine/", "compare/", "offline/", "404.html")  # fmt: skip
SCRIPTS = "generator/search/browser"
AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"
# axe-core takes the color of text from a property whose computed value Chromium does not force when it forces colors.
# Its style sheets are for no rule that is asked for, and what passes a rule is not described.
RULES = """async () => {
  const computed = getComputedStyle;
  if (matchMedia("(forced-colors: active)").matches)
    globalThis.getComputedStyle = (...asked) => {
      const style = computed(...asked);
      const plain = style.getPropertyValue.bind(style);
      style.getPropertyValue = (name) => plain(name === "-webkit-text-fill-color" ? "color" : name);
      return style;
    };
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const asked = { runOnly: tags, resultTypes: ["violations"], preload: { assets: ["media"] } };
  const found = await axe.run(document, asked);
  globalThis.getComputedStyle = computed;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join("; ")}`);
}"""
PATIENCE = 60_000  # ms to wait for a state; long, as the machine may be busy
PAUSE = 20  # ms between two looks
SHELL = "chromium-headless-shell"  # visits take about a fifth less time than with the whole browser
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()


def installed() -> str | None:
    """Return the path of an installed browser, or None for that of Playwright."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


expect.set_options(timeout=PATIENCE)


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a headless browser, yield it, and close it at the end.

    Raises:
        playwright.sync_api.Error: No browser is installed.
    """
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=installed(), args=QUIET)
        try:
            yield running
        finally:
            running.close()


@contextmanager
def visit(
    chromium: Browser,
    site: str,
    kind: str = "",
    *,
    width: int = 1440,
    dark: bool = False,
    script: bool = True,
    touch: bool = False,
    without: str | None = None,
    worker: bool = False,
) -> Iterator[Page]:
    """Open a page of a site in a new window, and yield it.

    Requests to addresses that match the glob `without` are aborted, and errors in the console are then ignored. The
    site's service worker runs only if `worker` says so, as it would answer requests that tests abort or count; the
    network may then be missing.

    Raises:
        AssertionError: A script failed, a dialog opened, or a request failed or left the site.
    """
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        has_touch=touch,
        is_mobile=touch,
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
        accept_downloads=True,
        service_workers="allow" if worker else "block",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    ignored = "" if without else "Failed to load resource: net::" if worker else None
    page.on("console", lambda said: faults.append(said.text) if is_fault(said, ignored) else None)
    page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
    here = (site, "data:", f"blob:{site}")
    page.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith(here) else None)
    if without:
        page.route(without, lambda route: route.abort())
    page.goto(site + kind)
    yield page
    assert faults == [], faults
    context.close()


def is_fault(said: ConsoleMessage, ignored: str | None) -> bool:
    """Return whether a message in the console is an error, other than those that begin with a text."""
    return said.type == "error" and (ignored is None or not said.text.startswith(ignored))


@contextmanager
def page_with_scripts(
    chromium: Browser, site: str, folder: str, names: Sequence[str], also: str = ""
) -> Iterator[Page]:
    """Open a page with the scripts of these names in a folder of the browser's scripts, and yield it.

    What they export is in the properties of the global `scripts`, named after them with underscores; `also` is more
    that is exported there.
    """
    entry = "".join(f'export * as {name.replace("-", "_")} from "./{SCRIPTS}/{folder}/{name}.js";' for name in names)
    bundle = subprocess.run(
        ["node_modules/.bin/esbuild", "--bundle", "--format=iife", "--global-name=scripts"],
        input=entry + also,
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    with visit(chromium, site, "about/") as page:
        page.evaluate(f"{bundle}; window.scripts = scripts")
        yield page


def await_requests(page: Page, held: Sequence[Route], count: int = 1) -> None:
    """Wait until so many requests are held.

    Raises:
        TimeoutError: They never are.
    """
    for _ in range(PATIENCE // PAUSE):
        if len(held) >= count:
            return
        page.wait_for_timeout(PAUSE)
    raise TimeoutError(f"{len(held)} of {count} requests are held")


def color(page: Page, colors: str) -> None:
    """Ask for light or dark colors as the reader's system does, and wait until the page has them."""
    page.emulate_media(color_scheme="dark" if colors == "dark" else "light")
    page.wait_for_function(f"() => document.documentElement.dataset.colors === '{colors}'")


def violations(page: Page) -> list[str]:
    """Return the accessibility problems that axe-core finds in the current state of a page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(RULES)
    return found


def starts() -> bool:
    """Return whether a browser starts. This is tried in a separate process, as it may crash."""
    script = "from browser import browser\nwith browser(): pass"
    tried = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parent, capture_output=True, check=False)
    return tried.returncode == 0


def installers() -> Iterator[list[str]]:
    """Yield commands that may install a browser on this system, best first."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        yield ["apt-get", "update", "-qq"]
        for package in (SHELL, "chromium"):
            yield ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package, "libatomic1"]
    yield [sys.executable, "-m", "playwright", "install", "chromium", "--only-shell"]


def is_best() -> bool:
    """Return whether the browser is the one that was asked for, or the fastest one of those that this system has."""
    return bool(os.environ.get("CHROMIUM") or shutil.which(SHELL) or not shutil.which("apt-get") or os.geteuid())


def main() -> int:
    """Install a browser if necessary, and return 0 if one starts, else 1."""
    ready = is_best() and starts()
    for command in () if ready else installers():
        print("Installing a browser for the tests:", " ".join(command))
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if "install" in command and starts():
            return 0
    if ready or starts():
        return 0
    print(
        "The tests need a browser: sudo apt-get install chromium libatomic1, or name one in CHROMIUM", file=sys.stderr
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
