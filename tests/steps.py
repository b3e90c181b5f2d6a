"""Counts the steps of a function, so that tests can show that it takes linear time without measuring any.

A step is an executed line of Python; a call of a text's method takes as many steps as the text has characters, and a
search in a list as many as it has items.
"""

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

LIST_SEARCHES = {"index", "count", "remove", "insert"}
MAX_GROWTH = 5  # of the steps, if the input grows to four times its size; it would be 16 if they grew with its square


def steps(function: Callable[[], object]) -> int:
    """Return the number of steps that a function without arguments takes, without those of garbage collections."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    def profile(_frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        of = getattr(argument, "__self__", None) if event == "c_call" else None
        count += len(of) if isinstance(of, str) or (isinstance(of, list) and argument.__name__ in LIST_SEARCHES) else 0

    before = sys.gettrace(), sys.getprofile()
    gc.disable()  # a collection may call functions, such as those of other tests' libraries
    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        function()
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
        gc.enable()
    return count


def assert_linear(work: Callable[[int], Callable[[], object]], size: int) -> None:
    """Assert that the work of a size, which is prepared without being counted, grows no faster than linearly.

    The steps that the smallest input takes, too, are left out, so that they do not hide the growth of the others.
    """
    work(1)()  # which fills the caches
    least, small, large = (steps(work(count)) for count in (1, size, 4 * size))
    linear = large - least < MAX_GROWTH * (small - least) + least / 2
    assert linear, f"{least} steps for 1, {small} for {size}, {large} for {4 * size}"
