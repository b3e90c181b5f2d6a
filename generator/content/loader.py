"""The content folder in; the library and the problems of its files out. Nothing else of the program reads it.

A file is read once, whole, as UTF-8. Whatever is wrong with one file is a problem with its place, and the other files
are read all the same, so that one run shows everything.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from generator.content.model import (
    WEB_ADDRESS_PATTERN,
    Category,
    Facet,
    Id,
    JudgedPaper,
    JudgedQuery,
    Judgments,
    Library,
    Page,
    Paper,
    Problem,
    ReadingPath,
    Site,
    SourceMarks,
    general_problem,
    text_format,
)
from generator.content.reader import UNPRINTABLE_CHARACTERS, codepoint, line_and_column, read_yaml, spelling_suggestion
from generator.output.workers import map_in_parallel

MAX_CONTENT_FILE_BYTES = 1 << 20  # bytes in a file; the longest abstracts have some 4,000
MAX_PAGE_TITLE_LENGTH = 200  # characters of a hand-written page's first line, which stands in the header
ENTRY_ID_PATTERN = re.compile(text_format(Id).pattern)
FOLDER_EXTENSIONS = {"papers": ".yml", "paths": ".yml", "pages": ".md"}
JUDGMENT_FILES = ("search.yml", "related.yml")
CONTENT_NAMES = (*FOLDER_EXTENSIONS, "README.md", "judgments", "categories.yml", "site.yml", "vocabulary.yml")
RESERVED_IDS = {"index"}
LoadedT = TypeVar("LoadedT")


def load(content: Path, environment: Mapping[str, str]) -> tuple[Library, list[Problem]]:
    """The library under `content/`, with what the environment says of the site, and all problems of its files."""
    problems = list(check_file_names(content))
    within = content.resolve()
    marks: dict[str, SourceMarks] = {}

    def kept(file: Path, found: tuple[LoadedT, SourceMarks, list[Problem]]) -> LoadedT:
        result, marks[file.relative_to(content).as_posix()], more = found
        problems.extend(more)
        return result

    def value(file: Path, kind: type[LoadedT], **given: object) -> LoadedT:
        return kept(file, parse_content_file(file, within, kind, **given))

    site = value(content / "site.yml", Site)
    entries = content_files(content, "papers")
    read_entries = map_in_parallel(
        lambda file: parse_content_file(file, within, Paper, id=file.stem), entries, "reading entries"
    )
    papers = tuple(map(kept, entries, read_entries))
    paths = tuple(value(file, ReadingPath, id=file.stem) for file in content_files(content, "paths"))
    facets = value(content / "vocabulary.yml", tuple[Facet, ...])
    categories = value(content / "categories.yml", tuple[Category, ...])
    pages = []
    for file in content_files(content, "pages"):
        text, faults = read_text_file(file, within)
        page, more = parse_page(file, text)
        marks[file.relative_to(content).as_posix()] = SourceMarks(str(file))
        problems.extend(faults or more)
        pages.append(page)
    queries, related = (content / "judgments" / name for name in JUDGMENT_FILES)
    judgments = Judgments(
        search=value(queries, tuple[JudgedQuery, ...]) if queries.exists() else (),
        related=value(related, tuple[JudgedPaper, ...]) if related.exists() else (),
    )
    settled, more = apply_environment(site, environment)
    library = Library(
        site=settled,
        facets=facets,
        categories=categories,
        papers=tuple(paper for paper in papers if not paper.retired),
        paths=sorted_paths(paths, site),
        pages=tuple(pages),
        marks=marks,
        retired=tuple(paper for paper in papers if paper.retired),
        judgments=judgments,
    )
    return library, problems + more


def parse_content_file(
    file: Path, within: Path, kind: type[LoadedT], **given: object
) -> tuple[LoadedT, SourceMarks, list[Problem]]:
    """The value of a file, where everything in it stands, and what is wrong with it."""
    text, faults = read_text_file(file, within)
    result, marks, more = read_yaml(text, str(file), kind, **given)
    return result, marks, faults or more


def sorted_paths(paths: tuple[ReadingPath, ...], site: Site) -> tuple[ReadingPath, ...]:
    """The paths in the order that the site gives; those it does not name follow by id."""
    named = {name: index for index, name in enumerate(site.paths)}
    return tuple(sorted(paths, key=lambda path: named.get(path.id, len(named))))


def apply_environment(site: Site, environment: Mapping[str, str]) -> tuple[Site, list[Problem]]:
    """The site with the addresses that the environment gives, so that a fork needs no edit."""
    repository = environment.get("REPOSITORY_URL", "").rstrip("/") or site.repository
    branch = environment.get("REPOSITORY_BRANCH") or site.branch
    address = environment.get("SITE_URL") or site.address
    problems = [
        general_problem(name, f'expected an address that starts with http:// or https://, found "{value}"')
        for name, value in (("REPOSITORY_URL", repository), ("SITE_URL", address))
        if value and not re.fullmatch(WEB_ADDRESS_PATTERN, value)
    ]
    if address and not problems and re.search(r"[?#@]", address):
        fault = f'expected an address without "?", "#" and "@", as all others begin with it, found "{address}"'
        problems.append(general_problem("SITE_URL", fault))
    return replace(site, repository=repository, branch=branch, address=address and f"{address.rstrip('/')}/"), problems


def content_files(content: Path, folder: str) -> list[Path]:
    """The files of one folder that count, in the order of their ids."""
    found = (content / folder).glob(f"*{FOLDER_EXTENSIONS[folder]}")
    return sorted((file for file in found if not file.name.startswith(".")), key=lambda file: file.stem)


def check_file_names(content: Path) -> Iterator[Problem]:
    """Files that would be passed over in silence: in the wrong place, or with a name that is no id."""
    for folder, names in ((content, CONTENT_NAMES), (content / "judgments", JUDGMENT_FILES)):
        for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
            if not entry.name.startswith(".") and entry.name not in names:
                yield general_problem(str(entry), f"unknown file or folder{spelling_suggestion(entry.name, names)}")
    yield from check_entry_file_names(content)


def check_entry_file_names(content: Path) -> Iterator[Problem]:
    """Files whose names are no ids, or end otherwise than those of their folder."""
    for name, ending in FOLDER_EXTENSIONS.items():
        for entry in sorted((content / name).glob("*")):
            if entry.name.startswith("."):
                continue
            if entry.suffix != ending:
                yield general_problem(str(entry), f'expected a file whose name ends in "{ending}"')
            elif entry.stem in RESERVED_IDS:
                yield general_problem(str(entry), f'the id "{entry.stem}" is taken by the page of the whole folder')
            elif not ENTRY_ID_PATTERN.fullmatch(entry.stem):
                fault = f"the file's name is its id: expected {text_format(Id).expected}"
                yield general_problem(str(entry), fault)


def read_text_file(
    file: Path, within: Path | None = None, largest: int | None = MAX_CONTENT_FILE_BYTES
) -> tuple[str, list[Problem]]:
    """A file's text; empty, with a problem, where it cannot be had, is larger, or a link leads out of a folder."""
    fault, line, column = "", 0, 0  # no line, unless a byte is at fault
    try:
        if within and not file.resolve().is_relative_to(within):
            fault = f"a link that leads out of {within.name}"
        elif (size := file.stat().st_size) > (largest or size):
            fault = f"expected at most {largest:,} bytes, found {size:,}"
        elif file.is_file():
            return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"), []
        else:
            fault = "expected a file"
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        line, column = line_and_column(before, len(before))
        fault = f"expected UTF-8, found the byte 0x{error.object[error.start]:02X}"
    except RuntimeError:
        fault = "a link that leads back to itself"
    except OSError as error:
        fault = f"cannot be read: {error.strerror}"
    return "", [Problem(str(file), line, column, fault)]


def parse_page(file: Path, text: str) -> tuple[Page, list[Problem]]:
    """A hand-written page; its title is its first line."""
    first, _, rest = text.partition("\n")
    if len(first) > MAX_PAGE_TITLE_LENGTH:
        fault = f"expected a title of at most {MAX_PAGE_TITLE_LENGTH} characters, found {len(first):,}"
        return Page(file.stem, "", ""), [Problem(str(file), 1, 1, fault)]
    if not first.startswith("# ") or not first[2:].strip():
        return Page(file.stem, "", text), [Problem(str(file), 1, 1, 'expected a first line such as "# Title"')]
    if bad := UNPRINTABLE_CHARACTERS.search(text):
        fault = f"the character {codepoint(bad)} is not allowed"
        return Page(file.stem, "", ""), [Problem(str(file), *line_and_column(text, bad.start()), fault)]
    return Page(file.stem, first[2:].strip(), rest), []
