"""The catalogue: the mappings and lists from which every page and export is made.

It fixes what several of them share. Papers are sorted newest first, and each person or venue has a single address,
however the name is spelled.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal, TypeVar

from generator.checks.rules import warn
from generator.citations.citation import (
    Citation,
    citations_by_paper,
    cite_on_request,
    editors_mark,
    first_public_date,
    first_year,
    is_collaboration,
    people_of,
    responsible_names,
)
from generator.citations.coins import context_object
from generator.citations.formats import FormattedCitation, format_citations, format_citations_on_request
from generator.citations.names import display_name, family_name, is_others
from generator.content.model import EntryWords, Facet, KnownVenue, Library, Paper, Person, Problem, Term
from generator.content.tags import BroaderTerms, broader_terms, tags_with_broader
from generator.content.text import MONTH_NAMES, pluralize_noun
from generator.content.venues import VenuesByName, comparable_name, venues_by_name, with_venue_names
from generator.content.web_addresses import labeled_addresses
from generator.content.work_kinds import JOURNAL_ARTICLE, PAPER_KINDS, WorkKind, listed_kinds, work_kind
from generator.output.lazy_mapping import LazyMapping
from generator.related.relate import RelatedPapers
from generator.site.addresses import Link, paper_address
from generator.site.page_ids import author_id, person_ids, venue_id

MAX_FORMER_NAMES = 10  # former names of a paper or list under which its files remain available
MAX_LISTED_CONTAINER = 60  # characters of a journal's title that lists show
MAX_LISTED_AUTHORS = 4  # authors shown in lists; of a longer list, three names and a count
FACT_SEPARATOR = "\u00a0· "  # between facts; the dot stays with what precedes it, so that it never begins a line
ROW_FILES = ("PDF", "Code")  # labels of the addresses that lists show

NO_CITATIONS: Mapping[str, FormattedCitation] = {}
PartT = TypeVar("PartT")
LinkedText = tuple[Link | str, ...]  # a text, some parts of which are links


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as shown in lists; `coins` lets reference managers recognize it there.

    `authors` names who wrote it, and `when` says where and when it was published, after the kind of a work that is no
    paper. If it first became public in another year, `first` says when. `byline` says all of this, with links. `year`
    is that of the first version, and `files` are the PDF and the code. The rest depends on the list: `tags` are those
    that tell most about the paper among the others, and `heading` is the year that begins with it.
    """

    id: str
    title: str
    authors: str
    when: str
    first: str
    byline: LinkedText
    year: str
    summary: str
    files: tuple[Link, ...]
    coins: str
    tags: tuple[Link, ...] = ()
    heading: str = ""


@dataclass(frozen=True, slots=True)
class PaperList:
    """The papers that one page lists: those of a category, a tag, an author, a venue, a year or a reading path.

    `replaces` are the list's former ids. `sort_name` is an author's name as entries have it. The list
    of all papers has the kind `papers` and no id.
    """

    kind: str
    id: str
    name: str
    papers: tuple[Paper, ...]
    replaces: tuple[str, ...] = ()
    sort_name: str = ""

    @property
    def address(self) -> str:
        """The address of the list's page within the site."""
        return f"{self.kind}/{self.id}/" if self.id else ""

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the list's files without their extension: former names first, the current name last."""
        former = self.replaces[:MAX_FORMER_NAMES]
        return (*(f"{self.kind}/{old}" for old in former), self.address.removesuffix("/") or self.kind)


