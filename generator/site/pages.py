"""The catalogue in; out come the pages, each as what its template shows.

Every kind of page is one small dataclass, named for its template. Addresses within the site start at its root; the
templates make them relative to the page, so that the site works under any path.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import log
from typing import Protocol
from urllib.parse import quote, urlsplit

from generator.checks.health import HealthSection, health_sections
from generator.citations.citation import anthology_address, arxiv_address, arxiv_pdf_address, doi_address, first_year
from generator.content.model import PAPER_LINK, Category, Facet, Paper, ReadingPath, Site, Term
from generator.content.text import MONTH_NAMES
from generator.related.relate import Reason
from generator.site.catalogue import Catalogue, PaperList, PaperRow, author_id, author_sort_key, venue_id
from generator.site.escaping import split_paragraphs

MAX_COAUTHORS = 12  # people named on an author's page
MAX_COOCCURRING_TERMS = 6  # terms named on a tag's page as often standing beside it
MAX_BROWSE_SUMMARIES = 500  # papers, the newest, that the page of all papers sums up, so that it stays light
MAX_HEALTH_FINDINGS = 100  # of a section of the page on the list's health
MIN_COOCCURRENCES = 2  # papers that must carry both for that
LIST_PREVIEW_KINDS = {"categories/": "shelf", "authors/": "author", "venues/": "venue", "years/": "year"}
MIN_COOCCURRENCE_LIFT = 1.5  # and how much more often they must do so than by chance


@dataclass(frozen=True, slots=True)
class RepositoryHost:
    """The forms of a host's addresses within a repository: where a file is edited, where an issue about a paper's tags
    is begun, and where one that suggests a paper."""

    edit: str
    tags: str | None
    paper: str | None


GITHUB_HOST = RepositoryHost(
    "edit",
    "issues/new?template=tags.yml&title={title}&paper={paper}&tags={tags}",
    "issues/new?template=paper.yml",
)
FORGEJO_HOST = RepositoryHost("_edit", "issues/new?title={title}&body={body}", "issues/new")
REPOSITORY_HOSTS = {
    "gitlab": RepositoryHost("-/edit", "-/issues/new?issue[title]={title}&issue[description]={body}", "-/issues/new"),
    "codeberg": FORGEJO_HOST,
    "forgejo": FORGEJO_HOST,
    "gitea": FORGEJO_HOST,
    "bitbucket": RepositoryHost("src", None, None),
}


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere: an address within the site, from its root, or a whole address."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page is: its title, a sentence on it, the kind of its preview picture, and the pages above it."""

    title: str
    description: str = ""
    preview: str = "page"
    above: tuple[Link, ...] = ()


LinkedParagraph = tuple[str | Link, ...]


