"""The library in; out come the problems between its entries, each where a curator can mend it.

One rule is one function, and its docstring is the rule. A value that could not be read is empty by now and has its
problem already, so the rules pass it over.
"""

from collections.abc import Callable, Iterable, Iterator

from generator.checks import quality
from generator.checks.near_titles import TitleIndex
from generator.checks.quality import paper_marks, repeated_indices
from generator.checks.quality import terms_with_places as placed_terms
from generator.content.model import (
    PAPER_LINK,
    Category,
    Library,
    Paper,
    Problem,
    SourceMarks,
    Term,
    is_calendar_date,
)
from generator.content.reader import spelling_suggestion

IdValidator = Callable[[str], str]

RESERVED_ADDRESSES = {
    "api",
    "data",
    "assets",
    "authors",
    "browse",
    "categories",
    "health",
    "papers",
    "paths",
    "search",
    "tags",
    "venues",
    "years",
}

KEY_DEPENDENCIES = {"arxiv_class": "arxiv", "revised": "added"}  # keys of a paper that mean nothing without another


def check(library: Library) -> list[Problem]:
    """All problems between the entries of the library."""
    rules = (
        *(
            check_paper_category,
            check_authors,
            check_dates,
            check_dependent_keys,
            check_tags,
            check_relations,
            check_identifiers,
            check_titles,
        ),
        *(
            check_vocabulary,
            check_related_terms,
            check_replacements,
            check_categories,
            check_paths,
            check_site_references,
            check_page_addresses,
            check_judgments,
            check_least_scores,
        ),
        *(
            quality.check_tag_standard,
            quality.check_required_texts,
            quality.check_copied_texts,
            quality.check_relation_conflicts,
            quality.check_extends_order,
        ),
    )
    return [problem for rule in rules for problem in rule(library)]


def is_file_readable(library: Library, file: str) -> bool:
    """Whether a file could be read: what it would have declared is not called unknown otherwise."""
    return bool(library.marks[file].places)


def id_validator(entries: Iterable[Term | Category | Paper], what: str) -> IdValidator:
    """What is wrong with an id that should be that of an entry in use; nothing where it is one."""
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
    """What is wrong with an id that should be that of a paper on the list."""
    return id_validator((*library.papers, *library.retired), "paper")


def check_paper_category(library: Library) -> Iterator[Problem]:
    """A paper's category must be one of categories.yml that is in use."""
    fault = id_validator(library.categories, "category")
    for paper in library.papers if is_file_readable(library, "categories.yml") else ():
        if message := fault(paper.category):
            yield paper_marks(library, paper).problem(message, "category")


AUTHOR_PLACEHOLDERS = ("others", "and others", "et al", "and et al")  # what stands for authors who are not named


def check_authors(library: Library) -> Iterator[Problem]:
    """A paper must have an author, and no author twice."""
    for paper in library.papers:
        marks = paper_marks(library, paper)
        if not paper.authors and ("authors",) in marks.places:
            yield marks.problem("expected at least one author", "authors")
        for index in repeated_indices(paper.authors):
            yield marks.problem(f'author "{paper.authors[index]}" appears twice', "authors", index)
        for index, author in enumerate(paper.authors):
            if author.casefold().rstrip(".") in AUTHOR_PLACEHOLDERS:
                yield marks.problem(f'"{author}" is nobody\'s name: expected all authors', "authors", index)


def check_dates(library: Library) -> Iterator[Problem]:
    """The days of an entry must be those of the calendar, and it cannot be revised before it was added."""
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for key in ("published", "added", "revised"):
            if (day := getattr(paper, key)) and not is_calendar_date(day):
                yield marks.problem(f"the day {day} does not exist", key)
        if paper.added and paper.revised and paper.revised < paper.added:
            yield marks.problem(f"revised on {paper.revised}, before it was added on {paper.added}", "revised")


def check_dependent_keys(library: Library) -> Iterator[Problem]:
    """A key must not stand without the one that gives it a meaning."""
    for paper in library.papers:
        for key, other in KEY_DEPENDENCIES.items():
            if getattr(paper, key) and getattr(paper, other) is None:
                message = f'missing key "{other}", without which "{key}" means nothing'
                yield paper_marks(library, paper).problem(message, key)


