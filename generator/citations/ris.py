"""RIS records, as specified by Reference Manager and read by Zotero, Mendeley and EndNote."""

import re
from collections.abc import Iterator

from generator.citations.citation import Citation
from generator.content.text import single_line
from generator.content.web_addresses import arxiv_pdf_address
from generator.content.work_kinds import (
    BOOK,
    CONFERENCE_PAPER,
    JOURNAL_ARTICLE,
    POST,
    PREPRINT,
    REPORT,
    SPEECH,
    THESIS,
    WEBPAGE,
)

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
    yield from (("A3" if kind is BOOK else "A2", name.inverted) for name in citation.editors)
    if date:
        yield "PY", f"{date[0]:04}"
        yield "DA", "/".join([f"{date[0]:04}", *(f"{part:02}" for part in date[1:])]) + "/" * (3 - len(date))
    yield "T2", citation.container
    if kind is CONFERENCE_PAPER:
        yield "C3", citation.container  # the tag that Zotero reads as the title of the proceedings
    yield "PB", citation.issuer or ("arXiv" if paper.arxiv and kind is PREPRINT else "")


def ris_details(citation: Citation) -> Iterator[tuple[str, str | None]]:
    """Return the tags that say where in a journal, a book or a series a paper is.

    The number has the tag by which Zotero knows it: `SN` of reports, `IS` of journals, otherwise `M1`.
    """
    paper, kind = citation.paper, citation.kind
    yield "VL", paper.volume
    yield "SN" if kind is REPORT else "IS" if kind is JOURNAL_ARTICLE else "M1", paper.number
    pages = PAGE_RANGE.fullmatch(paper.pages or "")
    yield "SP", pages[1] if pages else paper.pages
    yield "EP", pages and pages[2]
    yield "ET", paper.edition
    yield "SN", paper.isbn
    yield "SN", paper.issn
    yield "M3", paper.genre if kind in (THESIS, REPORT, WEBPAGE, POST, SPEECH) else None
    yield "LA", paper.language
    yield "Y2", paper.accessed and paper.accessed.replace("-", "/")


def ris_addresses(citation: Citation) -> Iterator[tuple[str, str | None]]:
    """Return the identifiers and addresses of a paper, and its texts."""
    paper = citation.paper
    yield "AN", paper.arxiv and f"arXiv:{paper.arxiv}"
    yield "L1", paper.links.pdf or arxiv_pdf_address(paper)
    yield "DO", paper.doi
    yield "UR", citation.url
    yield "N1", paper.note
    yield "AB", paper.abstract
