"""Serve the site during editing: run the command that serves it, and rebuild after each change.

Changes are reported by the operating system, through watchdog. A change during a build triggers another build once the
first has finished.
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

POLL_SECONDS = 0.2  # between two checks of the server
SETTLING_SECONDS = 0.05  # wait for editors that write a file in several steps
MAX_ENDING_SECONDS = 5  # wait for the server to exit before it is killed
ENDING_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # the first is that of Ctrl-C; Windows lacks SIGHUP
READING_EVENTS = (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE)


class ChangeHandler(FileSystemEventHandler):
    """An event handler that records whether anything has changed."""

    def __init__(self) -> None:
        self.changed = Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in READING_EVENTS:
            self.changed.set()


def watch_content(
    content: Path, server: Sequence[str], build: Callable[[], int], is_built: Callable[[], bool], address: str = ""
) -> int:
    """Build, start the server, and rebuild after each change until the server exits; return its exit status.

    `build` reports problems itself. If a change causes problems, the last good pages are still served; if there are no
    pages yet, the server is started after the first successful build. Ctrl-C and termination signals are the normal
    ways to quit, so they return 0.
    """
    for number in ending_signals():
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
    """Wait a moment, and build if something has changed."""
    if changed.wait(POLL_SECONDS):
        time.sleep(SETTLING_SECONDS)
        changed.clear()
        build()


@contextmanager
def running_server(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server for the duration of the block.

    It has its own process group, so that Ctrl-C interrupts it only once, through this function.
    """
    running = None
    try:
        with interrupts_deferred():
            running = subprocess.Popen(command, start_new_session=True)
        yield running
    finally:
        if running:
            end_server(running)


def end_server(running: subprocess.Popen[bytes]) -> None:
    """End a server, the hard way where it takes too long."""
    running.send_signal(signal.SIGINT)
    try:
        running.wait(MAX_ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()


@contextmanager
def interrupts_deferred() -> Iterator[None]:
    """Let a signal that ends the program wait for the end of the block, so that no new process is lost sight of.

    Raises:
        KeyboardInterrupt: Such a signal came meanwhile.
    """
    received: list[int] = []
    before = {number: signal.signal(number, lambda caught, _: received.append(caught)) for number in ending_signals()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if received:
        raise KeyboardInterrupt


def ending_signals() -> list[int]:
    """The numbers of the signals by which the program is ended, as far as the system has them."""
    return [number for name in ENDING_SIGNALS if (number := getattr(signal, name, None))]
