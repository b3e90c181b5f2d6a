"""The page of all papers, which the browser's script makes searchable."""

from dataclasses import dataclass, replace

from generator.site.catalogue import Catalogue, PaperRow
from generator.site.pages.elements import PageFiles, PageMetadata, paper_rows, row_ids

MAX_BROWSE_SUMMARIES = 500  # papers that have their summaries there, the newest, so that the page stays light


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """All papers, newest first."""

    rows: tuple[PaperRow, ...]

    @property
    def about(self) -> PageMetadata:
        description = "Every paper of the list, to be searched and filtered."
        return PageMetadata("All papers", description, papers=row_ids(self.rows))


def browse_pages(catalogue: Catalogue) -> PageFiles:
    rows = paper_rows(catalogue, catalogue.papers.values())
    older = (replace(row, summary="") for row in rows[MAX_BROWSE_SUMMARIES:])
    yield "browse.md", BrowsePage((*rows[:MAX_BROWSE_SUMMARIES], *older))
