"""What a source knows about one paper: arXiv or Crossref, or a file that another program wrote."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.content.model import Paper

MAX_NOTE_CHARS = 500  # of a note for readers of the list; a longer one is somebody's remark


@dataclass(frozen=True, slots=True)
class FetchedRecord:
    """A source's data about a paper, without id and category; `notes` has what does not fit into the model."""

    paper: Paper
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """A work as a file of references describes it.

    `paper` has neither id nor category. `keywords` and `groups` (JabRef's groups, Zotero's collections) are in the
    file's words and order; `remarks` are what its owner wrote about the work, each of one or more paragraphs.
    `left_out` names the fields that have no place in an entry.
    """

    paper: Paper
    place: str = ""  # such as `refs.bib:12:1: entry "key"`, for messages
    keywords: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


FetchOutcome = FetchedRecord | str  # a record, or a message on why there is none


def fetch_in_batches(
    names: Sequence[str], size: int, fetch_batch: Callable[[Sequence[str]], Mapping[str, FetchOutcome]]
) -> dict[str, FetchOutcome]:
    """Return the outcome for each identifier, of which a request asks for at most `size`."""
    outcomes: dict[str, FetchOutcome] = {}
    for first in range(0, len(names), size):
        outcomes |= fetch_batch(names[first : first + size])
    return outcomes


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names without duplicates and empty ones."""
    return tuple(dict.fromkeys(filter(None, names)))


def given_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that are not empty. Two people may have the same name."""
    return tuple(filter(None, names))
