"""Stamps of files, by which a change is noticed without reading them."""

import os
from pathlib import Path

RECENT_NS = 2_000_000_000  # within which two changes of a file may have one stamp, as on some file systems
Stamp = tuple[int, int, int]  # time of change, size and number of a file, one of which changes with its content


def file_stamps(place: Path) -> dict[str, Stamp]:
    """Return the stamp of each file in a folder, by its name relative to the folder, or that of a single file.

    What cannot be read, or is deleted meanwhile, has none.
    """
    files = [Path(here, name) for here, _, names in os.walk(place) for name in names] or [place]
    return {file.relative_to(place).as_posix(): stamp for file in files if (stamp := file_stamp(file))}


def file_stamp(file: Path) -> Stamp | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def is_recent(stamp: Stamp, at: int) -> bool:
    """Return whether a file had just changed at a time, in nanoseconds: its stamp may not tell another change."""
    return stamp[0] >= at - RECENT_NS
