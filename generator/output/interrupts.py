"""The signals by which the program is told to end, and the wait for a moment at which it may."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # the first is that of Ctrl-C; Windows lacks SIGHUP


@contextmanager
def interrupts_deferred() -> Iterator[None]:
    """Let a signal that ends the program wait for the end of the block, so that no new process is lost sight of.

    Raises:
        KeyboardInterrupt: Such a signal came meanwhile.
    """
    received: list[int] = []
    before = {number: signal.signal(number, lambda caught, _: received.append(caught)) for number in ending_signals()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if received:
        raise KeyboardInterrupt


def ending_signals() -> list[int]:
    """The numbers of the signals by which the program is ended, as far as the system has them."""
    return [number for name in ENDING_SIGNALS if (number := getattr(signal, name, None))]
