"""The browser that the tests drive: Chrome or Chromium as it is installed, else one that this module installs.

`python tests/browser.py` sees to it that there is one, or says in one line how to get it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

KINDS = ("", "browse/", "papers/tr0n/", "categories/", "categories/generators/", "tags/", "tags/gan/", "paths/",
         "paths/looking-inside/", "authors/", "authors/david-bau/", "venues/", "venues/icml/", "years/", "years/2019/",
         "about/", "data/", "health/", "404.html")  # fmt: skip
AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"
RULES = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, { runOnly: tags });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join("; ")}`);
}"""
PATIENCE = 60_000  # ms for which a state is waited for, as other work may fill the machine
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()


def installed() -> str | None:
    """The path of an installed browser; nothing where Playwright's own is to be used."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


expect.set_options(timeout=PATIENCE)


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser, closed at the end.

    Raises:
        playwright.sync_api.Error: There is none.
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
    without: str | None = None,
) -> Iterator[Page]:
    """A page in a window of its own; faults of its scripts, and requests that fail or leave the site, fail the test.

    Addresses that match `without`, a glob, cannot be had, and their failing is no fault.
    """
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
        accept_downloads=True,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" and not without else None)
    page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
    here = (site, "data:", f"blob:{site}")
    page.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith(here) else None)
    if without:
        page.route(without, lambda route: route.abort())
    page.goto(site + kind)
    yield page
    assert faults == [], faults
    context.close()


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with a page as it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(RULES)
    return found


def starts() -> bool:
    """Whether a browser is there and starts; asked in a process of its own, which may fail in any way."""
    script = "from browser import browser\nwith browser(): pass"
    tried = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parent, capture_output=True, check=False)
    return tried.returncode == 0


def installers() -> Iterator[list[str]]:
    """The commands that may install a browser here, the best first."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        yield ["apt-get", "update", "-qq"]
        yield ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "libatomic1"]
    yield [sys.executable, "-m", "playwright", "install", "chromium"]


def main() -> int:
    """Installs a browser if need be; 0 if one starts."""
    for command in installers():
        if starts():
            return 0
        print("Installing a browser for the tests:", " ".join(command))
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if starts():
        return 0
    print(
        "The tests need a browser: sudo apt-get install chromium libatomic1, or name one in CHROMIUM", file=sys.stderr
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
