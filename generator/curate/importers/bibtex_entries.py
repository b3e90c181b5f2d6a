"""Read the entries of .bib files: their fields in TeX, with `@string`, `#`, `crossref` and `xdata` resolved.

`bibtexparser` splits the text into blocks; after a broken block, it continues at the next line that starts with
`@type{`. Values are evaluated here. Everything that cannot be read is a problem with its place, and the rest is used.
Several files are read as one, so that the strings of one serve the entries of another.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from bibtexparser import model as blocks
from bibtexparser.entrypoint import parse_string

from generator.citations.bibtex import MONTH_MACROS
from generator.content.characters import clean_text
from generator.content.model import Problem
from generator.content.reader import one_line_excerpt
from generator.curate.importers.latex import flatten_formulas, latex_to_line, strip_tex_escapes
from generator.curate.importers.markup import text_without_markup
from generator.curate.importers.plain_text import printable_line
from generator.curate.importers.venues import JOURNAL_STRINGS
from generator.output.progress import announced_if_slow

logging.getLogger("bibtexparser").addHandler(logging.NullHandler())  # broken input is reported as problems

MAX_VALUE_CHARS = 400_000  # characters of a value; the longest lists of authors have about 120,000
MAX_STRING_CHARS = 1_000  # characters of an @string, so that nested strings cannot grow exponentially
MAX_CROSSREF_DEPTH = 10  # length of a chain of crossrefs
INHERITED_FIELDS = (  # which a book or a volume of a journal passes on to its parts
    "address author booktitle date editor isbn issn journal journaltitle location month number organization publisher "
    "series volume year"
).split()
BOOKKEEPING_FIELDS = re.compile(  # what programs note for themselves, and what only tells BibTeX how to sort and label
    "added-at|adsnote|adsurl|acknowledgement|bdsk-.*|bibdate|bibsource|biburl|citeulike-.*|coden|created|creationdate|"
    "date-(?:added|created|modified)|entryset|execute|file|gender|ids|index(?:sort)?title|interhash|intrahash|key|label.*|"
    "langidopts|local-?(?:file|url)|mendeley-.*|modificationdate|modified|numpages|options|owner|pagetotal|posted-at|"
    "presort|printed|priority|qualityassured|ranking|rating|read|readstatus|related.*|relevance|short(?:author|editor|"
    "hand|journal|title)|sort.*|timestamp|userid|username|xref|__.*"
)
SYNTAX_ERROR_MESSAGES = {  # bibtexparser's reasons for giving up on a block, reworded for curators
    "Unexpectedly reached end of file": "is never closed",
    "Unexpected block start|found `?@": "is not closed before the next one begins",
    "Expected comma after entry key": "has no comma after its key",
    "": "is broken: expected name = {value}, with a comma between two of them",
}
TITLES_OF_CONTAINERS = ("journal", "journaltitle", "booktitle")  # for which an undefined name is better than nothing
DATE_FIELDS = ("date", "day", "month", "year")  # in which words without quotes are no @string
NUMBER = re.compile("[0-9]+")
MACRO_DEFINITION = re.compile(
    r"\\(?:def|(?:re)?newcommand\*?|providecommand\*?)\s*\{?\s*\\(?P<name>[A-Za-z]+)\s*\}?\s*"
    r"\{(?P<body>(?:[^{}#]|\{(?:[^{}#]|\{[^{}#]{0,99}\}){0,99}\}){0,99})\}"
)
MACRO_USE = re.compile(r"\\([A-Za-z]+)(?![A-Za-z])\s*(?:\{\})?")
JABREF_GROUP = re.compile(r"[0-9] ExplicitGroup:((?:[^;\\]|\\.)*);")
BIBDESK_GROUP = re.compile(
    r"<key>group name</key>\s*<string>(?P<name>[^<]*)</string>\s*<key>keys</key>\s*<string>(?P<keys>[^<]*)</string>"
)
ENTRY_START = re.compile(r"\A@?(\w*)\s*[{(]?\s*([^\s,{}=\"#()@]*)")
VALUE_PART = re.compile(r'\s*(?:(?P<opener>[{"])|(?P<word>[^\s"#{},=]+))')
ESCAPING_BACKSLASH = re.compile(
    r"\\(?:(?=\n)|(?<!\\\\)\\(?:\\\\)*(?=[{}\"]))"
)  # a backslash that would hide a line end, a brace, or a quote from bibtexparser
DELIMITERS = {"{": re.compile(r"(?<!\\)[{}]"), '"': re.compile(r'(?<!\\)[{}"]')}
PART_SEPARATOR = re.compile(r"\s*(?:(?P<more>#)|(?P<end>\Z))")


@dataclass(frozen=True, slots=True)
class BibtexField:
    """A field's value in TeX, and its line and column."""

    text: str
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """An entry of a file with its fields, whose names are in lower case."""

    file: str
    kind: str
    key: str
    place: tuple[int, int]
    fields: Mapping[str, BibtexField]

    def raw(self, *names: str) -> str:
        """Return the first nonempty value of these fields, in TeX."""
        return next((self.fields[name].text for name in names if name in self.fields and self.fields[name].text), "")

    def line(self, *names: str) -> str:
        """Return the first nonempty value of these fields as one line of Unicode text."""
        return text_line(self.raw(*names))

    def address(self, *names: str) -> str:
        """Return the first nonempty value of these fields as an address or identifier, without TeX escapes."""
        return strip_tex_escapes(self.raw(*names))