@dataclass(frozen=True, slots=True)
class ReadingSuggestion:
    """A paper worth reading next, and why."""

    row: PaperRow
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PathPosition:
    """Where a paper stands on a reading path, and the papers before and after it there."""

    path: Link
    step: int
    steps: int
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A page in an index: its name, how many papers it lists, and a word on it."""

    link: Link
    count: int
    note: str = ""
    share: int = 0  # of the largest count in the index, in per cent


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """A part of an index under a heading of its own; without a name, the whole."""

    id: str
    name: str
    note: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    site: Site
    papers: int
    span: str
    start: tuple[PaperRow, ...]
    paths: tuple[IndexEntry, ...]
    shelves: tuple[IndexEntry, ...]
    latest: tuple[PaperRow, ...]

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.site.name, self.site.tagline, "home")


@dataclass(frozen=True, slots=True)
class PaperPage:
    paper: Paper
    shelf: Link
    authors: tuple[Link, ...]
    date: Link | None
    venue: Link | None
    buttons: tuple[Link, ...]
    tags: tuple[tuple[str, tuple[Link, ...]], ...]
    places: tuple[PathPosition, ...]
    related: tuple[ReadingSuggestion, ...]
    bibtex: str
    edit: str | None
    issue: str | None

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(
            self.paper.title, self.paper.summary or "", "paper", (Link("Shelves", "categories/"), self.shelf)
        )


@dataclass(frozen=True, slots=True)
class ListPage:
    """The papers of a category, author, venue or year; `browse` is what selects them on the page of all papers."""

    kind: Link
    title: str
    lead: tuple[LinkedParagraph, ...]
    also: tuple[tuple[str, tuple[Link, ...]], ...]
    rows: tuple[PaperRow, ...]
    browse: str
    description: str
    previous: Link | None = None
    next: Link | None = None

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.title, self.description, LIST_PREVIEW_KINDS[self.kind.to], (self.kind,))


@dataclass(frozen=True, slots=True)
class IndexPage:
    """All categories, paths, authors, venues or years."""

    id: str
    title: str
    lead: str
    groups: tuple[IndexGroup, ...]

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.title, self.lead)


@dataclass(frozen=True, slots=True)
class TagPage:
    """A term of the vocabulary: what it means, the terms around it, and its papers."""

    facet: Link
    term: Term
    near: tuple[tuple[str, tuple[Link, ...]], ...]
    rows: tuple[PaperRow, ...]
    browse: str

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.term.name, self.term.definition, "tag", (Link("Tags", "tags/"), self.facet))


@dataclass(frozen=True, slots=True)
class TermTree:
    """A term in the vocabulary, with those that are narrower."""

    entry: IndexEntry
    aliases: str
    narrower: "tuple[TermTree, ...]"


@dataclass(frozen=True, slots=True)
class VocabularyPage:
    """All terms in use, by facet."""

    facets: tuple[tuple[Facet, tuple[TermTree, ...]], ...]

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Tags", "The controlled vocabulary of the list, by facet.")


@dataclass(frozen=True, slots=True)
class PathPage:
    """A reading path: for whom it is, and its steps."""

    kind: Link
    path: ReadingPath
    steps: tuple[tuple[PaperRow, str], ...]
    previous: Link | None
    next: Link | None

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.path.name, self.path.summary, "path", (self.kind,))


@dataclass(frozen=True, slots=True)
class MovedPage:
    """An address that leads on to another."""

    to: Link

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(f"Moved: {self.to.text}")


@dataclass(frozen=True, slots=True)
class RetiredPage:
    """The address of a paper or shelf that is no longer on the list: why, and where a paper can be had all the same."""

    kind: Link
    title: str
    reason: str
    buttons: tuple[Link, ...] = ()

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.title, above=(self.kind,))


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """All papers, newest first."""

    rows: tuple[PaperRow, ...]

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("All papers", "Every paper of the list, to be searched and filtered.")


@dataclass(frozen=True, slots=True)
class HealthPage:
    """What a curator should look at, and how many findings of a section are shown at most."""

    sections: tuple[HealthSection, ...]
    shown: int

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Health of the list", "What deserves a curator's look.")


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page that a curator wrote."""

    title: str
    text: str

    @property
    def about(self) -> PageMetadata:
        return PageMetadata(self.title)


class SitePage(Protocol):
    """What every kind of page has."""

    @property
    def about(self) -> PageMetadata:
        """What the page is."""


def site_pages(catalogue: Catalogue) -> Iterator[tuple[str, SitePage]]:
    """The Markdown pages: each one's file name, and what its template shows."""
    yield "index.md", home_page(catalogue)
    yield "browse.md", browse_page(catalogue)
    yield "health.md", HealthPage(health_sections(catalogue.library, catalogue.links), MAX_HEALTH_FINDINGS)
    places = path_positions(catalogue)
    for paper in catalogue.papers.values():
        yield f"papers/{paper.id}.md", paper_page(catalogue, paper, tuple(places[paper.id]))
        yield from redirect_pages("papers", paper.id, paper.title, paper.replaces)
    for paper in catalogue.library.retired:
        gone = RetiredPage(Link("Papers", "browse/"), paper.title, paper.retired or "", tuple(resource_links(paper)))
        yield f"papers/{paper.id}.md", gone
        yield from redirect_pages("papers", paper.id, paper.title, paper.replaces)
    for kind in (category_pages, path_pages, tag_pages, author_pages, venue_pages, year_pages):
        yield from kind(catalogue)
    for page in catalogue.library.pages:
        yield f"{page.id}.md", PlainPage(page.title, page.text)


