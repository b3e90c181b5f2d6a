"""The pages of tags, and the page of the vocabulary."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log

from generator.content.model import Facet, Term
from generator.site.catalogue import Catalogue, PaperRow
from generator.site.pages.elements import Link, PageFiles, PageMetadata, list_link, paper_rows, row_ids
from generator.site.pages.lists import IndexEntry, list_entry
from generator.site.pages.moved import moved_pages

MAX_COOCCURRING_TERMS = 6  # maximum number on a tag's page
MIN_COOCCURRENCES = 2  # minimum number of papers with both terms
MIN_COOCCURRENCE_LIFT = 1.5  # minimum ratio of their co-occurrences to those expected by chance


@dataclass(frozen=True, slots=True)
class TagPage:
    """A term of the vocabulary, with its papers; `near` are related terms, grouped under headings."""

    facet: Link
    term: Term
    near: tuple[tuple[str, tuple[Link, ...]], ...]
    rows: tuple[PaperRow, ...]
    browse: str

    @property
    def about(self) -> PageMetadata:
        above = (Link("Tags", "tags/"), self.facet)
        retired = bool(self.term.retired)
        return PageMetadata(self.term.name, self.term.definition, "tag", above, row_ids(self.rows), retired)


@dataclass(frozen=True, slots=True)
class TermTree:
    """A term of the vocabulary, with its narrower terms."""

    entry: IndexEntry
    aliases: str
    narrower: "tuple[TermTree, ...]"


@dataclass(frozen=True, slots=True)
class VocabularyPage:
    """All terms in use, grouped by facet."""

    facets: tuple[tuple[Facet, tuple[TermTree, ...]], ...]

    @property
    def about(self) -> PageMetadata:
        return PageMetadata("Tags", "The controlled vocabulary of the list, by facet.")


def tag_pages(catalogue: Catalogue) -> PageFiles:
    cooccurring = cooccurring_terms(catalogue)
    facets = catalogue.library.facets
    yield "tags/index.md", VocabularyPage(tuple((facet, term_trees(catalogue, facet, None)) for facet in facets))
    for facet in facets:
        for term in facet.terms:
            near = nearby_terms(catalogue, facet, term, cooccurring.get(term.id, []))
            yield f"tags/{term.id}.md", tag_page(catalogue, facet, term, tuple(near))
            yield from moved_pages("tags", term.id, term.name, term.replaces)


def tag_page(catalogue: Catalogue, facet: Facet, term: Term, near: tuple[tuple[str, tuple[Link, ...]], ...]) -> TagPage:
    return TagPage(
        facet=Link(facet.name, f"tags/#{facet.id}"),
        term=term,
        near=near,
        rows=paper_rows(catalogue, catalogue.lists["tags"][term.id].papers),
        browse=f"tag={term.id}",
    )


def term_trees(catalogue: Catalogue, facet: Facet, parent: str | None) -> tuple[TermTree, ...]:
    """Return the terms in use directly below a parent, or at the top of the facet, each with its narrower terms."""
    return tuple(
        TermTree(
            list_entry(catalogue.lists["tags"][term.id], term.definition),
            ", ".join(term.aliases),
            term_trees(catalogue, facet, term.id),
        )
        for term in facet.terms
        if term.parent == parent and not term.retired
    )


def nearby_terms(
    catalogue: Catalogue, facet: Facet, term: Term, cooccurring: list[str]
) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Return the terms related to a term, under headings that name the kind of relation."""
    near = (
        ("Broader", [term.parent] if term.parent else []),
        ("Narrower", [other.id for other in facet.terms if other.parent == term.id and not other.retired]),
        ("Related", related_terms(catalogue, facet, term)),
        ("Often together with", cooccurring),
    )
    for heading, terms in near:
        if terms:
            yield heading, tuple(list_link(catalogue.lists["tags"][name]) for name in terms)


def related_terms(catalogue: Catalogue, facet: Facet, term: Term) -> list[str]:
    """Return the terms that curators relate to this one, in either direction, followed by its siblings."""
    named = [*term.related, *(other.id for other in catalogue.terms.values() if term.id in other.related)]
    siblings = [other.id for other in facet.terms if term.parent and other.parent == term.parent and other is not term]
    return [name for name in dict.fromkeys([*named, *siblings]) if not catalogue.terms[name].retired]


def cooccurring_terms(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """Return, for each term, those that co-occur with it much more often than by chance, most informative first.

    A pair scores n · ln(n N / (a b)), where N is the number of papers, a and b are the numbers of papers with each
    term, and n is the number with both. This is the contribution of the papers with both terms to the mutual
    information of the two terms, times N.
    """
    counts = {tag: len(those.papers) for tag, those in catalogue.lists["tags"].items()}
    pairs: Counter[tuple[str, str]] = Counter()
    for paper in catalogue.papers.values():
        pairs.update(combinations(sorted(set(paper.tags)), 2))
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (one, two), count in pairs.items():
        lift = count * len(catalogue.papers) / (counts[one] * counts[two])
        nested = one in broader_terms(catalogue, two) or two in broader_terms(catalogue, one)
        if count >= MIN_COOCCURRENCES and lift >= MIN_COOCCURRENCE_LIFT and not nested:
            score = round(count * log(lift), 6)
            found[one].append((-score, two))
            found[two].append((-score, one))
    return {name: [other for _, other in sorted(those)[:MAX_COOCCURRING_TERMS]] for name, those in found.items()}


def broader_terms(catalogue: Catalogue, term: str) -> list[str]:
    """Return a term's parent, the parent's parent, and so on."""
    ancestors = []
    above = catalogue.terms[term].parent
    while above:
        ancestors.append(above)
        above = catalogue.terms[above].parent
    return ancestors
