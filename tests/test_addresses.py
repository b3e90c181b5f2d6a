"""Addresses: each has one owner, each file of the site belongs to one, and every system can store its name."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checks.ids import check_addresses
from generator.content.model import Category, Facet, Library, Page, Paper, ReadingPath, SourceMarks, Step, Term, Venue
from generator.site.addresses import (
    DEVICE_NAMES,
    RESERVED_NAMES,
    SITE_OWNERS,
    chosen_addresses,
    file_owner_address,
    site_owner,
    unique_files,
)
from generator.site.catalogue import build_catalogue
from generator.site.render import render_site

FOLDERS = {"paper": "papers", "retired paper": "papers", "path": "paths", "category": "categories", "term": "tags"}
REPLACING_KINDS = ("paper", "retired paper", "category", "term")
SHELF = Category("shelf", "Shelf", "Summary.", "Introduction.")
STEPS = (Step("one", "It comes first."), Step("two", "It comes second."))
UNSTORABLE = re.compile(r"[<>:\"|?*\\\x00-\x1f]|[. ]$")
DRAFT_PARTS = len("..1234567.part")  # what the name of an unfinished copy adds


class AnyMarks(dict[str, SourceMarks]):
    """The source marks of any file."""

    def __missing__(self, file: str) -> SourceMarks:
        return SourceMarks(file)


def paper(name: str, *replaces: str, retired: str | None = None, author: str = "Ada", venue: str = "ICML") -> Paper:
    at = Venue(venue, 2017, "conference")
    return Paper(
        name,
        "Title",
        authors=(author,),
        category="shelf",
        abstract="Text.",
        venue=at,
        replaces=replaces,
        retired=retired,
    )


def term(name: str, *replaces: str) -> Term:
    return Term(name, "Name", "Definition.", replaces=replaces)


@pytest.fixture(scope="session")
def bare(toy: Library) -> Library:
    """A list with a shelf, two papers and nothing else."""
    return Library(
        replace(toy.site, start=(), paths=()), (), (SHELF,), (paper("one"), paper("two")), (), (), AnyMarks()
    )


def with_entry(library: Library, kind: str, name: str, *replaces: str) -> Library:
    """Return the list with one more entry."""
    match kind:
        case "paper":
            return replace(library, papers=(*library.papers, paper(name, *replaces)))
        case "retired paper":
            return replace(library, retired=(*library.retired, paper(name, *replaces, retired="Withdrawn.")))
        case "path":
            return replace(library, paths=(*library.paths, ReadingPath(name, "N", "S", "R", "A", "O", STEPS)))
        case "page":
            return replace(library, pages=(*library.pages, Page(name, "Title", "Text.")))
        case "category":
            return replace(library, categories=(*library.categories, replace(SHELF, id=name, replaces=replaces)))
        case _:
            facet = Facet(f"facet-{len(library.facets)}", "Facet", "Description?", (term(name, *replaces),))
            return replace(library, facets=(*library.facets, facet))


def faults(library: Library) -> list[str]:
    return [problem.message for problem in check_addresses(library)]


def refusal(kind: str, name: str) -> str:
    """Return the message about a reserved id of an entry."""
    address = f"{FOLDERS[kind]}/{name}" if kind in FOLDERS else name
    if owner := site_owner(address):
        return f'the address "{address}" is taken by {owner}: choose another id'
    return f'Windows cannot store a file named "{name}": choose another id'


@pytest.mark.parametrize("name", RESERVED_NAMES)
@pytest.mark.parametrize("kind", [*FOLDERS, "page"])
def test_no_entry_has_a_reserved_id(kind: str, name: str, bare: Library) -> None:
    assert faults(with_entry(bare, kind, name)) == [refusal(kind, name)]
    assert faults(with_entry(bare, kind, f"{name}-2")) == []


@pytest.mark.parametrize("name", RESERVED_NAMES)
@pytest.mark.parametrize("kind", REPLACING_KINDS)
def test_no_entry_replaces_a_reserved_id(kind: str, name: str, bare: Library) -> None:
    assert faults(with_entry(bare, kind, "three", "four", name)) == [refusal(kind, name)]


@pytest.mark.parametrize("name", [*SITE_OWNERS, "sitemap-0", "sitemap-12"])
def test_no_page_has_an_address_of_the_site(name: str, bare: Library) -> None:
    assert "is taken by" in refusal("page", name)
    assert faults(with_entry(bare, "page", name)) == [refusal("page", name)]


@pytest.mark.parametrize("kind", FOLDERS)
def test_in_the_folder_of_its_kind_an_entry_may_have_such_a_name(kind: str, bare: Library) -> None:
    for name in ("tags", "api", "404", "sitemap"):
        assert faults(with_entry(bare, kind, name)) == []


@pytest.mark.parametrize(
    ("kind", "name", "replaces"), [("term", "one", "index"), ("category", "three", "index"), ("page", "tags", "")]
)
def test_what_the_check_refuses_cannot_be_built_either(kind: str, name: str, replaces: str, bare: Library) -> None:
    library = with_entry(bare, kind, name, *filter(None, [replaces]))
    assert faults(library) == [refusal(kind, replaces or name)]
    with pytest.raises(ValueError, match="would overwrite another file"):
        render_site(library, {})


@pytest.mark.parametrize("second", ["tags/one.md", "Tags/One.md", "tags/ONE.bib", "tags.md"])
def test_no_file_takes_the_place_of_another(second: str) -> None:
    first = [("tags/index.md", 1), ("tags/one.md", 1), ("tags/one.bib", 1)]
    assert unique_files(first) == dict(first)
    with pytest.raises(ValueError, match=f"{second} would overwrite another file"):
        unique_files([*first, (second, 2)])


def accounted_addresses(library: Library) -> set[str]:
    """Return all addresses that curators chose, or that are made from names."""
    lists = build_catalogue(library, {}).lists
    from_names = [one for kind in ("authors", "venues", "years") for one in lists[kind].values()]
    former = (f"{one.kind}/{old}" for one in from_names for old in one.replaces)
    return {*(one.address for one in chosen_addresses(library)), *(one.files[-1] for one in from_names), *former}


def unaccounted(files: Iterable[str], library: Library) -> list[str]:
    known = accounted_addresses(library)
    return [name for name in files if (at := file_owner_address(name)) not in known and not site_owner(at)]


def unstorable(files: Iterable[str]) -> list[str]:
    """Return the names that some file system cannot store."""
    return [
        name
        for name in files
        for part in name.split("/")
        if UNSTORABLE.search(part)
        or part.partition(".")[0].casefold() in DEVICE_NAMES
        or len(part.encode()) + DRAFT_PARTS > 255
    ]


def test_each_file_belongs_to_an_address_in_use(toy: Library) -> None:
    library = replace(toy, site=replace(toy.site, address="https://example.org/"))
    files = list(render_site(library, {}))
    assert unaccounted(files, library) == []
    assert unstorable(files) == []
    used = {file_owner_address(name).partition("/")[0] for name in files}
    assert SITE_OWNERS.keys() - used <= {"404", "assets", "_headers", "sw"}  # which are added after the pages


def test_so_does_each_file_that_the_site_builder_writes(site: Path, toy: Library) -> None:
    names = [file.relative_to(site).as_posix() for file in site.rglob("[!.]*") if file.is_file()]
    files = [name.removesuffix("/index.html") for name in names]
    assert unaccounted(files, toy) == []
    assert unstorable(files) == []


ids = st.sampled_from([*RESERVED_NAMES, *SITE_OWNERS, "a" * 100, *(f"entry-{number}" for number in range(300))])
entries = st.tuples(st.sampled_from([*FOLDERS, "page"]), ids, st.lists(ids, max_size=2))
awkward_names = [
    f"{before}{name}{after}" for name in RESERVED_NAMES for before in ("", "(") for after in ("", ".", "/")
]
names = st.one_of(st.sampled_from(awkward_names), st.text(min_size=1, max_size=200).filter(str.strip))


def is_clash(library: Library) -> bool:
    """Return whether an entry has or replaces a reserved id, or one that another entry has or replaces."""
    chosen = [one for one in chosen_addresses(library) if not one.is_own_original]
    reserved = any(site_owner(one.address) or one.id in RESERVED_NAMES for one in chosen)
    return reserved or len({one.address for one in chosen}) < len(chosen)


@settings(max_examples=50)
@given(st.lists(entries, max_size=4), st.lists(st.tuples(names, names), max_size=4))
def test_a_list_without_faults_overwrites_nothing(
    bare: Library, chosen: list[tuple[str, str, list[str]]], people: list[tuple[str, str]]
) -> None:
    library = bare
    for kind, name, replaces in chosen:
        library = with_entry(library, kind, name, *replaces)
    by_people = [paper(f"by-{number}", author=author, venue=venue) for number, (author, venue) in enumerate(people)]
    library = replace(library, papers=(*library.papers, *by_people))
    assert bool(faults(library)) == is_clash(library)
    if not is_clash(library):
        files = list(render_site(library, {}))
        assert len({name.casefold() for name in files}) == len(files)
        assert unaccounted(files, library) == []
        assert unstorable(files) == []
