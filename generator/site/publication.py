"""How pages say in words what a work is, where it was published, and what else is known about its publication."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from babel import Locale

from generator.citations.names import display_name
from generator.content.model import Paper
from generator.content.text import MONTH_NAMES
from generator.content.work_kinds import (
    BOOK,
    CHAPTER,
    CONFERENCE_PAPER,
    COURSE,
    DATASET,
    DOCUMENT,
    JOURNAL_ARTICLE,
    PAPER_KINDS,
    REPORT,
    SOFTWARE,
    WorkKind,
    work_kind,
)
from generator.site.catalogue import short_names

EDITED_KINDS = (CONFERENCE_PAPER, CHAPTER)  # whose editors are those of the book that they are part of
INTERFACE_LANGUAGE = "en"
OWN_WORDS = ("version ", "vol. ", "no. ", "edited by ", "p. ", "pp. ")  # with which parts of a phrase begin
ENGLISH_ORDINAL_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def kind_label(paper: Paper) -> str:
    """Return what sort of work a paper is, such as `Book` or `Master's thesis`; nothing for a paper without a genre."""
    kind = work_kind(paper)
    return capitalized_text(paper.genre or ("" if kind in PAPER_KINDS else kind.name))


def source_phrase(paper: Paper) -> str:
    """Return where a work was published: `In A Handbook, vol. 2, edited by Ada Byron, A Press, pp. 3–9`."""
    phrase = ", ".join(words for part in source_parts(paper) if (words := part(paper)))
    return capitalized_text(phrase) if phrase.startswith(OWN_WORDS) else phrase


def capitalized_text(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def separate_editors(paper: Paper) -> tuple[str, ...]:
    """Return the editors of a work with authors, unless the phrase names them as those of what it is part of."""
    is_named = not paper.authors or work_kind(paper) in EDITED_KINDS
    return () if is_named else paper.editors


# The parts of the phrase; a part without a value is empty.


def container_part(paper: Paper) -> str:
    return paper.container or ""


def in_container_part(paper: Paper) -> str:
    return f"In {paper.container}" if paper.container else ""


def publisher_and_series_part(paper: Paper) -> str:
    series = " ".join(part for part in (paper.container, paper.number) if part)
    return f"{paper.publisher} ({series})" if paper.publisher and series else paper.publisher or series


def volume_part(paper: Paper) -> str:
    return f"vol. {paper.volume}" if paper.volume else ""


def issue_part(paper: Paper) -> str:
    return f"no. {paper.number}" if paper.number else ""


def number_part(paper: Paper) -> str:
    return paper.number or ""


def editors_part(paper: Paper) -> str:
    return f"edited by {short_names(map(display_name, paper.editors))}" if paper.editors and paper.authors else ""


def pages_part(paper: Paper) -> str:
    pages = re.sub("-+", "–", paper.pages or "")
    if not re.fullmatch(r"[0-9]+[a-z]?(?:\s*[–—,]\s*[0-9]+[a-z]?)*", pages):
        return pages
    return f"p. {pages}" if pages.isalnum() else f"pp. {pages}"


def edition_part(paper: Paper) -> str:
    name = paper.edition or ""
    if name.isdecimal():
        name += ordinal_ending(int(name))
    return f"{name} edition" if re.fullmatch(r"\w+", name) else name


def ordinal_ending(number: int) -> str:
    """Return the letters that make a number an ordinal: `nd` for 2, `th` for 12."""
    return "th" if number // 10 % 10 == 1 else ENGLISH_ORDINAL_ENDINGS.get(number % 10, "th")


def version_part(paper: Paper) -> str:
    return f"version {paper.edition}" if paper.edition else ""


def institution_part(paper: Paper) -> str:
    is_named = not paper.authors and not paper.editors  # in place of authors
    return "" if is_named else paper.institution or ""


def publisher_part(paper: Paper) -> str:
    return paper.publisher or ""


SourcePart = Callable[[Paper], str]
OTHER_PARTS: Mapping[str, SourcePart] = {  # for each key, what shows it where an order has no place for it
    "container": container_part,
    "volume": volume_part,
    "number": number_part,
    "edition": edition_part,
    "institution": institution_part,
    "publisher": publisher_part,
    "pages": pages_part,
}
BOOK_ORDER: Mapping[str, SourcePart] = {
    "container": in_container_part,
    "volume": volume_part,
    "editors": editors_part,
    "edition": edition_part,
    "publisher": publisher_part,
    "institution": institution_part,
    "pages": pages_part,
}
VERSION_ORDER: Mapping[str, SourcePart] = {"container": container_part, "edition": version_part}
SOURCE_ORDERS: Mapping[WorkKind, Mapping[str, SourcePart]] = {
    JOURNAL_ARTICLE: {
        "container": container_part,
        "volume": volume_part,
        "number": issue_part,
        "pages": pages_part,
    },
    CONFERENCE_PAPER: BOOK_ORDER,
    CHAPTER: BOOK_ORDER,
    BOOK: {
        "volume": volume_part,
        "edition": edition_part,
        "institution": institution_part,
        "publisher container number": publisher_and_series_part,
    },
    REPORT: {"institution": institution_part, "number": issue_part, "container": container_part},
    SOFTWARE: VERSION_ORDER,
    DATASET: VERSION_ORDER,
    COURSE: {"number": number_part},
    DOCUMENT: {"container": in_container_part},
}


def source_parts(paper: Paper) -> Iterator[SourcePart]:
    """Return the parts of a work's phrase: first those that its kind has an order for, and then all others."""
    order = SOURCE_ORDERS.get(work_kind(paper), {})
    yield from order.values()
    named = " ".join(order).split()
    yield from (part for key, part in OTHER_PARTS.items() if key not in named)


# Other facts


def publication_details(paper: Paper) -> Iterator[str]:
    """Return the language of a work if it is not English, its numbers, and when a page was last read."""
    if paper.language and paper.language.split("-")[0] != INTERFACE_LANGUAGE:
        yield f"In {language_name(paper.language)}"
    yield from (f"{name} {number}" for name, number in (("ISBN", paper.isbn), ("ISSN", paper.issn)) if number)
    if paper.accessed:
        yield f"Accessed {format_date(paper.accessed)}"


def language_name(tag: str) -> str:
    """Return the English name of a language, such as `Brazilian Portuguese` for `pt-BR`, or its tag if it has none."""
    subtags, names = tag.split("-"), english_language_names()
    shorter: Iterable[str] = ("_".join(subtags[:length]) for length in range(len(subtags), 0, -1))
    return next((names[subtag] for subtag in shorter if subtag in names), tag)


@cache
def english_language_names() -> Mapping[str, str]:
    """Return the English names of languages, by tag, from the Common Locale Data Repository."""
    return dict(Locale(INTERFACE_LANGUAGE).languages)


def format_date(date: str) -> str:
    """Return a date in words: `26 January 2017`, `January 2017` or `2017`."""
    year, *rest = date.split("-")
    words = [str(int(day)) for day in rest[1:]] + [MONTH_NAMES[int(month) - 1] for month in rest[:1]]
    return " ".join([*words, year.lstrip("0")])
