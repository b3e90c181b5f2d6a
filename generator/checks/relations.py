"""Rules about relations between papers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import islice

from generator.checks.ids import paper_id_validator
from generator.checks.places import paper_marks, repeated_indices
from generator.citations.citation import first_year
from generator.content.model import Library, Paper, Problem

SYMMETRIC_RELATIONS = ("competes", "agrees", "complements")
DIRECTED_RELATIONS = ("extends", "uses", "evaluates", "surveys")
OPPOSED_RELATIONS = (  # pairs of relations that cannot hold between the same two papers
    {"competes", "extends"},
    {"competes", "uses"},
    {"competes", "complements"},
    {"agrees", "contrasts"},
)
MAX_REPORTED_RINGS = 100
MAX_NAMED_PAPERS = 20  # maximum number of papers in a message


def check_relations(library: Library) -> Iterator[Problem]:
    """A relation must lead to another paper on the list, and no relation may be given twice."""
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


def check_relation_conflicts(library: Library) -> Iterator[Problem]:
    """The relations between two papers must agree.

    A symmetric relation may be given in only one of the two files, a directed one may go only one way, and some
    exclude each other: a paper cannot compete with one that it builds on.
    """
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for paper in library.papers:
        for index, relation in enumerate(paper.relations):
            to, kind, place = relation.to, relation.type, ("relations", index, relation.type)
            back, forth = seen[to, paper.id], seen[paper.id, to]
            marks = paper_marks(library, paper)
            if not to or to == paper.id:
                continue
            if kind in back and kind in SYMMETRIC_RELATIONS:
                yield marks.problem(f'{to}.yml says "{kind}" of this paper already', *place)
            elif kind in back and kind in DIRECTED_RELATIONS:
                yield marks.problem(f'contradicts {to}.yml, which says "{kind}" of this paper', *place)
            elif clash := next((other for other in back | forth if {kind, other} in OPPOSED_RELATIONS), ""):
                yield marks.problem(f'"{kind}" contradicts "{clash}" between the same two papers', *place)
            forth.add(kind)


def check_extends_order(library: Library) -> Iterator[Problem]:
    """A paper must not extend a later paper, nor extend itself through other papers."""
    papers = {paper.id: paper for paper in library.papers}
    extended = {paper.id: [r.to for r in paper.relations if r.type == "extends"] for paper in library.papers}
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for index, relation in enumerate(paper.relations):
            other = papers.get(relation.to)
            if relation.type == "extends" and other and is_later_paper(other, paper):
                dates = f"{publication_date(other)}, later than this paper of {publication_date(paper)}"
                message = f"{other.id}.yml is of {dates}"
                yield marks.problem(message, "relations", index, "extends")
    longer = (ring for ring in graph_cycles(extended) if len(ring) > 2)  # other rules report the shorter ones
    for ring in islice(longer, MAX_REPORTED_RINGS):
        start = papers[ring[0]]
        index = next(i for i, r in enumerate(start.relations) if (r.type, r.to) == ("extends", ring[1]))
        shown = [*ring[: MAX_NAMED_PAPERS - 1], "…"] if len(ring) > MAX_NAMED_PAPERS else ring
        message = f"papers extend each other in a ring: {' → '.join([*shown, ring[0]])}"
        yield paper_marks(library, start).problem(message, "relations", index, "extends")


def graph_cycles(edges: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Return the cycles found by a depth-first search in id order, each starting at the node where it was entered."""
    done: set[str] = set()
    for root in edges:
        line: dict[str, None] = {}  # in order
        ways = [iter([root])]
        while ways:
            node = next(ways[-1], None)
            if node is None:
                ways.pop()
                if line:
                    done.add(line.popitem()[0])
            elif node in line:
                nodes = list(line)
                yield nodes[nodes.index(node) :]
            elif node in edges and node not in done:
                line[node] = None
                ways.append(iter(edges[node]))


def publication_date(paper: Paper) -> str:
    """Return the date on which a paper became public, to the day, month or year, as far as known."""
    return paper.published or str(first_year(paper) or "")


def is_later_paper(one: Paper, other: Paper) -> bool:
    """Return whether a paper is certainly later than another, as far as their dates are known."""
    both = list(zip(publication_date(one).split("-"), publication_date(other).split("-"), strict=False))
    return bool(publication_date(one) and publication_date(other)) and [a for a, _ in both] > [b for _, b in both]


def advise_unrelated_papers(library: Library) -> Iterator[Problem]:
    """If a list has relations, each paper should have at least one."""
    ends = {end for paper in library.papers for relation in paper.relations for end in (paper.id, relation.to)}
    for paper in library.papers:
        if ends and paper.id not in ends:
            yield paper_marks(library, paper).warning("no relation leads to this paper or from it", "relations")


RELATION_RULES = (
    check_relations,
    check_relation_conflicts,
    check_extends_order,
)
RELATION_ADVICE = (advise_unrelated_papers,)
