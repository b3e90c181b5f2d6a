"""The graph of a paper's relations and those of its neighbors.

Each paper has a line of its own, the oldest first, so that no name covers another; how far to the right it stands
depends on what it is related to.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.citations.citation import first_year
from generator.content.model import Paper, Relation, RelationType
from generator.related.relate import FORWARD_RELATION_LABELS
from generator.site.pictures.labels import cut_text, picture_name, title_and_year
from generator.site.pictures.layout import spread_across

MAX_GRAPH_PAPERS = 12
MAX_FURTHER_PAPERS = 50  # neighbors of a neighbor that are considered, as some papers are related to most others
LINE_PITCH = 36  # px from a paper to the next
LEFTMOST, RIGHTMOST = 16, 92  # percent of the width between which papers stand; years are to their left
NARROW_WIDTH, WIDE_WIDTH = 340, 600  # px; the widths for which names are cut: on a phone, and on other screens
YEAR_WIDTH, NAME_WIDTH = 40, 6.4  # px; of a year with its margin, and of a usual character of a name
NAME_DISTANCE = 12  # px from the middle of a dot to the name beside it
FLAT_PITCH = 0.5  # distance of two lines in the layout, in lengths of an edge
SYMMETRIC_TYPES: frozenset[RelationType] = frozenset(("contrasts", "competes", "agrees", "complements"))


@dataclass(frozen=True, slots=True)
class PaperDot:
    """A paper in a graph: its name, also cut for narrow and for wide screens, on which side of its dot the name stands,
    and where the dot is."""

    id: str
    name: str
    narrow: str
    wide: str
    title: str
    year: str
    across: int
    down: int
    is_left: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class RelationLine:
    """A relation in a graph: what it says, where it begins and ends, and whether it is one of the page's paper.

    A second relation between the same two papers is drawn a few pixels beside the first.
    """

    type: RelationType
    sentence: str
    because: str
    start: PaperDot
    end: PaperDot
    is_own: bool
    shift: int


@dataclass(frozen=True, slots=True)
class RelationGraph:
    """The picture. `left_out` is the number of the paper's own neighbors for which there is no room."""

    nodes: tuple[PaperDot, ...]
    edges: tuple[RelationLine, ...]
    left_out: int

    @property
    def height(self) -> int:
        """The height in px."""
        return len(self.nodes) * LINE_PITCH

    @property
    def types(self) -> tuple[tuple[RelationType, str], ...]:
        """The types of relations that occur, each with its label."""
        found = {edge.type for edge in self.edges}
        return tuple((kind, label) for kind, label in FORWARD_RELATION_LABELS.items() if kind in found)


@dataclass(frozen=True, slots=True)
class RelationNetwork:
    """The papers of a list, and the ids of the papers related to each, those that its own entry names first."""

    papers: Mapping[str, Paper]
    neighbors: Mapping[str, Sequence[str]]


def relation_network(papers: Mapping[str, Paper]) -> RelationNetwork:
    """Return the network of all relations of a list."""
    neighbors = {paper.id: dict.fromkeys(relation.to for relation in paper.relations) for paper in papers.values()}
    for paper in papers.values():
        for relation in paper.relations:
            neighbors[relation.to][paper.id] = None
    return RelationNetwork(papers, {one: tuple(others) for one, others in neighbors.items()})


def relation_graph(network: RelationNetwork, paper: str) -> RelationGraph | None:
    """Return the graph of a paper, or None if it has no relations."""
    if not network.neighbors[paper]:
        return None
    shown = sorted(nearest_neighbors(network, paper), key=lambda one: age_key(network.papers[one]))
    edges = list(inner_relations(network, shown))
    number = {one: at for at, one in enumerate(shown)}
    across = spread_across(len(shown), [(number[one], number[relation.to]) for one, relation in edges], FLAT_PITCH)
    nodes = {one: graph_node(network.papers[one], across[at], at, one == paper) for at, one in enumerate(shown)}
    drawn = sorted(edge_pictures(nodes, edges), key=lambda edge: not edge.is_own)
    return RelationGraph(tuple(nodes.values()), tuple(drawn), len({*network.neighbors[paper]} - {*shown}))


def nearest_neighbors(network: RelationNetwork, paper: str) -> list[str]:
    """Return the ids of a paper, its neighbors, and their neighbors, as far as there is room, the nearest first.

    Of the neighbors' neighbors, those come first that are related to the most of the others.
    """
    near = [paper, *network.neighbors[paper]][:MAX_GRAPH_PAPERS]
    further = Counter(other for one in near[1:] for other in network.neighbors[one][:MAX_FURTHER_PAPERS])
    rest = sorted(further.keys() - {*near}, key=lambda other: (-further[other], other))
    return [*near, *rest][:MAX_GRAPH_PAPERS]


def age_key(paper: Paper) -> tuple[str, str]:
    """Return a sort key that puts older papers first."""
    return paper.published or str(first_year(paper) or ""), paper.id


def inner_relations(network: RelationNetwork, shown: Sequence[str]) -> Iterator[tuple[str, Relation]]:
    """Yield the relations between papers, each with the id of the paper whose entry has it."""
    for paper in shown:
        for relation in network.papers[paper].relations:
            if relation.to in shown:
                yield paper, relation


def graph_node(paper: Paper, across: float, number: int, is_own: bool) -> PaperDot:
    """Return a paper's picture; its name stands on the side with more room."""
    percent = round(LEFTMOST + (RIGHTMOST - LEFTMOST) * across)
    is_left = NARROW_WIDTH * percent / 100 - YEAR_WIDTH > NARROW_WIDTH * (100 - percent) / 100
    narrow, wide = (name_room(width, percent, is_left) for width in (NARROW_WIDTH, WIDE_WIDTH))
    name = picture_name(paper)
    return PaperDot(
        id=paper.id,
        name=name,
        narrow=cut_text(name, narrow),
        wide=cut_text(name, wide),
        title=title_and_year(paper),
        year=str(first_year(paper) or ""),
        across=percent,
        down=LINE_PITCH * number + LINE_PITCH // 2,
        is_left=is_left,
        is_own=is_own,
    )


def name_room(width: int, percent: int, is_left: bool) -> int:
    """Return how many characters have room beside a dot in a picture of some width."""
    room = width * percent / 100 - YEAR_WIDTH if is_left else width * (100 - percent) / 100
    return int((room - NAME_DISTANCE) / NAME_WIDTH)


def edge_pictures(nodes: Mapping[str, PaperDot], edges: Sequence[tuple[str, Relation]]) -> Iterator[RelationLine]:
    """Yield the pictures of relations, each with the id of the paper whose entry has it."""
    between: Counter[frozenset[str]] = Counter()
    for one, relation in edges:
        start, end = nodes[one], nodes[relation.to]
        pair = frozenset((one, relation.to))
        sentence = f"{start.name} {relation_verb(relation.type)} {end.name}"
        is_own = start.is_own or end.is_own
        yield RelationLine(relation.type, sentence, relation.because, start, end, is_own, 6 * between[pair])
        between[pair] += 1


def relation_verb(kind: RelationType) -> str:
    """Return how a sentence with two papers says that they have a relation of a type."""
    return "is an alternative to" if kind == "competes" else FORWARD_RELATION_LABELS[kind]
