"""RIS records, as specified by Reference Manager and read by Zotero, Mendeley and EndNote."""

from collections.abc import Iterator

from generator.citations.citation import Citation
from generator.content.text import single_line
from generator.content.web_addresses import arxiv_pdf_address

RIS_TYPES = {"conference": "CONF", "journal": "JOUR", "preprint": "UNPB"}


def ris_record(citation: Citation) -> str:
    """Return a paper's RIS record, with lines that end in CRLF, as specified."""
    return "".join(f"{tag}  - {single_line(value)}\r\n" for tag, value in ris_fields(citation)) + "ER  - \r\n"


def ris_fields(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the tags of a record with their values, in order."""
    paper, date = citation.paper, citation.date
    yield "TY", RIS_TYPES[citation.kind]
    yield "ID", citation.key
    yield "TI", citation.title
    yield from (("AU", name.inverted) for name in citation.authors)
    if date:
        yield "PY", f"{date[0]:04}"
        yield "DA", "/".join([f"{date[0]:04}", *(f"{part:02}" for part in date[1:])]) + "/" * (3 - len(date))
    if citation.container:
        yield "T2", citation.container
        if citation.kind == "conference":
            yield "C3", citation.container  # the tag that Zotero reads as the title of the proceedings
    elif paper.arxiv:
        yield "PB", "arXiv"
    if paper.arxiv:
        yield "AN", f"arXiv:{paper.arxiv}"
        yield "L1", arxiv_pdf_address(paper)
    if paper.doi:
        yield "DO", paper.doi
    if citation.url:
        yield "UR", citation.url
    if paper.abstract:
        yield "AB", paper.abstract
