"""Rules about ids: which entries they refer to, and which ids are taken or replaced."""

from collections.abc import Callable, Iterable, Iterator

from generator.checks.places import paper_marks, repeated_indices, terms_with_places
from generator.content.model import Category, Library, Paper, Problem, SourceMarks, Term
from generator.content.reader import ValuePath, spelling_suggestion

IdValidator = Callable[[str], str]


def id_validator(entries: Iterable[Term | Category | Paper], what: str) -> IdValidator:
    """Return a function that explains what is wrong with an id, or returns nothing if an entry in use has it."""
    entries = tuple(entries)
    known = {entry.id for entry in entries if not entry.retired}
    gone = {old: f'is now "{entry.id}"' for entry in entries for old in entry.replaces}
    gone |= {entry.id: f"is retired: {entry.retired}" for entry in entries if entry.retired}

    def fault(name: str) -> str:
        if not name or name in known:
            return ""
        return (
            f'{what} "{name}" {gone[name]}'
            if name in gone
            else f'unknown {what} "{name}"{spelling_suggestion(name, known)}'
        )

    return fault


def paper_id_validator(library: Library) -> IdValidator:
    """Return a function that explains what is wrong with an id, or returns nothing if a paper on the list has it."""
    return id_validator((*library.papers, *library.retired), "paper")


def unique_id_problems(marks: SourceMarks, ids: list[tuple[str, ValuePath]], what: str) -> Iterator[Problem]:
    """Return a problem for each id that is used again, or that is reserved for the index page."""
    for index in repeated_indices([name for name, _ in ids]):
        name, place = ids[index]
        yield marks.problem(f'{what} "{name}" appears twice', *place, "id")
    for name, place in ids:
        if name == "index":
            yield marks.problem(f'the id "{name}" is taken by the page of all of them: choose another', *place, "id")


def check_replacements(library: Library) -> Iterator[Problem]:
    """A term, category or paper must not replace one that still exists, nor one that another already replaces.

    The first of the replaced ids may be the entry's own: it then took over the others later, or used them in between.
    """
    vocabulary, shelves = library.marks["vocabulary.yml"], library.marks["categories.yml"]
    terms = [(term, vocabulary, place) for term, place in terms_with_places(library)]
    categories = [(category, shelves, (index,)) for index, category in enumerate(library.categories)]
    papers = [(paper, paper_marks(library, paper), ()) for paper in (*library.papers, *library.retired)]
    for what, entries in (("term", terms), ("category", categories), ("paper", papers)):
        known = {entry.id for entry, _, _ in entries}
        replaced: dict[str, str] = {}
        for entry, marks, place in entries:
            for index in repeated_indices(entry.replaces):
                yield marks.problem(f'"{entry.replaces[index]}" appears twice', *place, "replaces", index)
            for index, old in enumerate(entry.replaces):
                if old == entry.id and index == 0:
                    continue
                if old in known:
                    message = f'the {what} "{old}" is still there: it cannot be replaced'
                    yield marks.problem(message, *place, "replaces", index)
                elif old and replaced.setdefault(old, entry.id) != entry.id:
                    message = f'the {what} "{old}" is replaced by "{replaced[old]}" already'
                    yield marks.problem(message, *place, "replaces", index)


ID_RULES = (check_replacements,)
