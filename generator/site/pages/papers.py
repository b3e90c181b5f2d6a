"""The pages of papers, current and retired."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from generator.citations.citation import MAX_NAMED_AUTHORS, editors_mark, first_year, responsible_names
from generator.citations.names import display_name, is_others
from generator.content.model import Paper
from generator.content.web_addresses import labeled_addresses
from generator.related.relate import Reason
from generator.site.catalogue import Catalogue, PaperRow, person_link
from generator.site.hosts import edit_address, issue_address
from generator.site.page_ids import venue_id
from generator.site.pages.elements import Link, PageFiles, PageMetadata, list_link, ordered_rows, paper_link
from generator.site.pages.moved import moved_pages
from generator.site.pages.retired import RetiredPage
from generator.site.pictures.labels import picture_name
from generator.site.pictures.relation_graph import RelationGraph, RelationNetwork, relation_graph, relation_network
from generator.site.publication import (
    format_date,
    kind_label,
    publication_details,
    separate_editors,
    source_phrase,
)

MAIN_LINKS = ("PDF", "Code", "arXiv", "Web")


@dataclass(frozen=True, slots=True)
class ReadingSuggestion:
    """A paper to read next, and the reasons."""

    row: PaperRow
    reasons: tuple[Reason, ...]

    @property
    def is_curated(self) -> bool:
        """Whether a curator names the paper as related."""
        return any(reason.evidence == "relation" for reason in self.reasons)

    @property
    def main_reasons(self) -> tuple[Reason, ...]:
        """The reasons that a curator gives, or else the computed ones."""
        return tuple(reason for reason in self.reasons if reason.evidence == "relation") or self.reasons


@dataclass(frozen=True, slots=True)
class PathPosition:
    """The position of a paper on a reading path, with links to the previous and next papers."""

    path: Link
    step: int
    steps: int
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True, eq=False)
class PaperPage:
    """The page of a paper, most of which is put together when the page is made.

    `places` are the paper's positions on reading paths, and `network` is that of the relations of all papers.
    """

    catalogue: Catalogue
    paper: Paper
    places: tuple[PathPosition, ...]
    network: RelationNetwork

    @property
    def shelf(self) -> Link:
        return list_link(self.catalogue.lists["categories"][self.paper.category])

    @property
    def authors(self) -> tuple[Link | str, ...]:
        """The authors shown at first, as links if they have pages."""
        return self.author_links(self.paper_authors[:MAX_NAMED_AUTHORS])

    @property
    def others(self) -> tuple[Link | str, ...]:
        """The authors shown on demand."""
        return self.author_links(self.paper_authors[MAX_NAMED_AUTHORS:])

    @property
    def paper_authors(self) -> tuple[str, ...]:
        """The names of the authors, or of who takes their place."""
        return tuple(name for name in responsible_names(self.paper) if not is_others(name))

    @property
    def mark(self) -> str:
        """What follows the names: that there are more of them, or that they are those of editors."""
        return byline_mark(self.paper)

    @property
    def editors(self) -> tuple[Link | str, ...]:
        """The editors of a work with authors, unless they edited the book that it is part of."""
        return self.author_links(separate_editors(self.paper))

    @property
    def kind(self) -> str:
        """The kind of a work that is no paper."""
        return kind_label(self.paper)

    @property
    def date(self) -> Link | None:
        return date_link(self.paper)

    @property
    def source(self) -> str:
        """Where the paper was published, in words."""
        return source_phrase(self.paper)

    @property
    def details(self) -> tuple[str, ...]:
        """Other facts about the paper's publication."""
        return tuple(publication_details(self.paper))

    @property
    def venue(self) -> Link | None:
        venue = self.paper.venue
        return Link(f"{venue.name} {venue.year}", f"venues/{venue_id(venue.name)}/") if venue else None

    @property
    def buttons(self) -> tuple[Link, ...]:
        """Links to the paper and its resources."""
        return paper_buttons(self.paper)

    @property
    def tags(self) -> tuple[tuple[str, tuple[Link, ...]], ...]:
        """The tags, grouped by facet."""
        return tuple(tags_by_facet(self.catalogue, self.paper))

    @property
    def bibtex(self) -> str:
        return self.catalogue.formatted_citations[self.paper.id].texts["bibtex"]

    @property
    def edit(self) -> str | None:
        """The address where the entry can be edited."""
        return edit_address(self.catalogue.library.site, f"content/papers/{self.paper.id}.yml")

    @property
    def issue(self) -> str | None:
        """The address where other tags can be suggested."""
        return issue_address(self.catalogue.library.site)

    @property
    def graph(self) -> RelationGraph | None:
        """The graph of the paper's relations."""
        return relation_graph(self.network, self.paper.id)

    @property
    def short_name(self) -> str:
        """What sentences about several papers call the paper."""
        return picture_name(self.paper)

    @property
    def actions(self) -> tuple[Link, ...]:
        """What most readers want first, or everything if there is none of it."""
        main = (link for label in MAIN_LINKS for link in self.buttons if link.text == label)
        return tuple(main) or self.buttons

    @property
    def further(self) -> tuple[Link, ...]:
        """The links that are not among the actions."""
        return tuple(link for link in self.buttons if link not in self.actions)

    @property
    def related(self) -> tuple[ReadingSuggestion, ...]:
        """The papers to read next."""
        return reading_suggestions(self.catalogue, self.paper.id)

    @property
    def relations(self) -> tuple[ReadingSuggestion, ...]:
        """The related papers that curators name."""
        return tuple(one for one in self.related if one.is_curated)

    @property
    def suggestions(self) -> tuple[ReadingSuggestion, ...]:
        """The related papers that were computed."""
        return tuple(one for one in self.related if not one.is_curated)

    @property
    def byline(self) -> tuple[str, ...]:
        """The names of the authors, or of who takes their place, as they are shown."""
        return tuple(map(display_name, self.paper_authors))

    @property
    def editor_names(self) -> tuple[str, ...]:
        """The names of the editors that the page lists."""
        return tuple(map(display_name, separate_editors(self.paper)))

    @property
    def about(self) -> PageMetadata:
        above = (Link("Shelves", "categories/"), self.shelf)
        return PageMetadata(self.paper.title, self.paper.summary or "", "paper", above, (self.paper.id,))

    def author_links(self, names: Sequence[str]) -> tuple[Link | str, ...]:
        """Return names as links to the pages of these authors, as far as they have one."""
        return tuple(author_link(self.catalogue, name) for name in names)


