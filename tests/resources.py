"""Measures what a command takes with all processes that it starts: time, and memory."""

import os
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.2  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Spent:
    """The seconds that a command took, and the memory of its processes together when it was largest, in MB."""

    seconds: float
    memory: float


def spent_by_all(command: Sequence[str], folder: Path, **environment: str) -> Spent:
    """Run a command in a folder, and return what it took.

    The memory is the sum of the processes' proportional set sizes, which count what several share only once. Linux
    says how large they are; elsewhere the memory is 0.

    Raises:
        RuntimeError: The command fails.
    """
    largest = 0
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, env=os.environ | environment, stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            largest = max(largest, sum(map(proportional_size, processes(running.pid))))
            time.sleep(PAUSE)
    if running.returncode:
        raise RuntimeError(f"{command} failed")
    return Spent(time.perf_counter() - start, largest / 1000)


def processes(root: int) -> Iterator[int]:
    """Yield a process, and all that it and its descendants have started."""
    started = defaultdict(list)
    for file in Path("/proc").glob("[0-9]*/stat"):
        started[parent(file)].append(int(file.parent.name))
    waiting = [root]
    while waiting:
        yield (one := waiting.pop())
        waiting += started[one]


def parent(stat: Path) -> int:
    """Return the process that started another, or 0 if that has ended."""
    try:
        return int(stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def proportional_size(process: int) -> int:
    """Return the proportional set size of a process in kB, or 0 if it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
