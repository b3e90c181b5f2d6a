"""Fetch works from DataCite's API by their DOIs: data, software, and much else in repositories such as Zenodo.

The answers are resources of JSON:API, whose attributes have the names of DataCite's metadata schema 4. They are not
trusted to have the documented form: a value that does not fit the model is dropped.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from generator.content.model import Doi, Paper
from generator.content.reader import valid_text
from generator.content.text import normalized_text
from generator.content.work_kinds import (
    DATASET,
    DOCUMENT,
    JOURNAL_ARTICLE,
    REPORT,
    SPEECH,
    THESIS,
    WorkKind,
    kind_named,
)
from generator.curate.http import Service, ServiceConnection
from generator.curate.importers.dates import date_in
from generator.curate.importers.entries import full_title
from generator.curate.importers.json_records import JsonRecord, mapping_at, mappings_at, read_json_answer, texts_at
from generator.curate.importers.people import group_name, person_name
from generator.curate.importers.published_text import published_paragraphs
from generator.curate.importers.record import FetchedRecord, FetchOutcome, given_names
from generator.curate.importers.references import (
    inverted_name,
)
from generator.curate.importers.works import INSTITUTION_KINDS, GivenWork, read_work

DATACITE_SERVICE = Service("DataCite", "DATACITE_API", "https://api.datacite.org", pause=0.2)  # within its limits
GENERAL_KINDS: Mapping[str, WorkKind] = {"collection": DATASET}  # where the schema means other things than BibTeX
VAGUE_TYPES = frozenset(("", "other", "text"))
DATACITE_GENRE_KINDS = (REPORT, SPEECH, THESIS)  # whose resource type says what sort they are


def fetch_from_datacite(dois: Sequence[str], connection: ServiceConnection) -> dict[str, FetchOutcome | None]:
    """Return a record for each DOI, None if it is not registered with DataCite, or why there is none."""
    return {name: fetch_datacite_work(name, connection) for name in dois}


def fetch_datacite_work(name: str, connection: ServiceConnection) -> FetchOutcome | None:
    """Return DataCite's record of a DOI, None if it has none, or why it cannot be had."""

    def read_resource(answer: Any) -> FetchOutcome:
        attributes = answer["data"]["attributes"]
        title = datacite_title(attributes)
        if not title:
            return f"DataCite has no title for {name}"
        return FetchedRecord(datacite_paper(attributes, name, title), tuple(datacite_notes(attributes)))

    return read_json_answer(connection, f"/dois/{quote(name, safe='')}", "a DOI", read_resource)


def datacite_title(attributes: JsonRecord) -> str:
    """Return the title and subtitle of a work; other titles, such as translated ones, are of a type."""
    titles: dict[str, str] = {}
    for part in mappings_at(attributes, "titles"):
        kind = next(iter(texts_at(part, "titleType")), "")
        titles.setdefault(kind, next(iter(texts_at(part, "title")), ""))
    return full_title(titles.get("", ""), titles.get("Subtitle", ""))


def datacite_paper(attributes: JsonRecord, name: str, title: str) -> Paper:
    """Return a paper with DataCite's metadata."""
    types, container = mapping_at(attributes, "types"), mapping_at(attributes, "container")
    kind = datacite_kind(types)
    publisher = datacite_publisher(attributes)
    periodical = kind is JOURNAL_ARTICLE or container.get("type") == "Journal"
    title_of_container = first_text(container, "title") if container.get("type") != "DataRepository" else ""
    pages = [first_text(container, key) for key in ("firstPage", "lastPage")]
    given = GivenWork(
        kind=kind,
        title=title,
        authors=given_names(map(datacite_name, mappings_at(attributes, "creators"))),
        editors=given_names(map(datacite_name, datacite_editors(attributes))),
        abstract=datacite_abstract(attributes),
        journal=title_of_container if periodical else "",
        book="" if periodical else title_of_container,
        date=datacite_date(attributes),
        volume=first_text(container, "volume"),
        number=first_text(container, "issue"),
        pages="–".join(page for page in dict.fromkeys(pages) if page),
        edition=first_text(attributes, "version"),
        publisher="" if kind in INSTITUTION_KINDS else publisher,
        institution=publisher if kind in INSTITUTION_KINDS else "",
        genre=datacite_genre(types, kind),
        isbn=" ".join(related_numbers(attributes, "ISBN")),
        issn=" ".join(related_numbers(attributes, "ISSN")),
        language=first_text(attributes, "language"),
        doi=valid_text(Doi, first_text(attributes, "doi") or name),
    )
    return read_work(given)[0]


