"""Rules about people: who is the same person as whom, in `people.yml` and in the names of authors and editors."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from generator.checks.places import paper_marks, repeated_indices
from generator.citations.names import is_group_name, is_others, parse_author_name
from generator.content.model import Library, Paper, Person, Problem
from generator.content.reader import ValuePath
from generator.content.spelling import SpellingSuggestions
from generator.content.standard_numbers import has_valid_orcid_digit
from generator.content.text import normalized_text
from generator.site.page_ids import author_id, person_ids

PEOPLE_FILE = "people.yml"
NAME_KEYS = ("authors", "editors")
MAX_COMPARED_NAMES = 100  # of one family name and initial
MAX_SUGGESTED_NAMES = 3
MAX_INITIALS = 3  # that are written together, as in "Smith, JR"


def check_people(library: Library) -> Iterator[Problem]:
    """A spelling must be that of one person, and no one's own name can be that of another person."""
    owners: dict[str, Person] = {}
    for person, spelling, place in spellings_with_places(library.people):
        owner = owners.setdefault(author_id(spelling), person)
        if spelling and owner is not person:
            message = "appears twice" if owner.name == spelling else f'is already a name of "{owner.name}"'
            yield people_problem(library, f'"{spelling}" {message}', *place)
    for number, person in enumerate(library.people):
        own = {author_id(name) for name in (person.name, *person.same_as)}
        for index, name in enumerate(person.other_than):
            if name and author_id(name) in own:
                yield people_problem(library, f'"{name}" is this person\'s own name', number, "other_than", index)


def check_orcids(library: Library) -> Iterator[Problem]:
    """The last digit of an ORCID iD must agree with the others, and no two people may share an ORCID iD."""
    owners: dict[str, Person] = {}
    for number, person in enumerate(library.people):
        if not person.orcid:
            continue
        if not has_valid_orcid_digit(person.orcid):
            message = f'expected a valid ORCID iD, found "{person.orcid}": its check digit is wrong'
            yield people_problem(library, message, number, "orcid")
        elif owners.setdefault(person.orcid, person) is not person:
            owner = owners[person.orcid].name
            yield people_problem(library, f'the ORCID iD {person.orcid} is that of "{owner}"', number, "orcid")


def warn_unknown_people(library: Library) -> Iterator[Problem]:
    """The names in `people.yml` should be those of authors or editors."""
    if not library.people:
        return
    names, spelling = sorted(set(names_of(library))), SpellingSuggestions()
    known = set(map(author_id, names))
    for number, person in enumerate(library.people):
        if known.isdisjoint(map(author_id, (person.name, *person.same_as))):
            message = f'no author or editor has the name "{person.name}"{spelling.suggestion(person.name, names)}'
            yield people_warning(library, message, number, "name")
            continue
        for key, others in (("same_as", person.same_as), ("other_than", person.other_than)):
            for index, name in enumerate(others):
                if name and author_id(name) not in known:
                    message = f'no author or editor has the name "{name}"{spelling.suggestion(name, names)}'
                    yield people_warning(library, message, number, key, index)


def warn_repeated_names(library: Library) -> Iterator[Problem]:
    """A name should appear twice in an entry only for two people, whose names then have numbers."""
    for paper in library.papers:
        for key in NAME_KEYS:
            names: tuple[str, ...] = getattr(paper, key)
            for index in repeated_indices(names):
                advice = f'if they are two people, write "{names[index]} 0001" and "{names[index]} 0002"'
                message = f'"{names[index]}" appears twice: {advice}'
                yield paper_marks(library, paper).warning(message, key, index)


def warn_similar_names(library: Library) -> Iterator[Problem]:
    """A name with initials should not be a short form of another one, unless `people.yml` says who is who."""
    written, names, known = first_places(library), NameIndex(), KnownPeople(library.people)
    forms = [name_form(name) for name in written if not is_group_name(name)]
    for form in forms:
        names.add(form)
    for form in forms:
        found = (other.name for other in names.longer_forms(form))
        doubtful = (other for other in found if not known.are_told_apart(form.name, other))
        if others := list(islice(doubtful, MAX_SUGGESTED_NAMES)):
            paper, key, index = written[form.name]
            yield paper_marks(library, paper).warning(similar_name_message(form.name, others), key, index)


def similar_name_message(name: str, others: Sequence[str]) -> str:
    """Return the question whether two names are one person's, and how to answer it."""
    quoted, *longer = (json.dumps(one, ensure_ascii=False) for one in (name, *others))
    same = f"{{name: {longer[0]}, same_as: [{quoted}]}}"
    return (
        f"{quoted} may be {' or '.join(longer)}: write {same} in {PEOPLE_FILE} if so, "
        f"or {{name: {quoted}, other_than: [{', '.join(longer)}]}} if not"
    )


