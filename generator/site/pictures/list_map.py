"""The map of a list: papers that are close are near each other, and each shelf has its name where its papers are.

What is close is taken from the related papers, whose scores combine relations, tags and words. Papers and names stand
in cells of a grid, so that none covers another even on a phone. A long list has, in place of its papers, the most
frequent tags of each shelf.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import ceil, cos, pi, sin, sqrt

from generator.content.model import Category, Paper
from generator.site.addresses import paper_address
from generator.site.catalogue import Catalogue, PaperRow
from generator.site.pictures.labels import cut_text, name_lines, picture_name, text_width
from generator.site.pictures.layout import Edge, Place, even_lengths, settle_places, turn_upright

MAX_MAP_PAPERS = 240  # a longer list is grouped
MAX_SHELF_GROUPS = 6  # tags of a shelf on the map of a long list
MAX_GROUP_SHARE = 0.7  # of a shelf's papers; a tag that more of them have does not divide it
SHELF_WEIGHT = 0.6  # of a paper's place on its shelf, as compared to the scores of related papers
LEAST_WEIGHT = 0.001  # igraph wants more than 0
GRID_COLUMNS = 18
CELL_WIDTH, CELL_HEIGHT = 19, 20  # px on a phone; on other screens, cells are `WIDE_CELL` wide
WIDE_CELL = 56
GRID_FILL = 0.6  # of all cells, those that are taken
NAME_LINE = 15  # characters of a line of a shelf's name
NAME_LINES = 3
NAME_LINE_HEIGHT = 15  # px
NAME_LETTER, MARK_LETTER = 6.6, 6.0  # px; the width of a usual character in the name of a shelf and of a mark
MARK_RADIUS, NAME_MARGIN = 8, 4  # px
MAP_ZOOMS = (1, 2, 4)  # how far the map can be enlarged
GROUP_RADIUS = 10  # px
GROUP_CELLS = 3  # beside each other, so that the name of a group has room on wide screens
MAX_MARK_NAME = 30  # characters
SHELF_COLORS = 8  # in the stylesheet

Cell = tuple[int, int]  # column and row


@dataclass(frozen=True, slots=True)
class MapMark:
    """A paper, or a group of papers: where it leads, what is written in it and beside it, and where it stands.

    `across` and `down` are in percent. `zoom` is how far the map has to be enlarged before there is room for the name.
    """

    to: str
    text: str
    name: str
    title: str
    shelf: int
    radius: int
    zoom: int
    across: float
    down: float


@dataclass(frozen=True, slots=True)
class ShelfName:
    """The name of a shelf on the map, in lines, each with its distance in px from the middle."""

    to: str
    name: str
    title: str
    shelf: int
    across: float
    down: float
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class MapShelf:
    """A shelf below the map, with its papers or, on the map of a long list, its groups."""

    number: int
    name: str
    to: str
    count: int
    rows: tuple[PaperRow, ...]
    groups: tuple["MapGroup", ...]


@dataclass(frozen=True, slots=True)
class MapGroup:
    """The papers of a shelf with a tag: their number, and where they are listed."""

    shelf: int
    name: str
    count: int
    to: str


@dataclass(frozen=True, slots=True)
class ListMap:
    """The picture. `ties` join related papers; each has the ends in percent, and `height` is in px."""

    marks: tuple[MapMark, ...]
    names: tuple[ShelfName, ...]
    ties: tuple[tuple[float, ...], ...]
    height: int
    is_grouped: bool


@dataclass(frozen=True, slots=True)
class MapItem:
    """What becomes a mark, before it has a place."""

    key: object
    to: str
    text: str
    name: str
    title: str
    shelf: int
    radius: int


@dataclass(frozen=True, slots=True)
class MapGrid:
    """The cells of a map, and those that are taken; `rows` is how many of its rows are wanted.

    Odd rows are moved to the right by half a cell.
    """

    rows: int
    taken: set[Cell]
    offsets: Sequence[Cell]

    def take(self, near: Place, width: int, height: int) -> Cell:
        """Take the free block of cells nearest to a place in the unit square; return its upper left cell."""
        column = round(near[0] * (GRID_COLUMNS - width))
        row = round(near[1] * (self.rows - height))
        for across, down in self.offsets:
            first = column + across, row + down
            if self.is_free(first, width, height):
                self.taken.update(block_cells(first, width, height))
                return first
        raise ValueError("the grid is full")

    @property
    def height(self) -> int:
        """The number of rows that are in use."""
        return max(row for _, row in self.taken) + 1

    def is_free(self, first: Cell, width: int, height: int) -> bool:
        """Return whether a block of cells is free."""
        column, row = first
        return (
            0 <= column <= GRID_COLUMNS - width
            and row >= 0
            and self.taken.isdisjoint(block_cells(first, width, height))
        )

    def free_cells(self, cell: Cell) -> int:
        """Return how many cells to the right of a cell are free."""
        column, row = cell
        return next((n for n in range(GRID_COLUMNS) if (column + n + 1, row) in self.taken), GRID_COLUMNS - column - 1)


def block_cells(first: Cell, width: int, height: int) -> Iterator[Cell]:
    """Return the cells of a block."""
    return product(range(first[0], first[0] + width), range(first[1], first[1] + height))


def empty_grid(cells: int) -> MapGrid:
    """Return a grid on which so many cells can be taken."""
    rows = max(ceil(cells / GRID_FILL / GRID_COLUMNS), 2 * NAME_LINES)
    offsets = product(range(-GRID_COLUMNS, GRID_COLUMNS + 1), range(-rows, rows + 1))
    near = sorted(offsets, key=lambda cell: ((cell[0] * CELL_WIDTH) ** 2 + (cell[1] * CELL_HEIGHT) ** 2, cell))
    return MapGrid(rows, set(), near)


# The map


@lru_cache(maxsize=1)  # as two pages show it
def list_map(catalogue: Catalogue) -> ListMap | None:
    """Return the map of a list, or None if it has no papers."""
    shelves = catalogue.library.shelves
    is_grouped = len(catalogue.papers) > MAX_MAP_PAPERS
    items = tuple(group_items(catalogue) if is_grouped else paper_items(catalogue))
    if not items:
        return None
    keys = item_keys(catalogue, items, is_grouped)
    scores = closeness(catalogue, keys)
    places = map_places(items, scores, len(shelves))
    lines = [name_lines(shelf.name, NAME_LINE, NAME_LINES) for shelf in shelves]
    blocks = [name_block(those) for those in lines]
    width = GROUP_CELLS if is_grouped else 1
    grid = empty_grid(sum(across * down for across, down in blocks) + width * len(items))
    named = [grid.take(places[at], *block) for at, block in enumerate(blocks)]
    cells = [grid.take(place, width, 1) for place in places[len(shelves) :]]
    rows = grid.height
    marks = tuple(map_mark(item, cell, width, grid, rows) for item, cell in zip(items, cells, strict=True))
    names = (
        shelf_name(shelf, number, those, block_middle(cell, block, rows))
        for number, (shelf, those, cell, block) in enumerate(zip(shelves, lines, named, blocks, strict=True), 1)
        if catalogue.lists["categories"][shelf.id].papers
    )
    return ListMap(
        marks=marks,
        names=tuple(names),
        ties=() if is_grouped else tuple(relation_ties(catalogue, items, marks)),
        height=rows * CELL_HEIGHT,
        is_grouped=is_grouped,
    )


def paper_items(catalogue: Catalogue) -> Iterator[MapItem]:
    """Yield the papers, shelf by shelf."""
    for number, shelf in enumerate(catalogue.library.shelves, 1):
        for paper in catalogue.lists["categories"][shelf.id].papers:
            row = catalogue.rows[paper.id]
            title = ". ".join(part for part in (row.title, row.authors, row.when, shelf.name) if part)
            name = cut_text(picture_name(paper), MAX_MARK_NAME)
            yield MapItem(paper.id, paper_address(paper), str(number), name, title, number, MARK_RADIUS)


def group_items(catalogue: Catalogue) -> Iterator[MapItem]:
    """Yield the groups of papers, shelf by shelf."""
    for shelf in catalogue.library.shelves:
        for tag, group in shelf_groups(catalogue, shelf).items():
            title = f"{group.name}: {catalogue.library.site.entry.count(group.count)} on the shelf {shelf.name}"
            name = cut_text(group.name, MAX_MARK_NAME)
            yield MapItem((shelf.id, tag), group.to, str(group.count), name, title, group.shelf, GROUP_RADIUS)


def shelf_groups(catalogue: Catalogue, shelf: Category) -> Mapping[str, MapGroup]:
    """Return the most frequent tags of a shelf that divide it, by their ids."""
    papers = catalogue.lists["categories"][shelf.id].papers
    number = catalogue.library.shelves.index(shelf) + 1
    counts = Counter(tag for paper in papers for tag in catalogue.tags[paper.id])
    telling = [tag for tag, count in counts.items() if count <= max(1, MAX_GROUP_SHARE * len(papers))]
    best = sorted(telling, key=lambda tag: (-counts[tag], tag))[:MAX_SHELF_GROUPS]
    return {
        tag: MapGroup(number, catalogue.terms[tag].name, counts[tag], f"browse/?category={shelf.id}&tag={tag}")
        for tag in best
    }


def item_keys(catalogue: Catalogue, items: Sequence[MapItem], is_grouped: bool) -> Mapping[str, Sequence[int]]:
    """Return the numbers of the items to which each paper belongs, by its id."""
    numbers = {item.key: number for number, item in enumerate(items)}
    if not is_grouped:
        return {paper: [numbers[paper]] for paper in catalogue.papers}
    return {
        paper.id: [numbers[key] for tag in catalogue.tags[paper.id] if (key := (paper.category, tag)) in numbers]
        for paper in catalogue.papers.values()
    }


def closeness(catalogue: Catalogue, keys: Mapping[str, Sequence[int]]) -> Mapping[Edge, float]:
    """Return how close two items are: for papers, the greater score of the two, and for groups, the sum of these."""
    pairs: dict[tuple[str, str], float] = defaultdict(float)
    for one, links in catalogue.links.items():
        for link in links:
            pair = min(one, link.id), max(one, link.id)
            pairs[pair] = max(pairs[pair], link.score)
    sums: dict[Edge, float] = defaultdict(float)
    for (one, other), score in sorted(pairs.items()):
        for ends in product(keys[one], keys[other]):
            if ends[0] != ends[1]:
                sums[min(ends), max(ends)] += score
    return sums


def map_places(items: Sequence[MapItem], scores: Mapping[Edge, float], shelves: int) -> list[Place]:
    """Return places in the unit square: first those of the shelves' names, then those of the items."""
    most = max(scores.values(), default=1)
    near = {(one + shelves, other + shelves): score / most for (one, other), score in scores.items()}
    own = {(item.shelf - 1, number): SHELF_WEIGHT for number, item in enumerate(items, shelves)}
    weights = {**near, **own}
    radius = sqrt(len(items) + shelves)
    rounds = [circle_place(number / shelves, radius) for number in range(shelves)]
    start = [*rounds, *(nearby_place(rounds[item.shelf - 1], number) for number, item in enumerate(items))]
    pulls = [max(round(weight, 3), LEAST_WEIGHT) for weight in weights.values()]
    settled = turn_upright(settle_places([*weights], pulls, start))
    return list(zip(*(even_lengths(lengths) for lengths in zip(*settled, strict=True)), strict=True))


