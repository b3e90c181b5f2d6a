"""Fetch papers from arXiv's API by their arXiv ids.

Responses are not trusted to have the documented format: a value that does not fit the model is dropped, and information
that has no key in the model becomes a note for the curator.
"""

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from generator.content.model import ArxivClass, ArxivId, Date, Doi, Links, Paper
from generator.content.reader import valid_text
from generator.curate.http import HttpFailure, Service, ServiceConnection, status_text
from generator.curate.importers.identifiers import anthology_id, find_code_address, parse_identifier
from generator.curate.importers.latex import repair_line, repair_tex
from generator.curate.importers.plain_text import (
    MAX_FIELD_CHARS,
    join_paragraphs,
    printable_line,
    quote_found_text,
    response_start,
)
from generator.curate.importers.record import FetchedRecord, FetchOutcome, fetch_in_batches, given_names

ARXIV_SERVICE = Service("arXiv", "ARXIV_API", "https://export.arxiv.org/api", pause=3)  # from its terms of use
ARXIV_BATCH_SIZE = 50  # ids per request
ARXIV_NAMESPACES = {"atom": "http://www.w3.org/2005/Atom", "arxiv": "http://arxiv.org/schemas/atom"}
WITHDRAWAL_NOTICE = re.compile(
    r"(?:paper|article|submission|manuscript|preprint|version|work) (?:has been|have been|is|was) (?:\w+ )?withdrawn|"
    r"^withdrawn\b",
    re.IGNORECASE,
)


def fetch_from_arxiv(ids: Sequence[str], connection: ServiceConnection) -> dict[str, FetchOutcome]:
    """Return a record for each arXiv id, or why there is none."""
    return fetch_in_batches(ids, ARXIV_BATCH_SIZE, lambda batch: fetch_arxiv_batch(batch, connection))


def fetch_arxiv_batch(ids: Sequence[str], connection: ServiceConnection) -> dict[str, FetchOutcome]:
    """Return the records of one request; if arXiv rejects it because of one paper, request each half of the ids."""
    answer = connection.answer(f"/query?id_list={','.join(ids)}&max_results={len(ids)}")
    if isinstance(answer, HttpFailure):
        return dict.fromkeys(ids, answer.words)
    entries = parse_arxiv_feed(answer.body)
    refusal = f"arXiv answered {status_text(answer.status)}" if answer.status != 200 else ""
    if isinstance(entries, str):
        return dict.fromkeys(ids, refusal or entries)
    for entry in entries:
        if "/api/errors" in entry.findtext("atom:id", "", ARXIV_NAMESPACES):
            refusal = f'arXiv answered "{printable_line(entry.findtext("atom:summary", "", ARXIV_NAMESPACES))}"'
    if refusal and len(ids) > 1:
        middle = len(ids) // 2
        return fetch_arxiv_batch(ids[:middle], connection) | fetch_arxiv_batch(ids[middle:], connection)
    known = {} if refusal else dict(map(parse_arxiv_entry, entries))
    return {name: known.get(name) or refusal or f"arXiv knows no paper {name}" for name in ids}


def parse_arxiv_feed(body: bytes) -> list[ElementTree.Element] | str:
    """Return the entries of an Atom feed, or why it cannot be parsed."""
    fault = f"expected an Atom feed, {quote_found_text(response_start(body))}"
    # Atom needs no document type declaration, which could define entities that expand without limit.
    if b"<feed" in body and b"<!DOCTYPE" not in body:
        try:
            root = ElementTree.fromstring(body)
        except (ElementTree.ParseError, LookupError, ValueError) as error:
            fault = str(error)
        else:
            return root.findall("atom:entry", ARXIV_NAMESPACES)
    return f"arXiv's answer cannot be read: {fault}"


def parse_arxiv_entry(entry: ElementTree.Element) -> tuple[str, FetchedRecord | None]:
    """Return an entry's arXiv id and record; an entry without a title does not describe a paper."""

    def said(tag: str) -> str:
        return entry.findtext(tag, "", ARXIV_NAMESPACES)[:MAX_FIELD_CHARS]

    identifier, title = (
        parse_identifier(printable_line(said("atom:id"))),
        repair_line(said("atom:title")),
    )
    if not identifier or not title:
        return "", None
    abstract = repair_tex(unwrap_abstract(said("atom:summary")))
    comment, reference = printable_line(said("arxiv:comment")), printable_line(said("arxiv:journal_ref"))
    registered = printable_line(said("arxiv:doi")).partition(" ")[0].rstrip(",;")  # the first, if there are several
    elsewhere = parse_identifier(registered)
    primary = entry.find("arxiv:primary_category", ARXIV_NAMESPACES)
    notes = (
        "withdrawn" if WITHDRAWAL_NOTICE.search(comment) or WITHDRAWAL_NOTICE.search(abstract[:100]) else "",
        f'comment: "{comment}"' if comment else "",
        f'journal reference: "{reference}"' if reference else "",
    )
    paper = Paper(
        id="",
        title=title,
        authors=given_names(
            repair_line(name.text or "") for name in entry.iterfind("atom:author/atom:name", ARXIV_NAMESPACES)
        ),
        category="",
        abstract=abstract,
        arxiv=valid_text(ArxivId, identifier.value),
        arxiv_class=valid_text(ArxivClass, primary.get("term") if primary is not None else None),
        doi=(valid_text(Doi, registered) or elsewhere.value) if elsewhere and elsewhere.kind == "doi" else None,
        acl_anthology=anthology_id(registered),
        published=valid_text(Date, printable_line(said("atom:published"))[:10]),
        links=Links(code=find_code_address(comment)),
    )
    return identifier.value, FetchedRecord(paper, tuple(filter(None, notes)))


def unwrap_abstract(summary: str) -> str:
    """Return arXiv's abstract with one line per paragraph.

    A paragraph starts after a blank line or with an indented line, unless all lines are indented.
    """
    lines = summary.strip().splitlines()
    marked = any(text and not text[0].isspace() for text in lines[1:])
    starts = [f"\n{text}" if marked and text[:1].isspace() else text for text in lines]
    return join_paragraphs(re.split(r"\n\s*\n", "\n".join(starts)))
