"""The health report: sections of findings that a curator should look at, as data.

`python -m generator report` prints the sections, and a page of the site shows them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from generator.checks.people import PEOPLE_FILE
from generator.checks.places import paper_marks
from generator.checks.rules import warn
from generator.checks.vocabulary import MIN_PAPERS_PER_TERM, overlapping_term_pairs, tag_counts
from generator.content.model import Library, Paper, Problem
from generator.content.venues import VENUE_TYPES
from generator.output.printing import escape_controls
from generator.related.relate import RelatedPapers

DEFAULT_MIN_TAGS = 4  # tags that a paper should have if the list sets no minimum
MIN_RELATIONS = 1
MAX_REPORTED_FINDINGS = 200  # in a section of the report as text
MIN_ABSTRACT_OVERLAP = 0.5  # minimum Jaccard index of the words of two abstracts that may be duplicates
FACT_CHECKS: Mapping[str, Callable[[Paper], object]] = {
    "no authors": lambda paper: paper.authors or paper.editors,
    "no date": lambda paper: paper.published,
    "no venue": lambda paper: paper.venue or paper.container or paper.type not in VENUE_TYPES,
    "no DOI or other identifier": lambda p: p.arxiv or p.doi or p.acl_anthology or p.isbn or p.url,
}


@dataclass(frozen=True, slots=True)
class HealthFinding:
    """An entry to look at: its name, its address within the site, and what was found."""

    name: str
    address: str
    detail: str


@dataclass(frozen=True, slots=True)
class HealthSection:
    """Findings of one kind, and why they matter."""

    id: str
    name: str
    note: str
    findings: tuple[HealthFinding, ...]


def health_sections(
    library: Library, links: RelatedPapers, warned: Iterable[Problem] | None = None
) -> tuple[HealthSection, ...]:
    """Return all sections, including empty ones; the check's warnings are found again if they are not given."""
    note = "A warning may point to a mistake, or be settled by a key."
    found = warn(library) if warned is None else warned
    warnings = HealthSection("warnings", "Warnings", note, tuple(warned_papers(library, found)))
    return (warnings, *term_health_sections(library), *paper_health_sections(library, links))


def term_health_sections(library: Library) -> Iterator[HealthSection]:
    """Return the sections about terms of the vocabulary and about shelves."""
    one, many = library.site.entry.one, library.site.entry.many
    note = "Nobody can tell what belongs under it, and search knows only its name."
    yield HealthSection("definitions", "Terms without a definition", note, tuple(undefined_terms(library)))
    note = "Readers learn nothing from it but its name."
    yield HealthSection(
        "introductions", "Shelves without an introduction", note, tuple(shelves_without_introduction(library))
    )
    note = f"A term on fewer than two {many} leads readers to no other {one}."
    yield HealthSection("thin-terms", "Thin terms", note, tuple(thin_terms(library)))
    note = f"A term on more than half of the {many} says little about each."
    yield HealthSection("crowded-terms", "Crowded terms", note, tuple(crowded_terms(library)))
    note = f"Two terms on nearly the same {many} may mean the same."
    yield HealthSection("together", "Terms that nearly always go together", note, tuple(redundant_terms(library)))


def paper_health_sections(library: Library, links: RelatedPapers) -> Iterator[HealthSection]:
    """Return the sections about papers."""
    words = library.site.entry
    note = "Two abstracts that share most of their words."
    yield HealthSection("near-duplicates", "Near-duplicates", note, tuple(near_duplicate_papers(library, links)))
    name, note = f"{words.heading} with few tags", "Readers are less likely to find them."
    yield HealthSection("few-tags", name, note, tuple(papers_with_few_tags(library)))
    name, note = f"{words.heading} without relations", f"No curated relation connects them to another {words.one}."
    yield HealthSection("few-relations", name, note, tuple(papers_without_relations(library)))
    note = "Their tags come from half of the facets or fewer."
    yield HealthSection("facets", "Facets missing", note, tuple(papers_missing_facets(library)))
    note = "Search and suggestions depend on them."
    yield HealthSection("abstracts", "Abstracts missing", note, tuple(papers_without_abstract(library)))
    note = "Unknown, or not confirmed yet."
    yield HealthSection("facts", "Facts missing", note, tuple(papers_missing_facts(library)))


def warned_papers(library: Library, warned: Iterable[Problem]) -> Iterator[HealthFinding]:
    """Return the warnings of the check, each with the paper's page, or else with the page of all authors."""
    papers = {paper_marks(library, paper).file: paper for paper in library.papers}
    for warning in sorted(set(warned)):
        if paper := papers.get(warning.file):
            yield paper_finding(paper, warning.message)
        else:
            yield HealthFinding(PEOPLE_FILE, "authors/", warning.message)


def undefined_terms(library: Library) -> Iterator[HealthFinding]:
    counts = tag_counts(library)
    for term in library.terms:
        if not term.retired and not term.definition:
            yield HealthFinding(term.name, f"tags/{term.id}/", f"on {library.site.entry.count(counts[term.id])}")


