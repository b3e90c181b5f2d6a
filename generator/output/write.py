"""Pages in, files out: the only place that changes the disk.

A file is replaced in one step, from a finished copy beside it, so that a kill at any moment leaves it old or new.
Names are plain text here: of ten thousand papers there are more than a hundred thousand files, and paths as objects
cost seconds.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.output.workers import map_in_parallel

MARKER_FILE = (
    ".generated"  # stands in a folder that belongs to the generator, which deletes what it does not know there
)
DRAFT_SUFFIX = ".part"  # how the name of an unfinished copy ends
STAGING_FOLDER = ".part"  # the folder in which new folders are filled
MARKER_CONTENT = b"The generator owns this folder: it deletes whatever it did not write here.\n"


def write_files(pages: Mapping[str, str], out: Path) -> tuple[int, int]:
    """Make the folder equal to the pages; return how many files were written and how many deleted.

    Raises:
        FileExistsError: The folder holds files and is not the generator's.
    """
    out.mkdir(parents=True, exist_ok=True)
    with lock_folder(out):
        if not (out / MARKER_FILE).exists() and any(
            not name.startswith(f".{MARKER_FILE}.") for name, _ in walk_files(out)
        ):
            message = f"{out} holds files that the generator did not write: name another folder, or empty it"
            raise FileExistsError(message)
        return sync_folder(pages, out)


def sync_folder(pages: Mapping[str, str], out: Path) -> tuple[int, int]:
    """Make the folder equal to the pages, under its lock. Each page is rendered once, where it is written.

    A new folder at the top is filled elsewhere and moved there as a whole, since writing a file under its own name
    takes a third of the time of renaming one.
    """
    delete_folder(out / STAGING_FOLDER)  # of a run that was killed
    old = dict(walk_files(out))
    stray = sorted(name for name, link in old.items() if link or (name not in pages and name != MARKER_FILE))
    for name in stray:
        (out / name).unlink()
        del old[name]
    for parent in {(out / name).parent for name in stray}:
        remove_empty_folders(parent, out)
    fresh = {top_folder(name) for name in pages} - {top_folder(name) for name in old} - {""}
    for folder in {name.rpartition("/")[0] for name in pages} - {name.rpartition("/")[0] for name in old}:
        (out / (STAGING_FOLDER if top_folder(f"{folder}/") in fresh else "") / folder).mkdir(
            parents=True, exist_ok=True
        )

    def put(name: str) -> bool:
        page = MARKER_CONTENT if name == MARKER_FILE else pages[name].encode()
        if top_folder(name) in fresh:
            write_staged_file(f"{out}/{STAGING_FOLDER}/{name}", page)
        elif name in old and read_file_bytes(f"{out}/{name}") == page:
            return False
        else:
            replace_file(f"{out}/{name}", page)
        return True

    changed = int(put(MARKER_FILE))
    try:
        changed += sum(map_in_parallel(put, list(pages), "writing files"))
        for folder in sorted(fresh):
            delete_folder(out / folder)
            os.rename(f"{out}/{STAGING_FOLDER}/{folder}", f"{out}/{folder}")
    finally:
        delete_folder(out / STAGING_FOLDER)
    return changed, len(stray)


def delete_folder(folder: Path) -> None:
    """Delete a folder with everything in it, if it is there."""
    for here, _, names in os.walk(folder, topdown=False):
        for name in names:
            os.unlink(f"{here}/{name}")
        os.rmdir(here)


def top_folder(name: str) -> str:
    """Return the top folder that a file is in; empty for a file at the top."""
    return name.partition("/")[0] if "/" in name else ""


def write_staged_file(file: str, content: bytes) -> None:
    """Write a file where no reader looks yet.

    Raises:
        OSError: The disk refuses; its `filename` is the file's.
    """
    try:
        with open(file, "xb", buffering=0) as opened:
            opened.write(content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, file) from error


def change_files(files: Iterable[tuple[str, str | None]], folder: Path) -> None:
    """Give files their new texts, in this order; delete those without one."""
    for name, text in files:
        if text is None:
            (folder / name).unlink(missing_ok=True)
        else:
            replace_file(f"{folder}/{name}", text.encode())


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Wait until no other run changes the folder, and keep others waiting; the lock ends with the process."""
    handle = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else None  # there a folder cannot be locked
    try:
        if handle is not None:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def create_file(file: Path, text: str) -> None:
    """Write a file that is not there yet.

    Raises:
        FileExistsError: It is there; it stays as it is.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = write_draft(str(file), text.encode())
    try:
        os.link(draft, file)
    finally:
        os.unlink(draft)


@contextmanager
def lock_for_editing(folder: Path) -> Iterator[None]:
    """Lock the folder, and delete unfinished copies: they are left from a run that was killed."""
    with lock_folder(folder):
        for draft in (*folder.glob(f".*.[0-9]*{DRAFT_SUFFIX}"), *folder.glob(f"[!.]*/.*.[0-9]*{DRAFT_SUFFIX}")):
            draft.unlink()
        yield


def read_file_bytes(file: str) -> bytes:
    with open(file, "rb", buffering=0) as opened:
        return opened.read()


def replace_file(file: str, content: bytes) -> None:
    """Replace a file's content in one step; a file that was there keeps its mode."""
    draft = write_draft(file, content)
    try:
        if os.path.exists(file):
            os.chmod(draft, os.stat(file).st_mode)
        os.replace(draft, file)
    except OSError:
        os.unlink(draft)
        raise


def write_draft(file: str, content: bytes) -> str:
    """Write a complete copy next to where the file belongs, and return its name.

    Raises:
        OSError: The disk refuses; its `filename` is the file's, and no copy is left.
    """
    folder, name = os.path.split(file)
    draft = f"{folder}/.{name}.{os.getpid()}{DRAFT_SUFFIX}"
    try:
        with open(draft, "wb") as opened:
            opened.write(content)
    except OSError as error:
        if os.path.exists(draft):
            os.unlink(draft)
        raise OSError(error.errno, error.strerror, file) from error
    return draft


def walk_files(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield the names of all files and links under a folder, relative to it, and whether each is a link."""
    below = [""]
    while below:
        here = below.pop()
        with os.scandir(folder / here) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    below.append(f"{here}{entry.name}/")
                else:
                    yield f"{here}{entry.name}", entry.is_symlink()


def remove_empty_folders(folder: Path, top: Path) -> None:
    """Remove a folder and those above it, up to the top, as far as they are empty."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
