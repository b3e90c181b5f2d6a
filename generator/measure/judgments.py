"""The judgments as a curator wrote them in; those that can be applied to the list of today out.

A judgment follows a paper that was renamed or merged, so no decision has to rewrite it. What it says about a paper that
is no longer on the list is left out, and a warning says so.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.content.model import JudgedPaper, JudgedQuery, Judgments, Library, Problem

JudgedPlace = tuple[str | int, ...]


def current_ids(library: Library) -> dict[str, str]:
    """The id that each paper of the list has today, by every id that it has or had."""
    names = {old: paper.id for paper in library.papers for old in paper.replaces}
    return names | {paper.id: paper.id for paper in library.papers}


def current_judgments(library: Library) -> Judgments:
    """The judgments by the ids of today, without those in which nothing is left to find."""
    ids, written = current_ids(library), library.judgments
    queries = (JudgedQuery(one.query, current_grades(one.grades, ids), one.kind) for one in written.search)
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for one in written.related:
        if name := ids.get(one.paper):
            more = current_grades({**one.grades, one.paper: 0}, ids)
            grades[name] |= {other: max(grade, grades[name].get(other, 0)) for other, grade in more.items()}
    papers = (
        JudgedPaper(name, {other: g for other, g in those.items() if other != name}) for name, those in grades.items()
    )
    return Judgments(
        tuple(query for query in queries if any(query.grades.values())),
        tuple(paper for paper in papers if any(paper.grades.values())),
    )


def current_grades(grades: Mapping[str, int], ids: Mapping[str, str]) -> dict[str, int]:
    """The grades by the ids of today; of papers that have been merged, the best one."""
    found: dict[str, int] = {}
    for name, grade in grades.items():
        if now := ids.get(name):
            found[now] = max(grade, found.get(now, 0))
    return found


def unjudged_papers(library: Library) -> frozenset[str]:
    """The papers that were added after the day of the judgments, which can say nothing about them."""
    day = library.site.standard.judged
    return frozenset(paper.id for paper in library.papers if day and paper.added and paper.added > day)


def judgment_warnings(library: Library) -> Iterator[Problem]:
    """Judgments that are left out: one warning for each paper of a file, at its first place."""
    ids, retired = current_ids(library), retirement_reasons(library)
    for file, places in judged_places(library.judgments).items():
        left_out: dict[str, list[JudgedPlace]] = defaultdict(list)
        for name, place in places:
            if name and name not in ids:
                left_out[name].append(place)
        for name, those in left_out.items():
            why = f"is retired: {retired[name]}" if name in retired else "is not on the list"
            count = f"{len(those)} judgments that name it are" if len(those) > 1 else "the judgment that names it is"
            yield library.marks[file].problem(f'paper "{name}" {why}; {count} left out', *those[0])


def retirement_reasons(library: Library) -> dict[str, str]:
    """Why each retired paper is off the list, by every id that it has or had."""
    return {name: str(paper.retired) for paper in library.retired for name in (*paper.replaces, paper.id)}


def judged_places(judgments: Judgments) -> dict[str, list[tuple[str, JudgedPlace]]]:
    """Each id that a file of judgments names, with its place there, by the file's name."""
    queries, papers = list(enumerate(judgments.search)), list(enumerate(judgments.related))
    return {
        "judgments/search.yml": [(name, (i, "grades", name)) for i, one in queries for name in one.grades],
        "judgments/related.yml": [
            *((one.paper, (i, "paper")) for i, one in papers),
            *((name, (i, "grades", name)) for i, one in papers for name in one.grades),
        ],
    }