def text_line(tex: str) -> str:
    """Return TeX, in which there may be HTML too, as one line of Unicode text."""
    text = flatten_formulas(latex_to_line(tex))
    return printable_line(text_without_markup(text)) if "&" in text or "<" in text else text


class EntryReader:
    """A reader of files: it reads all strings first, then all entries, since each may come after what refers to it."""

    def __init__(self, files: Sequence[tuple[str, str]]) -> None:
        self.problems: list[Problem] = []
        self.entries: list[BibtexEntry] = []
        sources: list[BibtexSource] = []
        strings: dict[str, str] = {}
        for text, name in files:
            with announced_if_slow(f"reading {name}…"):
                sources.append(BibtexSource(text, name, strings, self.problems))
            strings = {**sources[-1].strings, **strings}
        for source in sources:
            self.entries += source.read_entries({**strings, **source.strings})
        self.by_key = self.index_keys()
        self.groups = groups_by_key(comment for source in sources for comment in source.comments)
        self.parents = {entry.raw("crossref").strip().lower() for entry in self.entries} - {""}

    def index_keys(self) -> dict[str, BibtexEntry]:
        """Return the entries by key in lower case; one without a key can lend its fields to none."""
        by_key: dict[str, BibtexEntry] = {}
        for entry in self.entries:
            first = by_key.setdefault(entry.key.lower(), entry) if entry.key else entry
            if first is not entry:
                place = f"on line {first.place[0]}" + (f" of {first.file}" if first.file != entry.file else "")
                message = f'the key "{one_line_excerpt(entry.key)}" appears twice, first {place}'
                self.problems.append(Problem(entry.file, *entry.place, message, warning=True))
        return by_key

    def note_problem(self, entry: BibtexEntry, message: str, *names: str, warning: bool = False) -> None:
        """Record a problem of an entry, at the first of these fields that the entry has."""
        place = next((entry.fields[name].place for name in names if name in entry.fields), entry.place)
        self.problems.append(Problem(entry.file, *place, f"{describe_entry(entry.key)}{message}", warning))

    def resolve_inheritance(self, entry: BibtexEntry) -> BibtexEntry:
        """Return the entry with missing fields filled in from its parents."""
        fields = {**self.shared_fields(entry), **entry.fields}
        child, line = replace(entry, fields=fields), {entry.key.lower()}
        while (key := child.raw("crossref").strip()) and len(line) <= MAX_CROSSREF_DEPTH:
            parent = self.by_key.get(key.lower())
            if not parent:
                self.note_problem(entry, f': unknown entry "{one_line_excerpt(key)}" in "crossref"', "crossref")
                break
            if key.lower() in line:
                self.note_problem(entry, ': "crossref" leads back to an entry that it comes from', "crossref")
                break
            child = replace(parent, fields={**self.shared_fields(parent), **parent.fields})
            fields = {**inheritable_fields(child), **fields}
            line.add(key.lower())
        return replace(entry, fields=fields)

    def shared_fields(self, entry: BibtexEntry) -> dict[str, BibtexField]:
        """Return the fields that an entry takes from those of the type `@xdata` that it names."""
        fields: dict[str, BibtexField] = {}
        for key in filter(None, map(str.strip, entry.raw("xdata").split(","))):
            shared = self.by_key.get(key.lower())
            if shared and shared.kind == "xdata":
                fields = {**shared.fields, **fields}
            else:
                self.note_problem(entry, f': expected an @xdata entry, found "{one_line_excerpt(key)}"', "xdata")
        return fields


