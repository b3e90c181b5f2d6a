"""The pages of tags, and the page of the vocabulary."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations
from math import log

from generator.content.model import Facet, Term
from generator.site.catalogue import Catalogue, PaperRow
from generator.site.pages.elements import Link, PageFiles, PageMetadata, list_link, listed_ids, paper_rows
from generator.site.pages.lists import MIN_FILTERED_ENTRIES, IndexEntry, ListedPapers, list_entry, starting_points
from generator.site.pages.moved import moved_pages
from generator.site.pictures.timeline import Timeline, list_timeline

MAX_COOCCURRING_TERMS = 6  # maximum number on a tag's page
MAX_SIBLING_TERMS = 12  # maximum number on a tag's page
MIN_COOCCURRENCES = 2  # minimum number of papers with both terms
MIN_COOCCURRENCE_LIFT = 1.5  # minimum ratio of their co-occurrences to those expected by chance


@dataclass(frozen=True, slots=True)
class TagPage(ListedPapers):
    """A term of the vocabulary, with its papers.

    `papers` are their ids; `list_rows`, `draw_timeline` and `find_near` return the rows, the timeline and related terms
    when the page is made. `begin` are the papers to begin with.
    """

    facet: Link
    term: Term
    find_near: Callable[[], Iterable[tuple[str, tuple[Link, ...]]]]
    papers: tuple[str, ...]
    list_rows: Callable[[], tuple[PaperRow, ...]]
    browse: str
    draw_timeline: Callable[[], Timeline | None]
    description: str
    begin: tuple[Link, ...]

    @property
    def near(self) -> tuple[tuple[str, tuple[Link, ...]], ...]:
        """The terms related to this one, under headings."""
        return tuple(self.find_near())

    @property
    def about(self) -> PageMetadata:
        above = (Link("Tags", "tags/"), self.facet)
        retired = bool(self.term.retired)
        return PageMetadata(self.term.name, self.description, "tag", above, self.papers, retired)


@dataclass(frozen=True, slots=True)
class TermTree:
    """A term of the vocabulary, with its narrower terms."""

    entry: IndexEntry
    aliases: str
    narrower: "tuple[TermTree, ...]"

    @property
    def size(self) -> int:
        """The number of its terms."""
        return 1 + sum(branch.size for branch in self.narrower)


@dataclass(frozen=True, slots=True)
class VocabularyPage:
    """All terms in use, grouped by facet."""

    facets: tuple[tuple[Facet, tuple[TermTree, ...]], ...]

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Tags", "All tags of the list, by kind, each with a page of its own.")

    @property
    def is_long(self) -> bool:
        """Whether readers may want to filter the tags."""
        return sum(branch.size for _, branches in self.facets for branch in branches) >= MIN_FILTERED_ENTRIES


@dataclass(frozen=True, slots=True)
class TermLinks:
    """The ids of the terms that each term's page links to, in file order or most informative first.

    `narrower` terms have it as their parent, `siblings` have the same parent, and `related` ones name it as related.
    `cooccurring` returns those that are often combined with it.
    """

    narrower: Mapping[str, list[str]]
    siblings: Mapping[str, list[str]]
    related: Mapping[str, list[str]]
    cooccurring: Callable[[], Mapping[str, list[str]]]


def tag_pages(catalogue: Catalogue) -> PageFiles:
    links = term_links(catalogue)
    facets = catalogue.library.facets
    yield "tags/index.md", VocabularyPage(tuple((facet, facet_trees(catalogue, facet, links)) for facet in facets))
    for facet in facets:
        for term in facet.terms:
            yield f"tags/{term.id}.md", tag_page(catalogue, facet, term, links)
            yield from moved_pages("tags", term.id, term.name, term.replaces)


def tag_page(catalogue: Catalogue, facet: Facet, term: Term, links: TermLinks) -> TagPage:
    papers, browse = catalogue.lists["tags"][term.id].papers, f"tag={term.id}"
    return TagPage(
        facet=Link(facet.name, f"tags/#{facet.id}"),
        term=term,
        find_near=partial(nearby_terms, catalogue, term, links),
        papers=listed_ids(papers),
        list_rows=partial(paper_rows, catalogue, papers, f"tags/{term.id}/"),
        browse=browse,
        draw_timeline=partial(list_timeline, papers, browse),
        description=term.definition or f"{catalogue.library.site.entry.heading} about “{term.name}”.",
        begin=starting_points(catalogue, papers),
    )


def term_links(catalogue: Catalogue) -> TermLinks:
    """Return the links between terms."""
    narrower: dict[str, list[str]] = defaultdict(list)
    related: dict[str, list[str]] = defaultdict(list)
    for term in catalogue.terms.values():
        if term.parent:
            narrower[term.parent].append(term.id)
        for other in term.related:
            related[other].append(term.id)
    siblings = {name: list(neighbors(those, at)) for those in narrower.values() for at, name in enumerate(those)}
    return TermLinks(narrower, siblings, related, cache(partial(cooccurring_terms, catalogue)))


def neighbors(terms: Sequence[str], at: int) -> Iterator[str]:
    """Return the other terms of a list, or if there are many, the `MAX_SIBLING_TERMS` around a position."""
    start = max(0, min(at - MAX_SIBLING_TERMS // 2, len(terms) - MAX_SIBLING_TERMS - 1))
    yield from terms[start:at]
    yield from terms[at + 1 : start + MAX_SIBLING_TERMS + 1]


def facet_trees(catalogue: Catalogue, facet: Facet, links: TermLinks) -> tuple[TermTree, ...]:
    """Return the terms in use at the top of a facet, each with its narrower terms."""
    return term_trees(catalogue, [term.id for term in facet.terms if not term.parent], links)


def term_trees(catalogue: Catalogue, terms: Iterable[str], links: TermLinks) -> tuple[TermTree, ...]:
    """Return those terms that are in use, each with its narrower terms."""
    return tuple(
        TermTree(
            list_entry(catalogue.lists["tags"][name], catalogue.terms[name].definition),
            ", ".join(catalogue.terms[name].aliases),
            term_trees(catalogue, links.narrower.get(name, ()), links),
        )
        for name in terms
        if not catalogue.terms[name].retired
    )


def nearby_terms(catalogue: Catalogue, term: Term, links: TermLinks) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Return the terms related to a term, under headings that name the kind of relation."""
    near = (
        ("Broader", [term.parent] if term.parent else []),
        ("Narrower", terms_in_use(catalogue, links.narrower.get(term.id, ()))),
        ("Related", related_terms(catalogue, term, links)),
        ("Often combined with", links.cooccurring().get(term.id, [])),
    )
    for heading, terms in near:
        if terms:
            yield heading, tuple(list_link(catalogue.lists["tags"][name]) for name in terms)


