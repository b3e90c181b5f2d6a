"""What the last build knew of a list, so that the next one computes again only what an edit has changed.

It is known by the content of all that it was made from: the file of an entry for the entry, and everything else for all
of them. What is not known is computed as if for the first time, with the same result.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path

from generator.checks.places import paper_marks
from generator.checks.rules import UNWARNED_KEYS
from generator.citations.citation import citation_keys
from generator.citations.formats import FormattedCitation
from generator.content.loader import ReadPaper, given_keys, is_read_again
from generator.content.model import Library, Paper, Problem
from generator.output.last_build import LastBuild, given_digest
from generator.output.lazy_mapping import LazyMapping
from generator.output.records import read_record
from generator.related.relate import Reason, RelatedPaper, RelatedPapers
from generator.site.catalogue import Catalogue, build_catalogue
from generator.site.shown import addresses_arranged_anew, arrangement, edited_papers, shown_papers

WARNED_KEYS = tuple(field.name for field in fields(Paper) if field.name not in UNWARNED_KEYS)


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """A paper as it was read, with the keys that its file has, its related papers and its citation."""

    paper: Paper
    keys: Sequence[str]
    related: Sequence[RelatedPaper]
    citation: FormattedCitation


@dataclass(frozen=True, slots=True)
class KnownList:
    """The papers of a list, by their ids, and the warnings about all of its entries.

    `at` is the time of the build, and `shared` the digest of all that it read except the files of these papers.
    """

    at: int = 0
    shared: str = ""
    papers: Mapping[str, KnownPaper] = field(default_factory=dict)
    warnings: Sequence[Problem] = ()


def read_known_list(file: Path, content: Path, last: LastBuild, now: LastBuild) -> KnownList:
    """Return what the last build knew, or nothing if more has changed since than the files of papers."""
    known = read_record(file, KnownList)
    if known and known.at == last.at and known.shared == shared_digest(content, known.papers, now):
        return known
    return KnownList()


def new_known_list(
    content: Path, now: LastBuild, library: Library, catalogue: Catalogue, read: Iterable[Problem]
) -> KnownList:
    """Return what a build knows in the end; of files that had problems when they were `read`, nothing is known."""
    doubtful = {problem.file for problem in read}
    marked = ((paper, paper_marks(library, paper)) for paper in library.papers)
    papers = {
        paper.id: KnownPaper(
            paper, given_keys(marks), catalogue.links[paper.id], catalogue.formatted_citations[paper.id]
        )
        for paper, marks in marked
        if marks.file not in doubtful
    }
    return KnownList(now.at, shared_digest(content, papers, now), papers, [*catalogue.warnings()])


def shared_digest(content: Path, papers: Iterable[str], now: LastBuild) -> str:
    """Return the digest of all that a build gets except the files of papers."""
    own = {entry_file(content, name) for name in papers}
    return given_digest(
        now.given, sorted((name, digest) for name, (_, digest) in now.inputs.items() if name not in own)
    )


def entry_file(content: Path, name: str) -> str:
    """Return the file of the paper with an id."""
    return f"{content}/papers/{name}.yml"


def kept_papers(known: KnownList, content: Path, last: LastBuild, now: LastBuild) -> dict[Path, ReadPaper]:
    """Return the papers whose files are as they were."""
    files = {entry_file(content, name): one for name, one in known.papers.items()}
    return {
        Path(file): ReadPaper(one.paper, one.keys, now.inputs[file][0])
        for file, one in files.items()
        if file in now.inputs and now.inputs[file] == last.inputs.get(file)
    }


def known_library(known: KnownList, library: Library) -> Library:
    """Return a list as it was when it was built, given one that differs from it only in its papers."""
    return replace(library, papers=tuple(one.paper for one in known.papers.values()))


def known_links(known: KnownList, anew: Callable[[], RelatedPapers]) -> RelatedPapers:
    """Return the related papers of each paper: those that are known, except for the papers related `anew`, which are
    waited for when some are first asked for."""
    found = cache(anew)
    return LazyMapping(known.papers, lambda name: found().get(name, known.papers[name].related))


def edited_since(known: KnownList, library: Library) -> set[str] | None:
    """Return the ids of the papers that have been edited, or None if more has changed, or nothing is known."""
    return edited_papers((one.paper for one in known.papers.values()), library.papers) if known.papers else None


def kept_warnings(
    known: KnownList, library: Library, edited: Collection[str] | None
) -> Callable[[], Sequence[Problem]] | None:
    """Return a function that returns the warnings if they are as they were, or None if there may be others.

    They are as they were if there was none in the files that were read again, and none depends on what is new there.
    """
    marks = {paper.id: paper_marks(library, paper) for paper in library.papers}
    again = [paper for paper in library.papers if is_read_again(marks[paper.id])]
    files = {marks[paper.id].file for paper in again}
    if edited is None or any(warning.file in files for warning in known.warnings):
        return None
    before = (warned_values(known.papers[paper.id].paper, known.papers[paper.id].keys) for paper in again)
    now = (warned_values(paper, given_keys(marks[paper.id])) for paper in again)
    return (lambda: known.warnings) if [*before] == [*now] else None


def warned_values(paper: Paper, keys: Iterable[str]) -> tuple[object, ...]:
    """Return all on which warnings about a paper may depend, given the keys that its file has."""
    return {*keys} - UNWARNED_KEYS, *(getattr(paper, name) for name in WARNED_KEYS)


def kept_citations(known: KnownList, library: Library, edited: Collection[str]) -> dict[str, FormattedCitation]:
    """Return the citations that are as they were: those of papers that have not been edited and whose keys are theirs
    as before."""
    kept = {name: one.citation for name, one in known.papers.items() if name not in edited}
    if not arranged_anew(known, library, edited):
        return kept
    keys, keys_before = citation_keys(library), citation_keys(known_library(known, library))
    return {name: one for name, one in kept.items() if keys[name] == keys_before[name]}


def unchanged_addresses(
    known: KnownList, library: Library, catalogue: Catalogue, edited: Collection[str] | None
) -> set[str]:
    """Return the addresses whose files are as they were."""
    if edited is None:
        return set()
    links = {name: one.related for name, one in known.papers.items()}
    related = {name for name in links if shown_links(catalogue.links[name]) != shown_links(links[name])}
    cited = {name for name, one in known.papers.items() if catalogue.formatted_citations[name] is not one.citation}
    changed, shown = {*edited, *related, *cited}, shown_papers(catalogue)
    unchanged = {address for address, papers in shown.items() if changed.isdisjoint(papers)}
    if not arranged_anew(known, library, edited):
        return unchanged
    before = build_catalogue(known_library(known, library), links, for_all=False)
    return unchanged - addresses_arranged_anew(before, catalogue, shown) if before.kinds == catalogue.kinds else set()


def arranged_anew(known: KnownList, library: Library, edited: Collection[str]) -> bool:
    """Return whether edits have changed more than the texts of papers."""
    papers = (paper for paper in library.papers if paper.id in edited)
    return any(arrangement(known.papers[paper.id].paper) != arrangement(paper) for paper in papers)


def shown_links(links: Iterable[RelatedPaper]) -> list[tuple[str, tuple[Reason, ...]]]:
    """Return what pages show of related papers: which they are, and the reasons."""
    return [(link.id, link.reasons) for link in links]
