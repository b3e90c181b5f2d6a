"""RIS records, as specified by Reference Manager and read by Zotero, Mendeley and EndNote."""

import re
from collections.abc import Iterator

from generator.citations.citation import Citation
from generator.content.model import Paper
from generator.content.text import single_line
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
    SOFTWARE,
    SPEECH,
    THESIS,
    WEBPAGE,
)

RIS_NUMBER_TAGS = {BOOK: "M1", CHAPTER: "SV", REPORT: "SN"}  # instead of IS, the number of a journal's issue
GENRE_KINDS = (THESIS, REPORT, WEBPAGE, POST, SPEECH, COURSE)  # whose genre is in M3, where others have a DOI
PAGE_RANGE = re.compile(r"([^-–—,;\s]+)\s*[-–—]+\s*([^-–—,;\s]+)")


def ris_record(citation: Citation) -> str:
    """Return a paper's RIS record, with lines that end in CRLF, as specified."""
    return "".join(f"{tag}  - {single_line(value)}\r\n" for tag, value in ris_fields(citation)) + "ER  - \r\n"


def ris_fields(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the tags of a record with their values, in order."""
    for part in (ris_heading, ris_details, ris_addresses):
        yield from ((tag, value) for tag, value in part(citation) if value)


def ris_heading(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return what, who, when, and where: the tags with which a record begins."""
    paper, date, kind = citation.paper, citation.date, citation.kind
    yield "TY", kind.ris
    yield "ID", citation.key
    yield "TI", citation.title
    yield from (("AU", name.inverted) for name in citation.authors)
    yield from (("ED", name.inverted) for name in citation.editors)
    if date:
        yield "PY", f"{date[0]:04}"
        yield "DA", "/".join([f"{date[0]:04}", *(f"{part:02}" for part in date[1:])]) + "/" * (3 - len(date))
    yield from ris_containers(citation)
    yield "PB", citation.issuer or ("arXiv" if paper.arxiv and kind is PREPRINT else "")


def ris_containers(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the titles of what a paper is part of.

    Of a conference paper, Zotero and EndNote read the conference from `T2` and the proceedings from `C3`; bibutils
    reads the proceedings, and the book of a chapter, from `BT`. A short name is in `J2`, unless it is in `T2`.
    """
    kind, container = citation.kind, citation.container
    yield "T2", citation.event if citation.venue and kind is CONFERENCE_PAPER else container
    if kind is CONFERENCE_PAPER:
        yield "C3", container
    if kind in (CONFERENCE_PAPER, CHAPTER):
        yield "BT", container
    if kind is JOURNAL_ARTICLE or (kind is CONFERENCE_PAPER and citation.event != citation.venue):
        yield "J2", citation.venue


def ris_details(citation: Citation) -> Iterator[tuple[str, str | None]]:
    """Return the tags that say where in a journal, a book or a series a paper is."""
    paper, kind = citation.paper, citation.kind
    yield "VL", paper.volume
    yield RIS_NUMBER_TAGS.get(kind, "IS"), paper.number
    first, last = page_range(paper)
    yield "SP", first
    yield "EP", last
    yield "ET", paper.edition
    yield from ris_standard_numbers(citation)
    yield "M3", (paper.genre or ("Course" if kind is COURSE else None)) if kind in GENRE_KINDS else None
    yield "LA", None if kind is SOFTWARE else paper.language  # of software, Zotero takes it for that of the code
    yield "Y2", paper.accessed and paper.accessed.replace("-", "/")


def page_range(paper: Paper) -> tuple[str, str]:
    """Return the first and last page of a paper; what is no range of pages is taken for the first one."""
    pages = PAGE_RANGE.fullmatch(paper.pages or "")
    return (pages[1], pages[2]) if pages else (paper.pages or "", "")


def ris_standard_numbers(citation: Citation) -> Iterator[tuple[str, str | None]]:
    """Return the ISBN and ISSN of a paper; their tag has the number of a report, and only one of them otherwise."""
    paper, kind = citation.paper, citation.kind
    if kind is REPORT:
        yield "N1", paper.isbn and f"ISBN {paper.isbn}"
        yield "N1", paper.issn and f"ISSN {paper.issn}"
    elif kind is JOURNAL_ARTICLE:
        yield "SN", paper.issn or paper.isbn
    else:
        yield "SN", paper.isbn or paper.issn


def ris_addresses(citation: Citation) -> Iterator[tuple[str, str | None]]:
    """Return the identifiers and addresses of a paper, and its texts."""
    paper = citation.paper
    yield "AN", paper.arxiv and f"arXiv:{paper.arxiv}"
    yield "L1", paper.links.pdf or arxiv_pdf_address(paper)
    yield "DO", paper.doi
    yield "UR", citation.url
    yield "N1", paper.note
    yield "AB", paper.abstract
