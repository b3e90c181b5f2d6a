"""What RIS, CSL-JSON and Zotero have in common: records of named fields, which become works of the list.

In: the fields of one record as texts, and a `GivenWork` made from some of them. Out: an imported record, in which every
field that found no place is named. Texts may have the markup of HTML and JATS, or formulas in TeX.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.citations.names import is_others
from generator.content.model import Address, AnthologyId, ArxivClass, ArxivId, Line, Problem
from generator.content.reader import one_line_excerpt, valid_text
from generator.curate.importers.dates import date_in, is_plain_date
from generator.curate.importers.entries import entry_fault
from generator.curate.importers.identifiers import (
    ANTHOLOGY_PAPER_ADDRESS,
    anthology_id,
    find_arxiv_id,
    find_doi,
    parse_identifier,
)
from generator.curate.importers.people import group_name, may_be_several_people, person_name
from generator.curate.importers.published_text import published_line, published_paragraphs
from generator.curate.importers.record import MAX_NOTE_CHARS, ImportedRecord, unique_names
from generator.curate.importers.works import GivenWork, read_work

ARXIV_CLASS = re.compile(r"\d\s*\[([\w.-]+)[\],]")  # after an id: 1701.07875 [stat.ML]


class RecordFields:
    """The fields of one record, in its order; those that are never requested are left out of the entry."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        self.values = {name: found for name, texts in values.items() if (found := [t for t in texts if t.strip()])}
        self.asked: set[str] = set()

    def all(self, *names: str) -> list[str]:
        """Return all values of these fields."""
        self.asked.update(names)
        return [text for name in names for text in self.values.get(name, ())]

    def lines(self, *names: str) -> list[str]:
        """Return all values of these fields, each on one line and without markup."""
        return list(filter(None, map(published_line, self.all(*names))))

    def line(self, *names: str) -> str:
        """Return the first value of these fields on one line and without markup, or an empty string."""
        return next(iter(self.lines(*names)), "")

    def left_out(self, ignored: Container[str]) -> list[str]:
        """Return the names of the fields that were never requested, except those that are not worth reporting."""
        return [name for name in self.values if name not in self.asked and name not in ignored]


@dataclass(frozen=True, slots=True)
class Reference:
    """A record of a file: its work, texts that may be its identifiers, and what its owner added to it."""

    work: GivenWork
    identifiers: tuple[str, ...] = ()
    pdf: str = ""
    keywords: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def note_and_remarks(notes: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return the only note of a record if it is one short line; otherwise its notes are remarks of their owner."""
    texts = [text for text in map(published_paragraphs, notes) if text]
    if len(texts) == 1 and valid_text(Line, texts[0]) and len(texts[0]) <= MAX_NOTE_CHARS:
        return texts[0], ()
    return "", tuple(texts)


def imported_record(
    reference: Reference, here: Problem, field_names: Mapping[str, str]
) -> tuple[ImportedRecord | None, list[Problem]]:
    """Return a reference as a record, and what is wrong with it; None if it cannot become an entry.

    The message of `here` is what problems call the record. `field_names` are the names that its format has for the
    values of a work.
    """
    if not reference.work.title:
        return None, [replace(here, message=f"{here.message} has no title")]
    warnings = [replace(here, message=f"{here.message}: {doubt}", warning=True) for doubt in doubts(reference.work)]
    paper, unused = read_work(with_identifiers(reference))
    pdf = valid_text(Address, reference.pdf)
    if pdf and not (paper.arxiv and find_arxiv_id(pdf) == paper.arxiv):
        paper = replace(paper, links=replace(paper.links, pdf=pdf))
    if fault := entry_fault(paper):
        return None, [replace(here, message=f"{here.message} is left out: {fault}")]
    left_out = dict.fromkeys((*reference.left_out, *(field_names.get(name, name) for name in unused)))
    record = ImportedRecord(paper, str(here), reference.keywords, reference.groups, reference.remarks, tuple(left_out))
    return record, warnings


def doubts(work: GivenWork) -> Iterator[str]:
    """Yield what is doubtful about the people of a work."""
    for role, people in (("author", work.authors), ("editor", work.editors)):
        if people and is_others(people[-1]):
            yield f'"{people[-1]}" stands for {role}s who are not named'
        for name, count in Counter(people).items():
            if count > 1:
                yield f'the {role} "{one_line_excerpt(name)}" appears twice: are they two people?'
        yield from (
            f'the {role} "{one_line_excerpt(name)}" may be several people or a group'
            for name in filter(may_be_several_people, people)
        )


def with_identifiers(reference: Reference) -> GivenWork:
    """Return the work of a reference with the identifiers that its texts and addresses contain."""
    texts = (*reference.identifiers, *reference.work.addresses)
    doi = next(filter(None, map(find_doi, texts)), None)
    anthology = next(filter(None, map(anthology_id_in, texts)), None)
    classes = (ARXIV_CLASS.search(text) for text in reference.identifiers)
    return replace(
        reference.work,
        arxiv=next(filter(None, map(arxiv_id_in, texts)), None),
        arxiv_class=next((valid_text(ArxivClass, found[1]) for found in classes if found), None),
        doi=doi,
        acl_anthology=anthology or (anthology_id(doi) if doi else None),
    )


def unfit_dois(name: str, texts: Iterable[str]) -> list[str]:
    """Return the name of a field for the DOI if it has something else."""
    return [name] if any(text and not find_doi(text) and not arxiv_id_in(text) for text in texts) else []


def arxiv_id_in(text: str) -> str | None:
    """Return the arXiv id that a text is or mentions, or None."""
    identifier = parse_identifier(text)
    if identifier:
        return valid_text(ArxivId, identifier.value) if identifier.kind == "arxiv" else None
    return valid_text(ArxivId, find_arxiv_id(text))


def anthology_id_in(address: str) -> str | None:
    """Return the ACL Anthology id in an address, or None."""
    found = ANTHOLOGY_PAPER_ADDRESS.fullmatch(address.strip())
    return valid_text(AnthologyId, found["id"]) if found else None


def doubtful_dates(name: str, texts: Iterable[str]) -> list[str]:
    """Return the name of a date field with each text in it of which a date says less, such as `ca. 1850`."""
    return [f'{name} "{one_line_excerpt(text)}"' for text in texts if date_in(text) and not is_plain_date(text)]


def split_keywords(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the keywords in texts that have one of them, or several with semicolons or line breaks between them."""
    return unique_names(published_line(word) for text in texts for word in re.split(r"[;\n]", text))


def inverted_name(text: str) -> str:
    """Return the name in a text such as `King, Martin Luther, Jr.`"""
    family, *rest = (part.strip() for part in text.split(","))
    given, *suffixes = [part for part in rest if part] or [""]
    return person_name(family, given, " ".join(suffixes)) if given else group_name(family)


def entry_name(key: str) -> str:
    """Return how problems refer to a record."""
    return f'entry "{one_line_excerpt(key)}"' if key.strip() else "an entry without a key"