def terms_in_use(catalogue: Catalogue, terms: Iterable[str]) -> list[str]:
    """Return those terms that are not retired, each once."""
    return [name for name in dict.fromkeys(terms) if not catalogue.terms[name].retired]


def related_terms(catalogue: Catalogue, term: Term, links: TermLinks) -> list[str]:
    """Return the terms that curators relate to this one, in either direction, followed by its siblings.

    Of very many siblings, only the nearest are returned: the page of the broader term has them all.
    """
    named = (*term.related, *links.related.get(term.id, ()))
    return terms_in_use(catalogue, (*named, *links.siblings.get(term.id, ())))


def cooccurring_terms(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """Return, for each term, those that co-occur with it much more often than by chance, most informative first.

    A pair scores n · ln(n N / (a b)), where N is the number of papers, a and b are the numbers of papers with each
    term, and n is the number with both. This is the contribution of the papers with both terms to the mutual
    information of the two terms, times N.
    """
    counts = {tag: len(those.papers) for tag, those in catalogue.lists["tags"].items()}
    pairs: Counter[tuple[str, str]] = Counter()
    for paper in catalogue.papers.values():
        pairs.update(combinations(sorted(catalogue.tags[paper.id]), 2))
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (one, two), count in pairs.items():
        lift = count * len(catalogue.papers) / (counts[one] * counts[two])
        nested = one in catalogue.broader[two] or two in catalogue.broader[one]
        if count >= MIN_COOCCURRENCES and lift >= MIN_COOCCURRENCE_LIFT and not nested:
            score = round(count * log(lift), 6)
            found[one].append((-score, two))
            found[two].append((-score, one))
    return {name: [other for _, other in sorted(those)[:MAX_COOCCURRING_TERMS]] for name, those in found.items()}
