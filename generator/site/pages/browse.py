"""The page of all papers, which a script makes searchable in the browser."""

from dataclasses import dataclass, replace

from generator.citations.names import family_name
from generator.content.model import EntryWords
from generator.site.catalogue import Catalogue, ListKind, PaperRow
from generator.site.pages.elements import PageFiles, PageMetadata, paper_rows, row_ids

MAX_BROWSE_SUMMARIES = 500  # the newest papers, which alone have summaries, to keep the page small


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
    """All papers, newest first, with examples of searches."""

    words: EntryWords
    rows: tuple[PaperRow, ...]
    examples: SearchExamples

    @property
    def about(self) -> PageMetadata:
        description = f"Search and filter all {self.words.many} on the list."
        return PageMetadata(f"All {self.words.many}", description, papers=row_ids(self.rows))


def browse_pages(catalogue: Catalogue) -> PageFiles:
    rows = paper_rows(catalogue, catalogue.papers.values())
    older = (replace(row, summary="") for row in rows[MAX_BROWSE_SUMMARIES:])
    shortened = (*rows[:MAX_BROWSE_SUMMARIES], *older)
    yield "browse.md", BrowsePage(catalogue.library.site.entry, shortened, search_examples(catalogue))


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
