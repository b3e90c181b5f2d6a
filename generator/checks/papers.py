"""Rules about a paper's own values, and about possible duplicate papers."""

from collections.abc import Iterator
from itertools import chain, islice

from generator.checks.ids import id_validator, paper_id_validator, taken_identifier_message
from generator.checks.places import is_file_readable, paper_marks, repeated_indices
from generator.checks.works import WorkIndex, work_description, work_isbn
from generator.content.model import Library, Links, Paper, Problem, is_calendar_date
from generator.content.tags import broader_terms

IDENTIFIER_NAMES = {"arxiv": "arXiv id", "doi": "DOI", "acl_anthology": "ACL Anthology id"}
KEY_DEPENDENCIES = {  # keys of a paper that require another key, or one of several
    "arxiv_class": ("arxiv",),
    "revised": ("added",),
    "accessed": ("url", "links", "doi", "arxiv", "acl_anthology"),
}
MAX_PAPERS_IN_WARNING = 5  # papers named in a warning about many papers


def check_paper_category(library: Library) -> Iterator[Problem]:
    """A paper's category must be one from categories.yml that is in use."""
    fault = id_validator(library.categories, "category")
    for paper in library.papers if is_file_readable(library, "categories.yml") else ():
        if message := fault(paper.category):
            yield paper_marks(library, paper).problem(message, "category")


def check_dates(library: Library) -> Iterator[Problem]:
    """The dates of an entry must exist in the calendar, and an entry cannot be revised before it was added."""
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for key in ("published", "added", "revised", "accessed"):
            if (day := getattr(paper, key)) and not is_calendar_date(day):
                yield marks.problem(f"the day {day} does not exist", key)
        if paper.added and paper.revised and paper.revised < paper.added:
            yield marks.problem(f"revised on {paper.revised}, before it was added on {paper.added}", "revised")


def check_dependent_keys(library: Library) -> Iterator[Problem]:
    """A key must not be used without the key, or one of the keys, on which its meaning depends."""
    for paper in library.papers:
        for key, others in KEY_DEPENDENCIES.items():
            if getattr(paper, key) and not any(is_key_set(paper, other) for other in others):
                message = f'missing key "{others[0]}", without which "{key}" has no meaning'
                yield paper_marks(library, paper).problem(message, key)


def is_key_set(paper: Paper, key: str) -> bool:
    """Return whether an optional key of a paper has a value, even one that could not be read."""
    return getattr(paper, key) not in (None, Links())


def check_tags(library: Library) -> Iterator[Problem]:
    """A paper's tags must be terms from vocabulary.yml that are in use, none of them twice."""
    fault = id_validator(library.terms, "tag")
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for index, tag in enumerate(paper.tags) if is_file_readable(library, "vocabulary.yml") else ():
            if message := fault(tag):
                yield marks.problem(message, "tags", index)
        for index in repeated_indices(paper.tags):
            yield marks.problem(f'tag "{paper.tags[index]}" appears twice', "tags", index)


def check_implied_tags(library: Library) -> Iterator[Problem]:
    """A paper must not have a tag that a narrower one implies."""
    broader = broader_terms(library.terms)
    for paper in library.papers:
        narrower = {each: tag for tag in paper.tags for each in broader.get(tag, ())}
        for index, tag in enumerate(paper.tags):
            if tag in narrower:
                yield paper_marks(library, paper).problem(
                    f'tag "{tag}" is implied by "{narrower[tag]}": leave it out', "tags", index
                )


def check_identifiers(library: Library) -> Iterator[Problem]:
    """No two papers, retired ones included, may share an arXiv id, a DOI or an ACL Anthology id."""
    for key, name in IDENTIFIER_NAMES.items():
        first: dict[str, Paper] = {}
        for paper in (*library.retired, *library.papers):
            identifier = str(getattr(paper, key) or "").lower()
            other = first.setdefault(identifier, paper)
            if identifier and other is not paper and not paper.retired:
                message = taken_identifier_message(name, identifier, other)
                yield paper_marks(library, paper).problem(message, key)


def check_distinct_papers(library: Library) -> Iterator[Problem]:
    """The papers that an entry is not to be taken for must be other papers on the list, none of them twice."""
    fault = paper_id_validator(library)
    for paper in library.papers:
        for index, name in enumerate(paper.distinct_from):
            if message := "a paper cannot be distinct from itself" if name == paper.id else fault(name):
                yield paper_marks(library, paper).problem(message, "distinct_from", index)
        for index in repeated_indices(paper.distinct_from):
            message = f'paper "{paper.distinct_from[index]}" appears twice'
            yield paper_marks(library, paper).problem(message, "distinct_from", index)


def warn_similar_papers(library: Library) -> Iterator[Problem]:
    """No two entries should be of one work.

    `distinct_from` in one of two entries, or a relation between them, says that they are of two works.
    """
    index, distinct = WorkIndex(), distinct_pairs(library)
    for paper in library.papers:
        work = work_description(paper)
        found = (other for other, _ in index.matches(work) if not share_identifier(paper, other))
        doubtful = (other.id for other in found if frozenset((paper.id, other.id)) not in distinct)
        if others := list(islice(doubtful, MAX_PAPERS_IN_WARNING)):
            files = " and ".join(f"{name}.yml" for name in others)
            key, command = f"distinct_from: [{', '.join(others)}]", f"list merge paper {paper.id} {others[0]}"
            message = f'perhaps the same work as {files}: if not, write "{key}"; if so, run "{command}"'
            yield paper_marks(library, paper).warning(message, "title")
        index.add(work)


def distinct_pairs(library: Library) -> set[frozenset[str]]:
    """Return the ids of each two papers that an entry names as two."""
    named = ((paper.id, paper.distinct_from, (relation.to for relation in paper.relations)) for paper in library.papers)
    return {frozenset((name, other)) for name, *others in named for other in chain(*others)}


def share_identifier(paper: Paper, other: Paper) -> bool:
    """Return whether two papers have an identifier in common, which is a problem of its own."""
    pairs = [(getattr(paper, key), getattr(other, key)) for key in IDENTIFIER_NAMES]
    if paper.type == other.type == "book":
        pairs.append((work_isbn(paper), work_isbn(other)))
    return any(mine and theirs and mine.lower() == theirs.lower() for mine, theirs in pairs)


def advise_missing_added(library: Library) -> Iterator[Problem]:
    """If some papers have the date on which they were added, all should; one warning covers all that do not."""
    without = [paper for paper in library.papers if paper.added is None]
    if without and len(without) < len(library.papers):
        more = ["…"] if len(without) > MAX_PAPERS_IN_WARNING else []
        names = ", ".join([paper.id for paper in without[:MAX_PAPERS_IN_WARNING]] + more)
        count = f"{len(without)} of {len(library.papers)} papers"
        message = f'no "added" in {count}: feeds and the sitemap\'s dates leave out {names}'
        yield paper_marks(library, without[0]).warning(message)


PAPER_RULES = (
    check_paper_category,
    check_dates,
    check_dependent_keys,
    check_tags,
    check_implied_tags,
    check_identifiers,
    check_distinct_papers,
)
PAPER_WARNINGS = (warn_similar_papers,)
PAPER_ADVICE = (advise_missing_added,)