def home_page(catalogue: Catalogue) -> HomePage:
    library = catalogue.library
    years = sorted(catalogue.lists["years"])
    return HomePage(
        site=library.site,
        papers=len(library.papers),
        span="" if not years else years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}",
        start=paper_rows(catalogue, (catalogue.papers[name] for name in library.site.start)),
        paths=tuple(path_entry(path) for path in library.paths),
        shelves=tuple(category_entry(catalogue, category) for category in library.shelves),
        latest=paper_rows(catalogue, list(catalogue.papers.values())[:5]),
    )


def category_entry(catalogue: Catalogue, category: Category) -> IndexEntry:
    """A category in an index."""
    count = len(catalogue.lists["categories"][category.id].papers)
    return IndexEntry(Link(category.name, f"categories/{category.id}/"), count, category.summary)


def browse_page(catalogue: Catalogue) -> BrowsePage:
    everything = paper_rows(catalogue, catalogue.papers.values())
    return BrowsePage(
        (*everything[:MAX_BROWSE_SUMMARIES], *(replace(row, summary="") for row in everything[MAX_BROWSE_SUMMARIES:]))
    )


def paper_page(catalogue: Catalogue, paper: Paper, places: tuple[PathPosition, ...]) -> PaperPage:
    library, year = catalogue.library, first_year(paper)
    names = {category.id: category.name for category in library.categories}
    mine = set(paper.tags)
    tags = (
        (facet.name, tuple(Link(term.name, f"tags/{term.id}/") for term in facet.terms if term.id in mine))
        for facet in library.facets
    )
    when_text = (
        format_date(paper.published) if paper.published else f"arXiv, {year}" if year and not paper.venue else ""
    )
    venue = paper.venue
    return PaperPage(
        paper=paper,
        shelf=Link(names[paper.category], f"categories/{paper.category}/"),
        authors=tuple(Link(name, f"authors/{author_id(name)}/") for name in paper.authors),
        date=Link(when_text, f"years/{year}/") if when_text else None,
        venue=Link(f"{venue.name} {venue.year}", f"venues/{venue_id(venue.name)}/") if venue else None,
        buttons=tuple(resource_links(paper)),
        tags=tuple((facet, terms) for facet, terms in tags if terms),
        places=places,
        related=tuple(ReadingSuggestion(catalogue.rows[r.id], r.reasons) for r in catalogue.links.get(paper.id, ())),
        bibtex=catalogue.formatted_citations[paper.id].texts["bibtex"],
        edit=edit_address(library.site, f"content/papers/{paper.id}.yml"),
        issue=issue_address(library.site),
    )


def resource_links(paper: Paper) -> Iterator[Link]:
    """Where the paper, and what comes with it, can be had."""
    if paper.arxiv:
        yield Link("arXiv", arxiv_address(paper.arxiv))
        yield Link("PDF", arxiv_pdf_address(paper.arxiv))
    if paper.links.code:
        yield Link("Code", paper.links.code)
    if paper.links.project:
        yield Link("Project", paper.links.project)
    if paper.acl_anthology:
        yield Link("ACL Anthology", anthology_address(paper.acl_anthology))
    if paper.doi:
        yield Link("DOI", doi_address(paper.doi))


def category_pages(catalogue: Catalogue) -> Iterator[tuple[str, SitePage]]:
    categories = catalogue.library.shelves
    links = [None, *(Link(category.name, f"categories/{category.id}/") for category in categories), None]
    kind = Link("Shelves", "categories/")
    lead = "The list in the order in which it is best read, shelf by shelf."
    entries = tuple(category_entry(catalogue, category) for category in categories)
    yield "categories/index.md", IndexPage("categories", "Shelves", lead, (IndexGroup("", "", "", entries),))
    for category, previous, following in zip(categories, links, links[2:], strict=False):
        story = tuple(
            introduction_paragraph(catalogue, paragraph) for paragraph in split_paragraphs(category.introduction)
        )
        papers = paper_rows(catalogue, catalogue.lists["categories"][category.id].papers)
        query = f"category={category.id}"
        page = ListPage(kind, category.name, story, (), papers, query, category.summary, previous, following)
        yield f"categories/{category.id}.md", page
    for category in catalogue.library.categories:
        if category.retired:
            yield f"categories/{category.id}.md", RetiredPage(kind, category.name, category.retired)
        yield from redirect_pages("categories", category.id, category.name, category.replaces)


