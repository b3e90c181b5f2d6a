"""The loader, which reads the content folder into a `Library` and a list of problems.

Each file is read once, as UTF-8. An error in one file is reported as a problem with its position, and the remaining
files are still read, so that a single run reports everything.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import TypeVar, cast, get_args

from generator.content.characters import character_fault, is_blank
from generator.content.image_files import IMAGES_FOLDER, MAX_IMAGE_BYTES
from generator.content.model import (
    WEB_ADDRESS_PATTERN,
    Categories,
    HostProgram,
    Id,
    JudgedPapers,
    JudgedQueries,
    Judgments,
    KnownVenue,
    Library,
    Page,
    Paper,
    People,
    Person,
    Problem,
    ReadingPath,
    Site,
    SourceMarks,
    Venues,
    Vocabulary,
    general_problem,
    text_format,
)
from generator.content.reader import (
    ValuePath,
    expected_words,
    found_text,
    length_fault,
    line_and_column,
    read_yaml,
)
from generator.content.spelling import SpellingSuggestions, spelling_suggestion
from generator.output.stamps import Stamp, file_stamp, is_recent
from generator.output.workers import map_in_parallel

MAX_CONTENT_FILE_BYTES = 1 << 20  # the longest abstracts have about 4,000
MAX_PAGE_TITLE_LENGTH = 200  # characters; the title is the first line of a hand-written page, and the header shows it
MAX_PAGE_LENGTH = 100_000  # characters of a hand-written page
ENTRY_ID_PATTERN = re.compile(text_format(Id).pattern)
FOLDER_EXTENSIONS = {"papers": ".yml", "paths": ".yml", "pages": ".md"}
JUDGMENT_FILES = ("search.yml", "related.yml")
CONTENT_FOLDERS = (*FOLDER_EXTENSIONS, "judgments", IMAGES_FOLDER)
CONTENT_FILES = ("categories.yml", "people.yml", "site.yml", "venues.yml", "vocabulary.yml")
CONTENT_NAMES = (*CONTENT_FOLDERS, "README.md", *CONTENT_FILES)
SITE_VARIABLES = ("REPOSITORY_URL", "REPOSITORY_BRANCH", "REPOSITORY_HOST", "SITE_URL")
SSH_ADDRESS = re.compile(r"(?:ssh://)?[\w.-]+@([\w.-]+)(?::\d+(?=/))?[:/]/?([^\s:]+)")
NO_PAPERS: "Mapping[Path, ReadPaper]" = {}
LoadedT = TypeVar("LoadedT")


def load(
    content: Path, environment: Mapping[str, str], known: "ParsedFiles | None" = None
) -> tuple[Library, list[Problem]]:
    """Return the library in a folder, with the addresses set in the environment, and the problems of all its files.

    Files that are `known` from an earlier time are read again only if they have changed.
    """
    folder = ContentFolder(content, known or ParsedFiles())
    site = folder.value("site.yml", Site)
    papers = folder.papers()
    current, problems = apply_environment(site, folder.marks["site.yml"], environment)
    library = Library(
        site=current,
        papers=tuple(paper for paper in papers if not paper.retired),
        retired=tuple(paper for paper in papers if paper.retired),
        paths=sorted_paths(folder.paths(), site),
        facets=folder.value("vocabulary.yml", Vocabulary),
        categories=folder.value("categories.yml", Categories),
        pages=folder.pages(),
        judgments=folder.judgments(),
        people=folder.people(),
        venues=folder.venues(),
        marks=folder.marks,
        images=folder.images(site),
    )
    return library, [*check_file_names(content), *folder.problems, *problems]


class ContentFolder:
    """Reads the files of one folder and collects their source marks and problems."""

    def __init__(self, content: Path, known: "ParsedFiles") -> None:
        self.content = content
        self.within = content.resolve()
        self.known = known
        self.marks: dict[str, SourceMarks] = {}
        self.problems: list[Problem] = []

    def papers(self) -> tuple[Paper, ...]:
        """Return all entries, sorted by id."""
        files = content_files(self.content, "papers")
        found = self.known.parse(
            files, lambda file: parse_content_file(file, self.within, Paper, id=file.stem), "reading entries"
        )
        return tuple(self.collect(f"papers/{file.name}", parsed) for file, parsed in zip(files, found, strict=True))

    def paths(self) -> tuple[ReadingPath, ...]:
        """Return the reading paths, sorted by id."""
        files = content_files(self.content, "paths")
        return tuple(self.value(f"paths/{file.name}", ReadingPath, id=file.stem) for file in files)

    def pages(self) -> tuple[Page, ...]:
        """Return the hand-written pages, sorted by id."""
        files = content_files(self.content, "pages")
        found = self.known.parse(files, lambda file: parse_page_file(file, self.within))
        return tuple(self.collect(f"pages/{file.name}", parsed) for file, parsed in zip(files, found, strict=True))

    def people(self) -> tuple[Person, ...]:
        """Return what is said about people; nothing if the file does not exist."""
        found = folder_entries(self.content)
        return self.value("people.yml", People) if self.content / "people.yml" in found else ()

    def venues(self) -> tuple[KnownVenue, ...]:
        """Return what is said about venues; nothing if the file does not exist."""
        found = folder_entries(self.content)
        return self.value("venues.yml", Venues) if self.content / "venues.yml" in found else ()

    def judgments(self) -> Judgments:
        """Return the judgments; those whose file does not exist are empty."""
        queries, related = (self.content / "judgments" / name for name in JUDGMENT_FILES)
        found = folder_entries(self.content / "judgments")
        return Judgments(
            search=self.value(f"judgments/{queries.name}", JudgedQueries) if queries in found else (),
            related=self.value(f"judgments/{related.name}", JudgedPapers) if related in found else (),
        )

    def images(self, site: Site) -> dict[str, bytes]:
        """Return the images that the settings name."""
        named = {key: name for key, name in (("logo", site.logo), ("favicon", site.favicon)) if name is not None}
        there = [f"{IMAGES_FOLDER}/{entry.name}" for entry in folder_entries(self.content / IMAGES_FOLDER)]
        self.problems += check_image_names(self.content, self.marks["site.yml"], named, there)
        found: dict[str, bytes] = {}
        for name in sorted({*named.values()} & {*there}):
            content, problems = read_file(self.content / name, self.within, MAX_IMAGE_BYTES)
            self.problems += problems
            found |= {} if problems else {name: content}
        return found

    def value(self, name: str, kind: type[LoadedT], **given: object) -> LoadedT:
        """Return the value of a file; the fields in `given` are not read from it."""
        (found,) = self.known.parse(
            [self.content / name], lambda file: parse_content_file(file, self.within, kind, **given)
        )
        return self.collect(name, found)

    def collect(self, name: str, parsed: tuple[LoadedT, SourceMarks, list[Problem]]) -> LoadedT:
        """Return the value of a file, and store its source marks and problems."""
        result, self.marks[name], problems = parsed
        self.problems += problems
        return result


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """A paper that was read without a problem when its file had a stamp, with the keys that the file has."""

    paper: Paper
    keys: Sequence[str]
    stamp: Stamp


class ParsedFiles:
    """What files hold, by their paths; each is parsed again only once it has changed. `papers` were read earlier."""

    def __init__(self, papers: Mapping[Path, ReadPaper] = NO_PAPERS) -> None:
        self.known: dict[Path, tuple[Stamp, object]] = {
            file: (read.stamp, (read.paper, SourceMarks(str(file), PlacesOnRequest(file, read.keys)), []))
            for file, read in papers.items()
        }

    def parse(self, files: Sequence[Path], parse: Callable[[Path], LoadedT], task: str = "") -> list[LoadedT]:
        """Return what the files hold; those of one path are always parsed in one way."""
        started, stamps = time.time_ns(), [file_stamp(file) for file in files]
        results: dict[Path, LoadedT] = {}
        for file, stamp in zip(files, stamps, strict=True):
            if stamp and file in self.known and self.known[file][0] == stamp:
                results[file] = cast(LoadedT, self.known[file][1])
        changed = [file for file in files if file not in results]
        results |= zip(changed, map_in_parallel(parse, changed, task), strict=True)
        for file, stamp in zip(files, stamps, strict=True):
            if stamp and not is_recent(stamp, started):
                self.known[file] = stamp, results[file]
        return [results[file] for file in files]


class PlacesOnRequest(Mapping[ValuePath, tuple[int, int]]):
    """The places of the values in the file of a paper, which is read if one is asked for."""

    def __init__(self, file: Path, keys: Sequence[str]) -> None:
        self.file, self.given = file, keys

    @cached_property
    def places(self) -> Mapping[ValuePath, tuple[int, int]]:
        """The line and the column of each value."""
        return read_yaml(read_text_file(self.file)[0], str(self.file), Paper, id=self.file.stem)[1].places

    def __getitem__(self, path: ValuePath) -> tuple[int, int]:
        return self.places[path]

    def __contains__(self, path: object) -> bool:
        return path[0] in self.given if isinstance(path, tuple) and len(path) == 1 else path in self.places

    def __iter__(self) -> Iterator[ValuePath]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def __bool__(self) -> bool:
        return True  # as the file could be read


def is_read_again(marks: SourceMarks) -> bool:
    """Return whether the file of an entry was read, and not known from an earlier time."""
    return not isinstance(marks.places, PlacesOnRequest)


def given_keys(marks: SourceMarks) -> Sequence[str]:
    """Return the keys that the file of an entry has."""
    if isinstance(marks.places, PlacesOnRequest):
        return marks.places.given
    return [str(path[0]) for path in marks.places if len(path) == 1]


def parse_content_file(
    file: Path, within: Path, kind: type[LoadedT], **given: object
) -> tuple[LoadedT, SourceMarks, list[Problem]]:
    """Return the value of a file, the source position of everything in it, and its problems."""
    text, faults = read_text_file(file, within)
    result, marks, more = read_yaml(text, str(file), kind, **given)
    return result, marks, faults or more


def sorted_paths(paths: tuple[ReadingPath, ...], site: Site) -> tuple[ReadingPath, ...]:
    """Return the paths in the order set by the site's settings, followed by those not named there, sorted by id."""
    named = {name: index for index, name in enumerate(site.paths)}
    return tuple(sorted(paths, key=lambda path: named.get(path.id, len(named))))


