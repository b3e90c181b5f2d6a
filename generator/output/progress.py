"""Progress messages on standard error for work that takes more than two seconds."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import TypeVar

from generator.output.printing import print_line

SILENT_SECONDS, REPEAT_SECONDS = 2, 10
ItemT = TypeVar("ItemT")


def print_progress(text: str) -> None:
    print_line(text, sys.stderr)


def with_progress(items: Sequence[ItemT], task: str, size: int = 1) -> Iterator[ItemT]:
    """Yield the items and print progress, such as `reading entries… 3,000 of 10,000`.

    The first message appears after 2 seconds, the next ones every 10 seconds. Each item counts as `size` in the numbers
    printed.
    """
    due = time.monotonic() + SILENT_SECONDS
    for done, item in enumerate(items):
        if time.monotonic() >= due:
            print_progress(f"{task}… {size * done:,} of {size * len(items):,}")
            due = time.monotonic() + REPEAT_SECONDS
        yield item


@contextmanager
def announced_if_slow(text: str) -> Iterator[None]:
    """Print the text once if the block takes more than two seconds."""
    timer = Timer(SILENT_SECONDS, print_progress, [text])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
