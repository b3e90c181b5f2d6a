"""Write files to disk; no other module changes the disk.

Each file is replaced atomically by a finished copy in the same folder, so that a process killed at any moment leaves
either the old or the new file. File names are plain strings here: 10,000 papers make more than 100,000 files, and
`Path` objects would cost seconds.
"""

import ctypes
import glob
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.output.workers import map_in_parallel

MIN_PARALLEL_NAMES = 20  # number of names, apart from extensions, from which it is faster to use all cores
MARKER_FILE = ".generated"  # marks a folder owned by the generator, which deletes unknown files there
DRAFT_SUFFIX = ".part"  # suffix of an unfinished copy
STAGING_FOLDER = ".part"  # where new top-level folders are filled
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # of Linux: relative to the working folder; in exchange
MARKER_CONTENT = b"The generator owns this folder: it deletes whatever it did not write here.\n"


FileContent = str | bytes


@dataclass(frozen=True, slots=True)
class FolderFiles:
    """The files that a folder is to hold.

    Files of which `is_lasting` says so are not made again if they are there. Files of which `is_others` says so are
    left as they are.
    """

    files: Mapping[str, FileContent]
    folder: Path
    is_lasting: Callable[[str], bool] = lambda _: False
    is_others: Callable[[str], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class FolderUpdate:
    """The update of a folder: the files that may have to be written, and how many were written and deleted before.

    `put` writes a file, unless it is as it should be, and returns whether it was written.
    """

    put: Callable[[str], bool]
    due: Sequence[str]
    written: int
    deleted: int


def write_files(
    files: Mapping[str, FileContent], folder: Path, is_others: Callable[[str], bool] = lambda _: False
) -> tuple[int, int]:
    """Make a folder hold these files, as `write_folders` does; return the numbers of files written and deleted."""
    return write_folders(FolderFiles(files, folder, is_others=is_others))


def write_folders(*wanted: FolderFiles) -> tuple[int, int]:
    """Make folders hold their files; return the numbers of files written and deleted.

    Each file is made once, just before it is written, and those of all folders on all cores. Files whose names differ
    in their extensions only, such as those of a page, are made one after the other, as they have much in common.

    Raises:
        FileExistsError: A folder contains files but is not owned by the generator.
    """
    with ExitStack() as finished:
        updates = [finished.enter_context(folder_update(one)) for one in wanted]
        due: dict[str, list[tuple[FolderUpdate, str]]] = defaultdict(list)
        for update in updates:
            for name in update.due:
                due[name.partition(".")[0]].append((update, name))
        written = map_in_parallel(
            lambda those: sum(update.put(name) for update, name in those),
            [*due.values()],
            "writing pages and files",
            MIN_PARALLEL_NAMES,
        )
    return sum(written, sum(update.written for update in updates)), sum(update.deleted for update in updates)


def own_folder(folder: Path) -> None:
    """Let the generator own a folder, with whatever is in it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER_FILE).touch()


@contextmanager
def folder_update(wanted: FolderFiles) -> Iterator[FolderUpdate]:
    """Lock a folder, delete what it should not hold, and yield what is left to do; finish the update with the block.

    A new top-level folder is filled in the staging folder and then moved as a whole: writing a file directly under its
    final name takes a third of the time of writing a draft and renaming it.
    """
    files, out = wanted.files, wanted.folder
    out.mkdir(parents=True, exist_ok=True)
    with lock_folder(out):
        check_owner(out)
        delete_folder(out / STAGING_FOLDER)  # left by a run that was killed
        old = dict(walk_files(out))
        stray = [*stray_files(old, wanted)]
        for name in stray:
            (out / name).unlink()
            del old[name]
        for parent in {(out / name).parent for name in stray}:
            remove_empty_folders(parent, out)
        fresh = {top_folder(name) for name in files} - {top_folder(name) for name in old} - {""}
        for folder in {name.rpartition("/")[0] for name in files} - {name.rpartition("/")[0] for name in old}:
            (out / (STAGING_FOLDER if top_folder(f"{folder}/") in fresh else "") / folder).mkdir(
                parents=True, exist_ok=True
            )

        def put(name: str) -> bool:
            page = MARKER_CONTENT if name == MARKER_FILE else content_bytes(files[name])
            if top_folder(name) in fresh:
                write_staged_file(f"{out}/{STAGING_FOLDER}/{name}", page)
            elif name in old and read_file_bytes(f"{out}/{name}") == page:
                return False
            else:
                replace_file(f"{out}/{name}", page)
            return True

        written = int(put(MARKER_FILE))
        due = [name for name in files if name not in old or not wanted.is_lasting(name)]
        try:
            yield FolderUpdate(put, due, written, len(stray))
            for folder in sorted(fresh):
                delete_folder(out / folder)
                os.rename(f"{out}/{STAGING_FOLDER}/{folder}", f"{out}/{folder}")
        finally:
            delete_folder(out / STAGING_FOLDER)


def check_owner(folder: Path) -> None:
    """Fail if a folder holds files but not the generator's marker.

    Raises:
        FileExistsError: It does.
    """
    if not (folder / MARKER_FILE).exists() and any(
        not name.startswith(f".{MARKER_FILE}.") for name, _ in walk_files(folder)
    ):
        message = f"{folder} holds files that the generator did not write: name another folder, or empty it"
        raise FileExistsError(message)


def stray_files(old: Mapping[str, bool], wanted: FolderFiles) -> Iterator[str]:
    """Return the files of a folder that it should not hold, and links, which are never written through."""
    for name in sorted(old):
        if old[name] or (name not in wanted.files and name != MARKER_FILE and not wanted.is_others(name)):
            yield name


def content_bytes(content: FileContent) -> bytes:
    return content.encode() if isinstance(content, str) else content


def delete_folder(folder: Path) -> None:
    """Delete a folder and everything in it, if it exists."""
    for here, _, names in os.walk(folder, topdown=False):
        for name in names:
            os.unlink(f"{here}/{name}")
        os.rmdir(here)


def top_folder(name: str) -> str:
    """Return the top-level folder of a file, or an empty string for a file at the top level."""
    return name.partition("/")[0] if "/" in name else ""


def write_staged_file(file: str, content: bytes) -> None:
    """Write a file in a place that no reader looks at yet.

    Raises:
        OSError: The file cannot be written; `filename` of the error is its name.
    """
    try:
        with open(file, "xb", buffering=0) as opened:
            opened.write(content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, file) from error


@contextmanager
def folder_draft(folder: Path) -> Iterator[Path]:
    """Yield a new folder beside another one, in which what is to replace that one is written; delete it in the end.

    What killed runs have left is deleted before.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with lock_folder(folder.parent):
        for left in folder.parent.glob(f".{glob.escape(folder.name)}.[0-9]*{DRAFT_SUFFIX}"):
            shutil.rmtree(left)
        draft = folder.with_name(f".{folder.name}.{os.getpid()}{DRAFT_SUFFIX}")
        draft.mkdir()
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=not draft.exists())  # it may have been moved


