"""Knows whether a build would change anything: what the last one was made from, and what it made.

The key is the content of all files that a build reads, the program's own among them, and what it gets otherwise, such
as the environment. A file is read again only if its stamp is new, or too recent to tell two changes apart. What was
made is known by its stamps, so a file that someone else has changed or deleted counts as a change, too.
"""

import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from generator.output.stamps import Digests, Stamp, file_stamps, kept_digests
from generator.output.write import read_file_bytes

CACHE_FOLDER = "__pycache__"


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build was made from and what it made.

    `given` is the digest of what is no file, `at` the time at which the inputs were read, in nanoseconds, and `said`
    has the lines to print if nothing has changed.
    """

    given: str = ""
    at: int = 0
    inputs: Digests = field(default_factory=dict)
    outputs: Mapping[str, Stamp] = field(default_factory=dict)
    said: Sequence[str] = ()


def read_inputs(places: Iterable[Path], last: LastBuild) -> Digests:
    """Return the stamp and the digest of each file in these folders, or of single files."""
    stamps = stamps_of(places)
    kept = kept_digests(stamps, last.inputs, last.at)
    return {name: kept.get(name) or (stamp, file_digest(name)) for name, stamp in stamps.items()}


def file_digest(name: str) -> str:
    """Return the digest of a file, or an empty string for one that cannot be read."""
    try:
        return sha256(read_file_bytes(name)).hexdigest()
    except OSError:
        return ""


def stamps_of(places: Iterable[Path]) -> dict[str, Stamp]:
    """Return the stamps of all files in these folders, or of single files, without those that Python keeps."""
    return {
        str(place) if name == "." else f"{place}/{name}": stamp
        for place in places
        for name, stamp in file_stamps(place).items()
        if CACHE_FOLDER not in name
    }


def same_contents(one: Digests, other: Digests) -> bool:
    """Return whether the files of both are the same and have the same contents."""
    return one.keys() == other.keys() and all(one[name][1] == other[name][1] for name in one)


def has_outputs(last: LastBuild, places: Iterable[Path]) -> bool:
    """Return whether the files in these folders are those that a build made."""
    return last.outputs == stamps_of(places)


def given_digest(*given: object) -> str:
    """Return the digest of what a build gets besides files, the version of Python among it."""
    return sha256(repr((given, sys.version)).encode()).hexdigest()


def clock() -> int:
    """Return the time in nanoseconds, as files have it."""
    return time.time_ns()
