"""Work on several cores: the same results in the same order, and nobody left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.output import workers as module
from generator.output.workers import map_in_parallel

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("cores", [1, 2, 5])
@pytest.mark.parametrize(
    "count", [0, 1, module.MIN_PARALLEL_VALUES - 1, module.MIN_PARALLEL_VALUES, module.MIN_PARALLEL_VALUES + 1, 12_345]
)
def test_results_stand_in_order(monkeypatch: pytest.MonkeyPatch, cores: int, count: int) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert map_in_parallel(lambda value: value * value, range(count)) == [value * value for value in range(count)]


def test_all_cores_take_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)

    def slow(_: int) -> int:
        time.sleep(0.0001)
        return os.getpid()

    assert len(set(map_in_parallel(slow, range(module.MIN_PARALLEL_VALUES)))) == 3


@pytest.mark.parametrize("bad", [0, 700, module.MIN_PARALLEL_VALUES - 1])
def test_what_is_raised_anywhere_is_raised_here(monkeypatch: pytest.MonkeyPatch, bad: int) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    ended: list[int] = []
    end = module.ForkedWorker.end

    def noted(helper: module.ForkedWorker) -> None:
        ended.append(helper.process)
        end(helper)

    monkeypatch.setattr(module.ForkedWorker, "end", noted)

    def picky(value: int) -> int:
        if value == bad:
            raise OSError(28, "No space left on device", f"file {value}")
        return value

    with pytest.raises(OSError, match=r"No space left on device: 'file \d+'"):
        map_in_parallel(picky, range(module.MIN_PARALLEL_VALUES))
    assert len(ended) == 3
    for process in ended:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_a_fork_that_is_killed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    here = os.getpid()

    def fatal(value: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.0001)
        return value

    with pytest.raises(ChildProcessError, match="ended from outside"):
        map_in_parallel(fatal, range(module.MIN_PARALLEL_VALUES))


SCRIPT = """
import os, time
os.cpu_count = lambda: 3
from generator.output.workers import MIN_PARALLEL_VALUES, map_in_parallel
map_in_parallel(lambda value: time.sleep(0.002), range(3 * MIN_PARALLEL_VALUES))
"""


def test_forks_end_when_the_process_that_made_them_is_killed() -> None:
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
    """How many processes of a session are running."""
    count = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        count += int(fields[3]) == session and fields[0] != "Z"
    return count
