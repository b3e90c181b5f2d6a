"""`python -m generator`."""

import gc
import os
import signal
import sys
from contextlib import suppress

from generator.cli import main, run_with_exit_status

if __name__ == "__main__":
    gc.set_threshold(1_000_000, 10, 100)  # a large list has millions of objects that last, and hardly any cycles
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that unfinished files are removed
    status = run_with_exit_status(main)
    with suppress(OSError):  # nobody reads any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)  # without taking millions of objects apart
