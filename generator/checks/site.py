"""Rules about reading paths, site settings and judgments."""

from collections.abc import Iterator

from generator.checks.ids import paper_id_validator
from generator.checks.places import repeated_indices
from generator.content.model import Library, Problem
from generator.content.spelling import SpellingSuggestions


def check_paths(library: Library) -> Iterator[Problem]:
    """A reading path must have at least two steps, each to a different paper on the list."""
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


def check_site_references(library: Library) -> Iterator[Problem]:
    """The starting papers and the reading paths that the site's settings name must exist."""
    marks = library.marks["site.yml"]
    fault = paper_id_validator(library)
    paths, spelling = {path.id for path in library.paths}, SpellingSuggestions()
    for index, name in enumerate(library.site.start):
        if message := fault(name):
            yield marks.problem(message, "start", index)
    for index, name in enumerate(library.site.paths):
        if name and name not in paths:
            yield marks.problem(f'unknown reading path "{name}"{spelling.suggestion(name, paths)}', "paths", index)


def check_judgments(library: Library) -> Iterator[Problem]:
    """No query or paper may be judged twice, and a judgment must have at least one grade above 0."""
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
    """If there are judged queries, each kind for which the site requires a score must have one."""
    kinds, spelling = {one.kind for one in library.judgments.search if one.kind}, SpellingSuggestions()
    for kind in library.site.standard.search_least_by_kind if library.judgments.search else ():
        if kind not in kinds:
            message = f'no judged query is of the kind "{kind}"{spelling.suggestion(kind, kinds)}'
            yield library.marks["site.yml"].problem(message, "standard", "search_least_by_kind", kind)


SITE_RULES = (
    check_paths,
    check_site_references,
    check_judgments,
    check_least_scores,
)
