"""Records of what was done, which the next run reads: JSON files, and values of the types that are asked for.

A record only saves time. One that is missing, damaged, or of another version counts as none.
"""

from pathlib import Path
from typing import TypeVar

import msgspec

from generator.output.write import read_file_bytes, replace_file

RecordT = TypeVar("RecordT")


def read_record(file: Path, kind: type[RecordT]) -> RecordT | None:
    """Return the record in a file, or None if there is none of this type."""
    try:
        return msgspec.json.decode(read_file_bytes(str(file)), type=kind)
    except (OSError, RecursionError, msgspec.MsgspecError):
        return None


def write_record(file: Path, record: object) -> None:
    """Write a record: a dataclass, or any other value of which JSON knows the form."""
    replace_file(str(file), msgspec.json.encode(record))
