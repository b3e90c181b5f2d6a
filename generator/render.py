"""The library and its links in; the site's pages out, as a map of file name to text.

Every kind of page is one small dataclass and the template of the same name. Addresses within the site are relative to
the page, so that the site works under any path.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlsplit

import jinja2
from slugify import slugify

from generator import prose
from generator.check import PAPER_LINK
from generator.cite import bibtex, family_name, first_year
from generator.model import Category, Library, Paper, Site, Term
from generator.relate import Reason, Related

MONTHS = "January February March April May June July August September October November December".split()
NAMED_AUTHORS = 4  # authors named in a row; of more, the first three and a count


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere: an address within the site, from its root, or a whole address."""

    text: str
    to: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paper in a list."""

    id: str
    title: str
    authors: str
    when: str
    summary: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in an index: its name, how many papers it lists, and a word on it."""

    link: Link
    count: int
    note: str = ""
    share: int = 0  # of the largest count in the index, in per cent


@dataclass(frozen=True, slots=True)
class Group:
    """A part of an index under a heading of its own; without a name, the whole."""

    id: str
    name: str
    note: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    site: Site
    papers: int
    span: str
    start: tuple[Row, ...]
    shelves: tuple[Entry, ...]
    latest: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PaperPage:
    paper: Paper
    shelf: Link
    authors: tuple[Link, ...]
    date: Link | None
    venue: Link | None
    buttons: tuple[Link, ...]
    tags: tuple[tuple[str, tuple[Link, ...]], ...]
    related: tuple[Row, ...]
    bibtex: str
    edit: str | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """The papers of a category, tag, author, venue or year."""

    kind: Link
    title: str
    lead: tuple[str, ...]  # paragraphs of Markdown
    also: tuple[tuple[str, tuple[Link, ...]], ...]
    rows: tuple[Row, ...]
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True, slots=True)
class IndexPage:
    """All categories, tags, authors, venues or years."""

    id: str
    title: str
    lead: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """All papers, by year."""

    papers: int
    years: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page that a curator wrote."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The library with the maps that its pages are made from; papers stand newest first everywhere."""

    library: Library
    links: Mapping[str, Sequence[Related]]
    citations: Mapping[str, str]
    papers: Mapping[str, Paper]
    terms: Mapping[str, Term]
    papers_by_category: Mapping[str, Sequence[Paper]]
    papers_by_tag: Mapping[str, Sequence[Paper]]
    papers_by_author: Mapping[str, Sequence[Paper]]
    papers_by_venue: Mapping[str, Sequence[Paper]]
    papers_by_year: Mapping[str, Sequence[Paper]]
    authors: Mapping[str, str]
    venues: Mapping[str, str]


def render(library: Library, links: Mapping[str, Sequence[Related]]) -> dict[str, str]:
    """All pages of the site by file name."""
    catalogue = catalogued(library, links)
    pages = {name: markdown(name, page) for name, page in site_pages(catalogue)}
    return pages | {"api/papers.json": api(catalogue), ".settings.yml": settings(library.site)}


def site_pages(catalogue: Catalogue) -> Iterator[tuple[str, object]]:
    """The Markdown pages: each one's file name, and what its template shows."""
    yield "index.md", home(catalogue)
    yield "browse.md", browse(catalogue)
    for paper in catalogue.papers.values():
        yield f"papers/{paper.id}.md", paper_page(catalogue, paper)
    for kind in (category_pages, tag_pages, author_pages, venue_pages, year_pages):
        yield from kind(catalogue)
    for page in catalogue.library.pages:
        yield f"{page.id}.md", PlainPage(page.title, page.text)


