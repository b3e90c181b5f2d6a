"""Read works from items of CSL-JSON, which citeproc takes and Zotero, Mendeley and others export.

The variables are those of CSL 1.0.2. Values are not trusted to have the types of its schema: a number may be a text, a
text a list, and what has another type is left out. Zotero adds to `note` what it has no variable for, in lines such as
`DOI: 10.1145/3528223.3530164`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.citations.csl import NUMBER_NAMES
from generator.content.characters import clean_text
from generator.content.model import Problem
from generator.content.text import normalized_text
from generator.content.work_kinds import (
    COURSE,
    DATASET,
    DOCUMENT,
    JOURNAL_ARTICLE,
    PREPRINT,
    SOFTWARE,
    VIDEO,
    WorkKind,
    kind_named,
)
from generator.curate.importers.dates import date_in, date_of
from generator.curate.importers.people import group_name, people_list, person_name
from generator.curate.importers.plain_text import printable_line
from generator.curate.importers.published_text import published_paragraphs
from generator.curate.importers.record import ImportedRecord
from generator.curate.importers.references import (
    RecordFields,
    Reference,
    doubtful_dates,
    imported_record,
    inverted_name,
    note_and_remarks,
    split_keywords,
    unfit_dois,
)
from generator.curate.importers.works import INSTITUTION_KINDS, GivenWork

CSL_TEXTS = (  # the variables that are texts or numbers
    "abstract annote archive archive_collection archive_location archive-place authority call-number chapter-number "
    "collection-number collection-title container-title container-title-short dimensions division DOI edition event "
    "event-place event-title genre ISBN ISSN issue jurisdiction keyword language license medium number "
    "number-of-pages number-of-volumes original-publisher original-publisher-place original-title page page-first "
    "part-number part-title PMCID PMID printing-number publisher publisher-place references reviewed-genre "
    "reviewed-title scale section source status supplement-number title title-short URL version volume volume-title"
).split()
VARIABLES_BY_LABEL = {name.lower(): name for name in (*CSL_TEXTS, "arXiv", "citation-key")} | {"_eprint": "arXiv"}
IGNORED_VARIABLES = frozenset(  # of programs and libraries, and short forms
    "call-number citation-key citation-label citation-number container-title-short id journalAbbreviation locator "
    "schema shortTitle source system_id title-short type".split()
)
TYPED_VARIABLES = frozenset("accessed author editor issued".split())  # whose values are dates or names
NOTE_LINE = re.compile(r"\s*([A-Za-z_][A-Za-z_ -]{1,40}?)\s*:\s*(\S.*)|\s*\{:([\w -]+):\s*([^{}]+)\}\s*")
CSL_FIELD_NAMES = {
    "date": "issued", "book": "container-title", "journal": "container-title", "series": "collection-title",
    "event": "event-title", "number": "number", "pages": "page", "institution": "publisher", "isbn": "ISBN",
    "issn": "ISSN", "url": "URL",
}  # fmt: skip


def read_csl_item(item: Mapping[str, Any], here: Problem) -> tuple[ImportedRecord | None, list[Problem]]:
    """Return what an item says about a work, and what is wrong with it; `here` is its place and name."""
    texts = {name: texts_in(value) for name, value in item.items() if name not in TYPED_VARIABLES}
    notes = add_note_variables(texts)
    arxiv, item = custom_arxiv_id(item)
    texts |= {"arXiv": arxiv} if arxiv else {}
    fields = RecordFields(texts)
    stated = fields.line("type")
    kind = COURSE if (stated, fields.line("genre")) == ("webpage", COURSE.name) else kind_named(stated)
    reference = csl_reference(item, fields, kind or DOCUMENT, notes)
    record, problems = imported_record(reference, here, CSL_FIELD_NAMES)
    if record and not kind:
        words = f'unknown type "{stated[:60]}"' if stated else "no type"
        message = f"{here.message}: {words}, read as a document"
        problems.append(Problem(here.file, here.line, here.column, message, warning=True))
    return record, problems


def custom_arxiv_id(item: Mapping[str, Any]) -> tuple[list[str], Mapping[str, Any]]:
    """Return the arXiv id among the variables that our own export adds, and the item without it."""
    custom = item.get("custom")
    if not isinstance(custom, Mapping) or not (found := texts_in(custom.get("arXiv"))):
        return [], item
    others = {name: value for name, value in custom.items() if name != "arXiv"}
    return [f"arXiv:{text}" for text in found], {**item, "custom": others}


def csl_reference(item: Mapping[str, Any], fields: RecordFields, kind: WorkKind, notes: Sequence[str]) -> Reference:
    """Return an item of a kind as a reference."""
    note, remarks = note_and_remarks(notes)
    publisher, institution = fields.line("publisher"), ""
    if kind in INSTITUTION_KINDS:
        publisher, institution = "", publisher
    number = fields.line(NUMBER_NAMES.get(kind, "number")) or fields.line("number", "issue", "collection-number")
    authors = item.get("author") or item.get("director" if kind is VIDEO else "author")
    work = GivenWork(
        kind=kind,
        title=fields.line("title"),
        authors=csl_people(authors),
        editors=csl_people(item.get("editor")),
        **csl_titles(fields, kind),
        date=csl_date(item.get("issued")),
        abstract=published_paragraphs("\n\n".join(fields.all("abstract"))),
        volume=fields.line("volume"),
        number=number,
        pages=fields.line("page", "page-first"),
        edition=fields.line(*(("version", "edition") if kind in (SOFTWARE, DATASET) else ("edition", "version"))),
        publisher=publisher,
        institution=institution,
        genre=csl_genre(fields, kind),
        isbn=fields.line("ISBN"),
        issn=fields.line("ISSN"),
        language=fields.line("language"),
        accessed=csl_date(item.get("accessed")),
        note=note,
        addresses=tuple(map(printable_line, fields.all("URL"))),
    )
    return Reference(
        work,
        identifiers=tuple(map(printable_line, (*fields.all("DOI", "arXiv", "archive_location"), number))),
        keywords=csl_keywords(fields),
        remarks=(*remarks, *map(published_paragraphs, fields.all("annote"))),
        left_out=(
            *fields.left_out(IGNORED_VARIABLES),
            *other_variables(item, kind),
            *unfit_dois("DOI", fields.all("DOI")),
            *doubtful_dates("issued", [*date_texts(item.get("issued")), *inexact_dates(item.get("issued"))]),
        ),
    )


def texts_in(value: Any) -> list[str]:
    """Return the texts that a value is or lists; objects have none."""
    listed = value if isinstance(value, list) else [value]
    return [clean_text(text) for text in listed if isinstance(text, str)]


def add_note_variables(texts: dict[str, list[str]]) -> list[str]:
    """Move what the note says about variables of their own to those, and return the rest of the note."""
    notes = []
    for note in texts.pop("note", []):
        rest = []
        for line in note.splitlines():
            found = NOTE_LINE.fullmatch(line)
            label, value = (found[1] or found[3], found[2] or found[4]) if found else ("", "")
            name = VARIABLES_BY_LABEL.get(label.lower().replace(" ", "-"))
            if name and not texts.get(name):
                texts[name] = [f"arXiv:{value}" if name == "arXiv" else value]
            else:
                rest.append(line)
        notes.append("\n".join(rest))
    return notes


def csl_titles(fields: RecordFields, kind: WorkKind) -> dict[str, str]:
    """Return the titles of what a work of this kind is part of, under their names in a `GivenWork`."""
    short = fields.line("container-title-short", "journalAbbreviation")
    container, series = fields.line("container-title") or short, fields.line("collection-title")
    if kind is DOCUMENT:  # what is in a book without being a chapter would be taken for a paper in proceedings
        return {"series": container or series}
    return {
        "journal" if kind in (JOURNAL_ARTICLE, PREPRINT) else "book": container,
        "short": short,
        "series": series,
        "event": fields.line("event-title", "event"),
    }


def csl_people(value: Any) -> tuple[str, ...]:
    """Return the people in the value of a name variable."""
    if isinstance(value, str):
        value = value.split(";")
    return people_list([name for one in value if (name := csl_name(one))]) if isinstance(value, list) else ()


def csl_name(value: Any) -> str:
    """Return the name of a person or group, or an empty string if the value has none."""
    if not isinstance(value, Mapping):
        return inverted_name(printable_line(clean_text(value))) if isinstance(value, str) else ""
    family, given, suffix, literal = (name_part(value, key) for key in ("family", "given", "suffix", "literal"))
    particles = [name_part(value, f"{kind}-particle") for kind in ("dropping", "non-dropping")]
    surname = " ".join(filter(None, (*particles, family)))
    return person_name(surname, given, suffix) if surname else group_name(literal or given)


def name_part(name: Mapping[str, Any], key: str) -> str:
    """Return a part of a name on one line."""
    return printable_line(" ".join(texts_in(name.get(key))))


def csl_date(value: Any) -> str:
    """Return the date that the value of a date variable has: the first one, if it is a range."""
    dates = value.get("date-parts") if isinstance(value, Mapping) else None
    first = dates[0] if isinstance(dates, list) and dates else None
    if isinstance(first, list) and (found := date_of([part for part in first if isinstance(part, str)])):
        return found
    return next(filter(None, map(date_in, date_texts(value))), "")


def date_texts(value: Any) -> list[str]:
    """Return the texts of a date that is not in parts."""
    if isinstance(value, Mapping):
        return [text for key in ("raw", "literal") for text in texts_in(value.get(key))]
    return texts_in(value)


def inexact_dates(value: Any) -> list[str]:
    """Return a date in parts as a text, if it is a range of years or stands for an uncertain one."""
    dates = value.get("date-parts") if isinstance(value, Mapping) else None
    years = [texts_in(parts)[:1] for parts in dates] if isinstance(dates, list) else []
    text = "/".join(year for one in years for year in one)
    circa = isinstance(value, Mapping) and value.get("circa") not in (None, False, "", "0", "false")
    return [f"ca. {text}" if circa else text] if text else []


def csl_genre(fields: RecordFields, kind: WorkKind) -> str:
    """Return what sort of work it is, unless that only repeats its kind."""
    genre = fields.line("genre")
    return "" if normalized_text(genre) == normalized_text(kind.name) else genre


def csl_keywords(fields: RecordFields) -> tuple[str, ...]:
    """Return the keywords, which CSL has in one text."""
    texts = fields.all("keyword")
    return split_keywords(
        [text if ";" in text else text.replace(",", ";") for text in texts] + fields.all("categories")
    )


def other_variables(item: Mapping[str, Any], kind: WorkKind) -> Iterator[str]:
    """Yield the names of the variables that have no text and no place: people in other roles, and other dates."""
    used = {"director"} if kind is VIDEO and not item.get("author") else set()
    for name, value in item.items():
        if name in TYPED_VARIABLES:
            unread = not (csl_date(value) if name in ("accessed", "issued") else csl_people(value))
        else:
            unread = name not in used and isinstance(value, Mapping | list) and not texts_in(value)
        if value and unread:
            yield name
