"""Stamps of files, by which a change is noticed without reading them."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

RECENT_NS = 2_000_000_000  # within which two changes of a file may have one stamp, as on some file systems
Stamp = tuple[int, int, int]  # time of change, size and number of a file, one of which changes with its content
Digests = Mapping[str, tuple[Stamp, str]]  # the stamp and the digest of each file


def file_stamps(place: Path) -> dict[str, Stamp]:
    """Return the stamp of each file in a folder, by its name relative to the folder, or that of a single file.

    What cannot be read, or is deleted meanwhile, has none. Links to folders are not followed.
    """
    if not place.is_dir():
        stamp = file_stamp(place)
        return {".": stamp} if stamp else {}
    stamps: dict[str, Stamp] = {}
    folders = [("", str(place))]
    while folders:
        within, folder = folders.pop()
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with suppress(OSError):
                    if not entry.is_dir():
                        stamps[within + entry.name] = stamp_of(entry.stat())
                    elif not entry.is_symlink():
                        folders.append((f"{within}{entry.name}/", entry.path))
    return stamps


def file_stamp(file: Path) -> Stamp | None:
    """Return the stamp of a file, or None if it cannot be read."""
    try:
        return stamp_of(file.stat())
    except OSError:
        return None


def stamp_of(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_size, status.st_ino


def is_recent(stamp: Stamp, at: int) -> bool:
    """Return whether a file had just changed at a time, in nanoseconds: its stamp may not tell another change."""
    return stamp[0] >= at - RECENT_NS


def kept_digests(stamps: Mapping[str, Stamp], known: Digests, at: int) -> dict[str, tuple[Stamp, str]]:
    """Return the digests that were known at a time, in nanoseconds, and still hold for files with these stamps."""
    return {
        name: known[name]
        for name, stamp in stamps.items()
        if name in known and known[name][0] == stamp and not is_recent(stamp, at)
    }
