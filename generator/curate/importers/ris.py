"""Read the works of a RIS file, and report a problem for everything that cannot be read.

The tags are those of Reference Manager and EndNote as the writers of RIS use them; what several of them mean depends on
the kind of work. A record ends with `ER`, or where the next one begins.
"""

import re
from dataclasses import dataclass, field

from generator.citations.ris import GENRE_KINDS
from generator.content.characters import clean_text
from generator.content.model import Problem
from generator.content.reader import found_text
from generator.content.text import normalized_text
from generator.content.work_kinds import (
    BOOK,
    CONFERENCE_PAPER,
    COURSE,
    DOCUMENT,
    JOURNAL_ARTICLE,
    REPORT,
    SPEECH,
    THESIS,
    WorkKind,
    kind_named,
)
from generator.curate.importers.dates import date_in
from generator.curate.importers.identifiers import find_doi
from generator.curate.importers.people import people_list
from generator.curate.importers.plain_text import printable_line
from generator.curate.importers.published_text import published_paragraphs
from generator.curate.importers.record import ImportedRecord
from generator.curate.importers.references import (
    RecordFields,
    Reference,
    doubtful_dates,
    entry_name,
    imported_record,
    inverted_name,
    note_and_remarks,
    split_keywords,
    unfit_dois,
)
from generator.curate.importers.works import INSTITUTION_KINDS, GivenWork, mentioned_isbn, mentioned_issn
from generator.output.progress import with_progress

RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)")
LOOSE_RIS_LINE = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: ?(.*)|)")  # of writers that leave out a space
TITLE_TAGS = ("TI", "T1", "CT")
JOURNAL_TAGS = ("JF", "T2", "JO", "BT")  # the full title comes before what may be an abbreviation
PAGE_COUNT_KINDS = (BOOK, THESIS)  # whose SP is the number of their pages
NUMBER_NOTE = re.compile(
    r"ISBN [0-9Xx -]{10,30}|ISSN [0-9]{4}-?[0-9]{3}[0-9Xx]"
)  # of reports, whose SN is their number
IGNORED_TAGS = frozenset("AN DB DP ID J1 J2 JA L2 L3 L4 LB RP ST TY".split())  # of libraries, and short forms
RIS_FIELD_NAMES = {
    "abstract": "AB", "date": "PY", "book": "T2", "journal": "T2", "series": "T3", "event": "T2", "volume": "VL",
    "number": "IS", "pages": "SP", "edition": "ET", "publisher": "PB", "institution": "PB", "genre": "M3",
    "isbn": "SN", "issn": "SN", "language": "LA", "accessed": "Y2", "note": "N1", "url": "UR",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RisRecord:
    """A record: the line where it begins, and the lines of each value of each tag, in its order."""

    line: int
    values: dict[str, list[list[str]]] = field(default_factory=dict)


def read_ris(text: str, file: str) -> tuple[list[ImportedRecord], list[Problem]]:
    """Return the works of a RIS file in its order, and the problems of its records."""
    found, problems = split_ris(clean_text(re.sub("\r\n?", "\n", text)), file)
    records = []
    for one in with_progress(found, "reading entries"):
        record, faults = read_ris_record(one, file)
        records += [record] if record else []
        problems += faults
    return records, sorted(problems)


def split_ris(text: str, file: str) -> tuple[list[RisRecord], list[Problem]]:
    """Return the records of a text, and problems for what stands between them; what precedes the first is a heading."""
    pattern = RIS_LINE if re.search(r"(?m)^TY  -", text) else LOOSE_RIS_LINE
    records: list[RisRecord] = []
    problems: list[Problem] = []
    record, value = None, [""]
    for number, line in enumerate(text.split("\n"), 1):
        found = pattern.fullmatch(line.strip())
        tag, words = (found[1], found[2] or "") if found else ("", line.strip())
        if tag == "TY":
            record = RisRecord(number)
            records.append(record)
        if tag == "ER":
            record = None
        elif record and tag:
            value = [words]
            record.values.setdefault(tag, []).append(value)
        elif record:
            value.append(words)
        elif records and words and not (problems and problems[-1].line == number - 1):
            problems.append(Problem(file, number, 1, f"expected a record that begins with TY, {found_text(line)}"))
    if not records and text.strip():
        problems.append(Problem(file, 1, 1, f'expected a record that begins with "TY  - ", {found_text(text)}'))
    return records, problems


def read_ris_record(record: RisRecord, file: str) -> tuple[ImportedRecord | None, list[Problem]]:
    """Return what a record says about a work, and what is wrong with it."""
    fields = RecordFields({tag: list(map("\n".join, values)) for tag, values in record.values.items()})
    stated = fields.line("TY")
    kind = COURSE if fields.line("M3") == COURSE.name else kind_named(stated)
    here = Problem(file, record.line, 1, entry_name(fields.line("ID") or fields.line(*TITLE_TAGS)))
    reference = ris_reference(fields, kind or DOCUMENT)
    found, problems = imported_record(reference, here, RIS_FIELD_NAMES)
    if found and not kind:
        message = f'{here.message}: unknown type "{stated[:60]}", read as a document'
        problems.append(Problem(file, record.line, 1, message, warning=True))
    return found, problems


def ris_reference(fields: RecordFields, kind: WorkKind) -> Reference:
    """Return a record of a kind as a reference."""
    number, isbn, issn = ris_numbers(fields, kind)
    note, remarks = note_and_remarks(text for text in fields.all("N1") if not NUMBER_NOTE.fullmatch(text))
    abstracts = fields.all("AB", "N2")
    doi, genre = ris_genre(fields, kind)
    publisher = fields.line("PB")
    work = GivenWork(
        kind=kind,
        title=fields.line(*TITLE_TAGS, *(["BT"] if kind is BOOK else [])),
        authors=ris_people(fields.all("AU", "A1")),
        editors=ris_people(ris_editors(fields, kind)),
        **ris_titles(fields, kind),
        date=ris_date(fields),
        abstract=published_paragraphs(abstracts[0]) if abstracts else "",
        volume=fields.line("VL"),
        number=number,
        pages=ris_pages(fields, kind),
        edition=fields.line("ET"),
        publisher="" if kind in INSTITUTION_KINDS else publisher,
        institution=publisher if kind in INSTITUTION_KINDS else "",
        genre=genre,
        isbn=isbn,
        issn=issn,
        language=fields.line("LA"),
        accessed=date_in(fields.line("Y2")),
        note=note,
        addresses=tuple(map(printable_line, fields.all("UR", "LK"))),
    )
    return Reference(
        work,
        identifiers=(*map(printable_line, fields.all("DO")), doi, fields.line("AN")),
        pdf=next((text for text in fields.all("L1") if text.startswith("http")), ""),
        keywords=split_keywords(fields.all("KW")),
        remarks=(*remarks, *map(published_paragraphs, fields.all("RN"))),
        left_out=(
            *fields.left_out(IGNORED_TAGS),
            *doubtful_dates("PY", fields.all("PY", "Y1")),
            *unfit_dois("DO", fields.all("DO")),
            *(["N2"] if len(set(abstracts)) > 1 else []),
        ),
    )


def ris_titles(fields: RecordFields, kind: WorkKind) -> dict[str, str]:
    """Return the titles of what a work of this kind is part of, under their names in a `GivenWork`."""
    if kind is JOURNAL_ARTICLE:
        short = fields.line("J2", "JA", "J1")
        return {"journal": fields.line(*JOURNAL_TAGS) or short, "short": short, "series": fields.line("T3")}
    if kind is CONFERENCE_PAPER:
        book = fields.line("C3", "BT")
        return {
            "book": book or fields.line("T2", *JOURNAL_TAGS),
            "event": fields.line("J2", "T2"),
            "series": fields.line("T3"),
        }
    if kind is BOOK:
        return {"series": fields.line("T2", "T3")}
    if kind is SPEECH:
        return {"event": fields.line("T2", "BT"), "series": fields.line("T3")}
    if kind is DOCUMENT:
        return {"journal": fields.line("JF", "JO", "JA"), "series": fields.line("T2", "BT", "T3")}
    return {"book": fields.line("T2", "BT", "JF", "JO"), "series": fields.line("T3")}


def ris_people(texts: list[str]) -> tuple[str, ...]:
    """Return the people whose names are written with the family name first; a name without a comma has one part."""
    return people_list([inverted_name(line) for text in texts if (line := printable_line(text))])


def ris_editors(fields: RecordFields, kind: WorkKind) -> list[str]:
    """Return the editors of a book, or of what a work is part of; those of a series have no place."""
    if kind is BOOK:
        return fields.all("A3", "ED") or fields.all("A2")
    return fields.all("A2", "ED")


def ris_date(fields: RecordFields) -> str:
    """Return the date of a work; a date in full counts only if it is of the same year."""
    year = next(filter(None, map(date_in, fields.lines("PY", "Y1"))), "")
    day = date_in(fields.line("DA"))
    return day if day.startswith(year[:4]) and len(day) > len(year) else year


def ris_pages(fields: RecordFields, kind: WorkKind) -> str:
    """Return the pages, or the number of an article; how many pages a book has is not where it is."""
    first, last = fields.line("SP"), fields.line("EP")
    if kind in PAGE_COUNT_KINDS and first.isdecimal() and not last:
        return ""
    if not first or last.startswith(first) or "-" in first:
        return last or first or fields.line("C7")
    return f"{first}–{last}" if last else first


def ris_numbers(fields: RecordFields, kind: WorkKind) -> tuple[str, str, str]:
    """Return the number of a work and its ISBN and ISSN, as `SN` has all of them."""
    isbn = issn = number = ""
    for text in (*fields.lines("SN"), *filter(NUMBER_NOTE.fullmatch, fields.lines("N1"))):
        if kind is REPORT and not number and not (isbn or issn) and len(fields.all("SN")) > 1:
            number = text
        elif mentioned_isbn(text):
            isbn = isbn or text
        elif mentioned_issn(text):
            issn = issn or text
        elif kind is REPORT:
            number = number or text
        else:
            isbn = isbn or text
    return number or fields.line("IS", "M1", "SV", "CP"), isbn, issn


def ris_genre(fields: RecordFields, kind: WorkKind) -> tuple[str, str]:
    """Return the DOI and the genre that `M3` may be; that an article is one need not be said."""
    text = fields.line("M3")
    if find_doi(text):
        return text, ""
    return "", text if kind in GENRE_KINDS and normalized_text(text) != normalized_text(kind.name) else ""
