"""The pages of authors and their index."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from generator.citations.citation import MAX_NAMED_AUTHORS, is_collaboration
from generator.citations.names import display_name
from generator.content.model import Person
from generator.content.web_addresses import orcid_address
from generator.site.catalogue import Catalogue, PaperList, author_sort_key, join_names, paper_people, person_id
from generator.site.pages.elements import Link, PageFiles, list_link, paper_rows
from generator.site.pages.lists import IndexGroup, IndexPage, LinkedParagraph, ListPage, common_topics, list_entry
from generator.site.pages.moved import moved_pages
from generator.site.pictures.timeline import list_timeline

AUTHORS_LINK = Link("Authors", "authors/")
MAX_INDEX_AUTHORS = 1_000  # on one page, which has about 100 kB then
MAX_FREQUENT_AUTHORS = 100  # on the first page of a longer index
MAX_COAUTHORS = 12  # maximum number on an author's page


def author_pages(catalogue: Catalogue) -> PageFiles:
    yield from author_index(catalogue)
    for author in catalogue.lists["authors"].values():
        yield f"authors/{author.id}.md", author_page(catalogue, author)
        yield from moved_pages("authors", author.id, author.name, author.replaces)


def author_index(catalogue: Catalogue) -> PageFiles:
    """Return the index of authors, with a page for each letter if it is long.

    It is the first to grow too long for one page, as a list has about twice as many authors as papers.
    """
    lead, groups = authors_lead(catalogue), author_groups(catalogue)
    authors = [entry for group in groups for entry in group.entries]
    if len(authors) <= MAX_INDEX_AUTHORS:
        yield "authors/index.md", IndexPage("authors", AUTHORS_LINK.text, lead, groups)
        return
    parts = tuple(Link(group.name, f"authors/index/{letter_name(group.name)}/") for group in groups)
    most = sorted(authors, key=lambda entry: -entry.count)[:MAX_FREQUENT_AUTHORS]  # stable, hence also by name
    frequent = (IndexGroup("most", f"With the most {catalogue.library.site.entry.many}", "", tuple(most)),)
    yield "authors/index.md", IndexPage("authors", AUTHORS_LINK.text, lead, frequent, parts)
    for group, part in zip(groups, parts, strict=True):
        title = f"{AUTHORS_LINK.text}: {group.name}"
        page = IndexPage("authors", title, lead, (replace(group, name=""),), parts, (AUTHORS_LINK,))
        yield f"{part.to.removesuffix('/')}.md", page


def letter_name(letter: str) -> str:
    """Return a letter as part of an address; no author's id has the folder `index` before it."""
    return letter.lower() if letter.isascii() and letter.isalpha() else f"u{ord(letter):x}"


def authors_lead(catalogue: Catalogue) -> str:
    """Return a sentence about who has a page."""
    many = catalogue.library.site.entry.many
    if len(catalogue.lists["authors"]) == len(catalogue.people):
        return f"The authors of all {many} on the list."
    return (
        f"The authors of all {many} on the list with at most {MAX_NAMED_AUTHORS} authors. "
        f"Larger groups are named on the pages of their {many}."
    )


def author_groups(catalogue: Catalogue) -> tuple[IndexGroup, ...]:
    """Return the authors in alphabetical order, grouped by the first letter of the family name."""
    by_letter: dict[str, list[PaperList]] = defaultdict(list)
    for author in sorted(catalogue.lists["authors"].values(), key=author_order):
        letter = author_sort_key(author.sort_name)[:1].upper()[:1]
        by_letter[letter if letter.isalpha() else "#"].append(author)
    return tuple(
        IndexGroup(f"letter-{ord(letter):x}", letter, "", tuple(map(list_entry, authors)))
        for letter, authors in by_letter.items()
    )


def author_page(catalogue: Catalogue, author: PaperList) -> ListPage:
    person = catalogue.persons.get(author.id)
    return ListPage(
        kind=AUTHORS_LINK,
        preview="author",
        title=author.name,
        description=f"{catalogue.library.site.entry.heading} by {author.name} on this list.",
        rows=paper_rows(catalogue, author.papers, author.address),
        browse=f"author={author.id}",
        timeline=list_timeline(author.papers, f"author={author.id}"),
        lead=other_spellings(person) if person else (),
        also=tuple((label, links) for label, links in author_links(catalogue, author, person) if links),
        person=person,
    )


def other_spellings(person: Person) -> tuple[LinkedParagraph, ...]:
    """Return a sentence with the other ways in which a person's name is written, if there are any."""
    names = dict.fromkeys(map(display_name, person.same_as))
    others = [name for name in names if name != display_name(person.name)]
    return ((f"Also published as {join_names(others)}.",),) if others else ()


def author_links(
    catalogue: Catalogue, author: PaperList, person: Person | None
) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Yield the links from an author's page, with their labels: the ORCID iD, people of like names, and coauthors."""
    if person and person.orcid:
        yield "ORCID", (Link(person.orcid, orcid_address(person.orcid)),)
    alike = (catalogue.lists["authors"].get(other) for other in sorted(other_people(catalogue, author.id)))
    yield "Not to be confused with", tuple(list_link(other) for other in alike if other)
    yield "Topics", common_topics(catalogue, author.papers, f"author={author.id}")
    yield "Co-authors", tuple(map(list_link, coauthors(catalogue, author)))


def other_people(catalogue: Catalogue, author: str) -> set[str]:
    """Return the ids of the people for whom an author could be taken, whoever of the two says so."""
    pairs = (
        (one, person_id(catalogue.person_ids, name))
        for one, person in catalogue.persons.items()
        for name in person.other_than
    )
    return {one if other == author else other for one, other in pairs if author in (one, other)}


def coauthors(catalogue: Catalogue, author: PaperList) -> list[PaperList]:
    """Return the people who wrote the most papers on the list with an author, at most `MAX_COAUTHORS`.

    Papers by collaborations do not count: thousands of people would have them in common.
    """
    papers = [paper for paper in author.papers if not is_collaboration(paper)]
    counts = Counter(one for paper in papers for one in paper_people(catalogue, paper))
    others = [catalogue.lists["authors"][other] for other in counts if other != author.id]
    return sorted(others, key=lambda other: (-counts[other.id], *author_order(other)))[:MAX_COAUTHORS]


def author_order(author: PaperList) -> tuple[str, str]:
    """Return the key for alphabetical order."""
    return author_sort_key(author.sort_name), author.id
