"""Rules for a list's own requirements: enough tags, certain texts, and no copied texts."""

from collections.abc import Iterator
from functools import cache

from generator.checks.places import paper_marks
from generator.content.model import Library, Problem
from generator.content.text import normalized_text

MIN_COPIED_WORDS = 8  # number of consecutive words shared with the abstract that counts as copying
PROBED_WORDS = MIN_COPIED_WORDS // 2  # any such run has this many words that begin at a multiple of this number
comparable_text = cache(normalized_text)  # as a list that is served is checked after each edit


def check_tag_standard(library: Library) -> Iterator[Problem]:
    """A paper must have at least as many tags, from at least as many facets, as the list requires."""
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
    """A paper must have the texts that the list requires."""
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for key in library.site.standard.texts:
            if key and not getattr(paper, key) and marks.places and (key,) not in marks.places:
                yield marks.problem(f'missing key "{key}": this list asks for it')


def check_copied_texts(library: Library) -> Iterator[Problem]:
    """A summary must not be copied from the abstract, and no text may occur twice in the list."""
    first: dict[str, str] = {}
    for paper in library.papers:
        marks = paper_marks(library, paper)
        for key, text in (("summary", paper.summary), ("why", paper.why)):
            words = comparable_text(text or "")
            here = f"the {key} of {paper.id}.yml"
            if words and first.setdefault(words, here) != here:
                yield marks.problem(f"the same text as {first[words]}", key)
        if paper.summary and (run := copied_passage(paper.summary, paper.abstract)):
            yield marks.problem(f'copied from the abstract: "{run}"', "summary")


@cache
def copied_passage(text: str, source: str) -> str:
    """Return the first `MIN_COPIED_WORDS` consecutive words of a text that also occur in a source, if any."""
    known, words = f" {normalized_text(source)} ", comparable_text(text).split()
    parts = (words[start : start + PROBED_WORDS] for start in range(0, len(words) - PROBED_WORDS + 1, PROBED_WORDS))
    if not any(f" {' '.join(part)} " in known for part in parts):
        return ""
    runs = (words[start : start + MIN_COPIED_WORDS] for start in range(len(words) - MIN_COPIED_WORDS + 1))
    return next((passage for run in runs if f" {(passage := ' '.join(run))} " in known), "")


QUALITY_RULES = (
    check_tag_standard,
    check_required_texts,
    check_copied_texts,
)