def catalogued(library: Library, links: Mapping[str, Sequence[Related]]) -> Catalogue:
    """The maps, each filled in one pass over the papers."""
    papers = sorted(
        library.papers, key=lambda paper: (negative(paper.published or str(first_year(paper) or "")), paper.id)
    )
    spellings = Counter(author for paper in library.papers for author in paper.authors)
    authors: dict[str, str] = {}
    for author in sorted(spellings, key=lambda name: (-spellings[name], name)):
        authors.setdefault(author_id(author), author)
    venues = {venue_id(paper.venue.name): paper.venue.name for paper in papers if paper.venue}
    return Catalogue(
        library=library,
        links=links,
        citations=bibtex(library),
        papers={paper.id: paper for paper in papers},
        terms={term.id: term for facet in library.facets for term in facet.terms},
        papers_by_category=grouped(papers, lambda paper: [paper.category]),
        papers_by_tag=grouped(papers, lambda paper: paper.tags),
        papers_by_author=grouped(papers, lambda paper: map(author_id, paper.authors)),
        papers_by_venue=grouped(papers, lambda paper: [venue_id(paper.venue.name)] if paper.venue else []),
        papers_by_year=grouped(papers, lambda paper: [str(year)] if (year := first_year(paper)) else []),
        authors=authors,
        venues=venues,
    )


def negative(date: str) -> tuple[int, ...]:
    """A key that puts later dates first, and what has none last."""
    return tuple(-int(part) for part in date.split("-") if part) or (1,)


def grouped(papers: Iterable[Paper], keys: Callable[[Paper], Iterable[str]]) -> dict[str, list[Paper]]:
    """The papers under each of their keys, once."""
    groups: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for key in dict.fromkeys(keys(paper)):
            groups[key].append(paper)
    return groups


# Ids and addresses


@cache
def author_id(name: str) -> str:
    """The id of an author's page: the name in ASCII. Names in other scripts, which several people's may be written alike
    in ASCII, get a part that tells them apart."""
    plain = unicodedata.normalize("NFC", " ".join(name.split()))
    latin = all("LATIN" in unicodedata.name(c, "") for c in plain if c.isalpha())
    base = slugify(plain)
    return base if latin and base else f"{base or 'author'}-{sha256(plain.encode()).hexdigest()[:6]}"


@cache
def venue_id(name: str) -> str:
    """The id of a venue's page."""
    return slugify(name) or f"venue-{sha256(name.encode()).hexdigest()[:6]}"


def paper_address(paper: Paper) -> str:
    return f"papers/{paper.id}/"


def edit_address(site: Site, file: str) -> str | None:
    """Where a file of the repository is edited in the browser, as the host wants it."""
    if not site.repository:
        return None
    host = urlsplit(site.repository).hostname or ""
    forms = {"gitlab": "-/edit", "codeberg": "_edit", "gitea": "_edit", "bitbucket": "src"}
    form = next((form for name, form in forms.items() if name in host), "edit")
    return f"{site.repository.rstrip('/')}/{form}/{quote(site.branch)}/{quote(file)}"


# What the pages show


def row(catalogue: Catalogue, paper: Paper, reasons: tuple[Reason, ...] = ()) -> Row:
    """A paper as it stands in a list."""
    names = paper.authors
    some = (
        names
        if len(names) <= NAMED_AUTHORS
        else (*names[: NAMED_AUTHORS - 1], f"{len(names) - NAMED_AUTHORS + 1} others")
    )
    return Row(paper.id, paper.title, listed(some), when(paper), paper.summary or "", reasons)


def rows(catalogue: Catalogue, papers: Iterable[Paper]) -> tuple[Row, ...]:
    return tuple(row(catalogue, paper) for paper in papers)


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def when(paper: Paper) -> str:
    """Where and when a paper came out, in short."""
    if paper.venue:
        return f"{paper.venue.name} {paper.venue.year}"
    return f"{'arXiv' if paper.arxiv else ''} {first_year(paper) or ''}".strip()


def dated(date: str) -> str:
    """`26 January 2017`, `January 2017` or `2017`."""
    year, *rest = date.split("-")
    words = [str(int(day)) for day in rest[1:]] + [MONTHS[int(month) - 1] for month in rest[:1]]
    return " ".join([*words, year])


def home(catalogue: Catalogue) -> HomePage:
    library = catalogue.library
    years = sorted(catalogue.papers_by_year)
    return HomePage(
        site=library.site,
        papers=len(library.papers),
        span="" if not years else years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}",
        start=rows(catalogue, (catalogue.papers[name] for name in library.site.start)),
        shelves=tuple(shelf(catalogue, category) for category in library.categories),
        latest=rows(catalogue, list(catalogue.papers.values())[:5]),
    )