def copy_others(old: Path, new: Path, names: Container[str]) -> None:
    """Copy the files and folders of a folder to another one, except those with these names."""
    for entry in old.iterdir():
        if entry.name in names:
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, new / entry.name, symlinks=True)
        else:
            shutil.copy2(entry, new / entry.name, follow_symlinks=False)


def put_in_place(draft: Path, folder: Path, kept: Path | None = None) -> None:
    """Move a finished draft to the place of a folder; the folder, if there is one, is then called `kept` or, without
    that, as the draft was.

    Linux exchanges the two in one step. Where that cannot be done, a process killed in between leaves the old folder
    beside its place, with the suffix `.moved`.
    """
    if not folder.exists():
        os.rename(draft, folder)
        return
    if kept:
        os.rename(draft, kept)
    other = kept or draft
    if not exchange_at_once(other, folder):
        moved = other.with_name(f"{other.name}.moved")
        os.rename(folder, moved)
        os.rename(other, folder)
        os.rename(moved, other)


def exchange_at_once(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return whether the system can."""
    if sys.platform != "linux":
        return False
    exchange: Callable[..., int] | None = getattr(ctypes.CDLL(None), "renameat2", None)
    places = (AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other))
    return exchange is not None and exchange(*places, RENAME_EXCHANGE) == 0


def create_files(files: Mapping[str, Callable[[], str]], folder: Path) -> None:
    """Write files, and the folders that they are in, to a folder that has none of them and that nobody reads yet. Each
    text is made just before it is written."""
    for parent in {(folder / name).parent for name in files}:
        parent.mkdir(parents=True, exist_ok=True)
    map_in_parallel(
        lambda name: write_staged_file(f"{folder}/{name}", files[name]().encode()), list(files), "writing files"
    )


def change_files(files: Iterable[tuple[str, FileContent | None]], folder: Path) -> None:
    """Replace what files hold, in the order given; delete files for which None is given."""
    for name, content in files:
        if content is None:
            (folder / name).unlink(missing_ok=True)
        else:
            replace_file(f"{folder}/{name}", content_bytes(content))


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Wait for an exclusive lock on the folder and hold it during the block; it is released if the process dies."""
    handle = os.open(folder, os.O_RDONLY) if sys.platform != "win32" else None  # Windows cannot lock a folder
    try:
        if handle is not None:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        if handle is not None:
            os.close(handle)


def create_file(file: Path, text: str) -> None:
    """Create a file.

    Raises:
        FileExistsError: The file exists; it is left unchanged.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = write_draft(str(file), text.encode())
    try:
        os.link(draft, file)
    finally:
        os.unlink(draft)


@contextmanager
def lock_for_editing(folder: Path) -> Iterator[None]:
    """Lock the folder, and delete the unfinished copies that a killed run has left."""
    with lock_folder(folder):
        for draft in (*folder.glob(f".*.[0-9]*{DRAFT_SUFFIX}"), *folder.glob(f"[!.]*/.*.[0-9]*{DRAFT_SUFFIX}")):
            draft.unlink()
        yield


def read_file_bytes(file: str) -> bytes:
    with open(file, "rb", buffering=0) as opened:
        return opened.read()


def replace_file(file: str, content: bytes) -> None:
    """Replace a file's content atomically, keeping the file's mode; create the file if it does not exist."""
    draft = write_draft(file, content)
    try:
        if os.path.exists(file):
            os.chmod(draft, os.stat(file).st_mode)
        os.replace(draft, file)
    except OSError:
        os.unlink(draft)
        raise


def write_draft(file: str, content: bytes) -> str:
    """Write a complete copy in the folder of the file, and return the copy's name.

    Raises:
        OSError: The copy cannot be written; `filename` of the error is the file's name, and no copy is left behind.
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
    """Yield the name of each file and link under a folder, relative to the folder, and whether it is a link."""
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
    """Remove a folder and its parents, up to but not including `top`, as long as they are empty."""
    while folder != top and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
