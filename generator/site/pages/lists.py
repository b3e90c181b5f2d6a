"""The pages that list papers, and the index pages above them: shared by shelves, authors, venues and years."""

from dataclasses import dataclass

from generator.site.catalogue import PaperList, PaperRow
from generator.site.pages.elements import Link, PageMetadata, list_link, row_ids

LinkedParagraph = tuple[str | Link, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """The papers of a category, author, venue or year; `browse` is the query that selects them on the page of all
    papers, and `preview` the kind of the page's picture."""

    kind: Link
    preview: str
    title: str
    description: str
    rows: tuple[PaperRow, ...]
    browse: str
    lead: tuple[LinkedParagraph, ...] = ()
    also: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    previous: Link | None = None
    next: Link | None = None

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.title, self.description, self.preview, (self.kind,), row_ids(self.rows))


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A page in an index: its name, how many papers it lists, and a note on it; `share` is the percentage that this is
    of the largest count in the index, where it is drawn."""

    link: Link
    count: int
    note: str = ""
    share: int = 0


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """A part of an index under a heading of its own, or without a name the whole index."""

    id: str
    name: str
    note: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """All categories, paths, authors, venues or years."""

    id: str
    title: str
    lead: str
    groups: tuple[IndexGroup, ...]

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.title, self.lead)


def list_entry(papers: PaperList, note: str = "") -> IndexEntry:
    """A list of papers in an index."""
    return IndexEntry(list_link(papers), len(papers.papers), note)


def single_group(*entries: IndexEntry) -> tuple[IndexGroup]:
    """The groups of an index that has only one."""
    return (IndexGroup("", "", "", entries),)
