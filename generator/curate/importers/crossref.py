"""Fetch papers from Crossref's API by their DOIs.

Responses are not trusted to have the documented format: a value that does not fit the model is dropped, and information
that has no key in the model becomes a note for the curator.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from generator.content.model import ArxivId, Date, Doi, Paper, Track, Venue
from generator.content.reader import valid_text
from generator.curate.http import HttpFailure, Service, ServiceConnection, status_text
from generator.curate.importers.entries import full_title
from generator.curate.importers.identifiers import anthology_id, parse_identifier
from generator.curate.importers.latex import repair_line, repair_tex
from generator.curate.importers.markup import markup_to_text
from generator.curate.importers.plain_text import (
    MAX_INPUT_CHARS,
    printable_line,
    quote_found_text,
    response_start,
)
from generator.curate.importers.record import FetchedRecord, FetchOutcome, unique_names
from generator.curate.importers.venues import series_and_track

CROSSREF_SERVICE = Service("Crossref", "CROSSREF_API", "https://api.crossref.org", pause=0.2)  # within its limits
TRACKS_BY_WORK_TYPE: Mapping[str, Track] = {"journal-article": "journal", "proceedings-article": "conference"}
CONFERENCE_NAME = re.compile(r"\bConference\b")  # some, such as AAAI, register their proceedings as a journal
TRAILING_YEAR = re.compile(r"[\s-]*(?:['’][0-9]{2}|(?:19|20)[0-9]{2})$")
CROSSREF_DATE_KEYS = ("published-print", "published-online", "published", "issued", "posted")
SAME_PAPER_RELATIONS = (
    "has-preprint",
    "is-preprint-of",
    "has-version",
    "is-version-of",
    "is-same-as",
    "is-identical-to",
)
CrossrefWork = Mapping[str, Any]


def fetch_from_crossref(dois: Sequence[str], connection: ServiceConnection) -> dict[str, FetchOutcome]:
    """Return a record for each DOI, or why there is none."""
    return {name: fetch_crossref_work(name, connection) for name in dois}


def fetch_crossref_work(name: str, connection: ServiceConnection) -> FetchOutcome:
    """Return Crossref's record of a DOI, or why there is none."""
    answer = connection.answer(f"/works/{quote(name, safe='')}")
    if isinstance(answer, HttpFailure):
        return answer.words
    if answer.status == 404:
        return f"Crossref knows no DOI {name}: if it exists, another agency such as DataCite registered it"
    if answer.status != 200:
        return f"Crossref answered {status_text(answer.status)}"
    try:
        work = json.loads(answer.body)["message"]
        title = work_title(work)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        start = quote_found_text(response_start(answer.body))
        return f"Crossref's answer cannot be read: expected a work as JSON, {start}"
    return (
        FetchedRecord(crossref_paper(work, name, title), tuple(work_notes(work)))
        if title
        else f"Crossref has no title for {name}"
    )


def work_title(work: CrossrefWork) -> str:
    """Return a work's title and subtitle, unless the title already contains the subtitle."""
    title, subtitle = (next(iter(texts_at(work, key)), "").rstrip(": ") for key in ("title", "subtitle"))
    return title if subtitle.lower() in title.lower() else full_title(title, subtitle)


def crossref_paper(work: CrossrefWork, name: str, title: str) -> Paper:
    """Return a paper with Crossref's metadata."""
    registered = next(iter(texts_at(work, "DOI")), name)
    related = (part for key in SAME_PAPER_RELATIONS for part in mappings_at(mapping_at(work, "relation"), key))
    preprints = (parse_identifier(next(iter(texts_at(part, "id")), "")) for part in related)
    return Paper(
        id="",
        title=title,
        authors=unique_names(map(crossref_author_name, mappings_at(work, "author"))),
        category="",
        abstract=repair_tex(work_abstract(work)),
        arxiv=next((valid_text(ArxivId, one.value) for one in preprints if one and one.kind == "arxiv"), None),
        doi=valid_text(Doi, registered),
        acl_anthology=anthology_id(registered),
        published=earliest_date(work_date(work, key) for key in CROSSREF_DATE_KEYS),
        venue=work_venue(work),
    )


