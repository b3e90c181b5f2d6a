"""A pure function and many values in; the results in the same order out, worked out on all cores where that pays.

The other cores work in forks, which have function and values already and only send results back. All take the next
chunk of values from one queue, a pipe, so that none waits while another has much to do. A fork ends with the queue, and
soon after the process that made it.
"""

import os
import pickle
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

MIN_PARALLEL_VALUES = 1_000  # values from which it pays
MIN_CHUNK_SIZE = 25  # values that are taken from the queue together
MAX_CHUNKS = 1_000  # chunks in the queue, which must fit in one page of memory, as the smallest pipe has
WORKER_ENDED_MESSAGE = "a part of the work was ended from outside"
CHUNK_NUMBER_BYTES = 4  # bytes of a chunk's number
ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")
ChunkResults = dict[int, list[Any]]


def map_in_parallel(function: Callable[[ItemT], ResultT], values: Sequence[ItemT]) -> list[ResultT]:
    """The function's result for each value, in order.

    Raises:
        Exception: What the function raised.
    """
    cores = os.cpu_count() or 1
    if len(values) < MIN_PARALLEL_VALUES or cores == 1 or not hasattr(os, "fork"):
        return list(map(function, values))
    size = max(MIN_CHUNK_SIZE, -(-len(values) // MAX_CHUNKS))
    chunks = [values[start : start + size] for start in range(0, len(values), size)]
    queue = create_chunk_queue(len(chunks))
    helpers: list[ForkedWorker] = []
    try:
        with suppress(OSError):  # where no more processes may be made, those that there are do
            helpers.extend(start_worker(function, chunks, queue) for _ in range(cores - 1))
        found = map_chunks(function, chunks, queue, os.getppid())
        for helper in helpers:
            found |= helper.results()
    finally:
        os.close(queue)
        for helper in helpers:
            helper.end()
    return [result for number in range(len(chunks)) for result in found[number]]


def create_chunk_queue(count: int) -> int:
    """The end of a pipe from which the numbers below this one are read, each once."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(CHUNK_NUMBER_BYTES, "big") for number in range(count)))
    os.close(writing)
    return reading


def map_chunks(
    function: Callable[[ItemT], ResultT], chunks: Sequence[Sequence[ItemT]], queue: int, parent: int
) -> ChunkResults:
    """The function's results for the chunks that the queue gave, by their numbers, while the parent lives."""
    found: ChunkResults = {}
    while (word := os.read(queue, CHUNK_NUMBER_BYTES)) and os.getppid() == parent:
        number = int.from_bytes(word, "big")
        found[number] = list(map(function, chunks[number]))
    return found


@dataclass(frozen=True, slots=True)
class ForkedWorker:
    """A fork at work, and the end of the pipe from which its results are read."""

    process: int
    pipe: int

    def results(self) -> ChunkResults:
        """Waits for the results, or raises what was raised there."""
        with os.fdopen(self.pipe, "rb", closefd=False) as opened:
            sent = opened.read()
        if not sent:
            raise ChildProcessError(WORKER_ENDED_MESSAGE)
        try:
            found, fault = pickle.loads(sent)
        except (EOFError, pickle.UnpicklingError):
            raise ChildProcessError(WORKER_ENDED_MESSAGE) from None
        if fault:
            raise fault
        return dict(found)

    def end(self) -> None:
        os.close(self.pipe)
        os.kill(self.process, signal.SIGTERM)  # one that is done is only waited for
        os.waitpid(self.process, 0)


def start_worker(function: Callable[[ItemT], ResultT], chunks: Sequence[Sequence[ItemT]], queue: int) -> ForkedWorker:
    """A fork that works while the queue lasts."""
    reading, writing = os.pipe()
    parent = os.getpid()
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    if process:
        os.close(writing)
        return ForkedWorker(process, reading)
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.close(reading)
        with os.fdopen(writing, "wb") as opened:
            opened.write(pickle.dumps(worker_outcome(function, chunks, queue, parent), pickle.HIGHEST_PROTOCOL))
    finally:
        os._exit(0)


def worker_outcome(
    function: Callable[[ItemT], ResultT], chunks: Sequence[Sequence[ItemT]], queue: int, parent: int
) -> tuple[ChunkResults, BaseException | None]:
    """The results, or what was raised."""
    try:
        return map_chunks(function, chunks, queue, parent), None
    except BaseException as fault:
        return {}, fault
