"""Serves a copy of a list as `make serve` does, and edits it while a page is open."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from browser import browser
from playwright.sync_api import Page
from sites import MKDOCS, workshop

from generator.content.loader import load

SHOWN = "(text) => document.querySelector('article')?.textContent.includes(text)"  # looked at in each frame
LONGEST = 240_000  # timeout in milliseconds for a server or a page to respond


@contextmanager
def serving(folder: Path, content: Path, builder: Sequence[str] = MKDOCS) -> Iterator[tuple[Path, str]]:
    """Serve a copy of a list, and yield its content folder, which may be edited, and the address of the site."""
    place = workshop(folder)
    shutil.copytree(content, place / "content")
    address = free_address()
    watch = [sys.executable, "-m", "generator", "watch", "--address", address]
    command = [*watch, "--", *builder]
    surroundings = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(command, cwd=place, env=surroundings, stdout=subprocess.PIPE, text=True) as running:
        try:
            await_server(address)
            yield place / "content", address
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(30)


def free_address() -> str:
    """Return an address of this machine that no server uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/"


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
    """Edit a file, and return the number of seconds until the open page shows the new text."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    start = time.perf_counter()
    file.write_text(text.replace(old, new), "utf-8")
    page.wait_for_function(SHOWN, arg=new, timeout=LONGEST)
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
            times.append(shown_after(page, content / f"papers/{paper.id}.yml", old, new))
        return times