def circle_place(turn: float, radius: float) -> Place:
    """Return a place on a circle, rounded, as functions of angles differ from machine to machine."""
    return round(radius * cos(2 * pi * turn), 2), round(radius * sin(2 * pi * turn), 2)


def nearby_place(place: Place, number: int) -> Place:
    """Return a place of its own near a place."""
    return place[0] + number % 7 / 4 - 0.75, place[1] + number % 5 / 3 - 0.67


def name_block(lines: Sequence[str]) -> tuple[int, int]:
    """Return the width and the height, in cells, of a shelf's name."""
    longest = max(map(text_width, lines))
    return ceil(longest * NAME_LETTER / CELL_WIDTH) + 1, ceil(len(lines) * NAME_LINE_HEIGHT / CELL_HEIGHT) + 1


def map_mark(item: MapItem, cell: Cell, width: int, grid: MapGrid, rows: int) -> MapMark:
    """Return a mark in the first of its cells, on a grid with so many rows in use."""
    last = cell[0] + width - 1, cell[1]
    cells = grid.free_cells(last) + width - 1
    needed = text_width(item.name) * MARK_LETTER + item.radius + NAME_MARGIN
    zoom = next((zoom for zoom in MAP_ZOOMS if needed <= (cells + 1) * WIDE_CELL * zoom - WIDE_CELL / 2), MAP_ZOOMS[-1])
    across, down = block_middle(cell, (1, 1), rows)
    return MapMark(item.to, item.text, item.name, item.title, item.shelf, item.radius, zoom, across, down)


