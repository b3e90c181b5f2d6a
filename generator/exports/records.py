"""The citations in; each paper's text in every format out, made once for the many files in which it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from generator.cite import Citation
from generator.exports import atom, bibtex, coins, csl, ris
from generator.model import Library, Site
from generator.spread import spread


@dataclass(frozen=True, slots=True)
class Record:
    """A paper as other programs take it away; `entry` is that of a feed, empty where it is not known since when the
    paper is on the list."""

    bibtex: str
    ris: str
    csl: str
    coins: str
    entry: str


def records(library: Library, citations: Mapping[str, Citation]) -> dict[str, Record]:
    """Each paper's record by its id."""
    tags = {term.id: term.name for term in library.terms}
    return dict(zip(citations, spread(partial(record, library.site, tags), list(citations.values())), strict=True))


def record(site: Site, tags: Mapping[str, str], citation: Citation) -> Record:
    """One paper's record."""
    return Record(
        bibtex=bibtex.entry(citation),
        ris=ris.record(citation),
        csl=csl.item(citation),
        coins=coins.context_object(citation),
        entry=atom.entry(site, tags, citation),
    )