def check_tags(library: Library) -> Iterator[Problem]:
    """A paper's tags must be terms of vocabulary.yml that are in use, none of them twice."""
    fault = id_validator(library.terms, "tag")
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for index, tag in enumerate(paper.tags) if is_file_readable(library, "vocabulary.yml") else ():
            if message := fault(tag):
                yield marks.problem(message, "tags", index)
        for index in repeated_indices(paper.tags):
            yield marks.problem(f'tag "{paper.tags[index]}" appears twice', "tags", index)


def check_relations(library: Library) -> Iterator[Problem]:
    """A relation must lead to another paper of the list, and no relation may be given twice."""
    fault = paper_id_validator(library)
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for index, relation in enumerate(paper.relations):
            place = ("relations", index, relation.type)
            if relation.to == paper.id:
                yield marks.problem("a paper cannot be related to itself", *place)
            elif message := fault(relation.to):
                yield marks.problem(message, *place)
        pairs = [f"{relation.type} {relation.to}" if relation.to else "" for relation in paper.relations]
        for index in repeated_indices(pairs):
            yield marks.problem(f'relation "{pairs[index]}" appears twice', "relations", index)


def check_identifiers(library: Library) -> Iterator[Problem]:
    """No two papers may share an arXiv id, a DOI or an ACL Anthology id, nor may one come back that was retired."""
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


def check_titles(library: Library) -> Iterator[Problem]:
    """No two papers may have the same title, or one that differs by an article or the spelling of a word.

    Two papers that a relation joins are two in the curator's eyes too, whatever their titles.
    """
    titles = TitleIndex()
    for paper in library.papers:
        if other := next((other for other in titles.near(paper.title) if not are_related(paper, other)), None):
            message = f'nearly the title of {other.id}.yml, "{other.title}": if they are two papers, relate them'
            yield paper_marks(library, paper).problem(message, "title")
        titles.add(paper)


def check_vocabulary(library: Library) -> Iterator[Problem]:
    """No two terms or facets may share an id; a term's parent must be another term of its facet, without a circle."""
    marks = library.marks["vocabulary.yml"]
    yield from check_unique_ids(marks, [(facet.id, (i,)) for i, facet in enumerate(library.facets)], "facet")
    yield from check_unique_ids(marks, [(term.id, place) for term, place in placed_terms(library)], "term")
    for facet_index, facet in enumerate(library.facets):
        parents = {term.id: term.parent for term in facet.terms}
        for term_index, term in enumerate(facet.terms):
            place = (facet_index, "terms", term_index, "parent")
            if term.parent and term.parent not in parents:
                hint = spelling_suggestion(term.parent, parents)
                yield marks.problem(f'unknown term "{term.parent}" in facet "{facet.id}"{hint}', *place)
            elif term.parent and is_own_ancestor(term.id, parents):
                yield marks.problem(f'term "{term.id}" is among its own parents', *place)


def check_related_terms(library: Library) -> Iterator[Problem]:
    """Related terms must be others of the file."""
    marks = library.marks["vocabulary.yml"]
    known = {term.id for term in library.terms}
    for term, place in placed_terms(library):
        for index, other in enumerate(term.related):
            if other == term.id:
                yield marks.problem("a term cannot be related to itself", *place, "related", index)
            elif other and other not in known:
                yield marks.problem(
                    f'unknown term "{other}"{spelling_suggestion(other, known)}', *place, "related", index
                )


def check_replacements(library: Library) -> Iterator[Problem]:
    """A term, category or paper must not replace one that is still there, nor one that another replaces.

    Its own id may stand first: then the others came later, by merging or on a way that led back.
    """
    vocabulary, shelves = library.marks["vocabulary.yml"], library.marks["categories.yml"]
    terms = [(term, vocabulary, place) for term, place in placed_terms(library)]
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


