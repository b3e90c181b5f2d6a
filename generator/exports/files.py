"""Downloads of a paper, a list of papers, or the whole list: citations and feeds.

Each file name is mapped to a function that returns the text. Next to the page `tags/gan/` are `tags/gan.bib`, `.ris`,
`.csl.json` and `.atom`; the files of the whole list are `papers.bib` and so on. Files remain available under all their
former names.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from generator.citations.formats import CITATION_FORMATS, citation_file
from generator.content.model import Paper
from generator.exports.feeds import atom_feed, cached_atom_entries, has_feed
from generator.site.catalogue import Catalogue, PaperList, whole_list

ExportFile = tuple[str, Callable[[], str]]


def export_files(catalogue: Catalogue) -> Iterator[ExportFile]:
    """Return the files of each paper, of the whole list, and of each list that has papers."""
    for paper in catalogue.papers.values():
        for name in dict.fromkeys((paper.id, *paper.replaces)):
            yield from citation_files(catalogue, f"papers/{name}", [paper])
    entry = cached_atom_entries(catalogue)
    yield from list_files(catalogue, whole_list(catalogue), entry)
    for lists in catalogue.lists.values():
        for papers in lists.values():
            if papers.papers:
                yield from list_files(catalogue, papers, entry)


def list_files(catalogue: Catalogue, papers: PaperList, entry: Callable[[Paper], str]) -> Iterator[ExportFile]:
    """Return the files of a list of papers; `entry` returns a paper's entry in the feed."""
    for name in dict.fromkeys(papers.files):
        yield from citation_files(catalogue, name, papers.papers)
        if has_feed(papers):
            yield f"{name}.atom", partial(atom_feed, catalogue.library.site, papers, entry)


def citation_files(catalogue: Catalogue, name: str, papers: Sequence[Paper]) -> Iterator[ExportFile]:
    """Return the citations of some papers, with one file for each format."""
    citations = [catalogue.formatted_citations[paper.id] for paper in papers]
    for of in CITATION_FORMATS:
        yield f"{name}.{of.extension}", partial(citation_file, of, citations)