def redirect_pages(folder: str, name: str, title: str, replaces: Iterable[str]) -> Iterator[tuple[str, SitePage]]:
    """The pages at the addresses that lead on to an entry."""
    for old in replaces:
        if old != name:
            yield f"{folder}/{old}.md", MovedPage(Link(title, f"{folder}/{name}/"))


def introduction_paragraph(catalogue: Catalogue, paragraph: str) -> LinkedParagraph:
    """A paragraph of a shelf's introduction, with links to the papers it names."""
    parts: list[str | Link] = []
    end = 0
    for found in PAPER_LINK.finditer(paragraph):
        paper = catalogue.papers[found[1]]
        parts += [paragraph[end : found.start()], Link(found[2] or paper.title, paper_address(paper))]
        end = found.end()
    return (*parts, paragraph[end:])


def path_pages(catalogue: Catalogue) -> Iterator[tuple[str, SitePage]]:
    paths = catalogue.library.paths
    if not paths:
        return
    kind = Link("Reading paths", "paths/")
    lead = "Papers in an order that leads somewhere, each path for readers of its own."
    entries = tuple(path_entry(path) for path in paths)
    yield "paths/index.md", IndexPage("paths", kind.text, lead, (IndexGroup("", "", "", entries),))
    links = [None, *(path_link(path) for path in paths), None]
    for path, previous, following in zip(paths, links, links[2:], strict=False):
        steps = tuple((catalogue.rows[step.paper], step.because) for step in path.steps)
        yield f"paths/{path.id}.md", PathPage(kind, path, steps, previous, following)


def path_link(path: ReadingPath) -> Link:
    return Link(path.name, f"paths/{path.id}/")


def path_entry(path: ReadingPath) -> IndexEntry:
    """A reading path in an index."""
    return IndexEntry(path_link(path), len(path.steps), path.summary)


def path_positions(catalogue: Catalogue) -> Mapping[str, list[PathPosition]]:
    """Each paper's places on the reading paths, by its id."""
    places: dict[str, list[PathPosition]] = defaultdict(list)
    for path in catalogue.library.paths:
        papers = [catalogue.papers[step.paper] for step in path.steps]
        links = [None, *(Link(paper.title, paper_address(paper)) for paper in papers), None]
        for number, (paper, previous, following) in enumerate(zip(papers, links, links[2:], strict=False), 1):
            places[paper.id].append(PathPosition(path_link(path), number, len(papers), previous, following))
    return places


def tag_pages(catalogue: Catalogue) -> Iterator[tuple[str, SitePage]]:
    companions = cooccurring_terms(catalogue)
    facets = catalogue.library.facets
    yield "tags/index.md", VocabularyPage(tuple((facet, term_trees(catalogue, facet, None)) for facet in facets))
    for facet in facets:
        for term in facet.terms:
            near = (
                ("Broader", [term.parent] if term.parent else []),
                ("Narrower", [other.id for other in facet.terms if other.parent == term.id and not other.retired]),
                ("Related", related_terms(catalogue, facet, term)),
                ("Often together with", companions.get(term.id, [])),
            )
            yield (
                f"tags/{term.id}.md",
                TagPage(
                    facet=Link(facet.name, f"tags/#{facet.id}"),
                    term=term,
                    near=tuple((name, tuple(tag_link(catalogue, t) for t in terms)) for name, terms in near if terms),
                    rows=paper_rows(catalogue, catalogue.lists["tags"][term.id].papers),
                    browse=f"tag={term.id}",
                ),
            )
            yield from redirect_pages("tags", term.id, term.name, term.replaces)


def term_trees(catalogue: Catalogue, facet: Facet, parent: str | None) -> tuple[TermTree, ...]:
    """The terms of a facet that stand right under one, or at its top, with all that is narrower."""
    return tuple(
        TermTree(tag_entry(catalogue, term), ", ".join(term.aliases), term_trees(catalogue, facet, term.id))
        for term in facet.terms
        if term.parent == parent and not term.retired
    )


