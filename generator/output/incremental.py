"""Brings a site up to date with its pages, by a builder that renews only what is older than its source.

Such a builder (`mkdocs build --dirty`) compares the times of files, so it misses a change within one tick of the clock;
it deletes nothing; and it does not know what many pages have in common. Therefore the files that are to be renewed are
made as old as can be before it runs, and what it leaves as old is deleted after it.
"""

import os
import re
import subprocess
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from generator.output.watch import Stamp, file_stamps, interrupts_deferred
from generator.output.write import remove_empty_folders, walk_files

OLDEST = (0, 0)  # times of access and change, in seconds
MAX_ENDING_SECONDS = 5  # wait for the builder to exit before it is killed
INDEX_NAMES = ("index", "README")  # pages whose address is that of their folder
MARKDOWN_LINK = re.compile(rb"\][(:\[]")  # its address depends on which other pages there are


class SiteBuilder:
    """The builder of one site.

    `command` builds the site; the folder to build it in is added as its last argument. `shared` are files and folders
    that every page is made from. The site is written only in the context `being_written`.
    """

    def __init__(
        self,
        command: Sequence[str],
        pages: Path,
        shared: Sequence[Path],
        site: Path,
        being_written: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        self.command, self.pages, self.shared, self.site = command, pages, shared, site
        self.being_written = being_written
        self.built_pages: Mapping[str, Stamp] = {}
        self.built_shared: Mapping[str, Stamp] = {}

    def update(self) -> None:
        """Run the builder until the site is as new as its sources, or not at all if it is.

        Raises:
            ChildProcessError: The builder failed, and has said why. The next update repeats its work.
        """
        while (stamps := self.source_stamps()) != (self.built_pages, self.built_shared):
            with self.being_written():
                self.renew(self.outdated_files(*stamps))
            self.built_pages, self.built_shared = stamps

    def renew(self, outdated: Collection[str]) -> None:
        """Run the builder once, so that it renews these files, and delete those that it does not."""
        for name in outdated:
            os.utime(self.site / name, OLDEST)
        run_builder([*self.command, str(self.site)])
        for name in outdated:
            delete_if_oldest(self.site / name, self.site)

    def source_stamps(self) -> tuple[dict[str, Stamp], dict[str, Stamp]]:
        """Return the stamps of the pages, and those of what they share."""
        shared = {f"{place}/{name}": stamp for place in self.shared for name, stamp in file_stamps(place).items()}
        return file_stamps(self.pages), shared

    def outdated_files(self, pages: Mapping[str, Stamp], shared: Mapping[str, Stamp]) -> set[str]:
        """Return the files of the site that are to be renewed or deleted, now that the sources have these stamps."""
        files = {name for name, _ in walk_files(self.site)}
        changed = {name for name, _ in pages.items() ^ self.built_pages.items()}
        # The builder publishes no file whose name starts with a dot, so what such a file says concerns every page.
        if not self.built_pages or shared != self.built_shared or any(name.startswith(".") for name in changed):
            return files
        if pages.keys() != self.built_pages.keys():
            changed |= {name for name in pages if name.endswith(".md") and has_markdown_link(self.pages / name)}
        return files & {output_name(name) for name in changed}


def output_name(name: str) -> str:
    """Return the file of the site that is made from a file of the pages."""
    if not name.endswith(".md"):
        return name
    stem = name.removesuffix(".md")
    folder, slash, last = stem.rpartition("/")
    return f"{folder}{slash}index.html" if last in INDEX_NAMES else f"{stem}/index.html"


def has_markdown_link(page: Path) -> bool:
    """Return whether a page may have a link in Markdown. Those of the generator's templates are HTML."""
    return bool(MARKDOWN_LINK.search(page.read_bytes()))


def delete_if_oldest(file: Path, top: Path) -> None:
    """Delete a file that is as old as can be, and its folders as far as that leaves them empty."""
    if file.stat().st_mtime == OLDEST[1]:
        file.unlink()
        remove_empty_folders(file.parent, top)


def run_builder(command: Sequence[str]) -> None:
    """Run a builder to its end.

    Raises:
        ChildProcessError: It failed.
    """
    with running_process(command) as running:
        if status := running.wait():
            raise ChildProcessError(f"{command[0]} failed with status {status}")


@contextmanager
def running_process(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process that ends with the block at the latest.

    It has its own process group, so that Ctrl-C reaches it only through this function.
    """
    running = None
    try:
        with interrupts_deferred():
            running = subprocess.Popen(command, start_new_session=True)
        yield running
    finally:
        if running and running.poll() is None:
            end_process(running)


def end_process(running: subprocess.Popen[bytes]) -> None:
    """End a process, the hard way where it takes too long."""
    running.terminate()
    try:
        running.wait(MAX_ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
