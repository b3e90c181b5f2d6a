"""The library in; out come the problems between its entries, each where a curator can mend it.

One rule is one function, and its docstring is the rule. A value that could not be read is empty by now and has its
problem already, so the rules pass it over.
"""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from generator import standards
from generator.model import Library, Marks, Paper, Problem
from generator.read import suggestion
from generator.standards import folded, marks_of, repeated

PAPER_LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]|]*))?\]\]")
OWN_ADDRESSES = {
    "api",
    "assets",
    "authors",
    "browse",
    "categories",
    "papers",
    "paths",
    "search",
    "tags",
    "venues",
    "years",
}
SAME_WORD = 0.75  # SequenceMatcher's ratio from which two words are one word with a typing error or an ending
ARTICLES = {"", "a", "an", "the"}


def check(library: Library) -> list[Problem]:
    """All problems between the entries of the library."""
    rules = (
        *(shelved, authored, dated, tagged, related, identified, titled),
        *(vocabulary, replacing, categories, paths, begun, addressed),
        *(standards.tagged, standards.worded, standards.told, standards.agreeing, standards.extending),
    )
    return [problem for rule in rules for problem in rule(library)]


def readable(library: Library, file: str) -> bool:
    """Whether a file could be read: what it would have declared is not called unknown otherwise."""
    return bool(library.marks[file].places)


def shelved(library: Library) -> Iterator[Problem]:
    """A paper's category must be one of categories.yml."""
    known = {category.id for category in library.categories}
    for paper in library.papers:
        if paper.category and paper.category not in known and readable(library, "categories.yml"):
            hint = suggestion(paper.category, known)
            yield marks_of(library, paper).problem(f'unknown category "{paper.category}"{hint}', "category")


def authored(library: Library) -> Iterator[Problem]:
    """A paper must have an author, and no author twice."""
    for paper in library.papers:
        marks = marks_of(library, paper)
        if not paper.authors and ("authors",) in marks.places:
            yield marks.problem("expected at least one author", "authors")
        for index in repeated(paper.authors):
            yield marks.problem(f'author "{paper.authors[index]}" appears twice', "authors", index)


def dated(library: Library) -> Iterator[Problem]:
    """The day of a paper's first version must be one of the calendar."""
    for paper in library.papers:
        year, *rest = map(int, (paper.published or "2017").split("-"))
        if len(rest) == 2 and rest[1] > monthrange(max(year, 1), rest[0])[1]:
            yield marks_of(library, paper).problem(f"the day {paper.published} does not exist", "published")


def tagged(library: Library) -> Iterator[Problem]:
    """A paper's tags must be terms of vocabulary.yml that are in use, none of them twice."""
    terms = [term for facet in library.facets for term in facet.terms]
    known = {term.id for term in terms}
    retired = {old: f'use "{term.id}"' for term in terms for old in term.replaces if old not in known}
    retired |= {term.id: term.retired for term in terms if term.retired}
    for paper in library.papers:
        marks = marks_of(library, paper)
        for index, tag in enumerate(paper.tags):
            if tag in retired:
                yield marks.problem(f'tag "{tag}" is retired: {retired[tag]}', "tags", index)
            elif tag and tag not in known and readable(library, "vocabulary.yml"):
                yield marks.problem(f'unknown tag "{tag}"{suggestion(tag, known)}', "tags", index)
        for index in repeated(paper.tags):
            yield marks.problem(f'tag "{paper.tags[index]}" appears twice', "tags", index)


def related(library: Library) -> Iterator[Problem]:
    """A relation must lead to another paper of the list, and no relation may be given twice."""
    known = {paper.id for paper in library.papers}
    for paper in library.papers:
        marks = marks_of(library, paper)
        for index, relation in enumerate(paper.relations):
            place = ("relations", index, relation.type)
            if relation.to == paper.id:
                yield marks.problem("a paper cannot be related to itself", *place)
            elif relation.to and relation.to not in known:
                yield marks.problem(f'unknown paper "{relation.to}"{suggestion(relation.to, known)}', *place)
        pairs = [f"{relation.type} {relation.to}" if relation.to else "" for relation in paper.relations]
        for index in repeated(pairs):
            yield marks.problem(f'relation "{pairs[index]}" appears twice', "relations", index)


def identified(library: Library) -> Iterator[Problem]:
    """No two papers may share an arXiv id, a DOI or an ACL Anthology id."""
    for key, name in (("arxiv", "arXiv id"), ("doi", "DOI"), ("acl_anthology", "ACL Anthology id")):
        first: dict[str, Paper] = {}
        for paper in library.papers:
            identifier = str(getattr(paper, key) or "").lower()
            other = first.setdefault(identifier, paper)
            if identifier and other is not paper:
                yield marks_of(library, paper).problem(f'{name} "{identifier}" is that of {other.id}.yml', key)


def titled(library: Library) -> Iterator[Problem]:
    """No two papers may have the same title, or one that differs by an article or the spelling of a word.

    Two papers that a relation joins are two in the curator's eyes too, whatever their titles.
    """
    seen: dict[str, list[tuple[str, Paper]]] = defaultdict(list)
    for paper in library.papers:
        words = folded(paper.title).split()
        whole = [("", "".join(words))] if words else []
        parts = [(word, "".join(words[:i] + words[i + 1 :])) for i, word in enumerate(words) if len(words) > 1]
        others = [other for word, rest in whole + parts for seen_word, other in seen[rest] if same(word, seen_word)]
        other = next((other for other in others if not joined(paper, other)), None)
        if other:
            message = f'nearly the title of {other.id}.yml, "{other.title}": if they are two papers, relate them'
            yield marks_of(library, paper).problem(message, "title")
        for word, rest in whole + parts:
            seen[rest].append((word, paper))


