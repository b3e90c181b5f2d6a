"""The pages of authors and their index."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial

from generator.citations.citation import MAX_NAMED_AUTHORS, is_collaboration
from generator.citations.names import display_name
from generator.content.model import Paper, Person
from generator.content.web_addresses import orcid_address
from generator.site.addresses import paper_address
from generator.site.catalogue import (
    Catalogue,
    PaperList,
    author_sort_key,
    join_names,
    paper_people,
    person_id,
    person_link,
    selection_address,
)
from generator.site.pages.elements import Link, PageFiles, list_link, listed_ids, paper_rows
from generator.site.pages.lists import (
    Fact,
    IndexEntry,
    IndexGroup,
    IndexPage,
    LinkedParagraph,
    ListPage,
    common_topics,
    list_entry,
)
from generator.site.pages.moved import moved_pages
from generator.site.pictures.timeline import list_timeline

AUTHORS_LINK = Link("Authors", "authors/")
MAX_INDEX_AUTHORS = 1_000  # on one page, which has about 100 kB then
MAX_FREQUENT_AUTHORS = 100  # on the first page of a longer index
MAX_COAUTHORS = 12  # maximum number on an author's page


def author_pages(catalogue: Catalogue) -> PageFiles:
    yield from author_index(catalogue)
    alike = people_alike(catalogue)
    for author in catalogue.lists["authors"].values():
        yield f"authors/{author.id}.md", author_page(catalogue, author, alike.get(author.id, ()))
        yield from moved_pages("authors", author.id, author.name, author.replaces)


def author_index(catalogue: Catalogue) -> PageFiles:
    """Return the index of authors, with a page for each letter if it is long.

    It is the first to grow too long for one page, as a list has about twice as many authors as papers.
    """
    single = papers_of_others(catalogue)
    listed = sorted([*single, *catalogue.lists["authors"]], key=partial(author_order, catalogue))
    lead, letters = authors_lead(catalogue, len(listed)), people_by_letter(catalogue, listed)
    groups = partial(author_groups, catalogue, single)
    if len(listed) <= MAX_INDEX_AUTHORS:
        yield "authors/index.md", IndexPage("authors", AUTHORS_LINK.text, lead, partial(groups, letters))
        return
    parts = tuple(Link(letter, f"authors/index/{letter_name(letter)}/") for letter in letters)
    frequent = partial(frequent_authors, catalogue, single, listed)
    yield "authors/index.md", IndexPage("authors", AUTHORS_LINK.text, lead, frequent, parts)
    for part, (letter, people) in zip(parts, letters.items(), strict=True):
        title, group = f"{AUTHORS_LINK.text}: {letter}", partial(groups, {letter: people}, are_named=False)
        yield f"{part.to.removesuffix('/')}.md", IndexPage("authors", title, lead, group, parts, (AUTHORS_LINK,))


def letter_name(letter: str) -> str:
    """Return a letter as part of an address; no author's id has the folder `index` before it."""
    return letter.lower() if letter.isascii() and letter.isalpha() else f"u{ord(letter):x}"


def papers_of_others(catalogue: Catalogue) -> dict[str, Paper]:
    """Return the paper of each author who has no page, by the author's id.

    Authors of nothing but papers by collaborations are not among them.
    """
    pages = catalogue.lists["authors"]
    return {
        one: paper
        for paper in catalogue.papers.values()
        if not is_collaboration(paper)
        for one in paper_people(catalogue, paper)
        if one not in pages
    }