def check_paths(library: Library) -> Iterator[Problem]:
    """A reading path must have two steps or more, none to a paper off the list, none to the same paper again."""
    fault = paper_id_validator(library)
    for path in library.paths:
        marks = library.marks[f"paths/{path.id}.yml"]
        if len(path.steps) < 2 and ("steps",) in marks.places:
            yield marks.problem("expected at least two steps", "steps")
        for index in repeated_indices([step.paper for step in path.steps]):
            yield marks.problem(f'paper "{path.steps[index].paper}" appears twice', "steps", index, "paper")
        for index, step in enumerate(path.steps):
            if message := fault(step.paper):
                yield marks.problem(message, "steps", index, "paper")


def check_categories(library: Library) -> Iterator[Problem]:
    """No two categories may share an id, and an introduction's [[links]] must lead to papers."""
    marks = library.marks["categories.yml"]
    fault = paper_id_validator(library)
    yield from check_unique_ids(
        marks, [(category.id, (i,)) for i, category in enumerate(library.categories)], "category"
    )
    for index, category in enumerate(library.categories):
        for link, _ in PAPER_LINK.findall(category.introduction):
            if message := fault(link) or ("" if link else 'expected a paper between "[[" and "]]"'):
                yield marks.problem(message, index, "introduction")


def check_site_references(library: Library) -> Iterator[Problem]:
    """The papers to begin with, and the paths that the site puts in order, must be there."""
    marks = library.marks["site.yml"]
    fault = paper_id_validator(library)
    paths = {path.id for path in library.paths}
    for index, name in enumerate(library.site.start):
        if message := fault(name):
            yield marks.problem(message, "start", index)
    for index, name in enumerate(library.site.paths):
        if name and name not in paths:
            yield marks.problem(f'unknown reading path "{name}"{spelling_suggestion(name, paths)}', "paths", index)


def check_page_addresses(library: Library) -> Iterator[Problem]:
    """A hand-written page must not take the address of a generated one."""
    for page in library.pages:
        if page.id in RESERVED_ADDRESSES:
            yield library.marks[f"pages/{page.id}.md"].problem(f'the address "/{page.id}/" is taken: rename the page')


def check_judgments(library: Library) -> Iterator[Problem]:
    """No query or paper may be judged twice, and a judgment must have a grade above 0."""
    judged = library.judgments
    queries = [one.query for one in judged.search], [one.grades for one in judged.search]
    papers = [one.paper for one in judged.related], [one.grades for one in judged.related]
    for file, key, (names, grades) in (("search", "query", queries), ("related", "paper", papers)):
        if names:
            marks = library.marks[f"judgments/{file}.yml"]
            for index in repeated_indices(names):
                yield marks.problem(f'{key} "{names[index]}" is judged twice', index, key)
            for index, given in enumerate(grades):
                if not any(given.values()) and (index, "grades") in marks.places:
                    yield marks.problem("expected a grade above 0", index, "grades")


def check_least_scores(library: Library) -> Iterator[Problem]:
    """A kind of query for which the site asks a score must be the kind of a judged query, where there are any."""
    kinds = {one.kind for one in library.judgments.search if one.kind}
    for kind in library.site.standard.search_least_by_kind if library.judgments.search else ():
        if kind not in kinds:
            message = f'no judged query is of the kind "{kind}"{spelling_suggestion(kind, kinds)}'
            yield library.marks["site.yml"].problem(message, "standard", "search_least_by_kind", kind)


def check_unique_ids(marks: SourceMarks, ids: list[tuple[str, tuple[str | int, ...]]], what: str) -> Iterator[Problem]:
    """A problem for each id that stood there before, or that the page of all has."""
    for index in repeated_indices([name for name, _ in ids]):
        name, place = ids[index]
        yield marks.problem(f'{what} "{name}" appears twice', *place, "id")
    for name, place in ids:
        if name == "index":
            yield marks.problem(f'the id "{name}" is taken by the page of all of them: choose another', *place, "id")


def is_own_ancestor(term: str, parents: dict[str, str | None]) -> bool:
    """Whether a term's line of parents comes back to it."""
    seen: set[str] = set()
    above = parents.get(term)
    while above and above not in seen and above != term:
        seen.add(above)
        above = parents.get(above)
    return above == term


def are_related(paper: Paper, other: Paper) -> bool:
    """Whether a curated relation leads from one of the papers to the other."""
    return any(r.to == other.id for r in paper.relations) or any(r.to == paper.id for r in other.relations)
