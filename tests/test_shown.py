"""Files show no other papers than those of which it is said, and change with no others."""

import random
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

import pytest
from edits import one_arranged_anew

from generator.citations.citation import citation_keys
from generator.content.model import Library, Links, Paper, Person
from generator.known_list import KnownList, KnownPaper, edited_since, kept_citations, unchanged_addresses
from generator.related.relate import RelatedPapers, relate
from generator.site.catalogue import build_catalogue
from generator.site.pages import authors
from generator.site.render import site_files
from generator.site.shown import TEXT_KEYS, edited_papers, shown_papers

SEEDS = 80
ADDRESS = "https://example.org/altered"
PLAIN = Paper("plain", "Of lenses", "optics", authors=("Ann Other",), added="2026-01-01", published_title="On lenses")


def altered(paper: Paper) -> Paper:
    """Return a paper with other texts, which is arranged as before."""
    return replace(
        paper,
        title=f"{paper.title} altered",
        abstract=f"Altered. {paper.abstract}",
        published_title=paper.published_title and f"{paper.published_title} altered",
        aliases=(*paper.aliases, "Altered"),
        introduces=("Altered things",),
        doi="10.1234/altered",
        acl_anthology="2023.acl-long.522",
        revised=paper.added and "2098-01-01",
        volume="98",
        number="97",
        pages="96-97",
        edition="95th",
        isbn="9780000000002",
        language="de",
        url=ADDRESS,
        accessed="2097-01-01",
        award="An altered award",
        note="An altered note.",
        links=Links(pdf=f"{ADDRESS}.pdf", code=ADDRESS),
        summary="An altered summary.",
        why="An altered reason.",
        questions=("Is it altered?",),
    )


def with_altered(library: Library, names: Iterable[str]) -> Library:
    """Return a library in which papers have other texts."""
    chosen = {*names}
    return replace(library, papers=tuple(altered(one) if one.id in chosen else one for one in library.papers))


def with_introductions(library: Library) -> Library:
    """Return a library in which the introduction of each shelf names a paper of another shelf."""
    others = [next((one.id for one in library.papers if one.category != shelf.id), "") for shelf in library.categories]
    shelves = (
        replace(shelf, introduction=f"See [[{other or library.papers[0].id}]].")
        for shelf, other in zip(library.categories, others, strict=True)
    )
    return replace(library, categories=tuple(shelves))


@pytest.mark.parametrize("name", ["toy", "works"])
def test_other_papers_change_no_file(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authors, "MAX_INDEX_AUTHORS", 5)  # so that its index has a page for each letter
    library = with_introductions(request.getfixturevalue(name))
    links = relate(library)
    catalogue = build_catalogue(library, links, for_all=False)
    files, shown = site_files(catalogue), shown_papers(catalogue)
    papers = {paper.id for paper in library.papers}
    compared = 0
    for address, those in shown.items():
        others = site_files(build_catalogue(with_altered(library, papers - {*those}), links, for_all=False))
        names = [name for name in files if name.partition(".")[0] == address]
        assert papers >= {*those}
        assert {name: files[name] for name in names} == {name: others[name] for name in names}
        compared += len(names)
    assert compared > len(library.papers) * 5
    assert any(name.startswith("authors/index/") for name in shown)


def test_each_text_may_be_edited(toy: Library) -> None:
    new = altered(PLAIN)
    assert {
        field.name for field in fields(Paper) if getattr(PLAIN, field.name) != getattr(new, field.name)
    } == TEXT_KEYS
    assert edited_papers([PLAIN], [new]) == {"plain"}
    assert edited_papers(toy.papers, toy.papers) == set()
    first, *others = toy.papers
    assert edited_papers(toy.papers, [*others, altered(first)]) == {first.id}


@pytest.mark.parametrize("more", [{"replaces": ("former",)}, {"added": "2026-01-02"}, {"retired": "Withdrawn."}])
def test_what_more_than_the_paper_depends_on_may_not(more: dict[str, Any]) -> None:
    assert edited_papers([PLAIN], [replace(PLAIN, **more)]) is None


def test_papers_that_come_and_go_are_more_than_edits(toy: Library) -> None:
    assert edited_papers(toy.papers, toy.papers[1:]) is None
    assert edited_papers(toy.papers[1:], toy.papers) is None
    assert edited_papers([], toy.papers) is None


def arranged_anew(library: Library, chance: random.Random) -> Library:
    """Return a library in which some papers have other tags, shelves, relations, dates, authors, venues or titles."""
    papers = {paper.id: paper for paper in library.papers}
    for name in chance.sample(sorted(papers), chance.randrange(1, 4)):
        papers[name] = one_arranged_anew(library, papers[name], papers[chance.choice(sorted(papers))], chance)
    return replace(library, papers=tuple(papers.values()))


@pytest.mark.parametrize("name", ["toy", "works"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_papers_arranged_anew_change_no_other_files(
    name: str, seed: int, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed % 3:
        monkeypatch.setattr(authors, "MAX_INDEX_AUTHORS", 5)
    library = with_like_people(request.getfixturevalue(name))
    assert_others_unchanged(library, arranged_anew(library, random.Random(seed)), are_related=seed % 2 == 0)


def with_like_people(library: Library) -> Library:
    """Return a library in which the first author of each paper may be confused with that of the next paper."""
    first = [*dict.fromkeys(paper.authors[0] for paper in library.papers if paper.authors)]
    pairs = zip(first[::2], first[1::2], strict=False)
    return replace(library, people=tuple(Person(one, other_than=(other,)) for one, other in pairs))


def test_the_last_work_of_a_kind_changes_files_of_others(works: Library) -> None:
    books = replace(works, papers=tuple(replace(paper, type="book", venue=None) for paper in works.papers))
    mixed = replace(works, papers=(replace(books.papers[0], type="report"), *books.papers[1:]))
    for library, new in ((books, mixed), (mixed, books)):
        assert_others_unchanged(library, new, are_related=False)


def test_a_paper_that_takes_the_citation_key_of_another_changes_the_files_of_that(toy: Library) -> None:
    first, *others, last = sorted(toy.papers, key=lambda paper: (paper.added or "", paper.id))
    family = last.authors[0].partition(" ")[2]
    twin = replace(last, id=first.id, added=first.added, replaces=first.replaces, authors=(f"Zoe {family}",))
    edited = replace(toy, papers=(twin, *others, last))
    assert citation_keys(edited)[last.id] != citation_keys(toy)[last.id]
    assert_others_unchanged(replace(toy, papers=(first, *others, last)), edited, are_related=False)


def assert_others_unchanged(library: Library, filed: Library, are_related: bool) -> None:
    """Check that files are as they were where an edit is said not to have changed them.

    If papers are not related, nothing but the lists and the relations makes files differ.
    """
    nothing: RelatedPapers = {paper.id: () for paper in library.papers}
    links, new_links = (relate(library), relate(filed)) if are_related else (nothing, nothing)
    before = build_catalogue(library, links)
    papers = {one.id: KnownPaper(one, [], links[one.id], before.formatted_citations[one.id]) for one in library.papers}
    known = KnownList(0, "", papers)
    edited = edited_since(known, filed)
    assert edited is not None
    now = build_catalogue(filed, new_links, known=kept_citations(known, filed, edited))
    unchanged = unchanged_addresses(known, filed, now, edited)
    old, new = site_files(before), site_files(build_catalogue(filed, new_links))
    compared = [one for one in new if one.partition(".")[0] in unchanged]
    assert {one: new[one] for one in compared} == {one: old[one] for one in compared}