def people_by_letter(catalogue: Catalogue, listed: Iterable[str]) -> dict[str, list[str]]:
    """Return the ids of people, in the order given, by the first letter of the family name."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for one in listed:
        letter = author_sort_key(catalogue.people[one])[:1].upper()[:1]
        by_letter[letter if letter.isalpha() else "#"].append(one)
    return by_letter


def author_groups(
    catalogue: Catalogue, single: Mapping[str, Paper], letters: Mapping[str, Iterable[str]], are_named: bool = True
) -> tuple[IndexGroup, ...]:
    """Return a group of index entries for each letter, given the people under it by their ids."""
    return tuple(
        IndexGroup(f"letter-{ord(letter):x}", letter * are_named, "", index_entries(catalogue, single, people))
        for letter, people in letters.items()
    )


def index_entries(catalogue: Catalogue, single: Mapping[str, Paper], listed: Iterable[str]) -> tuple[IndexEntry, ...]:
    """Return the entries of people in the index, by their ids; who has no page is linked to the one paper."""
    pages = catalogue.lists["authors"]
    return tuple(
        list_entry(pages[one]) if one in pages else paper_entry(catalogue.people[one], single[one]) for one in listed
    )


def paper_entry(name: str, paper: Paper) -> IndexEntry:
    """Return the index entry of an author of one paper, which leads to this paper."""
    return IndexEntry(Link(display_name(name), paper_address(paper)), 1, title=paper.title)


def frequent_authors(catalogue: Catalogue, single: Mapping[str, Paper], listed: Iterable[str]) -> tuple[IndexGroup]:
    """Return those people who have the most papers."""
    pages = catalogue.lists["authors"]
    counts = {one: len(pages[one].papers) if one in pages else 1 for one in listed}
    most = sorted(counts, key=lambda one: -counts[one])[:MAX_FREQUENT_AUTHORS]  # stable, hence also by name
    name = f"With the most {catalogue.library.site.entry.many}"
    return (IndexGroup("most", name, "", index_entries(catalogue, single, most)),)


def authors_lead(catalogue: Catalogue, listed: int) -> str:
    """Return a sentence about who is listed, and where names lead; `listed` is the number of people."""
    words = catalogue.library.site.entry
    ways = f"Names lead to a page about the person or, for most who have one {words.one}, to that {words.one}."
    if listed == len(catalogue.people):
        return f"The authors of all {words.many} on the list. {ways}"
    return (
        f"The authors of all {words.many} on the list with at most {MAX_NAMED_AUTHORS} authors. {ways} "
        f"Larger groups are named on the pages of their {words.many}."
    )


def author_page(catalogue: Catalogue, author: PaperList, alike: Collection[str]) -> ListPage:
    """Return the page of an author; `alike` are the ids of the people for whom the author could be taken."""
    person = catalogue.persons.get(author.id)
    return ListPage(
        kind=AUTHORS_LINK,
        preview="author",
        title=author.name,
        description=f"{catalogue.library.site.entry.heading} by {author.name} on this list.",
        papers=listed_ids(author.papers),
        list_rows=partial(paper_rows, catalogue, author.papers, author.address),
        browse=f"author={author.id}",
        draw_timeline=partial(list_timeline, author.papers, f"author={author.id}"),
        lead=other_spellings(person) if person else (),
        list_facts=partial(author_links, catalogue, author, person, alike),
        person=person,
    )


def other_spellings(person: Person) -> tuple[LinkedParagraph, ...]:
    """Return a sentence with the other ways in which a person's name is written, if there are any."""
    names = dict.fromkeys(map(display_name, person.same_as))
    others = [name for name in names if name != display_name(person.name)]
    return ((f"Also published as {join_names(others)}.",),) if others else ()


def author_links(
    catalogue: Catalogue, author: PaperList, person: Person | None, alike: Collection[str]
) -> Iterator[Fact]:
    """Yield the links from an author's page, with their labels: the ORCID iD, people of like names, and coauthors."""
    if person and person.orcid:
        yield "ORCID", (Link(person.orcid, orcid_address(person.orcid)),)
    yield "Not to be confused with", tuple(person_links(catalogue, sorted(alike)))
    yield "Topics", common_topics(catalogue, author.papers, f"author={author.id}")
    link = partial(person_link, catalogue.lists["authors"], catalogue.person_ids)
    yield "Co-authors", tuple(link(catalogue.people[one]) for one in coauthors(catalogue, author))


def person_links(catalogue: Catalogue, people: Iterable[str]) -> Iterator[Link]:
    """Yield links to people with these ids: to their pages, or to their papers among all."""
    for one in people:
        if papers := catalogue.lists["authors"].get(one):
            yield list_link(papers)
        elif name := catalogue.people.get(one):
            yield Link(display_name(name), selection_address(one))


def people_alike(catalogue: Catalogue) -> Mapping[str, set[str]]:
    """Return the ids of the people for whom each person could be taken, whoever of the two says so."""
    alike: dict[str, set[str]] = defaultdict(set)
    for one, person in catalogue.persons.items():
        for name in person.other_than:
            other = person_id(catalogue.person_ids, name)
            alike[one].add(other)
            alike[other].add(one)
    return alike


def coauthors(catalogue: Catalogue, author: PaperList) -> list[str]:
    """Return the ids of the people who wrote the most papers on the list with an author, at most `MAX_COAUTHORS`.

    Of those with as many, people with pages come first. Papers by collaborations do not count: thousands of people
    would have them in common.
    """
    papers = [paper for paper in author.papers if not is_collaboration(paper)]
    counts = Counter(one for paper in papers for one in paper_people(catalogue, paper) if one != author.id)
    pages = catalogue.lists["authors"]
    return sorted(counts, key=lambda one: (-counts[one], one not in pages, author_order(catalogue, one)))[
        :MAX_COAUTHORS
    ]


def author_order(catalogue: Catalogue, one: str) -> tuple[str, str]:
    """Return the key for alphabetical order of a person's id."""
    return author_sort_key(catalogue.people[one]), one
