"""Builds the pages of a site with a site builder such as MkDocs: only those that have changed, and on all cores.

The builder gets them in parts: folders with some of the pages, and settings that inherit those of the site. So it needs
little memory, and no part knows of another. When all parts are built, their pages are moved to the site. What each page
was made from is recorded beside the site: the digest of its source, and that of what all pages share. Without this
record, all pages are built.
"""

import os
import subprocess
import sysconfig
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import current_thread, main_thread

import yaml

from generator.output.interrupts import interrupts_deferred
from generator.output.records import read_record, write_record
from generator.output.stamps import Stamp, file_stamp, file_stamps
from generator.output.write import delete_folder, read_file_bytes, remove_empty_folders, walk_files

MIN_PART_PAGES = 40  # pages from which a second process is faster
MAX_PART_PAGES = 1_000
MAX_ENDING_SECONDS = 5  # wait for the builder to exit before it is killed
PAGE_SUFFIX = ".md"
LIST_SETTINGS = ".settings.yml"  # in the folder of the pages
SETTINGS_NAME = "settings.yml"  # of a part
PIPED_SETTINGS = "/dev/stdin"
MKDOCS_NAME = "mkdocs"
UNKNOWN_PAGE = "404.html"  # is in each part
INDEX_NAMES = ("index", "README")  # pages whose address is that of their folder


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """What is recorded of a page: the stamp and the digest of its source, and the stamp of its file on the site."""

    source: Stamp
    digest: str
    made: Stamp


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """What the pages of a site were made from: the digest of what they share, and each page by its source's name."""

    shared: str
    pages: Mapping[str, BuiltPage]


