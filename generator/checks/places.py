"""Source positions of a library's values, which rules need to report problems."""

from collections.abc import Iterable, Iterator

from generator.content.model import Library, Paper, SourceMarks, Term


def paper_marks(library: Library, paper: Paper) -> SourceMarks:
    """Return the source positions of the values in a paper's file."""
    name = f"papers/{paper.id}.yml"
    return library.marks.get(name) or SourceMarks(name)


def terms_with_places(library: Library) -> list[tuple[Term, tuple[str | int, ...]]]:
    """Return all terms, each with its path in vocabulary.yml."""
    return [(term, (i, "terms", j)) for i, facet in enumerate(library.facets) for j, term in enumerate(facet.terms)]


def is_file_readable(library: Library, file: str) -> bool:
    """Return whether a file could be read; if not, rules must not report the ids it may define as unknown."""
    return bool(library.marks[file].places)


def repeated_indices(values: Iterable[str]) -> Iterator[int]:
    """Return the index of each value that occurred earlier."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value and value in seen:
            yield index
        seen.add(value)
