"""Builds again after each change, until the program is told to end.

Changes are reported by the operating system, through watchdog. A change during a build triggers another build once the
first has finished. Some changes are never reported: those of a folder that was put in the place of a watched one, and
those of some network and shared drives. They are found by comparing the files with what they were, now and then.
"""

import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Event

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from generator.output.interrupts import ending_signals
from generator.output.stamps import Stamp, file_stamps

POLL_SECONDS = 0.2  # between two chances for a signal to be heard
COMPARE_SECONDS = 2  # between two comparisons of the files
SETTLING_SECONDS = 0.05  # wait for editors that write a file in several steps
READING_EVENTS = (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE)


class ChangeHandler(FileSystemEventHandler):
    """An event handler that records a change of one of these files, or of anything in one of these folders."""

    def __init__(self, watched: Sequence[Path]) -> None:
        self.changed = Event()
        self.watched = watched

    def on_any_event(self, event: FileSystemEvent) -> None:
        places = [Path(str(place)) for place in (event.src_path, event.dest_path) if place]
        if event.event_type not in READING_EVENTS and any(
            place.is_relative_to(watched) for place in places for watched in self.watched
        ):
            self.changed.set()


def watch_files(watched: Sequence[Path], build: Callable[[], None]) -> int:
    """Build, and build again after each change of these files and folders; return 0 when a signal ends the program.

    Ctrl-C and the signals of termination are the normal ways to quit. `build` reports problems itself.
    """
    for number in ending_signals():
        signal.signal(number, signal.default_int_handler)
    handler = ChangeHandler([place.absolute() for place in watched])
    observer = Observer()
    for place in handler.watched:
        # A file is watched through its folder, as editors put a new file in its place.
        observer.schedule(handler, str(place if place.is_dir() else place.parent), recursive=place.is_dir())
    try:
        with observer:
            while True:
                handler.changed.clear()  # before the build, so that a change during the build is not lost
                stamps = watched_stamps(handler.watched)
                build()
                await_change(handler, stamps)
    except KeyboardInterrupt:
        return 0


def await_change(handler: ChangeHandler, stamps: Mapping[Path, Mapping[str, Stamp]]) -> None:
    """Wait until a change is reported, or the files no longer have these stamps."""
    compared = time.monotonic()
    while not handler.changed.wait(POLL_SECONDS):
        if time.monotonic() - compared > COMPARE_SECONDS:
            if watched_stamps(handler.watched) != stamps:
                break
            compared = time.monotonic()
    time.sleep(SETTLING_SECONDS)


def watched_stamps(watched: Sequence[Path]) -> dict[Path, dict[str, Stamp]]:
    return {place: file_stamps(place) for place in watched}