def shelf(catalogue: Catalogue, category: Category) -> Entry:
    """A category in an index."""
    count = len(catalogue.papers_by_category.get(category.id, ()))
    return Entry(Link(category.name, f"categories/{category.id}/"), count, category.summary)


def browse(catalogue: Catalogue) -> BrowsePage:
    undated = [paper for paper in catalogue.papers.values() if not first_year(paper)]
    years = [*sorted(catalogue.papers_by_year.items(), reverse=True), *([("Undated", undated)] if undated else [])]
    return BrowsePage(len(catalogue.papers), tuple((year, rows(catalogue, papers)) for year, papers in years))


def paper_page(catalogue: Catalogue, paper: Paper) -> PaperPage:
    library, year = catalogue.library, first_year(paper)
    names = {category.id: category.name for category in library.categories}
    tags = (
        (facet.name, tuple(Link(term.name, f"tags/{term.id}/") for term in facet.terms if term.id in paper.tags))
        for facet in library.facets
    )
    when_text = dated(paper.published) if paper.published else f"arXiv, {year}" if year and not paper.venue else ""
    venue = paper.venue
    return PaperPage(
        paper=paper,
        shelf=Link(names[paper.category], f"categories/{paper.category}/"),
        authors=tuple(Link(name, f"authors/{author_id(name)}/") for name in paper.authors),
        date=Link(when_text, f"years/{year}/") if when_text else None,
        venue=Link(f"{venue.name} {venue.year}", f"venues/{venue_id(venue.name)}/") if venue else None,
        buttons=tuple(buttons(paper)),
        tags=tuple((facet, terms) for facet, terms in tags if terms),
        related=tuple(row(catalogue, catalogue.papers[r.id], r.reasons) for r in catalogue.links.get(paper.id, ())),
        bibtex=catalogue.citations[paper.id],
        edit=edit_address(library.site, f"content/papers/{paper.id}.yml"),
    )


def buttons(paper: Paper) -> Iterator[Link]:
    """Where the paper, and what comes with it, can be had."""
    if paper.arxiv:
        yield Link("arXiv", f"https://arxiv.org/abs/{paper.arxiv}")
        yield Link("PDF", f"https://arxiv.org/pdf/{paper.arxiv}")
    if paper.links.code:
        yield Link("Code", paper.links.code)
    if paper.links.project:
        yield Link("Project", paper.links.project)
    if paper.acl_anthology:
        yield Link("ACL Anthology", f"https://aclanthology.org/{paper.acl_anthology}/")
    if paper.doi:
        yield Link("DOI", f"https://doi.org/{quote(paper.doi, safe='/:;()')}")


def category_pages(catalogue: Catalogue) -> Iterator[tuple[str, object]]:
    categories = catalogue.library.categories
    links = [Link(category.name, f"categories/{category.id}/") for category in categories]
    kind = Link("Shelves", "categories/")
    entries = tuple(shelf(catalogue, category) for category in categories)
    lead = "The list in the order in which it is best read, shelf by shelf."
    yield "categories/index.md", IndexPage("categories", "Shelves", lead, (Group("", "", "", entries),))
    for index, category in enumerate(categories):
        lead_paragraphs = introduction(catalogue, category.introduction)
        yield (
            f"categories/{category.id}.md",
            ListPage(
                kind,
                category.name,
                lead_paragraphs,
                (),
                rows(catalogue, catalogue.papers_by_category.get(category.id, ())),
                links[index - 1] if index else None,
                links[index + 1] if index + 1 < len(links) else None,
            ),
        )


def introduction(catalogue: Catalogue, text: str) -> tuple[str, ...]:
    """A shelf's introduction in Markdown, with links to the papers it names."""

    def linked(paragraph: str) -> str:
        parts = PAPER_LINK.split(paragraph)
        for index in range(1, len(parts), 2):
            paper = catalogue.papers[parts[index]]
            parts[index] = f'<a class="work" href="../../{paper_address(paper)}">{prose.text(paper.title)}</a>'
        parts[::2] = [prose.escape(part) for part in parts[::2]]
        return prose.guarded("".join(parts))

    return tuple(linked(paragraph) for paragraph in prose.paragraphs(text))