WHOLE_LIST_KIND = "papers"
ListKind = Literal["categories", "tags", "authors", "venues", "years", "paths"]


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The library, with the mappings and lists from which its pages are made.

    `lists` has the lists of each kind, by id. Categories, terms and paths are always included, in file order, even if
    they have no papers. Authors are sorted by the frequency of their names, venues and years by their newest paper.
    Papers are sorted newest first everywhere except on paths. `tags` has those of each paper, each followed by its
    broader terms. `term_places` has the number of each term's facet and its place in the facet, and `term_ranks` the
    place of each term in the order of how few papers have it. `people` has the names of all authors, by id, including
    those who have no list of their own; `persons` has what `people.yml` says about them, and `person_ids` the ids of
    those people by the ids of all their spellings. `venues` has what `venues.yml` says about venues, by all their
    names; the papers themselves have the short names. `warnings` returns the warnings of the check.
    """

    library: Library
    links: RelatedPapers
    citations: Mapping[str, Citation]
    formatted_citations: Mapping[str, FormattedCitation]
    papers: Mapping[str, Paper]
    rows: Mapping[str, PaperRow]
    kinds: tuple[WorkKind, ...]
    terms: Mapping[str, Term]
    tags: Mapping[str, tuple[str, ...]]
    broader: BroaderTerms
    term_places: Mapping[str, tuple[int, int]]
    term_ranks: Mapping[str, int]
    people: Mapping[str, str]
    persons: Mapping[str, Person]
    person_ids: Mapping[str, str]
    venues: VenuesByName
    lists: Mapping[ListKind, Mapping[str, PaperList]]
    warnings: Callable[[], Iterable[Problem]]


def build_catalogue(
    written: Library,
    links: RelatedPapers,
    for_all: bool = True,
    known: Mapping[str, FormattedCitation] = NO_CITATIONS,
) -> Catalogue:
    """Return the catalogue of a library that has no problems, given formatted citations that are `known`.

    If it is not for all files of the site but for few of them, citations and rows are made when they are asked for.
    """
    library = with_venue_names(written)
    papers = newest_first(library.papers)
    ids, persons = person_ids(library.people), {author_id(person.name): person for person in library.people}
    people = people_names(papers, ids, persons)
    citations = (citations_by_paper if for_all else cite_on_request)(library)
    formatted_citations = format_citations(citations, known) if for_all else format_citations_on_request(citations)
    kinds, authors = listed_kinds(papers), author_lists(papers, people, persons, ids)
    by_id = {paper.id: paper for paper in papers}

    def row(name: str) -> PaperRow:
        names = linked_names(by_id[name], partial(person_link, authors, ids))
        coins = formatted_citations[name].coins if for_all else context_object(citations[name])
        return paper_row(by_id[name], kind_mark(by_id[name], kinds), names, coins)

    broader = broader_terms(library.terms)
    implied = {paper.id: tags_with_broader(paper.tags, broader) for paper in papers}
    lists = paper_lists(library, papers, implied, authors)
    return Catalogue(
        library=library,
        links=links,
        citations=citations,
        formatted_citations=formatted_citations,
        papers=by_id,
        rows={name: row(name) for name in by_id} if for_all else LazyMapping(by_id, row),
        kinds=kinds,
        terms={term.id: term for term in library.terms},
        tags=implied,
        broader=broader,
        term_places=term_places(library.facets),
        term_ranks=term_ranks(lists["tags"]),
        people=people,
        persons=persons,
        person_ids=ids,
        venues=venues_by_name(library.venues),
        lists=lists,
        warnings=partial(warn, written),
    )


def newest_first(papers: Iterable[Paper]) -> list[Paper]:
    """Return papers sorted by the date of their first version, the newest first."""

    def order(paper: Paper) -> tuple[tuple[int, ...], str]:
        return newest_first_key(paper.published or str(first_year(paper) or "")), paper.id

    return sorted(papers, key=order)


def term_places(facets: Iterable[Facet]) -> dict[str, tuple[int, int]]:
    """Return the number of each term's facet and the term's place in the facet."""
    return {term.id: (number, place) for number, facet in enumerate(facets) for place, term in enumerate(facet.terms)}


def term_ranks(tags: Mapping[str, PaperList]) -> dict[str, int]:
    """Return the place of each term in the order of how few papers have it."""
    return {one: rank for rank, one in enumerate(sorted(tags, key=lambda one: len(tags[one].papers)))}


def paper_lists(
    library: Library, papers: Sequence[Paper], tags: Mapping[str, tuple[str, ...]], authors: Mapping[str, PaperList]
) -> Mapping[ListKind, Mapping[str, PaperList]]:
    """Return the lists of each kind, by id; `tags` has those of each paper."""
    return {
        "categories": category_lists(library, papers),
        "tags": tag_lists(library, papers, tags),
        "authors": authors,
        "venues": venue_lists(papers, library.venues),
        "years": year_lists(papers, library.site.entry),
        "paths": path_lists(library),
    }


def whole_list(catalogue: Catalogue) -> PaperList:
    """Return all papers as one list."""
    return PaperList(WHOLE_LIST_KIND, "", "", tuple(catalogue.papers.values()))


def category_lists(library: Library, papers: Sequence[Paper]) -> dict[str, PaperList]:
    """Return the papers in each category."""
    groups = group_papers(papers, lambda paper: [paper.category])
    return {
        category.id: PaperList("categories", category.id, category.name, groups[category.id], category.replaces)
        for category in library.categories
    }


def tag_lists(library: Library, papers: Sequence[Paper], tags: Mapping[str, tuple[str, ...]]) -> dict[str, PaperList]:
    """Return the papers with each term of the vocabulary or a narrower one; `tags` has those of each paper."""
    groups = group_papers(papers, lambda paper: tags[paper.id])
    return {term.id: PaperList("tags", term.id, term.name, groups[term.id], term.replaces) for term in library.terms}


def people_names(papers: Sequence[Paper], ids: Mapping[str, str], persons: Mapping[str, Person]) -> dict[str, str]:
    """Return the name of each author by id, the most frequent first: that in `people.yml`, or the usual spelling."""
    spellings = Counter(author for paper in papers for author in people_of(paper))
    names: dict[str, str] = {}
    for author in sorted(spellings, key=lambda name: (-spellings[name], name)):
        one = person_id(ids, author)
        names.setdefault(one, persons[one].name if one in persons else author)
    return names


def author_lists(
    papers: Sequence[Paper], people: Mapping[str, str], persons: Mapping[str, Person], ids: Mapping[str, str]
) -> dict[str, PaperList]:
    """Return the papers by each author who has a page: whoever has several, or is described in `people.yml`.

    The page of an author of one paper would say what that of the paper says. Authors of nothing but papers by
    collaborations have none, either, as the pages of thousands would show the same papers.
    """
    authors = {paper.id: {person_id(ids, name) for name in people_of(paper)} for paper in papers}
    counts = Counter(one for those in authors.values() for one in those)
    named = {one for paper in papers if not is_collaboration(paper) for one in authors[paper.id]}
    listed = {one for one in people if one in persons or (one in named and counts[one] > 1)}
    groups = group_papers(papers, lambda paper: listed.intersection(authors[paper.id]))
    former: dict[str, list[str]] = defaultdict(list)
    for old, one in ids.items():
        if old != one:
            former[one].append(old)
    return {
        one: PaperList("authors", one, display_name(name), groups[one], tuple(former[one]), sort_name=name)
        for one, name in people.items()
        if one in listed
    }


def venue_lists(papers: Sequence[Paper], venues: Sequence[KnownVenue]) -> dict[str, PaperList]:
    """Return the papers published at each venue."""
    groups = group_papers(papers, lambda paper: [venue_id(paper.venue.name)] if paper.venue else [])
    names = {venue_id(paper.venue.name): paper.venue.name for paper in papers if paper.venue}
    former = former_venue_ids(venues, names)
    return {one: PaperList("venues", one, name, groups[one], tuple(former[one])) for one, name in names.items()}


def former_venue_ids(venues: Iterable[KnownVenue], taken: Container[str]) -> defaultdict[str, list[str]]:
    """Return the ids that the other names of each venue give, for each venue's id, without those that are taken."""
    owners: dict[str, str] = {}
    for venue in venues:
        for name in venue.aliases:
            if (old := venue_id(name)) not in taken:
                owners.setdefault(old, venue_id(venue.name))
    former: defaultdict[str, list[str]] = defaultdict(list)
    for old, one in owners.items():
        former[one].append(old)
    return former


