"""The meta tags by which Google Scholar and Zotero know what a paper's page is about.

The `citation_*` tags are those of HighWire Press. They have no type: a reader takes it from the tag that names what the
work is part of, and Zotero otherwise sees a journal article. So `z:itemType`, a property of Zotero's, names the type,
and the Dublin Core has what HighWire has no tags for: in `DC.source` what other works are part of, in `DC.type` the
genre. Zotero reads all properties of its own.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.citations.citation import Citation, cited_version_date
from generator.citations.names import OTHER_AUTHORS, AuthorName
from generator.citations.ris import page_range
from generator.content.web_addresses import arxiv_pdf_address
from generator.content.work_kinds import (
    BOOK,
    CHAPTER,
    CONFERENCE_PAPER,
    COURSE,
    JOURNAL_ARTICLE,
    POST,
    PREPRINT,
    REPORT,
    THESIS,
    WEBPAGE,
)
from generator.site.catalogue import Catalogue

HIGHWIRE_CONTAINER_TAGS = {  # for kinds of works that HighWire knows
    BOOK: "citation_series_title",
    CHAPTER: "citation_inbook_title",
    CONFERENCE_PAPER: "citation_conference_title",
    JOURNAL_ARTICLE: "citation_journal_title",
}
WEB_PAGES = (WEBPAGE, POST, COURSE)
HIGHWIRE_ISSUER_TAGS = {THESIS: "citation_dissertation_institution", REPORT: "citation_technical_report_institution"}
HIGHWIRE_NUMBER_TAGS = {JOURNAL_ARTICLE: "citation_issue", REPORT: "citation_technical_report_number"}


def citation_meta_tags(catalogue: Catalogue, citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the names and contents of a paper's meta tags."""
    paper = citation.paper
    for part in (tags_of_people_and_date, tags_of_containers, tags_of_numbers, tags_of_addresses):
        yield from ((name, content) for name, content in part(citation) if content)
    if paper.tags:
        yield "citation_keywords", "; ".join(catalogue.terms[tag].name for tag in paper.tags)


def tags_of_people_and_date(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the tags that say what a work is, who made it, and when."""
    paper = citation.paper
    yield "z:itemType", citation.kind.zotero
    yield "DC.type", paper.genre or ""
    yield "citation_title", citation.title
    yield from (("citation_author", tag_name(name)) for name in citation.authors if name != OTHER_AUTHORS)
    yield from (("citation_editor", tag_name(name)) for name in citation.editors if name != OTHER_AUTHORS)
    yield "citation_publication_date", cited_version_date(citation, "/")
    if paper.venue and paper.published:
        yield "citation_online_date", paper.published.replace("-", "/")
    yield "citation_language", paper.language or ""


def tag_name(name: AuthorName) -> str:
    """Return a name, the family name first; by a comma after it, a group's name of several words stays whole."""
    return name.inverted if name.given or " " not in name.family else f"{name.family},"


def tags_of_containers(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the tags that say what a work is part of and who published it."""
    paper, kind = citation.paper, citation.kind
    if kind is CONFERENCE_PAPER and citation.venue:
        yield "citation_inbook_title", citation.container
    event = citation.event if kind is CONFERENCE_PAPER else ""
    yield HIGHWIRE_CONTAINER_TAGS.get(kind, "DC.source"), event or citation.container or site_name(citation)
    yield "citation_journal_abbrev", citation.venue if kind is JOURNAL_ARTICLE else ""
    yield (
        HIGHWIRE_ISSUER_TAGS.get(kind, "citation_publisher"),
        citation.issuer or ("arXiv" if kind is PREPRINT and paper.arxiv else ""),
    )


def site_name(citation: Citation) -> str:
    """Return who published a page of the web, or else its host; without any, Zotero takes this site for its own."""
    return (citation.issuer or urlsplit(citation.url).netloc) if citation.kind in WEB_PAGES else ""


def tags_of_numbers(citation: Citation) -> Iterator[tuple[str, str | None]]:
    """Return the tags with the numbers of a work and its place in what it is part of."""
    paper, kind = citation.paper, citation.kind
    first, last = page_range(paper)
    yield "citation_volume", paper.volume
    yield HIGHWIRE_NUMBER_TAGS.get(kind, ""), paper.number if kind in HIGHWIRE_NUMBER_TAGS else None
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_isbn", paper.isbn
    yield "citation_issn", paper.issn


def tags_of_addresses(citation: Citation) -> Iterator[tuple[str, str | None]]:
    """Return the tags with the identifiers and addresses of a work."""
    paper = citation.paper
    yield "citation_doi", paper.doi
    yield "citation_arxiv_id", paper.arxiv
    yield "z:archiveID", f"arXiv:{paper.arxiv}" if paper.arxiv and citation.kind is PREPRINT else None
    yield "citation_pdf_url", paper.links.pdf or arxiv_pdf_address(paper)
    yield "citation_public_url", citation.url
