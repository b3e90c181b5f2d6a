"""Make a new list of the works of a library."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.content.model import EntryWords, Library, Paper, Problem, Site, WorkType, general_problem
from generator.content.reader import one_line_excerpt
from generator.content.text import pluralize_noun
from generator.curate.importers.entries import CandidateEntry, candidate_entries, entry_fault
from generator.curate.importers.placing import MAX_SHOWN_WORDS
from generator.curate.importers.record import ImportedRecord, unique_names
from generator.curate.starter.content_files import FIRST_SHELF, PAPERS, WORKS, NewList
from generator.curate.starter.keywords import starter_vocabulary
from generator.curate.starter.labels import label_levels
from generator.curate.starter.shelves import starter_shelves
from generator.output.progress import with_progress

NO_ENTRIES = Library(Site("", "", ""), (), (), (), (), (), {})
PAPER_TYPES: frozenset[WorkType] = frozenset({"article", "paper-conference"})
WORDS_BY_TYPE: dict[WorkType, EntryWords] = {
    "book": EntryWords("book", "books"),
    "chapter": EntryWords("chapter", "chapters"),
    "thesis": EntryWords("thesis", "theses"),
    "report": EntryWords("report", "reports"),
    "webpage": EntryWords("page", "pages"),
    "post": EntryWords("post", "posts"),
    "software": EntryWords("program", "programs"),
    "dataset": EntryWords("data set", "data sets"),
    "speech": EntryWords("talk", "talks"),
    "video": EntryWords("video", "videos"),
    "course": EntryWords("course", "courses"),
}


@dataclass(frozen=True, slots=True)
class StartedList:
    """A new list, and what it lacks of the library.

    `left_out` has a line for each work of which something found no place, and `problems` tell which works have none.
    """

    new: NewList
    left_out: tuple[str, ...]
    problems: tuple[Problem, ...]


def started_list(name: str, records: Sequence[ImportedRecord], day: str, *, notes: bool = False) -> StartedList:
    """Return the list of a library's works, dated this day; `notes` says whether remarks become drafts of `why`."""
    records = [with_notes(record) for record in records] if notes else records
    faults = [(record, entry_fault(record.paper)) for record in records]
    fitting = [record for record, fault in faults if not fault]
    found = list(candidate_entries(with_progress([one.paper for one in fitting], "comparing works"), NO_ENTRIES, day))
    works = united_records(fitting, found)
    vocabulary = starter_vocabulary(works)
    shelves = starter_shelves(works, vocabulary)
    papers = tuple(
        replace(record.paper, category=category, tags=tags)
        for record, category, tags in zip(works, shelves.categories, vocabulary.tags, strict=True)
    )
    unused = {record.paper.id: frozenset(words) for record, words in zip(works, vocabulary.unused, strict=True)}
    names = frozenset(shelf.name.casefold() for shelf in shelves.shelves)
    lines = (left_out_line(record, entry, unused, names) for record, entry in zip(fitting, found, strict=True))
    return StartedList(
        new=NewList(name, entry_words(papers), papers, shelves.shelves or (FIRST_SHELF,), vocabulary.terms),
        left_out=tuple(filter(None, lines)),
        problems=tuple(general_problem(record_place(one), f"is left out: {fault}") for one, fault in faults if fault),
    )


def with_notes(record: ImportedRecord) -> ImportedRecord:
    """Return a record whose remarks are a draft of `why`."""
    why = "\n\n".join(filter(None, (record.paper.why, *record.remarks)))
    return replace(record, paper=replace(record.paper, why=why or None), remarks=())


def united_records(records: Iterable[ImportedRecord], found: Iterable[CandidateEntry]) -> list[ImportedRecord]:
    """Return the records of the works that are new, each with its entry, and with the keywords and groups of those that
    are the same work."""
    united: dict[str, ImportedRecord] = {}
    for record, entry in zip(records, found, strict=True):
        first = united.setdefault(entry.paper.id, replace(record, paper=entry.paper))
        united[entry.paper.id] = replace(
            first,
            keywords=unique_names((*first.keywords, *record.keywords)),
            groups=unique_names((*first.groups, *record.groups)),
        )
    return list(united.values())


def record_place(record: ImportedRecord) -> str:
    """Return where a work stands in the library, for messages."""
    return record.place or f'"{one_line_excerpt(record.paper.title)}"'


def left_out_line(
    record: ImportedRecord, entry: CandidateEntry, unused: Mapping[str, Container[str]], shelf_names: Container[str]
) -> str:
    """Return a line about what of a work is not on the list and what to look at, or an empty string.

    `unused` are the keywords of each work that are no tags, by its id; the names of the shelves are case-folded.
    """
    if entry.state != "new":
        different = f", with another {' and another '.join(entry.different_keys)}" if entry.different_keys else ""
        return f"{record_place(record)}: is the same work as papers/{entry.paper.id}.yml{different}"
    words = [word for word in record.keywords if word in unused[entry.paper.id]]
    groups = [
        group for group in record.groups if not any(part.casefold() in shelf_names for part in label_levels(group))
    ]
    kinds = (
        ("fields" if len(record.left_out) > 1 else "field", record.left_out),
        ("keywords" if len(words) > 1 else "keyword", list(map(one_line_excerpt, words))),
        ("groups" if len(groups) > 1 else "group", list(map(one_line_excerpt, groups))),
    )
    parts = [f"{kind} {listed_words(those)}" for kind, those in kinds if those]
    parts += [pluralize_noun(len(record.remarks), "note")] if record.remarks else []
    lines = [*entry.notes, *([f"left out: {'; '.join(parts)}"] if parts else [])]
    return f"{record_place(record)}: {'; '.join(lines)}" if lines else ""


def listed_words(words: Sequence[str]) -> str:
    """Return the first words, and how many others there are."""
    more = len(words) - MAX_SHOWN_WORDS
    return ", ".join(words[:MAX_SHOWN_WORDS]) + (f" and {more:,} more" if more > 0 else "")


def entry_words(papers: Sequence[Paper]) -> EntryWords:
    """Return what a list with these papers calls an entry."""
    types = {paper.type for paper in papers}
    if types <= PAPER_TYPES:
        return PAPERS
    return WORDS_BY_TYPE.get(min(types), WORKS) if len(types) == 1 else WORKS
