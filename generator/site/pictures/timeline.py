"""The timeline of a list: a brick for each paper above its year, or of a long list, a bar for each year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.citations.citation import first_year
from generator.content.model import Paper
from generator.site.pictures.labels import cut_text, picture_name, text_width, title_and_year
from generator.site.pictures.year_spans import YearSpan, year_spans

MIN_TIMELINE_PAPERS = 3  # fewer are seen at a glance in their list
MAX_BRICKS = 10  # above a year; if there are more, each year has a bar
BRICK_PITCH = 24  # px from a brick to the one above it
BAR_HEIGHT, NUMBER_HEIGHT = 120, 18  # px; of the highest bar, and of the number above it
BRICK_WIDTH = 590  # px; of all columns, for the names in the bricks
BRICK_NAME_WIDTH = 6.4  # px; of a usual character
MIN_CUT_NAME = 9  # characters; a name of which fewer have room is left out
GAP = 0.6  # percent of the width between columns


@dataclass(frozen=True, slots=True)
class TimelineBrick:
    """A paper in a timeline: the text in it on narrow and on wide screens, and how far down its top is, in px."""

    id: str
    title: str
    narrow: str
    wide: str
    top: int


@dataclass(frozen=True, slots=True)
class TimelineColumn:
    """The papers of some years: bricks, or the height of a bar in px; `left` and `middle` are in percent."""

    span: YearSpan
    left: float
    middle: float
    count: int
    bricks: tuple[TimelineBrick, ...]
    bar: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture. `years` are the first and the last one; `browse` is the query that selects its papers, for links
    from bars; `width` is that of a column in percent, and `height` that of all bricks or bars in px."""

    columns: tuple[TimelineColumn, ...]
    years: tuple[int, int]
    browse: str
    width: float
    height: int

    @property
    def count(self) -> int:
        """The number of papers."""
        return sum(column.count for column in self.columns)


def list_timeline(papers: Sequence[Paper], browse: str = "", steps: bool = False) -> Timeline | None:
    """Return the timeline of a list, or None if it would show little.

    If the papers are steps, their bricks have the numbers of the steps.
    """
    if len(papers) < MIN_TIMELINE_PAPERS:
        return None
    dated = [(year, number, paper) for number, paper in enumerate(papers, 1) if (year := first_year(paper))]
    spans = year_spans(year for year, _, _ in dated)
    if len(dated) < MIN_TIMELINE_PAPERS or len(spans) < 2:
        return None
    length = spans[0].last - spans[0].first + 1
    groups: dict[int, list[tuple[int, Paper]]] = defaultdict(list)
    for year, number, paper in sorted(dated, key=lambda one: one[1] if steps else -one[1]):
        groups[year // length * length].append((number if steps else 0, paper))
    most = max(map(len, groups.values()))
    height = BRICK_PITCH * most if most <= MAX_BRICKS else BAR_HEIGHT + NUMBER_HEIGHT
    columns = timeline_columns(spans, groups, most, height)
    years = [year for year, _, _ in dated]
    return Timeline(tuple(columns), (min(years), max(years)), browse, 100 / len(spans) - GAP, height)


def timeline_columns(
    spans: Sequence[YearSpan], groups: Mapping[int, Sequence[tuple[int, Paper]]], most: int, height: int
) -> Iterator[TimelineColumn]:
    """Yield the columns; `groups` has the papers of each span by its first year, with their steps or 0."""
    width = 100 / len(spans)
    room = int((BRICK_WIDTH / len(spans) - 10) / BRICK_NAME_WIDTH)
    for number, span in enumerate(spans):
        group = groups.get(span.first, ())
        bricks = (
            timeline_brick(paper, step, room, height - BRICK_PITCH * at) for at, (step, paper) in enumerate(group, 1)
        )
        yield TimelineColumn(
            span=span,
            left=width * number + GAP / 2,
            middle=width * (number + 0.5),
            count=len(group),
            bricks=tuple(bricks) if most <= MAX_BRICKS else (),
            bar=max(2, BAR_HEIGHT * len(group) // most) if group and most > MAX_BRICKS else 0,
        )


def timeline_brick(paper: Paper, step: int, room: int, top: int) -> TimelineBrick:
    """Return a brick; its name is left out if there is no room for it."""
    number = str(step or "")
    named = f"{number} {picture_name(paper)}".strip()
    fits = text_width(named) <= room or room >= MIN_CUT_NAME
    return TimelineBrick(paper.id, title_and_year(paper), number, cut_text(named, room) if fits else number, top)
