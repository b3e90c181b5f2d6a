"""The data of a paper's citation, independent of any format: key, kind, title, people, date and address.

A `Citation` describes the published version of a paper if there is one, and the preprint otherwise.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

from slugify import slugify

from generator.citations.names import OTHER_AUTHORS, AuthorName, family_name, is_others, parse_author_name
from generator.content.model import Library, Paper
from generator.content.text import CONNECTING_WORDS
from generator.content.venues import VenuesByName, container_title, known_venue, venues_by_name, with_venue_name
from generator.content.web_addresses import anthology_address, arxiv_address, doi_address
from generator.content.work_kinds import WorkKind, work_kind
from generator.output.lazy_mapping import LazyMapping

MAX_NAMED_AUTHORS = 30  # authors of a paper whom lists name; a paper with more is that of a collaboration
FUNCTION_WORDS = CONNECTING_WORDS | frozenset("are can do does how what when which why".split())


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper as bibliographies describe it, with what is known about its venue.

    `container` is the title of what it is part of: a journal, proceedings, a book, a website, or a series. `venue` is
    the short name of the journal or the conference where that is known besides, and `event` its longest name. `issuer`
    is who published it: for a thesis or a report, the institution. `date` is the year, month and day of the cited
    version, as far as known; `url` is the address of that version.
    """

    paper: Paper
    key: str
    kind: WorkKind
    title: str
    authors: tuple[AuthorName, ...]
    editors: tuple[AuthorName, ...]
    container: str
    venue: str
    event: str
    issuer: str
    date: tuple[int, ...]
    url: str


def citations_by_paper(library: Library) -> dict[str, Citation]:
    """Return the citation of each paper, by its id."""
    return dict(cite_on_request(library))


def cite_on_request(library: Library) -> Mapping[str, Citation]:
    """Return the same; that of a paper is made when it is first asked for."""
    keys, venues = citation_keys(library), venues_by_name(library.venues)
    papers = {paper.id: paper for paper in library.papers}
    return LazyMapping(papers, lambda name: paper_citation(papers[name], keys[name], venues))


def paper_citation(listed: Paper, key: str, venues: VenuesByName) -> Citation:
    """Return the citation of a paper, with the given key."""
    paper, known = published_paper(listed, venues), known_venue(venues, listed)
    venue = paper.venue.name if paper.venue else ""
    return Citation(
        paper=paper,
        key=key,
        kind=work_kind(paper),
        title=cited_title(paper),
        authors=tuple(map(parse_author_name, paper.authors)),
        editors=tuple(map(parse_author_name, paper.editors)),
        container=paper.container or venue,
        venue=venue if paper.container else "",
        event=(known and known.full) or venue,
        issuer=cited_issuer(paper),
        date=(paper.venue.year,) if paper.venue else first_public_date(paper),
        url=cited_address(paper),
    )


def published_paper(listed: Paper, venues: VenuesByName) -> Paper:
    """Return a paper with what is known about its venue: the title of the journal or proceedings, who published them,
    and their ISSN. What the entry itself says comes first."""
    paper, known = with_venue_name(venues, listed), known_venue(venues, listed)
    if not known:
        return paper
    title = container_title(known)
    return replace(
        paper,
        container=paper.container or (title if title != known.name else None),
        publisher=paper.publisher or known.publisher,
        issn=paper.issn or known.issn,
    )


def brief_citation(citation: Citation) -> Citation:
    """Return a citation as lists of papers give it: without the abstract, and with the first authors and `others`.

    A paper is on as many lists as it has authors and tags, so these must not repeat what grows with the paper.
    """
    authors = citation.authors
    if is_collaboration(citation.paper):
        authors = (*authors[:MAX_NAMED_AUTHORS], OTHER_AUTHORS)
    return replace(citation, paper=replace(citation.paper, abstract=""), authors=authors)


def cited_issuer(paper: Paper) -> str:
    """Return who published a paper, or the institution behind a thesis, a report, or what has no publisher."""
    first, second = paper.publisher, paper.institution
    return (second or first if paper.type in ("thesis", "report") else first or second) or ""


def is_collaboration(paper: Paper) -> bool:
    """Return whether a paper has more authors than lists name."""
    return len(paper.authors) > MAX_NAMED_AUTHORS


