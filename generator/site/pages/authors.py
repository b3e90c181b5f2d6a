"""The pages of authors and their index."""

from collections import Counter, defaultdict

from generator.citations.citation import MAX_NAMED_AUTHORS, is_collaboration, people_of
from generator.site.catalogue import Catalogue, PaperList, author_id, author_sort_key
from generator.site.pages.elements import Link, PageFiles, list_link, paper_rows
from generator.site.pages.lists import IndexGroup, IndexPage, ListPage, list_entry

AUTHORS_LINK = Link("Authors", "authors/")
MAX_COAUTHORS = 12  # maximum number on an author's page


def author_pages(catalogue: Catalogue) -> PageFiles:
    yield "authors/index.md", IndexPage("authors", AUTHORS_LINK.text, authors_lead(catalogue), author_groups(catalogue))
    for author in catalogue.lists["authors"].values():
        yield f"authors/{author.id}.md", author_page(catalogue, author)


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
    others = coauthors(catalogue, author)
    return ListPage(
        kind=AUTHORS_LINK,
        preview="author",
        title=author.name,
        description=f"The {catalogue.library.site.entry.many} of the list that {author.name} wrote.",
        rows=paper_rows(catalogue, author.papers),
        browse=f"author={author.id}",
        also=(("With", tuple(map(list_link, others))),) if others else (),
    )


def coauthors(catalogue: Catalogue, author: PaperList) -> list[PaperList]:
    """Return the people who wrote the most papers on the list with an author, at most `MAX_COAUTHORS`.

    Papers by collaborations do not count: thousands of people would have them in common.
    """
    papers = [paper for paper in author.papers if not is_collaboration(paper)]
    counts = Counter(author_id(name) for paper in papers for name in people_of(paper))
    others = [catalogue.lists["authors"][other] for other in counts if other != author.id]
    return sorted(others, key=lambda other: (-counts[other.id], *author_order(other)))[:MAX_COAUTHORS]


def author_order(author: PaperList) -> tuple[str, str]:
    """Return the key for alphabetical order."""
    return author_sort_key(author.sort_name), author.id