def first_text(record: JsonRecord, key: str) -> str:
    """Return the first text under a key, or an empty string; numbers are texts too."""
    value = record.get(key)
    return str(value) if isinstance(value, int) and value else next(iter(texts_at(record, key)), "")


def datacite_kind(types: JsonRecord) -> WorkKind:
    """Return what kind of work it is: the general type decides, unless it is vague."""
    general, exact = (
        first_text(types, key).replace(" ", "").lower() for key in ("resourceTypeGeneral", "resourceType")
    )
    if general in VAGUE_TYPES:
        return kind_named(exact) or kind_named(first_text(types, "citeproc")) or DOCUMENT
    return GENERAL_KINDS.get(general) or kind_named(general) or DOCUMENT


def datacite_genre(types: JsonRecord, kind: WorkKind) -> str:
    """Return what sort of work it is, unless that only repeats its kind."""
    text = first_text(types, "resourceType")
    return (
        text
        if kind in DATACITE_GENRE_KINDS and normalized_text(text) not in (normalized_text(kind.name), "dissertation")
        else ""
    )


def datacite_name(part: JsonRecord) -> str:
    """Return a person's name, or an organization's."""
    family, given, name = (first_text(part, key) for key in ("familyName", "givenName", "name"))
    if first_text(part, "nameType") == "Organizational":
        return group_name(name or family)
    return person_name(family, given) if family and given else inverted_name(name or family)


def datacite_editors(attributes: JsonRecord) -> Iterator[JsonRecord]:
    """Yield the contributors who are editors."""
    return (part for part in mappings_at(attributes, "contributors") if part.get("contributorType") == "Editor")


def datacite_publisher(attributes: JsonRecord) -> str:
    """Return the publisher, which is a text or has a name."""
    return first_text(attributes, "publisher") or first_text(mapping_at(attributes, "publisher"), "name")


def datacite_abstract(attributes: JsonRecord) -> str:
    """Return the abstract as paragraphs."""
    for part in mappings_at(attributes, "descriptions"):
        text = part.get("description")
        if part.get("descriptionType") == "Abstract" and isinstance(text, str):
            return published_paragraphs(text)
    return ""


def datacite_date(attributes: JsonRecord) -> str:
    """Return when a work was published: on the day of its issue, or in its year of publication."""
    year = date_in(first_text(attributes, "publicationYear"))
    dates = {
        first_text(part, "dateType"): date_in(first_text(part, "date")) for part in mappings_at(attributes, "dates")
    }
    days = [date for kind in ("Issued", "Available") if (date := dates.get(kind)) and date.startswith(year)]
    return max(days, key=len, default="") or year


def related_numbers(attributes: JsonRecord, kind: str) -> Iterator[str]:
    """Yield the standard numbers of a kind that a work or what it is part of has."""
    container = mapping_at(attributes, "container")
    if container.get("identifierType") == kind:
        yield first_text(container, "identifier")
    for part in mappings_at(attributes, "identifiers"):
        if part.get("identifierType") == kind:
            yield first_text(part, "identifier")


def datacite_notes(attributes: JsonRecord) -> Iterator[str]:
    """Yield what DataCite says about a work that has no key in the model."""
    general = first_text(mapping_at(attributes, "types"), "resourceTypeGeneral")
    if not kind_named(general) and general.lower() not in (*GENERAL_KINDS, *VAGUE_TYPES):
        yield f'type: "{general}"'
    for part in mappings_at(attributes, "relatedIdentifiers"):
        if part.get("relationType") in ("IsVersionOf", "IsPreviousVersionOf", "IsObsoletedBy"):
            yield f"{first_text(part, 'relationType')}: {first_text(part, 'relatedIdentifier')}"
