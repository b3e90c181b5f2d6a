"""A pure function and many values in; the results in the same order out, worked out on all cores where that pays.

The other cores work in forks, which have function and values already and only send results back. A fork does its share
and ends, whatever becomes of the process that made it.
"""

import os
import pickle
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

MANY = 1_000  # values from which it pays
CHUNK = 50  # values that go to one core together, since neighbors are alike and the cores should have equal work
T = TypeVar("T")
R = TypeVar("R")


def spread(function: Callable[[T], R], values: Sequence[T]) -> list[R]:
    """The function's result for each value, in order.

    Raises:
        Exception: What the function raised.
    """
    cores = os.cpu_count() or 1
    if len(values) < MANY or cores == 1 or not hasattr(os, "fork"):
        return list(map(function, values))
    chunks = [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]
    helpers = [started(function, chunks[share::cores]) for share in range(1, cores)]
    try:
        shares = [worked(function, chunks[::cores]), *(helper.results() for helper in helpers)]
    finally:
        for helper in helpers:
            helper.end()
    results: list[list[Any]] = [[]] * len(chunks)
    for share, found in enumerate(shares):
        results[share::cores] = found
    return [result for chunk in results for result in chunk]


def worked(function: Callable[[T], R], chunks: Sequence[Sequence[T]]) -> list[list[R]]:
    """The function's results, chunk by chunk."""
    return [list(map(function, chunk)) for chunk in chunks]


@dataclass(frozen=True, slots=True)
class Helper:
    """A fork at work, and the end of the pipe from which its results are read."""

    process: int
    pipe: int

    def results(self) -> list[list[Any]]:
        """Waits for the results, or raises what was raised there."""
        with os.fdopen(self.pipe, "rb", closefd=False) as opened:
            sent = opened.read()
        if not sent:
            raise ChildProcessError("a part of the work was ended from outside")
        results, fault = pickle.loads(sent)
        if fault:
            raise fault
        return list(results)

    def end(self) -> None:
        os.close(self.pipe)
        os.kill(self.process, signal.SIGTERM)  # one that is done is only waited for
        os.waitpid(self.process, 0)


def started(function: Callable[[T], R], chunks: Sequence[Sequence[T]]) -> Helper:
    """A fork that works out its share."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return Helper(process, reading)
    try:
        os.close(reading)
        with os.fdopen(writing, "wb") as opened:
            opened.write(pickle.dumps(outcome(function, chunks), pickle.HIGHEST_PROTOCOL))
    finally:
        os._exit(0)


def outcome(function: Callable[[T], R], chunks: Sequence[Sequence[T]]) -> tuple[list[list[R]], BaseException | None]:
    """The results, or what was raised."""
    try:
        return worked(function, chunks), None
    except BaseException as fault:
        return [], fault
