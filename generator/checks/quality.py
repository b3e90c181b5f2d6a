"""What curated entries owe their readers: enough tags, texts of their own, relations that agree.

Its rules give problems and are run by `check.py` with its own; `advise` gives warnings, which stop nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from generator.citations.citation import first_year
from generator.content.model import Library, Paper, Problem, SourceMarks, Term
from generator.content.text import normalized_text, singular_name

MIN_COPIED_WORDS = 8  # words running that a summary may not have in common with the abstract
SYMMETRIC_RELATION = "competes"
DIRECTED_RELATIONS = ("extends", "uses", "evaluates", "surveys")
BUILDING_RELATIONS = ("extends", "uses")
MIN_PAPERS_PER_TERM, CATEGORY_SIZE_RANGE = (
    2,
    (5, 20),
)  # papers on a term; papers on a shelf of a list that is large enough to be divided
ADVICE_MIN_PAPERS, CATEGORY_ADVICE_MIN_PAPERS = 10, 50  # papers from which a list is held to that, and its shelves are
MAX_PAPERS_IN_WARNING = 5  # papers that one warning of many names
MIN_TERM_OVERLAP = 0.8  # Jaccard index of their papers from which two terms say nearly the same
MIN_SHARED_PAPERS = 3  # papers that both have, for that to mean anything


def check_tag_standard(library: Library) -> Iterator[Problem]:
    """A paper must have as many tags, from as many facets, as the list asks for."""
    standard = library.site.standard
    facet_of = {term.id: facet.name for facet in library.facets for term in facet.terms}
    for paper in library.papers:
        marks, count = paper_marks(library, paper), len(paper.tags)
        covered = sorted({facet_of[tag] for tag in paper.tags if tag in facet_of})
        if not marks.places:
            continue
        if count < standard.tags_least:
            yield marks.problem(f"expected at least {standard.tags_least} tags, found {count}", "tags")
        if count > standard.tags_most:
            yield marks.problem(f"expected at most {standard.tags_most} tags, found {count}", "tags")
        if len(covered) < standard.facets:
            found = f"only {', '.join(covered)}" if covered else "none"
            yield marks.problem(f"expected tags from at least {standard.facets} facets, found {found}", "tags")


def check_required_texts(library: Library) -> Iterator[Problem]:
    """A paper must have the texts that the list asks for."""
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for key in library.site.standard.texts:
            if key and getattr(paper, key) is None and marks.places:
                yield marks.problem(f'missing key "{key}": this list asks for it')


def check_copied_texts(library: Library) -> Iterator[Problem]:
    """A summary must not be copied from the abstract, and no two texts may be the same."""
    first: dict[str, str] = {}
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for key, text in (("summary", paper.summary), ("why", paper.why)):
            words = normalized_text(text or "")
            here = f"the {key} of {paper.id}.yml"
            if words and first.setdefault(words, here) != here:
                yield marks.problem(f"the same text as {first[words]}", key)
        if paper.summary and (run := copied_passage(paper.summary, paper.abstract)):
            yield marks.problem(f'copied from the abstract: "{run}"', "summary")


def copied_passage(text: str, source: str) -> str:
    """The first `MIN_COPIED_WORDS` words of a text that stand in a source one after the other, or nothing."""
    words, others = normalized_text(text).split(), f" {normalized_text(source)} "
    runs = (" ".join(words[start : start + MIN_COPIED_WORDS]) for start in range(len(words) - MIN_COPIED_WORDS + 1))
    return next((run for run in runs if f" {run} " in others), "")


def check_relation_conflicts(library: Library) -> Iterator[Problem]:
    """Two papers' relations must agree: `competes` is written once, a directed one leads one way, and what builds on a
    paper does not compete with it."""
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for paper in library.papers:
        for index, relation in enumerate(paper.relations):
            to, kind, place = relation.to, relation.type, ("relations", index, relation.type)
            back, forth = seen[to, paper.id], seen[paper.id, to]
            marks = paper_marks(library, paper)
            if not to or to == paper.id:
                continue
            if kind in back and kind == SYMMETRIC_RELATION:
                yield marks.problem(f'{to}.yml says "{kind}" of this paper already', *place)
            elif kind in back and kind in DIRECTED_RELATIONS:
                yield marks.problem(f'contradicts {to}.yml, which says "{kind}" of this paper', *place)
            elif clash := next((other for other in back | forth if is_relation_conflict(kind, other)), ""):
                yield marks.problem(f'"{kind}" contradicts "{clash}" between the same two papers', *place)
            forth.add(kind)


def is_relation_conflict(kind: str, other: str) -> bool:
    """Whether two relations cannot both hold between two papers."""
    return (kind == SYMMETRIC_RELATION and other in BUILDING_RELATIONS) or (
        other == SYMMETRIC_RELATION and kind in BUILDING_RELATIONS
    )


def check_extends_order(library: Library) -> Iterator[Problem]:
    """A paper must not extend a later one, nor itself by way of others."""
    papers = {paper.id: paper for paper in library.papers}
    extended = {paper.id: [r.to for r in paper.relations if r.type == "extends"] for paper in library.papers}
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for index, relation in enumerate(paper.relations):
            other = papers.get(relation.to)
            if relation.type == "extends" and other and is_later_paper(other, paper):
                dates = f"{publication_date(other)}, later than this paper of {publication_date(paper)}"
                message = f"{other.id}.yml is of {dates}"
                yield marks.problem(message, "relations", index, "extends")
    for ring in graph_cycles(extended):
        start = papers[ring[0]]
        index = next(i for i, r in enumerate(start.relations) if (r.type, r.to) == ("extends", ring[1 % len(ring)]))
        if len(ring) > 2:  # two papers that extend each other are a contradiction already, one a relation to itself
            message = f"papers extend each other in a ring: {' → '.join([*ring, ring[0]])}"
            yield paper_marks(library, start).problem(message, "relations", index, "extends")


def graph_cycles(edges: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """The rings that a walk in order of ids comes upon, each from the place where it was entered."""
    done: set[str] = set()
    for root in edges:
        line: list[str] = []
        ways = [iter([root])]
        while ways:
            node = next(ways[-1], None)
            if node is None:
                ways.pop()
                if line:
                    done.add(line.pop())
            elif node in line:
                yield line[line.index(node) :]
            elif node in edges and node not in done:
                line.append(node)
                ways.append(iter(edges[node]))


def publication_date(paper: Paper) -> str:
    """The day, month or year in which a paper became public, as far as it is known."""
    return paper.published or str(first_year(paper) or "")


def is_later_paper(one: Paper, other: Paper) -> bool:
    """Whether a paper is certainly later than another: dates count as far as both are known."""
    both = list(zip(publication_date(one).split("-"), publication_date(other).split("-"), strict=False))
    return bool(publication_date(one) and publication_date(other)) and [a for a, _ in both] > [b for _, b in both]


def advise(library: Library) -> list[Problem]:
    """What a curator should look at, though nothing is wrong."""
    rules = (
        advise_term_usage,
        advise_similar_terms,
        advise_unrelated_papers,
        advise_category_sizes,
        advise_missing_added,
    )
    return [problem for rule in rules for problem in rule(library)] if len(library.papers) >= ADVICE_MIN_PAPERS else []


def advise_term_usage(library: Library) -> Iterator[Problem]:
    """A term should stand on at least two papers, and on no more than half of them."""
    total = len(library.papers)
    counts = tag_counts(library.papers)
    for term, place in terms_with_places(library):
        count = counts[term.id]
        if not term.retired and not MIN_PAPERS_PER_TERM <= count <= total / 2:
            message = f'term "{term.id}" stands on {count} of {total} papers'
            yield library.marks["vocabulary.yml"].problem(message, *place, "id")


def tag_counts(papers: Iterable[Paper]) -> Counter[str]:
    """On how many of the papers each term stands."""
    return Counter(tag for paper in papers for tag in paper.tags)


def advise_similar_terms(library: Library) -> Iterator[Problem]:
    """No two terms should share a name or an alias, nor nearly all of their papers."""
    marks = library.marks["vocabulary.yml"]
    named: dict[str, Term] = {}
    for term, place in terms_with_places(library):
        for name in (term.name, *term.aliases):
            other = named.setdefault(singular_name(name), term)
            if other is not term:
                yield marks.problem(f'"{name}" is a name of the term "{other.id}" too', *place, "id")
    placed = {term.id: place for term, place in terms_with_places(library)}
    for one, two, both, either in overlapping_term_pairs(library):
        message = f'terms "{one}" and "{two}" stand on nearly the same papers: {both} of {either}'
        yield marks.problem(message, *placed[two], "id")


def overlapping_term_pairs(library: Library) -> Iterator[tuple[str, str, int, int]]:
    """Pairs of terms on nearly the same papers, neither the other's parent, with how many are on both and on either."""
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


