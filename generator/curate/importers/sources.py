"""Fetch papers from arXiv or Crossref by what a curator pastes: an arXiv id, a DOI, or an address that contains one.

If one paper cannot be fetched, the others are fetched all the same.
"""

from collections.abc import Mapping, Sequence

from generator.content.model import Problem, general_problem
from generator.curate.http import RetryPolicy, ServiceConnection
from generator.curate.importers.arxiv import ARXIV_SERVICE, fetch_from_arxiv
from generator.curate.importers.crossref import CROSSREF_SERVICE, fetch_from_crossref
from generator.curate.importers.identifiers import Identifier, parse_identifier
from generator.curate.importers.plain_text import quote_found_text
from generator.curate.importers.record import FetchedRecord

DEFAULT_RETRY_POLICY = RetryPolicy()


def fetch_records(
    given: Sequence[str], environment: Mapping[str, str], policy: RetryPolicy = DEFAULT_RETRY_POLICY
) -> tuple[list[FetchedRecord], list[Problem]]:
    """Return the records of all papers given, in order and without duplicates, and a problem for each failure.

    A problem's `file` is the text as given. The environment variables `ARXIV_API` and `CROSSREF_API` override the
    addresses of the APIs.
    """
    problems: list[Problem] = []
    wanted: dict[Identifier, str] = {}
    for text in given:
        if identifier := parse_identifier(text):
            wanted.setdefault(identifier, text)
        else:
            problems.append(
                general_problem(text, f"expected an arXiv id, a DOI or an address of either, {quote_found_text(text)}")
            )
    arxiv_ids, dois = ([one.value for one in wanted if one.kind == kind] for kind in ("arxiv", "doi"))
    outcomes = {
        "arxiv": fetch_from_arxiv(arxiv_ids, ServiceConnection(ARXIV_SERVICE, environment, policy)),
        "doi": fetch_from_crossref(dois, ServiceConnection(CROSSREF_SERVICE, environment, policy)),
    }
    known: list[FetchedRecord] = []
    for one, text in wanted.items():
        outcome = outcomes[one.kind][one.value]
        if isinstance(outcome, FetchedRecord):
            known.append(outcome)
        else:
            problems.append(general_problem(text, outcome))
    return known, problems
