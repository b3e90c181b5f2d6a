"""Downloads of a paper, a list of papers, or the whole list: citations and feeds.

Each file name is mapped to a function that returns the text. Next to the page `tags/gan/` are `tags/gan.bib`, `.ris`,
`.csl.json` and `.atom`; the files of the whole list are `papers.bib` and so on. Files remain available under their
former names. Only the files of a paper and of the whole list have abstracts, and all authors of a collaboration. The
citations of a person, a venue or a year have no files, as there are so many: scripts make them from those of the
papers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from generator.citations.formats import CITATION_FORMATS, CitationFormat, citation_file
from generator.content.model import Paper
from generator.exports.feeds import ADDITIONS, PaperEntry, additions_feed, cached_atom_entries, has_feed, list_feed
from generator.site.catalogue import MAX_FORMER_NAMES, WHOLE_LIST_KIND, Catalogue, PaperList, whole_list

CITATION_LIST_KINDS = (WHOLE_LIST_KIND, "categories", "tags", "paths")  # kinds of lists that have files of citations
ExportFile = tuple[str, Callable[[], str]]
FormatTexts = Mapping[str, str]  # a citation in all formats, by their ids


def export_files(catalogue: Catalogue) -> Iterator[ExportFile]:
    """Return the files of each paper, of the whole list, and of each list that has papers."""
    for paper in catalogue.papers.values():
        for name in dict.fromkeys((paper.id, *paper.replaces[:MAX_FORMER_NAMES])):
            yield from citation_files(f"papers/{name}", partial(whole_citations, catalogue, [paper]))
    entry = cached_atom_entries(catalogue)
    whole = whole_list(catalogue)
    yield from list_files(catalogue, whole, entry)
    if has_feed(whole):
        yield f"{ADDITIONS}.atom", partial(additions_feed, catalogue.library.site, whole, entry)
    for lists in catalogue.lists.values():
        for papers in lists.values():
            if papers.papers:
                yield from list_files(catalogue, papers, entry)


def list_files(catalogue: Catalogue, papers: PaperList, entry: PaperEntry) -> Iterator[ExportFile]:
    """Return the files of a list of papers; `entry` returns a paper's entry in the feed."""
    for name in dict.fromkeys(papers.files):
        if papers.kind in CITATION_LIST_KINDS:
            citations = whole_citations if papers.kind == WHOLE_LIST_KIND else brief_citations
            yield from citation_files(name, partial(citations, catalogue, papers.papers))
        if has_feed(papers):
            yield f"{name}.atom", partial(list_feed, catalogue.library.site, papers, entry)


def whole_citations(catalogue: Catalogue, papers: Iterable[Paper]) -> list[FormatTexts]:
    """Return the citations of papers, in all formats."""
    return [catalogue.formatted_citations[paper.id].texts for paper in papers]


def brief_citations(catalogue: Catalogue, papers: Iterable[Paper]) -> list[FormatTexts]:
    """Return the same, shortened as for the lists of which there are many."""
    return [catalogue.formatted_citations[paper.id].brief_texts for paper in papers]


def citation_files(name: str, citations: Callable[[], Sequence[FormatTexts]]) -> Iterator[ExportFile]:
    """Return the citations of some papers, with one file for each format."""
    for of in CITATION_FORMATS:
        yield f"{name}.{of.extension}", partial(requested_citations, of, citations)


def requested_citations(of: CitationFormat, citations: Callable[[], Sequence[FormatTexts]]) -> str:
    return citation_file(of, citations())
