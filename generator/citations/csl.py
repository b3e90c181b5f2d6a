"""CSL-JSON items, the input of citeproc and Zotero (schema csl-data, version 1.0.2)."""

from typing import Any

from generator.citations.citation import Citation
from generator.citations.names import AuthorName
from generator.content.text import single_line
from generator.content.work_kinds import (
    BOOK,
    CHAPTER,
    CONFERENCE_PAPER,
    COURSE,
    DATASET,
    JOURNAL_ARTICLE,
    PREPRINT,
    REPORT,
    SOFTWARE,
    SPEECH,
    THESIS,
)
from generator.output.json_text import compact_json, drop_empty_values

NUMBER_NAMES = {
    BOOK: "collection-number",
    CHAPTER: "collection-number",
    JOURNAL_ARTICLE: "issue",
}  # instead of "number"
SERIES_KINDS = (BOOK, REPORT, THESIS)  # kinds of works that are part of a series


def csl_item(citation: Citation) -> str:
    """Return a paper's CSL-JSON item, on one line."""
    paper, kind = citation.paper, citation.kind
    preprint = kind is PREPRINT
    values: dict[str, Any] = {
        "id": citation.key,
        "type": kind.csl,
        "title": citation.title,
        "author": [csl_author(name) for name in citation.authors],
        "editor": [csl_author(name) for name in citation.editors],
        "issued": {"date-parts": [citation.date]} if citation.date else None,
        **csl_containers(citation),
        "genre": paper.genre or ("Preprint" if preprint else "Course" if kind is COURSE else ""),
        "publisher": citation.issuer or ("arXiv" if preprint and paper.arxiv else ""),
        "volume": paper.volume,
        **csl_numbers(citation),
        "page": paper.pages,
        "ISBN": paper.isbn,
        "ISSN": paper.issn,
        "language": paper.language,
        "DOI": paper.doi,
        "URL": citation.url,
        "accessed": {"date-parts": [list(map(int, paper.accessed.split("-")))]} if paper.accessed else None,
        "note": paper.note,
        "custom": {"arXiv": paper.arxiv} if paper.arxiv and not preprint else None,  # which CSL has no variable for
        "abstract": single_line(paper.abstract),
    }
    return compact_json(drop_empty_values(values))


def csl_containers(citation: Citation) -> dict[str, str]:
    """Return the titles of what a paper is part of; some styles read an event from the older variable `event`."""
    kind, container = citation.kind, citation.container
    event = container if kind is SPEECH else citation.venue if kind is CONFERENCE_PAPER else ""
    return {
        "collection-title": container if kind in SERIES_KINDS else "",
        "container-title": "" if kind is SPEECH or kind in SERIES_KINDS else container,
        "container-title-short": citation.venue if kind in (JOURNAL_ARTICLE, CONFERENCE_PAPER) else "",
        "event-title": event,
        "event": event if kind is SPEECH else "",
    }


def csl_numbers(citation: Citation) -> dict[str, str | None]:
    """Return a paper's number and edition, under the names that CSL has for them in works of its kind."""
    paper, kind = citation.paper, citation.kind
    edition = {"version" if kind in (SOFTWARE, DATASET) else "edition": paper.edition}
    if kind is PREPRINT and paper.arxiv:
        return {"number": f"arXiv:{paper.arxiv}"} | edition
    return {NUMBER_NAMES.get(kind, "number"): paper.number} | edition


def csl_author(name: AuthorName) -> dict[str, str]:
    """Return a name in CSL-JSON; a name without parts is a literal."""
    if not name.given:
        return {"literal": name.family}
    parts = {"family": name.family, "given": name.given, "non-dropping-particle": name.particle, "suffix": name.suffix}
    return drop_empty_values(parts)