def tag_pages(catalogue: Catalogue) -> Iterator[tuple[str, object]]:
    kind = Link("Tags", "tags/")
    groups = []
    for facet in catalogue.library.facets:
        found = [(term, catalogue.papers_by_tag.get(term.id, ())) for term in facet.terms]
        entries = (Entry(Link(t.name, f"tags/{t.id}/"), len(papers), t.definition) for t, papers in found)
        groups.append(Group(facet.id, facet.name, facet.description, tuple(entries)))
        for term, papers in found:
            names = (("Parent", [term.parent]), ("Narrower", [t.id for t in facet.terms if t.parent == term.id]))
            also = tuple(
                (name, tuple(Link(catalogue.terms[i].name, f"tags/{i}/") for i in ids if i)) for name, ids in names
            )
            lead = [prose.text(term.definition)]
            if term.aliases:
                lead.append(f"Also called: {prose.text(', '.join(term.aliases))}.")
            shown = tuple((name, links) for name, links in also if links)
            yield f"tags/{term.id}.md", ListPage(kind, term.name, tuple(lead), shown, rows(catalogue, papers))
    lead_of_all = "The controlled vocabulary: every paper carries terms from several of these facets."
    yield "tags/index.md", IndexPage("tags", "Tags", lead_of_all, tuple(groups))


def author_pages(catalogue: Catalogue) -> Iterator[tuple[str, object]]:
    kind = Link("Authors", "authors/")
    entries: dict[str, list[Entry]] = defaultdict(list)
    for name in sorted(catalogue.authors, key=lambda name: (sorting(catalogue.authors[name]), name)):
        papers, author = catalogue.papers_by_author[name], catalogue.authors[name]
        letter = sorting(author)[:1].upper()
        entries[letter if letter.isalpha() else "#"].append(Entry(Link(author, f"authors/{name}/"), len(papers)))
        with_whom = Counter(author_id(other) for paper in papers for other in paper.authors)
        with_whom.pop(name)
        often = sorted(with_whom, key=lambda other: (-with_whom[other], sorting(catalogue.authors[other])))[:12]
        also = (
            (("With", tuple(Link(catalogue.authors[other], f"authors/{other}/") for other in often)),) if often else ()
        )
        yield f"authors/{name}.md", ListPage(kind, author, (), also, rows(catalogue, papers))
    groups = (
        Group(f"letter-{slugify(letter) or 'other'}", letter, "", tuple(found)) for letter, found in entries.items()
    )
    yield "authors/index.md", IndexPage("authors", "Authors", "Everyone who wrote a paper on the list.", tuple(groups))


@cache
def sorting(author: str) -> str:
    """A name's key in an alphabetical index: the family name first, without case and accents."""
    family = family_name(author)
    whole = f"{family} {author}".casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", whole) if not unicodedata.combining(c))


def venue_pages(catalogue: Catalogue) -> Iterator[tuple[str, object]]:
    kind = Link("Venues", "venues/")
    tracks = {venue_id(paper.venue.name): paper.venue.track for paper in catalogue.papers.values() if paper.venue}
    headings = {"conference": "Conferences", "findings": "Findings", "journal": "Journals", "workshop": "Workshops"}
    order = sorted(catalogue.venues, key=lambda name: (-len(catalogue.papers_by_venue[name]), name))
    groups = (
        Group(track, heading, "", tuple(venue_entry(catalogue, name) for name in order if tracks[name] == track))
        for track, heading in headings.items()
    )
    lead = "Where the papers were published after review; the others stand on arXiv alone."
    yield "venues/index.md", IndexPage("venues", "Venues", lead, tuple(group for group in groups if group.entries))
    for name, papers in catalogue.papers_by_venue.items():
        yield f"venues/{name}.md", ListPage(kind, catalogue.venues[name], (), (), rows(catalogue, papers))


