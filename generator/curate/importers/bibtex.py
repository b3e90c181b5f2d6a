"""Read the papers of a .bib file, and report a problem for everything that cannot be read.

`bibtexparser` splits the text into blocks; after a broken block, it continues at the next line that starts with
`@type{`. Values are evaluated here, because of `#`, `@string`, and `crossref`. What is missing or wrong in an entry is
reported, and the rest of the entry is used.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bibtexparser import model as blocks
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names

from generator.citations.bibtex import MONTH_MACROS
from generator.content.characters import clean_text
from generator.content.model import (
    AnthologyId,
    ArxivClass,
    ArxivId,
    Date,
    Doi,
    Links,
    Paper,
    Problem,
    Venue,
    is_calendar_date,
    text_format,
)
from generator.content.reader import one_line_excerpt, valid_text
from generator.content.text import single_line
from generator.curate.importers.entries import entry_fault, full_title
from generator.curate.importers.identifiers import (
    ANTHOLOGY_PAPER_ADDRESS,
    ARXIV_DOI_PREFIX,
    DOI_ADDRESS_PREFIX,
    find_arxiv_id,
    find_code_address,
    parse_identifier,
)
from generator.curate.importers.latex import latex_to_line, latex_to_paragraphs, strip_tex_escapes
from generator.curate.importers.record import ImportedRecord
from generator.curate.importers.venues import series_and_track
from generator.output.progress import with_progress

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # broken input is reported as problems

MAX_VALUE_CHARS = 400_000  # characters of a value; the longest lists of authors have about 120,000
MAX_STRING_CHARS = 1_000  # characters of an @string, so that nested strings cannot grow exponentially
MAX_CROSSREF_DEPTH = 10  # length of a chain of crossrefs
SUPPORTED_FIELDS = frozenset(
    "abstract archiveprefix arxivid author booktitle crossref date day doi eprint eprintclass eprinttype eventtitle "
    "howpublished journal journaltitle month note number primaryclass series subtitle title url volume xdata "
    "year".split()
)
INHERITED_FIELDS = "author booktitle date journal journaltitle month series year".split()
NON_PAPER_ENTRY_TYPES = frozenset(
    "collection control ieeetranbstctl mvcollection mvproceedings mvreference periodical proceedings reference set "
    "xdata".split()
)
ARXIV_FALLBACK_FIELDS = (
    "url",
    "journal",
    "journaltitle",
    "volume",
    "number",
    "note",
    "howpublished",
)  # which may also contain arXiv ids
SYNTAX_ERROR_MESSAGES = {  # bibtexparser's reasons for giving up on a block, reworded for curators
    "Unexpectedly reached end of file": "is never closed",
    "Unexpected block start|found `?@": "is not closed before the next one begins",
    "Expected comma after entry key": "has no comma after its key",
    "": "is broken: expected name = {value}, with a comma between two of them",
}
ENTRY_START = re.compile(r"\A@?(\w*)\s*[{(]?\s*([^\s,{}=\"#()@]*)")
VALUE_PART = re.compile(r'\s*(?:(?P<opener>[{"])|(?P<word>[^\s"#{},=]+))')
ESCAPING_BACKSLASH = re.compile(
    r"\\(?:(?=\n)|(?<!\\\\)\\(?:\\\\)*(?=[{}\"]))"
)  # a backslash that would hide a line end, a brace, or a quote from bibtexparser
DELIMITERS = {"{": re.compile(r"(?<!\\)[{}]"), '"': re.compile(r'(?<!\\)[{}"]')}
PART_SEPARATOR = re.compile(r"\s*(?:(?P<more>#)|(?P<end>\Z))")
ISO_DATE = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:[T/~?%].*)?")
DANGLING_AND = re.compile(r"(?i)^(?:and )+|(?: and)+$")


@dataclass(frozen=True, slots=True)
class BibtexField:
    """A field's value in TeX, and its line and column."""

    text: str
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """An entry of the file with its supported fields; field names are in lower case."""

    kind: str
    key: str
    place: tuple[int, int]
    fields: Mapping[str, BibtexField]

    def raw(self, *names: str) -> str:
        """Return the first nonempty value of these fields, in TeX."""
        return next((self.fields[name].text for name in names if name in self.fields and self.fields[name].text), "")

    def line(self, *names: str) -> str:
        """Return the first nonempty value of these fields as one line of Unicode text."""
        return latex_to_line(self.raw(*names))

    def address(self, *names: str) -> str:
        """Return the first nonempty value of these fields as an address or identifier, without TeX escapes."""
        return strip_tex_escapes(self.raw(*names))


