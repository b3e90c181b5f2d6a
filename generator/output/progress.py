"""Progress messages on standard error for work that takes more than two seconds."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from typing import TypeVar

from generator.output.printing import print_line, redraw_line

SILENT_SECONDS, REPEAT_SECONDS, REDRAW_SECONDS = 2, 10, 0.2
BAR_WIDTH = 30  # characters
ItemT = TypeVar("ItemT")


def print_progress(text: str) -> None:
    print_line(text, sys.stderr)


def with_progress(items: Sequence[ItemT], task: str) -> Iterator[ItemT]:
    """Yield the items and print progress: a bar on a terminal, otherwise lines such as `reading entries… 300 of 1,000`.

    Nothing is printed in the first 2 seconds. Then the bar moves, or a line follows every 10 seconds.
    """
    return with_counted_progress(enumerate(items), task, len(items))


def with_counted_progress(items: Iterable[tuple[int, ItemT]], task: str, count: int) -> Iterator[ItemT]:
    """Do the same with items that come with the number of those before them; `count` is the number of all."""
    terminal = sys.stderr.isatty()
    pause, drawn = (REDRAW_SECONDS if terminal else REPEAT_SECONDS), False
    due = time.monotonic() + SILENT_SECONDS
    for done, item in items:
        if time.monotonic() >= due:
            numbers = f"{done:,} of {count:,}"
            if terminal:
                redraw_line(f"{task} {progress_bar(done, count)} {numbers}", sys.stderr)
            else:
                print_progress(f"{task}… {numbers}")
            due, drawn = time.monotonic() + pause, terminal
        yield item
    if drawn:
        redraw_line("", sys.stderr)


def progress_bar(done: int, whole: int) -> str:
    """Return a bar that is filled as far as the work is done."""
    filled = BAR_WIDTH * done // whole
    return "█" * filled + "░" * (BAR_WIDTH - filled)


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