def shelf_name(shelf: Category, number: int, lines: Sequence[str], middle: tuple[float, float]) -> ShelfName:
    """Return the name of a shelf, given the middle of its block of cells."""
    first = 4 - NAME_LINE_HEIGHT * (len(lines) - 1) // 2
    placed = tuple((line, first + NAME_LINE_HEIGHT * at) for at, line in enumerate(lines))
    return ShelfName(f"categories/{shelf.id}/", shelf.name, f"{number}. {shelf.name}", number, *middle, placed)


def block_middle(cell: Cell, size: Cell, rows: int) -> tuple[float, float]:
    """Return the middle of a block of cells, in percent of the width and the height."""
    column, row = cell
    moved = row % 2 / 2 if size == (1, 1) else 0.25
    across, down = (column + size[0] / 2 + moved) / (GRID_COLUMNS + 0.5), (row + size[1] / 2) / rows
    return 100 * across, 100 * down


def relation_ties(
    catalogue: Catalogue, items: Sequence[MapItem], marks: Sequence[MapMark]
) -> Iterator[tuple[float, ...]]:
    """Yield the lines that join related papers."""
    places = {item.key: (mark.across, mark.down) for item, mark in zip(items, marks, strict=True)}
    for paper in catalogue.papers.values():
        for relation in paper.relations:
            yield (*places[paper.id], *places[relation.to])


def map_shelves(catalogue: Catalogue) -> Iterator[MapShelf]:
    """Yield the shelves with what is on the map."""
    is_grouped = len(catalogue.papers) > MAX_MAP_PAPERS
    for number, shelf in enumerate(catalogue.library.shelves, 1):
        papers: Sequence[Paper] = catalogue.lists["categories"][shelf.id].papers
        groups = tuple(shelf_groups(catalogue, shelf).values()) if is_grouped else ()
        rows = () if groups else tuple(catalogue.rows[paper.id] for paper in papers)
        if papers:
            yield MapShelf(number, shelf.name, f"categories/{shelf.id}/", len(papers), rows, groups)
