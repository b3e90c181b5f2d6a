"""Elements shared by all kinds of pages: links, rows of papers, and metadata."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from generator.content.model import Paper
from generator.site.addresses import paper_address
from generator.site.catalogue import Catalogue, PaperList, PaperRow


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its text, and an address that is either relative to the site's root or absolute."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The metadata of a page.

    `description` is one sentence, `preview` the kind of preview image, `above` the pages between the home page and this
    one, `papers` the ids of the papers on the page, and `retired` whether the page is that of a retired entry.
    """

    title: str
    description: str = ""
    preview: str = "page"
    above: tuple[Link, ...] = ()
    papers: tuple[str, ...] = ()
    retired: bool = False


class SitePage(Protocol):
    """The interface of all kinds of pages."""

    @property
    def about(self) -> PageMetadata:
        """The metadata of the page."""


PageFiles = Iterator[tuple[str, SitePage]]  # file names, each with the page for its template


def paper_link(paper: Paper) -> Link:
    """Return a link to a paper's page."""
    return Link(paper.title, paper_address(paper))


def list_link(papers: PaperList) -> Link:
    """Return a link to the page of a list of papers."""
    return Link(papers.name, papers.address)


def paper_rows(catalogue: Catalogue, papers: Iterable[Paper]) -> tuple[PaperRow, ...]:
    """Return the papers as shown in lists."""
    return tuple(catalogue.rows[paper.id] for paper in papers)


def row_ids(rows: Iterable[PaperRow]) -> tuple[str, ...]:
    """Return the ids of the papers in a list."""
    return tuple(row.id for row in rows)
