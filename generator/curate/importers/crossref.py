"""Fetch papers from Crossref's API by their DOIs.

Responses are not trusted to have the documented format: a value that does not fit the model is dropped, and information
that has no key in the model becomes a note for the curator.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

from generator.content.model import ArxivId, Date, Doi, Paper, Track, Venue
from generator.content.reader import valid_text
from generator.content.work_kinds import (
    BOOK,
    DOCUMENT,
    JOURNAL_ARTICLE,
    PREPRINT,
    THESIS,
    WorkKind,
    kind_named,
)
from generator.curate.http import Service, ServiceConnection
from generator.curate.importers.entries import full_title
from generator.curate.importers.identifiers import anthology_id, parse_identifier
from generator.curate.importers.json_records import (
    JsonRecord,
    mapping_at,
    mappings_at,
    read_json_answer,
    texts_at,
)
from generator.curate.importers.latex import repair_tex
from generator.curate.importers.markup import markup_to_text
from generator.curate.importers.people import group_name, person_name
from generator.curate.importers.plain_text import MAX_INPUT_CHARS
from generator.curate.importers.record import FetchedRecord, FetchOutcome, given_names
from generator.curate.importers.venues import TRAILING_YEAR, series_and_track
from generator.curate.importers.works import INSTITUTION_KINDS, GivenWork, entry_type, read_work

CROSSREF_SERVICE = Service("Crossref", "CROSSREF_API", "https://api.crossref.org", pause=0.2)  # within its limits
TRACKS_BY_WORK_TYPE: Mapping[str, Track] = {"journal-article": "journal", "proceedings-article": "conference"}
CONFERENCE_NAME = re.compile(r"\bConference\b")  # some, such as AAAI, register their proceedings as a journal
CROSSREF_DATE_KEYS = ("published-print", "published-online", "published", "issued", "posted")
SAME_PAPER_RELATIONS = (
    "has-preprint",
    "is-preprint-of",
    "has-version",
    "is-version-of",
    "is-same-as",
    "is-identical-to",
)


def fetch_from_crossref(dois: Sequence[str], connection: ServiceConnection) -> dict[str, FetchOutcome | None]:
    """Return a record for each DOI, None if it is not registered with Crossref, or why there is none."""
    return {name: fetch_crossref_work(name, connection) for name in dois}


def fetch_crossref_work(name: str, connection: ServiceConnection) -> FetchOutcome | None:
    """Return Crossref's record of a DOI, None if it has none, or why it cannot be had."""

    def read_work_message(answer: Any) -> FetchOutcome:
        work = answer["message"]
        title = work_title(work)
        if not title:
            return f"Crossref has no title for {name}"
        paper = crossref_paper(work, name, title)
        return FetchedRecord(paper, tuple(work_notes(work, paper.container)))

    return read_json_answer(connection, f"/works/{quote(name, safe='')}", "a work", read_work_message)


def work_title(work: JsonRecord) -> str:
    """Return a work's title and subtitle, unless the title already contains the subtitle."""
    title, subtitle = (next(iter(texts_at(work, key)), "").rstrip(": ") for key in ("title", "subtitle"))
    return title if subtitle.lower() in title.lower() else full_title(title, subtitle)


def crossref_paper(work: JsonRecord, name: str, title: str) -> Paper:
    """Return a paper with Crossref's metadata."""
    registered = next(iter(texts_at(work, "DOI")), name)
    related = (part for key in SAME_PAPER_RELATIONS for part in mappings_at(mapping_at(work, "relation"), key))
    preprints = (parse_identifier(next(iter(texts_at(part, "id")), "")) for part in related)
    kind, venue = crossref_kind(work), work_venue(work)
    paper, _ = read_work(given_crossref_work(work, kind, title))
    return replace(
        paper,
        type=entry_type(kind, venue),
        arxiv=next((valid_text(ArxivId, one.value) for one in preprints if one and one.kind == "arxiv"), None),
        doi=valid_text(Doi, registered),
        acl_anthology=anthology_id(registered),
        published=earliest_date(work_date(work, key) for key in CROSSREF_DATE_KEYS),
        venue=venue,
        container=None if venue else paper.container,
    )


def crossref_kind(work: JsonRecord) -> WorkKind:
    """Return what kind of work it is."""
    return kind_named(next(iter(texts_at(work, "type")), "")) or DOCUMENT


def given_crossref_work(work: JsonRecord, kind: WorkKind, title: str) -> GivenWork:
    """Return what Crossref says about a work of a kind, except for its identifiers, dates, and venue.

    Of two titles that a chapter or conference paper is part of, the first is that of the series.
    """

    def said(*keys: str) -> str:
        return next((text for key in keys for text in texts_at(work, key)), "")

    containers = texts_at(work, "container-title")
    institution = next((name for part in institutions(work) for name in texts_at(part, "name")), "")
    behind = institution or said("publisher")
    return GivenWork(
        kind=kind,
        title=title,
        authors=given_names(map(crossref_name, mappings_at(work, "author"))),
        editors=given_names(map(crossref_name, mappings_at(work, "editor"))),
        abstract=repair_tex(work_abstract(work)),
        book=containers[-1] if containers and kind is not BOOK else "",
        series=containers[0] if containers else "",
        volume=said("volume"),
        number=said("issue"),
        pages=said("page", "article-number"),
        edition=said("edition-number"),
        publisher=""
        if kind in (JOURNAL_ARTICLE, *INSTITUTION_KINDS)
        else behind
        if kind is PREPRINT
        else said("publisher"),
        institution=behind if kind in INSTITUTION_KINDS else "",
        genre=said("degree") if kind is THESIS else "",
        isbn=" ".join(texts_at(work, "ISBN")),
        issn=" ".join(texts_at(work, "ISSN")),
        language=said("language"),
    )


