"""What arXiv or Crossref says of one paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.content.model import Paper


@dataclass(frozen=True, slots=True)
class FetchedRecord:
    """What a source says of a paper; id and category are empty, and `notes` are what has no key in the model."""

    paper: Paper
    notes: tuple[str, ...]


FetchOutcome = FetchedRecord | str  # a record, or why there is none


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names that are there, each once."""
    return tuple(dict.fromkeys(filter(None, names)))
