"""Places for the nodes of graphs, found by igraph.

The same graph has the same places on every machine. Processors and compilers differ in the last digits of a sum, and
each step of a layout magnifies such a difference; so a layout runs in short rounds, and between them all places are
rounded, which removes the difference before it can be seen.
"""

from collections.abc import Iterable, Sequence
from math import atan2, cos, sin

Edge = tuple[int, int]
Place = tuple[float, float]

ROUNDS = 12
FEW_ROUNDS = 6  # for nodes that move only to the left and right
ROUND_STEPS = 10  # of the algorithm in each round
FIRST_STEP = 2.0  # how far a node may move in the first step, in lengths of an edge
NEXT_STEP = 0.8  # of that, in the next round
PLACE_DIGITS = 2  # to which places are rounded between rounds
FAR_LEFT = -1e6  # a bound that no node reaches; igraph turns layouts without bounds, by angles that are not exact


class NoChance:
    """A source of always the same number, for igraph, which otherwise moves nodes by a billionth at random."""

    def random(self) -> float:
        """Return a number from 0 to 1."""
        return 0.25

    def randint(self, least: int, _: int) -> int:
        """Return a whole number between two."""
        return least

    def gauss(self, mean: float, _: float) -> float:
        """Return a number from a normal distribution."""
        return mean


def spread_across(nodes: int, edges: Sequence[Edge], pitch: float) -> list[float]:
    """Return how far to the right each of several nodes stands, from 0 to 1, if each has a line of its own.

    The lines are this far apart, in lengths of an edge. Nodes with an edge are near each other, others are not.
    """
    heights = [number * pitch for number in range(nodes)]
    start = [(number * 7 % 5 / 2, height) for number, height in enumerate(heights)]
    places = settle_places(edges, [], start, heights)
    return even_lengths([across for across, _ in places])


def settle_places(
    edges: Sequence[Edge], weights: Sequence[float], start: Sequence[Place], heights: Sequence[float] = ()
) -> Sequence[Place]:
    """Return places for nodes, from those where they start, by the algorithm of Fruchterman and Reingold (1991).

    With heights, nodes move only to the left and right.
    """
    from igraph import Graph, set_random_number_generator  # here because it takes time, and most commands draw nothing

    set_random_number_generator(NoChance())
    bounds = {"minx": [FAR_LEFT] * len(start)}
    if heights:
        bounds |= {"miny": list(heights), "maxy": list(heights)}
    graph, places, step = Graph(len(start), edges), distinct_places(start), FIRST_STEP
    for _ in range(FEW_ROUNDS if heights else ROUNDS):
        settled = graph.layout_fruchterman_reingold(
            weights=weights or None, seed=places, niter=ROUND_STEPS, start_temp=step, grid=False, **bounds
        )
        places = distinct_places(settled.coords)
        step *= NEXT_STEP
    return places


def distinct_places(places: Iterable[Sequence[float]]) -> list[Place]:
    """Return places rounded, each moved to the right until it is free, as nodes in one place would not be parted."""
    found: dict[Place, None] = {}
    for across, down in places:
        place = round(across, PLACE_DIGITS), round(down, PLACE_DIGITS)
        while place in found:
            place = round(place[0] + 10**-PLACE_DIGITS, PLACE_DIGITS), place[1]
        found[place] = None
    return list(found)


def turn_upright(places: Sequence[Place]) -> list[Place]:
    """Return places turned so that they extend farthest from left to right, by the angle of their principal component.

    So they fill a rectangle rather than its diagonal.
    """
    middle = [sum(lengths) / len(places) for lengths in zip(*places, strict=True)]
    moved = [(across - middle[0], down - middle[1]) for across, down in places]
    wide, high, both = (sum(place[a] * place[b] for place in moved) for a, b in ((0, 0), (1, 1), (0, 1)))
    angle = atan2(2 * both, wide - high) / 2
    return distinct_places(
        (across * cos(angle) + down * sin(angle), down * cos(angle) - across * sin(angle)) for across, down in moved
    )


def even_lengths(lengths: Sequence[float]) -> list[float]:
    """Return lengths from 0 to 1 in the same order and nearly the same proportions, but more evenly spread."""
    least, greatest = min(lengths), max(lengths)
    ranks = {length: rank for rank, length in enumerate(sorted({*lengths}))}
    last = len(ranks) - 1 or 1
    return [((length - least) / (greatest - least or 1) + ranks[length] / last) / 2 for length in lengths]
