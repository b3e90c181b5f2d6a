"""Runs the command that serves the pages, and generates them again whenever the content changes."""

import gc
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PAUSE = 0.2  # seconds between two looks at the files


def watch(content: Path, builder: Sequence[str], build: Callable[[], int]) -> int:
    """Generates, starts the builder, and generates after each change until the builder ends; its exit status."""
    build()
    before = stamps(content)
    with subprocess.Popen(builder) as running:
        try:
            while running.poll() is None:
                time.sleep(PAUSE)
                if (now := stamps(content)) != before:
                    before = now
                    build()
                    gc.collect()
        except KeyboardInterrupt:
            running.terminate()
        return running.wait()


def stamps(folder: Path) -> dict[Path, int]:
    """When each file under a folder was last changed, in nanoseconds; a file that goes meanwhile is left out."""
    found = {}
    for file in folder.rglob("*"):
        try:
            found[file] = file.stat().st_mtime_ns
        except OSError:
            continue
    return found
