"""Rules about a paper's own values, and about possible duplicate papers."""

from collections.abc import Iterator

from generator.checks.ids import id_validator
from generator.checks.near_titles import TitleIndex
from generator.checks.places import is_file_readable, paper_marks, repeated_indices
from generator.checks.relations import are_related
from generator.content.model import Library, Links, Paper, Problem, is_calendar_date

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


def check_identifiers(library: Library) -> Iterator[Problem]:
    """No two papers, retired ones included, may share an arXiv id, a DOI or an ACL Anthology id."""
    for key, name in (("arxiv", "arXiv id"), ("doi", "DOI"), ("acl_anthology", "ACL Anthology id")):
        first: dict[str, Paper] = {}
        for paper in (*library.retired, *library.papers):
            identifier = str(getattr(paper, key) or "").lower()
            other = first.setdefault(identifier, paper)
            if identifier and other is not paper and not paper.retired:
                message = f'{name} "{identifier}" is that of {other.id}.yml'
                yield paper_marks(library, paper).problem(
                    f"{message}, which is retired: {other.retired}" if other.retired else message, key
                )


def warn_near_titles(library: Library) -> Iterator[Problem]:
    """No two papers may have the same title, or titles that differ only in an article or in the spelling of a word.

    A relation between the two papers confirms that they are different papers, whatever their titles.
    """
    titles = TitleIndex()
    for paper in library.papers:
        if other := next((other for other in titles.near(paper.title) if not are_related(paper, other)), None):
            message = f'nearly the title of {other.id}.yml, "{other.title}": if they are two papers, relate them'
            yield paper_marks(library, paper).warning(message, "title")
        titles.add(paper)


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
    check_identifiers,
)
PAPER_WARNINGS = (warn_near_titles,)
PAPER_ADVICE = (advise_missing_added,)