def paper_pages(catalogue: Catalogue) -> PageFiles:
    positions = path_positions(catalogue)
    network = relation_network(catalogue.papers)
    for paper in catalogue.papers.values():
        yield f"papers/{paper.id}.md", PaperPage(catalogue, paper, tuple(positions[paper.id]), network)
        yield from moved_pages("papers", paper.id, paper.title, paper.replaces)
    for paper in catalogue.library.retired:
        kind = Link(catalogue.library.site.entry.heading, "browse/")
        yield f"papers/{paper.id}.md", RetiredPage(kind, paper.title, paper.retired or "", paper_buttons(paper))
        yield from moved_pages("papers", paper.id, paper.title, paper.replaces)


@lru_cache(maxsize=1)  # as a page shows them several times, and no process should hold those of all pages
def reading_suggestions(catalogue: Catalogue, name: str) -> tuple[ReadingSuggestion, ...]:
    """Return the papers to read after the one with this id."""
    related = catalogue.links.get(name, ())
    rows = ordered_rows(catalogue, [catalogue.papers[other.id] for other in related])
    return tuple(ReadingSuggestion(row, other.reasons) for row, other in zip(rows, related, strict=True))


def byline_mark(paper: Paper) -> str:
    """Return what follows the names: that there are more of them, and that they are those of editors."""
    return (("and others" if any(map(is_others, responsible_names(paper)[-1:])) else "") + editors_mark(paper)).strip()


def author_link(catalogue: Catalogue, name: str) -> Link | str:
    """Return an author as a link to the author's page, or just the name of an author who has none."""
    return person_link(catalogue.lists["authors"], catalogue.person_ids, name)


def paper_buttons(paper: Paper) -> tuple[Link, ...]:
    """Return links to the paper and its related resources."""
    return tuple(Link(label, address) for label, address in labeled_addresses(paper))


def date_link(paper: Paper) -> Link | None:
    """Return the paper's date, linked to its year.

    If neither a date nor a venue is known, the date is the year of the arXiv id.
    """
    year = first_year(paper)
    if paper.published:
        return Link(format_date(paper.published), f"years/{year}/")
    return Link(f"arXiv, {year}", f"years/{year}/") if year and not paper.venue else None


def tags_by_facet(catalogue: Catalogue, paper: Paper) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Return the name of each facet from which the paper has tags, with links to these tags, in vocabulary order.

    The broader terms that the tags imply are included.
    """
    facets = catalogue.library.facets
    tags = sorted(catalogue.tags[paper.id], key=catalogue.term_places.__getitem__)
    for number, those in groupby(tags, key=lambda tag: catalogue.term_places[tag][0]):
        yield facets[number].name, tuple(list_link(catalogue.lists["tags"][tag]) for tag in those)


def path_positions(catalogue: Catalogue) -> Mapping[str, list[PathPosition]]:
    """Return each paper's positions on the reading paths, by its id."""
    positions: dict[str, list[PathPosition]] = defaultdict(list)
    for path in catalogue.lists["paths"].values():
        links = [None, *map(paper_link, path.papers), None]
        for step, (paper, previous, following) in enumerate(zip(path.papers, links, links[2:], strict=False), 1):
            positions[paper.id].append(PathPosition(list_link(path), step, len(path.papers), previous, following))
    return positions
