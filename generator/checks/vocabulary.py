"""Rules about the vocabulary: the ids, parents, names and use of its terms."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations, islice

from generator.checks.places import terms_with_places
from generator.content.model import Library, Problem, Term
from generator.content.spelling import SpellingSuggestions
from generator.content.tags import MAX_BROADER_TERMS, broader_terms, tags_with_broader, terms_above
from generator.content.text import singular_name

MIN_PAPERS_PER_TERM = 2
MIN_TERM_OVERLAP = 0.8  # minimum Jaccard index of the papers of two nearly redundant terms
MIN_SHARED_PAPERS = 3  # papers that must have both terms


def check_vocabulary(library: Library) -> Iterator[Problem]:
    """A term's parent must be another term of its facet, without cycles and not too far below the widest term."""
    marks, spelling = library.marks["vocabulary.yml"], SpellingSuggestions()
    for facet_index, facet in enumerate(library.facets):
        parents = {term.id: term.parent for term in facet.terms}
        circular = terms_in_cycles(parents)
        for term_index, term in enumerate(facet.terms):
            place = (facet_index, "terms", term_index, "parent")
            if term.parent and term.parent not in parents:
                hint = spelling.suggestion(term.parent, parents)
                yield marks.problem(f'unknown term "{term.parent}" in facet "{facet.id}"{hint}', *place)
            elif term.id in circular:
                yield marks.problem(f'term "{term.id}" is among its own parents', *place)
            elif len(terms_above(term.id, parents)) == MAX_BROADER_TERMS + 1:  # one problem for all that are below it
                fault = f"expected at most {MAX_BROADER_TERMS} terms above a term, found {MAX_BROADER_TERMS + 1}"
                yield marks.problem(fault, *place)


def terms_in_cycles(parents: Mapping[str, str | None]) -> set[str]:
    """Return the terms that are their own parent, or their parent's parent, and so on."""
    found: set[str] = set()
    done: set[str] = set()
    for term in parents:
        line: dict[str, None] = {}  # in order, from the narrowest
        above: str | None = term
        while above and above not in done and above not in line:
            line[above] = None
            above = parents.get(above)
        if above in line:
            found.update(islice(line, list(line).index(above), None))
        done.update(line)
    return found


def check_related_terms(library: Library) -> Iterator[Problem]:
    """Related terms must be other terms of the vocabulary."""
    marks, spelling = library.marks["vocabulary.yml"], SpellingSuggestions()
    known = {term.id for term in library.terms}
    for term, place in terms_with_places(library):
        for index, other in enumerate(term.related):
            if other == term.id:
                yield marks.problem("a term cannot be related to itself", *place, "related", index)
            elif other and other not in known:
                yield marks.problem(
                    f'unknown term "{other}"{spelling.suggestion(other, known)}', *place, "related", index
                )


def advise_term_usage(library: Library) -> Iterator[Problem]:
    """A term should be on at least two papers, and on at most half of them."""
    total = len(library.papers)
    counts = tag_counts(library)
    for term, place in terms_with_places(library):
        count = counts[term.id]
        if not term.retired and not MIN_PAPERS_PER_TERM <= count <= total / 2:
            message = f'term "{term.id}" is on {count} of {total} papers'
            yield library.marks["vocabulary.yml"].warning(message, *place, "id")


def tag_counts(library: Library) -> Counter[str]:
    """Return the number of papers with each tag or a narrower one."""
    broader = broader_terms(library.terms)
    return Counter(tag for paper in library.papers for tag in tags_with_broader(paper.tags, broader))


def advise_similar_terms(library: Library) -> Iterator[Problem]:
    """No two terms should share a name, an alias or what they cover, or nearly all of their papers."""
    marks = library.marks["vocabulary.yml"]
    named: dict[str, Term] = {}
    for term, place in terms_with_places(library):
        for name in (term.name, *term.aliases, *term.covers):
            other = named.setdefault(singular_name(name), term)
            if other is not term:
                yield marks.warning(f'"{name}" is a name of the term "{other.id}" too', *place, "id")
    placed = {term.id: place for term, place in terms_with_places(library)}
    for one, two, both, either in overlapping_term_pairs(library):
        message = f'terms "{one}" and "{two}" are on nearly the same papers: {both} of {either}'
        yield marks.warning(message, *placed[two], "id")


def overlapping_term_pairs(library: Library) -> Iterator[tuple[str, str, int, int]]:
    """Return pairs of terms on nearly the same papers, with the number of papers that have both and that have either.

    Pairs of a term and its parent are left out.
    """
    papers: dict[str, set[str]] = defaultdict(set)
    together: Counter[tuple[str, str]] = Counter()
    for paper in library.papers:
        together.update(combinations(sorted(set(paper.tags)), 2))
        for tag in paper.tags:
            papers[tag].add(paper.id)
    known = {term.id: term for term in library.terms}
    for (one, two), both in sorted(together.items()):
        either = len(papers[one] | papers[two]) if both >= MIN_SHARED_PAPERS else 0
        close = either and one in known and two in known and both >= MIN_TERM_OVERLAP * either
        if close and known[one].parent != two and known[two].parent != one:
            yield one, two, both, either


VOCABULARY_RULES = (
    check_vocabulary,
    check_related_terms,
)
VOCABULARY_ADVICE = (
    advise_term_usage,
    advise_similar_terms,
)