def crossref_author_name(part: CrossrefWork) -> str:
    """Return a person's full name, or an organization's name."""
    return " ".join(text for key in ("given", "family", "suffix") for text in texts_at(part, key)[:1]) or " ".join(
        texts_at(part, "name")[:1]
    )


def work_abstract(work: CrossrefWork) -> str:
    """Return the abstract with one line per paragraph, without the heading "Abstract"."""
    markup = work.get("abstract")
    first, *rest = markup_to_text(markup if isinstance(markup, str) else "").split("\n\n")
    return "\n\n".join(rest if first.lower().strip(".: ") == "abstract" else [first, *rest])


def work_venue(work: CrossrefWork) -> Venue | None:
    """Return the venue of a work, under its short name if there is one; None for books, preprints, and the like."""
    track = work_track(work)
    series = journal_series(work) if track == "journal" else proceedings_series(work) if track else None
    days = (
        work_date(mapping_at(work, "event"), "start") if track != "journal" else "",
        *(work_date(work, key) for key in CROSSREF_DATE_KEYS),
    )
    year = next((int(day[:4]) for day in days if day), 0)
    return Venue(series[0], year, series[1]) if series and year else None


def work_track(work: CrossrefWork) -> Track | None:
    """Return whether a work appeared in a journal or in proceedings, judging by its type, container, and event."""
    track = TRACKS_BY_WORK_TYPE.get(work_type(work))
    names = " ".join((*texts_at(work, "container-title"), *texts_at(mapping_at(work, "event"), "name")))
    return "conference" if track == "journal" and CONFERENCE_NAME.search(names) else track


def journal_series(work: CrossrefWork) -> tuple[str, Track] | None:
    """Return a journal's name in the shortest form that Crossref has."""
    names = (*texts_at(work, "short-container-title"), *texts_at(work, "container-title"))
    return (names[0], "journal") if names else None


def proceedings_series(work: CrossrefWork) -> tuple[str, Track] | None:
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


def work_date(work: CrossrefWork, key: str) -> str:
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


def work_notes(work: CrossrefWork) -> Iterator[str]:
    """Yield what Crossref says about a work that has no key in the model."""
    for part in mappings_at(work, "updated-by"):
        yield f"{work_type(part)}: see {' '.join(texts_at(part, 'DOI'))}"
    for part in mappings_at(work, "update-to"):
        yield f"not a paper but the {work_type(part)} of {' '.join(texts_at(part, 'DOI'))}"
    if work_type(work) not in TRACKS_BY_WORK_TYPE:
        yield f'type: "{work_type(work)}"'
    for text in texts_at(work, "container-title"):
        yield f'published in: "{text}"'
    for text in texts_at(mapping_at(work, "event"), "name"):
        yield f'event: "{text}"'


def work_type(work: CrossrefWork) -> str:
    """Return the type of a work or an update, such as a journal article or a retraction."""
    return " ".join(texts_at(work, "type")[:1]).replace("_", " ")


def mapping_at(work: CrossrefWork, key: str) -> CrossrefWork:
    """Return the mapping under a key, or an empty one."""
    value = work.get(key)
    return value if isinstance(value, dict) else {}


def mappings_at(work: CrossrefWork, key: str) -> list[CrossrefWork]:
    """Return the mappings in the list under a key."""
    value = work.get(key)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def texts_at(work: CrossrefWork, key: str) -> list[str]:
    """Return the string or strings under a key, each on one line without markup."""
    value = work.get(key)
    lines = (
        repair_line(printable_line(markup_to_text(text)))
        for text in (value if isinstance(value, list) else [value])
        if isinstance(text, str)
    )
    return [text for text in lines if text]
