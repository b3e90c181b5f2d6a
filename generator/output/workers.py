"""Map a function over many values on all cores, or run one beside the rest, if that is faster.

The workers are forks that inherit the function and the values, so neither has to be pickled: only the start indices of
chunks and the results are passed between processes. This process works, too, as each worker soon has a copy of all that
it looks at. A worker exits with its parent process, even if that is killed.
"""

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing import active_children, get_all_start_methods, get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, TypeVar

from generator.output.progress import ItemT, with_counted_progress, with_progress

MIN_PARALLEL_VALUES = 1_000  # number of values from which it is faster, if little is done for each
MIN_CHUNK_SIZE = 4  # number of values in a worker's task
MAX_CHUNKS = 256
WORKER_ENDED_MESSAGE = "a worker process was ended from outside"
ResultT = TypeVar("ResultT")
chunk_function: ContextVar[Callable[[int], list[Any]]] = ContextVar("chunk_function")  # set while a process works


def map_in_parallel(
    function: Callable[[ItemT], ResultT], values: Sequence[ItemT], task: str, least: int = MIN_PARALLEL_VALUES
) -> list[ResultT]:
    """Return the function's result for each value, in the order of the values; print progress if it takes long.

    `least` is the number of values from which it is faster to use all cores.

    Raises:
        ChildProcessError: A worker was killed.
        Exception: Whatever the function raises.
    """
    if len(values) < least or not has_free_cores():
        return list(map(function, with_progress(values, task)))
    size = max(MIN_CHUNK_SIZE, -(-len(values) // MAX_CHUNKS))
    starts = range(0, len(values), size)

    def map_chunk(start: int) -> list[ResultT]:
        return list(map(function, values[start : start + size]))

    workers = (os.cpu_count() or 1) - 1
    with worker_pool(workers, map_chunk) as pool:
        finished = finished_chunks(pool, map_chunk, starts)
        done = dict(with_counted_progress(finished, task, len(starts), size))
        return [result for start in sorted(done) for result in done[start].result()]


def finished_chunks(
    pool: ProcessPoolExecutor, map_chunk: Callable[[int], list[ResultT]], starts: Sequence[int]
) -> Iterator[tuple[int, Future[list[ResultT]]]]:
    """Yield the start of each chunk, with its results, as soon as a worker or this process has finished it.

    This process takes the first chunk that no worker has. If one raises an exception, no other is begun.
    """
    chunks = dict[int, Future[list[ResultT]]]()
    try:
        chunks |= {start: pool.submit(run_chunk, start) for start in starts}
    except BrokenProcessPool:
        raise
    except (OSError, RuntimeError):  # the system allows no more processes; RuntimeError: or threads
        kill_workers()
        chunks |= {start: Future() for start in starts}
    while chunks:
        mine = next((start for start, chunk in chunks.items() if chunk.cancel()), None)
        if mine is None:
            wait(chunks.values(), return_when=FIRST_COMPLETED)
        else:
            chunks[mine] = run_here(map_chunk, mine)
        for start in [start for start, chunk in chunks.items() if chunk.done()]:
            chunk = chunks.pop(start)
            if chunk.exception():
                chunks = {other: begun for other, begun in chunks.items() if not begun.cancel()}
            yield start, chunk


def kill_workers(others: Sequence[BaseProcess] = ()) -> None:
    """Kill the workers that have started, except others."""
    for worker in active_children():
        if worker not in others:
            worker.kill()
            worker.join()


@contextmanager
def run_beside(function: Callable[[], ResultT], values: int) -> Iterator[Callable[[], ResultT]]:
    """Yield a function that returns another one's result, which is computed beside what the block does.

    `values` is how many values the result is made from: for few, it is computed only when it is asked for. A result for
    which the block does not wait is given up.

    Raises:
        ChildProcessError: The worker was killed.
    """
    if values < MIN_PARALLEL_VALUES or not has_free_cores():
        yield function
        return
    others = active_children()
    with worker_pool(1, lambda _: [function()]) as pool:
        try:
            chunk = pool.submit(run_chunk, 0)
        except (OSError, RuntimeError):  # the system allows no more processes; RuntimeError: or threads
            kill_workers(others)
            yield function
            return
        pool.shutdown(wait=False)  # so that the worker ends when it is done
        yield lambda: chunk.result()[0]
        if not chunk.done():
            kill_workers(others)


def run_here(map_chunk: Callable[[int], list[ResultT]], start: int) -> Future[list[ResultT]]:
    """Return the results of a chunk, or what was raised, as a worker would have."""
    done: Future[list[ResultT]] = Future()
    busy = chunk_function.set(map_chunk)
    try:
        done.set_result(map_chunk(start))
    except Exception as error:
        done.set_exception(error)
    finally:
        chunk_function.reset(busy)
    return done


def has_free_cores() -> bool:
    """Return whether workers can be forked and would be faster; while they work, all cores are taken."""
    return (os.cpu_count() or 1) > 1 and "fork" in get_all_start_methods() and not chunk_function.get(None)


@contextmanager
def worker_pool(workers: int, map_chunk: Callable[[int], list[Any]]) -> Iterator[ProcessPoolExecutor]:
    """Yield a pool of workers that run a function of the start of a chunk, and end them with the block."""
    gc.freeze()  # a search for garbage would write to the objects that processes share, so that each is copied
    pool = ProcessPoolExecutor(workers, get_context("fork"), start_worker, (map_chunk,))
    try:
        yield pool
    except BrokenProcessPool:
        raise ChildProcessError(WORKER_ENDED_MESSAGE) from None
    except (KeyboardInterrupt, SystemExit):
        kill_workers()  # what they do may take long, and nobody wants it any more
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def start_worker(function: Callable[[int], list[Any]]) -> None:
    """Initialize a worker: leave signals to the parent process, and exit when it does."""
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
