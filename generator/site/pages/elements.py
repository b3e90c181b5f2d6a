"""What all kinds of pages are made of: links, rows of papers, and what a page says about itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from generator.content.model import Paper
from generator.site.addresses import paper_address
from generator.site.catalogue import Catalogue, PaperList, PaperRow


@dataclass(frozen=True, slots=True)
class Link:
    """A text with the address that it leads to: one within the site, from its root, or a whole one."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page is: its title, a sentence about it, the kind of its preview picture, the pages above it, the ids of
    the papers on it, and whether it only says why something is no longer in use."""

    title: str
    description: str = ""
    preview: str = "page"
    above: tuple[Link, ...] = ()
    papers: tuple[str, ...] = ()
    retired: bool = False


class SitePage(Protocol):
    """What every kind of page has."""

    @property
    def about(self) -> PageMetadata:
        """What the page is."""


PageFiles = Iterator[tuple[str, SitePage]]  # the names of files, each with what its template shows


def paper_link(paper: Paper) -> Link:
    """A link to the page of a paper."""
    return Link(paper.title, paper_address(paper))


def list_link(papers: PaperList) -> Link:
    """A link to the page of a list of papers."""
    return Link(papers.name, papers.address)


def paper_rows(catalogue: Catalogue, papers: Iterable[Paper]) -> tuple[PaperRow, ...]:
    """The papers as lists show them."""
    return tuple(catalogue.rows[paper.id] for paper in papers)


def row_ids(rows: Iterable[PaperRow]) -> tuple[str, ...]:
    """The ids of the papers in a list."""
    return tuple(row.id for row in rows)
