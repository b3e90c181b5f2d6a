"""The list's exports, imported again: into the same list, which stays as it is, and into an empty one."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lists import Inventor, inventors

from generator.checks.citing import has_letter, is_placeholder
from generator.citations.citation import citations_by_paper
from generator.citations.formats import CITATION_FORMATS, CitationFormat, citation_file, format_citation
from generator.citations.names import parse_author_name
from generator.content.model import KnownVenue, Library, Links, Paper, Track, Venue, blocking_problems
from generator.content.reader import keys_of
from generator.curate.importers.comparison import different_keys
from generator.curate.importers.entries import candidate_entries
from generator.curate.importers.libraries import read_library_files
from generator.curate.importers.published_text import published_line, published_paragraphs

every_format = pytest.mark.parametrize("of", CITATION_FORMATS, ids=lambda of: of.id)
TODAY = "2026-11-28"
CURATED = frozenset(  # what only a list has
    "id category tags summary why questions relations distinct_from aliases introduces replaces retired added "
    "revised award".split()
)
LOST = {  # what comes back empty, or as far as a format holds it
    "bibtex": CURATED | {"published_title", "abstract"},
    "ris": CURATED | {"published_title", "arxiv_class"},
    "csl": CURATED | {"published_title", "arxiv_class"},
}
CHANGED = {
    "title": "that of the published version",
    "type": "a conference paper with a venue is an article",
    "authors": "in natural order where that says the same, and groups without braces where they are known as such",
    "editors": "like authors",
    "published": "the year of the venue, and in BibTeX no day",
    "venue": "what an article of a year is part of",
    "container": "the venue of an article",
    "publisher": "the institution, where there is no publisher and the format has one place for both",
    "institution": "the publisher",
    "genre": "in RIS of some kinds only; in BibTeX, a thesis is one for a doctorate unless it says otherwise",
    "abstract": "in CSL without its paragraphs",
    "number": "none of an arXiv preprint in CSL, where the id has its place",
    "edition": "an ordinal number if it is a number",
    "pages": "with en dashes",
    "isbn": "in RIS either this or the ISSN, for most kinds",
    "issn": "like the ISBN",
    "language": "by its usual tag, and in RIS none of software, where the tag means another language",
    "url": "none where an identifier leads to the work",
    "links": "in RIS the PDF, in the others none",
}
ARXIV_TYPES = ("article", "paper-conference", "chapter", "report", "thesis")
ARXIV_IDS = ("1701.07875", "hep-ex/0307015")  # invented ones have months that do not exist
FREE_TEXTS = "title published_title container volume number pages edition publisher institution genre note".split()


def exported(of: CitationFormat, library: Library) -> str:
    """Return the file of all citations of a list."""
    texts = [format_citation(citation).texts for citation in citations_by_paper(library).values()]
    return citation_file(of, texts)


def imported(of: CitationFormat, library: Library) -> list[Paper]:
    """Return the papers of a list's own file, which has no problems, and nothing that has no place."""
    records, problems = read_library_files(of.id, [(exported(of, library), f"papers.{of.extension}")])
    assert blocking_problems(problems) == []
    assert [record.left_out for record in records] == [()] * len(library.papers)
    return [record.paper for record in records]


def changed_keys(paper: Paper, read: Paper) -> set[str]:
    """Return the keys with which a paper does not come back as it was."""
    return {key for key in keys_of(Paper) if getattr(paper, key) != getattr(read, key)}


@every_format
@pytest.mark.parametrize("which", ["toy", "works"])
def test_a_list_has_all_that_it_exports(of: CitationFormat, which: str, request: pytest.FixtureRequest) -> None:
    library: Library = request.getfixturevalue(which)
    found = list(candidate_entries(imported(of, library), library, TODAY))
    assert [entry.paper.id for entry in found] == [paper.id for paper in library.papers]
    assert [entry for entry in found if entry.state != "unchanged"] == []


@every_format
def test_an_empty_list_gets_all_that_a_format_holds(of: CitationFormat, toy: Library, works: Library) -> None:
    empty = replace(toy, papers=(), retired=())
    lost: set[str] = set()
    for library in (toy, works):
        papers = imported(of, library)
        assert [entry.state for entry in candidate_entries(papers, empty, TODAY)] == ["new"] * len(papers)
        for paper, read in zip(library.papers, papers, strict=True):
            changed = changed_keys(paper, read)
            assert changed <= LOST[of.id] | CHANGED.keys()
            lost |= {key for key in changed & LOST[of.id] if not getattr(read, key)}
    assert lost == LOST[of.id] - {"distinct_from", "retired"}


