"""Compare an imported work with the entry of the same work: which keys differ.

An entry says more than its citation, and programs write some values in other ways. A value therefore differs only if it
is neither in accord with the entry, nor with what an import reads in a citation of the entry. So the list's own exports
never differ from the list, and other files only where they say something else.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from generator.citations.bibtex import THESIS_GENRES
from generator.citations.citation import Citation, cited_year, paper_citation
from generator.citations.csl import SERIES_KINDS
from generator.citations.names import AuthorName, is_others
from generator.content.model import Links, Paper, Venue
from generator.content.reader import keys_of
from generator.content.standard_numbers import normalized_isbn
from generator.content.text import normalized_text, single_line
from generator.content.venues import VenuesByName
from generator.content.web_addresses import labeled_addresses
from generator.content.work_kinds import (
    CONFERENCE_PAPER,
    DOCUMENT,
    JOURNAL_ARTICLE,
    PREPRINT,
    SPEECH,
    WorkKind,
    work_kind,
)
from generator.curate.importers.people import group_name, person_name
from generator.curate.importers.published_text import published_line, published_paragraphs
from generator.curate.importers.works import INSTITUTION_KINDS, GivenWork, read_work

CURATED_KEYS = frozenset(
    "category tags summary why questions relations aliases introduces distinct_from replaces retired added "
    "revised".split()
)
UNCOMPARED_KEYS = CURATED_KEYS | {"id", "arxiv_class", "accessed"}
COMPARED_KEYS = tuple(key for key in keys_of(Paper) if key not in UNCOMPARED_KEYS)  # which sources know
DASHES = re.compile(r"\s*[-–—]+\s*")
CITED_TEXTS = "volume number pages edition genre isbn issn language note".split()  # as they are in the entry
COMPARABLE_FORMS: Mapping[str, Callable[[str], str]] = {  # in which two values of a key are equal; others as one line
    "doi": str.lower,
    "isbn": normalized_isbn,
    "container": lambda title: single_line(title).strip(" ,;:."),
    "language": str.lower,
    "pages": lambda pages: DASHES.sub("–", pages),
    "url": lambda address: address.rstrip("/"),
}


def different_keys(candidate: Paper, entry: Paper, venues: VenuesByName) -> tuple[str, ...]:
    """Return the keys that an imported work has with another value than an entry of the same work."""
    keys = [key for key in COMPARED_KEYS if not agrees(candidate, entry, key)]
    forms = cited_forms(entry, venues) if keys else ()
    known = "published" if have_days(candidate, entry) else ""  # a citation's year says less than the two days
    return tuple(key for key in keys if key == known or not any(agrees(candidate, form, key) for form in forms))


def have_days(*papers: Paper) -> bool:
    """Return whether each paper's date has a day."""
    return all(len(paper.published or "") == len("2017-01-26") for paper in papers)


def agrees(candidate: Paper, entry: Paper, key: str) -> bool:
    """Return whether an imported work has no value of a key, or one in accord with an entry."""
    mine, theirs = getattr(candidate, key), getattr(entry, key)
    if not mine or mine == theirs:
        return True
    if key == "type":
        kinds = [work_kind(paper) for paper in (candidate, entry)]
        return kinds[0] is PREPRINT or kinds[0].csl == kinds[1].csl
    if isinstance(mine, Links):
        return all(getattr(mine, link.name) in (None, getattr(theirs, link.name)) for link in fields(Links))
    if isinstance(mine, Venue):
        names = {entry.container, theirs.name if theirs else None}
        return mine.name in names and cited_year(entry) in (None, mine.year)
    if isinstance(mine, tuple):
        return names_agree(mine, theirs)
    return text_agrees(mine, entry, key)


def text_agrees(mine: str, entry: Paper, key: str) -> bool:
    """Return whether a text is in accord with an entry: with its key, or with another one that says the same."""
    form = COMPARABLE_FORMS.get(key, single_line)
    theirs = {form(text) for text in equivalent_texts(entry, key) if text}
    return form(mine) in theirs or (key == "published" and date_agrees(mine, entry))


def date_agrees(mine: str, entry: Paper) -> bool:
    """Return whether a date is that of an entry, or that of the version that its venue published later."""
    known = entry.published or f"{cited_year(entry) or 0:04}"
    return known.startswith(mine) or (bool(entry.venue) and known < mine and int(mine[:4]) == cited_year(entry))


def equivalent_texts(entry: Paper, key: str) -> list[str | None]:
    """Return the texts of an entry that a value of a key may repeat."""
    match key:
        case "title":
            return [entry.title, entry.published_title]
        case "container":
            return [entry.container, entry.venue.name if entry.venue else None]
        case "publisher" | "institution":
            return [entry.publisher, entry.institution]
        case "url":
            return [address for _, address in labeled_addresses(entry)]
        case "genre":
            return [entry.genre, *(THESIS_GENRES.values() if not entry.genre and entry.type == "thesis" else ())]
    return [getattr(entry, key)]


def names_agree(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Return whether names have the same words, or are the first ones of a longer list if the last one says so.

    Where the family name begins, or whether it is that of a group, some formats cannot say.
    """
    first = mine[:-1] if is_others(mine[-1]) else mine
    known = theirs[: len(first)] if first != mine else theirs
    return list(map(name_words, first)) == list(map(name_words, known))


def name_words(name: str) -> list[str]:
    """Return the words of a name, in an order of their own."""
    return sorted(normalized_text(name).split()) or [name]


def cited_forms(entry: Paper, venues: VenuesByName) -> tuple[Paper, ...]:
    """Return an entry as an import reads it in its own citation, which has arXiv id and genre in some formats only."""
    given = cited_work(entry, venues)
    works = {replace(given, arxiv=arxiv, genre=genre) for arxiv in (given.arxiv, None) for genre in (given.genre, "")}
    return tuple(replace(read_work(work)[0], links=entry.links) for work in works)


def cited_work(entry: Paper, venues: VenuesByName) -> GivenWork:
    """Return what the citation of an entry says."""
    citation = paper_citation(entry, "", venues)
    paper, kind = citation.paper, citation.kind
    return GivenWork(
        kind=kind,
        title=published_line(citation.title),
        authors=tuple(map(cited_name, citation.authors)),
        editors=tuple(map(cited_name, citation.editors)),
        **cited_containers(citation, kind),
        date="-".join(f"{part:0{4 if place == 0 else 2}}" for place, part in enumerate(citation.date)),
        abstract=published_paragraphs(entry.abstract),
        publisher="" if kind in INSTITUTION_KINDS else published_line(citation.issuer),
        institution=published_line(citation.issuer) if kind in INSTITUTION_KINDS else "",
        **{key: published_line(getattr(paper, key) or "") for key in CITED_TEXTS},
        arxiv=paper.arxiv,
        doi=paper.doi,
        acl_anthology=paper.acl_anthology,
        addresses=(citation.url,) if citation.url else (),
    )


def cited_name(name: AuthorName) -> str:
    """Return a name as an import writes it."""
    if not name.given:
        return group_name(published_line(name.family))
    return person_name(*map(published_line, (name.surname, name.given, name.suffix)))


def cited_containers(citation: Citation, kind: WorkKind) -> dict[str, Any]:
    """Return the titles of what a work is part of, under their names in a `GivenWork`."""
    container, venue = published_line(citation.container), published_line(citation.venue)
    if kind is JOURNAL_ARTICLE:
        return {"journal": container, "short": venue}
    if kind is CONFERENCE_PAPER:
        return {"book": container, "event": venue}
    return {"series" if kind in (*SERIES_KINDS, DOCUMENT) else "event" if kind is SPEECH else "book": container}
