"""The catalogue in; the files in which each paper, each list and the whole can be taken away out.

Beside the page `tags/gan/` stand `tags/gan.bib`, `.ris`, `.csl.json` and `.atom`; the whole has `papers.bib` and so on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from generator.citations.formats import CITATION_FORMATS, FormattedCitation, citation_file
from generator.content.model import Paper, Site
from generator.exports import feeds
from generator.site.catalogue import Catalogue

WHOLE_LIST_NAME = "papers"  # the name of the files of the whole list
FEED_FOLDERS = (WHOLE_LIST_NAME, "categories", "tags", "authors")  # the kinds of lists that have a feed


@dataclass(frozen=True, slots=True)
class PaperList:
    """The papers that stand on a page: the name of its files; its title; its address within the site; and the names
    that it had before, the first of which made the id of its feed."""

    name: str
    title: str
    page: str
    papers: Sequence[Paper]
    olds: tuple[str, ...] = ()


def export_files(catalogue: Catalogue) -> Iterator[tuple[str, Callable[[], str]]]:
    """Each file's name, and what makes its text. Who knows a file by an old name goes on to get it there."""
    citations, entries = catalogue.formatted_citations, cached_entries(catalogue)
    for paper in catalogue.papers.values():
        for name in (paper.id, *paper.replaces):
            yield from citation_files(f"papers/{name}", [citations[paper.id]])
    for listed in paper_lists(catalogue):
        fed = has_feed(listed)
        for name in (listed.name, *listed.olds):
            yield from citation_files(name, [citations[paper.id] for paper in listed.papers])
            if fed:
                yield f"{name}.atom", partial(list_feed, catalogue.library.site, listed, entries)


def citation_files(name: str, citations: Sequence[FormattedCitation]) -> Iterator[tuple[str, Callable[[], str]]]:
    """A list's files in each format of citations."""
    for of in CITATION_FORMATS:
        yield f"{name}.{of.extension}", partial(citation_file, of, citations)


def has_feed(listed: PaperList) -> bool:
    """Whether a list has a feed: one of a kind that has, with a paper of which it is known since when it is listed."""
    return listed.name.partition("/")[0] in FEED_FOLDERS and any(paper.added for paper in listed.papers)


def cached_entries(catalogue: Catalogue) -> Callable[[Paper], str]:
    """A function that returns a paper's entry in feeds, which a process makes once for all feeds."""
    names = {term.id: term.name for term in catalogue.library.terms}
    entry = cache(lambda name: feeds.atom_entry(catalogue.library.site, names, catalogue.citations[name]))
    return lambda paper: entry(paper.id)


def list_feed(site: Site, listed: PaperList, entry: Callable[[Paper], str]) -> str:
    """A list's feed."""
    papers = [paper for paper in listed.papers if paper.added]
    title = f"{listed.title} · {site.name}" if listed.title else site.name
    first_name = [*listed.olds, listed.name][0]
    return feeds.atom_feed(site, feeds.Feed(listed.name, first_name, title, listed.page, papers), entry)


def paper_lists(catalogue: Catalogue) -> Iterator[PaperList]:
    """The whole list and those of all kinds, but for lists without papers."""
    library = catalogue.library
    yield PaperList(WHOLE_LIST_NAME, "", "", list(catalogue.papers.values()))
    for category in library.shelves:
        if papers := catalogue.papers_by_category.get(category.id):
            yield paper_list("categories", category.id, category.name, papers, category.replaces)
    for tag, papers in catalogue.papers_by_tag.items():
        yield paper_list("tags", tag, catalogue.terms[tag].name, papers, catalogue.terms[tag].replaces)
    for author, papers in catalogue.papers_by_author.items():
        yield paper_list("authors", author, catalogue.authors[author], papers)
    for venue, papers in catalogue.papers_by_venue.items():
        yield paper_list("venues", venue, catalogue.venues[venue], papers)
    for year, papers in catalogue.papers_by_year.items():
        yield paper_list("years", year, f"Papers of {year}", papers)
    for path in library.paths:
        yield paper_list("paths", path.id, path.name, [catalogue.papers[step.paper] for step in path.steps])


def paper_list(folder: str, name: str, title: str, papers: Sequence[Paper], olds: Sequence[str] = ()) -> PaperList:
    """The list that stands on the page `<folder>/<name>/`."""
    return PaperList(f"{folder}/{name}", title, f"{folder}/{name}/", papers, tuple(f"{folder}/{old}" for old in olds))
