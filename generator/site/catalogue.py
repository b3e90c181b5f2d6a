"""The library and its links in; the maps out from which every page is made.

Here stand the orders and the ids that several kinds of page agree on: papers newest first, people and venues under one
address however they are spelt.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from slugify import slugify

from generator.citations.citation import Citation, citations_by_paper, first_year
from generator.citations.formats import FormattedCitation, format_citations
from generator.citations.names import family_name
from generator.content.model import Library, Paper, Term
from generator.content.text import single_line
from generator.related.relate import RelatedPaper

MAX_PAGE_ID_LENGTH = 80  # characters of a name that stand in its id
MAX_LISTED_AUTHORS = 4  # authors named in a row; of more, the first three and a count


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper in a list; `coins` is by what a reference manager takes it from there."""

    id: str
    title: str
    authors: str
    when: str
    summary: str
    coins: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The library with the maps that its pages are made from; papers stand newest first everywhere."""

    library: Library
    links: Mapping[str, Sequence[RelatedPaper]]
    citations: Mapping[str, Citation]
    formatted_citations: Mapping[str, FormattedCitation]
    papers: Mapping[str, Paper]
    rows: Mapping[str, PaperRow]
    terms: Mapping[str, Term]
    papers_by_category: Mapping[str, Sequence[Paper]]
    papers_by_tag: Mapping[str, Sequence[Paper]]
    papers_by_author: Mapping[str, Sequence[Paper]]
    papers_by_venue: Mapping[str, Sequence[Paper]]
    papers_by_year: Mapping[str, Sequence[Paper]]
    authors: Mapping[str, str]
    venues: Mapping[str, str]


def build_catalogue(library: Library, links: Mapping[str, Sequence[RelatedPaper]]) -> Catalogue:
    """The maps, each filled in one pass over the papers."""
    papers = sorted(
        library.papers, key=lambda paper: (newest_first_key(paper.published or str(first_year(paper) or "")), paper.id)
    )
    spellings = Counter(author for paper in library.papers for author in paper.authors)
    authors: dict[str, str] = {}
    for author in sorted(spellings, key=lambda name: (-spellings[name], name)):
        authors.setdefault(author_id(author), author)
    venues = {venue_id(paper.venue.name): paper.venue.name for paper in papers if paper.venue}
    citations = citations_by_paper(library)
    formatted_citations = format_citations(citations)
    return Catalogue(
        library=library,
        links=links,
        citations=citations,
        formatted_citations=formatted_citations,
        papers={paper.id: paper for paper in papers},
        rows={paper.id: paper_row(paper, formatted_citations[paper.id].coins) for paper in papers},
        terms={term.id: term for facet in library.facets for term in facet.terms},
        papers_by_category=group_papers(papers, lambda paper: [paper.category]),
        papers_by_tag=group_papers(papers, lambda paper: paper.tags),
        papers_by_author=group_papers(papers, lambda paper: map(author_id, paper.authors)),
        papers_by_venue=group_papers(papers, lambda paper: [venue_id(paper.venue.name)] if paper.venue else []),
        papers_by_year=group_papers(papers, lambda paper: [str(year)] if (year := first_year(paper)) else []),
        authors=authors,
        venues=venues,
    )


def paper_row(paper: Paper, coins: str) -> PaperRow:
    """A paper as it stands in a list."""
    names = paper.authors
    if len(names) > MAX_LISTED_AUTHORS:
        names = (*names[: MAX_LISTED_AUTHORS - 1], f"{len(names) - MAX_LISTED_AUTHORS + 1} others")
    return PaperRow(paper.id, paper.title, join_names(names), venue_and_year(paper), paper.summary or "", coins)


def join_names(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def venue_and_year(paper: Paper) -> str:
    """Where and when a paper came out, in short."""
    if paper.venue:
        return f"{paper.venue.name} {paper.venue.year}"
    return f"{'arXiv' if paper.arxiv else ''} {first_year(paper) or ''}".strip()


def newest_first_key(date: str) -> tuple[int, ...]:
    """A key that puts later dates first, less exact ones after the others of their year or month, and none last."""
    return (*(-int(part) for part in date.split("-") if part), 1)


def group_papers(papers: Iterable[Paper], keys: Callable[[Paper], Iterable[str]]) -> dict[str, list[Paper]]:
    """The papers under each of their keys, once."""
    groups: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for key in dict.fromkeys(keys(paper)):
            groups[key].append(paper)
    return groups


@cache
def author_id(name: str) -> str:
    """The id of an author's page: the name in ASCII. Names in other scripts get a part that tells them apart, since
    several of them may be written alike in ASCII."""
    latin = all("LATIN" in unicodedata.name(c, "") for c in normalized_name(name) if c.isalpha())
    return ascii_slug(name, "author", plain=latin)


@cache
def venue_id(name: str) -> str:
    """The id of a venue's page."""
    return ascii_slug(name, "venue", plain=True)


def ascii_slug(name: str, kind: str, plain: bool) -> str:
    """A name in ASCII where that is plain enough, and no other page's; else with a part made from the name itself."""
    base = slugify(normalized_name(name))
    if plain and base and base != "index" and len(base) <= MAX_PAGE_ID_LENGTH:
        return base
    return f"{base[:MAX_PAGE_ID_LENGTH] or kind}-{crc32(normalized_name(name).encode()):08x}"


def normalized_name(name: str) -> str:
    """A name with single spaces and its accents on the letters, however it is spelt."""
    return unicodedata.normalize("NFC", single_line(name))


@cache
def author_sort_key(author: str) -> str:
    """A name's key in an alphabetical index: the family name first, without case and accents."""
    family = family_name(author)
    whole = f"{family} {author}".casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", whole) if not unicodedata.combining(c))