@every_format
def test_lists_of_collaborations_name_their_first_authors(of: CitationFormat, toy: Library) -> None:
    paper = replace(toy.papers[0], authors=tuple(f"Ann Lee {letter}" for letter in "abcdefghijklmnopqrstuvwxyzäöüß"))
    paper = replace(paper, authors=(*paper.authors, "Jo Doe", "Al Roe"))
    library = replace(toy, papers=(paper, *toy.papers[1:]))
    brief = [format_citation(citation).brief_texts for citation in citations_by_paper(library).values()]
    records, _ = read_library_files(of.id, [(citation_file(of, brief), "x")])
    assert records[0].paper.authors[-1] == "others"
    found = list(candidate_entries((record.paper for record in records), library, TODAY))
    assert {entry.state for entry in found} == {"unchanged"}


def plain(paper: Paper) -> Paper:
    """Return a paper whose texts have no markup, which imports read, since publishers and programs write it in titles.

    Its identifiers are such as there are, and only of works that may have them.
    """
    texts: dict[str, Any] = {key: plain_line((getattr(paper, key) or "")[:400]) or None for key in FREE_TEXTS}
    arxiv = ARXIV_IDS["/" in paper.arxiv] if paper.arxiv and paper.type in ARXIV_TYPES else None
    return replace(
        paper,
        **texts | {"title": texts["title"] or "T"},
        authors=plain_names(paper.authors),
        editors=plain_names(paper.editors),
        abstract=published_paragraphs(published_paragraphs(paper.abstract)),
        venue=paper.venue and plain_place(paper.venue),
        url=paper.url and paper.url.rstrip(",;"),
        arxiv=arxiv,
        arxiv_class=paper.arxiv_class if arxiv else None,
        published=None if arxiv else paper.published,
        accessed=None if arxiv or paper.doi or paper.acl_anthology or not paper.url else paper.accessed,
        doi=paper.doi and f"10.5555/{re.sub('[^A-Za-z0-9]+', '.', paper.doi)}x",
    )


def plain_place(venue: Venue) -> Venue:
    """Return where a paper was published, with a name that has no markup, and a track that formats tell apart."""
    track: Track = venue.track if venue.track == "journal" else "conference"
    return replace(venue, name=plain_line(venue.name[:100]) or "V", track=track)


def plain_venue(venue: KnownVenue) -> KnownVenue:
    """Return a venue whose texts have no markup."""
    texts: dict[str, Any] = {
        key: plain_line(getattr(venue, key) or "") or None for key in ("full", "proceedings", "publisher")
    }
    return replace(venue, **texts)


def plain_line(text: str) -> str:
    """Return a text as imports leave it, without addresses and the name of a place that is no journal."""
    text = re.sub(r"(?i)\bhttps?://\S*|arxiv", "", text)
    while (read := published_line(text)) != text:
        text = read
    return text


def plain_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names that are someone's, without markup, braces and semicolons; those of groups without commas, too."""
    found = [plain_line(re.sub(r"[{};]|(?i:\bet al\b)", "", name)) for name in names]
    found = [name if parse_author_name(name).given else name.replace(",", " ") for name in found]
    return tuple(dict.fromkeys(name for name in found if has_letter(name) and not is_placeholder(name)))


@every_format
def test_any_entry_comes_back(of: CitationFormat) -> None:
    @settings(max_examples=15, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck))
    @given(inventors())
    def invented_entries_come_back(inventor: Inventor) -> None:
        library = inventor.library()
        for paper in map(plain, library.papers):
            alone = replace(library, papers=(paper,), venues=tuple(map(plain_venue, library.venues)))
            [read] = imported(of, alone)
            [entry] = candidate_entries([read], alone, TODAY)
            assert (entry.state, entry.different_keys) == ("unchanged", ())
            assert changed_keys(paper, read) <= LOST[of.id] | CHANGED.keys()

    invented_entries_come_back()


def test_what_a_second_import_says_of_a_grown_list(toy: Library) -> None:
    [first, second] = toy.papers[:2]
    grown = replace(first, title=f"{first.title} Revisited", links=Links(code="https://example.org/x"), volume="7")
    assert different_keys(first, grown, {}) == ("title", *(["links"] if first.links.code else []))
    assert different_keys(grown, first, {}) == ("title", "volume", "links")
    assert different_keys(second, second, {}) == ()
