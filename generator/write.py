"""Pages in, files out: the only place that changes the disk.

A file is replaced in one step, from a finished copy beside it, so that a kill at any moment leaves it old or new.
Names are plain text here: of ten thousand papers there are thirty thousand files, and paths as objects cost seconds.
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
    old = dict(files(out)) if out.is_dir() else {}
    if old and MARKER not in old:
        raise FileExistsError(f"{out} holds files that the generator did not write: name another folder, or empty it")
    wanted = {MARKER: MARK} | {name: page.encode() for name, page in pages.items()}
    stray = sorted(name for name, link in old.items() if link or name not in wanted)
    for name in stray:
        (out / name).unlink()
        prune((out / name).parent, out)
        del old[name]
    changed = [name for name, page in wanted.items() if name not in old or content(f"{out}/{name}") != page]
    for folder in {name.rpartition("/")[0] for name in changed}:
        (out / folder).mkdir(parents=True, exist_ok=True)
    for name in changed:
        os.replace(drafted(f"{out}/{name}", wanted[name]), f"{out}/{name}")
    return len(changed), len(stray)


def create(file: Path, text: str) -> None:
    """Writes a file that is not there yet.

    Raises:
        FileExistsError: It is there; it stays as it is.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = drafted(str(file), text.encode())
    try:
        os.link(draft, file)
    finally:
        os.unlink(draft)


def content(file: str) -> bytes:
    with open(file, "rb") as opened:
        return opened.read()


def drafted(file: str, content: bytes) -> str:
    """The name of a finished copy beside where the file will stand."""
    folder, name = os.path.split(file)
    draft = f"{folder}/.{name}.{os.getpid()}.part"
    with open(draft, "wb") as opened:
        opened.write(content)
    return draft


def files(folder: Path) -> Iterator[tuple[str, bool]]:
    """The names of all files and links under a folder, relative to it, and whether each is a link."""
    below = [""]
    while below:
        here = below.pop()
        with os.scandir(folder / here) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    below.append(f"{here}{entry.name}/")
                else:
                    yield f"{here}{entry.name}", entry.is_symlink()


def prune(folder: Path, top: Path) -> None:
    """Removes a folder and those above it, below the top, as far as they are empty."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
