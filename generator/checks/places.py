"""Where the values of a library stand in its files: what rules need to report a problem at its place."""

from collections.abc import Iterable, Iterator

from generator.content.model import Library, Paper, SourceMarks, Term


def paper_marks(library: Library, paper: Paper) -> SourceMarks:
    """The places of the values in a paper's file."""
    return library.marks[f"papers/{paper.id}.yml"]


def terms_with_places(library: Library) -> list[tuple[Term, tuple[str | int, ...]]]:
    """All terms, each with the path of its place in vocabulary.yml."""
    return [(term, (i, "terms", j)) for i, facet in enumerate(library.facets) for j, term in enumerate(facet.terms)]


def is_file_readable(library: Library, file: str) -> bool:
    """Whether a file could be read. If not, rules do not call unknown what it may have declared."""
    return bool(library.marks[file].places)


def repeated_indices(values: Iterable[str]) -> Iterator[int]:
    """The index of each value that occurred before."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value and value in seen:
            yield index
        seen.add(value)
