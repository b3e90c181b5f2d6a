"""Pages in, files out: the only place that changes the disk.

A file is replaced in one step, from a finished copy beside it, so that a kill at any moment leaves it old or new.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

MARKER = ".generated"  # stands in a folder that belongs to the generator, which deletes what it does not know there
MARK = b"The generator owns this folder: it deletes whatever it did not write here.\n"


def write(pages: Mapping[str, str], out: Path) -> tuple[int, int]:
    """Makes the folder equal to the pages; how many files it wrote and how many it deleted.

    Raises:
        FileExistsError: The folder holds files and is not the generator's.
    """
    old = set(files(out))
    if old and MARKER not in old:
        raise FileExistsError(f"{out} holds files that the generator did not write: name another folder, or empty it")
    wanted = {MARKER: MARK} | {name: page.encode() for name, page in pages.items()}
    stray = sorted(name for name in old if name not in wanted or (out / name).is_symlink())
    for name in stray:
        (out / name).unlink()
        prune((out / name).parent, out)
    kept = old.difference(stray)
    changed = [name for name, page in wanted.items() if name not in kept or (out / name).read_bytes() != page]
    for name in changed:
        drafted(out / name, wanted[name]).replace(out / name)
    return len(changed), len(stray)


def create(file: Path, text: str) -> None:
    """Writes a file that is not there yet.

    Raises:
        FileExistsError: It is there; it stays as it is.
    """
    draft = drafted(file, text.encode())
    try:
        os.link(draft, file)
    finally:
        draft.unlink()


def drafted(file: Path, content: bytes) -> Path:
    """A finished copy beside where the file will stand."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    draft.write_bytes(content)
    return draft


def files(folder: Path) -> Iterator[str]:
    """The names of all files and links under a folder, relative to it."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        yield from (Path(place, name).relative_to(folder).as_posix() for name in (*names, *links))


def prune(folder: Path, top: Path) -> None:
    """Removes a folder and those above it, below the top, as far as they are empty."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