def shelves_without_introduction(library: Library) -> Iterator[HealthFinding]:
    for shelf in library.shelves:
        if missing := [key for key in ("summary", "introduction") if not getattr(shelf, key)]:
            yield HealthFinding(shelf.name, f"categories/{shelf.id}/", f"no {' and no '.join(missing)}")


def thin_terms(library: Library) -> Iterator[HealthFinding]:
    counts = tag_counts(library)
    for term in library.terms:
        if not term.retired and counts[term.id] < MIN_PAPERS_PER_TERM:
            yield HealthFinding(term.name, f"tags/{term.id}/", f"on {library.site.entry.count(counts[term.id])}")


def crowded_terms(library: Library) -> Iterator[HealthFinding]:
    counts, total = tag_counts(library), len(library.papers)
    for term in library.terms:
        if counts[term.id] > total / 2:
            yield HealthFinding(
                term.name, f"tags/{term.id}/", f"on {counts[term.id]} of {library.site.entry.count(total)}"
            )


def redundant_terms(library: Library) -> Iterator[HealthFinding]:
    names = {term.id: term.name for term in library.terms}
    for one, two, both, either in overlapping_term_pairs(library):
        yield HealthFinding(
            names[one], f"tags/{one}/", f"and {names[two]}: together on {both} of {library.site.entry.count(either)}"
        )


def near_duplicate_papers(library: Library, links: RelatedPapers) -> Iterator[HealthFinding]:
    """Return pairs of papers with similar abstracts; a paper is compared only with its related papers."""
    papers = {paper.id: paper for paper in library.papers}
    pairs = sorted({(min(a, link.id), max(a, link.id)) for a, others in links.items() for link in others})
    words = {name: set(paper.abstract.casefold().split()) for name, paper in papers.items()}
    for one, two in pairs:
        both = len(words[one] & words[two])
        either = len(words[one]) + len(words[two]) - both
        if both > MIN_ABSTRACT_OVERLAP * either:
            yield paper_finding(papers[one], f"and {papers[two].title}: {both} of {either} words in common")


def papers_with_few_tags(library: Library) -> Iterator[HealthFinding]:
    least = library.site.standard.tags_least or DEFAULT_MIN_TAGS
    for paper in library.papers:
        if len(paper.tags) < least:
            yield paper_finding(paper, f"{len(paper.tags)} of at least {least}")


def papers_without_relations(library: Library) -> Iterator[HealthFinding]:
    ends = Counter(end for paper in library.papers for relation in paper.relations for end in (paper.id, relation.to))
    for paper in library.papers:
        if ends[paper.id] < MIN_RELATIONS:
            yield paper_finding(paper, "no relation leads to it or from it")


def papers_missing_facets(library: Library) -> Iterator[HealthFinding]:
    facet_of = {term.id: facet.id for facet in library.facets for term in facet.terms}
    for paper in library.papers:
        covered = {facet_of[tag] for tag in paper.tags if tag in facet_of}
        missing = [facet.name for facet in library.facets if facet.id not in covered]
        if missing and 2 * len(missing) >= len(library.facets):
            yield paper_finding(paper, ", ".join(missing))


def papers_without_abstract(library: Library) -> Iterator[HealthFinding]:
    return (paper_finding(paper, "no abstract") for paper in library.papers if not paper.abstract.strip())


def papers_missing_facts(library: Library) -> Iterator[HealthFinding]:
    for paper in library.papers:
        if missing := [words for words, known in FACT_CHECKS.items() if not known(paper)]:
            yield paper_finding(paper, ", ".join(missing))


def paper_finding(paper: Paper, detail: str) -> HealthFinding:
    return HealthFinding(paper.title, f"papers/{paper.id}/", detail)


def health_report_text(library: Library, sections: Iterable[HealthSection]) -> str:
    """Return the report as plain text, with the first findings of each section."""
    lines = [
        f"{library.site.entry.count(len(library.papers))}, {len(library.terms)} terms, {len(library.shelves)} shelves"
    ]
    for section in sections:
        lines += ["", f"{section.name}: {len(section.findings) or 'none'}"]
        findings = section.findings[:MAX_REPORTED_FINDINGS]
        lines += [f"  {finding.address.strip('/')}  {finding.detail}" for finding in findings]
        more = len(section.findings) - len(findings)
        lines += [f"  and {more:,} more"] if more else []
    return "\n".join(map(escape_controls, lines)) + "\n"


def health_report_record(library: Library, sections: Iterable[HealthSection]) -> dict[str, object]:
    """Return the report as data for other programs."""
    totals = {"papers": len(library.papers), "terms": len(library.terms), "categories": len(library.shelves)}
    return totals | {"sections": {section.id: [asdict(f) for f in section.findings] for section in sections}}
