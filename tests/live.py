"""Serves a copy of a list as `make serve` does, and edits it while a page is open."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count, pairwise
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from browser import browser
from playwright.sync_api import Page, expect
from sites import workshop

from generator.content.loader import load

LONGEST = 60_000  # timeout in milliseconds for a server or a page to respond
TRIES = 8  # edits of which one has to be shown


@contextmanager
def serving(folder: Path, content: Path) -> Iterator[tuple[Path, str]]:
    """Serve a copy of a list, and yield its content folder, which may be edited, and the address of the site."""
    place = workshop(folder)
    shutil.copytree(content, place / "content")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    mkdocs = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--livereload", "--quiet", "--dev-addr", host]
    command = [sys.executable, "-m", "generator", "watch", "--", *mkdocs]
    surroundings = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, cwd=place, env=surroundings, stdout=subprocess.PIPE, text=True) as running:
        try:
            await_server(f"http://{host}/")
            yield place / "content", f"http://{host}/"
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(30)


def await_server(address: str) -> None:
    """Wait until a server answers.

    Raises:
        TimeoutError: It takes longer than `LONGEST`.
    """
    deadline = time.monotonic() + LONGEST / 1000
    while time.monotonic() < deadline:
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(address)


def shown_after(page: Page, file: Path, old: str, new: str) -> float:
    """Edit a file, and return the number of seconds until the open page shows the new text.

    MkDocs loses an edit that comes in the middle of a partial build, or before it looks for changes, until the file
    changes again. So an edit that is not shown is followed by another one.
    """
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    start = time.perf_counter()
    for number in count():
        file.write_text(text.replace(old, new + "." * number), "utf-8")
        with suppress(AssertionError):
            expect(page.locator("article")).to_contain_text(new, timeout=LONGEST / TRIES)
            break
        assert number < TRIES, f"{file.name} is not shown after {TRIES} edits"
    return time.perf_counter() - start


def seconds_to_show(folder: Path, listed: Path, edits: int) -> list[float]:
    """Edit a list several times, and return for each edit the number of seconds until the open page shows it."""
    paper = load(listed, {})[0].papers[0]
    beginning = " ".join(paper.abstract.split()[:4])
    with serving(folder, listed) as (content, address), browser() as chromium:
        page = chromium.new_page()
        page.goto(f"{address}papers/{paper.id}/")
        words = [beginning, *(f"Edit {number} of it: {beginning}" for number in range(edits))]
        times = []
        for old, new in pairwise(words):
            page.wait_for_timeout(1_500)
            times.append(shown_after(page, content / f"papers/{paper.id}.yml", old, new))
        return times