def read_bibtex(text: str, file: str) -> tuple[list[ImportedRecord], list[Problem]]:
    """Return the works of a .bib file in file order, and the problems of its entries.

    An entry that lacks a required value is skipped, except that the abstract may be empty.
    """
    text = clean_text(text.replace("\r\n", "\n").replace("\r", "\n"))
    reader = BibtexReader(ESCAPING_BACKSLASH.sub(r"\g<0> ", text), file)
    records = [found for entry in with_progress(reader.entries, "reading entries") if (found := reader.record(entry))]
    return records, sorted(reader.problems)


class BibtexReader:
    """A reader of one file: it reads all entries first, since a parent may come after its children, then each paper."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.problems: list[Problem] = []
        self.strings = {month: month for month in MONTH_MACROS}
        self.entries: list[BibtexEntry] = []
        self.read_blocks(text)
        self.by_key: dict[str, BibtexEntry] = {}
        for entry in self.entries:
            first = self.by_key.setdefault(entry.key.lower(), entry)
            if first is not entry:
                message = f'the key "{one_line_excerpt(entry.key)}" appears twice, first on line {first.place[0]}'
                self.problems.append(Problem(file, *entry.place, message))
        self.parents = {entry.raw("crossref").strip().lower() for entry in self.entries} - {""}

    def place(self, line: int) -> tuple[int, int]:
        """Return the 1-based line and column of the first character on a line that is counted from 0."""
        indentation = re.match(r"\s*", self.lines[line])
        return line + 1, indentation.end() + 1 if indentation else 1

    def note_problem(self, entry: BibtexEntry, message: str, *names: str) -> None:
        """Record a problem of an entry, at the first of these fields that the entry has."""
        place = next((entry.fields[name].place for name in names if name in entry.fields), entry.place)
        self.problems.append(Problem(self.file, *place, f"{describe_entry(entry.key)}{message}"))

    def note_unfit_field(self, entry: BibtexEntry, expected: str, found: str, *names: str) -> None:
        """Record that the value of a field is invalid."""
        self.note_problem(entry, f': expected {expected}, found "{one_line_excerpt(found)}"', *names)

    def read_blocks(self, text: str) -> None:
        """Collect the entries and strings of the text."""
        found = parse_string(text, parse_stack=[]).blocks
        before: blocks.Block | None = None
        for block in found:
            whole: Any = block
            if isinstance(block, blocks.DuplicateBlockKeyBlock | blocks.DuplicateFieldKeyBlock):
                whole = block.ignore_error_block
            if isinstance(whole, blocks.Entry):
                self.entries += self.parse_entry(whole)
            elif isinstance(whole, blocks.String):
                self.add_string(whole)
            elif isinstance(whole, blocks.ParsingFailedBlock):
                self.note_broken_block(whole)
            elif isinstance(whole, blocks.ImplicitComment) and not isinstance(before, blocks.ParsingFailedBlock):
                self.note_stray_text(whole, heading=not before and len(found) > 1)
            before = whole

    def note_broken_block(self, block: Any) -> None:
        """Record what is wrong with a block that bibtexparser cannot parse."""
        kind, key = ENTRY_START.findall(block.raw)[0]
        kind = kind.lower()
        if kind == "comment":
            return
        reason = block.error.abort_reason
        fault = next(words for pattern, words in SYNTAX_ERROR_MESSAGES.items() if re.search(pattern, reason))
        name = (
            f'@string "{one_line_excerpt(key)}"'
            if kind == "string"
            else "@preamble"
            if kind == "preamble"
            else describe_entry(key)
        )
        self.problems.append(Problem(self.file, *self.place(block.start_line), f"{name} {fault}"))

    def note_stray_text(self, block: Any, heading: bool) -> None:
        """Record text between entries, unless it is a comment or the heading of the file."""
        for number, line in enumerate(block.comment.split("\n"), block.start_line):
            if line.strip() and not line.lstrip().startswith("%"):
                if not heading or re.search(r"[@{}=]", block.comment):
                    message = f'expected an entry such as "@article{{key, …}}", found "{one_line_excerpt(line)}"'
                    self.problems.append(Problem(self.file, *self.place(number), message))
                return

    def add_string(self, block: Any) -> None:
        """Record the value of an @string."""
        parts = split_value(block.value)
        text, fault = (
            concatenate_parts(parts, self.strings, MAX_STRING_CHARS)
            if parts is not None
            else ("", "expected one value")
        )
        if fault:
            message = f'@string "{one_line_excerpt(block.key)}": {fault}'
            self.problems.append(Problem(self.file, *self.place(block.start_line), message))
        self.strings[block.key.lower()] = text

    def parse_entry(self, block: Any) -> Iterator[BibtexEntry]:
        """Yield the entry of a block; nothing if the end of a value is unclear."""
        fields: dict[str, BibtexField] = {}
        entry = BibtexEntry(block.entry_type.lower(), block.key, self.place(block.start_line), fields)
        for field in block.fields:
            name = field.key.lower()
            here = BibtexEntry("", block.key, self.place(field.start_line), {})
            parts = split_value(field.value)
            if parts is None:
                self.note_problem(
                    here, f': expected one value in braces or quotes and a comma after "{one_line_excerpt(name)} ="'
                )
                return
            if name not in SUPPORTED_FIELDS:
                continue
            text, fault = concatenate_parts(parts, self.strings, MAX_VALUE_CHARS)
            if fault:
                self.note_problem(here, f': {fault} in "{name}"')
            if name in fields:
                self.note_problem(here, f': "{name}" appears twice')
            fields.setdefault(name, BibtexField(text, here.place))
        yield entry

    def resolve_inheritance(self, entry: BibtexEntry) -> BibtexEntry:
        """Return the entry with missing fields filled in from its parents."""
        fields = dict(entry.fields)
        for key in entry.raw("xdata").split(","):
            if shared := self.by_key.get(key.strip().lower()):
                fields = {**shared.fields, **fields}
        child, line = entry, {entry.key.lower()}
        while (key := child.raw("crossref").strip()) and len(line) <= MAX_CROSSREF_DEPTH:
            parent = self.by_key.get(key.lower())
            if not parent:
                self.note_problem(entry, f': unknown entry "{one_line_excerpt(key)}" in "crossref"', "crossref")
                break
            if key.lower() in line:
                self.note_problem(entry, ': "crossref" leads back to an entry that it comes from', "crossref")
                break
            fields = {**inheritable_fields(parent), **fields}
            line.add(key.lower())
            child = parent
        return replace(entry, fields=fields)

    def record(self, entry: BibtexEntry) -> ImportedRecord | None:
        """Return what an entry says about a work; None if it does not describe one."""
        paper = self.paper(entry)
        place = ":".join(map(str, (self.file, *entry.place)))
        return ImportedRecord(paper, f"{place}: {describe_entry(entry.key)}") if paper else None

    def paper(self, entry: BibtexEntry) -> Paper | None:
        """Return the paper of an entry; None if the entry is not a paper, or lacks a title or authors."""
        if entry.kind in NON_PAPER_ENTRY_TYPES or (
            entry.key.lower() in self.parents and not entry.raw("author", "eprint")
        ):
            return None
        entry = self.resolve_inheritance(entry)
        title, authors = full_title(entry.line("title"), entry.line("subtitle")), self.authors(entry)
        if not title:
            self.note_problem(entry, " has no title")
        if not title or not authors:
            return None
        arxiv, day = self.arxiv(entry), self.day(entry)
        venue = self.venue(entry, day)
        paper = Paper(
            id="",
            title=title,
            authors=authors,
            category="",
            abstract=latex_to_paragraphs(entry.raw("abstract")),
            arxiv=arxiv,
            arxiv_class=self.arxiv_class(entry) if arxiv else None,
            doi=self.doi(entry),
            acl_anthology=self.acl_anthology(entry),
            published=day if not arxiv or (not venue and is_near_arxiv_month(day, arxiv)) else None,
            venue=venue,
            links=Links(code=code_address(entry)),
        )
        if fault := entry_fault(paper):
            self.note_problem(entry, f" is left out: {fault}")
        return None if fault else paper

    def authors(self, entry: BibtexEntry) -> tuple[str, ...]:
        """Return the authors' names in natural order; none, and record a problem, if they cannot be separated."""
        names = [DANGLING_AND.sub("", name) for name in split_multiple_persons_names(single_line(entry.raw("author")))]
        people = [(name, author_full_name(name)) for name in names if name.lower() != "others" and name.strip(" ,~{}")]
        if not people:
            self.note_problem(entry, " has no authors")
        for name, read in people:
            if not read:
                self.note_unfit_field(entry, 'names joined by "and"', latex_to_line(name), "author")
                return ()
        return tuple(read for _, read in people)

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
        if given and not valid_text(ArxivClass, given) and not re.fullmatch("[a-z-]+", given):
            self.note_unfit_field(entry, text_format(ArxivClass).expected, given, "primaryclass", "eprintclass")
        return valid_text(ArxivClass, given)

    def doi(self, entry: BibtexEntry) -> str | None:
        """Return the DOI, unless it is the one that arXiv assigns to a preprint."""
        given, address = entry.address("doi"), entry.address("url")
        text = given or (address if DOI_ADDRESS_PREFIX.match(address) else "")
        value = DOI_ADDRESS_PREFIX.sub("", text, count=1).strip()
        if not value or value.startswith(ARXIV_DOI_PREFIX):
            return None
        if not valid_text(Doi, value):
            self.note_unfit_field(entry, text_format(Doi).expected, text, "doi" if given else "url")
        return valid_text(Doi, value)

    def acl_anthology(self, entry: BibtexEntry) -> str | None:
        """Return the ACL Anthology id that the URL contains."""
        found = ANTHOLOGY_PAPER_ADDRESS.fullmatch(entry.address("url").strip())
        if found and not valid_text(AnthologyId, found["id"]):
            self.note_unfit_field(entry, text_format(AnthologyId).expected, found["id"], "url")
        return valid_text(AnthologyId, found["id"]) if found else None

    def day(self, entry: BibtexEntry) -> str | None:
        """Return the date as precisely as it is given: a year, a month, or a day."""
        text = entry.line("date", "year")
        found = ISO_DATE.fullmatch(text)
        value = found[1] if found else ""
        if len(value) == len("2017"):
            value += month_and_day(entry.line("month"), entry.line("day"))
        if text and not (valid_text(Date, value) and is_calendar_date(value)):
            self.note_unfit_field(entry, text_format(Date).expected, text, "date" if entry.raw("date") else "year")
            return None
        return value or None

    def venue(self, entry: BibtexEntry, day: str | None) -> Venue | None:
        """Return the venue, if the entry has one and its year."""
        book = entry.line("booktitle")
        journal = "" if book else entry.line("journaltitle", "journal")
        text = (book or journal or entry.line("eventtitle"))[:MAX_STRING_CHARS]
        found = series_and_track(text, entry.line("series")[:MAX_STRING_CHARS], book=not journal)
        if found and not day and not entry.raw("date", "year"):
            self.note_problem(entry, " has no year, without which its venue cannot be taken", "booktitle", "journal")
        return Venue(found[0], int(day[:4]), found[1]) if found and day else None


