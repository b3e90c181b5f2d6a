"""The pages of papers, current and retired."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
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


@dataclass(frozen=True, slots=True)
class PaperPage:
    """The page of a paper.

    `authors` and `others` are the authors shown at first and on demand, as links if they have pages; `mark` says that
    there are more, or that they are editors, and `editors` are those of a work with authors, unless they edited the
    book that it is part of. `kind` is shown for what is not a paper. `source` says in words where it was published, and
    `details` are other facts about its publication. `tags` are grouped by facet, and `places` are the paper's positions
    on reading paths. `suggest` returns the papers to read next when the page is made. `buttons` link to the paper and
    its resources, `edit` is the address where its entry can be edited, and `issue` is the address where other tags can
    be suggested.
    """

    paper: Paper
    shelf: Link
    authors: tuple[Link | str, ...]
    mark: str
    others: tuple[Link | str, ...]
    editors: tuple[Link | str, ...]
    kind: str
    date: Link | None
    source: str
    details: tuple[str, ...]
    venue: Link | None
    buttons: tuple[Link, ...]
    tags: tuple[tuple[str, tuple[Link, ...]], ...]
    places: tuple[PathPosition, ...]
    suggest: Callable[[], tuple[ReadingSuggestion, ...]]
    network: RelationNetwork
    bibtex: str
    edit: str | None
    issue: str | None

    @property
    def graph(self) -> RelationGraph | None:
        """The graph of the paper's relations, drawn when the page is made."""
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
        return last_suggestions(self.suggest)

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
        """The names of the authors, or of who takes their place."""
        return tuple(display_name(name) for name in responsible_names(self.paper) if not is_others(name))

    @property
    def editor_names(self) -> tuple[str, ...]:
        """The names of the editors that the page lists."""
        return tuple(map(display_name, separate_editors(self.paper)))

    @property
    def about(self) -> PageMetadata:
        above = (Link("Shelves", "categories/"), self.shelf)
        return PageMetadata(self.paper.title, self.paper.summary or "", "paper", above, (self.paper.id,))


def paper_pages(catalogue: Catalogue) -> PageFiles:
    positions = path_positions(catalogue)
    network = relation_network(catalogue.papers)
    for paper in catalogue.papers.values():
        yield f"papers/{paper.id}.md", paper_page(catalogue, paper, tuple(positions[paper.id]), network)
        yield from moved_pages("papers", paper.id, paper.title, paper.replaces)
    for paper in catalogue.library.retired:
        kind = Link(catalogue.library.site.entry.heading, "browse/")
        yield f"papers/{paper.id}.md", RetiredPage(kind, paper.title, paper.retired or "", paper_buttons(paper))
        yield from moved_pages("papers", paper.id, paper.title, paper.replaces)


def paper_page(
    catalogue: Catalogue, paper: Paper, places: tuple[PathPosition, ...], network: RelationNetwork
) -> PaperPage:
    library, venue = catalogue.library, paper.venue
    authors = tuple(author_link(catalogue, name) for name in responsible_names(paper) if not is_others(name))
    return PaperPage(
        paper=paper,
        shelf=list_link(catalogue.lists["categories"][paper.category]),
        authors=authors[:MAX_NAMED_AUTHORS],
        mark=byline_mark(paper),
        others=authors[MAX_NAMED_AUTHORS:],
        editors=tuple(author_link(catalogue, name) for name in separate_editors(paper)),
        kind=kind_label(paper),
        date=date_link(paper),
        source=source_phrase(paper),
        details=tuple(publication_details(paper)),
        venue=Link(f"{venue.name} {venue.year}", f"venues/{venue_id(venue.name)}/") if venue else None,
        buttons=paper_buttons(paper),
        tags=tuple(tags_by_facet(catalogue, paper)),
        places=places,
        suggest=partial(reading_suggestions, catalogue, paper),
        network=network,
        bibtex=catalogue.formatted_citations[paper.id].texts["bibtex"],
        edit=edit_address(library.site, f"content/papers/{paper.id}.yml"),
        issue=issue_address(library.site),
    )


@lru_cache(maxsize=1)  # as a page shows them several times, and no process should hold those of all pages
def last_suggestions(suggest: Callable[[], tuple[ReadingSuggestion, ...]]) -> tuple[ReadingSuggestion, ...]:
    """Return the papers to read next, which are put together once for a page."""
    return suggest()


def reading_suggestions(catalogue: Catalogue, paper: Paper) -> tuple[ReadingSuggestion, ...]:
    """Return the papers to read next."""
    related = catalogue.links.get(paper.id, ())
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
