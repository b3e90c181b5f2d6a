"""The catalogue in; the files in which each paper, each list and the whole can be taken away out.

Beside the page `tags/gan/` stand `tags/gan.bib`, `.ris`, `.csl.json` and `.atom`; the whole has `papers.bib` and so on.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

from generator.citations.formats import CITATION_FORMATS, FormattedCitation, citation_file
from generator.content.model import Paper, Site
from generator.exports import feeds
from generator.site.catalogue import Catalogue, PaperList

WHOLE_LIST_NAME = "papers"  # the name of the files of the whole list
FEED_KINDS = (WHOLE_LIST_NAME, "categories", "tags", "authors")  # the kinds of lists that have a feed


def export_files(catalogue: Catalogue) -> Iterator[tuple[str, Callable[[], str]]]:
    """The name of each file, and the function that makes its text. A file can still be had by each of its old names."""
    for paper in catalogue.papers.values():
        for name in (paper.id, *paper.replaces):
            yield from citation_files(f"papers/{name}", [catalogue.formatted_citations[paper.id]])
    entry = cached_entries(catalogue)
    yield from list_files(catalogue, PaperList(WHOLE_LIST_NAME, "", "", tuple(catalogue.papers.values())), entry)
    for lists in catalogue.lists.values():
        for papers in lists.values():
            if papers.papers:
                yield from list_files(catalogue, papers, entry)


def list_files(
    catalogue: Catalogue, papers: PaperList, entry: Callable[[Paper], str]
) -> Iterator[tuple[str, Callable[[], str]]]:
    """The files of a list of papers, whose entries in feeds a function returns."""
    fed = has_feed(papers)
    for name in papers.files:
        yield from citation_files(name, [catalogue.formatted_citations[paper.id] for paper in papers.papers])
        if fed:
            yield f"{name}.atom", partial(list_feed, catalogue.library.site, papers, entry)


def citation_files(name: str, citations: Sequence[FormattedCitation]) -> Iterator[tuple[str, Callable[[], str]]]:
    """A list's files in each format of citations."""
    for of in CITATION_FORMATS:
        yield f"{name}.{of.extension}", partial(citation_file, of, citations)


def has_feed(papers: PaperList) -> bool:
    """Whether a list has a feed: one of a kind that has, with a paper whose entry says when it was added."""
    return papers.kind in FEED_KINDS and any(paper.added for paper in papers.papers)


def cached_entries(catalogue: Catalogue) -> Callable[[Paper], str]:
    """A function that returns a paper's entry in feeds, which a process makes once for all feeds."""
    names = {term.id: term.name for term in catalogue.library.terms}
    entry = cache(lambda name: feeds.atom_entry(catalogue.library.site, names, catalogue.citations[name]))
    return lambda paper: entry(paper.id)


def list_feed(site: Site, papers: PaperList, entry: Callable[[Paper], str]) -> str:
    """A list's feed; its id is made from the first name that its files had."""
    title = f"{papers.name} · {site.name}" if papers.name else site.name
    added = [paper for paper in papers.papers if paper.added]
    return feeds.atom_feed(site, feeds.Feed(papers.files[-1], papers.files[0], title, papers.address, added), entry)
