"""Runs the command that serves the pages, and generates them again whenever the content changes."""

import gc
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

POLL_SECONDS = 0.2  # seconds between two looks at the files


def watch_content(content: Path, builder: Sequence[str], build: Callable[[], int], there: Callable[[], bool]) -> int:
    """Generates, starts the builder, and generates after each change until the builder ends; its exit status.

    `build` tells the problems itself and gives 0 where there are none; then, as after a change for the worse, the last
    good pages go on being served. Until there are any, the builder waits.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the builder ends with this, however it is ended
    before = modification_times(content)
    build()
    if not there():
        print("There is nothing to serve yet: mend the problems above, and it will be.")
    try:
        while not there():
            before = rebuild_if_changed(content, before, build)
        with subprocess.Popen(builder) as running:
            try:
                while running.poll() is None:
                    before = rebuild_if_changed(content, before, build)
            except KeyboardInterrupt:
                running.terminate()
            return running.wait()
    except KeyboardInterrupt:
        return 0


def rebuild_if_changed(content: Path, before: dict[Path, int], build: Callable[[], int]) -> dict[Path, int]:
    """Waits a moment, and generates if the content has changed; when its files were changed last."""
    time.sleep(POLL_SECONDS)
    now = modification_times(content)
    if now != before:
        build()
        gc.collect()
    return now


def modification_times(folder: Path) -> dict[Path, int]:
    """When each file under a folder was last changed, in nanoseconds; a file that goes meanwhile is left out."""
    found = {}
    for file in folder.rglob("*"):
        try:
            found[file] = file.stat().st_mtime_ns
        except OSError:
            continue
    return found
