"""Parallel work: the same results in the same order, and no processes left behind."""

import os
import signal
import subprocess
import sys
import time
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest

from generator.output import workers as module
from generator.output.workers import map_in_parallel, run_beside

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("cores", [1, 2, 5])
@pytest.mark.parametrize(
    "count", [0, 1, module.MIN_PARALLEL_VALUES - 1, module.MIN_PARALLEL_VALUES, module.MIN_PARALLEL_VALUES + 1, 12_345]
)
def test_results_stand_in_order(monkeypatch: pytest.MonkeyPatch, cores: int, count: int) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert map_in_parallel(lambda value: value * value, range(count), "working") == [
        value * value for value in range(count)
    ]


def test_all_cores_take_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    everyone = get_context("fork").Barrier(3)
    here: set[int] = set()

    def worker(_: int) -> int:
        if not here:
            here.add(everyone.wait(60))
        return os.getpid()

    assert len(set(map_in_parallel(worker, range(module.MIN_PARALLEL_VALUES), "working"))) == 3


def test_a_function_runs_beside_the_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    both = get_context("fork").Barrier(2)

    def answer() -> tuple[int, int]:
        both.wait(60)
        return 42, os.getpid()

    with run_beside(answer, module.MIN_PARALLEL_VALUES) as result:
        both.wait(60)
        value, process = result()
    assert value == 42
    assert process != os.getpid()
    await_no_children()


def test_a_function_beside_a_block_that_is_interrupted_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with pytest.raises(KeyboardInterrupt), run_beside(lambda: time.sleep(600), module.MIN_PARALLEL_VALUES):
        raise KeyboardInterrupt
    await_no_children()


def test_a_result_that_is_not_waited_for_is_given_up_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    end = get_context("fork").Event()

    def answer() -> int:
        assert end.wait(60)
        return 42

    with run_beside(answer, module.MIN_PARALLEL_VALUES) as result:
        with run_beside(lambda: time.sleep(600), module.MIN_PARALLEL_VALUES):
            pass
        end.set()
        assert result() == 42
    await_no_children()


def await_no_children() -> None:
    """Wait until no worker is left."""
    end = time.monotonic() + 60
    while active_children() and time.monotonic() < end:
        time.sleep(0.01)
    assert not active_children()


@pytest.mark.parametrize(("cores", "values"), [(1, module.MIN_PARALLEL_VALUES), (2, module.MIN_PARALLEL_VALUES - 1)])
def test_a_function_for_few_values_or_on_one_core_runs_when_it_is_asked(
    monkeypatch: pytest.MonkeyPatch, cores: int, values: int
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    with run_beside(os.getpid, values) as result:
        assert result() == os.getpid()


def test_what_a_function_beside_the_block_raises_is_raised_where_its_result_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def full() -> None:
        raise OSError(28, "No space left on device")

    with run_beside(full, module.MIN_PARALLEL_VALUES) as result, pytest.raises(OSError, match="No space left"):
        result()
    await_no_children()


@pytest.mark.parametrize("bad", [0, 700, module.MIN_PARALLEL_VALUES - 1])
def test_what_is_raised_anywhere_is_raised_here(monkeypatch: pytest.MonkeyPatch, bad: int) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)

    def picky(value: int) -> int:
        if value == bad:
            raise OSError(28, "No space left on device", f"file {value}")
        return value

    with pytest.raises(OSError, match=rf"No space left on device: 'file {bad}'"):
        map_in_parallel(picky, range(module.MIN_PARALLEL_VALUES), "working")
    assert not active_children()


def test_the_first_of_several_exceptions_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)

    def picky(value: int) -> int:
        raise ValueError(value)

    with pytest.raises(ValueError, match="in picky") as raised:  # the traceback of the worker, if it was one
        map_in_parallel(picky, range(module.MIN_PARALLEL_VALUES), "working")
    assert str(raised.value) == "0"


def test_whoever_is_free_takes_what_is_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    here, last = os.getpid(), tmp_path / "last"

    def patient(value: int) -> int:
        if value == module.MIN_PARALLEL_VALUES - 1:
            last.touch()
        while os.getpid() == here and not last.exists():
            time.sleep(0.01)
        return os.getpid()

    done = map_in_parallel(patient, range(module.MIN_PARALLEL_VALUES), "working")
    assert done.count(here) <= module.MIN_CHUNK_SIZE


@pytest.mark.parametrize("allowed", [0, 1])
def test_without_more_processes_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch, allowed: int) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    fork, made = os.fork, iter(range(9))

    def refusing() -> int:
        if next(made) >= allowed:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return fork()

    monkeypatch.setattr(os, "fork", refusing)
    assert map_in_parallel(str, range(module.MIN_PARALLEL_VALUES), "working") == [
        *map(str, range(module.MIN_PARALLEL_VALUES))
    ]
    assert not active_children()


def test_without_forks_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(module, "get_all_start_methods", lambda: ["spawn"])
    assert set(map_in_parallel(lambda _: os.getpid(), range(module.MIN_PARALLEL_VALUES), "working")) == {os.getpid()}


def test_a_worker_does_its_work_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    many = range(module.MIN_PARALLEL_VALUES)

    def inner(value: int) -> int:
        return len(set(map_in_parallel(lambda _: os.getpid(), many, "working"))) if value % 100 == 0 else 1

    assert set(map_in_parallel(inner, many, "working")) == {1}


def test_a_killed_worker_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    here, killed = os.getpid(), tmp_path / "killed"

    def fatal(value: int) -> int:
        if os.getpid() != here:
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        while not killed.exists():  # so that the worker gets a value, however slow it starts
            time.sleep(0.01)
        return value

    with pytest.raises(ChildProcessError, match="ended from outside"):
        map_in_parallel(fatal, range(module.MIN_PARALLEL_VALUES), "working")


SCRIPT = """
import os, time
os.cpu_count = lambda: 3
from generator.output.workers import MIN_PARALLEL_VALUES, map_in_parallel
map_in_parallel(lambda value: time.sleep(0.002), range(3 * MIN_PARALLEL_VALUES), "working")
"""


def test_workers_end_when_their_parent_is_killed() -> None:
    running = subprocess.Popen([sys.executable, "-c", SCRIPT], cwd=ROOT, start_new_session=True)
    while group(running.pid) < 3 and running.poll() is None:
        time.sleep(0.01)
    running.kill()
    running.wait()
    end = time.monotonic() + 60
    while group(running.pid) and time.monotonic() < end:
        time.sleep(0.1)
    assert group(running.pid) == 0


def group(session: int) -> int:
    """Return the number of running processes in a session."""
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        count += int(fields[3]) == session and fields[0] != "Z"
    return count