def related_terms(catalogue: Catalogue, facet: Facet, term: Term) -> list[str]:
    """The terms that a curator named with this one, in either direction, then those under the same broader term."""
    named = [*term.related, *(other.id for other in catalogue.terms.values() if term.id in other.related)]
    siblings = [other.id for other in facet.terms if term.parent and other.parent == term.parent and other is not term]
    return [name for name in dict.fromkeys([*named, *siblings]) if not catalogue.terms[name].retired]


def cooccurring_terms(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """For each term those that stand beside it much more often than by chance, the most telling first.

    With n of N papers on both terms, a on one and b on the other, telling is n · ln(n N / (a b)): what the papers on
    both add to the terms' mutual information.
    """
    papers = {tag: len(those.papers) for tag, those in catalogue.lists["tags"].items()}
    pairs: Counter[tuple[str, str]] = Counter()
    for paper in catalogue.papers.values():
        pairs.update(combinations(sorted(set(paper.tags)), 2))
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (one, two), count in pairs.items():
        lift = count * len(catalogue.papers) / (papers[one] * papers[two])
        akin = one in broader_terms(catalogue, two) or two in broader_terms(catalogue, one)
        if count >= MIN_COOCCURRENCES and lift >= MIN_COOCCURRENCE_LIFT and not akin:
            found[one].append((-round(count * log(lift), 6), two))
            found[two].append((-round(count * log(lift), 6), one))
    return {name: [other for _, other in sorted(those)[:MAX_COOCCURRING_TERMS]] for name, those in found.items()}


def broader_terms(catalogue: Catalogue, term: str) -> list[str]:
    """A term's line of parents, the nearest first."""
    line = []
    above = catalogue.terms[term].parent
    while above:
        line.append(above)
        above = catalogue.terms[above].parent
    return line


def tag_link(catalogue: Catalogue, term: str) -> Link:
    return Link(catalogue.terms[term].name, f"tags/{term}/")


def tag_entry(catalogue: Catalogue, term: Term) -> IndexEntry:
    """A tag in the vocabulary, with what it means."""
    return IndexEntry(tag_link(catalogue, term.id), len(catalogue.lists["tags"][term.id].papers), term.definition)


def author_pages(catalogue: Catalogue) -> Iterator[tuple[str, SitePage]]:
    kind = Link("Authors", "authors/")
    authors = catalogue.lists["authors"]
    by_letter: dict[str, list[PaperList]] = defaultdict(list)
    for author in sorted(authors.values(), key=lambda author: (author_sort_key(author.name), author.id)):
        letter = author_sort_key(author.name)[:1].upper()
        by_letter[letter[:1] if letter.isalpha() else "#"].append(author)
    groups = (
        IndexGroup(f"letter-{ord(letter):x}", letter, "", tuple(map(list_entry, those)))
        for letter, those in by_letter.items()
    )
    yield "authors/index.md", IndexPage("authors", "Authors", "Everyone who wrote a paper on the list.", tuple(groups))
    for author in authors.values():
        others = coauthors(catalogue, author)
        yield (
            f"authors/{author.id}.md",
            ListPage(
                kind,
                author.name,
                (),
                (("With", tuple(map(list_link, others))),) if others else (),
                paper_rows(catalogue, author.papers),
                f"author={author.id}",
                f"The papers of the list that {author.name} wrote.",
            ),
        )


def list_link(papers: PaperList) -> Link:
    """A link to the page of a list of papers."""
    return Link(papers.name, papers.address)


def list_entry(papers: PaperList) -> IndexEntry:
    """A list of papers in an index."""
    return IndexEntry(list_link(papers), len(papers.papers))


def coauthors(catalogue: Catalogue, author: PaperList) -> list[PaperList]:
    """Those with whom a person wrote most papers of the list, at most `MAX_COAUTHORS`."""
    counts = Counter(author_id(name) for paper in author.papers for name in paper.authors)
    others = [catalogue.lists["authors"][other] for other in counts if other != author.id]
    return sorted(others, key=lambda other: (-counts[other.id], author_sort_key(other.name), other.id))[:MAX_COAUTHORS]


def venue_pages(catalogue: Catalogue) -> Iterator[tuple[str, SitePage]]:
    kind = Link("Venues", "venues/")
    venues = catalogue.lists["venues"]
    tracks = {venue_id(paper.venue.name): paper.venue.track for paper in catalogue.papers.values() if paper.venue}
    headings = {"conference": "Conferences", "findings": "Findings", "journal": "Journals", "workshop": "Workshops"}
    order = sorted(venues.values(), key=lambda venue: (-len(venue.papers), venue.id))
    groups = (
        IndexGroup(track, heading, "", tuple(venue_entry(venue) for venue in order if tracks[venue.id] == track))
        for track, heading in headings.items()
    )
    lead = "Where the papers were published after review; the others stand on arXiv alone."
    yield "venues/index.md", IndexPage("venues", "Venues", lead, tuple(group for group in groups if group.entries))
    for venue in venues.values():
        yield (
            f"venues/{venue.id}.md",
            ListPage(
                kind,
                venue.name,
                (),
                (),
                paper_rows(catalogue, venue.papers),
                f"venue={venue.id}",
                f"The papers of the list that were published at {venue.name}.",
            ),
        )


def venue_entry(venue: PaperList) -> IndexEntry:
    """A venue in the index, with the years of its volumes on the list."""
    years = sorted({paper.venue.year for paper in venue.papers if paper.venue})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return replace(list_entry(venue), note=span)


def year_pages(catalogue: Catalogue) -> Iterator[tuple[str, SitePage]]:
    kind = Link("Years", "years/")
    years = sorted(catalogue.lists["years"].values(), key=lambda year: year.id, reverse=True)
    most = max((len(year.papers) for year in years), default=1)
    links = [None, *(Link(year.id, year.address) for year in years), None]
    entries = tuple(
        IndexEntry(Link(year.id, year.address), len(year.papers), share=round(100 * len(year.papers) / most))
        for year in years
    )
    lead = "The year in which a paper first became public, which may be before the year of its venue."
    yield "years/index.md", IndexPage("years", "Years", lead, (IndexGroup("", "", "", entries),))
    for year, later, earlier in zip(years, links, links[2:], strict=False):
        yield (
            f"years/{year.id}.md",
            ListPage(
                kind,
                year.name,
                (),
                (),
                paper_rows(catalogue, year.papers),
                f"year={year.id}",
                f"The papers of the list that first became public in {year.id}.",
                later,
                earlier,
            ),
        )


def paper_rows(catalogue: Catalogue, papers: Iterable[Paper]) -> tuple[PaperRow, ...]:
    """The papers as they stand in a list."""
    return tuple(catalogue.rows[paper.id] for paper in papers)


def format_date(date: str) -> str:
    """`26 January 2017`, `January 2017` or `2017`."""
    year, *rest = date.split("-")
    words = [str(int(day)) for day in rest[1:]] + [MONTH_NAMES[int(month) - 1] for month in rest[:1]]
    return " ".join([*words, year])


def paper_address(paper: Paper) -> str:
    return f"papers/{paper.id}/"


def edit_address(site: Site, file: str) -> str | None:
    """Where a file of the repository is edited in the browser, as the host wants it."""
    if not site.repository:
        return None
    return f"{site.repository.rstrip('/')}/{repository_host(site.repository).edit}/{quote(site.branch)}/{quote(file)}"


def issue_address(site: Site) -> str | None:
    """Where an issue about a paper's tags is begun, as the host wants it; nothing where it cannot be filled in before.
    `{title}`, `{paper}`, `{tags}` and `{body}` stand for what the reader's browser fills in."""
    return repository_address(site, repository_host(site.repository or "").tags)


def suggestion_address(site: Site) -> str | None:
    """Where an issue that suggests a paper is begun."""
    return repository_address(site, repository_host(site.repository or "").paper)


def repository_address(site: Site, form: str | None) -> str | None:
    """An address within the repository, where there are both."""
    return f"{site.repository.rstrip('/')}/{form}" if site.repository and form else None


def repository_host(repository: str) -> RepositoryHost:
    """The forms of the host of a repository: GitHub's, where its name does not tell another."""
    name = urlsplit(repository).hostname or ""
    return next((forms for part, forms in REPOSITORY_HOSTS.items() if part in name), GITHUB_HOST)
