"""Rules about what a work is cited by: its people, its numbers, and where it is found."""

from collections.abc import Iterator

from generator.checks.ids import taken_identifier_message
from generator.checks.places import paper_marks
from generator.citations.citation import responsible_names
from generator.citations.names import OTHER_AUTHORS, is_others
from generator.content.model import Library, Paper, Problem, WorkType
from generator.content.standard_numbers import has_valid_isbn_digit, has_valid_issn_digit, normalized_isbn

OTHERS = OTHER_AUTHORS.family
NAME_PLACEHOLDERS = ("others", "and others", "et al", "and et al", "u.a", "u. a")  # used in place of names
SIGNED_TYPES: tuple[WorkType, ...] = ("article", "paper-conference", "chapter", "thesis")  # always someone's


def check_names(library: Library) -> Iterator[Problem]:
    """Each author or editor must be a person or group; only the last name may be `others`."""
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for key, what in (("authors", "author"), ("editors", "editor")):
            names: tuple[str, ...] = getattr(paper, key)
            if not names and (key,) in marks.places:
                yield marks.problem(f"expected at least one {what}", key)
            for index, name in enumerate(names):
                if fault := name_fault(name, index, len(names)):
                    yield marks.problem(fault, key, index)


def name_fault(name: str, index: int, count: int) -> str:
    """Return what is wrong with the name at an index of a list of `count` names, or an empty string."""
    if is_others(name):
        if count == 1:
            return f'expected a name before "{OTHERS}", which stands for further people'
        return "" if index == count - 1 else f'expected "{OTHERS}" at the end of the list'
    if is_placeholder(name):
        return f'expected a name, found "{name}": name everyone, or end the list with "{OTHERS}"'
    return "" if not name or has_letter(name) else f'expected a name with letters, found "{name}"'


def is_placeholder(name: str) -> bool:
    """Return whether a name stands for people who are not named."""
    return name.casefold().rstrip(".") in NAME_PLACEHOLDERS


def has_letter(name: str) -> bool:
    """Return whether a name has a letter or another sign that is read aloud."""
    return any(character.isalnum() for character in name)


def check_standard_numbers(library: Library) -> Iterator[Problem]:
    """The last digit of an ISBN or ISSN must agree with the others."""
    for paper in library.papers:
        marks = paper_marks(library, paper)
        if paper.isbn and not has_valid_isbn_digit(paper.isbn):
            yield marks.problem(f'expected a valid ISBN, found "{paper.isbn}": its check digit is wrong', "isbn")
        if paper.issn and not has_valid_issn_digit(paper.issn):
            yield marks.problem(f'expected a valid ISSN, found "{paper.issn}": its check digit is wrong', "issn")


def check_isbns(library: Library) -> Iterator[Problem]:
    """No two books may share an ISBN, unless they are volumes of one work; chapters of a book have that of the book."""
    first: dict[tuple[str, str], Paper] = {}
    for paper in (*library.retired, *library.papers):
        if paper.type != "book" or not paper.isbn or not has_valid_isbn_digit(paper.isbn):
            continue
        other = first.setdefault((normalized_isbn(paper.isbn), paper.volume or ""), paper)
        if other is not paper and not paper.retired:
            message = taken_identifier_message("ISBN", paper.isbn, other)
            yield paper_marks(library, paper).problem(message, "isbn")


def warn_unsigned_works(library: Library) -> Iterator[Problem]:
    """An article, conference paper, chapter or thesis should name who wrote it."""
    for paper in library.papers:
        marks = paper_marks(library, paper)
        is_read = paper.title and ("authors",) not in marks.places
        if is_read and paper.type in SIGNED_TYPES and not responsible_names(paper):
            yield marks.warning('no "authors": the work is listed and cited by its title alone')


CITING_RULES = (check_names, check_standard_numbers, check_isbns)
CITING_WARNINGS = (warn_unsigned_works,)
