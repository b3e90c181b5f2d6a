"""Serves the site while it is edited: runs the command that serves it, and builds again after each change.

The operating system reports changes, through watchdog. One that comes during a build starts another when that is done.
"""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

POLL_SECONDS = 0.2  # between two looks at the server
SETTLING_SECONDS = 0.05  # for which editors that write a file in several steps are waited for
MAX_ENDING_SECONDS = 5  # for which a server that is ending is waited for
ENDING_SIGNALS = ("SIGTERM", "SIGHUP")  # beside that of Ctrl-C; Windows lacks some
READING_EVENTS = (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE)


class ChangeHandler(FileSystemEventHandler):
    """Remembers that something changed."""

    def __init__(self) -> None:
        self.changed = Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in READING_EVENTS:
            self.changed.set()


def watch_content(
    content: Path, server: Sequence[str], build: Callable[[], int], is_built: Callable[[], bool], address: str = ""
) -> int:
    """Build, start the server, and build after each change until the server ends; return its exit status.

    `build` reports problems itself. After a change that causes one, the last good pages are still served; until there
    are any, the server waits. Ctrl-C and being ended by a signal are the usual way out, so they give 0.
    """
    for name in ENDING_SIGNALS:
        if number := getattr(signal, name, None):
            signal.signal(number, signal.default_int_handler)
    handler = ChangeHandler()
    observer = Observer()
    observer.schedule(handler, str(content), recursive=True)
    try:
        with observer:
            build()
            if not is_built():
                print("There is nothing to serve yet. Fix the problems above, and the site will be served.")
            while not is_built():
                build_after_change(handler.changed, build)
            with running_server(server) as running:
                if address:
                    print(f"Serving at {address} (press Ctrl-C to stop)")
                while running.poll() is None:
                    build_after_change(handler.changed, build)
                return running.returncode
    except KeyboardInterrupt:
        return 0


def build_after_change(changed: Event, build: Callable[[], int]) -> None:
    """Wait a moment, and build if something changed."""
    if changed.wait(POLL_SECONDS):
        time.sleep(SETTLING_SECONDS)
        changed.clear()
        build()


@contextmanager
def running_server(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A server that ends with the block.

    It has a process group of its own, so that Ctrl-C reaches it once: from here.
    """
    running = subprocess.Popen(command, start_new_session=True)
    try:
        yield running
    finally:
        running.send_signal(signal.SIGINT)
        try:
            running.wait(MAX_ENDING_SECONDS)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
