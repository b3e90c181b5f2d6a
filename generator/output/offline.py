"""Completes a built site for reading without a network: the service worker, and the list of what can be saved.

This comes after the site builder, whichever it is, as only then the files of the site are known. The worker is put
together from the script that the theme has, and from what it has to know of the site. Its version is a digest of the
pages and of what they need, so browsers find a new worker just where there is something new.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

from generator.output.last_build import clock
from generator.output.records import read_record, write_record
from generator.output.stamps import Digests, file_stamps, kept_digests
from generator.output.workers import map_in_parallel
from generator.output.write import read_file_bytes, replace_file

WORKER_SCRIPT = Path(__file__).parents[1] / "site/theme/assets/scripts/sw/sw.js"
WORKER_FILE, PAGES_FILE = "sw.js", "offline.json"
DIGEST_LENGTH = 12  # hexadecimal digits
INDEX = "index.html"
SHELL_PAGES = ("", "browse/", "mine/", "compare/", "offline/")
DATA_FOLDER = "search/"
CITATION_FILES = ("papers.bib", "papers.ris", "papers.csl.json")  # those of the whole list
SHELL_FOLDERS = ("assets/", DATA_FOLDER)  # whose files are parts of pages
UNSAVED_FOLDERS = ("authors/",)  # pages that are saved only once they were seen, as there may be tens of thousands
RARE_SCRIPT = "citeproc"  # is fetched for a citation style only
REDIRECT = b'http-equiv="refresh"'


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site: its name, what begins its digest, and its size in bytes."""

    name: str
    digest: str
    size: int

    @property
    def address(self) -> str:
        """The address of the file relative to the root."""
        return self.name.removesuffix(INDEX)


@dataclass(frozen=True, slots=True)
class DigestRecord:
    """The digests of files, when they were looked at, in nanoseconds, and the digest of the program that did it."""

    program: str = ""
    at: int = 0
    files: Digests = field(default_factory=dict)


def complete_site(site: Path) -> int:
    """Write the worker and the list of what can be saved into a site, and return the number of pages in it.

    The worker is written last, so that a browser that finds a new one finds the new list, too. Digests are recorded
    beside the site, so that next time only files with a new stamp are read.
    """
    record = site.with_name(f".{site.name}.digests.json")
    digests = content_digests(site, read_record(record, DigestRecord) or DigestRecord())
    files = [SiteFile(name, digest, stamp[1]) for name, (stamp, digest) in digests.files.items() if digest]
    pages = [file for file in files if is_page_file(file.name)]
    parts = [file for file in files if not is_page_file(file.name)]
    version = site_version([*pages, *parts])
    saved = [page for page in pages if not page.name.startswith(UNSAVED_FOLDERS)]
    data = [part for part in parts if is_saved_data(part.name)]
    listed = {"version": version, "pages": listed_files(saved), "data": listed_files(data)}
    replace_file(f"{site}/{PAGES_FILE}", f"{compact(listed)}\n".encode())
    settings = compact(worker_settings(version, pages, parts))
    script = WORKER_SCRIPT.read_text("utf-8")
    replace_file(f"{site}/{WORKER_FILE}", f"const BUILD={settings};\n{script}".encode())
    write_record(record, digests)
    return len(saved)


def is_completing_file(name: str) -> bool:
    """Return whether a file of the site is one of those that complete it."""
    return name in (WORKER_FILE, PAGES_FILE)


def content_digests(site: Path, last: DigestRecord) -> DigestRecord:
    """Return the digests of all pages of a site and of all parts of pages, sorted by name, given the last ones."""
    program, at = sha256(Path(__file__).read_bytes()).hexdigest(), clock()
    stamps = {name: stamp for name, stamp in file_stamps(site).items() if is_page_file(name) or is_part(name)}
    kept = kept_digests(stamps, last.files, last.at) if last.program == program else {}
    new = [name for name in stamps if name not in kept]
    found = dict(zip(new, map_in_parallel(partial(content_digest, site), new, "reading pages"), strict=True))
    return DigestRecord(program, at, {one: kept.get(one) or (stamps[one], found[one]) for one in sorted(stamps)})


def is_page_file(name: str) -> bool:
    """Return whether a file of the site is a page."""
    return name.endswith(f"/{INDEX}") or name == INDEX


def is_part(name: str) -> bool:
    """Return whether pages need a file, or scripts on them do."""
    return name.startswith(SHELL_FOLDERS) or name in CITATION_FILES


def content_digest(site: Path, name: str) -> str:
    """Return what begins the digest of a file of a site, or nothing for a page that redirects."""
    content = read_file_bytes(f"{site}/{name}")
    return "" if is_page_file(name) and REDIRECT in content else sha256(content).hexdigest()[:DIGEST_LENGTH]


def site_version(files: list[SiteFile]) -> str:
    """Return the digest of all files."""
    lines = "".join(f"{file.name} {file.digest}\n" for file in files)
    return sha256(lines.encode()).hexdigest()[:DIGEST_LENGTH]


def listed_files(files: list[SiteFile]) -> list[tuple[str, str, int]]:
    """Return the address, digest and size of each file."""
    return [(file.address, file.digest, file.size) for file in files]


def worker_settings(version: str, pages: list[SiteFile], parts: list[SiteFile]) -> Mapping[str, object]:
    """Return what the worker knows: the version, what every page needs, and the data of search with its size."""
    names = {page.address for page in pages}
    data = [file for file in parts if is_search_data(file.name)]
    return {
        "version": version,
        "shell": [*(page for page in SHELL_PAGES if page in names), *shell_files(parts)],
        "data": [[file.name, file.digest] for file in data],
        "dataSize": sum(file.size for file in data),
    }


def shell_files(parts: list[SiteFile]) -> Iterator[str]:
    """Return the styles, scripts, icons, and the typefaces of Latin text."""
    for file in parts:
        is_code = file.name.endswith((".css", ".js", ".svg")) and RARE_SCRIPT not in file.name
        if is_code or ("-latin-wght-" in file.name and file.name.endswith(".woff2")):
            yield file.name


def is_saved_data(name: str) -> bool:
    """Return whether a file is fetched by scripts, though not for searching, and so saved with the pages."""
    return name in CITATION_FILES or (name.startswith(DATA_FOLDER) and not is_search_data(name))


def is_search_data(name: str) -> bool:
    """Return whether a file is needed to search."""
    return name == "search/list.json" or name.startswith("search/texts-")


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