def institutions(work: JsonRecord) -> list[JsonRecord]:
    """Return the institutions behind a work: Crossref gives one as such, or several in a list."""
    return [mapping_at(work, "institution"), *mappings_at(work, "institution")]


def crossref_name(part: JsonRecord) -> str:
    """Return a person's name, or an organization's."""
    family, given, suffix, name = (next(iter(texts_at(part, key)), "") for key in ("family", "given", "suffix", "name"))
    return person_name(family, given, suffix) if family else group_name(name or given)


def work_abstract(work: JsonRecord) -> str:
    """Return the abstract with one line per paragraph, without the heading "Abstract"."""
    markup = work.get("abstract")
    first, *rest = markup_to_text(markup if isinstance(markup, str) else "").split("\n\n")
    return "\n\n".join(rest if first.lower().strip(".: ") == "abstract" else [first, *rest])


def work_venue(work: JsonRecord) -> Venue | None:
    """Return the venue of a work, under its short name if there is one; None for books, preprints, and the like."""
    track = work_track(work)
    series = journal_series(work) if track == "journal" else proceedings_series(work) if track else None
    days = (
        work_date(mapping_at(work, "event"), "start") if track != "journal" else "",
        *(work_date(work, key) for key in CROSSREF_DATE_KEYS),
    )
    year = next((int(day[:4]) for day in days if day), 0)
    return Venue(series[0], year, series[1]) if series and year else None


def work_track(work: JsonRecord) -> Track | None:
    """Return whether a work appeared in a journal or in proceedings, judging by its type, container, and event."""
    track = TRACKS_BY_WORK_TYPE.get(work_type(work))
    names = " ".join((*texts_at(work, "container-title"), *texts_at(mapping_at(work, "event"), "name")))
    return "conference" if track == "journal" and CONFERENCE_NAME.search(names) else track


def journal_series(work: JsonRecord) -> tuple[str, Track] | None:
    """Return a journal's name in the shortest form that Crossref has."""
    names = (*texts_at(work, "short-container-title"), *texts_at(work, "container-title"))
    return (names[0], "journal") if names else None


def proceedings_series(work: JsonRecord) -> tuple[str, Track] | None:
    """Return the name and track of a proceedings series.

    The shortest name wins, except that a workshop's name comes before the name of its host conference, which is often
    given as the event.
    """
    event = mapping_at(work, "event")
    acronyms, events = texts_at(event, "acronym"), texts_at(event, "name")
    if acronyms:
        events = [f"{name} ({acronyms[0]})" for name in events]
    short_name = next(iter((*acronyms, *texts_at(work, "short-container-title"))), "")[:MAX_INPUT_CHARS]
    names = filter(None, (*texts_at(work, "container-title"), *events, TRAILING_YEAR.sub("", short_name)))
    series = filter(None, (series_and_track(name[:MAX_INPUT_CHARS].strip(), short_name, book=True) for name in names))
    name, track = min(series, key=lambda one: (one[1] == "conference", len(one[0])), default=("", "conference"))
    return (TRAILING_YEAR.sub("", name) or name, track) if name else None


def work_date(work: JsonRecord, key: str) -> str:
    """Return a date as precisely as it is known, such as 2017-01, or an empty string: Crossref also has `[[null]]`."""
    value = mapping_at(work, key).get("date-parts")
    numbers = value[0][:3] if isinstance(value, list) and value and isinstance(value[0], list) else []
    day = ""
    for count in range(1, len(numbers) + 1):
        try:
            year, month, day_ = (*map(int, numbers[:count]), *(1,) * (3 - count))
            day = date(year, month, day_).isoformat()[: 1 + 3 * count]
        except (TypeError, ValueError, OverflowError):
            break
    return valid_text(Date, day) or ""


def earliest_date(days: Iterable[str]) -> str | None:
    """Return the earliest date; between 2017 and 2017-01, the more precise one."""
    return min(filter(None, days), key=lambda day: f"{day}~", default=None)


def work_notes(work: JsonRecord, container: str | None = None) -> Iterator[str]:
    """Yield what Crossref says about a work that has no place in its entry, which has this container."""
    for part in mappings_at(work, "updated-by"):
        yield f"{work_type(part)}: see {' '.join(texts_at(part, 'DOI'))}"
    for part in mappings_at(work, "update-to"):
        yield f"not a paper but the {work_type(part)} of {' '.join(texts_at(part, 'DOI'))}"
    if not kind_named(next(iter(texts_at(work, "type")), "")):
        yield f'type: "{work_type(work)}"'
    for text in texts_at(work, "container-title"):
        if text != container:
            yield f'published in: "{text}"'
    for text in texts_at(mapping_at(work, "event"), "name"):
        yield f'event: "{text}"'


def work_type(work: JsonRecord) -> str:
    """Return the type of a work or an update, such as a journal article or a retraction."""
    return " ".join(texts_at(work, "type")[:1]).replace("_", " ")
