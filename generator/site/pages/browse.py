"""The page of all papers, which the browser's script makes searchable."""

from dataclasses import dataclass, replace

from generator.citations.names import family_name
from generator.site.catalogue import Catalogue, ListKind, PaperRow
from generator.site.pages.elements import PageFiles, PageMetadata, paper_rows, row_ids

MAX_BROWSE_SUMMARIES = 500  # papers that have their summaries there, the newest, so that the page stays light


@dataclass(frozen=True, slots=True)
class SearchExamples:
    """What readers of this list may search for, as they would type it: a phrase, a tag, an author, a venue and a year,
    each the most frequent of its kind; empty where the list has none."""

    phrase: str
    tag: str
    author: str
    venue: str
    year: str


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """All papers, newest first, and how they can be searched."""

    rows: tuple[PaperRow, ...]
    examples: SearchExamples

    @property
    def about(self) -> PageMetadata:
        description = "Every paper of the list, to be searched and filtered."
        return PageMetadata("All papers", description, papers=row_ids(self.rows))


def browse_pages(catalogue: Catalogue) -> PageFiles:
    rows = paper_rows(catalogue, catalogue.papers.values())
    older = (replace(row, summary="") for row in rows[MAX_BROWSE_SUMMARIES:])
    yield "browse.md", BrowsePage((*rows[:MAX_BROWSE_SUMMARIES], *older), search_examples(catalogue))


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
    """The names of lists of a kind that have papers, the longest list first; in lower case, as readers type them."""
    lists = [papers for papers in catalogue.lists[kind].values() if papers.papers]
    longest_first = sorted(lists, key=lambda papers: (-len(papers.papers), papers.id))
    return [papers.name if kind == "authors" else papers.name.casefold() for papers in longest_first]