def venue_entry(catalogue: Catalogue, name: str) -> Entry:
    """A venue in the index, with the years of its volumes on the list."""
    papers = catalogue.papers_by_venue[name]
    years = sorted({paper.venue.year for paper in papers if paper.venue})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return Entry(Link(catalogue.venues[name], f"venues/{name}/"), len(papers), span)


def year_pages(catalogue: Catalogue) -> Iterator[tuple[str, object]]:
    kind = Link("Years", "years/")
    years = sorted(catalogue.papers_by_year, reverse=True)
    most = max((len(papers) for papers in catalogue.papers_by_year.values()), default=1)
    entries = tuple(
        Entry(Link(year, f"years/{year}/"), count, "", round(100 * count / most))
        for year, count in ((year, len(catalogue.papers_by_year[year])) for year in years)
    )
    lead = "The year in which a paper first became public, which may be before the year of its venue."
    yield "years/index.md", IndexPage("years", "Years", lead, (Group("", "", "", entries),))
    for index, year in enumerate(years):
        later = Link(years[index - 1], f"years/{years[index - 1]}/") if index else None
        earlier = Link(years[index + 1], f"years/{years[index + 1]}/") if index + 1 < len(years) else None
        yield (
            f"years/{year}.md",
            ListPage(
                kind, f"Papers of {year}", (), (), rows(catalogue, catalogue.papers_by_year[year]), earlier, later
            ),
        )


# Text out


@cache
def environment() -> jinja2.Environment:
    """The templates; every text that a curator wrote passes one of the filters."""
    read = {file.name: file.read_text("utf-8") for file in files("generator").joinpath("templates").iterdir()}
    made = jinja2.Environment(
        loader=jinja2.DictLoader(read),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {"text": prose.text, "abstract": prose.abstract, "paragraphs": prose.paragraphs, "json": json_text}
    made.globals |= {"plural": plural}
    made.globals |= {"show": made.get_template("macros.md").module}
    return made


def plural(count: int, one: str) -> str:
    """`1 paper`, `2 papers`."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def json_text(text: str) -> str:
    """A text as YAML and JSON read it back."""
    return json.dumps(text, ensure_ascii=False)


def markdown(name: str, page: object) -> str:
    """A page's Markdown, from the template named for its class."""
    template = re.sub(r"Page$", "", type(page).__name__).lower()
    depth = name.count("/") + (not name.endswith("index.md"))
    return environment().get_template(f"{template}.md").render(page=page, root="../" * depth)


def api(catalogue: Catalogue) -> str:
    """All papers as JSON, a line to each, in id order; `url` is from the site's root where its address is not known."""
    base = f"{catalogue.library.site.address.rstrip('/')}/" if catalogue.library.site.address else ""
    papers = sorted(catalogue.papers.values(), key=lambda paper: paper.id)
    lines = (json.dumps(record(catalogue, paper, base), ensure_ascii=False) for paper in papers)
    return "[\n" + ",\n".join(lines) + "\n]\n"


def record(catalogue: Catalogue, paper: Paper, base: str) -> dict[str, Any]:
    """A paper as other programs get it."""
    venue = paper.venue
    return {
        "id": paper.id,
        "title": paper.title,
        "authors": paper.authors,
        "published": paper.published,
        "venue": venue and {"name": venue.name, "year": venue.year, "track": venue.track},
        "arxiv": paper.arxiv,
        "category": paper.category,
        "tags": paper.tags,
        "summary": paper.summary,
        "url": base + paper_address(paper),
        "relations": [{"type": r.type, "to": r.to, "because": r.because} for r in paper.relations],
        "related": [
            {"id": r.id, "score": r.score, "reasons": [f"{reason.label}: {reason.detail}" for reason in r.reasons]}
            for r in catalogue.links.get(paper.id, ())
        ],
    }


def settings(site: Site) -> str:
    """What `mkdocs.yml` inherits: the settings that the list, or the environment, decides."""
    known = {
        "site_name": site.name,
        "site_description": site.tagline,
        "site_url": site.address,
        "repo_url": site.repository,
    }
    return "".join(f"{key}: {json_text(value)}\n" for key, value in known.items() if value)
