"""The library and its links in; what a curator should look at out, section by section, as data.

The same sections are printed by `python -m generator report` and shown on the site's page of them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from generator.model import Library, Paper
from generator.relate import Related
from generator.standards import FEWEST, alike, uses

FEW_TAGS = 4  # tags below which a paper is told, where the list asks for none
FEW_RELATIONS = 1
SAME_TEXT = 0.5  # Jaccard index of two abstracts' words from which they may be of one paper
FACTS: Mapping[str, Callable[[Paper], object]] = {
    "no authors": lambda paper: paper.authors,
    "no date": lambda paper: paper.published,
    "no venue": lambda paper: paper.venue,
    "neither an arXiv id nor a DOI nor an ACL Anthology id": lambda p: p.arxiv or p.doi or p.acl_anthology,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: its name, its address from the site's root, and what there is to say."""

    name: str
    address: str
    detail: str


@dataclass(frozen=True, slots=True)
class Section:
    """Findings of one kind, and why they matter."""

    id: str
    name: str
    note: str
    findings: tuple[Finding, ...]


def health(library: Library, links: Mapping[str, Sequence[Related]]) -> tuple[Section, ...]:
    """All sections, the empty ones too."""
    sections = (
        ("thin-terms", "Thin terms", "A term on fewer than two papers leads nowhere else.", thin(library)),
        ("crowded-terms", "Crowded terms", "A term on more than half of the papers tells little.", crowded(library)),
        (
            "together",
            "Terms that nearly always go together",
            "Two terms on nearly the same papers may be one.",
            twins(library),
        ),
        (
            "near-duplicates",
            "Near-duplicates",
            "Two abstracts that share most of their words.",
            doubles(library, links),
        ),
        ("few-tags", "Papers with few tags", "They are hard to come upon.", sparse(library)),
        (
            "few-relations",
            "Papers without relations",
            "No curated relation joins them to another paper.",
            lonely(library),
        ),
        ("facets", "Facets missing", "The tags leave half of the facets open, or more.", unanswered(library)),
        ("abstracts", "Abstracts missing", "Search and suggestions live on them.", silent(library)),
        ("facts", "Facts missing", "Unknown, or not confirmed yet.", unknown(library)),
    )
    return tuple(Section(name, title, note, tuple(findings)) for name, title, note, findings in sections)


def thin(library: Library) -> Iterator[Finding]:
    counts = uses(library.papers)
    for term in library.terms:
        if not term.retired and counts[term.id] < FEWEST:
            yield Finding(
                term.name, f"tags/{term.id}/", f"on {counts[term.id]} papers" if not counts[term.id] else "on 1 paper"
            )


def crowded(library: Library) -> Iterator[Finding]:
    counts, total = uses(library.papers), len(library.papers)
    for term in library.terms:
        if counts[term.id] > total / 2:
            yield Finding(term.name, f"tags/{term.id}/", f"on {counts[term.id]} of {total} papers")


def twins(library: Library) -> Iterator[Finding]:
    names = {term.id: term.name for term in library.terms}
    for one, two, both, either in alike(library):
        yield Finding(names[one], f"tags/{one}/", f"and {names[two]}: together on {both} of {either} papers")


def doubles(library: Library, links: Mapping[str, Sequence[Related]]) -> Iterator[Finding]:
    """Pairs among the papers that are suggested with each other, as near ones are."""
    papers = {paper.id: paper for paper in library.papers}
    pairs = sorted({(min(a, link.id), max(a, link.id)) for a, others in links.items() for link in others})
    words = {name: set(paper.abstract.casefold().split()) for name, paper in papers.items()}
    for one, two in pairs:
        both, either = len(words[one] & words[two]), len(words[one] | words[two])
        if both > SAME_TEXT * either:
            yield on(papers[one], f"and {papers[two].title}: {both} of {either} words in common")


def sparse(library: Library) -> Iterator[Finding]:
    least = library.site.standard.tags_least or FEW_TAGS
    for paper in library.papers:
        if len(paper.tags) < least:
            yield on(paper, f"{len(paper.tags)} of at least {least}")


def lonely(library: Library) -> Iterator[Finding]:
    ends = Counter(end for paper in library.papers for relation in paper.relations for end in (paper.id, relation.to))
    for paper in library.papers:
        if ends[paper.id] < FEW_RELATIONS:
            yield on(paper, "no relation leads to it or from it")


def unanswered(library: Library) -> Iterator[Finding]:
    facet_of = {term.id: facet.id for facet in library.facets for term in facet.terms}
    for paper in library.papers:
        covered = {facet_of[tag] for tag in paper.tags if tag in facet_of}
        missing = [facet.name for facet in library.facets if facet.id not in covered]
        if missing and 2 * len(missing) >= len(library.facets):
            yield on(paper, ", ".join(missing))


def silent(library: Library) -> Iterator[Finding]:
    return (on(paper, "no abstract") for paper in library.papers if not paper.abstract.strip())


def unknown(library: Library) -> Iterator[Finding]:
    for paper in library.papers:
        if missing := [words for words, known in FACTS.items() if not known(paper)]:
            yield on(paper, ", ".join(missing))


def on(paper: Paper, detail: str) -> Finding:
    return Finding(paper.title, f"papers/{paper.id}/", detail)


def told(library: Library, sections: Iterable[Section]) -> str:
    """The report as plain text."""
    lines = [f"{len(library.papers)} papers, {len(library.terms)} terms, {len(library.shelves)} shelves"]
    for section in sections:
        lines += ["", f"{section.name}: {len(section.findings) or 'none'}"]
        lines += [f"  {finding.address.strip('/')}  {finding.detail}" for finding in section.findings]
    return "\n".join(lines) + "\n"


def record(library: Library, sections: Iterable[Section]) -> dict[str, object]:
    """The report as other programs read it."""
    totals = {"papers": len(library.papers), "terms": len(library.terms), "categories": len(library.shelves)}
    return totals | {"sections": {section.id: [asdict(f) for f in section.findings] for section in sections}}