def advise_unrelated_papers(library: Library) -> Iterator[Problem]:
    """Where a list has relations, each paper should have one."""
    ends = {end for paper in library.papers for relation in paper.relations for end in (paper.id, relation.to)}
    for paper in library.papers:
        if ends and paper.id not in ends:
            yield paper_marks(library, paper).problem("no relation leads to this paper or from it", "relations")


def advise_category_sizes(library: Library) -> Iterator[Problem]:
    """A shelf of a large list should hold enough papers to compare, and not too many to survey."""
    counts = Counter(paper.category for paper in library.papers)
    least, most = CATEGORY_SIZE_RANGE
    for index, category in enumerate(library.categories):
        if (
            len(library.papers) >= CATEGORY_ADVICE_MIN_PAPERS
            and not category.retired
            and not least <= counts[category.id] <= most
        ):
            message = f'category "{category.id}" has {counts[category.id]} papers: {least} to {most} read best'
            yield library.marks["categories.yml"].problem(message, index, "id")


def advise_missing_added(library: Library) -> Iterator[Problem]:
    """Where a list says since when papers are on it, each should; one warning stands for all that do not."""
    without = [paper for paper in library.papers if paper.added is None]
    if without and len(without) < len(library.papers):
        names = ", ".join(
            [
                *(paper.id for paper in without[:MAX_PAPERS_IN_WARNING]),
                *(["…"] if len(without) > MAX_PAPERS_IN_WARNING else []),
            ]
        )
        count = f"{len(without)} of {len(library.papers)} papers"
        message = f'no "added" in {count}: feeds and the sitemap\'s dates leave out {names}'
        yield paper_marks(library, without[0]).problem(message)


def terms_with_places(library: Library) -> list[tuple[Term, tuple[str | int, ...]]]:
    """All terms, each with the path of its place in vocabulary.yml."""
    return [(term, (i, "terms", j)) for i, facet in enumerate(library.facets) for j, term in enumerate(facet.terms)]


def paper_marks(library: Library, paper: Paper) -> SourceMarks:
    """The places of a paper's values."""
    return library.marks[f"papers/{paper.id}.yml"]


def repeated_indices(values: Iterable[str]) -> Iterator[int]:
    """The index of each value that stood there before."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value and value in seen:
            yield index
        seen.add(value)
