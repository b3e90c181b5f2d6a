"""The pages of reading paths and their index."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.content.model import Paper, ReadingPath
from generator.content.web_addresses import anthology_address, arxiv_address, doi_address
from generator.site.catalogue import Catalogue, PaperRow
from generator.site.pages.elements import Link, PageFiles, PageMetadata, list_link, ordered_rows
from generator.site.pages.lists import IndexEntry, IndexPage, list_entry, single_group
from generator.site.pictures.timeline import Timeline, list_timeline

PATHS_LINK = Link("Reading paths", "paths/")


@dataclass(frozen=True, slots=True)
class PathPage:
    """A reading path, with each of its steps as a paper and the reason for reading it."""

    kind: Link
    path: ReadingPath
    steps: tuple[tuple[PaperRow, str], ...]
    timeline: Timeline | None
    previous: Link | None
    next: Link | None
    papers: tuple[Paper, ...]

    @property
    def identifiers(self) -> Mapping[str, tuple[str, ...]]:
        """The identifiers of each step's paper, by its id."""
        return {paper.id: paper_identifiers(paper) for paper in self.papers}

    @property
    def about(self) -> PageMetadata:
        papers = tuple(row.id for row, _ in self.steps)
        return PageMetadata(self.path.name, self.path.summary, "path", (self.kind,), papers)


def path_pages(catalogue: Catalogue) -> PageFiles:
    """Return the pages; a list without paths has no index of paths."""
    paths = catalogue.library.paths
    if not paths:
        return
    entries = (path_entry(catalogue, path) for path in paths)
    lead = "Ordered reading, each path for one kind of reader."
    yield "paths/index.md", IndexPage("paths", PATHS_LINK.text, lead, single_group(entries))
    links = [None, *map(list_link, catalogue.lists["paths"].values()), None]
    for path, previous, following in zip(paths, links, links[2:], strict=False):
        papers = catalogue.lists["paths"][path.id].papers
        steps = tuple(zip(ordered_rows(catalogue, papers), (step.because for step in path.steps), strict=True))
        timeline = list_timeline(papers, steps=True)
        yield f"paths/{path.id}.md", PathPage(PATHS_LINK, path, steps, timeline, previous, following, papers)


def path_entry(catalogue: Catalogue, path: ReadingPath) -> IndexEntry:
    """Return the index entry of a reading path."""
    steps = tuple(step.paper for step in path.steps)
    return replace(list_entry(catalogue.lists["paths"][path.id], path.summary), steps=steps)


def paper_identifiers(paper: Paper) -> tuple[str, ...]:
    """Return the addresses by which a paper is found again, without what all of them begin with."""
    addresses = (arxiv_address(paper), doi_address(paper), anthology_address(paper))
    return tuple(address.removeprefix("https://") for address in addresses if address) or tuple(
        filter(None, [paper.url])
    )