class SiteBuilder:
    """The builder of a site.

    `command` builds what a settings file says; its name is added as the last argument. `settings` are those of the
    site, `pages` is the folder of their sources, and `shared` are more files and folders that every page is made from.
    """

    def __init__(
        self,
        command: Sequence[str],
        settings: Path,
        pages: Path,
        shared: Sequence[Path],
        site: Path,
    ) -> None:
        self.command, self.settings, self.pages, self.shared = command, settings, pages, shared
        self.site = site
        self.parts = site.with_name(f".{site.name}.parts")
        self.processes: set[subprocess.Popen[bytes]] = set()
        self.waiting: subprocess.Popen[bytes] | None = None
        self.record_file = site.with_name(f".{site.name}.json")

    def update(self) -> int:
        """Build the pages that have changed, delete those that are gone, and return how many were built.

        Raises:
            ChildProcessError: The builder failed, and has said why. The site is as it was.
        """
        record = read_record(self.record_file, BuildRecord) or BuildRecord("", {})
        shared = self.shared_digest()
        sources = {name: stamp for name, stamp in file_stamps(self.pages).items() if name.endswith(PAGE_SUFFIX)}
        known = record.pages if record.shared == shared else {}
        digests = {name: self.source_digest(name, stamp, record.pages) for name, stamp in sources.items()}
        made = {name: stamp for name, stamp in file_stamps(self.site).items() if is_built_file(name)}
        outdated = [
            name
            for name in sources
            if name not in known
            or (known[name].digest, known[name].made) != (digests[name], made.get(output_name(name)))
        ]
        if not outdated and sources and UNKNOWN_PAGE not in made:
            outdated = [min(sources)]
        delete_folder(self.parts)
        try:
            built = self.build_parts(outdated)
            for part in built:
                self.move_pages(part)
            self.delete_strays(made.keys() - {output_name(name) for name in sources})
        finally:
            delete_folder(self.parts)
        stamps = made | {output_name(name): file_stamp(self.site / output_name(name)) for name in outdated}
        pages = {
            name: BuiltPage(source, digests[name], stamp)
            for name, source in sources.items()
            if (stamp := stamps.get(output_name(name)))
        }
        write_record(self.record_file, BuildRecord(shared, pages))
        if missing := sources.keys() - pages.keys():
            raise ChildProcessError(f"{self.command[0]} made nothing of {min(missing)}")
        return len(outdated)

    def shared_digest(self) -> str:
        """Return the digest of what all pages are made from: settings, theme, and the versions of the packages."""
        places = [self.settings, self.pages / LIST_SETTINGS, *self.shared]
        files = sorted(place / name if place.is_dir() else place for place in places for name in file_stamps(place))
        lines = [f"{file} {sha256(file.read_bytes()).hexdigest()}" for file in files]
        return sha256("\n".join([*lines, *installed_packages(), *self.command]).encode()).hexdigest()

    def source_digest(self, name: str, stamp: Stamp, known: Mapping[str, BuiltPage]) -> str:
        """Return the digest of a source, which is read only if its stamp is new."""
        before = known.get(name)
        if before and before.source == stamp:
            return before.digest
        return sha256(read_file_bytes(f"{self.pages}/{name}")).hexdigest()

    def build_parts(self, names: Sequence[str]) -> list[Path]:
        """Build pages in parts, and return the folders in which the parts of the site are."""
        parts = [self.write_part(number, some) for number, some in enumerate(page_parts(names, os.cpu_count() or 1))]
        self.run([[*self.command, str(part / SETTINGS_NAME)] for part in parts])
        return [part / "site" for part in parts]

    def page(self, name: str, source: bytes, file: str) -> bytes:
        """Build a page from its source alone, and return one of the files that the builder makes.

        Raises:
            ChildProcessError: The builder failed, or has not made the file.
        """
        part = self.parts / "page"
        delete_folder(part)
        try:
            (part / "pages" / name).parent.mkdir(parents=True)
            (part / "pages" / name).write_bytes(source)
            self.write_settings(part)
            if not self.build_by_waiting(part):
                self.run([[*self.command, str(part / SETTINGS_NAME)]])
            return read_file_bytes(f"{part}/site/{file}")
        except FileNotFoundError:
            raise ChildProcessError(f"{self.command[0]} made nothing of {name}") from None
        finally:
            delete_folder(part)

    def start_waiting(self) -> None:
        """Start MkDocs, which waits for its settings then and builds the next page sooner.

        It reads them from a pipe. If it cannot, it fails, and the page is built as it would be otherwise.
        """
        if self.waiting or MKDOCS_NAME not in (Path(word).name for word in self.command):
            return
        with suppress(OSError):
            self.waiting = subprocess.Popen(
                [*self.command, PIPED_SETTINGS],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self.processes.add(self.waiting)

    def build_by_waiting(self, part: Path) -> bool:
        """Return whether a builder that waited has built a part."""
        waiting, self.waiting = self.waiting, None
        if not waiting:
            return False
        waiting.communicate(self.part_settings(f"{part.absolute()}/"))
        self.processes.discard(waiting)
        return waiting.returncode == 0

    def run(self, commands: Sequence[Sequence[str]]) -> None:
        """Run builders to their ends, one on each core.

        Raises:
            ChildProcessError: One failed; the others are ended.
        """
        waiting, running = deque(commands), deque[subprocess.Popen[bytes]]()
        with ExitStack() as ended:
            while waiting or running:
                if waiting and len(running) < (os.cpu_count() or 1):
                    running.append(ended.enter_context(self.running_process(waiting.popleft())))
                elif status := running.popleft().wait():
                    raise ChildProcessError(f"{commands[0][0]} failed with status {status}")

    @contextmanager
    def running_process(self, command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
        """Run a process that ends with the block at the latest, or with `end`.

        It has its own process group, so that Ctrl-C reaches it only through this program.
        """
        running = None
        try:
            with interrupts_deferred() if current_thread() is main_thread() else nullcontext():
                running = subprocess.Popen(command, start_new_session=True)
                self.processes.add(running)
            yield running
        finally:
            if running:
                end_process(running)
                self.processes.discard(running)

    def end(self) -> None:
        """End all processes that run."""
        for process in [*self.processes]:
            end_process(process)

    def write_part(self, number: int, names: Sequence[str]) -> Path:
        """Write a folder with some of the pages and with settings, and return it."""
        part = self.parts / str(number)
        for name in names:
            link_or_copy(self.pages / name, part / "pages" / name)
        self.write_settings(part)
        return part

    def write_settings(self, part: Path) -> None:
        """Write the settings of a part, with the folders as Zensical wants them, relative to the file."""
        (part / SETTINGS_NAME).write_bytes(self.part_settings(""))

    def part_settings(self, folder: str) -> bytes:
        """Return the settings of a part, given what precedes the names of its folders."""
        theme = (yaml.safe_load(self.settings.read_bytes()) or {}).get("theme") or {}
        settings: dict[str, object] = {
            "INHERIT": str(self.settings.absolute()),
            "docs_dir": f"{folder}pages",
            "site_dir": f"{folder}site",
        }
        if "custom_dir" in theme:
            settings["theme"] = {"custom_dir": str(self.settings.absolute().parent / theme["custom_dir"])}
        return yaml.safe_dump(settings).encode()

    def move_pages(self, part: Path) -> None:
        """Move the pages of a part to the site, where they differ from those that are there."""
        for name, _ in walk_files(part):
            if not is_built_file(name):
                continue
            target = self.site / name
            if not target.exists() or read_file_bytes(str(target)) != read_file_bytes(f"{part}/{name}"):
                target.parent.mkdir(parents=True, exist_ok=True)
                (part / name).replace(target)

    def delete_strays(self, strays: Iterable[str]) -> None:
        """Delete pages of the site."""
        for name in strays:
            if name != UNKNOWN_PAGE:
                (self.site / name).unlink()
                remove_empty_folders((self.site / name).parent, self.site)


def installed_packages() -> list[str]:
    """Return the names of the packages that Python finds, with their versions."""
    return sorted(folder.name for folder in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))


def is_built_file(name: str) -> bool:
    """Return whether a file of the site is made by the site builder."""
    return name in ("index.html", UNKNOWN_PAGE) or name.endswith("/index.html")


def output_name(name: str) -> str:
    """Return the file of the site that is made from a page."""
    stem = name.removesuffix(PAGE_SUFFIX)
    folder, slash, last = stem.rpartition("/")
    return f"{folder}{slash}index.html" if last in INDEX_NAMES else f"{stem}/index.html"


def page_parts(names: Sequence[str], cores: int) -> Iterator[Sequence[str]]:
    """Yield the names in parts of about the same size: as many as there are cores, or more if the parts get too large.

    The parts are mixed, as pages of one kind may take longer than others.
    """
    most = max(1, len(names) // MIN_PART_PAGES)
    count = min(max(min(cores, most), -(-len(names) // MAX_PART_PAGES)), len(names))
    for first in range(count):
        yield names[first::count]


def link_or_copy(file: Path, place: Path) -> None:
    """Let a file be in another place, too."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, place)
    except OSError:  # the file system has no links, or the place is on another one
        place.write_bytes(file.read_bytes())


def end_process(running: subprocess.Popen[bytes]) -> None:
    """End a process, if it still runs, the hard way where it takes too long."""
    if running.stdin:
        running.stdin.close()
    if running.poll() is not None:
        return
    running.terminate()
    try:
        running.wait(MAX_ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