class BibtexSource:
    """One file in the course of being read: its blocks and strings, and the problems of all files."""

    def __init__(self, text: str, name: str, strings: Mapping[str, str], problems: list[Problem]) -> None:
        text = clean_text(text.replace("\r\n", "\n").replace("\r", "\n"))
        self.name, self.problems = name, problems
        self.lines = text.split("\n")
        self.strings = {**JOURNAL_STRINGS, **{month: month for month in MONTH_MACROS}, **strings}
        self.undefined: dict[str, None] = {}  # in the order in which they are used
        self.blocks = parse_string(ESCAPING_BACKSLASH.sub(r"\g<0> ", text), parse_stack=[]).blocks
        self.macros = defined_macros(block.value for block in self.blocks if isinstance(block, blocks.Preamble))
        self.comments = [block.comment for block in self.blocks if isinstance(block, blocks.ExplicitComment)]
        for block in self.blocks:
            if isinstance(block, blocks.String):
                self.add_string(block)
            elif isinstance(block, blocks.DuplicateBlockKeyBlock) and isinstance(
                block.ignore_error_block, blocks.String
            ):
                self.add_string(block.ignore_error_block)

    def note(self, place: tuple[int, int], message: str) -> None:
        """Record a problem at a place of the file."""
        self.problems.append(Problem(self.name, *place, message))

    def place(self, line: int) -> tuple[int, int]:
        """Return the 1-based line and column of the first character on a line that is counted from 0."""
        indentation = re.match(r"\s*", self.lines[line])
        return line + 1, indentation.end() + 1 if indentation else 1

    def read_entries(self, strings: Mapping[str, str]) -> list[BibtexEntry]:
        """Return the entries of the file, given the values of all strings."""
        entries: list[BibtexEntry] = []
        before: blocks.Block | None = None
        for block in self.blocks:
            whole: Any = block
            if isinstance(block, blocks.DuplicateBlockKeyBlock | blocks.DuplicateFieldKeyBlock):
                whole = block.ignore_error_block
            if isinstance(whole, blocks.Entry):
                entries += self.parse_entry(whole, strings)
            elif isinstance(whole, blocks.ParsingFailedBlock):
                self.note_broken_block(whole)
            elif isinstance(whole, blocks.ImplicitComment) and not isinstance(before, blocks.ParsingFailedBlock):
                self.note_stray_text(whole, heading=not before and len(self.blocks) > 1)
            before = whole
        if self.undefined:
            first, *others = self.undefined
            names = f'"{one_line_excerpt(first)}"' + (f" and {len(others)} more" if others else "")
            self.note((0, 0), f"undefined @string {names}: import the file with its definition together with this one")
        return entries

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
        self.note(self.place(block.start_line), f"{name} {fault}")

    def note_stray_text(self, block: Any, heading: bool) -> None:
        """Record text between entries, unless it is a comment or the heading of the file."""
        for number, line in enumerate(block.comment.split("\n"), block.start_line):
            if line.strip() and not line.lstrip().startswith("%"):
                if not heading or re.search(r"[@{}=]", block.comment):
                    message = f'expected an entry such as "@article{{key, …}}", found "{one_line_excerpt(line)}"'
                    self.note(self.place(number), message)
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
            self.note(self.place(block.start_line), message)
        self.strings[block.key.lower()] = text

    def parse_entry(self, block: Any, strings: Mapping[str, str]) -> Iterator[BibtexEntry]:
        """Yield the entry of a block; nothing if the end of a value is unclear."""
        fields: dict[str, BibtexField] = {}
        subject = describe_entry(block.key)
        for field in block.fields:
            name, place = field.key.lower(), self.place(field.start_line)
            parts = split_value(field.value)
            if parts is None:
                shown = f'"{one_line_excerpt(name)} ="'
                self.note(place, f"{subject}: expected one value in braces or quotes and a comma after {shown}")
                return
            text, fault = concatenate_parts(parts, strings, MAX_VALUE_CHARS)
            if unknown := next((word for opener, word in parts if is_undefined(opener, word, strings)), ""):
                text = unknown if name in TITLES_OF_CONTAINERS else ""
                if name not in DATE_FIELDS and not BOOKKEEPING_FIELDS.fullmatch(name):
                    self.undefined.setdefault(unknown)
            if fault and not BOOKKEEPING_FIELDS.fullmatch(name):
                self.note(place, f'{subject}: {fault} in "{one_line_excerpt(name)}"')
            if name in fields and not BOOKKEEPING_FIELDS.fullmatch(name):
                self.note(place, f'{subject}: "{one_line_excerpt(name)}" appears twice')
            fields.setdefault(name, BibtexField(expand_macros(text, self.macros), place))
        yield BibtexEntry(self.name, block.entry_type.lower(), block.key, self.place(block.start_line), fields)


