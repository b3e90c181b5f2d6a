"""The citations in; each paper's text in every format out, made once for the many files in which it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from generator.citations import bibtex, coins, csl, ris
from generator.citations.citation import Citation
from generator.content.model import Library, Site
from generator.exports import feeds
from generator.output.workers import map_in_parallel


@dataclass(frozen=True, slots=True)
class FormattedCitation:
    """A paper as other programs take it away; `entry` is that of a feed, empty where it is not known since when the
    paper is on the list."""

    bibtex: str
    ris: str
    csl: str
    coins: str
    entry: str


def format_citations(library: Library, citations: Mapping[str, Citation]) -> dict[str, FormattedCitation]:
    """Each paper's record by its id."""
    tags = {term.id: term.name for term in library.terms}
    return dict(
        zip(
            citations,
            map_in_parallel(partial(format_citation, library.site, tags), list(citations.values())),
            strict=True,
        )
    )


def format_citation(site: Site, tags: Mapping[str, str], citation: Citation) -> FormattedCitation:
    """One paper's record."""
    return FormattedCitation(
        bibtex=bibtex.bibtex_entry(citation),
        ris=ris.ris_record(citation),
        csl=csl.csl_item(citation),
        coins=coins.context_object(citation),
        entry=feeds.atom_entry(site, tags, citation),
    )
