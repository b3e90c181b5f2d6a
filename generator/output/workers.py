"""Map a function over many values on all cores if that is faster; the results keep the order of the values.

The workers are forks that inherit the function and the values, so neither has to be pickled: only the start indices of
chunks and the results are passed between processes. A worker exits with its parent process, even if that is killed.
"""

import gc
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextvars import ContextVar
from multiprocessing import active_children, get_all_start_methods, get_context, parent_process
from threading import Thread
from typing import Any, TypeVar

from generator.output.progress import ItemT, with_progress

MIN_PARALLEL_VALUES = 1_000  # number of values from which it is faster, if little is done for each
MIN_CHUNK_SIZE = 25  # number of values in a worker's task
MAX_CHUNKS = 256
WORKER_ENDED_MESSAGE = "a worker process was ended from outside"
ResultT = TypeVar("ResultT")
chunk_function: ContextVar[Callable[[int], list[Any]]] = ContextVar("chunk_function")  # set in each worker


def map_in_parallel(
    function: Callable[[ItemT], ResultT], values: Sequence[ItemT], task: str, least: int = MIN_PARALLEL_VALUES
) -> list[ResultT]:
    """Return the function's result for each value, in order; print progress if it takes long.

    `least` is the number of values from which it is faster to use all cores.

    Raises:
        ChildProcessError: A worker was killed.
        Exception: Whatever the function raises.
    """
    cores = os.cpu_count() or 1
    if len(values) < least or cores == 1 or "fork" not in get_all_start_methods() or parent_process():
        return list(map(function, with_progress(values, task)))
    size = max(MIN_CHUNK_SIZE, -(-len(values) // MAX_CHUNKS))
    starts = range(0, len(values), size)

    def map_chunk(start: int) -> list[ResultT]:
        return list(map(function, values[start : start + size]))

    pool = ProcessPoolExecutor(cores, get_context("fork"), start_worker, (map_chunk,))
    try:
        chunks = submit_chunks(pool, starts)
        if not chunks:
            return list(map(function, with_progress(values, task)))
        return [result for chunk in with_progress(chunks, task, size) for result in chunk.result()]
    except BrokenProcessPool:
        raise ChildProcessError(WORKER_ENDED_MESSAGE) from None
    finally:
        pool.shutdown(cancel_futures=True)


def submit_chunks(pool: ProcessPoolExecutor, starts: Sequence[int]) -> list[Future[list[Any]]]:
    """Return a future for the results of each chunk, or an empty list if the system allows no more processes."""
    try:
        return [pool.submit(run_chunk, start) for start in starts]
    except (OSError, RuntimeError):  # RuntimeError: a thread cannot be started
        for worker in active_children():
            worker.kill()
            worker.join()
        return []


def start_worker(function: Callable[[int], list[Any]]) -> None:
    """Initialize a worker: leave signals to the parent process, exit when it does, and share its objects."""
    gc.freeze()  # a search for garbage would write to the objects of the parent process, so that each is copied
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    chunk_function.set(function)
    Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait until the parent process exits, then exit this one too."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def run_chunk(start: int) -> list[Any]:
    """Return the results of the chunk that starts at this index."""
    return chunk_function.get()(start)