def defined_macros(preambles: Iterable[str]) -> dict[str, str]:
    """Return the macros without arguments that the preambles define, each with its TeX in braces."""
    found = (match for preamble in preambles for match in MACRO_DEFINITION.finditer(preamble))
    return {match["name"]: f"{{{match['body']}}}" for match in found}


def expand_macros(tex: str, macros: Mapping[str, str]) -> str:
    """Return TeX with these macros replaced by what they stand for."""
    if not macros or "\\" not in tex:
        return tex
    return MACRO_USE.sub(lambda found: macros.get(found[1], found[0]), tex)


def groups_by_key(comments: Iterable[str]) -> dict[str, list[str]]:
    """Return the names of the groups that an entry is in, by its key, as BibDesk and, up to version 3, JabRef noted
    them."""
    groups: dict[str, list[str]] = {}
    for comment in comments:
        if comment.lstrip().startswith("jabref-meta: groupstree:"):
            for found in JABREF_GROUP.finditer(re.sub(r"(?<=\\) \n|\n", "", comment)):  # it is broken anywhere
                name, _, *keys = found[1].split("\\;")
                for key in filter(None, keys):
                    groups.setdefault(key, []).append(name)
        if comment.lstrip().startswith("BibDesk Static Groups"):
            for found in BIBDESK_GROUP.finditer(comment):
                for key in filter(None, map(str.strip, found["keys"].split(","))):
                    groups.setdefault(key, []).append(printable_line(unescape(found["name"])))
    return groups


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
        if is_undefined(opener, text, strings):
            return "", f'expected a value in braces or quotes, found "{one_line_excerpt(text)}"'
        texts.append(text if opener or NUMBER.fullmatch(text) else strings[text.lower()])
        left -= len(texts[-1])
        if left < 0:
            return "", f"expected at most {longest:,} characters, found more"
    return "".join(texts), ""


def is_undefined(opener: str, text: str, strings: Mapping[str, str]) -> bool:
    """Return whether a part of a value is a name that no @string defines."""
    return not opener and not NUMBER.fullmatch(text) and text.lower() not in strings


def inheritable_fields(parent: BibtexEntry) -> dict[str, BibtexField]:
    """Return the fields that a parent passes on; its title becomes the book or journal title of its children."""
    fields = {name: parent.fields[name] for name in INHERITED_FIELDS if name in parent.fields}
    if "title" in parent.fields:
        fields.setdefault("journal" if parent.kind == "periodical" else "booktitle", parent.fields["title"])
    return fields