def spellings_with_places(people: Sequence[Person]) -> Iterator[tuple[Person, str, ValuePath]]:
    """Yield each spelling of each person's name with its place in the file."""
    for number, person in enumerate(people):
        yield person, person.name, (number, "name")
        for index, name in enumerate(person.same_as):
            yield person, name, (number, "same_as", index)


def people_problem(library: Library, message: str, *place: str | int) -> Problem:
    return library.marks[PEOPLE_FILE].problem(message, *place)


def people_warning(library: Library, message: str, *place: str | int) -> Problem:
    return library.marks[PEOPLE_FILE].warning(message, *place)


def names_of(library: Library) -> Iterator[str]:
    """Return the names of all authors and editors, as they are written."""
    return chain.from_iterable(chain(paper.authors, paper.editors) for paper in library.papers)


def first_places(library: Library) -> dict[str, tuple[Paper, str, int]]:
    """Return where each name is first written: the paper, the key, and the index; of spellings of one name, one."""
    found: dict[str, tuple[str, tuple[Paper, str, int]]] = {}
    for paper in library.papers:
        for key in NAME_KEYS:
            for index, name in enumerate(getattr(paper, key)):
                if name and not is_others(name):
                    found.setdefault(author_id(name), (name, (paper, key, index)))
    return dict(found.values())


class KnownPeople:
    """What `people.yml` says about who is the same person as whom."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.ids = person_ids(people)
        self.orcids = {author_id(person.name): person.orcid for person in people if person.orcid}
        pairs = ((person.name, other) for person in people for other in person.other_than)
        self.others = {frozenset(map(self.id_of, pair)) for pair in pairs}

    def id_of(self, name: str) -> str:
        """Return the id of the person with a name."""
        one = author_id(name)
        return self.ids.get(one, one)

    def are_told_apart(self, name: str, other: str) -> bool:
        """Return whether two names are known to be those of one person, or of two, as their ORCID iDs may say."""
        one, two = self.id_of(name), self.id_of(other)
        return one == two or frozenset((one, two)) in self.others or (one in self.orcids and two in self.orcids)


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name with its family name and its given names, in lower case; a given name of one letter is an initial."""

    name: str
    surname: str
    given: tuple[str, ...]

    @property
    def length(self) -> tuple[int, str]:
        """A measure of how much of the name is written out."""
        return sum(map(len, self.given)), self.name

    @property
    def is_initials(self) -> bool:
        """Whether nothing but the family name is written out."""
        return all(map(is_initial, self.given))


def name_form(name: str) -> NameForm:
    """Return the form of a person's name."""
    parts = parse_author_name(name)
    words = (word for word in re.split(r"[\s.\-‐–]+", parts.given) if word)
    divided = chain.from_iterable(word if word.isupper() and len(word) <= MAX_INITIALS else [word] for word in words)
    return NameForm(name, normalized_text(parts.surname), tuple(filter(None, map(normalized_text, divided))))


def is_initial(word: str) -> bool:
    """Return whether a word is the first letter of a name, in a script that has such."""
    return len(word) == 1 and word.upper() != word


def is_longer_form(one: NameForm, other: NameForm) -> bool:
    """Return whether a name with initials may be a short form of another one."""
    pairs = list(zip(one.given, other.given, strict=False))
    mine, theirs = one.given[len(pairs) :], other.given[len(pairs) :]
    return (
        one.length < other.length
        and not other.is_initials
        and one.given != other.given
        and all(a == b or (a[0] == b[0] and (is_initial(a) or is_initial(b))) for a, b in pairs)
        and all(map(is_initial, mine))
        and (one.is_initials or all(map(is_initial, theirs)))
    )


class NameIndex:
    """The names of a list by what all forms of one name share: the family name, and the first initial."""

    def __init__(self) -> None:
        self.forms: dict[tuple[str, str], list[NameForm]] = defaultdict(list)

    def add(self, form: NameForm) -> None:
        if form.given:
            self.forms[form.surname, form.given[0][0]].append(form)

    def longer_forms(self, form: NameForm) -> Iterator[NameForm]:
        """Return the names of which one may be a short form."""
        others = self.forms.get((form.surname, form.given[0][0]), []) if form.given else []
        return (other for other in others[:MAX_COMPARED_NAMES] if is_longer_form(form, other))


PEOPLE_RULES = (check_people, check_orcids)
PEOPLE_WARNINGS = (warn_unknown_people, warn_repeated_names, warn_similar_names)