def venue_description(catalogue: Catalogue, venue: PaperList) -> KnownVenue:
    """Return what is known about the venue of a list of papers: at least its name, and the track of a paper."""
    track = next(paper.venue.track for paper in reversed(venue.papers) if paper.venue)
    return catalogue.venues.get(comparable_name(venue.name)) or KnownVenue(venue.name, track)


def year_lists(papers: Sequence[Paper], words: EntryWords) -> dict[str, PaperList]:
    """Return the papers that first became public in each year."""
    groups = group_papers(papers, lambda paper: [str(year)] if (year := first_year(paper)) else [])
    return {year: PaperList("years", year, f"{words.heading} of {year}", those) for year, those in groups.items()}


def path_lists(library: Library) -> dict[str, PaperList]:
    """Return the papers on each reading path, in the order of its steps."""
    papers = {paper.id: paper for paper in library.papers}
    return {
        path.id: PaperList("paths", path.id, path.name, tuple(papers[step.paper] for step in path.steps))
        for path in library.paths
    }


def paper_updated_day(paper: Paper) -> str:
    """Return the day on which a paper's entry was last revised, or else added, or an empty string if unknown."""
    return paper.revised or paper.added or ""


def kind_mark(paper: Paper, kinds: Collection[WorkKind]) -> str:
    """Return the name of a work's kind in a list of several kinds, unless it is a paper."""
    kind = work_kind(paper)
    return kind.name if kinds and kind not in PAPER_KINDS else ""


