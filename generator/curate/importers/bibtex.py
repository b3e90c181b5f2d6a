"""Read the works of .bib files, and report a problem for everything that cannot be read.

The fields of an entry are decoded from TeX and HTML and given to `works.py`, which turns them into a paper. What is
missing or wrong in an entry is reported, and the rest of it is used; no field with content is dropped in silence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

from generator.citations.bibtex import MONTH_MACROS
from generator.citations.names import is_others
from generator.content.model import (
    AnthologyId,
    ArxivClass,
    ArxivId,
    Date,
    Doi,
    Problem,
    text_format,
)
from generator.content.reader import one_line_excerpt, valid_text
from generator.content.text import single_line
from generator.content.work_kinds import (
    DATASET,
    DOCUMENT,
    REPORT,
    SOFTWARE,
    WorkKind,
    bibtex_kind,
)
from generator.curate.importers.bibtex_entries import (
    BOOKKEEPING_FIELDS,
    BibtexEntry,
    EntryReader,
    describe_entry,
    text_line,
)
from generator.curate.importers.dates import date_in, is_plain_date
from generator.curate.importers.entries import entry_fault, full_title
from generator.curate.importers.identifiers import (
    ANTHOLOGY_PAPER_ADDRESS,
    ARXIV_DOI_PREFIX,
    find_arxiv_id,
    find_doi,
    parse_identifier,
)
from generator.curate.importers.latex import decode_letters, latex_to_paragraphs, unknown_commands
from generator.curate.importers.markup import markup_to_paragraphs
from generator.curate.importers.people import (
    OTHERS_SUFFIX,
    group_name,
    may_be_several_people,
    people_list,
    person_name,
    stands_for_others,
)
from generator.curate.importers.record import MAX_NOTE_CHARS, ImportedRecord
from generator.curate.importers.venues import expand_journal_macros, without_status
from generator.curate.importers.works import (
    ACCESS_MENTION,
    GivenWork,
    existing_date,
    language_tag,
    read_work,
    written_day,
)
from generator.output.progress import with_progress

NON_WORK_TYPES = frozenset("bibnote control ieeetranbstctl set xdata".split())
VALUE_FIELDS: Mapping[str, tuple[str, ...]] = {  # the fields that a value may come from; the first one counts
    "book": ("booktitle", "maintitle"),
    "journal": ("journaltitle", "journal"),
    "series": ("series",),
    "event": ("eventtitle",),
    "short": ("shortjournal",),
    "volume": ("volume",),
    "number": ("number", "issue"),
    "pages": ("pages", "eid", "articleno", "article-number"),
    "edition": ("edition", "version"),
    "publisher": ("publisher",),
    "institution": ("school", "institution", "organization"),
    "genre": ("type",),
    "isbn": ("isbn",),
    "issn": ("issn",),
    "language": ("language", "langid", "hyphenation"),
    "accessed": ("urldate", "lastaccessed", "lastchecked", "lastvisited", "accessed"),
    "note": ("note", "addendum", "pubstate"),
}
SUBTITLE_FIELDS = {"booktitle": "booksubtitle", "maintitle": "mainsubtitle", "journaltitle": "journalsubtitle"}
KEYWORD_FIELDS = ("keywords", "keyword", "author_keywords", "mendeley-tags")
GROUP_FIELDS = ("groups", "mendeley-groups")
REMARK_FIELDS = ("annotation", "annote", "comment", "comments", "review")
OTHER_READ_FIELDS = frozenset(
    "abstract archiveprefix arxivid author crossref date day doi editor entrysubtype eprint eprintclass eprinttype "
    "howpublished month primaryclass subtitle title uri url xdata year".split()
)
READ_FIELDS = OTHER_READ_FIELDS.union(KEYWORD_FIELDS, GROUP_FIELDS, REMARK_FIELDS, SUBTITLE_FIELDS.values())
GENRE_NAMES = {  # of biblatex's keys, and of types of entries that say more than their kind does
    "phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "mathesis": "Master's thesis",
    "bathesis": "Bachelor's thesis", "candthesis": "Candidate thesis", "techreport": "Technical report",
    "resreport": "Research report", "thesis": "", "patent": "Patent", "standard": "Standard",
    "legislation": "Legislation", "patentde": "German patent", "patenteu": "European patent",
    "patentfr": "French patent", "patentuk": "British patent", "patentus": "U.S. patent", "patreq": "Patent request",
    "patreqde": "German patent request", "patreqeu": "European patent request", "patreqfr": "French patent request",
    "patrequk": "British patent request", "patrequs": "U.S. patent request",
}  # fmt: skip
PUBLICATION_STATES = {  # of biblatex's keys
    "prepublished": "", "inpreparation": "In preparation", "submitted": "Submitted", "forthcoming": "Forthcoming",
    "inpress": "In press",
}  # fmt: skip
SHORT_DOI = re.compile("10/[a-z0-9]{3,10}")  # of shortdoi.org
EPRINT_ADDRESSES = {
    "hal": "https://hal.science/{}", "jstor": "https://www.jstor.org/stable/{}", "hdl": "https://hdl.handle.net/{}",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
}  # fmt: skip
ADDRESS_MENTION = re.compile(r"https?://[^\s<>\"{}|^`\\]+[^\s<>\"{}|^`\\.,;:)\]]")
WORDS_ABOUT_ADDRESSES = re.compile(r"(?i)(?:available|retrieved|online|from|at|website|web ?page|web|url|homepage|\W)*")
ARXIV_FALLBACK_FIELDS = ("url", "journal", "journaltitle", "volume", "number", "note", "howpublished")
NAME_PART = re.compile(r"\b(given|prefix|family|suffix)\s*=\s*\"?([^,\"]*)")
ISO_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:[T/~?%].*)?")
NAME_JOINT = re.compile(r"\\\S|[{}]|\sand(?=\s)", re.IGNORECASE)
DANGLING_AND = re.compile(r"(?i)^(?:and )+|(?: and)+$")
AND_BEFORE_COMMAND = re.compile(r"(?i)(\band\s+)(?=\\)")  # of which bibtexparser would drop two characters
DBLP_NUMBER = re.compile(r"(?<=\S) [0-9]{4}(?=\s*(?:,|$|\band\b))")  # which DBLP gives to people who share a name
LATE_SUFFIX = re.compile(r"(?<=[^,]),([^,]+),(\s*(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D)\.?)$")  # after the given name
WHOLE_GROUP = re.compile(r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")


def read_bibtex(text: str, file: str) -> tuple[list[ImportedRecord], list[Problem]]:
    """Return the works of a .bib file in file order, and the problems of its entries."""
    return read_bibtex_files([(text, file)])


def read_bibtex_files(files: Sequence[tuple[str, str]]) -> tuple[list[ImportedRecord], list[Problem]]:
    """Return the works of .bib files, given as texts with their names, and the problems of their entries.

    The files may refer to each other's strings and entries. An entry that lacks a title is skipped, and so is one whose
    authors cannot be told apart.
    """
    reader = BibtexReader(files)
    records = [found for entry in with_progress(reader.entries, "reading entries") if (found := reader.record(entry))]
    return records, sorted(reader.problems)


class BibtexReader:
    """A reader of the works of files, which records the problems of their entries."""

    def __init__(self, files: Sequence[tuple[str, str]]) -> None:
        self.source = EntryReader(files)
        self.entries, self.problems = self.source.entries, self.source.problems

    def note(self, entry: BibtexEntry, message: str, *names: str, warning: bool = False) -> None:
        """Record a problem or warning of an entry, at the first of these fields that the entry has."""
        self.source.note_problem(entry, message, *names, warning=warning)

    def note_unfit_field(self, entry: BibtexEntry, expected: str, found: str, *names: str) -> None:
        """Record that the value of a field is invalid."""
        self.note(entry, f': expected {expected}, found "{one_line_excerpt(found)}"', *names)

    def record(self, entry: BibtexEntry) -> ImportedRecord | None:
        """Return what an entry says about a work; None, and a problem, if it does not describe one."""
        if entry.kind in NON_WORK_TYPES or self.is_only_a_parent(entry):
            return None
        whole = self.source.resolve_inheritance(entry)
        title, kind = entry_title(whole), self.kind(whole)
        authors, editors = self.people(whole, "author"), self.people(whole, "editor")
        if not title:
            self.note(entry, " has no title")
        if not title or not kind or authors is None:
            return None
        paper, unplaced = read_work(self.given_work(whole, kind, title, authors, editors or ()))
        if fault := entry_fault(paper):
            self.note(entry, f" is left out: {fault}")
            return None
        self.note_people(whole, "author", paper.authors)
        self.note_people(whole, "editor", paper.editors)
        self.note_unknown_commands(whole)
        place = ":".join(map(str, (entry.file, *entry.place)))
        return ImportedRecord(
            paper=paper,
            place=f"{place}: {describe_entry(entry.key)}",
            keywords=split_words(whole, KEYWORD_FIELDS, ";" if ";" in whole.raw(*KEYWORD_FIELDS) else ","),
            groups=(*split_words(entry, GROUP_FIELDS, ","), *self.source.groups.get(entry.key, ())),
            remarks=tuple(entry_remarks(whole)),
            left_out=tuple(dict.fromkeys(left_out_fields(whole, unplaced))),
        )

    def is_only_a_parent(self, entry: BibtexEntry) -> bool:
        """Return whether an entry only holds what others have in common, such as proceedings, and note that."""
        parent = entry.key.lower() in self.source.parents and not entry.raw("author", "eprint")
        if parent:
            self.note(entry, ' is left out: other entries take their fields from it by "crossref"', warning=True)
        return parent

    def kind(self, entry: BibtexEntry) -> WorkKind | None:
        """Return the kind of an entry; that of a document for a type that is not known."""
        kind = bibtex_kind(entry.kind)
        if not entry.kind:
            self.note(entry, " has no type, such as @article")
            return None
        if not kind:
            shown = one_line_excerpt(entry.kind)
            self.note(entry, f': unknown type "@{shown}", read as @{DOCUMENT.bibtex}', warning=True)
        return kind or DOCUMENT

    def people(self, entry: BibtexEntry, field: str) -> tuple[str, ...] | None:
        """Return the names in a field; None, and a problem, if they cannot be separated."""
        written = split_names(decode_letters(single_line(entry.raw(field))))
        names = [author_full_name(OTHERS_SUFFIX.sub("", name)) for name in written]
        for name, read in zip(written, names, strict=True):
            if not read and not stands_for_others(text_line(OTHERS_SUFFIX.sub("", name))):
                self.note_unfit_field(entry, 'names joined by "and"', text_line(name), field)
                return None
        return people_list(names, more=any(map(OTHERS_SUFFIX.search, written)))

    def note_people(self, entry: BibtexEntry, field: str, people: Sequence[str]) -> None:
        """Record what is doubtful about a list of names; DBLP numbers people of one name, who are no doubt two."""
        if people and is_others(people[-1]):
            self.note(entry, f': "{field}" is incomplete: "others" stands for the missing names', field, warning=True)
        for name, count in () if DBLP_NUMBER.search(entry.raw(field)) else Counter(people).items():
            if count > 1:
                self.note(entry, f': "{one_line_excerpt(name)}" appears twice in "{field}"', field, warning=True)
        for name in filter(may_be_several_people, people):
            message = f': "{one_line_excerpt(name)}" in "{field}" may be several people or a group'
            self.note(entry, message, field, warning=True)

    def given_work(
        self, entry: BibtexEntry, kind: WorkKind, title: str, authors: tuple[str, ...], editors: tuple[str, ...]
    ) -> GivenWork:
        """Return the values of an entry, decoded."""
        how, accessed, addresses = howpublished_parts(entry)
        arxiv = self.arxiv(entry)
        texts = {name: entry_text(entry, name, kind) for name in VALUE_FIELDS}
        note, seen = note_parts(texts.pop("note"))
        return GivenWork(
            kind=kind,
            title=title,
            type=entry.raw("entrysubtype").strip(),
            authors=authors,
            editors=editors,
            date=self.day(entry),
            abstract=markup_to_paragraphs(latex_to_paragraphs(entry.raw("abstract"))),
            arxiv=arxiv,
            arxiv_class=self.arxiv_class(entry) if arxiv else None,
            doi=self.doi(entry),
            acl_anthology=self.acl_anthology(entry),
            addresses=tuple(filter(None, (*given_addresses(entry), *addresses))),
            medium=how,
            accessed=texts.pop("accessed") or accessed or seen,
            note=note,
            **texts,
        )

    def note_unknown_commands(self, entry: BibtexEntry) -> None:
        """Record the macros of TeX in a name or title that are written as their names, since nothing defines them."""
        for field in ("title", "author", "journal", "journaltitle", "booktitle"):
            for command in dict.fromkeys(unknown_commands(expand_journal_macros(entry.raw(field)))):
                message = f': unknown macro "{one_line_excerpt(command)}" in "{field}", read as "{command[1:]}"'
                self.note(entry, message, field, warning=True)

    def arxiv(self, entry: BibtexEntry) -> str | None:
        """Return the arXiv id from any field that contains it."""
        kind, given = entry.address("eprinttype", "archiveprefix").lower(), entry.address("eprint")
        named = "arxivid" if entry.raw("arxivid") else "eprint"
        identifier = parse_identifier(entry.address("arxivid") or (given if kind in ("", "arxiv") else ""))
        if identifier and identifier.kind == "arxiv":
            return valid_text(ArxivId, identifier.value)
        if named == "arxivid" or (given and kind == "arxiv"):
            self.note_unfit_field(entry, text_format(ArxivId).expected, entry.address(named), named)
        mentions = (find_arxiv_id(entry.address(name)) for name in ("doi", *ARXIV_FALLBACK_FIELDS))
        return next((valid_text(ArxivId, found) for found in mentions if found), None)

    def arxiv_class(self, entry: BibtexEntry) -> str | None:
        """Return the primary arXiv class; None if only its archive is given, as in exports from Zotero."""
        given = entry.address("primaryclass", "eprintclass").strip()
        first = re.split(r"[,;\s]", given)[0].removeprefix("physics:")
        if given and not valid_text(ArxivClass, first) and not re.fullmatch("[a-z-]+", first):
            self.note_unfit_field(entry, text_format(ArxivClass).expected, given, "primaryclass", "eprintclass")
        return valid_text(ArxivClass, first)

    def doi(self, entry: BibtexEntry) -> str | None:
        """Return the DOI, unless it is the one that arXiv assigns to a preprint."""
        given = entry.address("doi")
        found = find_doi(given) if given else find_doi(entry.address("url"))
        if given and not found and ARXIV_DOI_PREFIX not in given and not doi_field_address(entry):
            self.note_unfit_field(entry, text_format(Doi).expected, given, "doi")
        return found

    def acl_anthology(self, entry: BibtexEntry) -> str | None:
        """Return the ACL Anthology id that the URL contains."""
        found = ANTHOLOGY_PAPER_ADDRESS.fullmatch(entry.address("url").strip())
        if found and not valid_text(AnthologyId, found["id"]):
            self.note_unfit_field(entry, text_format(AnthologyId).expected, found["id"], "url")
        return valid_text(AnthologyId, found["id"]) if found else None

    def day(self, entry: BibtexEntry) -> str:
        """Return the date as precisely as it is given and exists: a year, a month, or a day; empty if there is none."""
        field = "date" if entry.raw("date") else "year"
        given = entry.raw("date").strip()
        text = given if ISO_DATE.fullmatch(given) else entry.line("date", "year")
        value, exact = entry_date(text, entry.line("month"), entry.line("day"))
        if text and not exact:
            taken = f', read as "{value}"' if value else ""
            message = f': expected {text_format(Date).expected}, found "{one_line_excerpt(text)}"{taken}'
            self.note(entry, message, field, warning=bool(value))
        return value


def entry_title(entry: BibtexEntry) -> str:
    """Return the title and subtitle; a volume of proceedings may have its title in another field."""
    return full_title(entry.line("title", "booktitle", "maintitle"), entry.line("subtitle"))


def entry_text(entry: BibtexEntry, name: str, kind: WorkKind) -> str:
    """Return the value of an entry for one of `VALUE_FIELDS`."""
    fields = value_fields(name, kind)
    field = next((field for field in fields if entry.raw(field)), "")
    if name == "journal":
        return without_status(text_line(expand_journal_macros(entry.raw(field))))
    if name == "genre":
        key = entry.raw("type").strip().lower() or (entry.kind if entry.kind != REPORT.bibtex else "")
        return GENRE_NAMES[key] if key in GENRE_NAMES else entry.line("type")
    if field == "pubstate":
        return PUBLICATION_STATES.get(entry.raw(field).strip().lower(), entry.line(field))
    text = entry.line(field)
    return full_title(text, entry.line(SUBTITLE_FIELDS[field])) if field in SUBTITLE_FIELDS else text


def value_fields(name: str, kind: WorkKind) -> tuple[str, ...]:
    """Return the fields for one of `VALUE_FIELDS`; software and data have versions rather than editions."""
    versioned = name == "edition" and kind in (SOFTWARE, DATASET)
    return tuple(reversed(VALUE_FIELDS[name])) if versioned else VALUE_FIELDS[name]


def split_words(entry: BibtexEntry, fields: Sequence[str], separator: str) -> tuple[str, ...]:
    """Return the words that fields list, such as keywords, without repetition."""
    words = (single_line(word) for field in fields for word in entry.line(field).split(separator))
    return tuple(dict.fromkeys(filter(None, words)))


def entry_remarks(entry: BibtexEntry) -> Iterator[str]:
    """Yield what the owner of the file wrote about a work."""
    fields = (*REMARK_FIELDS, *(["note"] if is_remark(entry.raw("note")) else []))
    texts = (markup_to_paragraphs(latex_to_paragraphs(entry.raw(field))) for field in fields)
    yield from dict.fromkeys(filter(None, texts))


def is_remark(note: str) -> bool:
    """Return whether a note is too long for a line to readers, and so is meant for its writer."""
    return len(note) > MAX_NOTE_CHARS or bool(re.search(r"\n\s*\n", note))


def left_out_fields(entry: BibtexEntry, unplaced: Sequence[str]) -> Iterator[str]:
    """Yield the names of the fields with content that neither the paper nor the record has.

    `unplaced` names the values of the entry that have no place in it.
    """
    kind = bibtex_kind(entry.kind) or DOCUMENT
    for name in entry.fields:
        if name not in READ_FIELDS and entry.raw(name).strip(" {}") and not BOOKKEEPING_FIELDS.fullmatch(name):
            owners = [value for value in VALUE_FIELDS if name in value_fields(value, kind)]
            first = [next(field for field in value_fields(value, kind) if entry.raw(field)) for value in owners]
            same = any(is_same_value(entry.line(name), entry.line(field)) for field in first)
            if not owners or not same or any(value in unplaced for value in owners):
                yield name
    if "medium" in unplaced:
        yield "howpublished"
    if "date" in unplaced:
        yield "date" if entry.raw("date") else "year"
    yield from (name for name in ("abstract", "url") if name in unplaced)
    month = entry.line("month")
    if month and not entry.raw("date") and not month_and_day(month, entry.line("day")):
        yield "month"


def is_same_value(one: str, other: str) -> bool:
    """Return whether two fields say the same; languages may be written in several ways."""
    return one == other or bool(language_tag(one) and language_tag(one) == language_tag(other))


def howpublished_parts(entry: BibtexEntry) -> tuple[str, str, list[str]]:
    """Return the words, the day of access, and the addresses in how something was published."""
    text = entry.address("howpublished")
    addresses = ADDRESS_MENTION.findall(text)
    words = text_line(ADDRESS_MENTION.sub(" ", entry.raw("howpublished") if not addresses else text))
    words, accessed = note_parts(words)
    return (
        "" if WORDS_ABOUT_ADDRESSES.fullmatch(words) or find_arxiv_id(words) else words.strip(" ,;:."),
        accessed,
        addresses,
    )


def note_parts(text: str) -> tuple[str, str]:
    """Return a note without the day on which a page was read, and that day; a remark is no note."""
    if is_remark(text):
        return "", ""
    found = ACCESS_MENTION.search(text)
    day = written_day(found["day"]) if found else ""
    return (ACCESS_MENTION.sub("", text).strip(" ,;[]()") if day else text), day


def given_addresses(entry: BibtexEntry) -> Iterator[str]:
    """Yield the web addresses of an entry that stand in fields of their own, the best first."""
    address = entry.address("url") or next(iter(ADDRESS_MENTION.findall(entry.address("uri"))), "")
    yield address or eprint_address(entry) or next(iter(ADDRESS_MENTION.findall(entry.address("bdsk-url-1"))), "")
    yield doi_field_address(entry)


def doi_field_address(entry: BibtexEntry) -> str:
    """Return the address in the field for the DOI, if it holds a short form of one, or an address of something else."""
    given = entry.address("doi")
    if SHORT_DOI.fullmatch(given):
        return f"https://doi.org/{given}"
    return given if ADDRESS_MENTION.fullmatch(given) and not find_doi(given) and not find_arxiv_id(given) else ""


def eprint_address(entry: BibtexEntry) -> str:
    """Return the address of an eprint in a known archive other than arXiv."""
    archive = EPRINT_ADDRESSES.get(entry.address("eprinttype", "archiveprefix").lower(), "")
    return archive.format(entry.address("eprint")) if archive and entry.raw("eprint") else ""


def split_at_and(value: str) -> list[str]:
    """Return what `and` joins outside of braces. The function of bibtexparser loses macros at the ends of a name."""
    parts, start, depth = [], 0, 0
    for found in NAME_JOINT.finditer(value):
        if found[0] in "{}":
            depth = max(0, depth + (1 if found[0] == "{" else -1))
        elif not depth and not found[0].startswith("\\"):
            parts.append(value[start : found.start()])
            start = found.end()
    return [*parts, value[start:]]


def split_names(value: str) -> list[str]:
    """Return the names that a field joins by `and`; a list that is in braces as a whole by mistake is one too."""
    value = AND_BEFORE_COMMAND.sub(r"\1{}", value)
    whole = WHOLE_GROUP.fullmatch(value)
    inner = split_at_and(whole[1]) if whole else []
    names = inner if len(inner) > 1 and all("," in name for name in inner) else split_at_and(value)
    if len(names) == 1 and "{" not in value and "&" not in value:
        names = value.split(";")
    return [name for name in (DANGLING_AND.sub("", name).removeprefix("{}") for name in names) if name.strip(" ,~{}")]


@lru_cache(1 << 14)
def author_full_name(name: str) -> str:
    """Return a name as an entry has it; an empty string if it is not a single name."""
    name = LATE_SUFFIX.sub(r",\2,\1", DBLP_NUMBER.sub("", decode_letters(name)).strip())
    if whole := WHOLE_GROUP.fullmatch(name):
        return group_name(text_line(whole[1]))
    if re.search(r"\bfamily\s*=", name):
        given = {part: text_line(text) for part, text in NAME_PART.findall(name)}
        return person_name(
            f"{given.get('prefix', '')} {given.get('family', '')}", given.get("given", ""), given.get("suffix", "")
        )
    try:
        parts = parse_single_name_into_parts(name)
    except InvalidNameError as error:
        if error.reason == "Too many commas":
            return ""
        parts = parse_single_name_into_parts(name, strict=False)
    natural = text_line(parts.merge_first_name_first)
    if ";" in natural or len(parts.jr) > 1:
        return ""
    if "," not in name and not any(re.search(r"\{[^{}]*\s", word) for word in parts.last):
        return natural
    return person_name(*(text_line(" ".join(words)) for words in ((*parts.von, *parts.last), parts.first, parts.jr)))


def entry_date(text: str, month: str, day: str) -> tuple[str, bool]:
    """Return a date as far as it exists, and whether that is all that the text says."""
    found = ISO_DATE.fullmatch(text) or re.fullmatch("([1-9][0-9]{2})()()", text)
    if not found:
        return date_in(text), False
    parts = [part for part in found.groups() if part and int(part)]
    if len(parts) == 1:
        parts += month_and_day(month, day)
    elif len(parts) > 1 and 20 < int(parts[1]) < 42:  # a season, in ISO 8601-2
        parts = parts[:1]
    value = existing_date(*parts)
    return value, bool(value) and value.count("-") == len(parts) - 1 and is_plain_date(text)


def month_and_day(month: str, day: str) -> list[str]:
    """Return the month and day, only the month, or neither, depending on how much of them is unambiguous."""
    found = re.findall("[a-z]+|[0-9]+", month.lower())
    names = [MONTH_MACROS.index(word[:3]) + 1 for word in found if word[:3] in MONTH_MACROS]
    numbers = [int(word) for word in (*found, *day.split()) if re.fullmatch("0?[1-9]|[12][0-9]|3[01]", word)]
    if not names and numbers and numbers[0] <= len(MONTH_MACROS):
        names = [numbers.pop(0)]
    if len(names) != 1:
        return []
    return [f"{names[0]:02}", f"{numbers[0]:02}"] if len(numbers) == 1 else [f"{names[0]:02}"]