def describe_entry(key: str) -> str:
    """Return how problems refer to an entry."""
    return f'entry "{one_line_excerpt(key)}"' if key else "an entry without a key"


def split_value(value: str) -> list[tuple[str, str]] | None:
    """Return the parts of a value between `#`, each with its opening delimiter, if any; None for an invalid value."""
    parts, index = [], 0
    while piece := VALUE_PART.match(value, index):
        opener, end = piece["opener"] or "", piece.end()
        if opener:
            index = closing_index(value, end, opener) + 1
            if not index:
                return None
            parts.append((opener, value[end : index - 1]))
        else:
            parts.append(("", piece["word"]))
            index = end
        joint = PART_SEPARATOR.match(value, index)
        if not joint:
            return None
        if joint["more"] is None:
            return parts
        index = joint.end()
    return None if value.strip() else []


def closing_index(value: str, start: int, opener: str) -> int:
    """Return the index of the closing delimiter, or -1; as in bibtexparser, a backslash escapes a delimiter."""
    depth = 0
    for sign in DELIMITERS[opener].finditer(value, start):
        if sign[0] == "{":
            depth += 1
        elif depth:
            depth -= sign[0] == "}"
        elif sign[0] == ("}" if opener == "{" else '"'):
            return sign.start()
    return -1


