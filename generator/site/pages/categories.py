"""The pages of categories, current and retired, and their index."""

from generator.content.model import PAPER_LINK, Category
from generator.site.catalogue import Catalogue
from generator.site.escaping import split_paragraphs
from generator.site.pages.elements import Link, PageFiles, list_link, paper_link, paper_rows
from generator.site.pages.lists import IndexEntry, IndexPage, LinkedParagraph, ListPage, list_entry, single_group
from generator.site.pages.moved import moved_pages
from generator.site.pages.retired import RetiredPage

SHELVES_LINK = Link("Shelves", "categories/")
SHELVES_LEAD = "The list in the order in which it is best read, shelf by shelf."


def category_pages(catalogue: Catalogue) -> PageFiles:
    shelves = catalogue.library.shelves
    entries = (category_entry(catalogue, category) for category in shelves)
    yield "categories/index.md", IndexPage("categories", SHELVES_LINK.text, SHELVES_LEAD, single_group(*entries))
    links = [None, *(list_link(catalogue.lists["categories"][category.id]) for category in shelves), None]
    for category, previous, following in zip(shelves, links, links[2:], strict=False):
        yield f"categories/{category.id}.md", category_page(catalogue, category, previous, following)
    for category in catalogue.library.categories:
        if category.retired:
            yield f"categories/{category.id}.md", RetiredPage(SHELVES_LINK, category.name, category.retired)
        yield from moved_pages("categories", category.id, category.name, category.replaces)


def category_page(catalogue: Catalogue, category: Category, previous: Link | None, following: Link | None) -> ListPage:
    return ListPage(
        kind=SHELVES_LINK,
        preview="shelf",
        title=category.name,
        description=category.summary
        or f"The {catalogue.library.site.entry.many} of the list on the shelf “{category.name}”.",
        rows=paper_rows(catalogue, catalogue.lists["categories"][category.id].papers),
        browse=f"category={category.id}",
        lead=tuple(
            linked_paragraph(catalogue, text) for text in split_paragraphs(category.introduction or category.summary)
        ),
        previous=previous,
        next=following,
    )


def category_entry(catalogue: Catalogue, category: Category) -> IndexEntry:
    """Return the index entry of a category."""
    return list_entry(catalogue.lists["categories"][category.id], category.summary)


def linked_paragraph(catalogue: Catalogue, paragraph: str) -> LinkedParagraph:
    """Return a paragraph of a category's introduction, with links to the papers it names."""
    parts: list[str | Link] = []
    end = 0
    for found in PAPER_LINK.finditer(paragraph):
        link = paper_link(catalogue.papers[found[1]])
        parts += [paragraph[end : found.start()], Link(found[2] or link.text, link.to)]
        end = found.end()
    return (*parts, paragraph[end:])
