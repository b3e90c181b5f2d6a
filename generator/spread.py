"""A pure function and many values in; the results in the same order out, worked out on all cores where that pays.

The processes are forks, which have function and values already and only send results back.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

MANY = 3_000  # values from which it pays
CHUNK = 200  # values that a process takes at a time
T = TypeVar("T")
R = TypeVar("R")
work: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []  # what the forks inherit


def spread(function: Callable[[T], R], values: Sequence[T]) -> Iterator[R]:
    """The function's result for each value, in order."""
    if len(values) < MANY or not hasattr(os, "fork"):
        yield from map(function, values)
        return
    import multiprocessing  # a short list does not pay for it

    work.append((function, values))
    try:
        with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
            for results in pool.imap(part, range(0, len(values), CHUNK)):
                yield from results
    finally:
        work.pop()


def part(start: int) -> list[Any]:
    """The results for one chunk of the values."""
    function, values = work[-1]
    return [function(value) for value in values[start : start + CHUNK]]