def concatenate_parts(parts: list[tuple[str, str]], strings: Mapping[str, str], longest: int) -> tuple[str, str]:
    """Return the text of a value's parts, and an error message if they cannot be joined."""
    texts, left = [], longest
    for opener, text in parts:
        literal = opener or re.fullmatch("[0-9]+", text)
        if not literal and text.lower() not in strings:
            return "", f'expected a value in braces or quotes, found "{one_line_excerpt(text)}"'
        texts.append(text if literal else strings[text.lower()])
        left -= len(texts[-1])
        if left < 0:
            return "", f"expected at most {longest:,} characters, found more"
    return "".join(texts), ""


def inheritable_fields(parent: BibtexEntry) -> dict[str, BibtexField]:
    """Return the fields that a parent passes on; its title becomes the book or journal title of its children."""
    fields = {name: parent.fields[name] for name in INHERITED_FIELDS if name in parent.fields}
    if "title" in parent.fields:
        fields.setdefault("journal" if parent.kind == "periodical" else "booktitle", parent.fields["title"])
    return fields


@lru_cache(1 << 14)
def author_full_name(name: str) -> str:
    """Return an author's name in natural order; an empty string if it is not a single name."""
    if re.search(r"\bfamily\s*=", name):
        given = dict(re.findall(r"\b(given|prefix|family|suffix)\s*=\s*\"?([^,\"]*)", name))
        return latex_to_line(" ".join(given[part] for part in ("given", "prefix", "family", "suffix") if part in given))
    try:
        parts = parse_single_name_into_parts(name)
    except InvalidNameError as error:
        if error.reason == "Too many commas":
            return ""
        parts = parse_single_name_into_parts(name, strict=False)
    text = re.sub(r" \d{4}$", "", latex_to_line(parts.merge_first_name_first))  # DBLP numbers authors who share a name
    return "" if ";" in text or len(parts.jr) > 1 else text


