"""Convert the judgments that curators wrote into ones that apply to the list as it is today.

A judgment follows a paper that was renamed or merged, so those decisions do not need to rewrite it. Judgments of a
paper that is no longer on the list are dropped, with a warning.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.content.model import JudgedPaper, JudgedQuery, Judgments, Library, Problem

JudgedPlace = tuple[str | int, ...]


def current_ids(library: Library) -> dict[str, str]:
    """Return each paper's current id, keyed by every id that it has or had."""
    names = {old: paper.id for paper in library.papers for old in paper.replaces}
    return names | {paper.id: paper.id for paper in library.papers}


def current_judgments(library: Library) -> Judgments:
    """Return the judgments with current ids, without those that have no relevant paper left."""
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
    """Return the grades with current ids; if papers have been merged, the highest grade wins."""
    found: dict[str, int] = {}
    for name, grade in grades.items():
        if now := ids.get(name):
            found[now] = max(grade, found.get(now, 0))
    return found


def unjudged_papers(library: Library) -> frozenset[str]:
    """Return the papers added after the date of the judgments, which therefore cannot cover them."""
    day = library.site.standard.judged
    return frozenset(paper.id for paper in library.papers if day and paper.added and paper.added > day)


def judgment_warnings(library: Library) -> Iterator[Problem]:
    """Yield a warning about dropped judgments: one per paper and file, at the first judgment that names the paper."""
    ids, retired = current_ids(library), retirement_reasons(library)
    for file, places in judged_places(library.judgments).items():
        left_out: dict[str, list[JudgedPlace]] = defaultdict(list)
        for name, place in places:
            if name and name not in ids:
                left_out[name].append(place)
        for name, those in left_out.items():
            why = f"is retired: {retired[name]}" if name in retired else "is not on the list"
            count = f"{len(those)} judgments that name it are" if len(those) > 1 else "the judgment that names it is"
            yield library.marks[file].warning(f'paper "{name}" {why}; {count} left out', *those[0])


def retirement_reasons(library: Library) -> dict[str, str]:
    """Return why each retired paper was retired, keyed by every id that it has or had."""
    return {name: str(paper.retired) for paper in library.retired for name in (*paper.replaces, paper.id)}


def judged_places(judgments: Judgments) -> dict[str, list[tuple[str, JudgedPlace]]]:
    """Return, by file name, each id that a file of judgments contains, with its place in that file."""
    queries, papers = list(enumerate(judgments.search)), list(enumerate(judgments.related))
    return {
        "judgments/search.yml": [(name, (i, "grades", name)) for i, one in queries for name in one.grades],
        "judgments/related.yml": [
            *((one.paper, (i, "paper")) for i, one in papers),
            *((name, (i, "grades", name)) for i, one in papers for name in one.grades),
        ],
    }
