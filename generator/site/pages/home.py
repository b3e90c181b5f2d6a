"""The home page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from generator.content.model import Site
from generator.site.catalogue import Catalogue, PaperRow
from generator.site.navigation import MAX_NAV_PAGES
from generator.site.pages.categories import category_entry
from generator.site.pages.elements import Link, PageFiles, PageMetadata, ordered_rows
from generator.site.pages.lists import IndexEntry
from generator.site.pages.paths import path_entry
from generator.site.pictures.list_map import ListMap, list_map

MAX_LATEST_PAPERS = 5


@dataclass(frozen=True, slots=True)
class HomePage:
    """The home page: the list and where to start.

    `papers` are the ids of all papers, `span` is their first and last year, and `further` are hand-written pages that
    the header does not link to.
    """

    site: Site
    papers: tuple[str, ...]
    span: str
    start: tuple[PaperRow, ...]
    paths: tuple[IndexEntry, ...]
    shelves: tuple[IndexEntry, ...]
    latest: tuple[PaperRow, ...]
    draw_map: Callable[[], ListMap | None]
    has_venues: bool
    further: tuple[Link, ...]

    @property
    def map(self) -> ListMap | None:
        """The map of the list, drawn when the page is made."""
        return self.draw_map()

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.site.name, self.site.tagline, "home", papers=self.papers)


def home_pages(catalogue: Catalogue) -> PageFiles:
    library, papers = catalogue.library, tuple(catalogue.papers.values())
    years = sorted(catalogue.lists["years"], key=int)
    page = HomePage(
        site=library.site,
        papers=tuple(catalogue.papers),
        span="" if not years else years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}",
        start=ordered_rows(catalogue, (catalogue.papers[name] for name in library.site.start)),
        paths=tuple(path_entry(catalogue, path) for path in library.paths),
        shelves=tuple(category_entry(catalogue, category) for category in library.shelves),
        latest=ordered_rows(catalogue, papers[:MAX_LATEST_PAPERS]),
        draw_map=partial(list_map, catalogue),
        has_venues=bool(catalogue.lists["venues"]),
        further=tuple(Link(page.title, f"{page.id}/") for page in library.pages[MAX_NAV_PAGES:]),
    )
    yield "index.md", page