def vocabulary(library: Library) -> Iterator[Problem]:
    """No two terms or facets may share an id; a term's parent must be another term of its facet, without a circle."""
    marks = library.marks["vocabulary.yml"]
    yield from unique(marks, [(facet.id, (i,)) for i, facet in enumerate(library.facets)], "facet")
    terms = [(term, (i, "terms", j)) for i, facet in enumerate(library.facets) for j, term in enumerate(facet.terms)]
    yield from unique(marks, [(term.id, place) for term, place in terms], "term")
    for facet_index, facet in enumerate(library.facets):
        parents = {term.id: term.parent for term in facet.terms}
        for term_index, term in enumerate(facet.terms):
            place = (facet_index, "terms", term_index, "parent")
            if term.parent and term.parent not in parents:
                hint = suggestion(term.parent, parents)
                yield marks.problem(f'unknown term "{term.parent}" in facet "{facet.id}"{hint}', *place)
            elif term.parent and circular(term.id, parents):
                yield marks.problem(f'term "{term.id}" is among its own parents', *place)


def replacing(library: Library) -> Iterator[Problem]:
    """A term must not replace a living one, nor one that another replaces; related terms must be others of the file."""
    marks = library.marks["vocabulary.yml"]
    known = {term.id for facet in library.facets for term in facet.terms}
    replaced: dict[str, str] = {}
    for i, facet in enumerate(library.facets):
        for j, term in enumerate(facet.terms):
            place = (i, "terms", j)
            for k, old in enumerate(term.replaces):
                if old in known:
                    yield marks.problem(
                        f'the term "{old}" is still there: it cannot be replaced', *place, "replaces", k
                    )
                elif old and replaced.setdefault(old, term.id) != term.id:
                    message = f'the term "{old}" is replaced by "{replaced[old]}" already'
                    yield marks.problem(message, *place, "replaces", k)
            for k, other in enumerate(term.related):
                if other == term.id:
                    yield marks.problem("a term cannot be related to itself", *place, "related", k)
                elif other and other not in known:
                    message = f'unknown term "{other}"{suggestion(other, known)}'
                    yield marks.problem(message, *place, "related", k)


def paths(library: Library) -> Iterator[Problem]:
    """A reading path must have two steps or more, none to a paper off the list, none to the same paper again."""
    known = {paper.id for paper in library.papers}
    for path in library.paths:
        marks = library.marks[f"paths/{path.id}.yml"]
        if len(path.steps) < 2 and ("steps",) in marks.places:
            yield marks.problem("expected at least two steps", "steps")
        for index in repeated([step.paper for step in path.steps]):
            yield marks.problem(f'paper "{path.steps[index].paper}" appears twice', "steps", index, "paper")
        for index, step in enumerate(path.steps):
            if step.paper and step.paper not in known:
                message = f'unknown paper "{step.paper}"{suggestion(step.paper, known)}'
                yield marks.problem(message, "steps", index, "paper")


def categories(library: Library) -> Iterator[Problem]:
    """No two categories may share an id, and an introduction's [[links]] must lead to papers."""
    marks = library.marks["categories.yml"]
    known = {paper.id for paper in library.papers}
    yield from unique(marks, [(category.id, (i,)) for i, category in enumerate(library.categories)], "category")
    for index, category in enumerate(library.categories):
        for link, _ in PAPER_LINK.findall(category.introduction):
            if link not in known:
                yield marks.problem(f'unknown paper "{link}"{suggestion(link, known)}', index, "introduction")


def begun(library: Library) -> Iterator[Problem]:
    """The papers to begin with, and the paths that the site puts in order, must be there."""
    marks = library.marks["site.yml"]
    papers, paths = ({entry.id for entry in entries} for entries in (library.papers, library.paths))
    for key, names, known, what in (
        ("start", library.site.start, papers, "paper"),
        ("paths", library.site.paths, paths, "reading path"),
    ):
        for index, name in enumerate(names):
            if name and name not in known:
                yield marks.problem(f'unknown {what} "{name}"{suggestion(name, known)}', key, index)


def addressed(library: Library) -> Iterator[Problem]:
    """A hand-written page must not take the address of a generated one."""
    for page in library.pages:
        if page.id in OWN_ADDRESSES:
            yield library.marks[f"pages/{page.id}.md"].problem(f'the address "/{page.id}/" is taken: rename the page')


def unique(marks: Marks, ids: list[tuple[str, tuple[str | int, ...]]], what: str) -> Iterator[Problem]:
    """A problem for each id that stood there before, or that the page of all has."""
    for index in repeated([name for name, _ in ids]):
        name, place = ids[index]
        yield marks.problem(f'{what} "{name}" appears twice', *place, "id")
    for name, place in ids:
        if name == "index":
            yield marks.problem(f'the id "{name}" is taken by the page of all of them: choose another', *place, "id")


def circular(term: str, parents: dict[str, str | None]) -> bool:
    """Whether a term's line of parents comes back to it."""
    seen: set[str] = set()
    above = parents.get(term)
    while above and above not in seen and above != term:
        seen.add(above)
        above = parents.get(above)
    return above == term


def same(word: str, other: str) -> bool:
    """Whether two words differ by no more than an article or a slip of the pen; never numbers, nor first letters."""
    if word == other or {word, other} <= ARTICLES:
        return True
    if word[:1] != other[:1] or any(c.isdigit() for c in word + other):
        return False
    return SequenceMatcher(None, word, other).ratio() >= SAME_WORD


def joined(paper: Paper, other: Paper) -> bool:
    """Whether a curated relation leads from one of the papers to the other."""
    return any(r.to == other.id for r in paper.relations) or any(r.to == paper.id for r in other.relations)