def paper_row(paper: Paper, mark: str, names: LinkedText, coins: str) -> PaperRow:
    """Return a paper as shown in lists, with the mark of its kind and the names of who wrote it."""
    place, first = venue_and_year(paper), date_before_venue(paper)
    when = comma_joined(mark, place)
    return PaperRow(
        id=paper.id,
        title=paper.title,
        authors=paper_byline(paper),
        when=when,
        first=first,
        byline=with_dates(names, comma_joined(mark, first), place) if first else with_dates(names, when),
        year=str(first_year(paper) or ""),
        summary=paper.summary or "",
        files=tuple(Link(*labeled) for labeled in labeled_addresses(paper) if labeled[0] in ROW_FILES),
        coins=coins,
    )


def paper_byline(paper: Paper) -> str:
    """Return who wrote a paper, as lists show it: the first authors, or else the editors or the institution."""
    return short_names(map(display_name, responsible_names(paper))) + editors_mark(paper)


def linked_names(paper: Paper, link: Callable[[str], Link | str]) -> LinkedText:
    """Return the same with links: `link` links those who have pages, and the number of others leads to the paper."""
    shown, others = first_names(responsible_names(paper))
    named = {*people_of(paper)}
    parts: list[Link | str] = [link(name) if name in named else display_name(name) for name in shown]
    if others:
        parts.append(Link(pluralize_noun(others, "other"), paper_address(paper)))
    return tuple(part for part in (*phrase_parts(parts), editors_mark(paper)) if part)


def with_dates(names: LinkedText, *dates: str) -> LinkedText:
    """Return names followed by dates, with a dot before each, which never begins a line."""
    line = names
    for date in filter(None, dates):
        line = (*line, f"{FACT_SEPARATOR}{date}" if line else date)
    return line


def comma_joined(*parts: str) -> str:
    """Return the parts that are not empty, separated by commas."""
    return ", ".join(filter(None, parts))


def date_before_venue(paper: Paper) -> str:
    """Return when a paper first became public, if that is in another year than that of its venue, or nothing."""
    return first_version_date(paper) if paper.venue and paper.venue.year != first_year(paper) else ""


