"""`python -m generator`."""

import signal
import sys

from generator.cli import main, run_with_exit_status

if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that unfinished files are removed
    sys.exit(run_with_exit_status(main))
