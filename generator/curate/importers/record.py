"""What arXiv or Crossref knows about one paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from generator.content.model import Paper


@dataclass(frozen=True, slots=True)
class FetchedRecord:
    """A source's data about a paper, without id and category; `notes` has what does not fit into the model."""

    paper: Paper
    notes: tuple[str, ...]


FetchOutcome = FetchedRecord | str  # a record, or a message on why there is none


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without duplicates and empty ones."""
    return tuple(dict.fromkeys(filter(None, names)))