def first_version_date(paper: Paper) -> str:
    """Return the month, or else the year, in which a paper first became public: `Jan 2017`."""
    year, *rest = first_public_date(paper)
    return " ".join([*(MONTH_NAMES[month - 1][:3] for month in rest[:1]), str(year)])


def first_names(names: Sequence[str]) -> tuple[Sequence[str], int]:
    """Return the names that fit into a line, and the number of the others, which is 0 if all are shown or unknown."""
    if len(names) <= MAX_LISTED_AUTHORS:
        return names, 0
    shown = names[: MAX_LISTED_AUTHORS - 1]
    return ((*shown, names[-1]), 0) if is_others(names[-1]) else (shown, len(names) - len(shown))


def short_names(people: Iterable[str]) -> str:
    """Return names as a phrase, with a count in place of those that do not fit into a line."""
    shown, others = first_names(tuple(people))
    return join_names((*shown, pluralize_noun(others, "other")) if others else shown)


def join_names(names: Sequence[str]) -> str:
    """Return the names as a phrase: `A`, `A and B`, `A, B and C`."""
    return "".join(phrase_parts(names))


def phrase_parts(parts: Sequence[PartT]) -> Iterator[PartT | str]:
    """Yield the parts of a phrase and what joins them: commas, and an `and` before the last part."""
    for at, part in enumerate(parts):
        if at:
            yield " and " if at == len(parts) - 1 else ", "
        yield part


def venue_and_year(paper: Paper) -> str:
    """Return a short form of where and when a paper was published, such as `ICML 2017` or `arXiv 2017`."""
    if paper.venue:
        return f"{paper.venue.name} {paper.venue.year}"
    if paper.container and len(paper.container) <= MAX_LISTED_CONTAINER and work_kind(paper) is JOURNAL_ARTICLE:
        return f"{paper.container} {first_year(paper) or ''}".strip()
    return f"{'arXiv' if paper.arxiv else ''} {first_year(paper) or ''}".strip()


def newest_first_key(date: str) -> tuple[int, ...]:
    """Return a sort key that puts later dates first, and missing dates last.

    A date without a month or day follows the other dates of its year or month.
    """
    return (*(-int(part) for part in date.split("-") if part), 1)


def group_papers(
    papers: Iterable[Paper], keys: Callable[[Paper], Iterable[str]]
) -> defaultdict[str, tuple[Paper, ...]]:
    """Return the papers grouped by their keys; any other key has no papers."""
    groups: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for key in dict.fromkeys(keys(paper)):
            groups[key].append(paper)
    return defaultdict(tuple, {key: tuple(those) for key, those in groups.items()})


def person_id(ids: Mapping[str, str], name: str) -> str:
    """Return the id of the person with a name, given the ids of the people whose names have several spellings."""
    one = author_id(name)
    return ids.get(one, one)


def paper_people(catalogue: Catalogue, paper: Paper) -> list[str]:
    """Return the ids of the people by whom a paper can be found."""
    return [person_id(catalogue.person_ids, name) for name in people_of(paper)]


def person_link(authors: Mapping[str, PaperList], ids: Mapping[str, str], name: str) -> Link | str:
    """Return a name as a link to the person's page, or as a text if there is none."""
    papers = authors.get(person_id(ids, name))
    return Link(display_name(name), papers.address) if papers else display_name(name)


def selection_address(one: str) -> str:
    """Return the address of a person's papers among all, given the person's id."""
    return f"browse/?author={one}"


def author_address(catalogue: Catalogue, name: str) -> str | None:
    """Return the address of an author's page, or None for an author who has none."""
    papers = catalogue.lists["authors"].get(person_id(catalogue.person_ids, name))
    return papers.address if papers else None


@cache
def author_sort_key(author: str) -> str:
    """Return a sort key for a name, which starts with the family name and ignores case and accents."""
    family = family_name(author)
    whole = f"{family} {author}".casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", whole) if not unicodedata.combining(c))