def month_and_day(month: str, day: str) -> str:
    """Return `-01-26`, `-01`, or an empty string, depending on how much of the month and day is unambiguous."""
    found = re.findall("[a-z]+|[0-9]+", month.lower())
    names = [MONTH_MACROS.index(word[:3]) + 1 for word in found if word[:3] in MONTH_MACROS]
    numbers = [int(word) for word in (*found, *day.split()) if re.fullmatch("0?[1-9]|[12][0-9]|3[01]", word)]
    if not names and numbers and numbers[0] <= len(MONTH_MACROS):
        names = [numbers.pop(0)]
    if len(names) != 1:
        return ""
    return f"-{names[0]:02}-{numbers[0]:02}" if len(numbers) == 1 else f"-{names[0]:02}"


def is_near_arxiv_month(day: str | None, arxiv: str) -> bool:
    """Return whether a date may be that of the first version: within a month of that in the arXiv id."""
    found = re.match(r"(?:[^/]*/)?(\d\d)(\d\d)", arxiv)
    if not day or not found:
        return False
    year, month = (1900 if int(found[1]) > 90 else 2000) + int(found[1]), int(found[2])
    if len(day) == len("2017"):
        return int(day) == year
    return abs(int(day[:4]) * 12 + int(day[5:7]) - year * 12 - month) <= 1


def code_address(entry: BibtexEntry) -> str | None:
    """Return the first address of a code repository in the entry."""
    return next(
        filter(None, (find_code_address(entry.address(name)) for name in ("url", "howpublished", "note"))), None
    )