def site_variables(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of the environment that `apply_environment` reads."""
    return {name: environment.get(name, "") for name in SITE_VARIABLES}


def apply_environment(site: Site, marks: SourceMarks, environment: Mapping[str, str]) -> tuple[Site, list[Problem]]:
    """Return the site with the addresses set in the environment, so that forks need no edits, and any problems."""
    repository = repository_page(environment.get("REPOSITORY_URL", "")) or site.repository
    branch = environment.get("REPOSITORY_BRANCH") or site.branch
    address = environment.get("SITE_URL") or site.address
    host = environment.get("REPOSITORY_HOST") or site.host
    problems = [
        general_problem(variable, fault) if environment.get(variable) else marks.problem(fault, key)
        for variable, key, fault in (
            ("REPOSITORY_URL", "repository", web_address_fault(repository) or repository_fault(repository)),
            ("REPOSITORY_HOST", "host", host_fault(host)),
            ("SITE_URL", "address", web_address_fault(address) or site_address_fault(address)),
        )
        if fault
    ]
    known = None if host_fault(host) else cast(HostProgram | None, host or None)
    address = address and f"{address.rstrip('/')}/"
    return replace(site, repository=repository, branch=branch, host=known, address=address), problems


def repository_page(address: str) -> str:
    """Return the address of a repository's page, given that from which a machine clones it.

    That may hold a password, which must not be published, or be one of SSH.
    """
    if found := SSH_ADDRESS.fullmatch(address):
        address = f"https://{found[1]}/{found[2]}"
    return re.sub(r"(?i)^(https?://)[^/?#]*@", r"\1", address).rstrip("/").removesuffix(".git")


def repository_fault(address: str | None) -> str:
    """Return why a web address cannot be that of a repository's page, or an empty string."""
    if not address or repository_page(address) == address.rstrip("/").removesuffix(".git"):
        return ""
    return "expected an address without a user name or password, since it is published"


def web_address_fault(address: str | None) -> str:
    """Return why a text is no web address, or an empty string."""
    if not address or re.fullmatch(WEB_ADDRESS_PATTERN, address):
        return ""
    return f'expected an address that starts with http:// or https://, found "{address}"'


def host_fault(host: str | None) -> str:
    """Return why a host can run no program of this name, or an empty string."""
    programs = get_args(HostProgram)
    return f"{expected_words(programs)}, {found_text(host)}" if host and host not in programs else ""


def site_address_fault(address: str | None) -> str:
    """Return why a web address cannot be that of a site, or an empty string."""
    if not address or not re.search(r"[?#@]", address):
        return ""
    return f'expected an address without "?", "#" and "@", since all other addresses start with it, found "{address}"'


def content_files(content: Path, folder: str) -> list[Path]:
    """Return the entry files in one folder, sorted by id."""
    found = folder_entries(content / folder)
    return sorted((file for file in found if file.suffix == FOLDER_EXTENSIONS[folder]), key=lambda file: file.stem)


def folder_entries(folder: Path) -> list[Path]:
    """Return the visible files and folders in a folder, sorted; none if it does not exist or cannot be read."""
    try:
        return sorted((entry for entry in folder.iterdir() if not entry.name.startswith(".")), key=attrgetter("name"))
    except OSError:
        return []


def folder_fault(folder: Path) -> str:
    """Return why a folder cannot be read, or an empty string; a folder that does not exist is empty."""
    try:
        next(folder.iterdir(), None)
    except FileNotFoundError:
        return "a link that leads nowhere" if folder.is_symlink() else ""
    except NotADirectoryError:
        return "expected a folder"
    except OSError as error:
        return f"the folder cannot be read: {error.strerror}"
    return ""


def check_file_names(content: Path) -> Iterator[Problem]:
    """Return a problem for each folder that cannot be read, and for each file that would be ignored: it is misplaced,
    or its name is not an id."""
    for folder in (content, *(content / name for name in CONTENT_FOLDERS)):
        if fault := folder_fault(folder):
            yield general_problem(str(folder), fault)
    spelling = SpellingSuggestions()
    for folder, names in ((content, CONTENT_NAMES), (content / "judgments", JUDGMENT_FILES)):
        for entry in folder_entries(folder):
            if entry.name not in names:
                yield general_problem(str(entry), f"unknown file or folder{spelling.suggestion(entry.name, names)}")
    yield from check_entry_file_names(content)


def check_image_names(
    content: Path, marks: SourceMarks, named: Mapping[str, str], there: Sequence[str]
) -> Iterator[Problem]:
    """Return a problem for each image that the settings name and that is not there, and for each that they do not name.

    `named` are the images by the settings' key; the name of one that could not be read is empty.
    """
    for key, name in named.items():
        if name and name not in there:
            yield marks.problem(f"no such file: {content / name}{spelling_suggestion(name, there)}", key)
    if marks.places and "" not in named.values():
        for name in there:
            if name not in named.values():
                yield general_problem(
                    str(content / name), 'expected an image that site.yml names as "logo" or "favicon"'
                )


def check_entry_file_names(content: Path) -> Iterator[Problem]:
    """Return a problem for each file in an entry folder whose name is not an id or whose extension is wrong."""
    for name, ending in FOLDER_EXTENSIONS.items():
        for entry in folder_entries(content / name):
            if entry.suffix != ending:
                yield general_problem(str(entry), f'expected a file whose name ends in "{ending}"')
            elif not ENTRY_ID_PATTERN.fullmatch(entry.stem):
                fault = f"the file's name is its id: expected {text_format(Id).expected}"
                yield general_problem(str(entry), fault)


def read_text_file(
    file: Path, within: Path | None = None, largest: int | None = MAX_CONTENT_FILE_BYTES
) -> tuple[str, list[Problem]]:
    """Return a file's text and no problem, or an empty string and the reason why it cannot be read."""
    content, problems = read_file(file, within, largest)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n"), problems
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        fault = f"expected UTF-8, found the byte 0x{error.object[error.start]:02X}"
        return "", [Problem(str(file), *line_and_column(before, len(before)), fault)]


def read_file(file: Path, within: Path | None, largest: int | None) -> tuple[bytes, list[Problem]]:
    """Return what a file holds and no problem, or nothing and the reason why it cannot be read.

    Symbolic links that lead out of the folder are not followed.
    """
    try:
        if within and not file.resolve().is_relative_to(within):
            fault = f"a link that leads out of {within.name}"
        elif (size := file.stat().st_size) > (largest or size):
            fault = f"expected at most {largest:,} bytes, found {size:,}"
        elif file.is_file():
            return file.read_bytes(), []
        else:
            fault = "expected a file"
    except RuntimeError:
        fault = "a link that leads back to itself"
    except OSError as error:
        fault = f"cannot be read: {error.strerror}"
    return b"", [general_problem(str(file), fault)]


def parse_page_file(file: Path, within: Path) -> tuple[Page, SourceMarks, list[Problem]]:
    """Return a hand-written page, its source marks, and its problems."""
    text, faults = read_text_file(file, within)
    page, problems = parse_page(file, text)
    return page, SourceMarks(str(file)), faults or problems


def parse_page(file: Path, text: str) -> tuple[Page, list[Problem]]:
    """Return a hand-written page, whose title is its first line, and its problems."""
    if fault := length_fault(len(text), MAX_PAGE_LENGTH, "characters"):
        return Page(file.stem, "", ""), [general_problem(str(file), fault)]
    first, _, rest = text.partition("\n")
    if len(first) > MAX_PAGE_TITLE_LENGTH:
        fault = f"expected a title of at most {MAX_PAGE_TITLE_LENGTH} characters, found {len(first):,}"
        return Page(file.stem, "", ""), [Problem(str(file), 1, 1, fault)]
    if not first.startswith("# ") or is_blank(first[2:]):
        return Page(file.stem, "", text), [Problem(str(file), 1, 1, 'expected a first line such as "# Title"')]
    if bad := character_fault(text):
        return Page(file.stem, "", ""), [Problem(str(file), *line_and_column(text, bad[0]), bad[1])]
    return Page(file.stem, first[2:].strip(), rest), []
