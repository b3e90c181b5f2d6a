"""The page of all papers, which a script makes searchable in the browser."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from generator.citations.names import family_name
from generator.content.model import EntryWords
from generator.site.catalogue import Catalogue, ListKind, PaperList, PaperRow
from generator.site.pages.elements import Link, PageFiles, PageMetadata, last_rows, paper_rows
from generator.site.pages.lists import IndexEntry, list_entry

MAX_PLAIN_ROWS = 100  # the newest papers, which the page lists without a script


@dataclass(frozen=True, slots=True)
class SearchExamples:
    """Examples of searches in this list, as readers would type them.

    Each is the most frequent phrase, tag, author, venue or year of the list, or an empty string if there is none.
    """

    phrase: str
    tag: str
    author: str
    venue: str
    year: str


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """All papers, with examples of searches.

    `papers` are their ids, and `list_rows` returns the newest ones when the page is made. If there are others, `years`
    and `shelves` lead to them.
    """

    words: EntryWords
    papers: tuple[str, ...]
    list_rows: Callable[[], tuple[PaperRow, ...]]
    years: tuple[IndexEntry, ...]
    shelves: tuple[IndexEntry, ...]
    examples: SearchExamples

    @property
    def rows(self) -> tuple[PaperRow, ...]:
        """The newest papers."""
        return last_rows(self.list_rows)

    @property
    def about(self) -> PageMetadata:
        description = f"Search and filter all {self.words.many} on the list."
        return PageMetadata(f"All {self.words.many}", description, papers=self.papers)


def browse_pages(catalogue: Catalogue) -> PageFiles:
    papers = tuple(catalogue.papers.values())
    is_cut = len(papers) > MAX_PLAIN_ROWS
    years = sorted(catalogue.lists["years"].values(), key=lambda year: int(year.id), reverse=True)
    shelves = (catalogue.lists["categories"][shelf.id] for shelf in catalogue.library.shelves)
    yield (
        "browse.md",
        BrowsePage(
            words=catalogue.library.site.entry,
            papers=tuple(catalogue.papers),
            list_rows=partial(paper_rows, catalogue, papers, most=MAX_PLAIN_ROWS),
            years=tuple(year_entry(year) for year in years if is_cut),
            shelves=tuple(list_entry(shelf) for shelf in shelves if is_cut),
            examples=search_examples(catalogue),
        ),
    )


def year_entry(year: PaperList) -> IndexEntry:
    """Return the index entry of a year, which is called by its number."""
    return IndexEntry(Link(year.id, year.address), len(year.papers))


def search_examples(catalogue: Catalogue) -> SearchExamples:
    tags = names_by_frequency(catalogue, "tags")
    venues, years = names_by_frequency(catalogue, "venues"), names_by_frequency(catalogue, "years")
    authors = map(family_name, names_by_frequency(catalogue, "authors"))
    return SearchExamples(
        phrase=next((name for name in tags if " " in name), ""),
        tag=next((name for name in tags if " " not in name), ""),
        author=next((name.casefold() for name in authors if " " not in name), ""),
        venue=next((name for name in venues if " " not in name), ""),
        year=next((name.rpartition(" ")[2] for name in years), ""),
    )


def names_by_frequency(catalogue: Catalogue, kind: ListKind) -> list[str]:
    """Return the names of all nonempty lists of a kind, longest list first; all but authors in lower case."""
    lists = [papers for papers in catalogue.lists[kind].values() if papers.papers]
    longest_first = sorted(lists, key=lambda papers: (-len(papers.papers), papers.id))
    return [papers.name if kind == "authors" else papers.name.casefold() for papers in longest_first]
