"""Counts of papers by topic and year: the shelves and the most used tags, each a row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.citations.citation import first_year
from generator.content.model import EntryWords
from generator.site.catalogue import Catalogue, PaperList
from generator.site.pages.elements import Link, list_link
from generator.site.pictures.year_spans import YearSpan, year_spans

MAX_GRID_TAGS = 24
DOT_SIZE = 30  # px; the diameter of the greatest dot
MIN_DOT_SIZE = 16  # px; a number has room in it


@dataclass(frozen=True, slots=True)
class GridCell:
    """The papers of a topic and some years: their number, also in words, where they are listed, and the radius of the
    dot in px."""

    count: int
    words: str
    to: str
    radius: float


@dataclass(frozen=True, slots=True)
class GridRow:
    """A topic, with a cell for each span of years, or None where there are no papers."""

    topic: Link
    cells: tuple[GridCell | None, ...]


@dataclass(frozen=True, slots=True)
class TopicGrid:
    """The picture: rows in groups, each with a name."""

    spans: tuple[YearSpan, ...]
    groups: tuple[tuple[str, tuple[GridRow, ...]], ...]


def topic_grid(catalogue: Catalogue) -> TopicGrid | None:
    """Return the grid of a list, or None if there are no years or topics to count."""
    spans = year_spans(map(int, catalogue.lists["years"]))
    shelves = [catalogue.lists["categories"][shelf.id] for shelf in catalogue.library.shelves]
    tags = sorted(catalogue.lists["tags"].values(), key=lambda tag: -len(tag.papers))[:MAX_GRID_TAGS]
    rows = [
        ("Shelves", "category", [one for one in shelves if one.papers]),
        ("Tags", "tag", [one for one in tags if one.papers]),
    ]
    most = max((count for _, _, lists in rows for one in lists for count in span_counts(one, spans)), default=0)
    if len(spans) < 2 or not most:
        return None
    words = catalogue.library.site.entry
    groups = (
        (name, tuple(GridRow(list_link(one), tuple(grid_cells(one, key, spans, most, words))) for one in lists))
        for name, key, lists in rows
    )
    return TopicGrid(spans, tuple((name, those) for name, those in groups if those))


def span_counts(papers: PaperList, spans: Sequence[YearSpan]) -> list[int]:
    """Return how many papers of a list are of each span of years."""
    counts = Counter(first_year(paper) for paper in papers.papers)
    return [sum(counts[year] for year in range(span.first, span.last + 1)) for span in spans]


def grid_cells(
    papers: PaperList, key: str, spans: Iterable[YearSpan], most: int, words: EntryWords
) -> Iterator[GridCell | None]:
    """Yield the cells of a topic; the area of a dot grows with the number of papers."""
    spans = tuple(spans)
    for span, count in zip(spans, span_counts(papers, spans), strict=True):
        said = f"{words.count(count)} on {papers.name}, {span.name}"
        size = max(MIN_DOT_SIZE, DOT_SIZE * (count / most) ** 0.5)
        to = f"browse/?{key}={papers.id}&{span.query}"
        yield GridCell(count, said, to, round(size / 2, 1)) if count else None