def citation_keys(library: Library) -> Mapping[str, str]:
    """Return the citation key of each paper, such as `arjovsky2017wasserstein`, by its id.

    If several papers would share a key, the one that was added first keeps it, and a letter is appended for the others.
    Retired papers keep their keys too, so existing citations remain valid when papers are added or retired.
    """
    papers = (*library.papers, *library.retired)
    keys: dict[str, str] = {}
    taken: set[str] = set()
    suffixes: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
    for paper in sorted(papers, key=lambda paper: (paper.added or "", original_id(paper))):
        base = base_citation_key(paper)
        keys[paper.id] = base if base not in taken else unused_citation_key(base, suffixes[base], taken)
        taken.add(keys[paper.id])
    return keys


def unused_citation_key(base: str, suffixes: Iterable[int], taken: Container[str]) -> str:
    """Return the key with the first of the suffixes, such as b, that makes it unique."""
    return next(key for index in suffixes if (key := base + letter_suffix(index)) not in taken)


def letter_suffix(index: int) -> str:
    """Return the letters for an index from 0: a, b, … z, aa, ab, …"""
    return ("" if index < 26 else letter_suffix(index // 26 - 1)) + chr(ord("a") + index % 26)


def base_citation_key(paper: Paper) -> str:
    """Return the first author's family name, the year, and the first significant word of the title, in ASCII.

    Without authors, the first editor's name takes their place, or else the institution's.
    """
    first = next(iter(responsible_names(paper)), "")
    return f"{author_part(first) or 'anonymous'}{cited_year(paper) or ''}{title_part(cited_title(paper))}"


@cache
def author_part(name: str) -> str:
    """Return what the citation key of a paper has of the first author."""
    return slugify(family_name(name), separator="")


@cache  # as the papers of a list that is served are cited after each edit
def title_part(title: str) -> str:
    """Return what the citation key of a paper has of the title."""
    words = slugify(title, separator=" ").split()
    return next((word for word in words if word not in FUNCTION_WORDS), "")


def responsible_names(paper: Paper) -> tuple[str, ...]:
    """Return who stands first in a paper's citation: its authors, or else its editors, or else its institution."""
    if paper.authors or paper.editors:
        return paper.authors or paper.editors
    return (f"{{{paper.institution}}}",) if paper.institution else ()


def people_of(paper: Paper) -> Iterator[str]:
    """Return the names of the people by whom a paper can be found: its authors, or else its editors."""
    return (name for name in paper.authors or paper.editors if not is_others(name))


def editors_mark(paper: Paper) -> str:
    """Return what follows the names of editors who stand in for authors, or an empty string."""
    if paper.authors or not paper.editors:
        return ""
    return " (eds.)" if len(paper.editors) > 1 else " (ed.)"


def cited_title(paper: Paper) -> str:
    """Return the title of the cited version."""
    return paper.published_title or paper.title


def cited_year(paper: Paper) -> int | None:
    """Return the year of the cited version."""
    return paper.venue.year if paper.venue else first_year(paper)


def first_year(paper: Paper) -> int | None:
    """Return the year of a paper's first public version, taken from its date, its arXiv id, or its venue."""
    if paper.published:
        return int(paper.published[:4])
    if paper.arxiv and (found := re.match(r"(?:[^/]*/)?(\d\d)\d\d", paper.arxiv)):
        return (1900 if int(found[1]) > 90 else 2000) + int(found[1])
    return paper.venue.year if paper.venue else None


def first_public_date(paper: Paper) -> tuple[int, ...]:
    """Return the year, month and day of a paper's first public version, as far as known."""
    if paper.published:
        return tuple(map(int, paper.published.split("-")))
    return (known,) if (known := first_year(paper)) else ()


def cited_version_date(citation: Citation, separator: str = "-") -> str:
    """Return the date of the cited version, as far as known, such as `2017-01` or `0380`."""
    year, *rest = citation.date or (0,)
    return separator.join([f"{year:04}", *(f"{part:02}" for part in rest)]) if year else ""


def original_id(paper: Paper) -> str:
    """Return the id under which an entry was first added to the list."""
    return paper.replaces[0] if paper.replaces else paper.id


def cited_address(paper: Paper) -> str:
    """Return the address of the cited version, or an empty string."""
    published, preprint = paper.url or "", arxiv_address(paper)
    if preprint and not paper.venue:
        published, preprint = preprint, published
    return anthology_address(paper) or doi_address(paper) or published or preprint
