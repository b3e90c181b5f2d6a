"""Elements shared by all kinds of pages: links, rows of papers, and metadata."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Protocol

from generator.content.model import Paper
from generator.content.tags import tags_with_broader
from generator.site.addresses import Link as Link
from generator.site.addresses import paper_address
from generator.site.catalogue import Catalogue, LinkedText, PaperList, PaperRow

MAX_UNDIVIDED_ROWS = 20  # papers of a list without headings
MAX_ROW_TAGS = 2  # tags of a paper in lists
MAX_ROWS_WITH_TAGS = 100  # papers of a list with so many tags for each; in longer ones, a paper has one, to save space
MAX_FULL_ROWS = 100  # papers of a list with more than a title and a byline, as the rest takes much space
UNDATED = "Undated"


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """The metadata of a page.

    `description` is one sentence, `preview` the kind of preview image, `above` the pages between the home page and this
    one, `papers` the ids of the papers on the page, `unlisted` whether crawlers leave the page out, as it is that of a
    retired entry or filled in the reader's browser, and `contents` whether its headings are listed beside it.
    """

    title: str
    description: str = ""
    preview: str = "page"
    above: tuple[Link, ...] = ()
    papers: tuple[str, ...] = ()
    unlisted: bool = False
    contents: bool = False


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


def paper_rows(
    catalogue: Catalogue, papers: Iterable[Paper], here: str = "", most: int | None = None
) -> tuple[PaperRow, ...]:
    """Return papers, newest first, as the list at an address shows them, at most so many: a long list has its years as
    headings, and is brief after its first papers."""
    every = ordered_rows(catalogue, papers, here, most)
    rows = (*every[:MAX_FULL_ROWS], *map(brief_row, every[MAX_FULL_ROWS:]))
    years = [row.year for row in rows]
    if len(rows) <= MAX_UNDIVIDED_ROWS or len({*years}) == 1:
        return rows
    return tuple(
        replace(row, heading=row.year or UNDATED) if row.year != before else row
        for row, before in zip(rows, (None, *years), strict=False)
    )


def brief_row(row: PaperRow) -> PaperRow:
    """Return a row with nothing but the title, and the byline as text."""
    byline = "".join(part if isinstance(part, str) else part.text for part in row.byline)
    return replace(row, byline=(byline,), summary="", files=(), coins="", tags=())


def ordered_rows(
    catalogue: Catalogue, papers: Iterable[Paper], here: str = "", most: int | None = None
) -> tuple[PaperRow, ...]:
    """Return papers, in an order of their own, as the list at an address shows them, at most so many.

    What has this address is no link there, and no tag that tells papers apart.
    """
    listed = tuple(papers)
    tags = telling_tags(catalogue, listed, here)
    rows = (catalogue.rows[paper.id] for paper in listed[:most])
    if not here.startswith("authors/"):
        return tuple(replace(row, tags=tags[row.id]) for row in rows)
    return tuple(replace(row, byline=without_link(row.byline, here), tags=tags[row.id]) for row in rows)


def without_link(text: LinkedText, to: str) -> LinkedText:
    """Return a text without the links to an address."""
    if not any(isinstance(part, Link) and part.to == to for part in text):
        return text
    return tuple(part.text if isinstance(part, Link) and part.to == to else part for part in text)


def telling_tags(catalogue: Catalogue, papers: Collection[Paper], here: str) -> dict[str, tuple[Link, ...]]:
    """Return the tags that tell most about each paper of a list: those that the fewest others have, here and at all."""
    counts = Counter(chain.from_iterable(catalogue.tags[paper.id] for paper in papers))
    kind, _, name = here.removesuffix("/").partition("/")
    own = tags_with_broader((name,), catalogue.broader) if kind == "tags" else ()
    most = MAX_ROW_TAGS if len(papers) <= MAX_ROWS_WITH_TAGS else 1

    def rarity(tag: str) -> tuple[int, int]:
        return counts[tag], catalogue.term_ranks[tag]

    return {
        paper.id: tuple(
            list_link(catalogue.lists["tags"][tag])
            for tag in sorted((tag for tag in paper.tags if tag not in own), key=rarity)[:most]
        )
        for paper in papers
    }


@lru_cache(maxsize=1)  # as a page shows them several times, and no process should hold those of all pages
def last_rows(list_rows: Callable[[], tuple[PaperRow, ...]]) -> tuple[PaperRow, ...]:
    """Return the rows of a list, which are made once for a page."""
    return list_rows()


def listed_ids(papers: Iterable[Paper]) -> tuple[str, ...]:
    """Return the ids of the papers in a list."""
    return tuple([paper.id for paper in papers])
