"""The kinds of pages, in the order in which their files are written."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.site.catalogue import Catalogue
from generator.site.pages.authors import author_pages
from generator.site.pages.browse import browse_pages
from generator.site.pages.categories import category_pages
from generator.site.pages.compare import compare_pages
from generator.site.pages.data import data_pages
from generator.site.pages.elements import PageFiles
from generator.site.pages.health import health_pages
from generator.site.pages.home import home_pages
from generator.site.pages.map import map_pages
from generator.site.pages.offline import offline_pages
from generator.site.pages.own import own_pages
from generator.site.pages.papers import paper_pages
from generator.site.pages.paths import path_pages
from generator.site.pages.plain import plain_pages
from generator.site.pages.tags import tag_pages
from generator.site.pages.venues import venue_pages
from generator.site.pages.years import year_pages


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: the first part of its addresses, and the function that makes its pages.

    The home page and hand-written pages are at the root. `SITE_OWNERS` keeps the other addresses free for these pages.
    """

    address: str
    pages: Callable[[Catalogue], PageFiles]


PAGE_KINDS = (
    PageKind("", home_pages),
    PageKind("map", map_pages),  # is drawn on the home page, too
    PageKind("health", health_pages),  # takes the longest
    PageKind("browse", browse_pages),
    PageKind("mine", own_pages),
    PageKind("compare", compare_pages),
    PageKind("offline", offline_pages),
    PageKind("papers", paper_pages),
    PageKind("categories", category_pages),
    PageKind("paths", path_pages),
    PageKind("tags", tag_pages),
    PageKind("authors", author_pages),
    PageKind("venues", venue_pages),
    PageKind("years", year_pages),
    PageKind("", plain_pages),
    PageKind("data", data_pages),
)


def site_pages(catalogue: Catalogue) -> PageFiles:
    """Return all pages of the site."""
    for kind in PAGE_KINDS:
        yield from kind.pages(catalogue)
