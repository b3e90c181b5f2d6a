"""COinS context objects, which let Zotero recognize the papers listed on a page.

A context object is an OpenURL (ANSI/NISO Z39.88-2004) of URL-encoded key-value pairs, in the title of an empty element
of class `Z3988`. If there are very many authors, it names the first ones. What the formats for journals, books and
dissertations have no genre for, such as preprints, uses Dublin Core, with Zotero's name of the type.
"""

from collections.abc import Iterator
from urllib.parse import quote_plus

from generator.citations.citation import MAX_NAMED_AUTHORS, Citation, cited_version_date
from generator.citations.names import OTHER_AUTHORS, AuthorName
from generator.content.work_kinds import BOOK, REPORT


def context_object(citation: Citation) -> str:
    """Return a paper's context object, as an attribute of HTML can hold it.

    It has no quotes and no semicolons, and without those an ampersand begins no character reference.
    """
    return "&".join(f"{key}={quote_plus(value, safe=',/:')}" for key, value in context_object_pairs(citation))


def context_object_pairs(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the keys and values of a context object."""
    paper, (form, genre) = citation.paper, citation.kind.coins
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"
    if genre:
        yield "rft.type" if form == "dc" else "rft.genre", genre
    yield from context_object_titles(citation)
    if citation.date:
        yield "rft.date", cited_version_date(citation)
    yield from context_object_people(citation)
    yield from ((key, value) for key, value in context_object_details(citation) if value)
    if paper.doi:
        yield "rft_id", f"info:doi/{paper.doi}"
    if citation.url:
        yield "rft.identifier" if form == "dc" else "rft_id", citation.url


def context_object_people(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the first authors, or else the editors, whom only `contributor` can name.

    Zotero takes the last word of a name without a comma for the family name, so the names of groups are family names.
    """
    authors = [name for name in citation.authors if name != OTHER_AUTHORS]
    for name in authors[:1]:
        yield "rft.aulast", name.surname
        if name.given:
            yield "rft.aufirst", name.given
    for name in authors[1:MAX_NAMED_AUTHORS]:
        yield ("rft.au", whole_name(name)) if name.given else ("rft.aulast", name.family)
    for name in () if authors else citation.editors[:MAX_NAMED_AUTHORS]:
        yield "rft.contributor", whole_name(name)


def whole_name(name: AuthorName) -> str:
    """Return a name as one text, the family name first: `Smith, John Jr.`"""
    return f"{name.surname}, {f'{name.given} {name.suffix}'.strip()}" if name.given else name.family


def context_object_titles(citation: Citation) -> Iterator[tuple[str, str]]:
    """Return the titles of a work and of what it is part of, under the keys of its format."""
    form, container = citation.kind.coins[0], citation.container
    if citation.kind is BOOK:
        yield "rft.btitle", citation.title
        if container:
            yield "rft.series", container
    elif form in ("dc", "dissertation"):
        yield "rft.title", citation.title
        if container:
            yield "rft.source", container
    elif citation.kind is REPORT:
        yield "rft.btitle", citation.title
    else:
        if container:
            yield "rft.jtitle" if form == "journal" else "rft.btitle", container
        if form == "journal" and citation.venue:
            yield "rft.stitle", citation.venue
        yield "rft.atitle", citation.title


def context_object_details(citation: Citation) -> Iterator[tuple[str, str | None]]:
    """Return where in a journal or book a paper is, and who published it."""
    paper, form = citation.paper, citation.kind.coins[0]
    if form == "dissertation":
        yield "rft.inst", citation.issuer
        yield "rft.degree", paper.genre
    else:
        yield "rft.pub" if form == "book" else "rft.publisher", citation.issuer
    if form != "dc":
        yield "rft.volume", paper.volume
        yield "rft.issue", paper.number
        yield "rft.pages", paper.pages
        yield "rft.edition", paper.edition
        yield "rft.isbn", paper.isbn
        yield "rft.issn", paper.issn
    yield "rft.language", paper.language
