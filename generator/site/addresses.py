"""Addresses within the site, and who owns each of them.

A file belongs to the address that its name gives up to the first dot: `tags/gan` has the page `tags/gan.md`, its twin,
and the downloads `tags/gan.bib` and so on. There are three kinds of addresses. Those of the site itself are in
`SITE_OWNERS`; curators choose others with ids and file names (`chosen_addresses`); those of authors, venues and years
are made from names, in folders of their own. `checks` refuses a second owner of an address, `ascii_slug` avoids the
names that `is_reserved_name` knows, and `unique_files` stops the build if a file would still overwrite another.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from generator.checks.places import terms_with_places
from generator.content.model import Category, Facet, Library, Page, Paper, ReadingPath, Term
from generator.content.reader import ValuePath

AddressableEntry = Paper | Term | Category | Facet | ReadingPath | Page
FileT = TypeVar("FileT")

SITE_OWNERS: Mapping[str, str] = {
    "index": "the home page",
    "browse": "the page of all papers",
    "papers": "the page of all papers",
    "categories": "the page of all shelves",
    "paths": "the page of all reading paths",
    "tags": "the page of all tags",
    "authors": "the page of all authors",
    "venues": "the page of all venues",
    "years": "the page of all years",
    "map": "the map of the list",
    "manifest": "the manifest of the site as an app",
    "sw": "the service worker",
    "offline": "the page for what is not saved",
    "mine": "the page of what the reader keeps",
    "compare": "the page that compares",
    "health": "the health report",
    "data": "the page of downloads",
    "404": "the page for unknown addresses",
    "api": "the API",
    "search": "the data of search",
    "assets": "the files of the theme",
    "llms": "llms.txt",
    "opensearch": "opensearch.xml",
    "robots": "robots.txt",
    "sitemap": "the sitemap",
    "_headers": "the settings of the server",
    "_redirects": "the redirects of the server",
    ".settings": "the settings of the site",
}
CLOSED_FOLDERS = frozenset(("api", "search", "assets"))  # of the site alone, with all that is in them
SITEMAP_PART = re.compile(r"sitemap-\d+")  # a long sitemap is divided
DEVICE_NAMES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
RESERVED_NAMES = ("index", *DEVICE_NAMES)  # no entry, author or venue may have one of these ids


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its text, and an address that is either relative to the site's root or absolute."""

    text: str
    to: str


def page_address(name: str) -> str:
    """Return the address of the page with a file name, such as `tags/gan/` for `tags/gan.md`.

    An index page has the address of its folder: `tags/` for `tags/index.md`.
    """
    stem = name.removesuffix(".md")
    return stem.removesuffix("index") if f"/{stem}".endswith("/index") else f"{stem}/"


def relative_root(address: str) -> str:
    """Return the relative address of the root: `../../` from `tags/gan/`, `../` from `tags/gan.atom`."""
    return "../" * address.count("/")


def paper_address(paper: Paper) -> str:
    """Return the address of a paper's page."""
    return f"papers/{paper.id}/"


def file_owner_address(name: str) -> str:
    """Return the address to which a file belongs, such as `tags/gan` for `tags/gan.csl.json`."""
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}{last[:1]}{last[1:].partition('.')[0]}"


def site_owner(address: str) -> str:
    """Return what of the site itself has an address such as `tags/index`, or an empty string."""
    first, _, rest = address.casefold().partition("/")
    if rest in ("", "index") or first in CLOSED_FOLDERS:
        return SITE_OWNERS.get(SITEMAP_PART.sub("sitemap", first), "")
    return ""


def is_reserved_name(name: str) -> bool:
    """Return whether no id may be this name: it is the name of index pages, or Windows keeps it for a device."""
    return name.casefold() in RESERVED_NAMES


def address_fault(address: str) -> str:
    """Return why no entry may have an address such as `tags/index`, or an empty string."""
    name = address.rpartition("/")[2]
    if owner := site_owner(address):
        return f'the address "{address}" is taken by {owner}: choose another id'
    if is_reserved_name(name):
        return f'Windows cannot store a file named "{name}": choose another id'
    return ""


@dataclass(frozen=True, slots=True)
class ChosenAddress:
    """An address that a curator chose, by an entry's id or by one of the ids that the entry replaces.

    `entry` is the entry's own id; `file` and `place` lead to the id in the content.
    """

    kind: str
    folder: str
    id: str
    entry: str
    file: str
    place: ValuePath

    @property
    def address(self) -> str:
        """The address, such as `tags/gan`."""
        return f"{self.folder}{self.id}"

    @property
    def is_former(self) -> bool:
        """Whether the address redirects to the entry's own."""
        return "replaces" in self.place

    @property
    def is_own_original(self) -> bool:
        """Whether it is an entry's own id at the head of the ids it replaces, by which feeds identify it."""
        return self.id == self.entry and self.place[-2:] == ("replaces", 0)


def chosen_addresses(library: Library) -> Iterator[ChosenAddress]:
    """Return the addresses of all entries, retired ones included, and of the ids that they replace.

    A facet's address is a place on the page of all tags.
    """
    for paper in (*library.papers, *library.retired):
        yield from entry_addresses("paper", "papers/", paper, f"papers/{paper.id}.yml", ())
    for path in library.paths:
        yield from entry_addresses("path", "paths/", path, f"paths/{path.id}.yml", ())
    for page in library.pages:
        yield from entry_addresses("page", "", page, f"pages/{page.id}.md", ())
    for index, category in enumerate(library.categories):
        yield from entry_addresses("category", "categories/", category, "categories.yml", (index,))
    for index, facet in enumerate(library.facets):
        yield from entry_addresses("facet", "tags/#", facet, "vocabulary.yml", (index,))
    for term, place in terms_with_places(library):
        yield from entry_addresses("term", "tags/", term, "vocabulary.yml", place)


def entry_addresses(
    kind: str, folder: str, entry: AddressableEntry, file: str, place: ValuePath
) -> Iterator[ChosenAddress]:
    """Return the address of an entry, and those of the ids that it replaces."""
    yield ChosenAddress(kind, folder, entry.id, entry.id, file, (*place, "id"))
    if isinstance(entry, Paper | Term | Category):
        for index, old in enumerate(entry.replaces):
            yield ChosenAddress(kind, folder, old, entry.id, file, (*place, "replaces", index))


def unique_files(files: Iterable[tuple[str, FileT]]) -> dict[str, FileT]:
    """Return files by name; a page also has the name of its address.

    Raises:
        ValueError: A file would overwrite another, at least where file names ignore case.
    """
    listed = list(files)
    places = [(page_address(name) if name.endswith(".md") else name).casefold() for name, _ in listed]
    if len({*places}) < len(places):
        twice = {place for place, count in Counter(places).items() if count > 1}
        name = next(name for (name, _), place in reversed([*zip(listed, places, strict=True)]) if place in twice)
        raise ValueError(f"{name} would overwrite another file of the site")
    return dict(listed)
