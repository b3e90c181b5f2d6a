"""The pages that list papers and their index pages, shared by categories, authors, venues and years."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from generator.content.model import KnownVenue, Paper, Person
from generator.site.catalogue import Catalogue, LinkedText, PaperList, PaperRow
from generator.site.pages.elements import Link, PageMetadata, last_rows, list_link, paper_link
from generator.site.pictures.timeline import Timeline

MAX_STARTING_POINTS = 3  # papers that a list names as those to begin with
MAX_COMMON_TOPICS = 8  # tags that many papers of a list share
MIN_TOPIC_PAPERS = 4  # papers of a list that has its topics beside it
MIN_FILTERED_ENTRIES = 20  # entries of an index that has a filter

LinkedParagraph = LinkedText
Fact = tuple[str, tuple[Link | str, ...]]  # a label, and what it is the label of


class ListedPapers:
    """What pages with a list of papers have in common: it is made with the page, and not before."""

    __slots__ = ()
    list_rows: Callable[[], tuple[PaperRow, ...]]
    draw_timeline: Callable[[], Timeline | None]

    @property
    def rows(self) -> tuple[PaperRow, ...]:
        """The papers as the list shows them."""
        return last_rows(self.list_rows)

    @property
    def timeline(self) -> Timeline | None:
        """The timeline of the papers, if there is one."""
        return self.draw_timeline()

    @property
    def years(self) -> "tuple[IndexEntry, ...]":
        """The years that are headings in the list."""
        return year_contents(self.rows)


@dataclass(frozen=True, slots=True)
class ListPage(ListedPapers):
    """The papers of a category, author, venue or year.

    `papers` are their ids; `list_rows` and `draw_timeline` return the rows and the timeline when the page is made.
    `browse` is the query that selects them on the page of all papers, and `preview` the kind of preview image.
    `list_facts` returns facts with their labels, some of them empty, and `begin` are the papers to begin with.
    `person` is what is said about an author, and `venue` what is said about a venue.
    """

    kind: Link
    preview: str
    title: str
    description: str
    papers: tuple[str, ...]
    list_rows: Callable[[], tuple[PaperRow, ...]]
    browse: str
    draw_timeline: Callable[[], Timeline | None] = lambda: None
    lead: tuple[LinkedParagraph, ...] = ()
    list_facts: Callable[[], Iterable[Fact]] = tuple
    person: Person | None = None
    venue: KnownVenue | None = None
    begin: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None

    @property
    def also(self) -> tuple[Fact, ...]:
        """Facts about the list, with their labels."""
        return tuple((label, values) for label, values in self.list_facts() if values)

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.title, self.description, self.preview, (self.kind,), self.papers)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A page in an index, with the number of papers it lists and a note.

    `share` is this number as a percentage of the largest one in the index, for indexes that draw bars. `steps` are the
    papers of a reading path, by which a script shows how far the reader has come. `title` says what the link leads to
    where its text does not.
    """

    link: Link
    count: int
    note: str = ""
    share: int = 0
    steps: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """A part of an index with its own heading, or the whole index if it has no name."""

    id: str
    name: str
    note: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """An index of all paths, authors, venues or years, or a part of one.

    `list_groups` returns its groups when the page is made. `parts` are the pages of an index that is too long for one
    page, and `above` are the pages above such a part.
    """

    id: str
    title: str
    lead: str
    list_groups: Callable[[], tuple[IndexGroup, ...]]
    parts: tuple[Link, ...] = ()
    above: tuple[Link, ...] = ()

    @property
    def groups(self) -> tuple[IndexGroup, ...]:
        """The parts of the page."""
        return self.list_groups()

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.title, self.lead, above=self.above)

    @property
    def is_long(self) -> bool:
        """Whether readers may want to filter the index; a filter on the first page of several would leave most out."""
        listed = sum(len(group.entries) for group in self.groups)
        return listed >= MIN_FILTERED_ENTRIES and (not self.parts or bool(self.above))


def list_entry(papers: PaperList, note: str = "") -> IndexEntry:
    """Return the index entry of a list of papers."""
    return IndexEntry(list_link(papers), len(papers.papers), note)


def single_group(entries: Iterable[IndexEntry]) -> Callable[[], tuple[IndexGroup]]:
    """Return a function that returns the groups of an index that has only one group."""
    groups = (IndexGroup("", "", "", tuple(entries)),)
    return lambda: groups


def year_contents(rows: Sequence[PaperRow]) -> tuple[IndexEntry, ...]:
    """Return the years that are headings in a list, with their numbers of papers."""
    starts = [at for at, row in enumerate(rows) if row.heading]
    return tuple(
        IndexEntry(Link(rows[start].heading, f"#year-{rows[start].heading.lower()}"), end - start)
        for start, end in pairwise((*starts, len(rows)))
    )


def common_topics(catalogue: Catalogue, papers: Sequence[Paper], browse: str) -> tuple[Link, ...]:
    """Return the tags that most papers of a list share, each with a link to those papers; `browse` selects the list."""
    if len(papers) < MIN_TOPIC_PAPERS:
        return ()
    counts = Counter(chain.from_iterable(catalogue.tags[paper.id] for paper in papers))
    most = sorted(
        (tag for tag in counts if counts[tag] > 1), key=lambda tag: (-counts[tag], catalogue.term_places[tag])
    )
    return tuple(
        Link(f"{catalogue.terms[tag].name} ({counts[tag]})", f"browse/?{browse}&tag={tag}")
        for tag in most[:MAX_COMMON_TOPICS]
    )


def starting_points(catalogue: Catalogue, papers: Sequence[Paper]) -> tuple[Link, ...]:
    """Return the papers of a list to begin with: those on the home page, then those earliest on reading paths."""
    if len(papers) <= 2 * MAX_STARTING_POINTS:
        return ()
    listed = {paper.id: paper for paper in papers}
    steps = sorted(
        (step, paper.id) for path in catalogue.lists["paths"].values() for step, paper in enumerate(path.papers)
    )
    first = dict.fromkeys((*catalogue.library.site.start, *(name for _, name in steps)))
    return tuple(paper_link(listed[name]) for name in first if name in listed)[:MAX_STARTING_POINTS]
