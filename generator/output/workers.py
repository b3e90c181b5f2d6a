"""Map a function over many values on all cores, or run one beside the rest, if that is faster.

The workers are forks that inherit the function and the values, so neither has to be pickled: only the start indices of
chunks and the results are passed between processes. Whoever is free takes the next chunk. This process works, too, as
each worker soon has a copy of all that it looks at. A worker exits with its parent process, even if that is killed.
"""

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from contextvars import ContextVar
from multiprocessing import active_children, get_all_start_methods, get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from traceback import format_exc
from typing import Any, TypeVar

from generator.output.progress import ItemT, with_counted_progress, with_progress

MIN_PARALLEL_VALUES = 1_000  # number of values from which it is faster, if little is done for each
MIN_CHUNK_SIZE = 4  # number of values in a worker's task
MAX_CHUNKS = 256
WORKER_ENDED_MESSAGE = "a worker process was ended from outside"
ResultT = TypeVar("ResultT")
START_BYTES = 8  # of the start of a chunk in a queue
QUEUE_BYTES = MAX_CHUNKS * START_BYTES
worker_task: ContextVar[Callable[[], Any]] = ContextVar("worker_task")  # set while a process works


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
    with chunk_queue(range(0, len(values), size)) as queue:

        def map_chunk(start: int) -> list[ResultT] | Exception:
            try:
                return list(map(function, values[start : start + size]))
            except Exception as error:
                error.add_note(format_exc())  # as the traceback stays in the process
                os.read(queue, QUEUE_BYTES)  # so that no other chunk is begun
                return error

        def map_next() -> tuple[int, list[ResultT] | Exception] | None:
            return next(((start, map_chunk(start)) for start in queued_chunks(queue)), None)

        with worker_pool((os.cpu_count() or 1) - 1, map_next) as pool, busy():
            try:
                others = [pool.submit(run_task) for _ in range(0, len(values), size)]
            except BrokenProcessPool:
                raise
            except (OSError, RuntimeError):  # the system allows no more processes; RuntimeError: or threads
                kill_workers()
                return list(map(function, with_progress(values, task)))
            mine = ((start, start) for start in queued_chunks(queue))
            done = {start: map_chunk(start) for start in with_counted_progress(mine, task, len(values))}
            done |= dict(filter(None, (other.result() for other in others)))
    return [result for start in sorted(done) for result in results_of(done[start])]


@contextmanager
def chunk_queue(starts: Iterable[int]) -> Iterator[int]:
    """Yield the end of a pipe from which processes read the starts of chunks, each of which one process gets.

    Unlike a lock, it holds nobody up if a process is killed.
    """
    queue, end = os.pipe()
    try:
        os.write(end, b"".join(start.to_bytes(START_BYTES) for start in starts))
        os.close(end)
        yield queue
    finally:
        os.close(queue)


def queued_chunks(queue: int) -> Iterator[int]:
    """Yield the starts of chunks that no process has begun."""
    while start := os.read(queue, START_BYTES):
        yield int.from_bytes(start)


def results_of(chunk: list[ResultT] | Exception) -> list[ResultT]:
    """Return the results of a chunk, or raise what was raised in it."""
    if isinstance(chunk, Exception):
        raise chunk
    return chunk


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
    with worker_pool(1, function) as pool:
        try:
            found = pool.submit(run_task)
        except (OSError, RuntimeError):  # the system allows no more processes; RuntimeError: or threads
            kill_workers(others)
            yield function
            return
        pool.shutdown(wait=False)  # so that the worker ends when it is done
        yield found.result
        if not found.done():
            kill_workers(others)


@contextmanager
def busy() -> Iterator[None]:
    """Let this process count as one that works, too."""
    before = worker_task.set(lambda: None)
    try:
        yield
    finally:
        worker_task.reset(before)


def has_free_cores() -> bool:
    """Return whether workers can be forked and would be faster; while they work, all cores are taken."""
    return (os.cpu_count() or 1) > 1 and "fork" in get_all_start_methods() and not worker_task.get(None)


@contextmanager
def worker_pool(workers: int, task: Callable[[], Any]) -> Iterator[ProcessPoolExecutor]:
    """Yield a pool of workers that run a task, and end them with the block."""
    gc.freeze()  # a search for garbage would write to the objects that processes share, so that each is copied
    pool = ProcessPoolExecutor(workers, get_context("fork"), start_worker, (task,))
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


def start_worker(task: Callable[[], Any]) -> None:
    """Initialize a worker: leave signals to the parent process, and exit when it does."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker_task.set(task)
    Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait until the parent process exits, then exit this one too."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def run_task() -> Any:
    """Return the result of a worker's task."""
    return worker_task.get()()
