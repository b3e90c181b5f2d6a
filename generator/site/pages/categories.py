"""The pages of categories, current and retired, and the page of all topics, which leads to them and to tags."""

from dataclasses import dataclass
from functools import partial

from generator.content.model import PAPER_LINK, Category, EntryWords, Facet
from generator.site.catalogue import Catalogue
from generator.site.escaping import split_paragraphs
from generator.site.pages.elements import Link, PageFiles, PageMetadata, list_link, listed_ids, paper_link, paper_rows
from generator.site.pages.lists import IndexEntry, LinkedParagraph, ListPage, list_entry, starting_points
from generator.site.pages.moved import moved_pages
from generator.site.pages.retired import RetiredPage
from generator.site.pictures.timeline import list_timeline

SHELVES_LINK = Link("Shelves", "categories/")
MAX_FREQUENT_TAGS = 8  # of each facet, on the page of topics


@dataclass(frozen=True, slots=True)
class FrequentTags:
    """The tags of a facet that the most papers have, and the number of all its tags."""

    facet: Facet
    entries: tuple[IndexEntry, ...]
    count: int


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """The shelves, in reading order, and the most frequent tags of each facet."""

    words: EntryWords
    shelves: tuple[IndexEntry, ...]
    facets: tuple[FrequentTags, ...]

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Topics", f"The {self.words.many} by topic: the shelves and the most frequent tags.")


def category_pages(catalogue: Catalogue) -> PageFiles:
    shelves = catalogue.library.shelves
    yield "categories/index.md", topics_page(catalogue)
    links = [None, *(list_link(catalogue.lists["categories"][category.id]) for category in shelves), None]
    for category, previous, following in zip(shelves, links, links[2:], strict=False):
        yield f"categories/{category.id}.md", category_page(catalogue, category, previous, following)
    for category in catalogue.library.categories:
        if category.retired:
            yield f"categories/{category.id}.md", RetiredPage(SHELVES_LINK, category.name, category.retired)
        yield from moved_pages("categories", category.id, category.name, category.replaces)


def topics_page(catalogue: Catalogue) -> TopicsPage:
    return TopicsPage(
        words=catalogue.library.site.entry,
        shelves=tuple(category_entry(catalogue, category) for category in catalogue.library.shelves),
        facets=tuple(tags for facet in catalogue.library.facets if (tags := frequent_tags(catalogue, facet)).entries),
    )


def frequent_tags(catalogue: Catalogue, facet: Facet) -> FrequentTags:
    """Return the most frequent tags of a facet, in the order of the file where their numbers are equal."""
    lists = [catalogue.lists["tags"][term.id] for term in facet.terms if not term.retired]
    used = sorted((tag for tag in lists if tag.papers), key=lambda tag: -len(tag.papers))
    return FrequentTags(facet, tuple(map(list_entry, used[:MAX_FREQUENT_TAGS])), len(lists))


def category_page(catalogue: Catalogue, category: Category, previous: Link | None, following: Link | None) -> ListPage:
    papers, browse = catalogue.lists["categories"][category.id].papers, f"category={category.id}"
    return ListPage(
        kind=SHELVES_LINK,
        preview="shelf",
        title=category.name,
        description=category.summary or f"{catalogue.library.site.entry.heading} on the shelf “{category.name}”.",
        papers=listed_ids(papers),
        list_rows=partial(paper_rows, catalogue, papers),
        browse=browse,
        begin=starting_points(catalogue, papers),
        draw_timeline=partial(list_timeline, papers, browse),
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
